// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/archiveoptions.h"
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "core/base/errortext.h"
#include "core/bulk/archivelibrary.h"
#include "core/profile/settings.h"
#include "core/session/undolibrary.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <utility>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

std::string jsonText(const QString& text)
{
    return jsonOf(text.toStdString());
}

QString textOf(const Options& options, std::string_view name)
{
    return QString::fromLocal8Bit(QByteArray::fromStdString(options.value(name).value_or(std::string())));
}

std::string orNull(const std::optional<std::uint64_t>& number)
{
    return number ? std::to_string(*number) : "null";
}

/// What of the archives is told.
struct Wanted {
    QString folder;
    std::optional<ArchiveSearch> search;
    QByteArray passphrase;
    std::optional<ArchiveKeeping> pruning;
};

Result<std::optional<ArchiveKeeping>> pruningOf(const Options& options)
{
    const auto days = options.number("--days");
    const auto megabytes = options.number("--megabytes");
    if (!days || !megabytes) {
        return days ? megabytes.error() : days.error();
    }
    if (!options.has("--prune")) {
        return *days || *megabytes ? Result<std::optional<ArchiveKeeping>>(Error{ErrorKind::Input,
                                         QStringLiteral("--prune"), tr("--days and --megabytes say what it keeps")})
                                   : std::optional<ArchiveKeeping>();
    }
    if (!*days && !*megabytes) {
        const QString folder = options.has("--config-dir") ? textOf(options, "--config-dir") : configFolder();
        return std::optional(archiveKeeping(Settings(folder)));
    }
    ArchiveKeeping keeping;
    constexpr std::uint64_t mostDays = 100'000;
    if (*days) {
        keeping.days = static_cast<int>(std::min(**days, mostDays));
    }
    if (*megabytes) {
        keeping.most = ByteCount{**megabytes * 1024 * 1024};
    }
    return std::optional(keeping);
}

Result<Wanted> wantedOf(const Options& options)
{
    if (!options.rest().empty()) {
        return Error{ErrorKind::Input, displayText(options.rest().front()), tr("bulk archives takes options only")};
    }
    if (options.has("--find") && options.has("--key")) {
        return Error{ErrorKind::Input, QStringLiteral("--find"), tr("It goes without --key")};
    }
    Wanted wanted{options.has("--folder") ? textOf(options, "--folder") : archiveFolder(), {}, {}, {}};
    const bool isWhole = options.has("--key");
    if (isWhole || options.has("--find")) {
        wanted.search = ArchiveSearch{options.value(isWhole ? "--key" : "--find").value_or(std::string()), isWhole};
    }
    auto pruning = pruningOf(options);
    if (!pruning) {
        return std::move(pruning).error();
    }
    wanted.pruning = *pruning;
    auto passphrase = wanted.search ? archivePassphrase(options) : QByteArray();
    if (!passphrase) {
        return std::move(passphrase).error();
    }
    wanted.passphrase = *std::move(passphrase);
    return wanted;
}

std::string rowsJson(const ArchivedKeys& found)
{
    std::string list;
    for (const ArchivedRow& row : found.rows) {
        const std::string end = row.expireAt ? std::to_string(row.expireAt->count()) : "null";
        list += (list.empty() ? "" : ", ") + ("{\"key\": " + jsonOf(row.key)) + ", \"type\": " + jsonOf(row.type)
            + ", \"database\": " + std::to_string(row.database) + ", \"expires_at_ms\": " + end + ", \"bytes\": "
            + std::to_string(row.size.value) + ", \"reason\": " + jsonOf(undoReasonName(row.reason)) + '}';
    }
    return "[" + list + "]";
}

/// One archive, and what was found in it; `trouble`: why it could not be looked into.
std::string entryJson(
    const ArchiveEntry& entry, const std::optional<Result<ArchivedKeys>>& found, const std::optional<Error>& trouble)
{
    std::string text = "{\"file\": " + jsonText(entry.file) + ", \"bytes\": " + std::to_string(entry.size.value)
        + ", \"created\": " + jsonText(entry.created.toUTC().toString(Qt::ISODateWithMs))
        + ", \"connection\": " + jsonText(entry.info.connection) + ", \"server\": " + jsonText(entry.info.server)
        + ", \"job\": " + jsonText(entry.info.job) + ", \"records\": " + orNull(entry.records)
        + ", \"sealed\": " + (entry.isSealed ? "true" : "false") + ", \"in_use\": " + (entry.isInUse ? "true" : "false")
        + ", \"error\": " + (trouble ? jsonText(errorText(*trouble)) : "null");
    if (found && *found) {
        text += ", \"found\": " + std::to_string((*found)->found)
            + ", \"damaged_frames\": " + std::to_string((*found)->damaged) + ", \"keys\": " + rowsJson(**found);
    }
    return text + '}';
}

std::optional<Result<ArchivedKeys>> search(const ArchiveEntry& entry, const Wanted& wanted, const std::stop_token& stop)
{
    if (!wanted.search || entry.trouble) {
        return std::nullopt;
    }
    const auto reader = UndoArchiveReader::open(entry.file, entry.isSealed ? wanted.passphrase : QByteArray());
    return reader ? findArchivedKeys(**reader, *wanted.search, stop) : Result<ArchivedKeys>(reader.error());
}

std::string prunedJson(const PrunedArchives& pruned)
{
    std::string files;
    for (const QString& file : pruned.removed) {
        files += (files.empty() ? "" : ", ") + jsonText(file);
    }
    return "  \"removed\": [" + files + "],\n  \"freed_bytes\": " + std::to_string(pruned.freed.value) + ",\n";
}

int list(const Wanted& wanted)
{
    const Interruption interruption;
    bool isWhole = true;
    std::string removed;
    if (wanted.pruning) {
        const PrunedArchives pruned =
            pruneArchives(wanted.folder, *wanted.pruning, QDateTime::currentDateTimeUtc(), interruption.token());
        removed = prunedJson(pruned);
        for (const Error& trouble : pruned.troubles) {
            tell(trouble);
            isWhole = false;
        }
    }
    std::string archives;
    for (const ArchiveEntry& entry : listArchives(wanted.folder, interruption.token())) {
        const auto found = search(entry, wanted, interruption.token());
        const std::optional<Error> trouble = entry.trouble ? entry.trouble
            : found && !*found                             ? std::optional(found->error())
                                                           : std::nullopt;
        if (trouble) {
            tell(*trouble);
            isWhole = false;
        }
        archives += (archives.empty() ? "\n    " : ",\n    ") + entryJson(entry, found, trouble);
    }
    archives += archives.empty() ? "" : "\n  ";
    const std::string text = "{\n  \"folder\": " + jsonText(wanted.folder) + ",\n" + removed + "  \"archives\": ["
        + archives + "],\n  \"timestamp\": " + jsonText(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs))
        + "\n}\n";
    return !writeOut(text) ? Failed : isWhole ? Done : DoneInPart;
}

} // namespace

int runBulkArchives(std::span<char* const> words)
{
    const auto options = Options::parse(words,
        std::vector<OptionSpec>{{"--folder"}, {"--find"}, {"--key"}, {"--passphrase-stdin", false}, {"--prune", false},
            {"--days"}, {"--megabytes"}, {"--config-dir"}});
    if (!options) {
        return tell(options.error());
    }
    const auto wanted = wantedOf(*options);
    return wanted ? list(*wanted) : tell(wanted.error());
}

} // namespace keyglass::cli
