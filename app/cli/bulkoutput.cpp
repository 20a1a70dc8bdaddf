// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bulkoutput.h"

#include "app/cli/ledger.h"
#include "app/cli/output.h"
#include "core/base/errortext.h"
#include "core/bulk/jobestimate.h"
#include "core/bulk/sentcommands.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <optional>

namespace keyglass::cli {

namespace {

std::string jsonText(const QString& text)
{
    return jsonOf(text.toStdString());
}

/// Puts things between commas.
class List {
public:
    void add(const std::string& item) { m_text += (m_text.empty() ? "" : ", ") + item; }
    [[nodiscard]] std::string array() const { return '[' + m_text + ']'; }
    [[nodiscard]] std::string object() const { return '{' + m_text + '}'; }

private:
    std::string m_text;
};

std::string member(std::string_view name, const std::string& value)
{
    return '"' + std::string(name) + "\": " + value;
}

std::string scanJson(const ScanReport& scan)
{
    List nodes;
    for (const NodeScanEnd* node : scan.partialNodes()) {
        nodes.add(jsonText(node->node));
    }
    List members;
    members.add(member("iterations", std::to_string(scan.calls())));
    members.add(member("partial_nodes", nodes.array()));
    if (scan.cluster) {
        members.add(member("cluster", jsonOf(*scan.cluster)));
    }
    return members.object();
}

std::string troublesJson(const std::vector<KeyOutcome>& troubles)
{
    constexpr std::size_t shown = 100;
    List list;
    for (std::size_t at = 0; at < std::min(shown, troubles.size()); ++at) {
        List members;
        members.add(member("key", jsonOf(troubles[at].key)));
        members.add(member("node", jsonText(troubles[at].node)));
        members.add(member("outcome", jsonOf(outcomeName(troubles[at].outcome))));
        members.add(member("detail", jsonOf(troubles[at].detail)));
        list.add(members.object());
    }
    return list.array();
}

std::string countsOf(const std::map<std::string, std::uint64_t>& counts)
{
    List members;
    for (const auto& [name, count] : counts) {
        members.add(jsonOf(isUtf8(name) ? name : escapeLine(name)) + ": " + std::to_string(count));
    }
    return members.object();
}

std::string samplesJson(const std::vector<JobPreview::Sample>& samples)
{
    List list;
    for (const JobPreview::Sample& sample : samples) {
        List members;
        members.add(member("key", jsonOf(sample.key)));
        members.add(member("type", jsonOf(sample.type)));
        if (sample.newName) {
            members.add(member("new_name", jsonOf(*sample.newName)));
        }
        list.add(members.object());
    }
    return list.array();
}

/// Those skipped and those that can't be undone.
std::string leftAloneJson(const std::vector<JobPreview::LeftAlone>& keys)
{
    constexpr std::size_t shown = 100;
    List list;
    for (std::size_t at = 0; at < std::min(shown, keys.size()); ++at) {
        List members;
        members.add(member("key", jsonOf(keys[at].key)));
        members.add(member("why", jsonOf(keys[at].why)));
        list.add(members.object());
    }
    return list.array();
}

std::string archiveJson(const BulkReport& report)
{
    if (!report.archive) {
        return "null";
    }
    const double syncMs = std::chrono::duration<double, std::milli>(report.archive->syncTime).count();
    List members;
    members.add(member("file", jsonText(report.archiveFile)));
    members.add(member("records", std::to_string(report.archive->records)));
    members.add(member("bytes", std::to_string(report.archive->written.value)));
    members.add(member("syncs", std::to_string(report.archive->syncs)));
    members.add(member("sync_ms", std::to_string(static_cast<std::int64_t>(syncMs))));
    return members.object();
}

std::string problemsJson(const std::vector<ImportProblem>& problems)
{
    List list;
    for (const ImportProblem& problem : problems) {
        List members;
        members.add(member("line", std::to_string(problem.line)));
        members.add(member("error", jsonText(problem.text)));
        list.add(members.object());
    }
    return list.array();
}

void addFile(
    std::vector<std::pair<std::string_view, std::string>>& lines, const JobPlan& plan, const BulkReport& report)
{
    if (std::holds_alternative<ImportKeys>(plan.operation)) {
        lines.emplace_back("bad_lines", std::to_string(report.badLines));
        lines.emplace_back("line_errors", problemsJson(report.problems));
    } else if (std::holds_alternative<ExportKeys>(plan.operation)) {
        lines.emplace_back("file", report.file.isEmpty() ? "null" : jsonText(report.file));
        lines.emplace_back("file_bytes", std::to_string(report.fileSize.value));
    }
}

std::string written(const std::vector<std::pair<std::string_view, std::string>>& lines)
{
    std::string text = "{\n";
    for (const auto& [name, value] : lines) {
        text += "  " + member(name, value) + (name == lines.back().first ? "\n" : ",\n");
    }
    return text + "}\n";
}

std::string timestamp()
{
    return jsonText(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
}

template <typename T> std::string numberOrNull(const std::optional<T>& number)
{
    return number ? std::to_string(*number) : "null";
}

std::string estimateJson(const JobEstimate& estimate)
{
    const auto ms = [](const std::optional<std::chrono::milliseconds>& time) {
        return numberOrNull(time ? std::optional(time->count()) : std::nullopt);
    };
    static constexpr std::array<std::string_view, 3> bounds{"commands", "pace", "rate"};
    List members;
    members.add(member("duration_ms", ms(estimate.duration)));
    members.add(member("bound_by", jsonOf(bounds.at(static_cast<std::size_t>(estimate.bound)))));
    members.add(member("server_ms", ms(estimate.serverTime)));
    members.add(member("server_busy_share", numberOrNull(estimate.busyShare)));
    members.add(member("call_us", std::to_string(estimate.callBudget.count())));
    members.add(member(
        "read_bytes", numberOrNull(estimate.readBytes ? std::optional(estimate.readBytes->value) : std::nullopt)));
    members.add(member("keys_looked_at", std::to_string(estimate.lookedAt)));
    members.add(member("values_sampled", std::to_string(estimate.sampled)));
    return members.object();
}

} // namespace

std::string previewJson(
    const JobPlan& plan, const BulkRun::Previewed& previewed, const std::vector<std::string>& tables, bool isCluster)
{
    const JobPreview& preview = previewed.preview;
    List commands;
    for (const std::string& name : commandsAnywhere(plan.operation)) {
        commands.add(jsonOf(name));
    }
    std::string sent = "null";
    if (const auto names = sentForOneKey(plan, isCluster)) {
        List inOrder;
        for (const std::string& name : *names) {
            inOrder.add(jsonOf(name));
        }
        sent = inOrder.array();
    }
    List touched;
    for (const std::string& table : tables) {
        touched.add(jsonOf(table));
    }
    List ttls;
    for (std::size_t at = 0; at < preview.ttls.size(); ++at) {
        ttls.add(member(ttlBoundName(at), std::to_string(preview.ttls[at])));
    }
    const std::string planText = QJsonDocument(planJson(plan)).toJson(QJsonDocument::Compact).toStdString();
    std::vector<std::pair<std::string_view, std::string>> lines{{"dry_run", "true"},
        {"operation", jsonOf(operationName(plan.operation))}, {"plan", planText},
        {"keys", std::to_string(preview.keys)}, {"missing", std::to_string(previewed.report.counts.missing())},
        {"types", countsOf(preview.types)}, {"ttl", ttls.object()},
        {"memory_bytes", preview.memory ? std::to_string(preview.memory->value) : "null"},
        {"skipped", countsOf(preview.skipped)},
        {"not_undoable",
            plan.archives && preview.memory && !archivesOthers(plan.operation) ? std::to_string(preview.notUndoable)
                                                                               : "null"},
        {"archived_in_parts", plan.archives && preview.memory ? std::to_string(preview.inParts) : "null"},
        {"left_alone", leftAloneJson(preview.leftAlone)}, {"tables", touched.array()}, {"commands", commands.array()},
        {"sent", sent}, {"nodes", nodesJson(previewed.report.nodes)},
        {"problems", troublesJson(previewed.report.troubles)}, {"sample", samplesJson(preview.samples)}};
    if (const auto& space = previewed.archiveSpace) {
        List members;
        members.add(member("folder", jsonText(space->folder)));
        const bool isOfThese = !archivesOthers(plan.operation);
        members.add(
            member("at_most_bytes", preview.memory && isOfThese ? std::to_string(preview.memory->value) : "null"));
        members.add(member("free_bytes", std::to_string(space->free.value)));
        lines.emplace_back("archive", members.object());
    }
    if (const auto* copy = std::get_if<CopyKeys>(&plan.operation)) {
        lines.emplace_back("overwrites_unarchived", copy->replaces && !plan.archives ? "true" : "false");
    }
    if (previewed.report.scan) {
        lines.emplace_back("scan", scanJson(*previewed.report.scan));
    }
    if (std::holds_alternative<RenameKeys>(plan.operation) || std::holds_alternative<CopyKeys>(plan.operation)) {
        lines.emplace_back("in_the_way", std::to_string(preview.inTheWay));
    }
    if (std::holds_alternative<ImportKeys>(plan.operation)) {
        lines.emplace_back("in_the_way", std::to_string(preview.inTheWay));
        lines.emplace_back("would_fail", previewed.report.failure ? "true" : "false"); // before its first key
        addFile(lines, plan, previewed.report);
    }
    const JobEstimate estimate = estimateJob(plan, preview);
    lines.emplace_back("expected_ms", estimate.duration ? std::to_string(estimate.duration->count()) : "null");
    lines.emplace_back("batch_keys", std::to_string(estimate.batchKeys));
    lines.emplace_back("estimate", estimateJson(estimate));
    lines.emplace_back("elapsed_ms", std::to_string(previewed.report.elapsed.count()));
    lines.emplace_back("timestamp", timestamp());
    return written(lines);
}

std::string reportJson(const JobPlan& plan, const BulkReport& report)
{
    const bool isCancelled = report.failure && report.failure->kind == ErrorKind::Cancelled;
    const double seconds = std::max(0.001, static_cast<double>(report.elapsed.count()) / 1000.0);
    const std::uint64_t tried = report.counts.keys() - report.counts[Outcome::NotDone];
    std::vector<std::pair<std::string_view, std::string>> lines{{"dry_run", "false"},
        {"operation", jsonOf(operationName(plan.operation))}, {"keys", std::to_string(report.counts.keys())},
        {"done", std::to_string(report.counts.done())}, {"outcomes", countsJson(report.counts)},
        {"complete", report.isWhole() ? "true" : "false"}, {"cancelled", isCancelled ? "true" : "false"},
        {"error", report.failure && !isCancelled ? jsonText(errorText(*report.failure)) : "null"},
        {"nodes", nodesJson(report.nodes)}, {"problems", troublesJson(report.troubles)},
        {"problem_count", std::to_string(report.counts.troubled())}, {"archive", archiveJson(report)}};
    if (report.scan) {
        lines.emplace_back("scan", scanJson(*report.scan));
    }
    addFile(lines, plan, report);
    lines.emplace_back("elapsed_ms", std::to_string(report.elapsed.count()));
    lines.emplace_back(
        "keys_per_second", std::to_string(static_cast<std::int64_t>(static_cast<double>(tried) / seconds)));
    lines.emplace_back("timestamp", timestamp());
    return written(lines);
}

} // namespace keyglass::cli
