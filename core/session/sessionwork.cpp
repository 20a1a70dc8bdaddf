// SPDX-License-Identifier: GPL-3.0-or-later
// What a session does behind its door: connecting, scanning, filtering, and how their news come back to its thread.
#include "core/base/errortext.h"
#include "core/base/memory.h"
#include "core/base/redact.h"
#include "core/index/keyroot.h"
#include "core/session/session_p.h"

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr auto progressEvery = 250ms;
/// Pauses between tries to get a lost server back; the last one repeats.
constexpr std::array<std::chrono::milliseconds, 5> retryPauses{500ms, 1s, 2s, 5s, 10s};

} // namespace

Session::Private::Private(Session& session, Profile sessionProfile, Credentials sessionCredentials)
    : q(session)
    , profile(std::move(sessionProfile))
    , credentials(std::move(sessionCredentials))
    , snapshots([this] { post([this] { takeSnapshot(); }); })
    , hits([this] { post([this] { takeHits(); }); })
{
    databases = {profile.database};
    progressTimer.setInterval(progressEvery);
    retryTimer.setSingleShot(true);
    QObject::connect(&progressTimer, &QTimer::timeout, &q, [this] { Q_EMIT q.scanProgressChanged(); });
    QObject::connect(&retryTimer, &QTimer::timeout, &q, [this] { connectNow(); });
}
void Session::Private::log(LogLevel level, const QString& line)
{
    Q_EMIT q.logged(level, redacted(line));
}

// --- connecting

void Session::Private::connectNow()
{
    retryTimer.stop();
    if (!source) {
        setState(SessionState::Connecting);
    }
    Profile to = profile;
    to.database = databases.front();
    connecting = std::jthread([this, to = std::move(to), as = credentials, with = rules()](std::stop_token stop) {
        auto access = std::make_shared<Result<SourceAccess>>(openSource(to, as, with, stop));
        if (stop.stop_requested()) {
            return;
        }
        post([this, access] {
            if (*access) {
                connected(std::move(**access));
            } else {
                connectFailed(access->error());
            }
        });
    });
}

void Session::Private::connected(SourceAccess&& access)
{
    if (state == SessionState::Closed) {
        return;
    }
    failedTries = 0;
    nodeTroubles.clear();
    workers.reset();                  // they look at the source
    if (editor && editor->isIdle()) { // one that has lost its line looks for what became of its edit
        editor.reset();
    }
    if (console && console->isIdle()) {
        lostStates.merge(console->heldStates());
        console.reset();
    }
    looking = {};
    isLooking = false;
    source = std::move(access);
    facts = source->facts;
    tableRights = std::make_shared<KnownRights>(); // another user, or another server
    if (source->cluster) {
        source->cluster->onChange([this] { post([this] { clusterChanged(); }); });
    }
    startLaneWorkers();
    log(LogLevel::Info, Session::tr("%1: connected, %2").arg(profile.address(), facts->productText()));
    setState(SessionState::Connected);
    Q_EMIT q.nodesChanged();
}

void Session::Private::connectFailed(const Error& error)
{
    if (state == SessionState::Closed) {
        return;
    }
    // A next try that failed like the one before it is no news of its own.
    log(source ? LogLevel::Warning : LogLevel::Error, errorText(error));
    if (source) {
        setState(SessionState::Lost, error);
        scheduleRetry();
    } else {
        setState(SessionState::Failed, error);
    }
}

/// One server: the session is lost. A node of a cluster: the others go on, and what it owned may have a new master.
void Session::Private::lineLost(const std::string& nodeId, const Error& error)
{
    if (state != SessionState::Connected) {
        return;
    }
    if (!source->cluster) {
        sourceLost(error);
        return;
    }
    if (!nodeTroubles.contains(nodeId)) {
        log(LogLevel::Warning, errorText(error)); // the other nodes go on
    }
    nodeTroubles.insert_or_assign(nodeId, error);
    lookAtCluster();
    Q_EMIT q.nodesChanged();
}

void Session::Private::sourceLost(const Error& error)
{
    log(LogLevel::Error, errorText(error));
    setState(SessionState::Lost, error);
    scheduleRetry();
}

void Session::Private::lookAtCluster()
{
    if (isLooking) {
        return;
    }
    isLooking = true;
    looking = std::jthread([this, map = source->cluster](std::stop_token stop) {
        auto status = std::make_shared<Status>(refreshTopology(*map, stop));
        if (stop.stop_requested()) {
            return;
        }
        post([this, status] {
            isLooking = false;
            if (!*status && state == SessionState::Connected) {
                sourceLost(status->error()); // no node answers any more
            }
        });
    });
}

void Session::Private::clusterChanged()
{
    if (!workers || !source || !source->cluster) {
        return;
    }
    workers->dropVanished();
    if (watcher) {
        watcher->placeAnew();
    }
    const auto topology = source->cluster->topology();
    std::erase_if(nodeTroubles, [&](const auto& each) {
        const ClusterNode* node = topology->find(each.first);
        return !node || !node->isMaster();
    });
    Q_EMIT q.nodesChanged();
}

void Session::Private::nodeAnswered(const std::string& nodeId, std::chrono::microseconds time)
{
    roundTrip = time;
    Q_EMIT q.roundTripChanged();
    if (nodeTroubles.erase(nodeId) > 0) {
        Q_EMIT q.nodesChanged();
    }
}

void Session::Private::scheduleRetry()
{
    retryTimer.start(retryPauses[std::min(failedTries, retryPauses.size() - 1)]);
    ++failedTries;
}

void Session::Private::setState(SessionState next, std::optional<Error> why)
{
    lastError = std::move(why);
    state = next;
    Q_EMIT q.stateChanged(next);
}

void Session::Private::startLaneWorkers()
{
    LaneWorkers::Listener listener;
    listener.lineLost = [this](const std::string& nodeId, const Error& error) {
        post([this, nodeId, error] { lineLost(nodeId, error); });
    };
    listener.answered = [this](const std::string& nodeId, std::chrono::microseconds time) {
        post([this, nodeId, time] { nodeAnswered(nodeId, time); });
    };
    listener.details = [this, of = databases](DetailsFor whom, LaneWorker::Details details) {
        post([this, of, whom, details = std::move(details)] {
            if (of != databases) {
                return;
            }
            if (whom == DetailsFor::Tree) {
                Q_EMIT q.detailsLoaded(details);
            } else {
                Q_EMIT q.tableDetailsLoaded(details);
            }
        });
    };
    workers.reset(); // one set at a time
    workers = std::make_unique<LaneWorkers>(*source, databases, std::move(listener));
    startWatching();
}

std::string Session::Private::plain(std::string_view key) const
{
    return std::string(hasRoots() ? key.substr(std::min(rootLength(key), key.size())) : key);
}

// --- scanning

void Session::Private::runScan(
    ScanRequest next, const ScanStart& start, std::unique_ptr<IndexBuilder> builder, std::optional<std::string> refresh)
{
    std::uint64_t expected = 0;
    for (const DatabaseKeys& known : facts->keyspace) {
        if (std::find(databases.begin(), databases.end(), known.number) != databases.end()) {
            expected += known.keys.value_or(0);
        }
    }
    const std::uint64_t number = ++scanNumber;
    ScanRunner::Listener listener;
    listener.published = [this, number](std::shared_ptr<const Snapshot> newest) {
        snapshots.put(Published{number, std::move(newest)});
    };
    listener.ended = [this, number](ScanReport ended) {
        post([this, number, ended = std::move(ended)]() mutable {
            if (number == scanNumber) {
                scanEnded(std::move(ended));
            }
        });
    };
    scan = std::make_unique<ScanRunner>(std::make_unique<ScanIndexer>(makeScan(*source, std::move(next), start),
                                            std::move(builder), expected, std::move(refresh)),
        std::move(listener));
    setScanState(ScanState::Running);
}

void Session::Private::pauseScan()
{
    if (scanState == ScanState::Running) {
        scan->pause();
        setScanState(ScanState::Paused);
    }
}

/// A machine that swaps is worse than half a list.
void Session::Private::guardMemory()
{
    if (scanState != ScanState::Running) {
        return;
    }
    constexpr std::uint64_t indexShare = 2;  // of the machine's memory, at most a half
    constexpr std::uint64_t spareShare = 20; // and a twentieth stays available
    const ByteCount used{snapshot->residentBytes()};
    const auto memory = systemMemory();
    const auto most = memoryCap.index ? memoryCap.index
        : memory                      ? std::optional(ByteCount{memory->total.value / indexShare})
                                      : std::nullopt;
    const auto spare = memoryCap.spare ? memoryCap.spare
        : memory                       ? std::optional(ByteCount{memory->total.value / spareShare})
                                       : std::nullopt;
    const bool isTooMuch = most && used > *most;
    const bool isTooLittleLeft = memory && spare && memory->available < *spare;
    if (isTooMuch || isTooLittleLeft) {
        memoryHold = used;
        log(LogLevel::Warning,
            Session::tr("The scan is paused: the loaded keys take %1 of memory").arg(sizeText(used)));
        pauseScan();
    }
}

/// Where the last scan ended, into the same index.
void Session::Private::goOn(bool onlyFailed, const QString& onlyNode)
{
    // A scan asked to stop may have come to its end before it heard: going on would leave a report of no node at all.
    const bool isNothingLeft =
        report->isComplete() || (onlyFailed && !report->cluster && report->partialNodes().empty());
    if (scanState == ScanState::Ended && isNothingLeft) {
        return;
    }
    auto builder = scan->finish();
    wholeReport.reset();
    const ScanReport last = *report;
    ScanStart start = scanStart();
    start.goOnFrom = &last;
    start.onlyFailed = onlyFailed;
    start.onlyNode = onlyNode;
    resumedNode = onlyNode;
    runScan(request, start, std::move(builder));
}

void Session::Private::scanEnded(ScanReport&& ended)
{
    takeSnapshot(); // what was published before the end is shown before it
    lastProgress = scan->progress();
    report = std::move(ended);
    noteNodesOfScan();
    noteResumedNode();
    for (const NodeScanEnd* node : report->partialNodes()) {
        if (node->stoppedBy->kind != ErrorKind::Cancelled) {
            log(LogLevel::Error, errorText(*node->stoppedBy));
        }
    }
    log(LogLevel::Info,
        Session::tr("Scan: %L1 keys in %2 ms, %L3 calls")
            .arg(report->keys())
            .arg(report->elapsed.count())
            .arg(report->calls()));
    if (report->duplicates > 0) {
        log(LogLevel::Info, Session::tr("%L1 of them came more than once and are listed once").arg(report->duplicates));
    }
    keepGapsOfWhole();
    setScanState(ScanState::Ended);
}

/// A part that was read again whole says nothing of what was missing elsewhere.
void Session::Private::keepGapsOfWhole()
{
    auto whole = std::exchange(wholeReport, std::nullopt);
    if (whole && (!whole->isComplete() || report->isComplete())) {
        report = std::move(whole);
    }
}

/// Which of the two it was, from the cursor or from the start, is worth a line.
void Session::Private::noteResumedNode()
{
    const auto line = std::ranges::find(report->nodes, std::exchange(resumedNode, {}), &NodeScanEnd::node);
    if (line != report->nodes.end() && !line->ledger.lastRestart.isEmpty()) {
        log(LogLevel::Info, Session::tr("%1 %2").arg(line->node, line->ledger.lastRestart));
    }
}

/// What the scan met is known of the nodes: one that it had to give up does not answer, one that it has read does.
void Session::Private::noteNodesOfScan()
{
    if (!source->cluster) {
        return;
    }
    for (const NodeScanEnd& end : report->nodes) {
        if (end.nodeId.empty() || (end.stoppedBy && end.stoppedBy->kind == ErrorKind::Cancelled)) {
            continue;
        }
        if (end.stoppedBy) {
            nodeTroubles.insert_or_assign(end.nodeId, *end.stoppedBy);
        } else {
            nodeTroubles.erase(end.nodeId);
        }
    }
    Q_EMIT q.nodesChanged();
}

void Session::Private::dropScan()
{
    ++scanNumber;
    scan.reset();
    report.reset();
    wholeReport.reset();
    lastProgress = {};
    setScanState(ScanState::None);
}

void Session::Private::setScanState(ScanState next)
{
    const bool changed = scanState != next;
    scanState = next;
    if (next != ScanState::Paused) {
        memoryHold.reset();
    }
    if (next == ScanState::Running) {
        progressTimer.start();
    } else {
        progressTimer.stop();
    }
    Q_EMIT q.scanProgressChanged();
    if (changed) {
        Q_EMIT q.scanStateChanged(next);
    }
}

void Session::Private::takeSnapshot()
{
    auto newest = snapshots.take();
    if (!newest || newest->scanNumber != scanNumber) {
        return;
    }
    snapshot = std::move(newest->snapshot);
    if (!opened) {
        filterAgain();
    }
    Q_EMIT q.snapshotChanged();
    guardMemory();
}

// --- filtering

void Session::Private::filterAgain()
{
    if (filter.isEmpty()) {
        return;
    }
    if (!filterWorker) {
        filterWorker = std::make_unique<FilterWorker>([this](FilterResult&& result) { hits.put(std::move(result)); });
    }
    filterWorker->set(filter, shownKeys());
}

void Session::Private::takeHits()
{
    auto result = hits.take();
    if (!result || result->spec != filter || filter.isEmpty()) {
        return;
    }
    if (result->failure) {
        log(LogLevel::Error, errorText(*result->failure));
        filterError = std::move(result->failure);
    } else {
        filterError.reset();
        const bool better = result->progress.complete || !filteredOf || !filtered;
        if (better) { // while keys stream in, the whole hits of a moment ago beat the first hits of now
            filtered = result->progress.hits;
        }
        filteredOf = result->progress.complete ? result->snapshot : filteredOf;
    }
    Q_EMIT q.filterChanged();
}

} // namespace keyglass
