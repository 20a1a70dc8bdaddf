// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemaundo.h"
#include "core/table/tablearchive.h"
#include "tests/core/table/tablefixture.h"

#include <QTemporaryDir>

#include <memory>

namespace keyglass::test {

/// How a change went, for a QCOMPARE: "done", or with what was found.
inline QString told(const Result<SchemaReport>& report)
{
    if (!report) {
        return errorText(report.error());
    }
    constexpr const char* names[] = {"done", "doubted", "changed", "too busy", "stopped", "unknown"};
    QString text = QLatin1String(names[static_cast<std::size_t>(report->status)]);
    for (const QString& finding : report->findings) {
        text += QLatin1String(" | ") + finding;
    }
    return text;
}

/// All keys of a server with what they hold, in order: two of them are equal where nothing is lost.
inline std::vector<std::string> allKeys(TableServer& server)
{
    std::vector<std::string> all;
    for (const std::string& key : server.server().list({"KEYS", "*"})) {
        const std::string type = server.server().command({"TYPE", key});
        std::vector<std::string> parts;
        if (type == "hash") {
            const auto fields = server.server().list({"HGETALL", key});
            for (std::size_t n = 0; n + 1 < fields.size(); n += 2) {
                parts.push_back(fields[n] + "=" + fields[n + 1]);
            }
        } else if (type == "set") {
            parts = server.server().list({"SMEMBERS", key});
        } else {
            parts = {server.server().command({"GET", key})};
        }
        std::ranges::sort(parts);
        std::string line = key + ":";
        for (const std::string& part : parts) {
            line += " " + part;
        }
        all.push_back(std::move(line));
    }
    std::ranges::sort(all);
    return all;
}

/// A table server with shop.items, and changes of it that are archived.
class SchemaBench {
public:
    SchemaBench() { reset(); }

    /// The table as makeShop() makes it.
    void reset() { beginShop(m_server, m_lane); }
    /// After the server was started again.
    void reconnect() { m_lane = tableLane(*m_server); }
    /// So many rows that an index of them is built by the module.
    void fillRows()
    {
        RedisServer& server = m_server->server();
        const auto count = static_cast<std::size_t>(mostRowsByPlainKeys);
        server.fill(count, [](std::size_t n) {
            return Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", std::to_string(n % 100)};
        });
        server.fill(count, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
        server.command({"SET", "{shop.items}:id", std::to_string(count + 3)});
    }
    Result<SchemaPreview> preview(const SchemaChange& change, const SchemaProgress& progress = {})
    {
        EditLanes lanes(*m_lane);
        SchemaPlace place{lanes, {{m_lane.get(), QStringLiteral("here")}}, {}, nullptr};
        return previewChange(place, change, {}, progress);
    }
    Result<SchemaReport> run(const SchemaPreview& preview, const SchemaProgress& progress = {})
    {
        EditLanes lanes(*m_lane);
        SchemaPlace place{lanes, {{m_lane.get(), QStringLiteral("here")}}, {}, nullptr};
        return runChange(place, preview, {}, progress);
    }
    Result<SchemaReport> make(const SchemaChange& change, Lane* lane = nullptr, std::stop_token stop = {})
    {
        EditLanes lanes(lane ? *lane : *m_lane);
        SchemaPlace place{lanes, {{m_lane.get(), QStringLiteral("here")}}, {}, nullptr};
        const auto preview = previewChange(place, change, {});
        if (!preview) {
            return preview.error();
        }
        TableArchive::Setting setting{newFile(), {}, {}, 0};
        setting.info.plan = QString::fromStdString(planToJson(preview->plan));
        TableArchive archive(setting);
        place.archive = &archive;
        return runChange(place, *preview, stop);
    }
    Result<SchemaReport> undo(const QString& file, Lane* lane = nullptr, std::stop_token stop = {})
    {
        const auto archive = UndoArchiveReader::open(file);
        if (!archive) {
            return archive.error();
        }
        EditLanes lanes(lane ? *lane : *m_lane);
        SchemaPlace place{lanes, {{m_lane.get(), QStringLiteral("here")}}, {}, nullptr};
        return undoChange(place, **archive, stop);
    }
    Result<UndoPreview> previewUndo(const QString& file)
    {
        const auto archive = UndoArchiveReader::open(file);
        if (!archive) {
            return archive.error();
        }
        EditLanes lanes(*m_lane);
        SchemaPlace place{lanes, {{m_lane.get(), QStringLiteral("here")}}, {}, nullptr};
        return keyglass::previewUndo(place, **archive, {});
    }
    [[nodiscard]] QString newFile() { return m_folder.filePath(QString::number(++m_files) + QStringLiteral(".kga")); }
    [[nodiscard]] TableSchema schema() { return fetchTableSchema(*m_lane, "shop.items", {}).value(); }
    [[nodiscard]] std::uint64_t faults() { return checkTable(*m_lane, schema(), {}, {})->total(); }
    [[nodiscard]] TableServer& server() { return *m_server; }
    [[nodiscard]] Lane& lane() { return *m_lane; }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<TableServer> m_server;
    std::unique_ptr<Lane> m_lane;
    int m_files = 0;
};

} // namespace keyglass::test
