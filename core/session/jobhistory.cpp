// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/jobhistory.h"

#include "core/base/errortext.h"
#include "core/base/filewriting.h"
#include "core/session/bulkrun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostJobs = 1000;
constexpr qint64 sizeToLookAt = 4LL * 1024 * 1024; ///< Below, there are hardly too many.
constexpr int lockPatience = 2000;                 ///< In milliseconds.

QJsonObject jsonOf(const PastJob& job)
{
    const auto number = [](std::uint64_t count) { return static_cast<qint64>(count); };
    const QJsonValue plan = job.undone.isEmpty() ? QJsonValue(planJson(job.plan)) : QJsonValue(QJsonValue::Null);
    return {{u"ended"_s, job.ended.toUTC().toString(Qt::ISODateWithMs)}, {u"connection"_s, job.connection},
        {u"plan"_s, plan}, {u"undone"_s, job.undone}, {u"chosen"_s, job.hadChoice}, {u"keys"_s, number(job.keys)},
        {u"done"_s, number(job.done)}, {u"troubled"_s, number(job.troubled)},
        {u"elapsed_ms"_s, static_cast<qint64>(job.elapsed.count())}, {u"failure"_s, job.failure},
        {u"archive"_s, job.archive}, {u"report"_s, job.reportFile}};
}

std::optional<PastJob> jobFrom(const QByteArray& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const QString undone = object.value("undone"_L1).toString();
    auto plan = planFromJson(QJsonDocument(object.value("plan"_L1).toObject()).toJson());
    if (!plan && undone.isEmpty()) {
        return std::nullopt;
    }
    const auto number = [&object](QLatin1StringView name) {
        return static_cast<std::uint64_t>(std::max<qint64>(0, object.value(name).toInteger()));
    };
    PastJob job;
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
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(lockPatience)) {
        return Error{ErrorKind::File, m_path, QString()};
    }
    QFile file(m_path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append)) {
        return Error{ErrorKind::File, m_path, file.errorString()};
    }
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const QByteArray line = QJsonDocument(jsonOf(job)).toJson(QJsonDocument::Compact) + '\n';
    Status written = writeWhole(file, line);
    written = written ? flushWhole(file) : std::move(written);
    if (!written) {
        return written;
    }
    file.close();
    dropOldest();
    return ok();
}

void JobHistory::dropOldest() const
{
    QFile file(m_path);
    if (file.size() < sizeToLookAt || !file.open(QIODevice::ReadOnly)) {
        return;
    }
    const QList<QByteArray> lines = file.readAll().split('\n');
    if (lines.size() <= mostJobs + 1) {
        return;
    }
    QSaveFile kept(m_path);
    if (kept.open(QIODevice::WriteOnly)) {
        kept.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        static_cast<void>(saveWhole(kept, lines.last(mostJobs).join('\n'))); // where that fails, all are kept
    }
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
    while (!file.atEnd()) {
        if (auto job = jobFrom(file.readLine())) {
            jobs.push_back(*std::move(job));
        }
    }
    std::ranges::reverse(jobs);
    return jobs;
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
