// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/snapshot.h"

#include "core/index/keystretch.h"
#include "core/index/snapshot_p.h"

#include <utility>

namespace keyglass {

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
    return m_d->keys.size();
}

std::uint64_t Snapshot::rank(std::string_view key) const
{
    return m_d->lowerBound(key);
}

bool Snapshot::contains(std::string_view key) const
{
    const std::size_t at = m_d->lowerBound(key);
    return at < m_d->keys.size() && m_d->keys[at] == key;
}

std::string Snapshot::select(std::uint64_t rank) const
{
    return m_d->keys[rank];
}

std::uint64_t Snapshot::count(const KeyRange& range) const
{
    const std::uint64_t end = range.end ? rank(*range.end) : keyCount();
    return end - std::min(end, rank(range.first));
}

std::vector<std::string> Snapshot::splitPoints(std::size_t parts) const
{
    std::vector<std::string> points;
    for (std::size_t part = 1; part < parts; ++part) {
        const std::size_t at = m_d->keys.size() * part / parts;
        if (at > 0 && (points.empty() || points.back() != m_d->keys[at])) {
            points.push_back(m_d->keys[at]);
        }
    }
    return points;
}

std::size_t Snapshot::residentBytes() const
{
    std::size_t bytes = m_d->keys.capacity() * sizeof(std::string);
    for (const std::string& key : m_d->keys) {
        bytes += key.capacity() > 15 ? key.capacity() + 1 : 0;
    }
    return bytes;
}

std::size_t Snapshot::runCount() const
{
    return m_d->keys.empty() ? 0 : 1;
}

class SnapshotCursor::Private {
public:
    std::shared_ptr<const Snapshot> snapshot;
    std::size_t at = 0;
    std::size_t shared = 0;
    bool valid = false;

    const std::vector<std::string>& keys() const { return snapshot->internals().keys; }
    bool set(std::size_t place)
    {
        at = place;
        shared = 0;
        valid = at < keys().size();
        return valid;
    }
};

SnapshotCursor::SnapshotCursor(std::shared_ptr<const Snapshot> snapshot)
    : m_d(std::make_unique<Private>())
{
    m_d->snapshot = std::move(snapshot);
}

SnapshotCursor::SnapshotCursor(SnapshotCursor&&) noexcept = default;
SnapshotCursor& SnapshotCursor::operator=(SnapshotCursor&&) noexcept = default;
SnapshotCursor::~SnapshotCursor() = default;

bool SnapshotCursor::seek(std::string_view key)
{
    return m_d->set(m_d->snapshot->internals().lowerBound(key));
}

bool SnapshotCursor::seekRank(std::uint64_t rank)
{
    return m_d->set(rank);
}

bool SnapshotCursor::next()
{
    const std::string& before = m_d->keys()[m_d->at];
    if (!m_d->set(m_d->at + 1)) {
        return false;
    }
    const std::string& now = m_d->keys()[m_d->at];
    const std::size_t most = std::min(before.size(), now.size());
    const auto differ = std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(most), now.begin());
    m_d->shared = static_cast<std::size_t>(differ.first - before.begin());
    return true;
}

bool SnapshotCursor::isValid() const
{
    return m_d->valid;
}

std::string_view SnapshotCursor::key() const
{
    return m_d->keys()[m_d->at];
}

std::size_t SnapshotCursor::sharedWithPrevious() const
{
    return m_d->shared;
}

class StretchReader::Private {
public:
    Private(std::shared_ptr<const Snapshot> snapshot, KeyRange keys)
        : cursor(std::move(snapshot))
        , range(std::move(keys))
    {
        cursor.seek(range.first);
    }
    SnapshotCursor cursor;
    KeyRange range;
};

StretchReader::StretchReader(std::shared_ptr<const Snapshot> snapshot, const KeyRange& range)
    : m_d(std::make_unique<Private>(std::move(snapshot), range))
{
}

StretchReader::StretchReader(StretchReader&&) noexcept = default;
StretchReader& StretchReader::operator=(StretchReader&&) noexcept = default;
StretchReader::~StretchReader() = default;

bool StretchReader::next()
{
    m_stretch.m_bytes.clear();
    m_stretch.m_ends.clear();
    SnapshotCursor& cursor = m_d->cursor;
    while (cursor.isValid() && m_stretch.size() < 256 && (!m_d->range.end || cursor.key() < *m_d->range.end)) {
        m_stretch.m_bytes.insert(m_stretch.m_bytes.end(), cursor.key().begin(), cursor.key().end());
        m_stretch.m_ends.push_back(m_stretch.m_bytes.size());
        cursor.next();
    }
    m_stretch.m_bytes.resize(m_stretch.m_bytes.size() + 32);
    return !m_stretch.isEmpty();
}

} // namespace keyglass
