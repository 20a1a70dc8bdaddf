// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/consistency.h"

#include "core/index/mergetree.h"

#include <algorithm>
#include <string>

namespace keyglass {

namespace {

/// Tables and counts of the pieces, without the keys.
bool hasRightCounts(const SortedRun& run)
{
    std::uint64_t before = 0;
    for (const RunPiece& piece : run.pieces()) {
        bool ok = piece.keysBefore == before && piece.blocks > 0 && piece.keysBeforeBlock(0) == 0;
        for (std::size_t block = 0; ok && block < piece.blocks; ++block) {
            const std::size_t keys = piece.keysInBlock(block);
            ok = keys > 0 && keys <= keysPerBlock && piece.blockBegin(block) < piece.blockEnd(block);
        }
        if (!ok) {
            return false;
        }
        before += piece.keys;
    }
    return run.pieces().empty() ? run.keyCount() == 0 : run.keyCount() == before - run.skipped();
}

/// Every key above the one before, sharing with it what the cursor says, and at the rank where it is counted.
bool isInOrder(const SortedRun& run)
{
    RunCursor cursor(&run);
    std::string before;
    std::uint64_t rank = 0;
    for (cursor.moveTo(run.placeOf(0)); cursor.isValid(); cursor.next(), ++rank) {
        const std::string_view key = cursor.key();
        const bool shares = rank == 0 || (before < key && sharedPrefix(before, key) == cursor.shared());
        if (!shares || run.rankOf(cursor.place()) != rank) {
            return false;
        }
        before = key;
    }
    return rank == run.keyCount();
}

/// Equal entries of all runs: one key, or one key and one tombstone.
bool areBalanced(std::span<const KindOfRun> runs)
{
    MergeTree tree;
    for (const KindOfRun& run : runs) {
        RunCursor cursor(run.run.get());
        cursor.moveTo(run.run->placeOf(0));
        tree.add(std::move(cursor), run.kind);
    }
    tree.start();
    while (tree.isValid()) {
        const std::string key(tree.key());
        int keys = 0;
        int tombstones = 0;
        for (; tree.isValid() && tree.key() == key; tree.next()) {
            ++(tree.kind() == RunKind::Keys ? keys : tombstones);
        }
        if (keys != 1 || tombstones > 1 || (tree.isValid() && sharedPrefix(key, tree.key()) != tree.shared())) {
            return false;
        }
    }
    return true;
}

} // namespace

bool areConsistent(std::span<const KindOfRun> runs)
{
    return std::all_of(runs.begin(), runs.end(), [](const KindOfRun& run) {
        return hasRightCounts(*run.run) && isInOrder(*run.run);
    }) && areBalanced(runs);
}

} // namespace keyglass
