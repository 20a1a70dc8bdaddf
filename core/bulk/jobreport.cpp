// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobreport.h"

#include "core/base/errortext.h"
#include "core/base/jsontext.h"
#include "core/bulk/reportcopy.h"
#include "core/bulk/reportfile.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t troublesKept = 1000;

} // namespace

bool hasTrouble(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Done:
    case Outcome::Missing:
    case Outcome::Skipped:
    case Outcome::Gone:
        return false;
    case Outcome::DoneThoughChanged:
    case Outcome::Changed:
    case Outcome::NotUndoable:
    case Outcome::Failed:
    case Outcome::ExpiredMeanwhile:
    case Outcome::Unknown:
    case Outcome::NotDone:
        break;
    }
    return true;
}

OutcomeCounts& OutcomeCounts::operator+=(const OutcomeCounts& other)
{
    for (std::size_t at = 0; at < of.size(); ++at) {
        of[at] += other.of[at];
    }
    goneDeleted += other.goneDeleted;
    return *this;
}

std::uint64_t OutcomeCounts::keys() const
{
    return std::accumulate(of.begin(), of.end(), std::uint64_t{0});
}

std::uint64_t OutcomeCounts::done() const
{
    return (*this)[Outcome::Done] + (*this)[Outcome::DoneThoughChanged] + goneDeleted;
}

std::uint64_t OutcomeCounts::missing() const
{
    return (*this)[Outcome::Missing] + (*this)[Outcome::Gone] - goneDeleted;
}

std::uint64_t OutcomeCounts::troubled() const
{
    return keys() - done() - missing() - (*this)[Outcome::Skipped];
}

std::string countsJson(const OutcomeCounts& counts)
{
    std::string text;
    const auto add = [&text](std::string_view name, std::uint64_t count) {
        text += (text.empty() ? "\"" : ", \"") + std::string(name) + "\": " + std::to_string(count);
    };
    for (std::size_t at = 0; at < outcomeCount; ++at) {
        const auto outcome = static_cast<Outcome>(at);
        if (counts[outcome] > 0) {
            add(outcomeName(outcome), counts[outcome]);
        }
        if (outcome == Outcome::Gone && counts[outcome] > 0) {
            add("gone_deleted", counts.goneDeleted);
        }
    }
    return '{' + text + '}';
}

std::string nodesJson(const std::vector<NodeOutcomes>& nodes)
{
    std::string list;
    for (const NodeOutcomes& node : nodes) {
        list += (list.empty() ? R"({"node": )" : R"(, {"node": )") + jsonOf(node.node.toStdString()) + R"(, "keys": )"
            + std::to_string(node.counts.keys()) + R"(, "outcomes": )" + countsJson(node.counts);
        if (node.retries > 0) {
            list += R"(, "retries": )" + std::to_string(node.retries);
        }
        if (node.givenUp) {
            list += R"(, "error": )" + jsonOf(errorText(*node.givenUp).toStdString());
        }
        list += '}';
    }
    return '[' + list + ']';
}

std::string summaryJson(const std::vector<NodeOutcomes>& nodes, std::optional<std::chrono::milliseconds> elapsed)
{
    OutcomeCounts counts;
    for (const NodeOutcomes& node : nodes) {
        counts += node.counts;
    }
    std::string text = countsJson(counts);
    text.pop_back();
    text += (counts.keys() > 0 ? R"(, "keys": )" : R"("keys": )") + std::to_string(counts.keys());
    if (elapsed) {
        text += R"(, "elapsed_ms": )" + std::to_string(elapsed->count());
    }
    return text + R"(, "nodes": )" + nodesJson(nodes) + '}';
}

JobReport::JobReport() = default;

JobReport::JobReport(std::unique_ptr<ReportFile> file)
    : m_file(std::move(file))
{
}

JobReport::~JobReport() = default;

NodeOutcomes& JobReport::lineOf(const QString& node)
{
    const auto line = std::ranges::find(m_nodes, node, &NodeOutcomes::node);
    return line != m_nodes.end() ? *line : m_nodes.emplace_back(NodeOutcomes{node, {}, {}, 0});
}

void JobReport::add(const QString& node, const OutcomeCounts& counts, std::vector<KeyOutcome>&& rows)
{
    const std::lock_guard lock(m_mutex);
    lineOf(node).counts += counts;
    for (KeyOutcome& row : rows) {
        row.node = node;
        if (m_file) {
            m_file->add(row);
        }
        if (hasTrouble(row.outcome) && m_troubles.size() < troublesKept) {
            m_troubles.push_back(std::move(row));
        }
    }
}

void JobReport::giveUp(const QString& node, const Error& why)
{
    const std::lock_guard lock(m_mutex);
    NodeOutcomes& line = lineOf(node);
    line.givenUp = line.givenUp.value_or(why);
}

void JobReport::retried(const QString& node)
{
    const std::lock_guard lock(m_mutex);
    ++lineOf(node).retries;
}

void JobReport::withdrawDone(std::string_view why)
{
    const std::lock_guard lock(m_mutex);
    m_withdrawnFor = why;
    for (NodeOutcomes& node : m_nodes) {
        node.counts[Outcome::NotDone] += std::exchange(node.counts[Outcome::Done], 0);
    }
}

OutcomeCounts JobReport::counts() const
{
    const std::lock_guard lock(m_mutex);
    OutcomeCounts sum;
    for (const NodeOutcomes& node : m_nodes) {
        sum += node.counts;
    }
    return sum;
}

std::vector<NodeOutcomes> JobReport::nodes() const
{
    const std::lock_guard lock(m_mutex);
    return m_nodes;
}

std::vector<KeyOutcome> JobReport::troubles() const
{
    const std::lock_guard lock(m_mutex);
    return m_troubles;
}

Status JobReport::closeFile(const std::string& summary)
{
    const std::lock_guard lock(m_mutex);
    if (!m_file) {
        return ok();
    }
    Status closed = m_file->close(summary);
    if (!m_withdrawnFor) {
        return closed;
    }
    Status withdrawn = keyglass::withdrawDone(m_file->path(), *m_withdrawnFor, summary);
    return closed ? std::move(withdrawn) : std::move(closed);
}

} // namespace keyglass
