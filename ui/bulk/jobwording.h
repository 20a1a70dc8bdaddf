// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/bulkjob.h"

#include <QString>

namespace keyglass::ui {

/// "1 key", "412,000 keys".
[[nodiscard]] QString countOfKeys(std::uint64_t keys);
/// What a button says that begins it: "Delete 412,000 keys"; without a number where that is not known.
[[nodiscard]] QString beginText(const JobOperation& operation, std::optional<std::uint64_t> keys);
/// What an operation does, in a sentence: "Expires in 24 h".
[[nodiscard]] QString operationText(const JobOperation& operation);
/// What a job is called in the list of jobs: "Delete session:*", "Undo".
[[nodiscard]] QString jobTitle(const BulkJob& job);
/// The same of a plan.
[[nodiscard]] QString planTitle(const JobPlan& plan, bool hasChoice);
/// Which keys: "session:*", "the chosen keys".
[[nodiscard]] QString queryText(const KeyQuery& keys, bool isChoice);
/// How far a job is that works: "98,000 of 412,000 keys".
[[nodiscard]] QString progressText(const BulkJob& job);
/// How a job ended, in a sentence: "Deleted 412,000 keys in 4.2 s; 3 failed."
[[nodiscard]] QString endText(const BulkJob& job);
/// It has overwritten keys of this server that an undo only brings back where it may replace what is there.
[[nodiscard]] bool keepsOverwritten(const BulkJob& job);
/// One outcome: "done", "changed meanwhile".
[[nodiscard]] QString outcomeText(Outcome outcome);
/// What the server is sent for each key.
[[nodiscard]] QString commandsText(const JobPlan& plan);
/// "up to a minute": one of JobPreview's times to live.
[[nodiscard]] QString ttlBoundText(std::size_t bound);
/// What a look through the keys has found: counts by type and by time to live, what is skipped.
[[nodiscard]] QString previewText(const JobPreview& preview);
/// The same with its nodes, what it is going to take, and what can't be read of a file.
[[nodiscard]] QString previewText(const JobPlan& plan, const BulkRun::Previewed& previewed);
/// Which lines of an import's file can't be read: the first ones. Empty: all can.
[[nodiscard]] QString problemsText(const BulkReport& report);

/// How much the undo archive takes at most, and what is free; empty where there is none.
[[nodiscard]] QString spaceText(const BulkJob::Previewed& previewed);

} // namespace keyglass::ui
