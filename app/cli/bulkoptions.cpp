// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bulkoptions.h"

#include "core/base/bytes.h"
#include "core/scan/keypattern.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <array>
#include <charconv>
#include <utility>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Error bad(const char* option, const QString& why)
{
    return {ErrorKind::Input, QString::fromLatin1(option), why};
}

/// A file that a plan names, which may be run from another folder later.
QString fileNamed(const std::string& path)
{
    return QFileInfo(QString::fromLocal8Bit(QByteArray::fromStdString(path))).absoluteFilePath();
}

struct Unit {
    std::string_view name;
    std::int64_t ms;
};
constexpr std::array units{
    Unit{"ms", 1}, Unit{"s", 1000}, Unit{"", 1000}, Unit{"m", 60'000}, Unit{"h", 3'600'000}, Unit{"d", 86'400'000}};

/// The time of an option; an error names both.
Result<Milliseconds> timeIn(const char* option, const std::string& text, bool mayBeNegative)
{
    auto time = durationOf(text, mayBeNegative);
    if (!time) {
        Error error = std::move(time).error();
        error.subject = QString(QString::fromLatin1(option) + u' ' + displayText(text)).trimmed();
        return error;
    }
    return time;
}

/// A point in time: seconds since 1970, or ISO 8601.
Result<Milliseconds> timeOf(const std::string& text)
{
    std::int64_t seconds = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    constexpr std::int64_t latest = 253'402'300'799; // of the year 9999
    if (failure == std::errc() && end == text.data() + text.size() && seconds >= 0 && seconds <= latest) {
        return Milliseconds{seconds * 1000};
    }
    const QDateTime time = QDateTime::fromString(QString::fromStdString(text), Qt::ISODateWithMs);
    if (!time.isValid()) {
        return bad("--at", tr("It takes seconds since 1970, or a time like 2027-01-31T12:00:00Z"));
    }
    return Milliseconds{time.toMSecsSinceEpoch()};
}

Result<JobOperation> expiryOf(const Options& options)
{
    constexpr std::array modes{std::pair{"--at", ExpireKeys::Mode::At}, std::pair{"--ttl", ExpireKeys::Mode::In},
        std::pair{"--add", ExpireKeys::Mode::Add}, std::pair{"--cap", ExpireKeys::Mode::Cap}};
    std::optional<ExpireKeys> expiry;
    for (const auto& [name, mode] : modes) {
        const auto text = options.value(name);
        if (!text) {
            continue;
        }
        if (expiry) {
            return bad(name, tr("Give one of --ttl, --at, --add and --cap"));
        }
        const auto time =
            mode == ExpireKeys::Mode::At ? timeOf(*text) : timeIn(name, *text, mode == ExpireKeys::Mode::Add);
        if (!time) {
            return Error(time.error());
        }
        expiry = ExpireKeys{mode, *time, Milliseconds{0}};
    }
    if (!expiry) {
        return bad("bulk expire", tr("It needs one of --ttl, --at, --add and --cap"));
    }
    if (const auto jitter = options.value("--jitter")) {
        const auto time = timeIn("--jitter", *jitter, false);
        if (!time) {
            return time.error();
        }
        expiry->jitter = *time;
    }
    return JobOperation(*expiry);
}

Result<JobOperation> renameOf(const Options& options)
{
    RenameKeys rename;
    const auto regex = options.value("--regex");
    const auto to = options.value("--to");
    if (!to || (!regex && !options.has("--prefix"))) {
        return bad("bulk rename", tr("It needs --prefix P --to Q, or --regex R --to TEXT"));
    }
    rename.isRegex = regex.has_value();
    rename.from = regex ? *regex : options.value("--prefix").value_or(std::string());
    rename.to = *to;
    const auto collision = options.choice("--collision", {"skip", "overwrite", "number"}, 0);
    if (!collision) {
        return collision.error();
    }
    rename.collision = static_cast<Collision>(*collision);
    return JobOperation(std::move(rename));
}

Result<JobOperation> copyOf(const Options& options)
{
    int places = 0;
    for (const char* name : {"--to-uri", "--to-profile", "--to-db"}) {
        places += options.has(name) ? 1 : 0;
    }
    if (places == 0) {
        return bad("bulk copy", tr("It needs --to-uri URI, --to-profile NAME or --to-db N"));
    }
    if (places > 1) {
        return bad("bulk copy", tr("Give one of --to-uri, --to-profile and --to-db"));
    }
    CopyKeys copy;
    copy.replaces = options.has("--replace");
    copy.moves = options.has("--move");
    return JobOperation(std::move(copy));
}

/// The file of an export or an import, and its format: by its end, where no other is said.
Result<std::pair<QString, TransferFormat>> transferFile(const Options& options, const char* command)
{
    const auto file = options.value("--file");
    if (!file || file->empty()) {
        return bad(command, tr("It needs --file FILE"));
    }
    const QString path = fileNamed(*file);
    const auto format = options.choice("--format", {"jsonl", "csv", "commands", "resp", "archive"}, 0);
    if (!format) {
        return format.error();
    }
    if (options.has("--format")) {
        return std::pair(path, static_cast<TransferFormat>(*format));
    }
    const auto byName = formatOfFile(path);
    if (!byName) {
        return bad("--format", tr("The file's name does not tell its format: jsonl, csv, commands, resp or archive"));
    }
    return std::pair(path, *byName);
}

Result<JobOperation> exportOf(const Options& options)
{
    auto file = transferFile(options, "bulk export");
    return file ? Result<JobOperation>(JobOperation(ExportKeys{file->first, file->second})) : std::move(file).error();
}

Result<JobOperation> importOf(const Options& options)
{
    auto file = transferFile(options, "bulk import");
    const auto conflict = options.choice("--conflict", {"skip", "replace", "fail"}, 0);
    if (!file || !conflict) {
        return file ? conflict.error() : file.error();
    }
    return JobOperation(ImportKeys{file->first, file->second, static_cast<ImportConflict>(*conflict)});
}

Result<JobOperation> setFieldOf(const Options& options)
{
    const auto field = options.value("--field");
    const auto value = options.value("--value");
    if (!field || !value) {
        return bad("bulk set-field", tr("It needs --field FIELD and --value VALUE"));
    }
    return JobOperation(SetField{*field, *value});
}

Result<JobOperation> templateOf(const Options& options)
{
    const auto command = options.value("--command");
    if (!command) {
        return bad("bulk template", tr("It needs --command 'COMMAND *', with * where the key goes"));
    }
    return JobOperation(RunTemplate{*command});
}

} // namespace

Result<Milliseconds> durationOf(std::string_view text, bool mayBeNegative)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view name = text.substr(static_cast<std::size_t>(end - text.data()));
    constexpr std::int64_t longest = 36'500LL * 86'400'000; // a hundred years
    for (const Unit& unit : units) {
        const bool isMeant = failure == std::errc() && name == unit.name && (mayBeNegative || number > 0);
        if (isMeant && std::abs(number) <= longest / unit.ms) {
            return Milliseconds{number * unit.ms};
        }
    }
    return Error{ErrorKind::Input, displayText(text), tr("A time is a number with ms, s, m, h or d behind it")};
}

std::vector<OptionSpec> keyOptions()
{
    return {
        {"--prefix"}, {"--pattern"}, {"--key"}, {"--keys-file"}, {"--raw-lines", false}, {"--all", false}, {"--type"}};
}

Result<KeyQuery> keysOf(const Options& options)
{
    int ways = 0;
    for (const char* name : {"--prefix", "--pattern", "--key", "--keys-file", "--all"}) {
        ways += options.has(name) ? 1 : 0;
    }
    if (ways != 1) {
        return Error{
            ErrorKind::Input, tr("The keys"), tr("Give one of --prefix, --pattern, --key, --keys-file and --all")};
    }
    KeyQuery keys;
    keys.type = options.value("--type").value_or(std::string());
    if (const auto prefix = options.value("--prefix")) {
        keys.kind = KeyQuery::Kind::Prefix;
        keys.bytes = *prefix;
    } else if (const auto key = options.value("--key")) {
        keys.kind = KeyQuery::Kind::Exact;
        keys.bytes = *key;
    } else if (const auto file = options.value("--keys-file")) {
        keys.kind = KeyQuery::Kind::File;
        keys.file = fileNamed(*file);
        keys.hasRawLines = options.has("--raw-lines");
        if (!keys.type.empty()) {
            return bad("--type", tr("It goes with keys that are scanned for, not with --keys-file"));
        }
    } else if (const auto text = options.value("--pattern")) {
        const auto pattern = KeyPattern::fromText(*text);
        if (!pattern) {
            return pattern.error();
        }
        keys.kind = pattern->kind() == KeyPattern::Kind::Glob ? KeyQuery::Kind::Glob : KeyQuery::Kind::Prefix;
        keys.bytes = pattern->bytes();
    }
    if (keys.kind == KeyQuery::Kind::Prefix && keys.bytes.empty()) {
        return Error{ErrorKind::Input, tr("The prefix"), tr("It is empty; all keys are meant by --all")};
    }
    return keys;
}

std::vector<OptionSpec> operationOptions(std::string_view operation)
{
    if (operation == "expire") {
        return {{"--ttl"}, {"--at"}, {"--add"}, {"--cap"}, {"--jitter"}};
    }
    if (operation == "rename") {
        return {{"--regex"}, {"--to"}, {"--collision"}};
    }
    if (operation == "copy") {
        return {{"--to-uri"}, {"--to-profile"}, {"--to-db"}, {"--replace", false}, {"--move", false}};
    }
    if (operation == "run") { // where a plan copies to is no part of it
        return {{"--to-uri"}, {"--to-profile"}, {"--to-db"}, {"--overwrite", false}};
    }
    if (operation == "export") {
        return {{"--file"}, {"--format"}, {"--overwrite", false}};
    }
    if (operation == "import") {
        return {{"--file"}, {"--format"}, {"--conflict"}};
    }
    if (operation == "set-field") {
        return {{"--field"}, {"--value"}};
    }
    if (operation == "template") {
        return {{"--command"}};
    }
    return {};
}

Result<JobOperation> operationOf(std::string_view operation, const Options& options)
{
    if (operation == "delete") {
        return JobOperation(DeleteKeys{});
    }
    if (operation == "persist") {
        return JobOperation(PersistKeys{});
    }
    if (operation == "expire") {
        return expiryOf(options);
    }
    if (operation == "export") {
        return exportOf(options);
    }
    if (operation == "import") {
        return importOf(options);
    }
    if (operation == "set-field") {
        return setFieldOf(options);
    }
    if (operation == "template") {
        return templateOf(options);
    }
    return operation == "rename" ? renameOf(options) : copyOf(options);
}

} // namespace keyglass::cli
