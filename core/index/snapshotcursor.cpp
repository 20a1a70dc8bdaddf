// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keystretch.h"
#include "core/index/snapshot.h"
#include "core/index/snapshot_p.h"

#include <utility>

namespace keyglass {

void LiveKeys::start(std::string_view key)
{
    m_tree.emplace();
    for (const KindOfRun& run : m_in.runs) {
        RunCursor cursor(run.run.get());
        cursor.moveTo(run.run->lowerBound(key));
        m_tree->add(std::move(cursor), run.kind);
    }
    begin();
}

void LiveKeys::start(const SnapshotPlace& place)
{
    m_tree.emplace();
    for (std::size_t at = 0; at < place.ranks.size(); ++at) {
        const KindOfRun& run = m_in.runs[at];
        RunCursor cursor(run.run.get());
        cursor.moveTo(run.run->placeOf(place.ranks[at]));
        m_tree->add(std::move(cursor), run.kind);
    }
    begin();
}

void LiveKeys::begin()
{
    m_tree->start();
    m_isValid = m_tree->isValid();
    if (m_in.hasTombstones) {
        nextAlive();
    }
    m_shared = 0;
}

/// Goes on to the next key whose entries do not cancel.
void LiveKeys::nextAlive()
{
    m_shared = m_current.size();
    while (m_tree->isValid()) {
        m_shared = std::min(m_shared, m_tree->shared());
        m_current.assign(m_tree->key());
        int balance = 0;
        do {
            balance += sign(m_tree->kind());
            m_tree->next();
        } while (m_tree->isValid() && m_tree->shared() == m_current.size() && m_tree->key().size() == m_current.size());
        if (balance > 0) {
            m_isValid = true;
            return;
        }
    }
    m_isValid = false;
}

class SnapshotCursor::Private {
public:
    explicit Private(std::shared_ptr<const Snapshot> of)
        : snapshot(std::move(of))
        , keys(snapshot->internals())
    {
    }
    std::shared_ptr<const Snapshot> snapshot;
    LiveKeys keys;
};

SnapshotCursor::SnapshotCursor(std::shared_ptr<const Snapshot> snapshot)
    : m_d(std::make_unique<Private>(std::move(snapshot)))
{
}

SnapshotCursor::SnapshotCursor(SnapshotCursor&&) noexcept = default;
SnapshotCursor& SnapshotCursor::operator=(SnapshotCursor&&) noexcept = default;
SnapshotCursor::~SnapshotCursor() = default;

bool SnapshotCursor::seek(std::string_view key)
{
    m_d->keys.start(key);
    return m_d->keys.isValid();
}

bool SnapshotCursor::seekRank(std::uint64_t rank)
{
    const SnapshotPlace place = placeBefore(m_d->snapshot->internals(), rank);
    m_d->keys.start(place);
    for (std::uint64_t at = place.rank; at < rank && m_d->keys.isValid(); ++at) {
        m_d->keys.next();
    }
    m_d->keys.forgetShared();
    return m_d->keys.isValid();
}

bool SnapshotCursor::next()
{
    if (isValid()) {
        m_d->keys.next();
    }
    return isValid();
}

bool SnapshotCursor::isValid() const
{
    return m_d->keys.isValid();
}

std::string_view SnapshotCursor::key() const
{
    return m_d->keys.key();
}

std::size_t SnapshotCursor::sharedWithPrevious() const
{
    return m_d->keys.shared();
}

} // namespace keyglass
