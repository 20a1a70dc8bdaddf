// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/elementsorting.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::size_t comparedBytes = 256;

bool isLess(const SortKey& a, const SortKey& b)
{
    if (a.isText != b.isText) {
        return !a.isText;
    }
    if (a.isText) {
        return a.text < b.text;
    }
    if (a.number != b.number || a.number < 0) {
        return a.number < b.number;
    }
    return a.text.size() != b.text.size() ? a.text.size() < b.text.size() : a.text < b.text; // integers above 2^53
}

/// A merge sort from short stretches up, so that it can say how far it is, and end in between.
class Sorter {
public:
    Sorter(const SortWork& work, const std::stop_token& stop, const std::function<void(int)>& progressed)
        : m_work(work)
        , m_stop(stop)
        , m_progressed(progressed)
    {
        m_steps = 2 * work.count; // the keys, and the short stretches
        for (std::size_t width = stretch; width < work.count; width *= 2) {
            m_steps += work.count;
        }
    }

    std::optional<RowOrder> run()
    {
        if (!makeKeys() || !sortStretches()) {
            return std::nullopt;
        }
        for (std::size_t width = stretch; width < m_work.count; width *= 2) {
            if (!mergeAll(width)) {
                return std::nullopt;
            }
        }
        return RowOrder(std::move(m_order));
    }

private:
    static constexpr std::size_t stretch = 4096; ///< Rows between two looks at whether to go on.

    /// False: it is to end.
    bool did(std::size_t rows)
    {
        m_done += rows;
        const auto percent = static_cast<int>(m_done * 100 / std::max<std::size_t>(m_steps, 1));
        if (percent != std::exchange(m_percent, percent)) {
            m_progressed(percent);
        }
        return !m_stop.stop_requested();
    }

    bool makeKeys()
    {
        m_keys.reserve(m_work.count);
        for (std::size_t source = 0; source < m_work.count; ++source) {
            m_keys.push_back(m_work.keyOf(source));
            if (m_keys.size() % stretch == 0 && !did(stretch)) {
                return false;
            }
        }
        return did(m_work.count % stretch);
    }

    [[nodiscard]] bool isBefore(std::uint32_t a, std::uint32_t b) const
    {
        return m_work.isDescending ? isLess(m_keys[b], m_keys[a]) : isLess(m_keys[a], m_keys[b]);
    }

    bool sortStretches()
    {
        if (m_work.before) {
            m_order = m_work.before->sources;
        } else {
            m_order.resize(m_work.count);
            std::iota(m_order.begin(), m_order.end(), 0U);
        }
        for (std::size_t from = 0; from < m_work.count; from += stretch) {
            const std::size_t to = std::min(from + stretch, m_work.count);
            std::stable_sort(at(m_order, from), at(m_order, to),
                [this](std::uint32_t a, std::uint32_t b) { return isBefore(a, b); });
            if (!did(to - from)) {
                return false;
            }
        }
        return true;
    }

    bool mergeAll(std::size_t width)
    {
        m_merged.resize(m_work.count);
        for (std::size_t from = 0; from < m_work.count; from += 2 * width) {
            if (!merge(from, std::min(from + width, m_work.count), std::min(from + 2 * width, m_work.count))) {
                return false;
            }
        }
        m_order.swap(m_merged);
        return true;
    }

    bool merge(std::size_t from, std::size_t middle, std::size_t to)
    {
        std::size_t left = from;
        std::size_t right = middle;
        for (std::size_t next = from; next < to; ++next) {
            const bool takesRight = left == middle || (right < to && isBefore(m_order[right], m_order[left]));
            m_merged[next] = m_order[takesRight ? right++ : left++];
            if ((next - from + 1) % stretch == 0 && !did(stretch)) {
                return false;
            }
        }
        return did((to - from) % stretch);
    }

    static std::vector<std::uint32_t>::iterator at(std::vector<std::uint32_t>& order, std::size_t row)
    {
        return order.begin() + static_cast<std::ptrdiff_t>(row);
    }

    const SortWork& m_work;
    const std::stop_token& m_stop;
    const std::function<void(int)>& m_progressed;
    std::vector<SortKey> m_keys;
    std::vector<std::uint32_t> m_order;
    std::vector<std::uint32_t> m_merged;
    std::size_t m_steps = 0;
    std::size_t m_done = 0;
    int m_percent = -1;
};

} // namespace

SortKey sortKeyOf(std::string_view bytes)
{
    SortKey key;
    const char* const end = bytes.data() + bytes.size();
    const auto [at, failed] = std::from_chars(bytes.data(), end, key.number);
    key.isText = failed != std::errc() || at != end || std::isnan(key.number);
    key.text = bytes.substr(0, comparedBytes);
    return key;
}

SortKey sortKeyOf(std::uint64_t number)
{
    return {static_cast<double>(number), false, {}};
}

RowOrder::RowOrder(std::vector<std::uint32_t> bySource)
    : sources(std::move(bySource))
    , rows(sources.size())
{
    for (std::size_t row = 0; row < sources.size(); ++row) {
        rows[sources[row]] = static_cast<std::uint32_t>(row);
    }
}

std::optional<RowOrder> sortedOrder(
    const SortWork& work, const std::stop_token& stop, const std::function<void(int)>& progressed)
{
    Sorter sorter(work, stop, progressed);
    return sorter.run();
}

} // namespace keyglass::ui
