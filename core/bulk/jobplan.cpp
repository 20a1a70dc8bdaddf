// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobplan.h"

#include "core/base/bytes.h"
#include "core/bulk/namemaker.h"
#include "core/console/consolerules.h"
#include "core/console/operationtemplate.h"
#include "core/source/commandtable.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>

namespace keyglass {

namespace {

using namespace Qt::StringLiterals;

constexpr int planVersion = 1;
constexpr int planVersionOfDatabases = 2; ///< An older program would read the databases over.

constexpr std::array kindNames{"all"_L1, "prefix"_L1, "glob"_L1, "exact"_L1, "file"_L1};
constexpr std::array modeNames{"at"_L1, "in"_L1, "add"_L1, "cap"_L1};
constexpr std::array collisionNames{"skip"_L1, "overwrite"_L1, "number"_L1};
constexpr std::array conflictNames{"skip"_L1, "replace"_L1, "fail"_L1};
constexpr std::array formatNames{"jsonl"_L1, "csv"_L1, "commands"_L1, "resp"_L1, "archive"_L1};
constexpr std::array paceNames{"gentle"_L1, "balanced"_L1, "full"_L1};

Error bad(const QString& what)
{
    return {ErrorKind::Input, QCoreApplication::translate("Bulk", "The plan"),
        QCoreApplication::translate("Bulk", "“%1” is missing, or says nothing that is known").arg(what)};
}

template <typename Enum, std::size_t size> QString nameOf(Enum value, const std::array<QLatin1StringView, size>& names)
{
    return names.at(static_cast<std::size_t>(value));
}

/// False where the name is none of them.
template <typename Enum, std::size_t size>
bool read(Enum& value, const QJsonObject& from, QLatin1StringView key, const std::array<QLatin1StringView, size>& names)
{
    const QString name = from.value(key).toString();
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
        return false;
    }
    value = static_cast<Enum>(found - names.begin());
    return true;
}

QJsonValue bytesJson(const std::string& bytes)
{
    const QByteArray raw = QByteArray::fromStdString(bytes);
    return isUtf8(bytes) ? QJsonValue(QString::fromUtf8(raw))
                         : QJsonValue(QJsonObject{{u"base64"_s, QString::fromLatin1(raw.toBase64())}});
}

std::string bytesFrom(const QJsonValue& value)
{
    return value.isObject()
        ? QByteArray::fromBase64(value.toObject().value("base64"_L1).toString().toLatin1()).toStdString()
        : value.toString().toStdString();
}

struct OperationWriter {
    QJsonObject& to;
    void operator()(const DeleteKeys&) const { }
    void operator()(const PersistKeys&) const { }
    void operator()(const ExpireKeys& expiry) const
    {
        to.insert("mode"_L1, nameOf(expiry.mode, modeNames));
        to.insert("ms"_L1, static_cast<qint64>(expiry.time.count()));
        to.insert("jitter_ms"_L1, static_cast<qint64>(expiry.jitter.count()));
    }
    void operator()(const RenameKeys& rename) const
    {
        to.insert("regex"_L1, rename.isRegex);
        to.insert("from"_L1, bytesJson(rename.from));
        to.insert("to"_L1, bytesJson(rename.to));
        to.insert("collision"_L1, nameOf(rename.collision, collisionNames));
    }
    void operator()(const CopyKeys& copy) const
    {
        to.insert("target"_L1, bytesJson(copy.target));
        to.insert("replace"_L1, copy.replaces);
        to.insert("move"_L1, copy.moves);
    }
    void operator()(const ExportKeys& exporting) const
    {
        to.insert("file"_L1, exporting.file);
        to.insert("format"_L1, nameOf(exporting.format, formatNames));
    }
    void operator()(const ImportKeys& import) const
    {
        to.insert("file"_L1, import.file);
        to.insert("format"_L1, nameOf(import.format, formatNames));
        to.insert("conflict"_L1, nameOf(import.conflict, conflictNames));
    }
    void operator()(const SetField& change) const
    {
        to.insert("field"_L1, bytesJson(change.field));
        to.insert("value"_L1, bytesJson(change.value));
    }
    void operator()(const RunTemplate& run) const { to.insert("template"_L1, bytesJson(run.operation)); }
};

Milliseconds msFrom(const QJsonObject& from, QLatin1StringView key)
{
    return Milliseconds{from.value(key).toInteger()};
}

std::optional<JobOperation> transferFrom(const QString& name, const QJsonObject& from)
{
    const QString file = from.value("file"_L1).toString();
    if (name == "export"_L1) {
        ExportKeys exporting{file, {}};
        return read(exporting.format, from, "format"_L1, formatNames) ? std::optional<JobOperation>(exporting)
                                                                      : std::nullopt;
    }
    if (name == "import"_L1) {
        ImportKeys import{file, {}, {}};
        const bool isRead = read(import.format, from, "format"_L1, formatNames)
            && read(import.conflict, from, "conflict"_L1, conflictNames);
        return isRead ? std::optional<JobOperation>(import) : std::nullopt;
    }
    if (name == "set-field"_L1) {
        return SetField{bytesFrom(from.value("field"_L1)), bytesFrom(from.value("value"_L1))};
    }
    if (name == "template"_L1) {
        return RunTemplate{bytesFrom(from.value("template"_L1))};
    }
    return std::nullopt;
}

std::optional<JobOperation> operationFrom(const QJsonObject& from)
{
    const QString name = from.value("name"_L1).toString();
    if (name == "delete"_L1) {
        return DeleteKeys{};
    }
    if (name == "persist"_L1) {
        return PersistKeys{};
    }
    if (name == "expire"_L1) {
        ExpireKeys expiry{{}, msFrom(from, "ms"_L1), msFrom(from, "jitter_ms"_L1)};
        return read(expiry.mode, from, "mode"_L1, modeNames) ? std::optional<JobOperation>(expiry) : std::nullopt;
    }
    if (name == "rename"_L1) {
        RenameKeys rename{from.value("regex"_L1).toBool(), bytesFrom(from.value("from"_L1)),
            bytesFrom(from.value("to"_L1)), Collision::Skip};
        return read(rename.collision, from, "collision"_L1, collisionNames) ? std::optional<JobOperation>(rename)
                                                                            : std::nullopt;
    }
    if (name == "copy"_L1) {
        return CopyKeys{
            bytesFrom(from.value("target"_L1)), from.value("replace"_L1).toBool(), from.value("move"_L1).toBool()};
    }
    return transferFrom(name, from);
}

Status checkOperation(const ExpireKeys& expiry)
{
    const Milliseconds now{QDateTime::currentMSecsSinceEpoch()};
    const bool isOver = expiry.mode == ExpireKeys::Mode::At
        ? expiry.time <= now
        : expiry.mode != ExpireKeys::Mode::Add && expiry.time <= Milliseconds{0};
    if (isOver || expiry.jitter < Milliseconds{0}) {
        return Error{ErrorKind::Input, QCoreApplication::translate("Bulk", "The time to live"),
            QCoreApplication::translate("Bulk", "It would be over already: that would delete the keys")};
    }
    return ok();
}

Status checkOperation(const RenameKeys& rename)
{
    if (!rename.isRegex) {
        return rename.from != rename.to
            ? ok()
            : Status(Error{ErrorKind::Input, QCoreApplication::translate("Bulk", "The new prefix"),
                  QCoreApplication::translate("Bulk", "It is the old one: no key would get another name")});
    }
    const QRegularExpression pattern(QString::fromLatin1(QByteArray::fromStdString(rename.from)));
    if (!pattern.isValid()) {
        return Error{ErrorKind::Input, displayText(rename.from), pattern.errorString()};
    }
    if (const int group = NameMaker::highestGroup(rename.to); group > pattern.captureCount()) {
        return Error{ErrorKind::Input, displayText(rename.to),
            QCoreApplication::translate("Bulk",
                "\\%1 stands for a group in parentheses, and the expression has %2: all keys would lose that part of "
                "their names")
                .arg(group)
                .arg(pattern.captureCount())};
    }
    return ok();
}

} // namespace

QJsonObject planJson(const JobPlan& plan)
{
    QJsonObject keys{{u"kind"_s, nameOf(plan.keys.kind, kindNames)}, {u"bytes"_s, bytesJson(plan.keys.bytes)},
        {u"type"_s, bytesJson(plan.keys.type)}};
    if (plan.keys.kind == KeyQuery::Kind::File) {
        keys.insert("file"_L1, plan.keys.file);
        keys.insert("raw_lines"_L1, plan.keys.hasRawLines);
    }
    QJsonObject operation{{u"name"_s, QString::fromStdString(std::string(operationName(plan.operation)))}};
    std::visit(OperationWriter{operation}, plan.operation);
    QJsonArray databases;
    for (const int database : plan.databases) {
        databases.append(database);
    }
    return QJsonObject{{u"keyglass_plan"_s, plan.databases.empty() ? planVersion : planVersionOfDatabases},
        {u"databases"_s, databases}, {u"keys"_s, keys}, {u"operation"_s, operation}, {u"database"_s, plan.database},
        {u"archive"_s, plan.archives}, {u"archive_file"_s, plan.archiveFile},
        {u"refuse_changed"_s, plan.refusesChanged}, {u"delete_unarchived"_s, plan.deletesUnarchived},
        {u"only_unchanged"_s, plan.onlyUnchanged}, {u"seen_file"_s, plan.seenFile},
        {u"rate"_s,
            plan.keysPerSecond ? QJsonValue(static_cast<qint64>(*plan.keysPerSecond)) : QJsonValue(QJsonValue::Null)},
        {u"pace"_s, nameOf(plan.pace, paceNames)}};
}

namespace {

/// Nothing else than numbers, each of them once: what is taken for another would be a job on other keys.
bool readDatabases(std::vector<int>& databases, const QJsonValue& from)
{
    if (!from.isUndefined() && !from.isArray()) {
        return false;
    }
    for (const QJsonValue each : from.toArray()) {
        const int number = each.toInt(-1);
        if (number < 0 || std::ranges::find(databases, number) != databases.end()) {
            return false;
        }
        databases.push_back(number);
    }
    return true;
}

} // namespace

namespace {

enum class MemberKind { Text, Bytes, Flag, Number, Rate, List, Object };
struct Member {
    QLatin1StringView name;
    MemberKind kind;
};
constexpr std::array planMembers{Member{"keyglass_plan"_L1, MemberKind::Number},
    Member{"databases"_L1, MemberKind::List}, Member{"keys"_L1, MemberKind::Object},
    Member{"operation"_L1, MemberKind::Object}, Member{"database"_L1, MemberKind::Number},
    Member{"archive"_L1, MemberKind::Flag}, Member{"archive_file"_L1, MemberKind::Text},
    Member{"refuse_changed"_L1, MemberKind::Flag}, Member{"delete_unarchived"_L1, MemberKind::Flag},
    Member{"only_unchanged"_L1, MemberKind::Flag}, Member{"seen_file"_L1, MemberKind::Text},
    Member{"rate"_L1, MemberKind::Rate}, Member{"pace"_L1, MemberKind::Text}};
constexpr std::array keyMembers{Member{"kind"_L1, MemberKind::Text}, Member{"bytes"_L1, MemberKind::Bytes},
    Member{"type"_L1, MemberKind::Bytes}, Member{"file"_L1, MemberKind::Text},
    Member{"raw_lines"_L1, MemberKind::Flag}};
constexpr std::array operationMembers{Member{"name"_L1, MemberKind::Text}, Member{"mode"_L1, MemberKind::Text},
    Member{"ms"_L1, MemberKind::Number}, Member{"jitter_ms"_L1, MemberKind::Number},
    Member{"regex"_L1, MemberKind::Flag}, Member{"from"_L1, MemberKind::Bytes}, Member{"to"_L1, MemberKind::Bytes},
    Member{"collision"_L1, MemberKind::Text}, Member{"target"_L1, MemberKind::Bytes},
    Member{"replace"_L1, MemberKind::Flag}, Member{"move"_L1, MemberKind::Flag}, Member{"file"_L1, MemberKind::Text},
    Member{"format"_L1, MemberKind::Text}, Member{"conflict"_L1, MemberKind::Text},
    Member{"field"_L1, MemberKind::Bytes}, Member{"value"_L1, MemberKind::Bytes},
    Member{"template"_L1, MemberKind::Bytes}};

bool isWhole(const QJsonValue& value)
{
    constexpr double exact = 9007199254740992.0; // a number of JSON holds no larger one
    const double number = value.toDouble();
    return value.isDouble() && number == std::floor(number) && std::abs(number) <= exact;
}

bool isOf(MemberKind kind, const QJsonValue& value)
{
    switch (kind) {
    case MemberKind::Text:
        return value.isString();
    case MemberKind::Bytes:
        return value.isString() || value.toObject().value("base64"_L1).isString();
    case MemberKind::Flag:
        return value.isBool();
    case MemberKind::Number:
        return isWhole(value);
    case MemberKind::Rate:
        return value.isNull() || (isWhole(value) && value.toDouble() >= 1);
    case MemberKind::List:
        return value.isArray();
    case MemberKind::Object:
        return value.isObject();
    }
    return false;
}

/// The first that is not known, or says something of another kind: what somebody has meant by it would not be done.
std::optional<QString> strangerIn(const QJsonObject& object, std::span<const Member> members)
{
    for (auto each = object.begin(); each != object.end(); ++each) {
        const auto known = std::ranges::find(members, each.key(), &Member::name);
        if (known == members.end() || !isOf(known->kind, each.value())) {
            return each.key();
        }
    }
    return std::nullopt;
}

} // namespace

Result<JobPlan> planFromJson(const QByteArray& text)
{
    QJsonParseError fault;
    QJsonObject object = QJsonDocument::fromJson(text, &fault).object();
    if (fault.error != QJsonParseError::NoError) {
        return Error{ErrorKind::Input, QCoreApplication::translate("Bulk", "The plan"),
            QCoreApplication::translate("Bulk", "It is no JSON, or cut off (byte %1: %2)")
                .arg(QString::number(fault.offset), fault.errorString())};
    }
    if (const QJsonValue within = object.value("plan"_L1); within.isObject() && object.contains("dry_run"_L1)) {
        object = within.toObject(); // all that a dry run has written
    }
    const int version = object.value("keyglass_plan"_L1).toInt();
    if (version != planVersion && version != planVersionOfDatabases) {
        return bad(u"keyglass_plan"_s);
    }
    if (const auto stranger = strangerIn(object, planMembers)) {
        return bad(*stranger);
    }
    JobPlan plan;
    const QJsonObject keys = object.value("keys"_L1).toObject();
    if (const auto stranger = strangerIn(keys, keyMembers)) {
        return bad(u"keys."_s + *stranger);
    }
    if (const auto stranger = strangerIn(object.value("operation"_L1).toObject(), operationMembers)) {
        return bad(u"operation."_s + *stranger);
    }
    if (!read(plan.keys.kind, keys, "kind"_L1, kindNames)) {
        return bad(u"keys.kind"_s);
    }
    plan.keys.bytes = bytesFrom(keys.value("bytes"_L1));
    const bool isPart = plan.keys.kind == KeyQuery::Kind::Prefix || plan.keys.kind == KeyQuery::Kind::Glob;
    const bool isOne = plan.keys.kind == KeyQuery::Kind::Exact;
    if ((isPart && plan.keys.bytes.empty()) || (isOne && !keys.contains("bytes"_L1))) {
        return bad(u"keys.bytes"_s); // no bytes would mean all keys
    }
    plan.keys.type = bytesFrom(keys.value("type"_L1));
    plan.keys.file = keys.value("file"_L1).toString();
    plan.keys.hasRawLines = keys.value("raw_lines"_L1).toBool();
    auto operation = operationFrom(object.value("operation"_L1).toObject());
    if (!operation) {
        return bad(u"operation"_s);
    }
    plan.operation = *std::move(operation);
    if (!read(plan.pace, object, "pace"_L1, paceNames)) {
        return bad(u"pace"_s);
    }
    plan.database = object.value("database"_L1).toInt(-1);
    if (plan.database < 0 && object.contains("database"_L1)) {
        return bad(u"database"_s);
    }
    plan.database = std::max(plan.database, 0);
    if (!readDatabases(plan.databases, object.value("databases"_L1))) {
        return bad(u"databases"_s);
    }
    plan.archives = object.value("archive"_L1).toBool(true);
    plan.archiveFile = object.value("archive_file"_L1).toString();
    plan.refusesChanged = object.value("refuse_changed"_L1).toBool();
    plan.deletesUnarchived = object.value("delete_unarchived"_L1).toBool();
    plan.onlyUnchanged = object.value("only_unchanged"_L1).toBool();
    plan.seenFile = object.value("seen_file"_L1).toString();
    if (const QJsonValue rate = object.value("rate"_L1); rate.isDouble() && rate.toInteger() > 0) {
        plan.keysPerSecond = static_cast<std::uint64_t>(rate.toInteger());
    }
    return plan;
}

namespace {

constexpr Milliseconds longestWait{5000}; ///< Of a template's command: for longer no lane waits unasked.

/// Of a plan for several databases. A copy goes from each to the one of the same number elsewhere.
Status checkDatabases(const JobPlan& plan)
{
    const auto* exporting = std::get_if<ExportKeys>(&plan.operation);
    const bool isFileOfOne = exporting && exporting->format != TransferFormat::Archive;
    if (!isFileOfOne && !std::holds_alternative<ImportKeys>(plan.operation)) {
        return ok();
    }
    return Error{ErrorKind::Unsupported, QCoreApplication::translate("Bulk", "Several databases"),
        isFileOfOne ? QCoreApplication::translate("Bulk",
                          "Such a file does not tell which database a key is of. Export to an archive, or each "
                          "database by itself")
                    : QCoreApplication::translate(
                          "Bulk", "Their keys would come together in one. Choose the databases one after the other")};
}

} // namespace

Status checkPlan(const JobPlan& plan)
{
    if (!plan.databases.empty()) {
        if (Status several = checkDatabases(plan); !several) {
            return several;
        }
    }
    if (const auto* expiry = std::get_if<ExpireKeys>(&plan.operation)) {
        return checkOperation(*expiry);
    }
    if (const auto* rename = std::get_if<RenameKeys>(&plan.operation)) {
        return checkOperation(*rename);
    }
    const auto* exporting = std::get_if<ExportKeys>(&plan.operation);
    const auto* import = std::get_if<ImportKeys>(&plan.operation);
    if ((exporting && exporting->file.isEmpty()) || (import && import->file.isEmpty())) {
        return bad(u"file"_s);
    }
    if (const auto* run = std::get_if<RunTemplate>(&plan.operation)) {
        auto parsed = OperationTemplate::parse(
            run->operation, OperationTemplate::Mode::ForEach, std::nullopt, *CommandTable::builtIn());
        return parsed ? checkForOperation(parsed->sample(), longestWait) : Status(parsed.error());
    }
    return ok();
}

} // namespace keyglass
