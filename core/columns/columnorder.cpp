// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/columnorder.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace keyglass {

namespace {

using Entry = ColumnOrder::Entry;

// A packed value: its kind in the two highest bits, so that kinds never mix when entries are sorted.
constexpr unsigned kindShift = 62;
constexpr std::uint64_t withoutValueMark = std::uint64_t{1} << kindShift;
constexpr std::uint64_t goneMark = std::uint64_t{2} << kindShift;

std::uint64_t packedOf(const Entry& entry)
{
    return std::uint64_t{entry[0]} << 32U | entry[1];
}

void setPacked(Entry& entry, std::uint64_t packed)
{
    entry[0] = static_cast<std::uint32_t>(packed >> 32U);
    entry[1] = static_cast<std::uint32_t>(packed);
}

constexpr std::size_t bytesOfEntry = 12;
constexpr std::size_t sortedAtOnce = 100'000; // takes some milliseconds: a stop is looked at in between

unsigned byteOf(const Entry& entry, std::size_t at)
{
    return entry[at / 4] >> (24 - 8 * (at % 4)) & 0xFFU;
}

/// The first byte from `from` on in which not all entries are the same; bytesOfEntry where there is none.
std::size_t firstDifferingByte(std::span<const Entry> entries, std::size_t from)
{
    Entry differing{};
    for (const Entry& entry : entries) {
        for (std::size_t at = 0; at < differing.size(); ++at) {
            differing[at] |= entry[at] ^ entries.front()[at];
        }
    }
    while (from < bytesOfEntry && byteOf(differing, from) == 0) {
        ++from;
    }
    return from;
}

struct Buckets {
    std::array<std::size_t, 257> begin{};
};

/// Puts every entry into the bucket of its byte `at`: each swap brings one home.
std::optional<Buckets> partition(std::span<Entry> entries, std::size_t at, const std::stop_token& stop)
{
    Buckets buckets;
    for (const Entry& entry : entries) {
        ++buckets.begin[byteOf(entry, at) + 1];
    }
    std::partial_sum(buckets.begin.begin(), buckets.begin.end(), buckets.begin.begin());
    std::array<std::size_t, 256> next{};
    std::copy_n(buckets.begin.begin(), next.size(), next.begin());
    for (unsigned bucket = 0; bucket < next.size(); ++bucket) {
        while (next[bucket] < buckets.begin[bucket + 1]) {
            Entry& here = entries[next[bucket]];
            const unsigned home = byteOf(here, at);
            std::swap(here, entries[next[home]]);
            ++next[home];
            constexpr std::size_t swapsBetween = 1U << 18U;
            if (next[home] % swapsBetween == 0 && stop.stop_requested()) {
                return std::nullopt;
            }
        }
    }
    return buckets;
}

bool sortFrom(std::span<Entry> entries, std::size_t byte, const std::stop_token& stop)
{
    if (stop.stop_requested()) {
        return false;
    }
    if (entries.size() <= sortedAtOnce) {
        std::ranges::sort(entries);
        return true;
    }
    byte = firstDifferingByte(entries, byte);
    if (byte == bytesOfEntry) {
        return true;
    }
    const auto buckets = partition(entries, byte, stop);
    if (!buckets) {
        return false;
    }
    for (std::size_t bucket = 0; bucket + 1 < buckets->begin.size(); ++bucket) {
        const std::size_t size = buckets->begin[bucket + 1] - buckets->begin[bucket];
        if (size > 1 && !sortFrom(entries.subspan(buckets->begin[bucket], size), byte + 1, stop)) {
            return false;
        }
    }
    return true;
}

} // namespace

bool sortEntries(std::span<Entry> entries, const std::stop_token& stop)
{
    return sortFrom(entries, 0, stop);
}

/// Downwards, the runs of equal values stand in reverse, but each in its own order.
std::size_t ColumnOrder::placeOf(std::uint64_t row, SortDirection direction) const
{
    const auto at = static_cast<std::size_t>(row);
    if (direction == SortDirection::Ascending || row >= m_valued) {
        return at;
    }
    const std::span valued(m_entries.data(), static_cast<std::size_t>(m_valued));
    const std::uint64_t value = packedOf(valued[valued.size() - 1 - at]);
    const auto equal = std::ranges::equal_range(valued, value, {}, packedOf);
    const auto begin = static_cast<std::size_t>(equal.begin() - valued.begin());
    const auto end = static_cast<std::size_t>(equal.end() - valued.begin());
    return begin + (at - (valued.size() - end));
}

std::uint64_t ColumnOrder::rankAt(std::uint64_t row, SortDirection direction) const
{
    return m_firstRank + m_entries[placeOf(row, direction)][2];
}

std::optional<std::uint64_t> ColumnOrder::rowOf(std::uint64_t rank, SortDirection direction) const
{
    if (rank < m_firstRank || rank - m_firstRank >= m_entries.size()) {
        return std::nullopt;
    }
    const auto wanted = static_cast<std::uint32_t>(rank - m_firstRank);
    const auto found = std::ranges::find_if(m_entries, [wanted](const Entry& entry) { return entry[2] == wanted; });
    const auto place = static_cast<std::size_t>(found - m_entries.begin());
    if (found == m_entries.end() || direction == SortDirection::Ascending || place >= m_valued) {
        return found == m_entries.end() ? std::nullopt : std::optional<std::uint64_t>(place);
    }
    const std::span valued(m_entries.data(), static_cast<std::size_t>(m_valued));
    const auto equal = std::ranges::equal_range(valued, packedOf(*found), {}, packedOf);
    const auto begin = static_cast<std::size_t>(equal.begin() - valued.begin());
    const auto end = static_cast<std::size_t>(equal.end() - valued.begin());
    return valued.size() - end + (place - begin);
}

ColumnOrderBuilder::ColumnOrderBuilder(ColumnScope scope, SortColumn column)
    : m_order(new ColumnOrder) // its constructor is for us alone
{
    m_order->m_scope = std::move(scope);
    m_order->m_firstRank = m_order->m_scope.firstRank();
    m_order->m_column = column;
    m_order->m_takenAt = QDateTime::currentDateTime();
    const auto keys = static_cast<std::size_t>(std::min(m_order->m_scope.count(), mostKeys));
    m_order->m_entries.resize(keys);
    for (std::size_t at = 0; at < keys; ++at) {
        setPacked(m_order->m_entries[at], withoutValueMark);
        m_order->m_entries[at][2] = static_cast<std::uint32_t>(at);
    }
}

/// Different keys are different places in memory: their threads do not meet.
void ColumnOrderBuilder::put(std::uint64_t rank, std::uint64_t packed)
{
    setPacked(m_order->m_entries.at(static_cast<std::size_t>(rank - m_order->m_firstRank)), packed);
}

void ColumnOrderBuilder::setValue(std::uint64_t rank, std::uint64_t value)
{
    put(rank, std::min(value, forever));
}

void ColumnOrderBuilder::setWord(std::uint64_t rank, std::string_view word)
{
    std::uint64_t code = 0;
    {
        const std::lock_guard lock(m_mutex);
        code = m_words.try_emplace(std::string(word), m_words.size()).first->second;
    }
    put(rank, code);
}

void ColumnOrderBuilder::setGone(std::uint64_t rank)
{
    put(rank, goneMark);
}

void ColumnOrderBuilder::setWhy(const QString& why)
{
    const std::lock_guard lock(m_mutex);
    if (m_order->m_why.isEmpty()) {
        m_order->m_why = why;
    }
}

/// Words got numbers as they came; now they get those of their places in order.
void ColumnOrderBuilder::replaceWordsByPlaces()
{
    std::vector<std::pair<std::string, std::uint64_t>> words(m_words.begin(), m_words.end());
    std::ranges::sort(words);
    std::vector<std::uint64_t> places(words.size());
    for (std::size_t place = 0; place < words.size(); ++place) {
        places[static_cast<std::size_t>(words[place].second)] = place;
    }
    for (Entry& entry : m_order->m_entries) {
        const std::uint64_t packed = packedOf(entry);
        if (packed < places.size()) {
            setPacked(entry, places[static_cast<std::size_t>(packed)]);
        }
    }
}

std::shared_ptr<const ColumnOrder> ColumnOrderBuilder::sorted(const std::stop_token& stop)
{
    if (!m_words.empty()) {
        replaceWordsByPlaces();
    }
    auto& entries = m_order->m_entries;
    if (!sortEntries(entries, stop)) {
        return nullptr;
    }
    const auto firstWithout = std::ranges::lower_bound(entries, withoutValueMark, {}, packedOf);
    const auto firstGone = std::ranges::lower_bound(entries, goneMark, {}, packedOf);
    m_order->m_valued = static_cast<std::uint64_t>(firstWithout - entries.begin());
    m_order->m_withoutValue = static_cast<std::uint64_t>(firstGone - firstWithout);
    m_order->m_gone = static_cast<std::uint64_t>(entries.end() - firstGone);
    return std::exchange(m_order, nullptr);
}

} // namespace keyglass
