// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/base/errortext.h"
#include "core/base/redact.h"
#include "core/index/indexbuilder.h"
#include "core/session/connecting.h"
#include "core/session/filterworker.h"
#include "core/session/laneworker.h"
#include "core/session/scanrunner.h"

#include <QStringList>
#include <QTimer>

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr auto progressEvery = 250ms;
/// Pauses between tries to get a lost server back; the last one repeats.
constexpr std::array<std::chrono::milliseconds, 5> retryPauses{500ms, 1s, 2s, 5s, 10s};

} // namespace

/// The session's parts and how they hang together. Everything in it is used on the session's own thread; what workers
/// tell arrives there by post().
class Session::Private {
public:
    Private(Session& session, Profile sessionProfile, QString sessionPassword)
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

    /// Runs `what` later on the session's thread; never once the session is gone.
    template <typename What> void post(What&& what)
    {
        QMetaObject::invokeMethod(&q, std::forward<What>(what), Qt::QueuedConnection);
    }

    void connectNow();
    void connected(ServerAccess&& access);
    void connectFailed(const Error& error);
    void lineLost(const Error& error);
    void scheduleRetry();
    void setState(SessionState next, std::optional<Error> why = std::nullopt);
    void startLaneWorker();
    void log(const QString& line) { Q_EMIT q.logged(redacted(line)); }
    [[nodiscard]] GateRules rules() const { return GateRules{profile.readOnly, profile.environment}; }
    [[nodiscard]] ConnectionOptions options() const;

    void runScan(ScanRequest next, std::vector<ScanNode> nodes, std::unique_ptr<IndexBuilder> builder,
        std::optional<std::string> refresh = std::nullopt);
    [[nodiscard]] std::vector<ScanNode> nodesToGoOnWith(bool onlyFailed) const;
    [[nodiscard]] std::unique_ptr<Lane> bulkLane() const;
    void scanEnded(ScanReport&& ended);
    void dropScan();
    void setScanState(ScanState next);
    void takeSnapshot();
    void takeHits();
    void filterAgain();

    /// A request on the interactive lane, or the reason why there is none.
    template <typename T> QFuture<Result<T>> ask(std::function<Result<T>(Lane&, std::stop_token)> work)
    {
        if (worker) {
            return worker->ask<T>(std::move(work));
        }
        QPromise<Result<T>> promise;
        promise.start();
        promise.addResult(lastError.value_or(
            Error{ErrorKind::Network, profile.address(), Session::tr("The session is not connected")}));
        promise.finish();
        return promise.future();
    }

    Session& q;
    Profile profile;
    QString password;
    int database = 0;

    SessionState state = SessionState::Closed;
    std::optional<Error> lastError;
    std::optional<ServerFacts> facts;
    std::shared_ptr<const CommandGate> gate;
    std::optional<std::chrono::microseconds> roundTrip;
    std::size_t failedTries = 0;
    QTimer retryTimer;

    ScanState scanState = ScanState::None;
    ScanRequest request;
    std::optional<ScanReport> report;
    ScanProgress lastProgress;
    QTimer progressTimer;
    std::uint64_t scanNumber = 0; ///< Late news of an earlier scan are dropped by it.
    std::shared_ptr<const Snapshot> snapshot = emptySnapshot();

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
    std::unique_ptr<LaneWorker> worker;
    std::jthread connecting;
};

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

// --- the session itself

Session::Session(Profile profile, QString password, QObject* parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(*this, std::move(profile), std::move(password)))
{
}

Session::~Session() = default;

const Profile& Session::profile() const
{
    return m_d->profile;
}

SessionState Session::state() const
{
    return m_d->state;
}

std::optional<Error> Session::lastError() const
{
    return m_d->lastError;
}

const std::optional<ServerFacts>& Session::server() const
{
    return m_d->facts;
}

std::optional<std::chrono::microseconds> Session::roundTrip() const
{
    return m_d->roundTrip;
}

void Session::open()
{
    if (m_d->state == SessionState::Connected || m_d->state == SessionState::Connecting) {
        return;
    }
    m_d->failedTries = 0;
    if (m_d->state != SessionState::Lost) {
        m_d->facts.reset();
    }
    m_d->connectNow();
}

void Session::close()
{
    m_d->retryTimer.stop();
    m_d->setState(SessionState::Closed);
    m_d->connecting = {};
    m_d->worker.reset();
    if (m_d->scan) {
        m_d->scan->stop();
    }
}

std::optional<std::chrono::milliseconds> Session::nextTryIn() const
{
    if (!m_d->retryTimer.isActive()) {
        return std::nullopt;
    }
    return m_d->retryTimer.remainingTimeAsDuration();
}

int Session::database() const
{
    return m_d->database;
}

void Session::selectDatabase(int database)
{
    m_d->dropScan();
    m_d->database = database;
    m_d->snapshot = emptySnapshot();
    if (m_d->facts) {
        m_d->startLaneWorker();
    }
    Q_EMIT databaseChanged(database);
    m_d->filterAgain();
    Q_EMIT snapshotChanged();
}

QFuture<Result<std::vector<DatabaseKeys>>> Session::loadDatabases()
{
    return m_d->ask<std::vector<DatabaseKeys>>(fetchDatabases);
}

void Session::startScan(ScanRequest request)
{
    if (!m_d->facts) {
        return;
    }
    m_d->scan.reset();
    m_d->report.reset();
    m_d->request = request;
    std::vector<ScanNode> nodes;
    nodes.push_back(ScanNode{m_d->bulkLane(), {}, {}});
    m_d->runScan(std::move(request), std::move(nodes), nullptr);
}

void Session::continueScan(ScanLimits limits)
{
    if (!m_d->scan || !m_d->report) {
        return;
    }
    m_d->request.limits = limits;
    auto nodes = m_d->nodesToGoOnWith(false);
    m_d->runScan(m_d->request, std::move(nodes), m_d->scan->finish());
}

void Session::retryFailedNodes()
{
    if (!m_d->scan || !m_d->report) {
        return;
    }
    auto nodes = m_d->nodesToGoOnWith(true);
    m_d->runScan(m_d->request, std::move(nodes), m_d->scan->finish());
}

void Session::rescanPrefix(const std::string& prefix)
{
    if (!m_d->facts || !m_d->scan) {
        return;
    }
    ScanRequest part = m_d->request;
    part.pattern = KeyPattern::prefix(prefix);
    part.limits = {};
    part.useKeysCommand = false;
    std::vector<ScanNode> nodes;
    nodes.push_back(ScanNode{m_d->bulkLane(), {}, {}});
    m_d->runScan(std::move(part), std::move(nodes), m_d->scan->finish(), prefix);
}

void Session::pauseScan()
{
    if (m_d->scanState == ScanState::Running) {
        m_d->scan->pause();
        m_d->setScanState(ScanState::Paused);
    }
}

void Session::resumeScan()
{
    if (m_d->scanState == ScanState::Paused) {
        m_d->scan->resume();
        m_d->setScanState(ScanState::Running);
    }
}

void Session::stopScan()
{
    if (m_d->scan) {
        m_d->scan->stop();
    }
}

ScanState Session::scanState() const
{
    return m_d->scanState;
}

ScanProgress Session::scanProgress() const
{
    const bool runs = m_d->scanState == ScanState::Running || m_d->scanState == ScanState::Paused;
    return runs ? m_d->scan->progress() : m_d->lastProgress;
}

const ScanRequest& Session::scanRequest() const
{
    return m_d->request;
}

const std::optional<ScanReport>& Session::scanReport() const
{
    return m_d->report;
}

std::shared_ptr<const Snapshot> Session::snapshot() const
{
    return m_d->snapshot;
}

Status Session::setFilter(const FilterSpec& spec)
{
    if (Status usable = checkFilter(spec); !usable) {
        return usable;
    }
    if (spec == m_d->filter) {
        return ok();
    }
    m_d->filter = spec;
    m_d->filteredOf.reset();
    m_d->filterError.reset();
    if (spec.isEmpty()) {
        m_d->filtered.reset();
        m_d->filterWorker.reset();
        Q_EMIT filterChanged();
    }
    m_d->filterAgain();
    return ok();
}

const FilterSpec& Session::filter() const
{
    return m_d->filter;
}

std::shared_ptr<const Snapshot> Session::filteredSnapshot() const
{
    return m_d->filtered;
}

bool Session::isFilterComplete() const
{
    return m_d->filteredOf && m_d->filteredOf == m_d->snapshot;
}

std::optional<Error> Session::filterError() const
{
    return m_d->filterError;
}

void Session::requestDetails(std::vector<std::string> keys, DetailColumns columns)
{
    if (m_d->worker) {
        m_d->worker->wishDetails(std::move(keys), columns);
    }
}

QFuture<Result<KeyDetails>> Session::findKey(std::string key)
{
    return m_d->ask<KeyDetails>([key = std::move(key)](Lane& lane, std::stop_token stop) -> Result<KeyDetails> {
        const std::array keys{key};
        auto details = fetchKeyDetails(lane, keys, DetailColumns{true, true, false}, std::move(stop));
        if (!details) {
            return std::move(details).error();
        }
        return std::move(details->front());
    });
}

QFuture<Result<ValueHead>> Session::loadValueHead(std::string key)
{
    return m_d->ask<ValueHead>([key = std::move(key)](Lane& lane, std::stop_token stop) {
        return fetchValueHead(lane, key, std::move(stop));
    });
}

QFuture<Result<ValuePage>> Session::loadValuePage(ValuePageRequest request)
{
    return m_d->ask<ValuePage>([request = std::move(request)](Lane& lane, std::stop_token stop) {
        return fetchValuePage(lane, request, std::move(stop));
    });
}

QFuture<Result<std::string>> Session::loadValueSlice(ValueSliceRequest request)
{
    return m_d->ask<std::string>([request = std::move(request)](Lane& lane, std::stop_token stop) {
        return fetchValueSlice(lane, request, std::move(stop));
    });
}

QStringList Session::runningWork() const
{
    QStringList work;
    if (m_d->scanState == ScanState::Running || m_d->scanState == ScanState::Paused) {
        work << tr("a scan");
    }
    return work;
}

} // namespace keyglass
