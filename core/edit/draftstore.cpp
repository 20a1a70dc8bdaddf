// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/draftstore.h"

#include "core/base/filewriting.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <utility>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 64LL * 1024 * 1024; // escaped, a value of 1 MB takes up to 4
constexpr int storedVersion = 1;                   ///< The text is one of the stored bytes.
constexpr int decodedVersion = 2; ///< It is one of what decoders made of them: not to be read as if it were the bytes.

/// Enough of a digest for a name: two keys never share one.
QByteArray digest(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).first(16).toHex();
}

QByteArray profileDigest(const std::string& profile)
{
    return digest(QByteArray::fromStdString(profile));
}

QByteArray keyDigest(const DraftKey& key)
{
    return digest(QByteArray::number(key.database) + ':' + QByteArray::fromStdString(key.key));
}

QString coded(const std::string& bytes)
{
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64());
}

std::string decoded(const QJsonValue& value)
{
    return QByteArray::fromBase64(value.toString().toLatin1()).toStdString();
}

/// Nothing where nobody looked.
QJsonValue seenJson(const SeenBytes& seen)
{
    switch (seen.state) {
    case SeenBytes::State::Absent:
        return false;
    case SeenBytes::State::There:
        return coded(seen.bytes);
    case SeenBytes::State::Digest:
        return QJsonObject{{u"sha256"_s, coded(seen.bytes)}};
    case SeenBytes::State::NotLooked:
        break;
    }
    return {};
}

SeenBytes seenBytes(const QJsonValue& value)
{
    if (value.isString()) {
        return SeenBytes::there(decoded(value));
    }
    if (value.isObject()) {
        return {SeenBytes::State::Digest, decoded(value[u"sha256"_s])};
    }
    return value.isBool() ? SeenBytes::absent() : SeenBytes::notLooked();
}

/// When a field was to end, in milliseconds since 1970; false: it did not.
QJsonValue endJson(const EditedCell& cell)
{
    if (cell.end) {
        return QString::number(cell.end->time_since_epoch().count());
    }
    return cell.isEndKnown ? QJsonValue(false) : QJsonValue();
}

void takeEnd(const QJsonValue& value, EditedCell& cell)
{
    bool isNumber = false;
    const qlonglong end = value.toString().toLongLong(&isNumber);
    cell.end = isNumber ? std::optional(ExpiryTime(Milliseconds{end})) : std::nullopt;
    cell.isEndKnown = isNumber || value.isBool();
}

QJsonObject jsonOf(const Draft& draft)
{
    const EditedCell& cell = draft.cell;
    return {
        {u"version"_s, draft.decoders.empty() ? storedVersion : decodedVersion},
        {u"profile"_s, coded(draft.key.profile)},
        {u"database"_s, draft.key.database},
        {u"key"_s, coded(draft.key.key)},
        {u"kind"_s, static_cast<int>(cell.kind)},
        {u"seen"_s, coded(cell.seen)},
        {u"name"_s, coded(cell.name)},
        {u"score"_s, coded(scoreText(cell.score))},
        {u"index"_s, QString::number(cell.index)},
        {u"before"_s, seenJson(cell.before)},
        {u"after"_s, seenJson(cell.after)},
        {u"end"_s, endJson(cell)},
        {u"text"_s, coded(draft.text.text)},
        {u"form"_s, static_cast<int>(draft.text.form)},
        {u"compact"_s, draft.text.isCompact},
        {u"time"_s,
            static_cast<double>(
                std::chrono::duration_cast<std::chrono::milliseconds>(draft.time.time_since_epoch()).count())},
        {u"decoders"_s, QString::fromStdString(draft.decoders)},
    };
}

std::optional<Draft> draftOf(const QJsonObject& json)
{
    const int kind = json[u"kind"_s].toInt(-1);
    const int form = json[u"form"_s].toInt(-1);
    const int version = json[u"version"_s].toInt();
    const bool isKnown = version >= storedVersion && version <= decodedVersion && kind >= 0
        && kind <= static_cast<int>(lastCellKind) && form >= 0 && form <= static_cast<int>(EditForm::Hex);
    if (!isKnown) {
        return std::nullopt;
    }
    Draft draft;
    draft.key = {decoded(json[u"profile"_s]), json[u"database"_s].toInt(), decoded(json[u"key"_s])};
    draft.cell.kind = static_cast<CellKind>(kind);
    draft.cell.seen = decoded(json[u"seen"_s]);
    draft.cell.name = decoded(json[u"name"_s]);
    draft.cell.score = parseScore(decoded(json[u"score"_s])).value_or(0.0);
    draft.cell.index = json[u"index"_s].toString().toULongLong();
    draft.cell.before = seenBytes(json[u"before"_s]);
    draft.cell.after = seenBytes(json[u"after"_s]);
    takeEnd(json[u"end"_s], draft.cell);
    draft.text = {static_cast<EditForm>(form), decoded(json[u"text"_s]), json[u"compact"_s].toBool()};
    draft.time = std::chrono::system_clock::time_point(
        std::chrono::milliseconds(static_cast<std::int64_t>(json[u"time"_s].toDouble())));
    draft.decoders = json[u"decoders"_s].toString().toStdString();
    if ((version == decodedVersion) == draft.decoders.empty()) {
        return std::nullopt; // what its text means is not certain
    }
    return draft;
}

Error fileError(const QString& path, const QString& detail)
{
    return {ErrorKind::File, path, detail};
}

bool makeFolder(const QString& folder)
{
    if (QDir(folder).exists()) {
        return true;
    }
    return QDir().mkpath(folder)
        && QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

std::optional<Draft> readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile) {
        return std::nullopt;
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    return document.isObject() ? draftOf(document.object()) : std::nullopt;
}

} // namespace

DraftStore::DraftStore(QString folder)
    : m_folder(std::move(folder))
{
}

QString DraftStore::fileName(const DraftKey& key, const EditedCell& cell)
{
    const QByteArray element = digest(QByteArray::fromStdString(cellId(cell)));
    return QString::fromLatin1(profileDigest(key.profile) + '-' + keyDigest(key) + '-' + element + ".draft");
}

Status DraftStore::save(const Draft& draft) const
{
    if (!makeFolder(m_folder)) {
        return fileError(m_folder, QCoreApplication::translate("DraftStore", "The folder can't be made"));
    }
    QSaveFile file(m_folder + u'/' + fileName(draft.key, draft.cell));
    if (!file.open(QIODevice::WriteOnly)) {
        return fileError(file.fileName(), file.errorString());
    }
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner); // before there is anything in it
    return saveWhole(file, QJsonDocument(jsonOf(draft)).toJson(QJsonDocument::Compact));
}

Status DraftStore::remove(const DraftKey& key, const EditedCell& cell) const
{
    QFile file(m_folder + u'/' + fileName(key, cell));
    if (file.exists() && !file.remove()) {
        return fileError(file.fileName(), file.errorString());
    }
    return ok();
}

std::vector<Draft> DraftStore::of(const DraftKey& key) const
{
    auto all = matching(QString::fromLatin1(profileDigest(key.profile) + '-' + keyDigest(key) + "-*.draft"));
    std::erase_if(all, [&](const Draft& draft) { return draft.key != key; });
    return all;
}

std::vector<Draft> DraftStore::ofProfile(const std::string& profile) const
{
    auto all = matching(QString::fromLatin1(profileDigest(profile) + "-*.draft"));
    std::erase_if(all, [&](const Draft& draft) { return draft.key.profile != profile; });
    return all;
}

std::vector<Draft> DraftStore::matching(const QString& pattern) const
{
    std::vector<Draft> all;
    for (const QString& name : QDir(m_folder).entryList({pattern}, QDir::Files)) {
        if (auto draft = readFile(m_folder + u'/' + name)) {
            all.push_back(*std::move(draft));
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Draft& a, const Draft& b) { return a.time > b.time; });
    return all;
}

} // namespace keyglass
