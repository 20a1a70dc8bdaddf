// SPDX-License-Identifier: GPL-3.0-or-later
// What a session does behind its door: connecting, scanning, filtering, and how their news come back to its thread.
#include "core/base/errortext.h"
#include "core/base/redact.h"
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

Session::Private::Private(Session& session, Profile sessionProfile, QString sessionPassword)
    : q(session)
    , profile(std::move(sessionProfile))
    , password(std::move(sessionPassword))
    , snapshots([this] { post([this] { takeSnapshot(); }); })
    , hits([this] { post([this] { takeHits(); }); })
{
    database = profile.database;
    progressTimer.setInterval(progressEvery);
    retryTimer.setSingleShot(true);
    QObject::connect(&progressTimer, &QTimer::timeout, &q, [this] { Q_EMIT q.scanProgressChanged(); });
    QObject::connect(&retryTimer, &QTimer::timeout, &q, [this] { connectNow(); });
}
void Session::Private::log(const QString& line)
{
    Q_EMIT q.logged(redacted(line));
}

// --- connecting

ConnectionOptions Session::Private::options() const
{
    ConnectionOptions made = connectionOptions(profile, password);
    made.database = database;
    return made;
}

void Session::Private::connectNow()
{
    retryTimer.stop();
    const bool firstTime = !facts;
    if (firstTime) {
        setState(SessionState::Connecting);
    }
    connecting = std::jthread([this, to = options(), with = rules()](std::stop_token stop) {
        auto access = std::make_shared<Result<ServerAccess>>(openServer(to, with, stop));
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

void Session::Private::connected(ServerAccess&& access)
{
    if (state == SessionState::Closed) {
        return;
    }
    failedTries = 0;
    facts = std::move(access.facts);
    gate = std::move(access.gate);
    startLaneWorker();
    log(Session::tr("%1: connected, %2").arg(profile.address(), facts->productText()));
    setState(SessionState::Connected);
}

void Session::Private::connectFailed(const Error& error)
{
    if (state == SessionState::Closed) {
        return;
    }
    log(errorText(error));
    if (facts) {
        setState(SessionState::Lost, error);
        scheduleRetry();
    } else {
        setState(SessionState::Failed, error);
    }
}

void Session::Private::lineLost(const Error& error)
{
    if (state != SessionState::Connected) {
        return;
    }
    log(errorText(error));
    setState(SessionState::Lost, error);
    scheduleRetry();
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

void Session::Private::startLaneWorker()
{
    LaneWorker::Listener listener;
    listener.lineLost = [this](const Error& error) { post([this, error] { lineLost(error); }); };
    listener.answered = [this](std::chrono::microseconds time) {
        post([this, time] {
            roundTrip = time;
            Q_EMIT q.roundTripChanged();
        });
    };
    listener.details = [this, of = database](LaneWorker::Details details) {
        post([this, of, details = std::move(details)] {
            if (of == database) {
                Q_EMIT q.detailsLoaded(details);
            }
        });
    };
    worker.reset(); // one at a time
    const bool noTouch = facts->feature(ServerFeature::ClientNoTouch) == FeatureState::Present;
    worker = std::make_unique<LaneWorker>(
        [to = options(), by = gate] { return makeLane(to, by); }, std::move(listener), noTouch);
}

// --- scanning

std::unique_ptr<Lane> Session::Private::bulkLane() const
{
    return makeLane(options(), gate);
}

void Session::Private::runScan(ScanRequest next, std::vector<ScanNode> nodes, std::unique_ptr<IndexBuilder> builder,
    std::optional<std::string> refresh)
{
    std::uint64_t expected = 0;
    for (const DatabaseKeys& known : facts->keyspace) {
        if (known.number == database) {
            expected = known.keys.value_or(0);
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
    scan = std::make_unique<ScanRunner>(std::make_unique<ScanIndexer>(std::move(next), std::move(nodes),
                                            std::move(builder), expected, std::move(refresh)),
        std::move(listener));
    setScanState(ScanState::Running);
}

std::vector<ScanNode> Session::Private::nodesToGoOnWith(bool onlyFailed) const
{
    std::vector<ScanNode> nodes;
    for (const NodeScanEnd& end : report->nodes) {
        if (onlyFailed ? end.stoppedBy.has_value() : !end.isComplete()) {
            nodes.push_back(ScanNode{bulkLane(), end.resumeFrom, end.runId});
        }
    }
    return nodes;
}

void Session::Private::scanEnded(ScanReport&& ended)
{
    takeSnapshot(); // what was published before the end is shown before it
    lastProgress = scan->progress();
    report = std::move(ended);
    for (const NodeScanEnd* node : report->partialNodes()) {
        if (node->stoppedBy->kind != ErrorKind::Cancelled) {
            log(errorText(*node->stoppedBy));
        }
    }
    log(Session::tr("Scan: %L1 keys in %2 ms, %L3 calls")
            .arg(report->keys())
            .arg(report->elapsed.count())
            .arg(report->calls()));
    setScanState(ScanState::Ended);
}

void Session::Private::dropScan()
{
    ++scanNumber;
    scan.reset();
    report.reset();
    lastProgress = {};
    setScanState(ScanState::None);
}

void Session::Private::setScanState(ScanState next)
{
    const bool changed = scanState != next;
    scanState = next;
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
    filterAgain();
    Q_EMIT q.snapshotChanged();
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
    filterWorker->set(filter, snapshot);
}

void Session::Private::takeHits()
{
    auto result = hits.take();
    if (!result || result->spec != filter || filter.isEmpty()) {
        return;
    }
    if (result->failure) {
        log(errorText(*result->failure));
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
