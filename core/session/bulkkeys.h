// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobplan.h"
#include "core/scan/scanreport.h"
#include "core/session/bulkrun.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace keyglass {

class CommandTable;

/// Whether the plan and its file of keys can be used, before anything is done. Input, File.
[[nodiscard]] Status checkKeys(const JobPlan& plan);

/// Whether the plan's keys come from a scan of the server.
[[nodiscard]] bool scansForKeys(const JobPlan& plan, const BulkSetting& setting);

/// How a plan's keys come to the job.
enum class KeyFeeding {
    AsGiven,   ///< As the scan gives them, maybe twice.
    EachOnce,  ///< As the scan gives them, each once (KeysOnce): memory does not grow with their names.
    Collected, ///< Each once, in order, when all are known (SortedNames).
};

/// What the plan's operation wants. A scan may give a key twice, as one of a cluster does while a slot is on its way,
/// and so may a file:
/// - deleted twice it is not there the second time, and that is all: as given. Not of a cluster, whose replicas may be
///   scanned beside their masters: every key would be told twice, as done and as missing; nor of a file;
/// - doing all else twice to a key is more than once (a time to live is added again, a line is exported again, what is
///   archived for the second time is what we made of it), or is told twice: each once. None of it makes keys that the
///   scan could come upon: expiry and persist, set-field (of hashes that are there), exports, copies (to another
///   database or server), and templates that write to their key alone;
/// - a rename makes names, and a scan may give those again as keys to be renamed. Each once where every new name lies
///   outside of what is scanned, as with a prefix that becomes another; else collected first: also where names of a
///   file are renamed, which may hold both;
/// - so are templates that may write to other keys: COPY * *:2 would never come to its end.
[[nodiscard]] KeyFeeding feedingOf(const JobPlan& plan, const CommandTable& table, bool isCluster);

/// Who takes the keys. Both on any thread, several at once.
struct KeyTaker {
    std::function<bool(KeyBatch&&)> take;                    ///< False: no more are wanted.
    std::function<void(KeyBatch&&, const Error& why)> leave; ///< These can't be taken.
};

/// Gives the plan's keys to `taker`, until it wants no more. `scan` is set where they were scanned for. File, Input;
/// those where keys were left say why.
[[nodiscard]] Status feedKeys(const JobPlan& plan, const BulkSetting& setting, KeyFeeding feeding,
    const KeyTaker& taker, std::optional<ScanReport>& scan, const std::stop_token& stop);

} // namespace keyglass
