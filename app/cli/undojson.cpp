// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/undojson.h"

#include "core/base/jsontext.h"

#include <QDateTime>

#include <chrono>

namespace keyglass::cli {

std::string jsonText(const QString& text)
{
    return jsonOf(text.toStdString());
}

std::string conditionJson(const ArchiveCondition& condition)
{
    return "{\"records\": " + std::to_string(condition.records) + ", \"damaged_frames\": "
        + std::to_string(condition.damagedFrames) + ", \"finished\": " + (condition.isFinished ? "true" : "false")
        + ", \"cut\": " + (condition.isCut ? "true" : "false")
        + ", \"unfinished_keys\": " + std::to_string(condition.unfinished) + '}';
}

std::string infoJson(const ArchiveInfo& info)
{
    return "\"connection\": " + jsonText(info.connection) + ",\n  \"server\": " + jsonText(info.server)
        + ",\n  \"job\": " + jsonText(info.job)
        + ",\n  \"created\": " + jsonText(info.created.toUTC().toString(Qt::ISODateWithMs));
}

std::string undoPreviewJson(
    const UndoPreview& preview, const UndoOptions& undo, const ArchiveInfo& info, Clock::duration elapsed)
{
    std::string text = "{\n  \"dry_run\": true,\n  \"operation\": \"undo\"";
    const auto add = [&text](const char* name, const std::string& json) {
        text += std::string(",\n  \"") + name + "\": " + json;
    };
    add("keys", std::to_string(preview.keys));
    add("missing", std::to_string(preview.missing));
    add("there", std::to_string(preview.there));
    add("expired", std::to_string(preview.expired));
    add("unknown", std::to_string(preview.unknown));
    add("not_in_archive", std::to_string(preview.notInArchive));
    add("conflict", undo.conflict == UndoConflict::Skip ? "\"skip\"" : "\"replace\"");
    add("keep_expired", undo.keepsExpired ? "true" : "false");
    add("aside", undo.takesAside ? "true" : "false");
    std::string types;
    for (const auto& [type, count] : preview.byType) {
        types += (types.empty() ? "" : ", ") + jsonOf(type) + ": " + std::to_string(count);
    }
    add("types", '{' + types + '}');
    add("bytes", std::to_string(preview.bytes));
    std::string commands;
    for (const std::string& command : undoCommands()) {
        commands += (commands.empty() ? "" : ", ") + jsonOf(command);
    }
    add("commands", '[' + commands + ']');
    add("archive", conditionJson(preview.condition));
    text += ",\n  " + infoJson(info);
    add("elapsed_ms", std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count()));
    add("timestamp", jsonText(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)));
    return text + "\n}\n";
}

} // namespace keyglass::cli
