// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/bulk/archivereader.h"
#include "core/bulk/jobreport.h"
#include "core/bulk/undorecord.h"
#include "core/source/commandgate.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <utility>

namespace keyglass {

class Lane;

/// What happens to a key that is there again, and not as it was archived.
enum class UndoConflict {
    Skip,    ///< It is left alone and told as Outcome::Changed.
    Replace, ///< It is overwritten by what was archived.
};

/// What an undo restores, and how.
struct UndoOptions {
    std::set<std::string, std::less<>> keys; ///< Empty: all of the archive.
    UndoConflict conflict = UndoConflict::Skip;
    /// Keys whose time is over by now are restored without an end; else they are told as ExpiredMeanwhile.
    bool keepsExpired = false;
    bool hasExpireTime = true; ///< PEXPIRETIME (7.0).
    bool hasRestoreAbs = true; ///< RESTORE … ABSTTL (5.0).
    bool isCluster = false;
    Confirmation confirmation{};   ///< What the user said yes to: in production RESTORE is asked for.
    Milliseconds patience{30'000}; ///< How long a lost server is waited for.
};

/// How far an undo is.
struct UndoProgress {
    std::uint64_t read = 0;    ///< Records of the archive looked at.
    std::uint64_t settled = 0; ///< Keys with an outcome.
};

/// Puts keys back as an archive has them, with their ends in absolute time.
///
/// Every RESTORE is verified: +OK is no proof. A key that is there already and is what was archived counts as done, so
/// that an undo, or a delete that was killed, can be undone again. Of a key with several records the one that counts is
/// restored. Holds a few megabytes, and the names of keys that have several records.
class UndoRun {
public:
    /// A lane to a database; in a cluster one that finds the keys' owners.
    using MakeLane = std::function<std::unique_ptr<Lane>(int database)>;
    using OnProgress = std::function<void(const UndoProgress&)>;

    /// `report` must outlive it.
    UndoRun(MakeLane makeLane, UndoOptions options, JobReport& report);
    UndoRun(const UndoRun&) = delete;
    UndoRun& operator=(const UndoRun&) = delete;
    ~UndoRun();

    /// Restores from `reader`'s first record to its last. Blocks; Cancelled within 100 ms of `stop`. File where the
    /// archive can't be read; Network and the like where the server was lost for longer than the patience: the keys
    /// under way are NotDone, those behind them not in the report. `progress` is called on this thread.
    [[nodiscard]] Status run(UndoArchiveReader& reader, std::stop_token stop, const OnProgress& progress = {});

private:
    using KeyPlace = std::pair<int, std::string>; ///< Database and key.

    [[nodiscard]] Status findSuperseded(UndoArchiveReader& reader, const std::stop_token& stop);
    /// On the reading thread.
    [[nodiscard]] bool isWanted(const UndoRecord& record, std::uint64_t number);
    [[nodiscard]] Status restore(std::span<const UndoRecord> records, const std::stop_token& stop);
    [[nodiscard]] Status tryOnce(Lane& lane, std::span<const UndoRecord> records, const std::stop_token& stop);
    void giveUp(Lane& lane, std::span<const UndoRecord> records, const Error& why);
    void tellMissing();
    [[nodiscard]] Lane& laneOf(int database);

    const MakeLane m_makeLane;
    const UndoOptions m_options;
    JobReport& m_report;
    std::map<int, std::unique_ptr<Lane>> m_lanes;
    std::map<KeyPlace, std::uint64_t> m_lastRecord; ///< Of keys with superseding records: which one counts.
    std::vector<UndoRecord> m_batch;                ///< Of one database. Its places are used again.
    std::size_t m_batchSize = 0;
    std::uint64_t m_batchBytes = 0;
    std::set<std::string, std::less<>> m_notFound; ///< The reading thread's, as long as there is one.
    UndoProgress m_progress;
};

} // namespace keyglass
