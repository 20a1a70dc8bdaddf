// SPDX-License-Identifier: GPL-3.0-or-later
// The undo archive.
//
// What is about to be destroyed is written here first, and nothing is destroyed before it is on the disk. So the file
// has to be right after each fsync, whatever happens to the program, the machine or the file's end.
//
//   8 bytes   "KGUNDO\r\n"
//   4 bytes   version of the format (1; 2: sealed; 3 and 4: the same, with keys in parts), lowest byte first, as all
//             numbers here
//   4 bytes   length n of the text
//   4 bytes   CRC-32C of the text
//   4 bytes   CRC-32C of these first 20 bytes
//   n bytes   text: one JSON object with what the archive says of itself, and the file's mark;
//             how it is sealed, where it is
//   then frames, each
//     4 bytes   0xF1 "KGF"
//     8 bytes   the file's mark
//     4 bytes   number of the frame, from 0
//     4 bytes   length of what follows, compressed
//     4 bytes   the same, not compressed; of the end, how many records there are in all
//     4 bytes   how many records; of the end, how many of all records supersede others, or stand aside
//     4 bytes   0: records, 1: the end
//     4 bytes   CRC-32C of these first 32 bytes
//     one zstd frame with a checksum of its own (sealed, where the file is), of records one after the other, each
//       4 bytes   length of its body
//       4 bytes   CRC-32C of its body
//       body      kind (1), reason (1), flags (1), then as varints the database, the type's length, the key's length;
//                 when it ends as 8 bytes of Unix milliseconds (-1: never); type, key, and to the end what DUMP
//                 answered; of a part, behind the key's length also the number of its set and its own. Flags: 1: it
//                 supersedes an earlier one of its key; 2: it stands aside, and never counts; of a part, 4: it is the
//                 last one; 8: its set is given up
//
// How it works. One frame is what one fsync covers. Records of many threads are gathered while the fsync before is
// running, so that a slow disk makes frames larger instead of making deletes wait one after the other.
//
// Keys in parts. What is too large for one DUMP stands in many records (kind 1), one part each: what who reads and
// makes keys by parts wrote, which is nothing to this file. The parts of one reading of a key have the number of their
// set, and stand in order, but records of other keys may stand between them. Only the last one makes them a key, and
// only it counts as a record; a set without it, or with one missing, is no key. It was not deleted then: that waits for
// the last one. What was read in vain, as the key changed meanwhile, ends with a part that says so. The version of the
// format is raised, in place and on the disk, before the first such record is written: a program that would take them
// for damage says that it can't read the file instead.
//
// What if the end is missing (a killed program, a full disk, power lost): all frames before are whole. Of a frame that
// is cut, those zstd blocks that are there are unpacked, and each record whose checksum is right is given: the file is
// readable up to its last whole record. Nothing of a frame without its fsync has been deleted, so this is more than is
// needed. The frame of the end tells a finished archive from one whose writer was killed.
//
// What if the middle is damaged: a frame with a wrong checksum costs its own records from there on; the next frame is
// found by its mark. The mark is random, so that no value that somebody stored can look like a frame of this file.
//
// Sealing. A key is made of a passphrase by Argon2id. Each frame is a stream of its own, in pieces of 64 KB, bound to
// the header of its frame: no frame can be changed, moved or taken from another file, and damage costs what it costs
// elsewhere. What the archive says of itself stays readable, so that it can be listed; names and values of keys do not.
// That frames were cut off the end can't be told from a writer that was killed.
//
// Limits: a record below 1 GB (what a DUMP can bring is far less: a lane's cap on replies), a frame below 4 GB; both
// are checked before anything is allocated by them.
#include "core/bulk/archiveformat.h"

#include "core/bulk/crc32c.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace keyglass {

using namespace Qt::StringLiterals;

std::string_view undoReasonName(UndoReason reason)
{
    switch (reason) {
    case UndoReason::Deleted:
        return "deleted";
    case UndoReason::Overwritten:
        return "overwritten";
    case UndoReason::ExpiryChanged:
        return "expiry_changed";
    }
    return "unknown";
}

const std::vector<std::string>& undoCommands()
{
    static const std::vector<std::string> all{
        "RESTORE", "PEXPIREAT", "PERSIST", "UNLINK", "DEL", "EVAL", "RENAME", "RENAMENX"};
    return all;
}

namespace archiveformat {

namespace {

constexpr std::string_view magic = "KGUNDO\r\n";
constexpr std::string_view frameMagic = "\xF1KGF";
constexpr std::uint32_t plainVersion = 1;
constexpr std::uint32_t sealedVersion = 2;
constexpr std::uint32_t moreWithParts = 2; ///< Is added to either.
/// Far more than names ever take; what is longer is not ours.
constexpr std::uint32_t longestText = 1024 * 1024;
/// Of a record: a value as DUMP gives it, or a part of one. Other kinds may come.
constexpr char dumpKind = 0;
constexpr char partKind = 1;
constexpr char supersedesFlag = 1;
constexpr char asideFlag = 2;
constexpr char lastFlag = 4;
constexpr char abandonedFlag = 8;
constexpr std::size_t versionPlace = 8;
constexpr std::size_t checksumPlace = 20;
constexpr std::int64_t never = -1;

QString tr(const char* text)
{
    return QCoreApplication::translate("UndoArchive", text);
}

template <typename Bytes> void appendNumber(Bytes& out, std::uint64_t number, int bytes)
{
    for (int at = 0; at < bytes; ++at) {
        out.push_back(static_cast<char>(number >> (8 * at)));
    }
}

std::uint64_t numberAt(std::string_view bytes, std::size_t from, std::size_t count)
{
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < count; ++at) {
        number |= std::uint64_t{static_cast<unsigned char>(bytes[from + at])} << (8 * at);
    }
    return number;
}

std::uint32_t number32At(std::string_view bytes, std::size_t from)
{
    return static_cast<std::uint32_t>(numberAt(bytes, from, 4));
}

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

void appendVarint(std::string& out, std::uint64_t number)
{
    for (; number >= 0x80U; number >>= 7U) {
        out.push_back(static_cast<char>(number | 0x80U));
    }
    out.push_back(static_cast<char>(number));
}

/// Takes numbers and bytes from the front of a record's body.
class BodyParser {
public:
    explicit BodyParser(std::string_view bytes)
        : m_rest(bytes)
    {
    }
    std::uint64_t varint()
    {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(take(1).empty() ? '\0' : m_taken.front());
            number |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80U) {
                return number;
            }
        }
        m_isGood = false;
        return 0;
    }
    std::string_view take(std::uint64_t count)
    {
        if (count > m_rest.size()) {
            m_isGood = false;
            count = 0;
        }
        m_taken = m_rest.substr(0, static_cast<std::size_t>(count));
        m_rest.remove_prefix(m_taken.size());
        return m_taken;
    }
    [[nodiscard]] std::string_view rest() const { return m_rest; }
    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    std::string_view m_rest;
    std::string_view m_taken;
    bool m_isGood = true;
};

QJsonObject sealJson(const SealTerms& seal)
{
    return {
        {u"kdf"_s, u"argon2id"_s},
        {u"salt"_s, QString::fromLatin1(seal.salt.toHex())},
        {u"passes"_s, static_cast<qint64>(seal.passes)},
        {u"memory"_s, static_cast<qint64>(seal.memory)},
        {u"proof"_s, QString::fromLatin1(seal.proof.toHex())},
    };
}

SealTerms sealOf(const QJsonObject& json)
{
    return {QByteArray::fromHex(json[u"salt"_s].toString().toLatin1()),
        static_cast<std::uint64_t>(json[u"passes"_s].toInteger()),
        static_cast<std::uint64_t>(json[u"memory"_s].toInteger()),
        QByteArray::fromHex(json[u"proof"_s].toString().toLatin1())};
}

QJsonObject textOf(const ArchiveInfo& info, FileMark mark)
{
    QJsonArray databases;
    for (const int database : info.databases) {
        databases.append(database);
    }
    QJsonObject text{
        {u"connection"_s, info.connection},
        {u"server"_s, info.server},
        {u"runId"_s, info.runId},
        {u"job"_s, info.job},
        {u"databases"_s, databases},
        {u"created"_s, info.created.toUTC().toString(Qt::ISODateWithMs)},
        {u"mark"_s, QString::number(mark, 16)},
    };
    if (!info.plan.isEmpty()) {
        text[u"plan"_s] = info.plan;
    }
    return text;
}

ArchiveInfo infoOf(const QJsonObject& text)
{
    ArchiveInfo info;
    info.connection = text[u"connection"_s].toString();
    info.server = text[u"server"_s].toString();
    info.runId = text[u"runId"_s].toString();
    info.job = text[u"job"_s].toString();
    info.plan = text[u"plan"_s].toString();
    info.databases.clear();
    for (const QJsonValue database : text[u"databases"_s].toArray()) {
        info.databases.push_back(database.toInt());
    }
    info.created = QDateTime::fromString(text[u"created"_s].toString(), Qt::ISODateWithMs);
    return info;
}

char flagsOf(const UndoRecordView& record)
{
    const bool isLast = record.part && record.part->isLast;
    const bool isAbandoned = record.part && record.part->isAbandoned;
    return static_cast<char>((record.supersedes ? supersedesFlag : 0) | (record.isAside ? asideFlag : 0)
        | (isLast ? lastFlag : 0) | (isAbandoned ? abandonedFlag : 0));
}

std::string frameBeginning(FileMark mark)
{
    std::string bytes(frameMagic);
    appendNumber(bytes, mark, 8);
    return bytes;
}

} // namespace

Error fileError(const QString& path, const QString& what)
{
    return {ErrorKind::File, path, what};
}

QByteArray fileHeaderBytes(const ArchiveInfo& info, FileMark mark, const std::optional<SealTerms>& seal)
{
    QJsonObject object = textOf(info, mark);
    if (seal) {
        object[u"seal"_s] = sealJson(*seal);
    }
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    QByteArray bytes(magic.data(), static_cast<qsizetype>(magic.size()));
    appendNumber(bytes, seal ? sealedVersion : plainVersion, 4);
    appendNumber(bytes, static_cast<std::uint64_t>(text.size()), 4);
    appendNumber(bytes, crc32c(viewOf(text)), 4);
    appendNumber(bytes, crc32c(viewOf(bytes)), 4);
    return bytes + text;
}

QByteArray fixedBytesWithParts(const QByteArray& fixed)
{
    const std::string_view before = viewOf(fixed);
    const std::uint32_t version = number32At(before, versionPlace);
    QByteArray bytes = fixed.first(static_cast<qsizetype>(versionPlace));
    appendNumber(bytes, version <= sealedVersion ? version + moreWithParts : version, 4);
    bytes += fixed.mid(bytes.size(), static_cast<qsizetype>(checksumPlace) - bytes.size());
    appendNumber(bytes, crc32c(viewOf(bytes)), 4);
    return bytes;
}

Result<Fixed> parseFixed(const QByteArray& bytes, const QString& path)
{
    const std::string_view view = viewOf(bytes);
    if (view.size() < fixedBytes) {
        return fileError(path, tr("It is cut off before its first key."));
    }
    if (!view.starts_with(magic)) {
        return fileError(path, tr("It is no undo archive."));
    }
    if (number32At(view, checksumPlace) != crc32c(view.substr(0, checksumPlace))) {
        return fileError(path, tr("Its beginning is damaged."));
    }
    if (const std::uint32_t version = number32At(view, versionPlace);
        version < plainVersion || version > sealedVersion + moreWithParts) {
        Error newer = fileError(path, tr("Another version of Keyglass wrote it."));
        newer.kind = ErrorKind::Unsupported;
        return newer;
    }
    const Fixed fixed{number32At(view, 12), number32At(view, 16)};
    return fixed.textLength <= longestText ? Result<Fixed>(fixed)
                                           : Result<Fixed>(fileError(path, tr("Its beginning is damaged.")));
}

Result<FileHeader> parseFileHeader(const Fixed& fixed, const QByteArray& text, const QString& path)
{
    if (viewOf(text).size() < fixed.textLength) {
        return fileError(path, tr("It is cut off before its first key."));
    }
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (crc32c(viewOf(text)) != fixed.textChecksum || !document.isObject()) {
        return fileError(path, tr("Its beginning is damaged."));
    }
    FileHeader header;
    header.info = infoOf(document.object());
    header.mark = document.object()[u"mark"_s].toString().toULongLong(nullptr, 16);
    if (const QJsonValue seal = document.object()[u"seal"_s]; seal.isObject()) {
        header.seal = sealOf(seal.toObject());
    }
    header.bytes = fixedBytes + fixed.textLength;
    return header;
}

void appendFrameHeader(const FrameHeader& header, FileMark mark, std::string& out)
{
    std::string bytes = frameBeginning(mark);
    appendNumber(bytes, header.number, 4);
    appendNumber(bytes, header.compressed, 4);
    appendNumber(bytes, header.raw, 4);
    appendNumber(bytes, header.records, 4);
    appendNumber(bytes, static_cast<std::uint32_t>(header.kind), 4);
    appendNumber(bytes, crc32c(bytes), 4);
    out += bytes;
}

std::optional<FrameHeader> parseFrameHeader(std::string_view bytes, FileMark mark)
{
    if (bytes.size() < frameHeaderBytes || !bytes.starts_with(frameBeginning(mark))
        || number32At(bytes, 32) != crc32c(bytes.substr(0, 32))) {
        return std::nullopt;
    }
    return FrameHeader{number32At(bytes, 28) == 0 ? FrameKind::Records : FrameKind::End, number32At(bytes, 12),
        number32At(bytes, 16), number32At(bytes, 20), number32At(bytes, 24)};
}

std::size_t findFrame(std::string_view bytes, FileMark mark)
{
    return bytes.find(frameBeginning(mark));
}

void appendRecord(const UndoRecordView& record, std::string& out)
{
    const std::size_t begin = out.size();
    out.append(recordHeaderBytes, '\0');
    out.push_back(record.part ? partKind : dumpKind);
    out.push_back(static_cast<char>(record.reason));
    out.push_back(flagsOf(record));
    appendVarint(out, static_cast<std::uint64_t>(record.database));
    appendVarint(out, record.type.size());
    appendVarint(out, record.key.size());
    if (record.part) {
        appendVarint(out, record.part->set);
        appendVarint(out, record.part->number);
    }
    appendNumber(out, static_cast<std::uint64_t>(record.expireAt ? record.expireAt->count() : never), 8);
    out.append(record.type).append(record.key).append(record.dump);
    const std::string_view body = std::string_view(out).substr(begin + recordHeaderBytes);
    std::string header;
    appendNumber(header, body.size(), 4);
    appendNumber(header, crc32c(body), 4);
    out.replace(begin, recordHeaderBytes, header);
}

std::size_t recordBytesAtMost(const UndoRecordView& record)
{
    constexpr std::size_t fixed = 3 + 8; // kind, reason, flags, and the end
    constexpr std::size_t longestNumber = 10;
    return recordHeaderBytes + fixed + 5 * longestNumber + record.type.size() + record.key.size() + record.dump.size();
}

RecordHeader parseRecordHeader(std::string_view bytes)
{
    return {number32At(bytes, 0), number32At(bytes, 4)};
}

bool parseRecord(const RecordHeader& header, std::string_view body, UndoRecord& record, std::optional<RecordPart>& part)
{
    if (crc32c(body) != header.checksum) {
        return false;
    }
    BodyParser parser(body);
    const std::string_view first = parser.take(3);
    if (first.size() < 3 || (first[0] != dumpKind && first[0] != partKind)
        || static_cast<unsigned char>(first[1]) > static_cast<unsigned char>(UndoReason::ExpiryChanged)) {
        return false;
    }
    record.reason = static_cast<UndoReason>(first[1]);
    record.supersedes = (first[2] & supersedesFlag) != 0;
    record.isAside = (first[2] & asideFlag) != 0;
    const std::uint64_t database = parser.varint();
    const std::uint64_t typeLength = parser.varint();
    const std::uint64_t keyLength = parser.varint();
    part.reset();
    if (first[0] == partKind) {
        part = RecordPart{parser.varint(), 0, (first[2] & lastFlag) != 0, (first[2] & abandonedFlag) != 0};
        part->number = static_cast<std::uint32_t>(parser.varint());
    }
    record.place = {};
    const std::string_view end = parser.take(8);
    record.type = parser.take(typeLength);
    record.key = parser.take(keyLength);
    record.dump = parser.rest();
    if (!parser.isGood() || database > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) {
        return false;
    }
    record.database = static_cast<int>(database);
    const auto at = static_cast<std::int64_t>(numberAt(end, 0, end.size()));
    record.expireAt = at < 0 ? std::nullopt : std::optional(Milliseconds{at});
    return true;
}

} // namespace archiveformat

} // namespace keyglass
