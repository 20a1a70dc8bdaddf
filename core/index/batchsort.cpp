// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/batchsort.h"

#include "core/index/keybytes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <string_view>

namespace keyglass {

namespace {

using Entries = std::span<SortEntry>;

constexpr std::size_t insertionSize = 8;
constexpr std::size_t radixSize = 512;

/// Sorts by most significant bytes: what all keys of a group share is skipped, then the group is cut by its first
/// differing byte (large ones) or sorted by the eight cached bytes, and ties go deeper.
class BatchSorter {
public:
    explicit BatchSorter(const char* bytes, std::size_t count)
        : m_bytes(bytes)
        , m_spare(count)
    {
    }
    /// All keys of the group share their first `depth` bytes; caches are not loaded yet.
    void sort(Entries group, std::size_t depth);

private:
    [[nodiscard]] std::string_view key(const SortEntry& entry) const { return {m_bytes + entry.offset, entry.length}; }
    void load(Entries group, std::size_t depth) const;
    [[nodiscard]] std::size_t sharedByAll(Entries group, std::size_t depth) const;
    void insertionSort(Entries group, std::size_t depth) const;
    void sortByCache(Entries group, std::size_t depth);
    void sortTies(Entries ties, std::size_t depth);
    [[nodiscard]] Entries cutByByte(Entries group, std::size_t depth, std::size_t byte);

    const char* m_bytes;
    std::vector<SortEntry> m_spare; // what a radix pass moves through
};

std::uint64_t cacheOf(std::string_view key, std::size_t depth)
{
    std::uint64_t word = 0;
    if (key.size() >= depth + 8) {
        word = load64(key.data() + depth);
    } else if (key.size() > depth) {
        std::memcpy(&word, key.data() + depth, key.size() - depth);
    }
    return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

void BatchSorter::load(Entries group, std::size_t depth) const
{
    for (std::size_t at = 0; at < group.size(); ++at) {
        if (at + keysAhead < group.size()) {
            __builtin_prefetch(m_bytes + group[at + keysAhead].offset + depth);
        }
        group[at].cache = cacheOf(key(group[at]), depth);
    }
}

/// What all keys share from `depth` on, as far as the shortest goes.
std::size_t BatchSorter::sharedByAll(Entries group, std::size_t depth) const
{
    const std::string_view first = key(group.front());
    std::size_t shared = first.size();
    for (const SortEntry& entry : group.subspan(1)) {
        shared = sharedPrefix(first.substr(0, shared), key(entry), depth);
        if (shared == depth) {
            break;
        }
    }
    return shared - depth;
}

void BatchSorter::insertionSort(Entries group, std::size_t depth) const
{
    const auto isLess = [&](const SortEntry& a, const SortEntry& b) {
        return a.cache != b.cache ? a.cache < b.cache : key(a).substr(depth) < key(b).substr(depth);
    };
    for (std::size_t at = 1; at < group.size(); ++at) {
        const SortEntry moved = group[at];
        std::size_t to = at;
        for (; to > 0 && isLess(moved, group[to - 1]); --to) {
            group[to] = group[to - 1];
        }
        group[to] = moved;
    }
}

void BatchSorter::sort(Entries group, std::size_t depth)
{
    while (group.size() > insertionSize) {
        depth += sharedByAll(group, depth);
        load(group, depth);
        if (group.size() < radixSize) {
            sortByCache(group, depth);
            return;
        }
        group = cutByByte(group, depth, 0);
    }
    load(group, depth);
    insertionSort(group, depth);
}

/// Keys that share a long beginning would recurse once per byte of it; so all parts but the largest are sorted here,
/// and the largest is returned.
Entries BatchSorter::cutByByte(Entries group, std::size_t depth, std::size_t byte)
{
    // Bucket 0 is for keys that end here: they are equal, and below all others.
    std::array<std::size_t, 258> starts{};
    const auto bucketOf = [&](const SortEntry& entry) -> std::size_t {
        return entry.length <= depth ? 0 : 1 + ((entry.cache >> (56 - 8 * byte)) & 255U);
    };
    for (const SortEntry& entry : group) {
        ++starts[bucketOf(entry) + 1];
    }
    for (std::size_t at = 1; at < starts.size(); ++at) {
        starts[at] += starts[at - 1];
    }
    auto next = starts;
    for (const SortEntry& entry : group) {
        m_spare[next[bucketOf(entry)]++] = entry;
    }
    std::copy_n(m_spare.begin(), group.size(), group.begin());
    std::size_t largest = 1;
    const auto part = [&](std::size_t bucket) {
        return group.subspan(starts[bucket], starts[bucket + 1] - starts[bucket]);
    };
    for (std::size_t bucket = 1; bucket < 257; ++bucket) {
        if (part(bucket).size() > part(largest).size()) {
            largest = bucket;
        }
    }
    for (std::size_t bucket = 1; bucket < 257; ++bucket) {
        if (bucket != largest && part(bucket).size() > 1) {
            sort(part(bucket), depth);
        }
    }
    return part(largest);
}

void BatchSorter::sortByCache(Entries group, std::size_t depth)
{
    std::sort(group.begin(), group.end(), [](const SortEntry& a, const SortEntry& b) { return a.cache < b.cache; });
    for (std::size_t from = 0; from < group.size();) {
        std::size_t to = from + 1;
        while (to < group.size() && group[to].cache == group[from].cache) {
            ++to;
        }
        if (to - from > 1) {
            sortTies(group.subspan(from, to - from), depth);
        }
        from = to;
    }
}

/// Keys with the same eight bytes, or what looks so: a key that ends is padded with zeros. Those that end come first,
/// shorter ones before longer ones (which go on with zeros).
void BatchSorter::sortTies(Entries ties, std::size_t depth)
{
    const auto ends = [&](const SortEntry& entry) { return entry.length <= depth + 8; };
    const auto middle = std::partition(ties.begin(), ties.end(), ends);
    std::sort(ties.begin(), middle, [](const SortEntry& a, const SortEntry& b) { return a.length < b.length; });
    const Entries rest(middle, ties.end());
    if (rest.size() > 1) {
        sort(rest, depth + 8);
    }
}

} // namespace

std::vector<SortEntry> sortedEntries(const KeyBatch& keys)
{
    std::vector<SortEntry> entries(keys.size());
    if (keys.isEmpty()) {
        return entries;
    }
    const char* const base = keys[0].data();
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const std::string_view key = keys[at];
        entries[at].offset = static_cast<std::uint32_t>(key.data() - base);
        entries[at].length = static_cast<std::uint32_t>(key.size());
    }
    BatchSorter(base, entries.size()).sort(entries, 0);
    return entries;
}

} // namespace keyglass
