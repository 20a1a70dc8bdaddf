// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass table import`.
#include "app/cli/output.h"
#include "app/cli/tabletarget.h"
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/table/rowimport.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

/// "FIELD=COLUMN", "FIELD=" for nowhere.
Result<std::map<std::string, std::string>> renamedBy(const std::vector<std::string>& words)
{
    std::map<std::string, std::string> renamed;
    for (const std::string& word : words) {
        const std::size_t sign = word.find('=');
        if (sign == std::string::npos) {
            return Error{ErrorKind::Input, displayText(word), tr("--map takes FIELD=COLUMN, or FIELD= for none")};
        }
        renamed[word.substr(0, sign)] = word.substr(sign + 1);
    }
    return renamed;
}

Status openFile(QFile& file)
{
    const bool isOpen =
        file.fileName() == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    return isOpen ? ok() : Status(Error{ErrorKind::File, file.fileName(), file.errorString()});
}

Result<std::size_t> readSome(QFile& file, std::span<char> into)
{
    const qint64 size = file.read(into.data(), static_cast<qint64>(into.size()));
    return size < 0 ? Result<std::size_t>(Error{ErrorKind::File, file.fileName(), file.errorString()})
                    : Result<std::size_t>(static_cast<std::size_t>(size));
}

int write(const ImportReport& report, bool isDry)
{
    std::string faults;
    for (const ImportReport::Fault& fault : report.faults) {
        faults += (faults.empty() ? "\n    " : ",\n    ") + std::string("{\"line\": ") + std::to_string(fault.line)
            + ", \"error\": " + jsonOf(errorText(fault.error).toStdString()) + "}";
    }
    const auto idOrNull = [](const std::string& id) { return id.empty() ? "null" : jsonOf(id); };
    const bool isWritten = writeOut(std::string("{\n  \"dry_run\": ") + (isDry ? "true" : "false")
        + ",\n  \"records\": " + std::to_string(report.records)
        + ",\n  \"inserted\": " + std::to_string(report.inserted) + ",\n  \"faulty\": " + std::to_string(report.faulty)
        + ",\n  \"half_done\": " + std::to_string(report.halfDone)
        + ",\n  \"unknown\": " + std::to_string(report.unknown) + ",\n  \"unknown_ids\": "
        + (report.unknown == 0 ? "null" : "[" + jsonOf(report.unknownFrom) + ", " + jsonOf(report.unknownTo) + "]")
        + ",\n  \"faults\": [" + faults + (faults.empty() ? "]" : "\n  ]")
        + ",\n  \"first_id\": " + idOrNull(report.firstId) + ",\n  \"last_id\": " + idOrNull(report.lastId) + "\n}\n");
    if (report.end) {
        tell(*report.end);
    }
    const bool isGood = report.faulty == 0 && !report.end;
    return !isWritten                                            ? Failed
        : isGood                                                 ? Done
        : report.inserted + report.halfDone + report.unknown > 0 ? DoneInPart
                                                                 : Failed;
}

} // namespace

int runTableImport(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    if (options.rest().size() != 2) {
        return tell(Error{ErrorKind::Input, QStringLiteral("keyglass table import"),
            tr("It takes a table and a CSV file, or - for the standard input")});
    }
    const auto renamed = renamedBy(options.values("--map"));
    if (!renamed) {
        return tell(renamed.error());
    }
    QFile file(QString::fromUtf8(QByteArray::fromStdString(options.rest()[1])));
    if (Status opened = openFile(file); !opened) {
        return tell(opened.error());
    }
    CsvReader csv([&file](std::span<char> into) { return readSome(file, into); });
    const auto names = csv.next();
    if (!names) {
        return tell(names.error());
    }
    if (!*names) {
        return tell(Error{ErrorKind::Input, file.fileName(), tr("It is empty; its first record names the columns.")});
    }
    const auto map = mapColumns(**names, target.schema(), *renamed);
    if (!map) {
        return tell(map.error());
    }
    ImportWays ways;
    ways.isDry = options.has("--dry-run");
    ways.leavesOutFaulty = options.has("--leave-out-faulty");
    const auto report = importRows(target.editLanes(), target.schema(), csv, *map, ways, stop);
    return report ? write(*report, ways.isDry) : tell(report.error());
}

} // namespace keyglass::cli
