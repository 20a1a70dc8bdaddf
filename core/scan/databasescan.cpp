// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/databasescan.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

// A line of an earlier report is found again by its `nodeId`, which here is the root of its database: a report may be
// that of a part only.

namespace keyglass {

namespace {

/// Whether the server itself can't be reached, and another database could not be either.
bool isServerLost(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Auth:
        return true;
    default:
        return false;
    }
}

} // namespace

DatabaseScan::DatabaseScan(
    std::vector<ScannedDatabase> databases, MakeLane makeLane, const ScanReport* goOnFrom, bool onlyFailed)
    : m_makeLane(std::move(makeLane))
{
    for (ScannedDatabase& database : databases) {
        Line& line = m_lines.emplace_back();
        line.database = std::move(database);
        if (!goOnFrom) {
            continue;
        }
        const auto before = std::find_if(goOnFrom->nodes.begin(), goOnFrom->nodes.end(),
            [&](const NodeScanEnd& end) { return end.nodeId == line.database.root; });
        if (before != goOnFrom->nodes.end()) {
            line.before = *before;
            line.isDue = onlyFailed ? before->stoppedBy.has_value() : !before->isComplete();
        }
    }
}

Result<ScanSupervisor::Orders> DatabaseScan::begin(std::stop_token)
{
    return next();
}

ScanSupervisor::Orders DatabaseScan::look(const std::vector<const NodeScanEnd*>& ends, std::stop_token stop)
{
    const NodeScanEnd* last = ends.empty() ? nullptr : ends.back();
    if (!last) {
        Orders wait = {};
        wait.isFinished = false;
        wait.keysToCome = keysToCome();
        return wait;
    }
    if (last->stoppedBy && isServerLost(*last->stoppedBy)) {
        m_lost = last->stoppedBy;
    }
    const bool isStopped = stop.stop_requested() || (last->stoppedBy && last->stoppedBy->kind == ErrorKind::Cancelled);
    if (m_lost || isStopped || last->limit) {
        return {};
    }
    return next();
}

ScanSupervisor::Orders DatabaseScan::next()
{
    Orders orders;
    const auto line =
        std::find_if(m_lines.begin(), m_lines.end(), [](const Line& each) { return each.isDue && !each.walk; });
    if (line == m_lines.end()) {
        return orders;
    }
    ScanNode node;
    node.lane = m_makeLane(line->database.number);
    m_server = node.lane->nodeText();
    node.label = nameOf(*line);
    node.root = line->database.root;
    if (line->before) {
        node.from = line->before->resumeFrom;
        node.runId = line->before->runId;
        node.rest = line->before->rest;
    }
    line->walk = m_walks++;
    orders.begin.push_back(std::move(node));
    orders.isFinished = false;
    orders.keysToCome = keysToCome();
    return orders;
}

std::uint64_t DatabaseScan::keysToCome() const
{
    std::uint64_t keys = 0;
    for (const Line& line : m_lines) {
        keys += line.isDue && !line.walk ? line.database.expectedKeys : 0;
    }
    return keys;
}

QString DatabaseScan::nameOf(const Line& line) const
{
    return QCoreApplication::translate("DatabaseScan", "%1 db %2").arg(m_server).arg(line.database.number);
}

void DatabaseScan::conclude(ScanReport& report)
{
    const auto limit = report.limit();
    std::vector<NodeScanEnd> lines;
    for (Line& line : m_lines) {
        if (line.walk && *line.walk < report.nodes.size()) {
            lines.push_back(std::move(report.nodes[*line.walk]));
        } else if (line.before) {
            lines.push_back(*std::move(line.before));
        } else {
            NodeScanEnd& end = lines.emplace_back();
            end.node = nameOf(line);
            end.expectedKeys = line.database.expectedKeys;
            end.limit = limit;
            if (!limit) {
                end.stoppedBy = m_lost.value_or(Error{ErrorKind::Cancelled, end.node, {}});
            }
            end.ledger.node = end.node;
            end.ledger.state = limit ? NodeScanState::AtLimit
                : m_lost             ? NodeScanState::GivenUp
                                     : NodeScanState::Interrupted;
        }
        lines.back().nodeId = line.database.root;
    }
    report.nodes = std::move(lines);
}

} // namespace keyglass
