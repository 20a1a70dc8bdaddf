// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/planfile.h"

#include "core/base/bytes.h"
#include "core/base/filewriting.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

#include <utility>

namespace keyglass {

namespace {

Status writeFile(const QString& path, const QByteArray& text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    return saveWhole(file, text);
}

} // namespace

Status savePlan(const QString& path, JobPlan plan, const std::optional<KeyChoice>& choice, const PreviewMarks* marks,
    const std::string& choiceRoot)
{
    if (choice && !plan.databases.empty()) {
        return Error{ErrorKind::Unsupported, path,
            QCoreApplication::translate(
                "Bulk", "A plan lists keys of one database by name. Choose keys of one, or a folder")};
    }
    if (choice && choice->count() > mostKeysOfPlan) {
        return Error{ErrorKind::Limit, path,
            QCoreApplication::translate("Bulk",
                "A plan lists at most %1 keys by name. Choose a folder or a pattern, or export the keys to a file")
                .arg(mostKeysOfPlan)};
    }
    if (choice) {
        QByteArray lines;
        const bool isWhole = choice->forEachKey(KeyOrder::Ascending, {}, [&](std::string_view key) {
            if (!key.starts_with(choiceRoot)) {
                return false;
            }
            lines += QByteArray::fromStdString(escapeLine(key.substr(choiceRoot.size()))) + '\n';
            return true;
        });
        if (!isWhole) {
            return Error{ErrorKind::Input, path,
                QCoreApplication::translate("Bulk", "The chosen keys are of databases that are not open any more")};
        }
        plan.keys = KeyQuery{};
        plan.keys.kind = KeyQuery::Kind::File;
        plan.keys.file = QFileInfo(path + QStringLiteral(".keys")).absoluteFilePath();
        if (Status written = writeFile(plan.keys.file, lines); !written) {
            return written;
        }
    }
    if (marks) {
        plan.seenFile = QFileInfo(path + QStringLiteral(".seen")).absoluteFilePath();
        if (Status kept = marks->save(plan.seenFile); !kept) {
            return kept;
        }
    }
    plan.archiveFile.clear(); // each run has its own
    return writeFile(path, QJsonDocument(planJson(plan)).toJson());
}

Result<JobPlan> loadPlan(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    auto plan = planFromJson(file.readAll());
    return plan ? plan : std::move(plan).error().about(path);
}

} // namespace keyglass
