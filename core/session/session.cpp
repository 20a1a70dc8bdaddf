// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/base/memory.h"
#include "core/index/keyroot.h"
#include "core/session/nodesurvey.h"
#include "core/session/session_p.h"

#include <QStringList>

#include <array>
#include <utility>

namespace keyglass {

MemoryCap memoryCapOf(int percent)
{
    constexpr std::uint64_t whole = 100;
    const auto memory = systemMemory();
    return memory ? MemoryCap{ByteCount{memory->total.value / whole * static_cast<std::uint64_t>(percent)}, {}}
                  : MemoryCap{};
}

Session::Session(Profile profile, QString password, QObject* parent)
    : Session(std::move(profile), Credentials{std::move(password), {}}, parent)
{
}

Session::Session(Profile profile, Credentials credentials, QObject* parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(*this, std::move(profile), std::move(credentials)))
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
        m_d->workers.reset();
        m_d->facts.reset();
        m_d->source.reset();
    }
    m_d->connectNow();
}

void Session::close()
{
    m_d->retryTimer.stop();
    m_d->setState(SessionState::Closed);
    m_d->connecting = {};
    m_d->looking = {};
    m_d->isLooking = false;
    m_d->watcher.reset();
    m_d->workers.reset();
    m_d->editor.reset();
    m_d->console.reset();
    m_d->tableTasks.stopAll();
    m_d->loads.stopAll();
    if (m_d->schemas) {
        m_d->schemas->stopAll();
    }
    if (m_d->tables) {
        m_d->tables->stopAll();
    }
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

std::vector<SessionNode> Session::nodes() const
{
    std::vector<SessionNode> nodes;
    if (!m_d->source || !m_d->source->cluster) {
        return nodes;
    }
    const auto& map = *m_d->source->cluster;
    const auto topology = map.topology();
    for (const ClusterNode* master : topology->masters()) {
        SessionNode& node = nodes.emplace_back();
        node.address = map.optionsFor(*master).endpoint.text();
        node.slotRanges = slotText(master->slots);
        node.replicas = topology->replicasOf(master->id).size();
        if (const auto trouble = m_d->nodeTroubles.find(master->id); trouble != m_d->nodeTroubles.end()) {
            node.trouble = trouble->second;
        }
    }
    return nodes;
}

std::optional<QString> Session::nodeOf(std::string_view key) const
{
    if (!m_d->source || !m_d->source->cluster) {
        return std::nullopt;
    }
    const auto topology = m_d->source->cluster->topology();
    const ClusterNode* owner = topology->owner(slotOf(key));
    return owner ? std::optional(m_d->source->cluster->optionsFor(*owner).endpoint.text()) : std::nullopt;
}

std::optional<int> Session::slotOfKey(std::string_view key) const
{
    return m_d->source && m_d->source->cluster ? std::optional<int>(slotOf(key)) : std::nullopt;
}

int Session::database() const
{
    return m_d->databases.front();
}

const std::vector<int>& Session::databases() const
{
    return m_d->databases;
}

bool Session::hasSeveralDatabases() const
{
    return m_d->hasRoots();
}

KeyName Session::nameOf(std::string_view key) const
{
    const auto rooted = m_d->hasRoots() ? splitRoot(key) : std::nullopt;
    return rooted ? KeyName{std::string(rooted->key), rooted->database} : KeyName{std::string(key), database()};
}

std::string Session::listName(const KeyName& name) const
{
    return m_d->hasRoots() ? rootOf(name.database) + name.key : name.key;
}

void Session::selectDatabase(int database)
{
    selectDatabases({database});
}

void Session::selectDatabases(std::vector<int> databases)
{
    if (databases.empty()) {
        return;
    }
    if (m_d->source && m_d->source->cluster) {
        databases.resize(1);
    }
    closeResult();
    m_d->prefixesToFollow.clear(); // of the list that is dropped
    m_d->dropScan();
    m_d->databases = std::move(databases);
    m_d->filter.hasRoots = m_d->hasRoots();
    m_d->snapshot = emptySnapshot();
    if (m_d->facts) {
        m_d->startLaneWorkers();
    }
    Q_EMIT databaseChanged(database());
    m_d->filterAgain();
    Q_EMIT snapshotChanged();
}

QFuture<Result<std::vector<DatabaseKeys>>> Session::loadDatabases()
{
    if (m_d->source && m_d->source->cluster) {
        return m_d->ask<std::vector<DatabaseKeys>>(
            std::nullopt, [map = m_d->source->cluster](Lane&, const std::stop_token& stop) {
                return Result(std::vector{DatabaseKeys{0, keysOf(surveyNodes(map, stop, Surveyed::Owners)), {}}});
            });
    }
    return m_d->ask<std::vector<DatabaseKeys>>(std::nullopt, fetchDatabases);
}

void Session::startScan(ScanRequest request)
{
    if (!m_d->facts) {
        return;
    }
    closeResult();
    m_d->scan.reset();
    m_d->report.reset();
    m_d->wholeReport.reset();
    m_d->request = request;
    m_d->runScan(std::move(request), m_d->scanStart(), nullptr);
}

void Session::continueScan(ScanLimits limits)
{
    if (!m_d->scan || !m_d->report) {
        return;
    }
    closeResult();
    m_d->request.limits = limits;
    m_d->goOn(false);
}

void Session::retryFailedNodes()
{
    if (!m_d->scan || !m_d->report) {
        return;
    }
    closeResult();
    m_d->goOn(true);
}

void Session::retryNode(const QString& node)
{
    if (!m_d->scan || !m_d->report) {
        return;
    }
    closeResult();
    m_d->goOn(true, node);
}

void Session::rescanPrefix(const std::string& prefix)
{
    if (!m_d->facts || !m_d->scan) {
        return;
    }
    const KeyName name = nameOf(prefix);
    closeResult();
    ScanRequest part = m_d->request;
    part.pattern = KeyPattern::prefix(name.key);
    part.limits = {};
    part.useKeysCommand = false;
    ScanStart start = m_d->scanStart();
    start.databases = {name.database};
    auto builder = m_d->scan->finish();
    const KeyPattern& shown = m_d->request.pattern;
    const bool isShownWhole =
        name.key.empty() || (shown.kind() == KeyPattern::Kind::Prefix && shown.bytes().starts_with(name.key));
    if (isShownWhole && !hasSeveralDatabases()) {
        m_d->wholeReport.reset(); // all is read anew: what was missing before is not any more
    } else if (!m_d->wholeReport) {
        const bool isTold = m_d->report && m_d->scanState == ScanState::Ended;
        m_d->wholeReport = isTold ? m_d->report : m_d->scan->report(); // one that still ran has been stopped for this
    }
    m_d->runScan(std::move(part), start, std::move(builder), prefix);
}

void Session::noteKeys(std::vector<std::string> added, std::vector<std::string> removed)
{
    if (m_d->scan) {
        m_d->scan->amend(std::move(added), std::move(removed));
    }
}

void Session::pauseScan()
{
    m_d->pauseScan();
}

void Session::resumeScan()
{
    if (m_d->scanState != ScanState::Paused) {
        return;
    }
    if (const auto held = std::exchange(m_d->memoryHold, std::nullopt)) {
        m_d->memoryCap.index = ByteCount{held->value + held->value / 4};
        m_d->memoryCap.spare = ByteCount{0}; // the user's word, knowing that there is little left
    }
    m_d->scan->resume();
    m_d->setScanState(ScanState::Running);
}

void Session::setMemoryCap(const MemoryCap& cap)
{
    m_d->memoryCap = cap;
}

std::optional<ByteCount> Session::memoryHold() const
{
    return m_d->memoryHold;
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

Status Session::setFilter(const FilterSpec& wanted)
{
    FilterSpec spec = wanted;
    spec.hasRoots = m_d->hasRoots();
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
    return m_d->filteredOf && m_d->filteredOf == m_d->shownKeys();
}

std::optional<Error> Session::filterError() const
{
    return m_d->filterError;
}

void Session::requestDetails(std::vector<std::string> keys, DetailColumns columns)
{
    if (m_d->workers) {
        m_d->workers->wishDetails(DetailsFor::Tree, std::move(keys), columns);
    }
}

QFuture<Result<KeyDetails>> Session::findKey(std::string key)
{
    return m_d->ask<KeyDetails>(
        key, [key, name = m_d->plain(key)](Lane& lane, std::stop_token stop) -> Result<KeyDetails> {
            const std::array keys{name};
            auto details = fetchKeyDetails(lane, keys, DetailColumns{true, true, false}, std::move(stop));
            if (!details) {
                return std::move(details).error();
            }
            details->front().key = key;
            return std::move(details->front());
        });
}

QFuture<Result<ValueHead>> Session::loadValueHead(std::string key)
{
    return m_d->ask<ValueHead>(key, [key, name = m_d->plain(key)](Lane& lane, std::stop_token stop) {
        auto head = fetchValueHead(lane, name, std::move(stop));
        if (head) {
            head->key = key;
        }
        return head;
    });
}

QFuture<Result<ValuePage>> Session::loadValuePage(ValuePageRequest request)
{
    const std::string key = std::exchange(request.key, m_d->plain(request.key));
    return m_d->ask<ValuePage>(
        key, [request](Lane& lane, std::stop_token stop) { return fetchValuePage(lane, request, std::move(stop)); });
}

QFuture<Result<std::string>> Session::loadValueSlice(ValueSliceRequest request)
{
    const std::string key = std::exchange(request.key, m_d->plain(request.key));
    return m_d->ask<std::string>(
        key, [request](Lane& lane, std::stop_token stop) { return fetchValueSlice(lane, request, std::move(stop)); });
}

QStringList Session::runningWork() const
{
    QStringList work;
    if (m_d->scanState == ScanState::Running || m_d->scanState == ScanState::Paused) {
        work << tr("a scan");
    }
    if (m_d->editor && !m_d->editor->isIdle()) {
        work << tr("an edit");
    }
    if (m_d->console && !m_d->console->isIdle()) {
        work << tr("a command");
    }
    if (std::ranges::any_of(m_d->jobs, [](const auto& job) { return job->isWorking(); })) {
        work << tr("a job");
    }
    if (m_d->tableTasks.isWorking()) {
        work << tr("work of the key table");
    }
    if (m_d->loads.isWorking()) {
        work << tr("the loading of a file");
    }
    if (m_d->schemas && m_d->schemas->isWorking()) {
        work << tr("work on a table's schema");
    }
    if (m_d->tables && m_d->tables->isWorking()) {
        work << tr("work on a table");
    }
    return work;
}

} // namespace keyglass
