// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/keysrequest.h"
#include "app/cli/keystable.h"
#include "app/cli/ledger.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/base/memory.h"
#include "core/index/keystretch.h"
#include "core/session/scanindexer.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <utility>

namespace keyglass::cli {

namespace {

/// What a run gave: the index and how the scan ended.
struct KeysResult {
    std::shared_ptr<const Snapshot> keys;
    ScanReport report;
    std::optional<ByteCount> tooMuch; ///< What the keys took when the scan was ended for it.
};

void printProgress(const ScanProgress& progress)
{
    if (progress.keys == 0 && progress.waitingFor.isEmpty()) {
        return;
    }
    const double seconds = std::max(0.001, static_cast<double>(progress.elapsed.count()) / 1000.0);
    std::fprintf(stderr, "%llu iterations, %llu keys, %.0f keys/s%s%s\n",
        static_cast<unsigned long long>(progress.calls), static_cast<unsigned long long>(progress.keys),
        static_cast<double>(progress.keys) / seconds, progress.waitingFor.isEmpty() ? "" : ", ",
        qPrintable(progress.waitingFor));
}

/// A machine that swaps is worse than half a list: without a word of the user, keys take half of the memory at most,
/// and a twentieth stays free. That which is not much does not end for what other programs take.
bool isTooMuch(ByteCount used, const std::optional<ByteCount>& cap)
{
    constexpr std::uint64_t share = 2;
    constexpr std::uint64_t spare = 20;
    constexpr std::uint64_t notMuch = 256U * 1024 * 1024;
    if (cap) {
        return used > *cap;
    }
    const auto memory = systemMemory();
    return memory
        && (used.value > memory->total.value / share
            || (used.value > notMuch && memory->available.value < memory->total.value / spare));
}

KeysResult scan(const Target& target, const KeysRequest& request, const std::stop_token& stop)
{
    std::stop_source enough;
    const std::stop_callback stopped(stop, [&enough] { enough.request_stop(); });
    const ScanReplicas replicas = request.replicas.value_or(target.profile.scanReplicas);
    const ScanStart start{{target.profile.database}, false, replicas, nullptr, false};
    ScanIndexer indexer(makeScan(target.access, request.scan, start), nullptr, target.expectedKeys());
    const EverySecond progress([&indexer] { printProgress(indexer.progress()); });
    KeysResult result;
    result.report = indexer.run(enough.get_token(), [&](std::shared_ptr<const Snapshot> newest) {
        result.keys = std::move(newest);
        const ByteCount used{result.keys->residentBytes()};
        if (!result.tooMuch && isTooMuch(used, request.maxMemory)) {
            result.tooMuch = used;
            enough.request_stop();
        }
    });
    if (result.report.isComplete()) {
        result.tooMuch.reset(); // it was the last that came
    }
    return result;
}

/// Writes the keys one by one: `line` makes the text of one, `between` stands between two.
bool writeKeys(const KeysResult& result, std::string_view between, std::string (*line)(std::string_view))
{
    bool first = true;
    std::string block;
    const bool whole = forEachKey(result.keys, KeyRange{}, [&](std::string_view key) {
        if (!std::exchange(first, false)) {
            block += between;
        }
        block += line(key);
        constexpr std::size_t blockSize = 1U << 16U;
        return block.size() < blockSize || writeOut(std::exchange(block, std::string()));
    });
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

std::string jsonLine(std::string_view key)
{
    return jsonOf(key) + '\n';
}

std::string escapedLine(std::string_view key)
{
    return escapeLine(key) + '\n';
}

bool write(const KeysRequest& request, const KeysResult& result)
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
        return writeKeys(result, "", escapedLine);
    case KeysFormat::JsonLines:
        return writeKeys(result, "", jsonLine);
    case KeysFormat::Json:
    case KeysFormat::Count:
        break;
    }
    bool written = writeOut("{\n  \"pattern\": " + jsonOf(request.patternText) + ",\n");
    if (request.format == KeysFormat::Json) {
        written = written && writeOut("  \"keys\": [") && writeKeys(result, ", ", jsonOf) && writeOut("],\n");
    }
    return written && writeOut(summary(request, result)) && writeOut("}\n");
}

/// Says on stderr what is missing, and gives the exit status.
int judge(const KeysResult& result, bool interrupted)
{
    const ScanReport& report = result.report;
    if (const auto limit = report.limit()) {
        const auto enough = report.limitToFinish();
        std::fprintf(stderr, "keyglass: a limit was reached after %llu calls and %llu keys, %.0f %% seen%s%s\n",
            static_cast<unsigned long long>(report.calls()), static_cast<unsigned long long>(report.keys()),
            report.share() * 100, enough ? "; enough would probably be " : "",
            enough ? std::to_string(*enough).c_str() : "");
    }
    for (const NodeScanEnd* node : report.partialNodes()) {
        if (node->stoppedBy->kind != ErrorKind::Cancelled) {
            tell(*node->stoppedBy);
        }
    }
    if (interrupted) {
        std::fprintf(
            stderr, "keyglass: stopped on request after %llu keys\n", static_cast<unsigned long long>(report.keys()));
        return DoneInPart;
    }
    if (result.tooMuch) {
        std::fprintf(stderr,
            "keyglass: stopped as the keys take %s of memory, %.0f %% seen; --pattern or --max-keys make them fewer, "
            "--max-memory MEGABYTES allows more\n",
            qPrintable(sizeText(*result.tooMuch)), report.share() * 100);
        return DoneInPart;
    }
    if (report.cluster) {
        tellUnwatched(*report.cluster);
    }
    const bool hasGaps = report.cluster && report.cluster->hasGaps();
    if (hasGaps) {
        tellGaps(*report.cluster);
    }
    if (report.partialNodes().empty() && !hasGaps) {
        return Done;
    }
    const bool wasAnyRead = result.keys->keyCount() > 0 || std::ranges::any_of(report.nodes, &NodeScanEnd::isComplete);
    return wasAnyRead ? DoneInPart : Failed;
}

} // namespace

int runKeys(std::span<char* const> words)
{
    std::vector<OptionSpec> known = targetOptions();
    std::ranges::copy(keysOptions(), std::back_inserter(known));
    const auto options = Options::parse(words, known);
    if (!options) {
        return tell(options.error());
    }
    if (!options->rest().empty()) {
        return tell(Error{ErrorKind::Input, displayText(options->rest().front()),
            QCoreApplication::translate("cli", "A pattern is given as --pattern P")});
    }
    const auto request = keysRequest(*options);
    if (!request) {
        return tell(request.error());
    }
    const Interruption interruption;
    const auto target = openTarget(*options, interruption.token());
    if (!target) {
        return tell(target.error());
    }
    if (request->scan.useKeysCommand) {
        std::fputs("keyglass: KEYS stops the server for everybody until it has answered\n", stderr);
    }
    const KeysResult result = scan(*target, *request, interruption.token());
    if (!write(*request, result)) {
        return Failed; // whoever read our output has gone: there is nobody to tell
    }
    if (request->columns) {
        if (Status written = writeKeyTable(*target, result.keys, *request->columns, interruption.token()); !written) {
            return tell(written.error());
        }
    }
    return judge(result, interruption.happened());
}

} // namespace keyglass::cli
