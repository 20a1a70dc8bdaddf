// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/jobhistory.h"

#include "core/base/errortext.h"
#include "core/base/filewriting.h"
#include "core/session/bulkrun.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>
#include <QSet>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>
#include <cerrno>
#include <map>
#include <utility>

namespace keyglass {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostJobs = 1000;
constexpr qint64 sizeToLookAt = 4LL * 1024 * 1024; ///< Below, there are hardly too many.
constexpr int lockPatience = 2000;                 ///< In milliseconds.

/// What a line is of.
constexpr QLatin1StringView endedState("ended");
constexpr QLatin1StringView begunState("begun");
constexpr QLatin1StringView droppedState("dropped");

QString timeOf(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

/// `id`: of a job that was listed when it began; else empty.
QJsonObject jsonOf(const PastJob& job, QLatin1StringView state, const QString& id)
{
    const auto number = [](std::uint64_t count) { return static_cast<qint64>(count); };
    const QJsonValue plan = job.undone.isEmpty() ? QJsonValue(planJson(job.plan)) : QJsonValue(QJsonValue::Null);
    return {{u"state"_s, QString(state)}, {u"id"_s, id}, {u"begun"_s, timeOf(job.begun)},
        {u"ended"_s, timeOf(job.ended)}, {u"connection"_s, job.connection}, {u"plan"_s, plan},
        {u"undone"_s, job.undone}, {u"chosen"_s, job.hadChoice}, {u"keys"_s, number(job.keys)},
        {u"done"_s, number(job.done)}, {u"troubled"_s, number(job.troubled)},
        {u"elapsed_ms"_s, static_cast<qint64>(job.elapsed.count())}, {u"failure"_s, job.failure},
        {u"archive"_s, job.archive}, {u"report"_s, job.reportFile}};
}

QJsonObject objectOf(const QByteArray& line)
{
    return QJsonDocument::fromJson(line).object();
}

QString idOf(const QJsonObject& object)
{
    return object.value("id"_L1).toString();
}

bool isBegin(const QJsonObject& object)
{
    return object.value("state"_L1).toString() == begunState;
}

/// A file of its own, locked by the program that runs the job: the system takes the lock back however that ends.
QString markOf(const QString& historyFile, const QString& id)
{
    return historyFile + u".running/"_s + id;
}

int lockedMark(const QString& file)
{
    QDir().mkpath(QFileInfo(file).absolutePath());
    const int descriptor = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor >= 0) {
        static_cast<void>(::flock(descriptor, LOCK_EX | LOCK_NB)); // some file systems can't
    }
    return descriptor;
}

/// Whether the program lives that has begun the job.
bool isRunning(const QString& mark)
{
    const int descriptor = ::open(QFile::encodeName(mark).constData(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    const bool isLocked = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (!isLocked) {
        QFile::remove(mark);
    }
    ::close(descriptor);
    return isLocked;
}

/// As add(), of one line.
Status addLine(const QString& path, const QJsonObject& object)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QLockFile lock(path + u".lock"_s);
    if (!lock.tryLock(lockPatience)) {
        return Error{ErrorKind::File, path, QString()};
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::Append)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    char last = '\n';
    if (file.size() > 0 && file.seek(file.size() - 1) && file.getChar(&last) && last != '\n') {
        line.prepend('\n'); // whoever wrote there was cut off
    }
    Status written = writeWhole(file, line);
    written = written ? flushWhole(file) : std::move(written);
    if (written) {
        static_cast<void>(::fsync(file.handle())); // what can't be synced is written all the same
    }
    return written;
}

/// Where there are too many. The beginnings of jobs that still run stay, however old: their ends are yet to come.
void dropOldest(const QString& path)
{
    QLockFile lock(path + u".lock"_s);
    QFile file(path);
    if (file.size() < sizeToLookAt || !lock.tryLock(lockPatience) || !file.open(QIODevice::ReadOnly)) {
        return;
    }
    QList<QByteArray> lines = file.readAll().split('\n');
    if (lines.size() <= mostJobs + 1) {
        return;
    }
    QSet<QString> closed;
    for (const QByteArray& line : std::as_const(lines)) {
        if (const QJsonObject object = objectOf(line); !isBegin(object)) {
            closed.insert(idOf(object));
        }
    }
    lines.removeIf([&closed](const QByteArray& line) {
        const QJsonObject object = objectOf(line);
        return object.value("state"_L1).toString() == droppedState
            || (isBegin(object) && closed.contains(idOf(object)));
    });
    QList<QByteArray> kept = lines.first(std::max<qsizetype>(0, lines.size() - mostJobs));
    kept.removeIf([&path](const QByteArray& line) {
        const QJsonObject object = objectOf(line);
        return !isBegin(object) || !isRunning(markOf(path, idOf(object)));
    });
    kept += lines.last(std::min(mostJobs, lines.size()));
    QSaveFile cut(path);
    if (cut.open(QIODevice::WriteOnly)) {
        cut.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        static_cast<void>(saveWhole(cut, kept.join('\n'))); // where that fails, all are kept
    }
}

std::optional<PastJob> jobFrom(const QJsonObject& object)
{
    const QString undone = object.value("undone"_L1).toString();
    auto plan = planFromJson(QJsonDocument(object.value("plan"_L1).toObject()).toJson());
    if (!plan && undone.isEmpty()) {
        return std::nullopt;
    }
    const auto number = [&object](QLatin1StringView name) {
        return static_cast<std::uint64_t>(std::max<qint64>(0, object.value(name).toInteger()));
    };
    PastJob job;
    job.begun = QDateTime::fromString(object.value("begun"_L1).toString(), Qt::ISODateWithMs);
    job.ended = QDateTime::fromString(object.value("ended"_L1).toString(), Qt::ISODateWithMs);
    job.connection = object.value("connection"_L1).toString();
    job.plan = plan ? *std::move(plan) : JobPlan{};
    job.undone = undone;
    job.hadChoice = object.value("chosen"_L1).toBool();
    job.keys = number("keys"_L1);
    job.done = number("done"_L1);
    job.troubled = number("troubled"_L1);
    job.elapsed = std::chrono::milliseconds(object.value("elapsed_ms"_L1).toInteger());
    job.failure = object.value("failure"_L1).toString();
    job.archive = object.value("archive"_L1).toString();
    job.reportFile = object.value("report"_L1).toString();
    return job;
}

} // namespace

JobHistory::JobHistory(QString path)
    : m_path(std::move(path))
{
}

QString JobHistory::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/keyglass/jobs.jsonl"_s;
}

Status JobHistory::add(const PastJob& job) const
{
    Status added = addLine(m_path, jsonOf(job, endedState, {}));
    if (added) {
        dropOldest(m_path);
    }
    return added;
}

Result<std::unique_ptr<RunningJob>> JobHistory::begin(PastJob job) const
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    job.begun = QDateTime::currentDateTimeUtc();
    auto running = std::make_unique<RunningJob>(m_path, id, job.begun, lockedMark(markOf(m_path, id)));
    if (Status added = addLine(m_path, jsonOf(job, begunState, id)); !added) {
        static_cast<void>(running->drop()); // of the line there may be a part
        return std::move(added).error();
    }
    return running;
}

RunningJob::RunningJob(QString historyFile, QString id, QDateTime begun, int descriptor)
    : m_historyFile(std::move(historyFile))
    , m_id(std::move(id))
    , m_begun(std::move(begun))
    , m_descriptor(descriptor)
{
}

RunningJob::~RunningJob()
{
    unmark();
}

Status RunningJob::end(PastJob job)
{
    job.begun = m_begun;
    return close(jsonOf(job, endedState, m_id));
}

Status RunningJob::drop()
{
    return close({{u"state"_s, QString(droppedState)}, {u"id"_s, m_id}});
}

void RunningJob::unmark()
{
    if (m_descriptor >= 0) {
        QFile::remove(markOf(m_historyFile, m_id));
        ::close(std::exchange(m_descriptor, -1));
    }
}

Status RunningJob::close(const QJsonObject& line)
{
    Status added = addLine(m_historyFile, line);
    unmark();
    if (added) {
        dropOldest(m_historyFile);
    }
    return added;
}

Result<std::vector<PastJob>> JobHistory::load() const
{
    std::vector<PastJob> jobs;
    QFile file(m_path);
    if (!file.exists()) {
        return jobs;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, m_path, file.errorString()};
    }
    std::map<QString, std::size_t> open; // places of jobs of which only the beginning was read so far
    std::vector<bool> isListed;
    while (!file.atEnd()) {
        const QJsonObject object = objectOf(file.readLine());
        const auto begun = open.find(idOf(object));
        if (begun != open.end()) {
            isListed[begun->second] = false;
            open.erase(begun);
        }
        auto job = jobFrom(object);
        if (!job) {
            continue;
        }
        if (isBegin(object)) {
            open.emplace(idOf(object), jobs.size());
        }
        jobs.push_back(*std::move(job));
        isListed.push_back(true);
    }
    for (const auto& [id, place] : open) {
        PastJob& job = jobs[place];
        job.state = isRunning(markOf(m_path, id)) ? PastJob::State::Running : PastJob::State::CutOff;
        if (job.state == PastJob::State::CutOff && !QFileInfo::exists(job.archive)) {
            job.archive.clear();
        }
    }
    std::vector<PastJob> listed;
    for (std::size_t at = jobs.size(); at > 0; --at) {
        if (isListed[at - 1]) {
            listed.push_back(std::move(jobs[at - 1]));
        }
    }
    return listed;
}

namespace {

/// What a plan's job and an undo have alike.
PastJob pastRun(const QString& connection, const QString& reportFile, const BulkReport& report)
{
    PastJob job;
    job.ended = QDateTime::currentDateTimeUtc();
    job.connection = connection;
    job.keys = report.counts.keys();
    job.done = report.counts.done();
    job.troubled = report.counts.troubled();
    job.elapsed = report.elapsed;
    job.failure = report.failure ? errorText(*report.failure) : QString();
    job.archive = report.archive ? report.archiveFile : QString();
    job.reportFile = reportFile;
    return job;
}

} // namespace

void ListedJob::begin(PastJob job)
{
    auto begun = JobHistory().begin(std::move(job));
    m_running = begun ? *std::move(begun) : nullptr; // it is tried again at its end
}

Status ListedJob::end(PastJob job)
{
    return m_running ? m_running->end(std::move(job)) : JobHistory().add(job);
}

Status ListedJob::drop()
{
    return m_running ? m_running->drop() : ok();
}

PastJob beginningJob(
    const QString& connection, const JobPlan& plan, bool hadChoice, const QString& archive, const QString& reportFile)
{
    PastJob job;
    job.connection = connection;
    job.plan = plan;
    job.plan.archiveFile.clear(); // another run has its own
    job.hadChoice = hadChoice;
    job.archive = archive;
    job.reportFile = reportFile;
    return job;
}

PastJob beginningUndo(
    const QString& connection, const QString& undone, const QString& archive, const QString& reportFile)
{
    PastJob job;
    job.connection = connection;
    job.undone = undone;
    job.archive = archive;
    job.reportFile = reportFile;
    return job;
}

PastJob pastJob(
    const QString& connection, const JobPlan& plan, bool hadChoice, const QString& reportFile, const BulkReport& report)
{
    PastJob job = pastRun(connection, reportFile, report);
    job.plan = plan;
    job.plan.archiveFile.clear(); // another run has its own
    job.hadChoice = hadChoice;
    return job;
}

PastJob pastUndo(const QString& connection, const QString& archive, const BulkReport& report)
{
    PastJob job = pastRun(connection, report.reportFile, report);
    job.undone = archive;
    return job;
}

} // namespace keyglass
