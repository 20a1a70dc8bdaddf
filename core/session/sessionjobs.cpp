// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/archivelibrary.h"
#include "core/index/keyroot.h"
#include "core/session/bulkjob.h"
#include "core/session/jobparts.h"
#include "core/session/planfile.h"
#include "core/session/session_p.h"

#include <QDateTime>
#include <QDir>

#include <algorithm>

namespace keyglass {

namespace {

constexpr qsizetype longestTitle = 60;

/// The first key of a choice in an order; empty where it has none.
std::string firstOf(const KeyChoice& choice, KeyOrder order)
{
    std::string first;
    choice.forEachKey(order, {}, [&first](std::string_view key) {
        first = key;
        return false;
    });
    return first;
}

/// All jobs of this program wait for each other, also those of several sessions on one server.
const std::shared_ptr<NodeTurns>& allTurns()
{
    static const auto turns = std::make_shared<NodeTurns>();
    return turns;
}

/// What all keys of a choice begin with.
std::string prefixOf(const KeyChoice& choice)
{
    const std::string first = firstOf(choice, KeyOrder::Ascending);
    const std::string last = firstOf(choice, KeyOrder::Descending);
    const auto differ = std::mismatch(first.begin(), first.end(), last.begin(), last.end());
    return {first.begin(), differ.first};
}

/// What all keys of a job begin with: what has to be looked at again after it. Of a choice out of several `databases`
/// one for each.
std::vector<std::string> takenFrom(
    const JobPlan& plan, const std::optional<KeyChoice>& choice, const std::vector<int>& databases)
{
    if (choice && databases.size() > 1) {
        std::vector<std::string> prefixes;
        for (const int database : databases) {
            if (const KeyChoice own = choiceBehind(*choice, rootOf(database)); own.count() > 0) {
                prefixes.push_back(prefixOf(own));
            }
        }
        return prefixes;
    }
    if (choice) {
        return {prefixOf(*choice)};
    }
    const bool isNamed = plan.keys.kind == KeyQuery::Kind::Prefix || plan.keys.kind == KeyQuery::Kind::Exact;
    const bool isPart = isNamed && !std::holds_alternative<ImportKeys>(plan.operation);
    return {isPart ? plan.keys.bytes : std::string()};
}

/// Where the keys are that a job touches: where it takes them from, and where it brings them to.
std::vector<std::string> prefixesOf(
    const JobPlan& plan, const std::optional<KeyChoice>& choice, const std::vector<int>& databases)
{
    std::vector<std::string> prefixes = takenFrom(plan, choice, databases);
    const auto* rename = std::get_if<RenameKeys>(&plan.operation);
    if (!rename) {
        return prefixes;
    }
    if (rename->isRegex) {
        return {std::string()}; // new names may begin with anything
    }
    prefixes.push_back(rename->to);
    return prefixes;
}

/// A prefix of the list of databases `then` as that of `now` names it; nothing where its database is not open any more.
std::optional<std::string> prefixNow(
    const std::string& prefix, const std::vector<int>& then, const std::vector<int>& now)
{
    const auto rooted = then.size() > 1 ? splitRoot(prefix) : std::nullopt;
    if (!rooted && (prefix.empty() || then.size() > 1)) {
        return prefix; // in any of them
    }
    const int database = rooted ? rooted->database : then.front();
    const std::string key(rooted ? rooted->key : std::string_view(prefix));
    if (std::ranges::find(now, database) == now.end()) {
        return std::nullopt;
    }
    return now.size() > 1 ? rootOf(database) + key : key;
}

void setTarget(BulkSetting& setting, const std::optional<JobTarget>& target)
{
    if (!target) {
        return;
    }
    setting.targetDatabase = target->database;
    if (target->profile) {
        setting.targetConnection = target->profile->title();
        setting.openTarget = [profile = *target->profile, passwords = target->passwords](std::stop_token stop) {
            return openSource(profile, passwords, GateRules{profile.readOnly, profile.environment}, std::move(stop));
        };
    }
}

} // namespace

Result<PlacedPlan> Session::placed(JobPlan plan, const std::optional<KeyChoice>& choice) const
{
    PlacedPlan place{std::move(plan), {}};
    place.plan.database = database();
    if (hasSeveralDatabases()) {
        if (Status done = placeInDatabases(place.plan, choice, databases(), place.choiceRoot); !done) {
            return std::move(done).error();
        }
    }
    return place;
}

Result<BulkJob*> Session::addJob(JobPlan plan, std::optional<KeyChoice> choice, const std::optional<JobTarget>& target)
{
    if (!m_d->workers) {
        return m_d->whyNotConnected();
    }
    std::vector<std::string> prefixes = prefixesOf(plan, choice, databases());
    auto place = placed(std::move(plan), choice);
    if (!place) {
        return std::move(place).error();
    }
    plan = std::move(place->plan);
    if (plan.archives && plan.archiveFile.isEmpty()) {
        plan.archiveFile = newArchiveFile();
    }
    if (Status meant = checkPlan(plan); !meant) {
        return std::move(meant).error();
    }
    BulkSetting setting;
    setting.choiceRoot = std::move(place->choiceRoot);
    setting.source = *m_d->source;
    setting.connection = m_d->profile.title();
    setting.replicas = m_d->profile.scanReplicas;
    setTarget(setting, target);
    setting.archivePassphrase = m_d->archivePassphrase;
    setting.turns = allTurns();
    setting.keepsReport = true;
    const std::optional<std::uint64_t> expected = choice ? std::optional<std::uint64_t>(choice->count()) : std::nullopt;
    setting.choice = std::move(choice);
    auto job = std::make_unique<BulkJob>(std::move(setting), std::move(plan), expected);
    return m_d->take(std::move(job), std::move(prefixes));
}

Result<BulkJob*> Session::addUndo(const QString& archiveFile, UndoConflict conflict)
{
    UndoChoice choice;
    choice.conflict = conflict;
    return addUndo(archiveFile, std::move(choice));
}

Result<BulkJob*> Session::addUndo(const QString& archiveFile, UndoChoice choice)
{
    if (!m_d->workers) {
        return m_d->whyNotConnected();
    }
    const ServerFacts& facts = m_d->source->facts;
    UndoOptions options;
    options.keys = std::move(choice.keys);
    options.conflict = choice.conflict;
    options.keepsExpired = choice.keepsExpired;
    options.hasExpireTime = !facts.redisVersion.isKnown() || facts.redisVersion >= ServerVersion{7, 0, 0};
    options.hasRestoreAbs = !facts.redisVersion.isKnown() || facts.redisVersion >= ServerVersion{5, 0, 0};
    options.isCluster = m_d->source->cluster != nullptr;
    QByteArray passphrase = choice.passphrase.isEmpty() ? m_d->archivePassphrase : std::move(choice.passphrase);
    std::vector<std::string> noted;
    constexpr std::size_t few = 1000;
    if (!hasSeveralDatabases() && options.keys.size() <= few) {
        noted.assign(options.keys.begin(), options.keys.end());
    }
    auto job = std::make_unique<BulkJob>(
        *m_d->source, archiveFile, std::move(options), std::move(passphrase), allTurns(), newArchiveFile());
    job->setConnection(m_d->profile.title());
    return m_d->take(std::move(job), {std::string()}, std::move(noted));
}

void Session::setArchivePassphrase(const QByteArray& passphrase)
{
    m_d->archivePassphrase = passphrase;
}

bool Session::sealsArchives() const
{
    return !m_d->archivePassphrase.isEmpty();
}

std::vector<BulkJob*> Session::jobs() const
{
    std::vector<BulkJob*> jobs;
    for (const auto& job : m_d->jobs) {
        jobs.push_back(job.get());
    }
    return jobs;
}

std::size_t Session::endedJobs() const
{
    const auto ended = [](const std::unique_ptr<BulkJob>& job) { return job->state() == BulkJob::State::Ended; };
    return static_cast<std::size_t>(std::ranges::count_if(m_d->jobs, ended));
}

void Session::removeJob(BulkJob* job)
{
    const auto at = std::ranges::find(m_d->jobs, job, &std::unique_ptr<BulkJob>::get);
    if (at == m_d->jobs.end()) {
        return;
    }
    (*at)->cancel();
    (*at)->disconnect(this);
    at->release()->deleteLater(); // it may be the one that is telling of itself now
    m_d->jobs.erase(at);
    Q_EMIT jobsChanged();
}

QString Session::newArchiveFile() const
{
    QString name = m_d->profile.title();
    std::ranges::replace_if(name, [](QChar letter) { return !letter.isLetterOrNumber() && letter != u'-'; }, u'_');
    const QString when = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-ddTHH-mm-ss-zzz"));
    return QStringLiteral("%1/%2-%3.kga").arg(archiveFolder(), when, name.left(longestTitle));
}

Error Session::Private::whyNotConnected() const
{
    return lastError.value_or(
        Error{ErrorKind::Network, profile.address(), Session::tr("The session is not connected")});
}

/// The list follows what jobs made, took away and brought back; a scan that is under way comes to its end first.
void Session::Private::followJobs()
{
    if (prefixesToFollow.empty() || scanState == ScanState::Running || scanState == ScanState::Paused) {
        return;
    }
    const std::string prefix = *prefixesToFollow.begin();
    prefixesToFollow.erase(prefixesToFollow.begin());
    if (q.hasSeveralDatabases() && !splitRoot(prefix)) { // in any of them
        for (const int database : databases) {
            prefixesToFollow.insert(rootOf(database));
        }
        followJobs();
        return;
    }
    const KeyPattern& shown = request.pattern;
    const KeyName name = q.nameOf(prefix);
    switch (shown.kind()) {
    case KeyPattern::Kind::All:
        q.rescanPrefix(prefix);
        return;
    case KeyPattern::Kind::Prefix:
        if (name.key.starts_with(shown.bytes()) || shown.bytes().starts_with(name.key)) {
            const std::string& longer = name.key.size() > shown.bytes().size() ? name.key : shown.bytes();
            q.rescanPrefix(q.listName({longer, name.database}));
        }
        return;
    case KeyPattern::Kind::Glob:
    case KeyPattern::Kind::Exact:
        q.startScan(request);
        return;
    }
}

BulkJob* Session::Private::take(
    std::unique_ptr<BulkJob> job, std::vector<std::string> prefixes, std::vector<std::string> keys)
{
    BulkJob* const it = job.get();
    QObject::connect(it, &BulkJob::changed, &q,
        [this, it, prefixes = std::move(prefixes), then = databases, keys = std::move(keys)] {
            const bool hasEnded = it->state() == BulkJob::State::Ended;
            const auto& told = it->report();
            if (hasEnded && !keys.empty() && told && *told && (*told)->counts.done() == keys.size()) {
                q.noteKeys(keys, {});
            } else if (hasEnded) {
                for (const std::string& prefix : prefixes) {
                    if (auto shown = prefixNow(prefix, then, databases)) {
                        prefixesToFollow.insert(*std::move(shown));
                    }
                }
                followJobs();
            }
            Q_EMIT q.jobsChanged();
        });
    QObject::connect(&q, &Session::scanStateChanged, it, [this] { followJobs(); });
    jobs.push_back(std::move(job));
    Q_EMIT q.jobsChanged();
    return it;
}

} // namespace keyglass
