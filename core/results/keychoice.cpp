// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/keychoice.h"

#include "core/base/keybatch.h"
#include "core/index/keystretch.h"

#include <algorithm>

namespace keyglass {

namespace {

using Use = std::function<bool(std::string_view)>;

/// Keys held at once while they are given from the last to the first.
constexpr std::uint64_t keysTurned = 16'384;
constexpr std::size_t bytesTurned = 4U * 1024 * 1024;

bool giveUpwards(
    const std::shared_ptr<const Snapshot>& keys, const KeyRange& range, const std::stop_token& stop, const Use& use)
{
    return forEachKey(keys, range, [&](std::string_view key) { return !stop.stop_requested() && use(key); });
}

/// Cursors go upwards only, so a piece is read and given from its end, then the piece before it. Long keys make pieces
/// smaller.
bool giveDownwards(
    const std::shared_ptr<const Snapshot>& keys, const KeyRange& range, const std::stop_token& stop, const Use& use)
{
    const std::uint64_t first = keys->rank(range.first);
    std::uint64_t end = first + keys->count(range);
    std::uint64_t piece = keysTurned;
    SnapshotCursor cursor(keys);
    while (end > first) {
        const std::uint64_t begin = end - std::min(piece, end - first);
        KeyBatch batch;
        bool more = cursor.seekRank(begin);
        for (std::uint64_t rank = begin; more && rank < end && batch.byteCount() < bytesTurned; ++rank) {
            batch.append(cursor.key());
            more = cursor.next();
        }
        if (batch.size() < end - begin && end - begin > 1) {
            piece = (end - begin) / 2;
            continue;
        }
        for (std::size_t at = batch.size(); at > 0; --at) {
            if (stop.stop_requested() || !use(batch[at - 1])) {
                return false;
            }
        }
        end = begin;
    }
    return true;
}

} // namespace

std::vector<KeyRange> KeyChoice::ranges() const
{
    std::vector<KeyRange> ranges;
    if (!selected) {
        ranges.emplace_back();
        return ranges;
    }
    for (KeySelection::Part& part : selected->parts()) {
        ranges.push_back(std::move(part.range));
    }
    return ranges;
}

std::uint64_t KeyChoice::count() const
{
    return selected ? selected->count(*keys) : keys->keyCount();
}

bool KeyChoice::forEachKey(KeyOrder order, const std::stop_token& stop, const Use& use) const
{
    std::vector<KeyRange> all = ranges();
    if (order == KeyOrder::Descending) {
        std::ranges::reverse(all);
    }
    return std::ranges::all_of(all, [&](const KeyRange& range) {
        return order == KeyOrder::Ascending ? giveUpwards(keys, range, stop, use)
                                            : giveDownwards(keys, range, stop, use);
    });
}

} // namespace keyglass
