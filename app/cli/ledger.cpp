// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ledger.h"

#include "app/cli/output.h"

#include <cmath>
#include <cstdio>

namespace keyglass::cli {

namespace {

/// The members of a JSON object, written one after the other.
class JsonObject {
public:
    void add(const char* name, const std::string& json)
    {
        m_text += (m_text.empty() ? "" : ", ") + jsonOf(name) + ": " + json;
    }
    void addText(const char* name, const QString& text) { add(name, jsonOf(text.toStdString())); }
    void addOptional(const char* name, const QString& text)
    {
        add(name, text.isEmpty() ? "null" : jsonOf(text.toStdString()));
    }
    void addNumber(const char* name, std::uint64_t number) { add(name, std::to_string(number)); }
    void addTime(const char* name, std::chrono::microseconds time) { add(name, std::to_string(time.count())); }
    [[nodiscard]] std::string text() const { return '{' + m_text + '}'; }

private:
    std::string m_text;
};

/// With three digits after the point, whatever the locale.
std::string decimal(double number)
{
    const auto thousandths = std::llround(number * 1000);
    const std::string rest = std::to_string(1000 + std::llabs(thousandths) % 1000).substr(1);
    return std::to_string(thousandths / 1000) + '.' + rest;
}

std::string lineJson(const NodeScanEnd& end)
{
    const NodeLedger& line = end.ledger;
    JsonObject json;
    json.addText("node", end.node);
    json.addOptional("role", line.role);
    json.addOptional("slots", line.slotRanges);
    json.addOptional("run_id", QString::fromStdString(end.runId));
    json.addText("cursor", QString::number(end.resumeFrom.value));
    json.addNumber("keys", end.keys);
    json.addNumber("iterations", end.calls);
    json.add("keys_per_call", decimal(line.keysPerCall()));
    json.add("keys_per_examined", decimal(line.keysPerExamined()));
    json.add("calls_per_second", decimal(line.callsPerSecond));
    json.addNumber("count_max", static_cast<std::uint64_t>(std::max(0, end.largestCount)));
    json.addTime("latency_mean_us", line.meanLatency);
    json.addTime("latency_p99_us", line.p99Latency);
    json.addTime("latency_max_us", line.maxLatency);
    json.add("server_us_per_call", line.serverTime ? std::to_string(line.serverTime->count()) : "null");
    json.addNumber("errors", line.errors);
    json.addOptional("last_error", line.lastError);
    json.addNumber("restarts", static_cast<std::uint64_t>(std::max(0, end.restarts)));
    json.addOptional("last_restart", line.lastRestart);
    json.addOptional("replaced_by", end.replacedBy);
    json.add("share", decimal(end.share));
    json.add("complete", end.isComplete() ? "true" : "false");
    json.addOptional("started", isoText(line.started));
    json.addOptional("finished", isoText(line.finished));
    return json.text();
}

} // namespace

std::string ledgerJson(const ScanReport& report)
{
    std::string list;
    for (const NodeScanEnd& end : report.nodes) {
        list += (list.empty() ? "" : ", ") + lineJson(end);
    }
    return '[' + list + ']';
}

std::string jsonOf(const ClusterFindings& findings)
{
    JsonObject json;
    json.addText("orphan_slots", findings.orphanSlots);
    json.addText("unsettled_slots", findings.unsettledSlots);
    std::string unwatched;
    for (const QString& node : findings.unwatched) {
        unwatched += (unwatched.empty() ? "" : ", ") + jsonOf(node.toStdString());
    }
    json.add("unwatched_nodes", '[' + unwatched + ']');
    json.addNumber("rounds_again", static_cast<std::uint64_t>(std::max(0, findings.roundsAgain)));
    return json.text();
}

void tellUnwatched(const ClusterFindings& findings)
{
    if (!findings.unwatched.isEmpty()) {
        std::fprintf(stderr,
            "keyglass: whether slots moved meanwhile is not known, as CLUSTER NODES is not told by %s\n",
            qPrintable(findings.unwatched.join(QStringLiteral(", "))));
    }
}

void tellRestarts(const ScanReport& report)
{
    for (const NodeScanEnd& end : report.nodes) {
        if (end.restarts > 0 && end.replacedBy.isEmpty()) {
            std::fprintf(stderr,
                "keyglass: %s was read again from 0, as it may be another process now; keys that a restart lost may be "
                "listed\n",
                qPrintable(end.node));
        }
    }
}

void tellGaps(const ClusterFindings& findings)
{
    if (!findings.orphanSlots.isEmpty()) {
        std::fprintf(stderr, "keyglass: no node of the cluster owns the slots %s; what they held is missing\n",
            qPrintable(findings.orphanSlots));
    }
    if (!findings.unsettledSlots.isEmpty()) {
        std::fprintf(stderr,
            "keyglass: the slots %s were still moving between nodes; keys of theirs may be missing. Run it again when "
            "the "
            "migration is done\n",
            qPrintable(findings.unsettledSlots));
    }
}

} // namespace keyglass::cli
