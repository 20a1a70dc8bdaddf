// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sortednames.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>
#include <utility>

namespace keyglass {

namespace {

using Length = std::uint32_t; // a batch holds less than 4 GiB

std::vector<std::uint32_t> orderOf(const KeyBatch& names)
{
    std::vector<std::uint32_t> order(names.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&names](std::uint32_t at) { return names[at]; });
    return order;
}

} // namespace

/// The names of one run, in order, or those held.
class SortedNames::Reader {
public:
    Reader(const PassingFile& file, const Run& run)
        : m_file(&file)
        , m_run(run)
    {
    }
    explicit Reader(const KeyBatch& held)
        : m_held(&held)
        , m_order(orderOf(held))
    {
    }
    /// The one that next() has come to.
    [[nodiscard]] std::string_view name() const { return m_name; }
    /// False at the end. File.
    [[nodiscard]] Result<bool> next()
    {
        if (m_held != nullptr) {
            if (m_at == m_order.size()) {
                return false;
            }
            m_name = (*m_held)[m_order[m_at++]];
            return true;
        }
        Length length = 0;
        if (Status read = fill(sizeof length); !read) {
            return std::move(read).error();
        }
        if (m_at == m_bytes.size()) {
            return false;
        }
        std::memcpy(&length, m_bytes.data() + m_at, sizeof length);
        if (Status read = fill(sizeof length + length); !read) {
            return std::move(read).error();
        }
        m_name = std::string_view(m_bytes).substr(m_at + sizeof length, length);
        m_at += sizeof length + length;
        return true;
    }

private:
    static constexpr std::size_t readAtOnce = 65'536;

    /// So many bytes from here on are there, unless the run ends.
    Status fill(std::size_t wanted)
    {
        if (m_bytes.size() - m_at >= wanted || m_run.begin == m_run.end) {
            return ok();
        }
        m_bytes.erase(0, m_at);
        m_at = 0;
        const std::size_t before = m_bytes.size();
        const std::uint64_t more =
            std::min<std::uint64_t>(std::max(wanted - before, readAtOnce), m_run.end - m_run.begin);
        m_bytes.resize(before + static_cast<std::size_t>(more));
        const auto got = m_file->read(m_run.begin, std::span(m_bytes).subspan(before));
        if (!got) {
            return got.error();
        }
        m_run.begin += more;
        return ok();
    }

    const PassingFile* m_file = nullptr;
    Run m_run; ///< What is not read yet.
    std::string m_bytes;
    const KeyBatch* m_held = nullptr;
    std::vector<std::uint32_t> m_order;
    std::size_t m_at = 0;
    std::string_view m_name;
};

SortedNames::SortedNames(const QString& folder, std::size_t held)
    : m_most(held)
    , m_file(folder)
{
}

bool SortedNames::add(const KeyBatch& names)
{
    const std::lock_guard lock(m_mutex);
    if (m_failure) {
        return false;
    }
    m_held.append(names);
    if (m_held.byteCount() + m_held.size() * sizeof(Length) > m_most) {
        if (Status written = writeRun(); !written) {
            m_failure = std::move(written).error();
        }
    }
    return !m_failure;
}

Status SortedNames::writeRun()
{
    constexpr std::size_t writtenAtOnce = 1U << 20U;
    Run run{m_file.size(), 0};
    std::string bytes;
    for (const std::uint32_t at : orderOf(m_held)) {
        const std::string_view name = m_held[at];
        const auto length = static_cast<Length>(name.size());
        bytes.append(reinterpret_cast<const char*>(&length), sizeof length).append(name);
        if (bytes.size() >= writtenAtOnce) {
            if (Status written = m_file.append(std::exchange(bytes, {})); !written) {
                return written;
            }
        }
    }
    if (Status written = m_file.append(bytes); !written) {
        return written;
    }
    run.end = m_file.size();
    m_runs.push_back(run);
    m_held.clear();
    return ok();
}

Status SortedNames::forEach(const std::function<bool(std::string_view)>& use)
{
    if (m_failure) {
        return *m_failure;
    }
    std::vector<Reader> readers;
    readers.reserve(m_runs.size() + 1);
    for (const Run& run : m_runs) {
        readers.emplace_back(m_file, run);
    }
    readers.emplace_back(m_held);
    std::vector<Reader*> heap;
    const auto isLater = [](const Reader* one, const Reader* other) { return one->name() > other->name(); };
    const auto goOn = [&](Reader& reader) -> Status {
        const auto isThere = reader.next();
        if (!isThere) {
            return isThere.error();
        }
        if (*isThere) {
            heap.push_back(&reader);
            std::ranges::push_heap(heap, isLater);
        }
        return ok();
    };
    for (Reader& reader : readers) {
        if (Status read = goOn(reader); !read) {
            return read;
        }
    }
    std::optional<std::string> last;
    while (!heap.empty()) {
        std::ranges::pop_heap(heap, isLater);
        Reader& first = *heap.back();
        heap.pop_back();
        if (last && *last == first.name()) {
            ++m_repeats;
        } else {
            last = first.name();
            if (!use(*last)) {
                return ok();
            }
        }
        if (Status read = goOn(first); !read) {
            return read;
        }
    }
    return ok();
}

} // namespace keyglass
