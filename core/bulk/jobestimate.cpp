// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobestimate.h"

#include "core/bulk/pacelimits.h"
#include "core/source/commandtable.h"

#include <algorithm>
#include <string>
#include <vector>

namespace keyglass {

namespace {

using Microseconds = std::chrono::duration<double, std::micro>;

bool isArchived(const JobPlan& plan)
{
    return plan.archives && destroys(plan.operation);
}

/// What is sent for each key beside what reads its value.
std::vector<std::string> writesOf(const JobOperation& operation)
{
    if (std::holds_alternative<ImportKeys>(operation)) {
        return {"exists", "set", "pexpire", "persist", "renamenx"}; // most keys are made by one command
    }
    if (std::holds_alternative<DeleteKeys>(operation)) {
        return {"type"}; // UNLINK takes many keys at a call: what a call took says nothing of a key
    }
    if (const auto* copy = std::get_if<CopyKeys>(&operation); copy && copy->moves) {
        return {"restore", "eval"};
    }
    std::vector<std::string> names = commandsOf(operation);
    names.resize(std::min<std::size_t>(names.size(), 1)); // the others stand in where the first is not there
    for (std::string& name : names) {
        name = lowerAscii(name.substr(0, name.find(' ')));
    }
    return names;
}

/// How often a value is read: for the archive, and once more by the transaction that deletes it or writes to it. What a
/// copy writes over is taken to be as large as what it copies.
int readsOf(const JobPlan& plan)
{
    const bool isShown = std::holds_alternative<DeleteKeys>(plan.operation)
        || std::holds_alternative<ExpireKeys>(plan.operation) || std::holds_alternative<PersistKeys>(plan.operation)
        || std::holds_alternative<SetField>(plan.operation) || std::holds_alternative<RunTemplate>(plan.operation);
    const bool isCopy = std::holds_alternative<CopyKeys>(plan.operation); // read here, and archived there
    return !readsValues(plan) ? 0 : (isShown || isCopy) && isArchived(plan) ? 2 : 1;
}

struct NodeTime {
    Microseconds whole{0};
    std::optional<Microseconds> server;
    double bytes = 0;
};

class NodeEstimate {
public:
    NodeEstimate(const NodeMeasure& node, const JobPlan& plan)
        : m_node(node)
        , m_plan(plan)
    {
    }

    /// Of the node's keys, at full pace. `node` has commands.
    [[nodiscard]] NodeTime time() const
    {
        const int reads = readsOf(m_plan);
        Microseconds each = reads * read() + reads * trip();
        Microseconds server = reads * (serverTime("dump") + serverTime("pttl"));
        for (const std::string& name : writesOf(m_plan.operation)) {
            each += command() + std::max(Microseconds{0}, serverTime(name) - lookTime());
            server += serverTime(name);
        }
        const auto keys = static_cast<double>(m_node.keys);
        NodeTime all{keys * each + Microseconds(m_node.own), std::nullopt, keys * reads * sampleBytes()};
        if (!m_node.serverTimes.empty()) {
            all.server = keys * server;
        }
        return all;
    }

private:
    /// From here, one after the other in a pipeline.
    [[nodiscard]] Microseconds command() const
    {
        return Microseconds(m_node.waited) / static_cast<double>(m_node.commands);
    }
    [[nodiscard]] Microseconds trip() const
    {
        return Microseconds(m_node.roundTrip) / static_cast<double>(paceLimits(m_plan.pace).batchKeys);
    }
    /// A value and its end; at least as much as two commands.
    [[nodiscard]] Microseconds read() const
    {
        const Microseconds least = 2 * command();
        return m_node.sampled == 0
            ? least
            : std::max(least, Microseconds(m_node.sampleTime) / static_cast<double>(m_node.sampled));
    }
    [[nodiscard]] double sampleBytes() const
    {
        return m_node.sampled == 0
            ? 0
            : static_cast<double>(m_node.sampledBytes.value) / static_cast<double>(m_node.sampled);
    }
    /// Of what the look sends.
    [[nodiscard]] Microseconds lookTime() const
    {
        for (const char* name : {"pttl", "exists"}) {
            if (const auto found = m_node.serverTimes.find(name); found != m_node.serverTimes.end()) {
                return Microseconds(found->second);
            }
        }
        return Microseconds{0};
    }
    /// A command that the server has not done yet takes what the look's take.
    [[nodiscard]] Microseconds serverTime(const std::string& name) const
    {
        const auto found = m_node.serverTimes.find(name);
        return found == m_node.serverTimes.end() ? lookTime() : Microseconds(found->second);
    }

    const NodeMeasure& m_node;
    const JobPlan& m_plan;
};

std::chrono::milliseconds rounded(Microseconds time)
{
    return std::chrono::ceil<std::chrono::milliseconds>(time);
}

} // namespace

bool readsValues(const JobPlan& plan)
{
    return isArchived(plan)
        ? !std::holds_alternative<ImportKeys>(plan.operation)
        : std::holds_alternative<CopyKeys>(plan.operation) || std::holds_alternative<ExportKeys>(plan.operation);
}

JobEstimate estimateJob(const JobPlan& plan, const JobPreview& preview)
{
    const PaceLimits limits = paceLimits(plan.pace);
    JobEstimate estimate;
    estimate.batchKeys = limits.batchKeys;
    estimate.callBudget = limits.callBudget;
    NodeTime slowest;
    std::optional<Microseconds> server = Microseconds{0};
    double bytes = 0;
    for (const NodeMeasure& node : preview.nodes) {
        if (node.commands == 0) {
            continue;
        }
        const NodeTime time = NodeEstimate(node, plan).time();
        server = server && time.server ? std::optional(*server + *time.server) : std::nullopt;
        bytes += time.bytes;
        estimate.lookedAt += node.keys;
        estimate.sampled += node.sampled;
        slowest = time.whole > slowest.whole ? time : slowest;
    }
    if (estimate.lookedAt > 0) {
        estimate.bound = limits.busyShare < 1 ? JobEstimate::Bound::GentlePace : JobEstimate::Bound::Commands;
        slowest.whole /= limits.busyShare;
        estimate.duration = rounded(slowest.whole);
        estimate.serverTime = server ? std::optional(rounded(*server)) : std::nullopt;
        estimate.readBytes =
            estimate.sampled > 0 ? std::optional(ByteCount{static_cast<std::uint64_t>(bytes)}) : std::nullopt;
    }
    if (plan.keysPerSecond) {
        const Microseconds limited{1e6 * static_cast<double>(preview.keys) / static_cast<double>(*plan.keysPerSecond)};
        if (!estimate.duration || limited > slowest.whole) {
            slowest.whole = limited;
            estimate.duration = rounded(limited);
            estimate.bound = JobEstimate::Bound::RateLimit;
        }
    }
    if (slowest.server && slowest.whole.count() > 0) {
        estimate.busyShare = std::min(1.0, slowest.server->count() / slowest.whole.count());
    }
    return estimate;
}

} // namespace keyglass
