// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/indexbuilder.h"
#include "core/session/bulkjob.h"
#include "core/session/consoleworker.h"
#include "core/session/editworker.h"
#include "core/session/filterworker.h"
#include "core/session/keywatcher.h"
#include "core/session/laneworkers.h"
#include "core/session/mailbox.h"
#include "core/session/scanrunner.h"
#include "core/session/schemasession.h"
#include "core/session/session.h"
#include "core/session/sourceaccess.h"
#include "core/session/tablesession.h"
#include "core/session/worktasks.h"

#include <QTimer>

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>

namespace keyglass {

/// The session's parts and how they hang together. Everything in it is used on the session's own thread; what workers
/// tell arrives there by post().
class Session::Private {
public:
    Private(Session& session, Profile sessionProfile, Credentials sessionCredentials);

    /// Runs `what` later on the session's thread; never once the session is gone.
    template <typename What> void post(What&& what)
    {
        QMetaObject::invokeMethod(&q, std::forward<What>(what), Qt::QueuedConnection);
    }

    void connectNow();
    void connected(SourceAccess&& access);
    void connectFailed(const Error& error);
    void lineLost(const std::string& nodeId, const Error& error);
    void sourceLost(const Error& error);
    void nodeAnswered(const std::string& nodeId, std::chrono::microseconds time);
    void lookAtCluster();
    void clusterChanged();
    void scheduleRetry();
    void setState(SessionState next, std::optional<Error> why = std::nullopt);
    void startLaneWorkers();
    void startWatching();
    void log(LogLevel level, const QString& line);
    [[nodiscard]] GateRules rules() const { return GateRules{profile.readOnly, profile.environment}; }

    void runScan(ScanRequest next, const ScanStart& start, std::unique_ptr<IndexBuilder> builder,
        std::optional<std::string> refresh = std::nullopt);
    [[nodiscard]] bool hasRoots() const { return databases.size() > 1; }
    /// A key as the list has it, as the server has it.
    [[nodiscard]] std::string plain(std::string_view key) const;
    [[nodiscard]] ScanStart scanStart() const
    {
        return ScanStart{databases, hasRoots(), profile.scanReplicas, nullptr, false};
    }
    void goOn(bool onlyFailed, const QString& onlyNode = {});
    void scanEnded(ScanReport&& ended);
    void noteNodesOfScan();
    void keepGapsOfWhole();
    void noteResumedNode();
    void dropScan();
    void setScanState(ScanState next);
    void takeSnapshot();
    void guardMemory();
    void pauseScan();
    void takeHits();
    void filterAgain();
    [[nodiscard]] const std::shared_ptr<const Snapshot>& shownKeys() const { return opened ? opened->keys : snapshot; }
    void shownKeysReplaced();

    /// A request on the interactive lane of a key as the list has it, or of any node without one; else the reason why
    /// there is none.
    template <typename T>
    QFuture<Result<T>> ask(std::optional<std::string_view> key, std::function<Result<T>(Lane&, std::stop_token)> work)
    {
        if (workers) {
            return (key ? workers->forKey(*key) : workers->any()).template ask<T>(std::move(work));
        }
        QPromise<Result<T>> promise;
        promise.start();
        promise.addResult(lastError.value_or(
            Error{ErrorKind::Network, profile.address(), Session::tr("The session is not connected")}));
        promise.finish();
        return promise.future();
    }

    [[nodiscard]] Error whyNotConnected() const;
    void followJobs();
    [[nodiscard]] EditArchive::Setting editArchive() const;
    /// `keys`: all it is for, as the list has them, where they are few: then they are noted, and no prefix is scanned.
    [[nodiscard]] BulkJob* take(
        std::unique_ptr<BulkJob> job, std::vector<std::string> prefixes, std::vector<std::string> keys = {});

    Session& q;
    Profile profile;
    Credentials credentials;
    std::vector<int> databases{0}; ///< Never empty; several: keys in the list stand behind roots.

    SessionState state = SessionState::Closed;
    std::optional<Error> lastError;
    std::optional<SourceAccess> source;
    std::optional<ServerFacts> facts;          ///< The source's, at hand for server().
    std::map<std::string, Error> nodeTroubles; ///< By node id: masters that do not answer, and why.
    std::optional<std::chrono::microseconds> roundTrip;
    std::size_t failedTries = 0;
    bool isLooking = false; ///< `looking` has not told yet.
    QTimer retryTimer;

    ScanState scanState = ScanState::None;
    ScanRequest request;
    QString resumedNode; ///< The one node that the scan goes on with; empty: all.
    std::optional<ScanReport> report;
    std::optional<ScanReport> wholeReport; ///< While a part is scanned again: how the scan of all ended.
    ScanProgress lastProgress;
    QTimer progressTimer;
    MemoryCap memoryCap;
    std::optional<ByteCount> memoryHold;
    std::uint64_t scanNumber = 0; ///< Late news of an earlier scan are dropped by it.
    std::shared_ptr<const Snapshot> snapshot = emptySnapshot();

    std::set<std::string> prefixesToFollow; ///< Where jobs have ended since the last scan began.

    std::map<std::string, ValueSight> watchedKeys; ///< By their names in the list; kept while there is no connection.
    std::map<KeyPlaces::Place, KeyWatching> watchWays;

    std::optional<OpenedResult> opened; ///< Shown in place of `snapshot`.

    FilterSpec filter;
    std::shared_ptr<const Snapshot> filtered;
    std::shared_ptr<const Snapshot> filteredOf; ///< The snapshot that `filtered` is complete for; null while it is not.
    std::optional<Error> filterError;

    struct Published {
        std::uint64_t scanNumber = 0;
        std::shared_ptr<const Snapshot> snapshot;
    };
    Mailbox<Published> snapshots;
    Mailbox<FilterResult> hits;

    // The threads are the last members: ended and joined before anything they use goes.
    std::unique_ptr<FilterWorker> filterWorker;
    std::unique_ptr<ScanRunner> scan;
    std::unique_ptr<LaneWorkers> workers;
    std::unique_ptr<KeyWatcher> watcher;    ///< Null while there is no connection, and before the first watched key.
    std::unique_ptr<EditWorker> editor;     ///< Null before the first edit.
    std::unique_ptr<ConsoleWorker> console; ///< Null before the first command.
    std::set<int> lostStates;     ///< Databases in which a console's MULTI or WATCH went with the connection, untold.
    QByteArray archivePassphrase; ///< Empty: archives are not sealed.
    std::vector<std::unique_ptr<BulkJob>> jobs;
    WorkTasks tableTasks;
    WorkTasks loads;                          ///< Files into strings.
    std::shared_ptr<KnownRights> tableRights; ///< Of this connection; null before the first.
    std::unique_ptr<SchemaSession> schemas;   ///< Null before it is first wanted.
    std::unique_ptr<TableSession> tables;     ///< Null before it is first wanted.
    std::jthread connecting;
    std::jthread looking; ///< Asks a cluster for its topology while a node is silent.
};

} // namespace keyglass
