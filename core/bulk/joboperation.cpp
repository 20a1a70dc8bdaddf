// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/joboperation.h"

#include "core/console/commandwords.h"

#include <algorithm>
#include <array>
#include <utility>

namespace keyglass {

std::string_view operationName(const JobOperation& operation)
{
    static constexpr std::array<std::string_view, std::variant_size_v<JobOperation>> names{
        "delete", "expire", "persist", "rename", "copy", "export", "import", "set-field", "template"};
    return names.at(operation.index());
}

std::string_view formatName(TransferFormat format)
{
    static constexpr std::array<std::string_view, transferFormatCount> names{
        "jsonl", "csv", "commands", "resp", "archive"};
    return names.at(static_cast<std::size_t>(format));
}

std::optional<TransferFormat> formatOfFile(const QString& file)
{
    struct Ending {
        const char* text;
        TransferFormat format;
    };
    static constexpr std::array endings{Ending{".jsonl", TransferFormat::JsonLines},
        Ending{".ndjson", TransferFormat::JsonLines}, Ending{".csv", TransferFormat::Csv},
        Ending{".txt", TransferFormat::Commands}, Ending{".redis", TransferFormat::Commands},
        Ending{".resp", TransferFormat::Resp}, Ending{".kga", TransferFormat::Archive}};
    for (const Ending& ending : endings) {
        if (file.endsWith(QLatin1String(ending.text), Qt::CaseInsensitive)) {
            return ending.format;
        }
    }
    return std::nullopt;
}

bool destroys(const JobOperation& operation)
{
    if (const auto* import = std::get_if<ImportKeys>(&operation)) {
        return import->conflict == ImportConflict::Replace;
    }
    if (const auto* copy = std::get_if<CopyKeys>(&operation)) {
        return copy->replaces;
    }
    const auto* rename = std::get_if<RenameKeys>(&operation);
    return rename ? rename->collision == Collision::Overwrite : !std::holds_alternative<ExportKeys>(operation);
}

bool archivesOthers(const JobOperation& operation)
{
    const bool takesNames = std::holds_alternative<RenameKeys>(operation) || std::holds_alternative<CopyKeys>(operation)
        || std::holds_alternative<ImportKeys>(operation);
    return takesNames && destroys(operation);
}

bool changesInPlace(const JobOperation& operation)
{
    const auto* copy = std::get_if<CopyKeys>(&operation);
    const bool isOver = std::holds_alternative<ImportKeys>(operation) || (copy && !copy->moves);
    return std::holds_alternative<SetField>(operation) || std::holds_alternative<RunTemplate>(operation)
        || (isOver && destroys(operation));
}

bool movesOver(const JobOperation& operation)
{
    const auto* copy = std::get_if<CopyKeys>(&operation);
    return (std::holds_alternative<RenameKeys>(operation) || (copy && copy->moves)) && destroys(operation);
}

namespace {

/// A key that is made under a passing name gets its end and its own name.
void addNaming(std::vector<std::string>& names, bool replaces)
{
    names.insert(names.end(), {"PEXPIRE", "PEXPIREAT", "PERSIST", "RENAMENX", "UNLINK", "DEL"});
    if (replaces) {
        names.insert(names.end(), {"RENAME", "EVAL"}); // the script renames only onto what was archived
    }
}

/// What makes keys of all types.
void addElements(std::vector<std::string>& names)
{
    names.insert(names.end(),
        {"SET", "APPEND", "HSET", "HPEXPIREAT", "RPUSH", "SADD", "ZADD", "XADD", "XSETID", "XGROUP CREATE",
            "XGROUP CREATECONSUMER", "XGROUP DESTROY", "XCLAIM"});
}

} // namespace

std::vector<std::string> commandsAtTarget(const CopyKeys& copy)
{
    std::vector<std::string> names = commandsOf(copy);
    addNaming(names, copy.replaces);
    addElements(names);
    return names;
}

std::vector<std::string> commandsOf(const JobOperation& operation)
{
    struct Namer {
        std::vector<std::string> operator()(const DeleteKeys&) const { return {"UNLINK", "DEL"}; }
        std::vector<std::string> operator()(const ExpireKeys& expiry) const
        {
            switch (expiry.mode) {
            case ExpireKeys::Mode::At:
                return {"PEXPIREAT"};
            case ExpireKeys::Mode::Add:
                return {"PEXPIREAT", "PERSIST"}; // what somebody else takes away meanwhile stays away
            case ExpireKeys::Mode::In:
            case ExpireKeys::Mode::Cap:
                break;
            }
            return {"PEXPIRE"};
        }
        std::vector<std::string> operator()(const PersistKeys&) const { return {"PERSIST"}; }
        std::vector<std::string> operator()(const RenameKeys& rename) const
        {
            return rename.collision == Collision::Overwrite
                ? std::vector<std::string>{"RENAMENX", "RENAME", "RESTORE", "EVAL", "UNLINK", "DEL"}
                : std::vector<std::string>{"RENAMENX", "RESTORE", "EVAL", "UNLINK", "DEL"};
        }
        std::vector<std::string> operator()(const CopyKeys& copy) const
        {
            return copy.moves ? std::vector<std::string>{"RESTORE", "EVAL", "UNLINK", "DEL"}
                              : std::vector<std::string>{"RESTORE"};
        }
        std::vector<std::string> operator()(const ExportKeys&) const { return {}; }
        std::vector<std::string> operator()(const ImportKeys& import) const
        {
            std::vector<std::string> names;
            addNaming(names, import.conflict == ImportConflict::Replace);
            if (import.format == TransferFormat::Archive) {
                names.emplace_back("RESTORE");
            } else {
                addElements(names);
            }
            return names;
        }
        std::vector<std::string> operator()(const SetField&) const { return {"EVAL"}; }
        std::vector<std::string> operator()(const RunTemplate& run) const
        {
            const auto words = splitCommandLine(run.operation);
            std::vector<std::string> names;
            if (words && !words->empty()) {
                names.push_back(words->front());
            }
            if (words && words->size() > 1) {
                names.push_back(words->front() + ' ' + (*words)[1]); // of a container (XGROUP CREATE)
            }
            return names;
        }
    };
    return std::visit(Namer{}, operation);
}

std::vector<std::string> commandsAnywhere(const JobOperation& operation)
{
    const auto* copy = std::get_if<CopyKeys>(&operation);
    if (!copy) {
        return commandsOf(operation);
    }
    std::vector<std::string> names;
    for (std::string& name : commandsAtTarget(*copy)) { // with what its source gets
        if (std::ranges::find(names, name) == names.end()) {
            names.push_back(std::move(name));
        }
    }
    return names;
}

} // namespace keyglass
