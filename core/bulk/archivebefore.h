// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/archivewriter.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/guardedwrite.h"
#include "core/bulk/keyreading.h"
#include "core/bulk/largereader.h"

#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// What is archived of keys before something is done to them.
struct ArchivingOptions {
    int database = 0; ///< Of the lane, as the archive names it.
    UndoReason reason = UndoReason::Overwritten;
    ArchivingWays ways;
    ByteCount largest = largestDump; ///< By MEMORY USAGE; larger keys would block the server while they are read.
    /// ArchivedStep: for those, where writes are shown. Not set: they are not written to.
    MakeLargeReader largeReader{};
    bool givesDumps = false;  ///< ArchivedKey::dump is filled: for few keys.
    bool givesStates = false; ///< ArchivedKey::seen is.
    /// ArchivedStep: writes show once more what they write to. A key that has changed since it was archived is archived
    /// again (Outcome::DoneThoughChanged), or left alone where `refusesChanged` (Outcome::Changed).
    bool showsWrites = false;
    bool refusesChanged = false;
    KeyBatch* recorded =
        nullptr; ///< Where set: the keys that were given to the archive are added, also before a failure.
};

/// Whether one key stands in the archive.
struct ArchivedKey {
    enum class Kind {
        Archived, ///< And on the disk.
        Missing,
        TooLarge,  ///< `text` says how large, or that it is not told.
        Elsewhere, ///< Another node's; `text` is the redirect.
        Refused,   ///< `text` is the server's.
    };
    Kind kind = Kind::Missing;
    std::string text;
    std::uint64_t size = 0;          ///< In memory, of what is TooLarge; 0: not known.
    std::string dump{};              ///< What was archived, where that is wanted.
    std::optional<SeenState> seen{}; ///< The same, by which it is told later whether it is that still.
    /// It was written to by us on a line that was lost, and is neither what was archived then nor, as far as that is
    /// known, what we made of it: its record stands aside.
    bool isStrange = false;
};

/// Writes the keys as they are to the archive; when it returns, what is Archived is on the disk. One ArchivedKey for
/// each key, in order. `lane`: one node's, as there may be transactions. `ways` loses what the server turns out not to
/// have. Blocks for two round trips and an fsync. Network, Timeout, Cancelled; File where the archive can't be written:
/// then nothing may be done to any key.
[[nodiscard]] Result<std::vector<ArchivedKey>> archiveBefore(Lane& lane, const KeyBatch& keys,
    ArchivingOptions& options, UndoArchiveWriter& archive, const std::stop_token& stop);

/// Keys that are given again later, where they stand in the archive (`recorded`): those that were left as they were are
/// archived once more, and of those that we may have changed the first record counts. What has no record yet gets one.
/// `known`: what they were, and behind that what we have made of the latter, as UndoArchiveWriter::keepFirst() takes
/// it.
using KnownStates = std::map<std::string, std::vector<SeenState>, std::less<>>;
void noteUnsettled(UndoArchiveWriter& archive, int database, const UnsettledKeys& keys, const KeyBatch& recorded,
    const KnownStates& known = {});

} // namespace keyglass
