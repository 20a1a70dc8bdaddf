// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/keptreports.h"

#include "core/bulk/reportcopy.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <utility>

namespace keyglass {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostReports = 100;
constexpr qint64 mostBytes = 500LL * 1024 * 1024;

QString reportFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/keyglass/reports"_s;
}

/// Their names begin with when they were made.
void dropOldest(const QDir& folder)
{
    qint64 bytes = 0;
    const QFileInfoList newestFirst = folder.entryInfoList({u"*.csv"_s}, QDir::Files, QDir::Name | QDir::Reversed);
    for (qsizetype at = 0; at < newestFirst.size(); ++at) {
        bytes += newestFirst[at].size();
        if (at + 1 >= mostReports || bytes > mostBytes) {
            QFile::remove(newestFirst[at].filePath());
        }
    }
}

} // namespace

std::optional<KeptReport> keepReport(std::string_view operation)
{
    const QDir folder(reportFolder());
    if (!folder.mkpath(u"."_s)) {
        return std::nullopt;
    }
    QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    dropOldest(folder);
    const QString when = QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-ddTHH-mm-ss-zzz"_s);
    KeptReport kept;
    for (int number = 1; kept.path.isEmpty() || QFileInfo::exists(kept.path); ++number) {
        kept.path = folder.filePath(u"%1-%2-%3.csv"_s.arg(when,
            QString::fromUtf8(operation.data(), static_cast<qsizetype>(operation.size())), QString::number(number)));
    }
    auto file = ReportFile::create(kept.path);
    if (!file) {
        return std::nullopt;
    }
    QFile::setPermissions(kept.path, QFile::ReadOwner | QFile::WriteOwner);
    kept.file = *std::move(file);
    kept.file->limitUntroubled(rowsKept);
    return kept;
}

Status saveReport(const QString& kept, const QString& file, const std::stop_token& stop)
{
    if (QFileInfo(kept).canonicalFilePath() == QFileInfo(file).canonicalFilePath()
        && !QFileInfo(kept).canonicalFilePath().isEmpty()) {
        return ok(); // it is there
    }
    return copyReport(kept, file, {}, {}, stop);
}

QFuture<Status> ReportSaver::save(const QString& kept, const QString& file)
{
    return m_tasks
        .run<std::monostate>(0,
            [kept, file](const std::stop_token& stop, const auto&) -> Status { return saveReport(kept, file, stop); })
        .answer;
}

} // namespace keyglass
