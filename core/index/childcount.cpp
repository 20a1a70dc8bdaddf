// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/childcount.h"

#include "core/index/naturalorder.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t longestListedLabel = 256;
/// A subfolder's keys are stepped over one by one up to here, then its end is searched.
constexpr std::uint64_t walkedKeys = 24;

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool startsWithAnyCase(std::string_view text, std::string_view start)
{
    return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
        return lowered(a) == lowered(b);
    });
}

} // namespace

Child ChildList::childAt(std::uint64_t row, const Snapshot& snapshot) const
{
    const std::uint64_t at = bytePosition(row);
    const Entry& entry = m_entries[at];
    Child child;
    child.first = entry.first;
    child.keys = (at + 1 < m_entries.size() ? m_entries[at + 1].first : m_range.end) - entry.first;
    child.isFolder = entry.isFolder;
    if (!entry.isCut) {
        child.bytes = m_range.prefix;
        child.bytes += label(at);
        return child;
    }
    child.bytes = snapshot.select(entry.first);
    if (child.isFolder) {
        child.bytes.resize(segmentEnd(child.bytes, m_range.prefix.size(), m_options));
    }
    return child;
}

std::uint64_t ChildList::rowOf(std::uint64_t rank) const
{
    const auto after = std::upper_bound(m_entries.begin(), m_entries.end(), rank,
        [](std::uint64_t wanted, const Entry& entry) { return wanted < entry.first; });
    return rowAtBytePosition(static_cast<std::uint64_t>(after - m_entries.begin()) - 1);
}

std::uint64_t ChildList::rowNear(std::string_view wanted, bool isFolder) const
{
    const auto key = [this](std::string_view text) {
        std::string natural;
        appendNaturalKey(natural, text);
        return m_natural ? natural : std::string(text);
    };
    const auto before = [&, wantedKey = key(wanted)](std::uint64_t at) {
        if (m_foldersFirst && m_entries[at].isFolder != isFolder) {
            return m_entries[at].isFolder;
        }
        return key(label(at)) < wantedKey;
    };
    std::uint64_t low = 0;
    for (std::uint64_t high = size(); low < high;) {
        const std::uint64_t middle = low + (high - low) / 2;
        (before(bytePosition(middle)) ? low : high) = before(bytePosition(middle)) ? middle + 1 : middle;
    }
    return low;
}

std::optional<std::uint64_t> ChildList::find(std::string_view text, std::uint64_t from) const
{
    for (std::uint64_t row = from; row < size(); ++row) {
        if (startsWithAnyCase(label(bytePosition(row)), text)) {
            return row;
        }
    }
    return std::nullopt;
}

void ChildList::sort(const TreeOptions& options)
{
    m_foldersFirst = options.foldersFirst;
    m_natural = options.naturalOrder || (options.hasRoots && m_range.prefix.empty());
    if (!m_natural && !m_foldersFirst) {
        return;
    }
    struct Sorted {
        std::uint64_t lead = 0;
        std::uint32_t entry = 0;
        bool isFolder = false;
    };
    std::string keys;
    std::vector<std::size_t> ends;
    std::vector<Sorted> rows;
    rows.reserve(m_entries.size());
    ends.reserve(m_entries.size() + 1);
    ends.push_back(0);
    for (std::size_t at = 0; at < m_entries.size(); ++at) {
        m_natural ? appendNaturalKey(keys, label(at)) : void(keys += label(at));
        ends.push_back(keys.size());
        const auto key = std::string_view(keys).substr(ends[at]);
        rows.push_back({leadingBytes(key), static_cast<std::uint32_t>(at), m_foldersFirst && m_entries[at].isFolder});
    }
    const auto key = [&](const Sorted& row) {
        return std::string_view(keys).substr(ends[row.entry], ends[row.entry + 1] - ends[row.entry]);
    };
    std::sort(rows.begin(), rows.end(), [&](const Sorted& a, const Sorted& b) {
        if (a.isFolder != b.isFolder) {
            return a.isFolder;
        }
        if (a.lead != b.lead) {
            return a.lead < b.lead;
        }
        const int order = key(a).compare(key(b));
        return order != 0 ? order < 0 : a.entry < b.entry;
    });
    m_order.reserve(rows.size());
    m_rows.resize(rows.size());
    for (const Sorted& row : rows) {
        m_rows[row.entry] = static_cast<std::uint32_t>(m_order.size());
        m_order.push_back(row.entry);
    }
}

bool ChildCount::isOf(const std::shared_ptr<const Snapshot>& snapshot, const TreeOptions& options) const
{
    return m_options == options && !m_snapshot.owner_before(snapshot) && !snapshot.owner_before(m_snapshot);
}

/// One walk over the children of a folder. While they may still be listed, their names are kept.
class ChildCounter {
public:
    ChildCounter(const std::shared_ptr<const Snapshot>& snapshot, const FolderRange& range, const TreeOptions& options)
        : m_snapshot(*snapshot)
        , m_options(options)
        , m_cursor(snapshot)
        , m_rank(range.first)
        , m_list(std::make_shared<ChildList>())
        , m_count(std::make_shared<ChildCount>())
    {
        m_count->range = range;
        m_count->m_snapshot = snapshot;
        m_count->m_options = options;
        m_list->m_range = range;
        m_list->m_options = options;
    }

    std::shared_ptr<const ChildCount> run(const std::stop_token& stop, const CountLimits& limits)
    {
        m_cursor.seek(m_count->range.prefix);
        for (std::uint64_t look = 0; m_rank < m_count->range.end; takeChild()) {
            if (m_steps > limits.steps || (limits.listOnly && !m_list)) {
                return nullptr;
            }
            if (m_steps >= look) {
                look = m_steps + 4096;
                if (stop.stop_requested()) {
                    return nullptr;
                }
            }
        }
        finish();
        return m_count;
    }
    [[nodiscard]] std::uint64_t steps() const { return m_steps; }

private:
    void takeChild()
    {
        const std::string_view key = m_cursor.key();
        const std::size_t from = m_count->range.prefix.size();
        const std::size_t end = segmentEnd(key, from, m_options);
        const std::uint64_t first = m_rank;
        note(key.substr(from));
        if (end == std::string_view::npos) {
            step();
        } else {
            skipFolder(std::string_view(m_prefix.assign(key.substr(0, end))));
            if (m_list && !isFolded(m_rank - first, from, m_options)) {
                noteFolder(end - from);
            }
        }
        ++m_count->rows;
    }

    void step()
    {
        ++m_rank;
        ++m_steps;
        m_cursor.next();
    }

    void skipFolder(std::string_view prefix)
    {
        for (std::uint64_t walked = 0; walked < walkedKeys; ++walked) {
            step();
            if (m_rank >= m_count->range.end || m_cursor.sharedWithPrevious() < prefix.size()) {
                return;
            }
        }
        const auto bound = upperBound(prefix);
        m_rank = bound ? m_snapshot.rank(*bound) : m_count->range.end;
        if (m_rank < m_count->range.end) {
            m_cursor.seek(*bound);
        }
        m_steps += CountLimits::jumpSteps;
    }

    void note(std::string_view label)
    {
        if (m_count->rows % ChildCount::sampleStep == 0) {
            m_count->samples.push_back(m_rank - m_count->range.first);
        }
        if (!m_list) {
            return;
        }
        if (m_count->rows >= mostListedChildren) {
            m_list.reset();
            return;
        }
        const std::size_t length = std::min(label.size(), longestListedLabel);
        m_list->m_entries.push_back({m_rank, static_cast<std::uint32_t>(m_list->m_labels.size()),
            static_cast<std::uint32_t>(length), false, length < label.size()});
        m_list->m_labels += label.substr(0, length);
    }

    /// The last child noted is a folder: its name ends with its separator.
    void noteFolder(std::size_t length)
    {
        ChildList::Entry& entry = m_list->m_entries.back();
        entry.isFolder = true;
        entry.isCut = length > longestListedLabel;
        entry.length = static_cast<std::uint32_t>(std::min(length, longestListedLabel));
        m_list->m_labels.resize(entry.label + entry.length);
    }

    void finish()
    {
        if (m_list) {
            m_list->m_labels.shrink_to_fit();
            m_list->m_entries.shrink_to_fit();
            m_list->sort(m_options);
            m_count->samples = {};
        }
        m_count->samples.shrink_to_fit();
        m_count->list = std::move(m_list);
    }

    const Snapshot& m_snapshot;
    const TreeOptions& m_options;
    SnapshotCursor m_cursor;
    std::uint64_t m_rank;
    std::uint64_t m_steps = 0;
    std::string m_prefix; // of the subfolder being skipped
    std::shared_ptr<ChildList> m_list;
    std::shared_ptr<ChildCount> m_count;
};

std::shared_ptr<const ChildCount> countChildren(const std::shared_ptr<const Snapshot>& snapshot,
    const FolderRange& range, const TreeOptions& options, const std::stop_token& stop, const CountLimits& limits,
    std::uint64_t* stepsTaken)
{
    ChildCounter counter(snapshot, range, options);
    auto count = counter.run(stop, limits);
    if (stepsTaken != nullptr) {
        *stepsTaken += counter.steps();
    }
    return count;
}

} // namespace keyglass
