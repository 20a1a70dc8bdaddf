// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/keystable.h"
#include "app/cli/ledger.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/index/keystretch.h"
#include "core/session/scanindexer.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <utility>

namespace keyglass::cli {

namespace {

enum class Format { Json, Lines, JsonLines, Count };

struct KeysRequest {
    ScanRequest scan;
    std::string patternText;
    Format format = Format::Json;
    bool ledger = false;
    std::optional<ScanReplicas> replicas{}; ///< Nothing: as the profile says.
    std::optional<TableColumns> columns;    ///< A table of the keys, as CSV.
};

/// What a run gave: the index and how the scan ended.
struct KeysResult {
    std::shared_ptr<const Snapshot> keys;
    ScanReport report;
};

Result<KeyPattern> patternOf(const Options& options)
{
    constexpr std::size_t bySight = 3; // no --match: the text itself tells
    const auto kind = options.choice("--match", {"prefix", "glob", "exact"}, bySight);
    if (!kind) {
        return kind.error();
    }
    const auto text = options.value("--pattern");
    if (*kind == bySight) {
        return KeyPattern::fromText(text.value_or(std::string()));
    }
    if (!text) {
        return Error{ErrorKind::Input, QStringLiteral("--match"),
            QCoreApplication::translate("cli", "It says how to read --pattern, which is missing")};
    }
    constexpr std::array known{KeyPattern::Kind::Prefix, KeyPattern::Kind::Glob, KeyPattern::Kind::Exact};
    return KeyPattern::fromText(*text, known[*kind]);
}

Status readLimits(const Options& options, ScanRequest& scan)
{
    const auto count = options.number("--count");
    const auto iterations = options.number("--max-iterations");
    const auto keys = options.number("--max-keys");
    const auto seconds = options.number("--max-seconds");
    for (const auto* number : {&count, &iterations, &keys, &seconds}) {
        if (!*number) {
            return number->error();
        }
    }
    if (count->value_or(0) > std::uint64_t{std::numeric_limits<int>::max()}) {
        return Error{ErrorKind::Input, QStringLiteral("--count"),
            QCoreApplication::translate("cli", "It is larger than any server takes")};
    }
    if (*count) {
        scan.count = static_cast<int>(**count);
    }
    scan.limits.maxIterations = *iterations;
    scan.limits.maxKeys = *keys;
    if (*seconds) {
        constexpr std::uint64_t longest = 1'000'000'000; // thirty years
        scan.limits.maxTime = std::chrono::seconds(std::min(**seconds, longest));
    }
    return ok();
}

constexpr std::array predicateOptions{"--ttl-below", "--ttl-above", "--bytes-below", "--bytes-above", "--idle-below",
    "--idle-above", "--freq-below", "--freq-above"};

/// --ttl none|some, and the bounds of predicateOptions.
Status readPredicate(const Options& options, KeyPredicate& predicate)
{
    std::array<std::optional<std::uint64_t>, predicateOptions.size()> bounds;
    for (std::size_t at = 0; at < bounds.size(); ++at) {
        const auto number = options.number(predicateOptions[at]);
        if (!number) {
            return number.error();
        }
        bounds[at] = *number;
    }
    constexpr std::size_t any = 2;
    const auto ttl = options.choice("--ttl", {"none", "some"}, any);
    if (!ttl) {
        return ttl.error();
    }
    predicate.hasTtl = *ttl == any ? std::nullopt : std::optional(*ttl == 1);
    const auto seconds = [](const std::optional<std::uint64_t>& bound) {
        constexpr std::uint64_t longest = 1'000'000'000'000; // no TTL is longer than 30,000 years
        return bound ? std::optional(std::chrono::seconds(std::min(*bound, longest))) : std::nullopt;
    };
    const auto bytes = [](const std::optional<std::uint64_t>& bound) {
        return bound ? std::optional(ByteCount{*bound}) : std::nullopt;
    };
    predicate.ttlBelow = seconds(bounds[0]);
    predicate.ttlAbove = seconds(bounds[1]);
    predicate.bytesBelow = bytes(bounds[2]);
    predicate.bytesAbove = bytes(bounds[3]);
    predicate.idleBelow = seconds(bounds[4]);
    predicate.idleAbove = seconds(bounds[5]);
    predicate.frequencyBelow = bounds[6];
    predicate.frequencyAbove = bounds[7];
    return ok();
}

Result<KeysRequest> requestOf(const Options& options)
{
    KeysRequest request;
    auto pattern = patternOf(options);
    if (!pattern) {
        return std::move(pattern).error();
    }
    request.scan.pattern = *std::move(pattern);
    request.patternText = options.value("--pattern").value_or("*");
    if (Status read = readLimits(options, request.scan); !read) {
        return std::move(read).error();
    }
    if (Status read = readPredicate(options, request.scan.predicate); !read) {
        return std::move(read).error();
    }
    const auto pace = options.choice("--pace", {"gentle", "balanced", "full"}, 2);
    const auto format = options.choice("--format", {"json", "lines", "jsonl", "count"}, 0);
    constexpr std::size_t byProfile = 3;
    const auto replicas = options.choice("--replicas", {"masters", "replicas", "both"}, byProfile);
    for (const auto* choice : {&pace, &format, &replicas}) {
        if (!*choice) {
            return choice->error();
        }
    }
    request.scan.pace = static_cast<ScanPace>(*pace);
    request.format = static_cast<Format>(*format);
    if (*replicas != byProfile) {
        constexpr std::array known{ScanReplicas::Masters, ScanReplicas::Replicas, ScanReplicas::Both};
        request.replicas = known[*replicas];
    }
    request.scan.type = options.value("--type").value_or(std::string());
    request.scan.useKeysCommand = options.has("--use-keys");
    request.ledger = options.has("--ledger");
    auto columns = columnsFrom(options);
    if (!columns) {
        return std::move(columns).error();
    }
    request.columns = *std::move(columns);
    if (request.columns && options.has("--format")) {
        return Error{ErrorKind::Input, QStringLiteral("--columns"),
            QCoreApplication::translate("cli", "A table is written as CSV: leave --format out")};
    }
    return request;
}

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

KeysResult scan(const Target& target, const KeysRequest& request, std::stop_token stop)
{
    const ScanReplicas replicas = request.replicas.value_or(target.profile.scanReplicas);
    const ScanStart start{{target.profile.database}, false, replicas, nullptr, false};
    ScanIndexer indexer(makeScan(target.access, request.scan, start), nullptr, target.expectedKeys());
    const EverySecond progress([&indexer] { printProgress(indexer.progress()); });
    KeysResult result;
    result.report =
        indexer.run(std::move(stop), [&](std::shared_ptr<const Snapshot> newest) { result.keys = std::move(newest); });
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
    const bool onlyKeys = request.columns || request.format == Format::Lines || request.format == Format::JsonLines;
    if (request.ledger && onlyKeys) {
        std::fprintf(stderr, "%s\n", ledgerJson(result.report).c_str());
    }
    if (request.columns) {
        return true; // comes from writeKeyTable()
    }
    switch (request.format) {
    case Format::Lines:
        return writeKeys(result, "", escapedLine);
    case Format::JsonLines:
        return writeKeys(result, "", jsonLine);
    case Format::Json:
    case Format::Count:
        break;
    }
    bool written = writeOut("{\n  \"pattern\": " + jsonOf(request.patternText) + ",\n");
    if (request.format == Format::Json) {
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
    for (const char* name : {"--pattern", "--match", "--type", "--count", "--max-iterations", "--max-keys",
             "--max-seconds", "--replicas", "--pace", "--format", "--ttl", "--columns"}) {
        known.push_back(OptionSpec{name});
    }
    for (const char* name : predicateOptions) {
        known.push_back(OptionSpec{name});
    }
    known.push_back(OptionSpec{"--use-keys", false});
    known.push_back(OptionSpec{"--ledger", false});
    const auto options = Options::parse(words, known);
    if (!options) {
        return tell(options.error());
    }
    if (!options->rest().empty()) {
        return tell(Error{ErrorKind::Input, displayText(options->rest().front()),
            QCoreApplication::translate("cli", "A pattern is given as --pattern P")});
    }
    const auto request = requestOf(*options);
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
