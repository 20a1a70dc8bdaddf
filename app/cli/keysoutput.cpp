// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/keysoutput.h"

#include "app/cli/ledger.h"
#include "app/cli/output.h"
#include "core/index/keyroot.h"
#include "core/index/keystretch.h"

#include <QDateTime>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

namespace keyglass::cli {

namespace {

/// The text of one key, and of its database where that is told.
using KeyText = std::string (*)(std::optional<int> database, std::string_view key);

std::string jsonKey(std::optional<int> database, std::string_view key)
{
    return database ? "{\"database\": " + std::to_string(*database) + ", \"key\": " + jsonOf(key) + '}' : jsonOf(key);
}

std::string jsonLine(std::optional<int> database, std::string_view key)
{
    return jsonKey(database, key) + '\n';
}

std::string escapedLine(std::optional<int> database, std::string_view key)
{
    return (database ? std::to_string(*database) + '\t' : std::string()) + escapeLine(key) + '\n';
}

/// Writes the keys one by one; `between` stands between two.
bool writeAll(const KeysResult& result, std::string_view between, KeyText text)
{
    bool first = true;
    std::string block;
    const auto writeRange = [&](std::optional<int> database, const std::string& root) {
        return forEachKey(result.keys, prefixRange(root), [&](std::string_view key) {
            if (!std::exchange(first, false)) {
                block += between;
            }
            block += text(database, key.substr(root.size()));
            constexpr std::size_t blockSize = 1U << 16U;
            return block.size() < blockSize || writeOut(std::exchange(block, std::string()));
        });
    };
    const bool whole = result.databases.empty()
        ? writeRange(std::nullopt, {})
        : std::ranges::all_of(result.databases, [&](int each) { return writeRange(each, rootOf(each)); });
    return whole && writeOut(block);
}

std::string numberOrNull(const std::optional<std::uint64_t>& number)
{
    return number ? std::to_string(*number) : "null";
}

std::string partialNodes(const ScanReport& report)
{
    std::string list;
    for (const NodeScanEnd* node : report.partialNodes()) {
        list += (list.empty() ? "" : ", ") + jsonOf(node->node.toStdString());
    }
    return '[' + list + ']';
}

/// How many keys each database gave, and whether that is all.
std::string databasesJson(const KeysResult& result)
{
    std::string list;
    for (const int database : result.databases) {
        const std::string root = rootOf(database);
        const auto line = std::ranges::find(result.report.nodes, root, &NodeScanEnd::nodeId);
        const bool isWhole = line != result.report.nodes.end() && line->isComplete();
        list += (list.empty() ? "" : ", ") + ("{\"database\": " + std::to_string(database));
        list += ", \"count\": " + std::to_string(result.keys->count(prefixRange(root)));
        list += std::string(", \"complete\": ") + (isWhole ? "true}" : "false}");
    }
    return '[' + list + ']';
}

/// Everything of the JSON but the keys.
std::string summary(const KeysRequest& request, const KeysResult& result)
{
    const ScanReport& report = result.report;
    std::string parameters = "\"count\": " + (request.scan.count ? std::to_string(*request.scan.count) : "null");
    if (!request.scan.count && !request.scan.useKeysCommand) {
        parameters += ", \"count_max\": " + std::to_string(report.largestCount());
    }
    parameters += ", \"max_iterations\": " + numberOrNull(request.scan.limits.maxIterations);
    std::string text;
    text += "  \"count\": " + std::to_string(result.keys->keyCount()) + ",\n";
    if (!result.databases.empty()) {
        text += "  \"databases\": " + databasesJson(result) + ",\n";
    }
    text += "  \"duplicates\": " + std::to_string(report.duplicates) + ",\n";
    text += std::string("  \"scan_method\": ") + (report.usedKeysCommand ? "\"KEYS\"" : "\"SCAN\"") + ",\n";
    text += "  \"scan_parameters\": {" + parameters + "},\n";
    text += "  \"iterations\": " + std::to_string(report.calls()) + ",\n";
    text += std::string("  \"truncated\": ") + (report.limit() ? "true" : "false") + ",\n";
    text += "  \"partial_nodes\": " + partialNodes(report) + ",\n";
    if (report.cluster) {
        text += "  \"cluster\": " + jsonOf(*report.cluster) + ",\n";
    }
    if (request.ledger) {
        text += "  \"ledger\": " + ledgerJson(report) + ",\n";
    }
    text += "  \"elapsed_ms\": " + std::to_string(report.elapsed.count()) + ",\n";
    text += "  \"timestamp\": \"" + QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString() + "\"\n";
    return text;
}

} // namespace

bool writeKeys(const KeysRequest& request, const KeysResult& result)
{
    const bool onlyKeys =
        request.columns || request.format == KeysFormat::Lines || request.format == KeysFormat::JsonLines;
    if (request.ledger && onlyKeys) {
        std::fprintf(stderr, "%s\n", ledgerJson(result.report).c_str());
    }
    if (request.columns) {
        return true; // comes from writeKeyTable()
    }
    switch (request.format) {
    case KeysFormat::Lines:
        return writeAll(result, "", escapedLine);
    case KeysFormat::JsonLines:
        return writeAll(result, "", jsonLine);
    case KeysFormat::Json:
    case KeysFormat::Count:
        break;
    }
    bool written = writeOut("{\n  \"pattern\": " + jsonOf(request.patternText) + ",\n");
    if (request.format == KeysFormat::Json) {
        written = written && writeOut("  \"keys\": [") && writeAll(result, ", ", jsonKey) && writeOut("],\n");
    }
    return written && writeOut(summary(request, result)) && writeOut("}\n");
}

} // namespace keyglass::cli
