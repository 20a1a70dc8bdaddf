// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/bulk/archiveentry.h"
#include "core/bulk/archivereader.h"
#include "core/bulk/archivewriter.h"
#include "core/bulk/jobreport.h"
#include "core/bulk/outcome.h"
#include "core/bulk/undorecord.h"
#include "core/source/commandgate.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <utility>

namespace keyglass {

class ArchivedParts;
class JobPace;
class Lane;
class UndoReading;

/// Makes keys again that an archive has in parts. Belongs to one thread, and one database.
class LargeMaker {
public:
    LargeMaker() = default;
    LargeMaker(const LargeMaker&) = delete;
    LargeMaker& operator=(const LargeMaker&) = delete;
    virtual ~LargeMaker() = default;

    /// What the undo's options say of every key.
    struct How {
        UndoConflict conflict = UndoConflict::Skip;
        bool keepsExpired = false;
        bool hasExpireTime = true;
        /// As UndoOptions::overwritten.
        std::function<Result<UndoArchiveWriter*>()> overwritten{};
    };
    struct Told {
        Outcome outcome = Outcome::NotDone;
        std::string detail{};
    };
    using Open = std::function<Result<std::unique_ptr<ArchivedParts>>()>;
    /// Makes the key, with its end, by the rules of UndoRun; nothing of it is left where it is not made. `open` gives
    /// its parts from the first on, each time. Errors as UndoRun::run(): with the line's it may be called again.
    [[nodiscard]] virtual Result<Told> make(
        Lane& lane, const UndoRecord& record, const Open& open, const How& how, const std::stop_token& stop) = 0;
};

/// What an undo restores, and how.
struct UndoOptions {
    std::set<std::string, std::less<>> keys; ///< Empty: all of the archive.
    UndoConflict conflict = UndoConflict::Skip;
    /// Keys whose time is over by now are restored without an end; else they are told as ExpiredMeanwhile.
    bool keepsExpired = false;
    /// What others had written between two tries of the job is restored, in place of what was there before it
    /// (UndoRecord::isAside).
    bool takesAside = false;
    bool hasExpireTime = true; ///< PEXPIRETIME (7.0).
    bool hasRestoreAbs = true; ///< RESTORE … ABSTTL (5.0).
    bool isCluster = false;
    Confirmation confirmation{};   ///< What the user said yes to: in production RESTORE is asked for.
    Milliseconds patience{30'000}; ///< How long a server that is lost or busy is waited for.
    /// The archive for what is overwritten, made when it is first needed; not set: that is lost. Of two threads.
    std::function<Result<UndoArchiveWriter*>()> overwritten{};
    /// For keys in parts, for each thread and database; not set: they fail.
    std::function<std::unique_ptr<LargeMaker>(int database)> largeMaker{};
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
/// restored. What is there in parts is made under a passing name and gets its own once it is whole. Holds a few
/// megabytes, and the names of keys that have several records.
class UndoRun {
public:
    /// A lane to a database; in a cluster one that finds the keys' owners.
    using MakeLane = std::function<std::unique_ptr<Lane>(int database)>;
    using OnProgress = std::function<void(const UndoProgress&)>;
    /// Waits for its turn among the jobs of the servers, and gives what is to be held during one batch; null once
    /// `stop` is requested. Of two threads.
    using Enter = std::function<std::shared_ptr<void>(const std::stop_token& stop)>;

    /// `report` must outlive it.
    UndoRun(MakeLane makeLane, UndoOptions options, JobReport& report);
    UndoRun(const UndoRun&) = delete;
    UndoRun& operator=(const UndoRun&) = delete;
    ~UndoRun();

    /// Restores from `reader`'s first record to its last. Blocks; Cancelled within 100 ms of `stop`. File where the
    /// archive can't be read; Network and the like where the server was lost for longer than the patience: the keys
    /// under way are NotDone, those behind them not in the report. `progress` is called on one of two threads at a
    /// time.
    [[nodiscard]] Status run(UndoArchiveReader& reader, std::stop_token stop, const OnProgress& progress = {});
    /// Before run(). Without it, it waits for nobody.
    void setEnter(Enter enter) { m_enter = std::move(enter); }
    /// Before run(): is asked before each few keys, and must outlive it. Without it, nothing limits it.
    void setPace(JobPace& pace) { m_pace = &pace; }

private:
    using KeyPlace = std::pair<int, std::string>; ///< Database and key.
    /// Of one worker, in one database.
    struct Place {
        std::unique_ptr<Lane> lane;
        std::unique_ptr<LargeMaker> maker; ///< Null: it was not needed yet.
    };
    using Lanes = std::map<int, Place>; ///< By database; one worker's own.

    [[nodiscard]] Status findSuperseded(UndoArchiveReader& reader, const std::stop_token& stop);
    /// On the reading thread.
    [[nodiscard]] bool isWanted(const UndoRecord& record, std::uint64_t number);
    [[nodiscard]] Status restoreAll(UndoReading& reading, std::stop_token stop, const OnProgress& progress);
    [[nodiscard]] Status guarded(
        Lanes& lanes, UndoReading& reading, const std::stop_token& stop, const OnProgress& progress);
    [[nodiscard]] Status restoreBatches(
        Lanes& lanes, UndoReading& reading, const std::stop_token& stop, const OnProgress& progress);
    [[nodiscard]] Status restoreInTurn(Lanes& lanes, std::span<const UndoRecord> records, const std::stop_token& stop);
    [[nodiscard]] Status restore(Lanes& lanes, std::span<const UndoRecord> records, const std::stop_token& stop);
    [[nodiscard]] Status restoreSingly(
        Lanes& lanes, std::span<const UndoRecord> records, const Error& why, const std::stop_token& stop);
    [[nodiscard]] Status tryOnce(
        Place& place, Lane& lane, std::span<const UndoRecord> records, const std::stop_token& stop);
    [[nodiscard]] Status makeLarge(Place& place, Lane& lane, const UndoRecord& record, const std::stop_token& stop);
    void tell(Lane& lane, std::span<const UndoRecord> records, std::span<const LargeMaker::Told> outcomes);
    void giveUp(Lane& lane, std::span<const UndoRecord> records, const Error& why);
    void tellMissing();
    [[nodiscard]] Place& placeOf(Lanes& lanes, int database);

    const MakeLane m_makeLane;
    Enter m_enter;
    JobPace* m_pace = nullptr;
    const UndoOptions m_options;
    JobReport& m_report;
    const UndoArchiveReader* m_reader = nullptr; ///< While it runs; only for its parts().
    Lanes m_first;
    Lanes m_second;
    std::map<KeyPlace, std::uint64_t> m_lastRecord; ///< Of keys with superseding records: which one counts.
    std::set<std::string, std::less<>> m_notFound;  ///< The reading thread's, as long as there is one.
    std::mutex m_mutex; ///< Guards m_progress and the calls of m_makeLane: there are two workers.
    UndoProgress m_progress;
};

} // namespace keyglass
