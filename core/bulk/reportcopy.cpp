// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/reportcopy.h"

#include "core/bulk/reportfile.h"
#include "core/bulk/reportreader.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <filesystem>
#include <system_error>
#include <utility>

namespace keyglass {

namespace {

using namespace Qt::StringLiterals;

Status rename(const QString& from, const QString& to)
{
    std::error_code failure;
    std::filesystem::rename(QFile::encodeName(from).toStdString(), QFile::encodeName(to).toStdString(), failure);
    return failure ? Status(Error{ErrorKind::File, to, QString::fromStdString(failure.message())}) : ok();
}

} // namespace

Status copyReport(const QString& from, const QString& to, const std::function<void(KeyOutcome&)>& change,
    const std::optional<std::string>& summary, const std::stop_token& stop)
{
    const QString passing = u"%1.part%2%3"_s.arg(
        to, QString::number(QCoreApplication::applicationPid()), isCsvReport(to) ? u".csv"_s : u".json"_s);
    auto out = ReportFile::create(passing);
    if (!out) {
        Error error = std::move(out).error();
        error.subject = to; // nobody knows the other name
        return error;
    }
    if (QFileInfo::exists(to)) {
        QFile::setPermissions(passing, QFile::permissions(to));
    }
    JobReport tally;
    Status done = forEachOutcome(from, stop, [&](const KeyOutcome& row) {
        KeyOutcome changed = row;
        if (change) {
            change(changed);
        }
        OutcomeCounts one;
        one[changed.outcome] = 1;
        tally.add(changed.node, one, {});
        (*out)->add(changed);
        return true;
    });
    Status closed = (*out)->close(summary ? *summary : summaryJson(tally.nodes(), std::nullopt));
    done = done ? std::move(closed) : std::move(done);
    done = done ? rename(passing, to) : std::move(done);
    if (!done) {
        QFile::remove(passing);
    }
    return done;
}

Status withdrawDone(const QString& path, const std::string& why, const std::string& summary)
{
    const QFileInfo file(path);
    if (!file.isFile()) { // a pipe, a terminal: what was written is gone
        return Error{ErrorKind::File, path,
            QCoreApplication::translate("Bulk", "The rows there came before the job failed: no key of it is done")};
    }
    const auto withdraw = [&why](KeyOutcome& row) {
        if (row.outcome == Outcome::Done) {
            row.outcome = Outcome::NotDone;
            row.detail = why;
        }
    };
    Status whole = copyReport(file.canonicalFilePath(), file.canonicalFilePath(), withdraw, summary, {});
    if (whole) {
        return whole;
    }
    auto empty = ReportFile::create(path);
    Status emptied = empty ? (*empty)->close(summary) : Status(empty.error());
    return emptied ? std::move(whole) : std::move(emptied);
}

} // namespace keyglass
