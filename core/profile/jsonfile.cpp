// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/jsonfile.h"

#include "core/base/filewriting.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLockFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <utility>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

/// Far more than profiles and settings ever are; what is larger is not ours.
constexpr qint64 largestFile = 64LL * 1024 * 1024;
/// Another process holds the lock for the time of one small write.
constexpr int lockPatience = 2000; // ms

QString tr(const char* text)
{
    return QCoreApplication::translate("JsonFile", text);
}

Error fileError(const QString& path, const QString& detail)
{
    return {ErrorKind::File, path, detail};
}

/// Moves the damaged file out of the way and says where it went.
Error setAside(const QString& path, const QString& why)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMddTHHmmss"_s);
    QString aside = path + u".damaged-"_s + stamp;
    for (int number = 2; QFileInfo::exists(aside); ++number) {
        aside = path + u".damaged-"_s + stamp + u'-' + QString::number(number);
    }
    if (!QFile::rename(path, aside)) {
        return fileError(path, tr("It is damaged (%1) and can't be set aside; changes are not saved").arg(why));
    }
    return fileError(path, tr("It was damaged (%1). It is kept as %2").arg(why, aside));
}

/// The folder for `path`, made where it is missing, for the user alone.
bool makeFolder(const QString& path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (QFileInfo(folder).isDir()) {
        return true;
    }
    constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    return QDir().mkpath(folder) && QFile::setPermissions(folder, ownerOnly);
}

Status store(const QString& path, const QJsonObject& content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return fileError(path, file.errorString());
    }
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return saveWhole(file, QJsonDocument(content).toJson());
}

} // namespace

QString configFolder(const QString& chosen)
{
    if (!chosen.isEmpty()) {
        return QDir(chosen).absolutePath();
    }
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return (base.isEmpty() ? QDir::homePath() + u"/.config"_s : base) + u"/keyglass"_s;
}

JsonFile::JsonFile(QString path)
    : m_path(std::move(path))
{
}

/// The object in the file; nothing where there is no file. File where it can't be read or was damaged.
Result<std::optional<QJsonObject>> JsonFile::read() const
{
    QFile file(m_path);
    if (!file.exists()) {
        return std::optional<QJsonObject>();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return fileError(m_path, file.errorString());
    }
    if (file.size() > largestFile) {
        return setAside(m_path, tr("larger than 64 MB"));
    }
    QJsonParseError parsing{};
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &parsing);
    file.close();
    if (!document.isObject()) {
        const bool isJson = parsing.error == QJsonParseError::NoError;
        return setAside(m_path, isJson ? tr("no JSON object") : parsing.errorString());
    }
    return std::optional(document.object());
}

Status JsonFile::load()
{
    Result<std::optional<QJsonObject>> found = read();
    if (!found) {
        return std::move(found).error();
    }
    m_content = found->value_or(QJsonObject());
    return ok();
}

Status JsonFile::change(const Change& change)
{
    change(m_content);
    Status written = write(change);
    if (written) {
        m_unwritten.clear();
    } else {
        m_unwritten.push_back(change);
    }
    return written;
}

Status JsonFile::write(const Change& change)
{
    if (!makeFolder(m_path)) {
        return fileError(m_path, tr("The folder can't be made"));
    }
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(lockPatience)) {
        return fileError(m_path, tr("The folder can't be written, or another program holds the file"));
    }
    const Result<std::optional<QJsonObject>> found = read();
    if (!found && QFileInfo::exists(m_path)) {
        return found.error(); // there, but neither readable nor to be moved: writing would lose it
    }
    QJsonObject content = m_content;
    if (found && *found) {
        content = **found;
        for (const Change& earlier : m_unwritten) {
            earlier(content);
        }
        change(content);
    }
    if (Status stored = store(m_path, content); !stored) {
        return stored;
    }
    m_content = content;
    return ok();
}

} // namespace keyglass
