// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/databaseoptions.h"
#include "app/cli/interruption.h"
#include "app/cli/keysoutput.h"
#include "app/cli/keystable.h"
#include "app/cli/ledger.h"
#include "app/cli/memorylimit.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/session/scanindexer.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <utility>

namespace keyglass::cli {

namespace {

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

/// Those that --databases names, of which "all" may be none that has keys; empty without the option. Input.
Result<std::vector<int>> databasesToScan(const Target& target, const Options& options)
{
    if (!options.has("--databases")) {
        return std::vector<int>();
    }
    auto databases = databasesOf(options, target.access);
    if (!databases) {
        return databases;
    }
    if (databases->empty()) {
        databases->push_back(target.profile.database);
    }
    const int last = *std::ranges::max_element(*databases);
    if (const auto there = target.access.facts.databaseCount; there && last >= *there) {
        return Error{ErrorKind::Input, QStringLiteral("--databases"),
            QCoreApplication::translate("cli", "There is no database %1; the server's are 0 to %2")
                .arg(last)
                .arg(*there - 1)};
    }
    return databases;
}

KeysResult scan(
    const Target& target, const KeysRequest& request, std::vector<int> databases, const std::stop_token& stop)
{
    KeysResult result;
    result.databases = std::move(databases);
    std::stop_source enough;
    const std::stop_callback stopped(stop, [&enough] { enough.request_stop(); });
    const ScanReplicas replicas = request.replicas.value_or(target.profile.scanReplicas);
    const bool hasRoots = !result.databases.empty();
    const std::vector<int> scanned = hasRoots ? result.databases : std::vector{target.profile.database};
    const ScanStart start{scanned, hasRoots, replicas, nullptr, false};
    ScanIndexer indexer(makeScan(target.access, request.scan, start), nullptr, target.expectedKeys(scanned));
    const EverySecond progress([&indexer] { printProgress(indexer.progress()); });
    result.report = indexer.run(enough.get_token(), [&](std::shared_ptr<const Snapshot> newest) {
        result.keys = std::move(newest);
        const ByteCount used{result.keys->residentBytes()};
        if (!result.tooMuch && isTooMuch(used, request.maxMemory, systemMemory())) {
            result.tooMuch = used;
            enough.request_stop();
        }
    });
    if (result.report.isComplete()) {
        result.tooMuch.reset(); // it was the last that came
    }
    return result;
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
    tellRestarts(report);
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
    auto databases = databasesToScan(*target, *options);
    if (!databases) {
        return tell(databases.error());
    }
    if (request->scan.useKeysCommand) {
        std::fputs("keyglass: KEYS stops the server for everybody until it has answered\n", stderr);
    }
    const KeysResult result = scan(*target, *request, *std::move(databases), interruption.token());
    if (!writeKeys(*request, result)) {
        return Failed; // whoever read our output has gone: there is nobody to tell
    }
    if (request->columns) {
        if (Status written = writeKeyTable(*target, result, *request->columns, interruption.token()); !written) {
            return tell(written.error());
        }
    }
    return judge(result, interruption.happened());
}

} // namespace keyglass::cli
