// SPDX-License-Identifier: GPL-3.0-or-later
// The file of a result set.
//
//   8 bytes   "KGKEYSET"
//   4 bytes   version of the format, lowest byte first, as all numbers here
//   4 bytes   length n of the text
//   8 bytes   checksum of the text
//   n bytes   text: one JSON object with what the set says of itself, the length and the checksum of the keys
//   the rest  the keys: front-coded (frontcoding.h), in one zstd frame with a checksum of its own
//
// The text stands uncompressed in front, so that a list of sets reads some hundred bytes of each.
#include "core/results/resultheader.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view magic = "KGKEYSET";
constexpr std::uint64_t formatVersion = 1;
constexpr std::size_t fixedBytes = 24;
/// Far more than a name, a pattern and the conditions ever take; what is longer is not ours.
constexpr std::uint64_t longestText = 1024 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("ResultFile", text);
}

void appendNumber(QByteArray& out, std::uint64_t number, int bytes)
{
    for (int at = 0; at < bytes; ++at) {
        out.append(static_cast<char>(number >> (8 * at)));
    }
}

std::uint64_t numberAt(const QByteArray& bytes, qsizetype from, int count)
{
    std::uint64_t number = 0;
    for (int at = 0; at < count; ++at) {
        number |= std::uint64_t{static_cast<unsigned char>(bytes[from + at])} << (8 * at);
    }
    return number;
}

/// Numbers of 64 bits don't fit into those of JSON, and these are always as long.
QString hex(std::uint64_t number)
{
    return QString::number(number, 16).rightJustified(16, u'0');
}

std::uint64_t fromHex(const QJsonValue& value)
{
    return value.toString().toULongLong(nullptr, 16);
}

std::uint64_t checksumOf(const QByteArray& text)
{
    Checksum sum;
    sum.add({text.constData(), static_cast<std::size_t>(text.size())});
    return sum.value();
}

QJsonArray jsonOf(const std::vector<int>& numbers)
{
    QJsonArray array;
    for (const int number : numbers) {
        array.append(number);
    }
    return array;
}

QJsonObject textOf(const ResultHeader& header)
{
    const ResultSetInfo& info = header.info;
    return QJsonObject{
        {u"name"_s, info.name},
        {u"profileId"_s, info.profileId},
        {u"profileName"_s, info.profileName},
        {u"databases"_s, jsonOf(info.databases)},
        {u"pattern"_s, info.pattern},
        {u"patternKind"_s, info.patternKind},
        {u"type"_s, info.type},
        {u"conditions"_s, info.conditions},
        {u"find"_s, info.find},
        {u"selection"_s, info.isSelection},
        {u"truncated"_s, info.isTruncated},
        {u"partialNodes"_s, QJsonArray::fromStringList(info.partialNodes)},
        {u"taken"_s, info.taken.toUTC().toString(Qt::ISODateWithMs)},
        {u"keys"_s, hex(info.keys)},
        {u"bodyBytes"_s, hex(header.bodyBytes)},
        {u"bodyChecksum"_s, hex(header.bodyChecksum)},
    };
}

ResultHeader headerOf(const QJsonObject& text)
{
    ResultHeader header;
    ResultSetInfo& info = header.info;
    info.name = text[u"name"_s].toString();
    info.profileId = text[u"profileId"_s].toString();
    info.profileName = text[u"profileName"_s].toString();
    info.databases.clear();
    for (const QJsonValue database : text[u"databases"_s].toArray()) {
        info.databases.push_back(database.toInt());
    }
    if (info.databases.empty()) {
        info.databases.push_back(0);
    }
    info.pattern = text[u"pattern"_s].toString();
    info.patternKind = text[u"patternKind"_s].toString();
    info.type = text[u"type"_s].toString();
    info.conditions = text[u"conditions"_s].toString();
    info.find = text[u"find"_s].toString();
    info.isSelection = text[u"selection"_s].toBool();
    info.isTruncated = text[u"truncated"_s].toBool();
    for (const QJsonValue node : text[u"partialNodes"_s].toArray()) {
        info.partialNodes << node.toString();
    }
    info.taken = QDateTime::fromString(text[u"taken"_s].toString(), Qt::ISODateWithMs);
    info.keys = fromHex(text[u"keys"_s]);
    header.bodyBytes = fromHex(text[u"bodyBytes"_s]);
    header.bodyChecksum = fromHex(text[u"bodyChecksum"_s]);
    return header;
}

/// What stands before the text, once it is known to be ours.
struct Fixed {
    std::uint64_t textLength = 0;
    std::uint64_t textChecksum = 0;
};

Result<Fixed> readFixed(QFile& file)
{
    const QByteArray bytes = file.read(static_cast<qint64>(fixedBytes));
    if (bytes.size() < static_cast<qsizetype>(fixedBytes)) {
        return resultFileError(file.fileName(), tr("It is cut off."));
    }
    if (!bytes.startsWith(QByteArrayView(magic.data(), static_cast<qsizetype>(magic.size())))) {
        return resultFileError(file.fileName(), tr("It is no set of keys, or its beginning is damaged."));
    }
    constexpr qsizetype versionAt = 8;
    constexpr qsizetype lengthAt = 12;
    constexpr qsizetype checksumAt = 16;
    if (numberAt(bytes, versionAt, 4) != formatVersion) {
        Error newer = resultFileError(file.fileName(), tr("Another version of Keyglass wrote it."));
        newer.kind = ErrorKind::Unsupported;
        return newer;
    }
    const Fixed fixed{numberAt(bytes, lengthAt, 4), numberAt(bytes, checksumAt, 8)};
    if (fixed.textLength > longestText) {
        return resultFileError(file.fileName(), tr("It is damaged."));
    }
    return fixed;
}

} // namespace

void Checksum::add(std::string_view bytes)
{
    constexpr std::uint64_t prime = 0x100000001B3U;
    std::uint64_t value = m_value;
    for (const char byte : bytes) {
        value = (value ^ static_cast<unsigned char>(byte)) * prime;
    }
    m_value = value;
}

Error resultFileError(const QString& path, const QString& what)
{
    return {ErrorKind::File, path, what};
}

QByteArray headerBytes(const ResultHeader& header)
{
    const QByteArray text = QJsonDocument(textOf(header)).toJson(QJsonDocument::Compact);
    QByteArray bytes(magic.data(), static_cast<qsizetype>(magic.size()));
    appendNumber(bytes, formatVersion, 4);
    appendNumber(bytes, static_cast<std::uint64_t>(text.size()), 4);
    appendNumber(bytes, checksumOf(text), 8);
    return bytes + text;
}

Result<ResultHeader> readHeader(QFile& file)
{
    const auto fixed = readFixed(file);
    if (!fixed) {
        return fixed.error();
    }
    const QByteArray text = file.read(static_cast<qint64>(fixed->textLength));
    const auto read = static_cast<std::uint64_t>(text.size());
    if (read < fixed->textLength) {
        return resultFileError(file.fileName(), tr("It is cut off."));
    }
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (checksumOf(text) != fixed->textChecksum || !document.isObject()) {
        return resultFileError(file.fileName(), tr("Its beginning is damaged."));
    }
    ResultHeader header = headerOf(document.object());
    header.begin = fixedBytes + read;
    header.info.file = QFileInfo(file.fileName()).fileName();
    header.info.size = ByteCount{static_cast<std::uint64_t>(file.size())};
    if (header.info.size.value - header.begin != header.bodyBytes) {
        return resultFileError(file.fileName(),
            header.info.size.value - header.begin < header.bodyBytes
                ? tr("The set “%1” is cut off: %2 of %3 are there.")
                      .arg(header.info.name, sizeText(header.info.size),
                          sizeText(ByteCount{header.begin + header.bodyBytes}))
                : tr("The set “%1” is damaged: the file is longer than it says.").arg(header.info.name));
    }
    return header;
}

} // namespace keyglass
