// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/snapshot.h"

#include "core/index/snapshot_p.h"

#include <algorithm>
#include <utility>

namespace keyglass {

Snapshot::Private::Private(std::vector<KindOfRun> of, std::uint64_t number)
    : runs(std::move(of))
    , generation(number)
{
    std::erase_if(runs, [](const KindOfRun& run) { return run.run->keyCount() == 0; });
    for (const KindOfRun& run : runs) {
        keys += static_cast<std::uint64_t>(sign(run.kind)) * run.run->keyCount(); // -1 wraps around, as it should
        hasTombstones = hasTombstones || run.kind == RunKind::Tombstones;
    }
}

std::uint64_t Snapshot::Private::rank(std::string_view key) const
{
    std::uint64_t below = 0;
    for (const KindOfRun& run : runs) {
        below += static_cast<std::uint64_t>(sign(run.kind)) * run.run->rank(key);
    }
    return below;
}

Snapshot::Snapshot(std::shared_ptr<const Private> d)
    : m_d(std::move(d))
{
}

std::uint64_t Snapshot::generation() const
{
    return m_d->generation;
}

std::uint64_t Snapshot::keyCount() const
{
    return m_d->keys;
}

std::uint64_t Snapshot::rank(std::string_view key) const
{
    return m_d->rank(key);
}

bool Snapshot::contains(std::string_view key) const
{
    int balance = 0;
    for (const KindOfRun& run : m_d->runs) {
        balance += run.run->contains(key) ? sign(run.kind) : 0;
        if (balance > 0 && !m_d->hasTombstones) {
            return true;
        }
    }
    return balance > 0;
}

std::string Snapshot::select(std::uint64_t rank) const
{
    if (rank >= m_d->keys) {
        return {};
    }
    const SnapshotPlace place = placeBefore(*m_d, rank);
    LiveKeys keys(*m_d);
    keys.start(place);
    for (std::uint64_t at = place.rank; at < rank; ++at) {
        keys.next();
    }
    return std::string(keys.key());
}

std::uint64_t Snapshot::count(const KeyRange& range) const
{
    const std::uint64_t end = range.end ? rank(*range.end) : keyCount();
    return end - std::min(end, rank(range.first));
}

std::vector<std::string> Snapshot::splitPoints(std::size_t parts) const
{
    std::vector<std::string> points;
    std::uint64_t last = 0;
    for (std::size_t part = 1; part < parts; ++part) {
        const std::uint64_t rank = keyCount() / parts * part + keyCount() % parts * part / parts;
        if (rank > last) {
            points.push_back(select(rank));
            last = rank;
        }
    }
    return points;
}

std::size_t Snapshot::residentBytes() const
{
    std::size_t bytes = sizeof(Private) + m_d->runs.capacity() * sizeof(KindOfRun);
    for (const KindOfRun& run : m_d->runs) {
        bytes += run.run->residentBytes();
    }
    return bytes;
}

std::size_t Snapshot::runCount() const
{
    return m_d->runs.size();
}

std::shared_ptr<const Snapshot> emptySnapshot()
{
    return Snapshot::Private::make({}, 0);
}

namespace {

/// Per run, the entries among which the key at a rank stands: [low, high).
struct Window {
    std::uint64_t low;
    std::uint64_t high;
    [[nodiscard]] std::uint64_t width() const { return high - low; }
};

/// The first key of a block in the middle of a window, but above its first entry. Nothing where the window is too
/// narrow.
std::optional<std::string_view> pivot(const SortedRun& run, const Window& window)
{
    if (window.width() <= 2 * keysPerBlock) {
        return std::nullopt;
    }
    const SortedRun::Place middle = run.placeOf(window.low + window.width() / 2);
    const std::uint64_t begin = run.rankOf({middle.piece, middle.block, 0});
    if (begin <= window.low || begin >= window.high) {
        return std::nullopt;
    }
    return run.firstKeyAt(middle);
}

/// Halves the windows by a pivot's ranks: the part of the key at `rank` is kept.
void halve(
    const std::vector<KindOfRun>& runs, std::string_view pivotKey, std::uint64_t rank, std::vector<Window>& windows)
{
    std::vector<std::uint64_t> ranks(runs.size());
    std::uint64_t live = 0;
    for (std::size_t at = 0; at < runs.size(); ++at) {
        ranks[at] = runs[at].run->rank(pivotKey);
        live += static_cast<std::uint64_t>(sign(runs[at].kind)) * ranks[at];
    }
    for (std::size_t at = 0; at < runs.size(); ++at) {
        (live <= rank ? windows[at].low : windows[at].high) = ranks[at];
    }
}

} // namespace

SnapshotPlace placeBefore(const Snapshot::Private& in, std::uint64_t rank)
{
    std::vector<Window> windows;
    windows.reserve(in.runs.size());
    for (const KindOfRun& run : in.runs) {
        windows.push_back({0, run.run->keyCount()});
    }
    if (windows.size() == 1) {
        windows[0].low = std::min(rank, in.keys); // one run of keys: its own ranks are the snapshot's
    }
    while (windows.size() > 1) {
        const auto widest = std::max_element(
            windows.begin(), windows.end(), [](const Window& a, const Window& b) { return a.width() < b.width(); });
        const auto pivotKey = pivot(*in.runs[static_cast<std::size_t>(widest - windows.begin())].run, *widest);
        if (!pivotKey) {
            break;
        }
        halve(in.runs, *pivotKey, rank, windows);
    }
    SnapshotPlace place;
    for (std::size_t at = 0; at < windows.size(); ++at) {
        place.ranks.push_back(windows[at].low);
        place.rank += static_cast<std::uint64_t>(sign(in.runs[at].kind)) * windows[at].low;
    }
    return place;
}

} // namespace keyglass
