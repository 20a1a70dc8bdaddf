// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/undorun.h"

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>

namespace keyglass {

/// What an undo would find, by a look at the archive and at which of its keys are there.
struct UndoPreview {
    ArchiveCondition condition;
    std::uint64_t keys = 0;         ///< Of the archive, as far as they are wanted.
    std::uint64_t missing = 0;      ///< They would be made again.
    std::uint64_t there = 0;        ///< Compared when it is run: as archived they are done, else they conflict.
    std::uint64_t expired = 0;      ///< Their time is over by the clock here.
    std::uint64_t unknown = 0;      ///< The server did not tell whether they are there.
    std::uint64_t notInArchive = 0; ///< Of those that are wanted by name.
    std::uint64_t bytes = 0;        ///< Of the values as they stand there.
    std::map<std::string, std::uint64_t> byType;
};

/// Reads all of `reader` twice and leaves it at its beginning; asks EXISTS for each key, and sends nothing else. Holds
/// the names of keys that have several records. Errors as UndoArchiveReader::next() and Lane::pipeline(); Cancelled.
[[nodiscard]] Result<UndoPreview> previewUndo(
    UndoArchiveReader& reader, const UndoRun::MakeLane& makeLane, const UndoOptions& options, std::stop_token stop);

} // namespace keyglass
