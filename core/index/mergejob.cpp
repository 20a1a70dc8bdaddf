// SPDX-License-Identifier: GPL-3.0-or-later
//
// Merging runs.
//
// The index is a small log-structured merge tree in memory: sorted runs that never change, and now and then several of
// them merged into a larger one. All of its cost is here, so this is written for two things: that a key costs little
// each time it is moved, and that nobody ever has to wait for a merge.
//
// How it works. A MergeTree gives the keys of all sources in order and says, for each, how many bytes it shares with
// the one before. That number is what front coding stores, so a key goes to the output without being compared to its
// new neighbour: only its suffix is copied. Keys that arrive in random order alternate between the sources, and each
// goes through the tree. Keys that arrive in one place (a new folder beside ten million old keys) do not: when one
// source has won long enough, its blocks that lie wholly below the other sources' next keys are copied as they are, and
// whole chunks are not even copied, the output refers to the same chunk. A block stands alone, so this needs no
// decoding.
//
// Removed keys. A removal is a tombstone in a run of its own kind: an entry counts +1 or -1, and a key is there if its
// entries add up to 1. So runs carry no order of age, any of them may be merged with any other, and a key and its
// tombstone that meet in a merge cancel. What does not meet its other half goes to the output of its kind. The builder
// sees to it that no key is in two runs of a kind; one that was removed and comes again takes its tombstone away.
//
// If the ground moves. A job works on its own lists of chunks. Chunks are counted, and a job lets go of those it has
// read; one that a published snapshot still refers to lives as long as that, the others are used for the output right
// away. So a merge of the whole index needs hardly more memory than the index. Between two steps the state can be
// published: the output so far (its open block is closed, later ones go behind it in the same chunk, where nobody who
// reads the published part looks) and, of each source, a run that starts at the key which is next. Output keys are all
// below every key left in a source, so counts stay sums of counts. A job can be dropped in that state too: publish() is
// all there is to it, and nothing already merged is lost. A key and its tombstone are taken in one go, so that what
// cancels is never cut apart between the output and a source.
//
// Limits. Sharing a chunk leaves the output's own chunk as full as it was, so appendPiece() shares only while the room
// lost that way stays small. Sources are read with one cursor each; above some 40 of them the tree's comparisons cost
// more than merging twice, which is why the builder limits how many it hands over. A step cannot be interrupted: the
// one who calls chooses the budget (128 thousand keys take about 8 ms).

#include "core/index/mergejob.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace keyglass {

namespace {
/// Wins in a row after which whole blocks are tried.
constexpr std::size_t winsBeforeBlocks = 2 * keysPerBlock;
/// Keys between two looks at which chunks are read to their end.
constexpr std::size_t keysPerLook = 4096;
/// What taking a chunk or a block as it is costs, in keys merged one by one. That little, so that a merge which starts
/// anew over what another has done already soon comes to where that ended.
constexpr std::size_t workPerPiece = 16;
constexpr std::size_t workPerBlock = 4;
} // namespace

MergeJob::MergeJob(std::vector<KindOfRun>&& sources)
{
    for (KindOfRun& source : sources) {
        SortedRun& own = m_sources.emplace_back(*source.run);
        source.run.reset();
        RunCursor cursor(&own);
        cursor.moveTo(own.placeOf(0));
        m_tree.add(std::move(cursor), source.kind);
        m_hasTombstones = m_hasTombstones || source.kind == RunKind::Tombstones;
    }
    m_tree.start();
}

std::size_t MergeJob::step(std::size_t budget)
{
    std::size_t taken = 0;
    while (taken < budget && m_tree.isValid()) {
        const std::size_t pause = std::min(budget, taken + keysPerLook);
        while (taken < pause && m_tree.isValid()) {
            m_wins = m_tree.winner() == m_lastWinner ? m_wins + 1 : 0;
            m_lastWinner = m_tree.winner();
            if (m_wins >= winsBeforeBlocks && m_tree.cursor(m_lastWinner).isAtBlockStart()) {
                taken += takeBlocks();
            } else {
                taken += m_hasTombstones ? takeEqualKeys() : takeKey();
            }
        }
        forgetConsumed();
    }
    return taken;
}

std::size_t MergeJob::takeKey()
{
    m_keys.append(m_tree.key(), m_tree.shared());
    m_tree.next();
    return 1;
}

/// Takes a key with all that are equal to it and writes what is left when keys and tombstones cancel.
std::size_t MergeJob::takeEqualKeys()
{
    m_keysShared = std::min(m_keysShared, m_tree.shared());
    m_tombstonesShared = std::min(m_tombstonesShared, m_tree.shared());
    m_group.assign(m_tree.key());
    int balance = 0;
    std::size_t taken = 0;
    do {
        balance += sign(m_tree.kind());
        ++taken;
        m_tree.next();
    } while (m_tree.isValid() && m_tree.shared() == m_group.size() && m_tree.key().size() == m_group.size());
    for (; balance > 0; --balance) {
        write(RunKind::Keys, m_group.key());
    }
    for (; balance < 0; ++balance) {
        write(RunKind::Tombstones, m_group.key());
    }
    return taken;
}

void MergeJob::write(RunKind kind, std::string_view key)
{
    writer(kind).append(key, shared(kind));
    shared(kind) = key.size();
}

/// Takes the blocks of the run that keeps winning as far as no other run has a key there; one key at least.
std::size_t MergeJob::takeBlocks()
{
    m_wins = 0;
    const std::size_t stream = m_tree.winner();
    std::optional<std::string> bound;
    if (const auto second = m_tree.runnerUp()) {
        bound = *second;
    }
    const std::size_t taken = copyBlocksBelow(stream, bound ? &*bound : nullptr);
    if (taken == 0) {
        return m_hasTombstones ? takeEqualKeys() : takeKey();
    }
    m_wins = winsBeforeBlocks; // goes on with blocks if it still wins
    m_tree.start();
    return taken;
}

/// Moves the run's cursor behind what was copied. A block is below the bound if the next block's first key is.
std::size_t MergeJob::copyBlocksBelow(std::size_t stream, const std::string* bound)
{
    RunCursor& cursor = m_tree.cursor(stream);
    const SortedRun& run = cursor.run();
    RunWriter& to = writer(m_tree.kind(stream));
    const auto isBelowBound = [&](const SortedRun::Place& next) {
        return !bound || (next.piece < run.pieces().size() && run.firstKeyAt(next) < *bound);
    };
    std::size_t taken = 0;
    SortedRun::Place place = cursor.place();
    while (place.piece < run.pieces().size() && taken < keysPerLook) {
        const RunPiece& piece = run.pieces()[place.piece];
        if (place.block == 0 && isBelowBound(run.nextPiece(place))) {
            to.appendPiece(piece);
            taken += workPerPiece;
            place = run.nextPiece(place);
        } else if (isBelowBound(run.nextBlock(place))) {
            to.appendBlock(piece, place.block);
            taken += workPerBlock;
            place = run.nextBlock(place);
        } else {
            break;
        }
    }
    if (taken > 0) {
        cursor.moveTo(place);
    }
    return taken;
}

void MergeJob::forgetConsumed()
{
    for (std::size_t stream = 0; stream < m_tree.size(); ++stream) {
        m_sources[stream].forgetBefore(m_tree.cursor(stream).place().piece);
    }
}

void MergeJob::publish(std::vector<KindOfRun>& into)
{
    for (const RunKind kind : {RunKind::Keys, RunKind::Tombstones}) {
        if (writer(kind).keyCount() > 0) {
            into.push_back({writer(kind).publish(), kind});
        }
    }
    for (std::size_t stream = 0; stream < m_tree.size(); ++stream) {
        const RunCursor& cursor = m_tree.cursor(stream);
        if (cursor.isValid()) {
            into.push_back({cursor.run().startingAt(cursor.place()), m_tree.kind(stream)});
        }
    }
}

void MergeJob::finish(std::vector<KindOfRun>& into)
{
    for (const RunKind kind : {RunKind::Keys, RunKind::Tombstones}) {
        if (writer(kind).keyCount() > 0) {
            into.push_back({writer(kind).finish(), kind});
        }
    }
}

bool MergeJob::contains(std::string_view key, RunKind kind)
{
    if (!m_tree.isValid() || key < m_tree.key()) {
        writer(kind).flush();
        return writer(kind).run().contains(key);
    }
    for (std::size_t stream = 0; stream < m_tree.size(); ++stream) {
        const RunCursor& cursor = m_tree.cursor(stream);
        if (m_tree.kind(stream) == kind && cursor.run().contains(key, cursor.place().piece)) {
            return true;
        }
    }
    return false;
}

} // namespace keyglass
