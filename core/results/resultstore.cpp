// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/resultstore.h"

#include "core/results/resultfile.h"
#include "core/results/resultheader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

const QString ending = QStringLiteral(".keyset");

QString tr(const char* text)
{
    return QCoreApplication::translate("ResultStore", text);
}

/// A name for the file by which a person finds it: letters and digits of the set's, and a part of its own.
QString fileNameFor(const QString& name)
{
    constexpr qsizetype longest = 40;
    QString words;
    for (const QChar c : name.left(longest)) {
        const bool isPlain = c.unicode() < 128 && c.isLetterOrNumber();
        words += isPlain ? c.toLower() : u'-';
    }
    return words + u'-' + QUuid::createUuid().toString(QUuid::Id128).left(8) + ending;
}

Status makeFolder(const QString& folder)
{
    constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (QFileInfo(folder).isDir() || (QDir().mkpath(folder) && QFile::setPermissions(folder, ownerOnly))) {
        return ok();
    }
    return resultFileError(folder, tr("The folder can't be made."));
}

} // namespace

ResultStore::ResultStore(QString folder)
    : m_folder(std::move(folder))
{
}

/// Names come from list(), but a path must not be among them.
QString ResultStore::pathOf(const QString& file) const
{
    return QDir(m_folder).filePath(QFileInfo(file).fileName());
}

std::vector<ResultSetEntry> ResultStore::list() const
{
    std::vector<ResultSetEntry> entries;
    for (const QString& file : QDir(m_folder).entryList({u'*' + ending}, QDir::Files, QDir::Name)) {
        entries.push_back({file, readResultInfo(pathOf(file))});
    }
    std::ranges::stable_sort(entries, [](const ResultSetEntry& a, const ResultSetEntry& b) {
        return a.info && (!b.info || a.info->taken > b.info->taken);
    });
    return entries;
}

Result<ResultSetInfo> ResultStore::save(
    ResultSetInfo info, const KeyChoice& keys, const std::stop_token& stop, const KeysDone& done) const
{
    if (Status made = makeFolder(m_folder); !made) {
        return std::move(made).error();
    }
    const QString path = pathOf(fileNameFor(info.name));
    return writeResultFile(path, std::move(info), keys, stop, done);
}

Result<std::shared_ptr<const Snapshot>> ResultStore::load(
    const QString& file, ByteCount most, const std::stop_token& stop, const KeysDone& done) const
{
    return readResultKeys(pathOf(file), most, stop, done);
}

Result<ResultSetInfo> ResultStore::rename(const QString& file, const QString& name, const std::stop_token& stop) const
{
    return renameResultFile(pathOf(file), name, stop);
}

Status ResultStore::remove(const QString& file) const
{
    QFile found(pathOf(file));
    if (!found.exists()) {
        return Error{ErrorKind::Gone, found.fileName(), {}};
    }
    return found.remove() ? ok() : Status(resultFileError(found.fileName(), found.errorString()));
}

} // namespace keyglass
