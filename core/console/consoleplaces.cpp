// SPDX-License-Identifier: GPL-3.0-or-later
// Where a command line runs: by its keys, or on the node that was chosen.
#include "core/console/console.h"
#include "core/console/console_p.h"
#include "core/console/consoletext.h"

#include <utility>

namespace keyglass {

/// In a cluster a command without keys runs on one node: to read there is worth a note, to change it wants a choice.
Status Console::allowPlace(const Command& command, QStringList& notes, const Lane& lane) const
{
    const std::string name = lowerAscii(command.name());
    if (takesState(name) || dropsState(name) || name == "unwatch") {
        return consoleInput(
            spoken(command), ConsoleText::tr("A transaction runs on one node of a cluster: choose the node."));
    }
    const CommandTable& table = m_source.gate->table();
    const CommandTraits* const traits = table.find(table.nameOf(command));
    if (!traits || table.keyCount(command) != std::size_t{0}) {
        return ok();
    }
    if (traits->isWrite || traits->isAdmin || traits->isDangerous) {
        if (readingGate(m_source.gate).check(command)) {
            notes << ConsoleText::tr("%1 was asked of %2 only, one node of the cluster.")
                         .arg(spoken(command), lane.nodeText());
            return ok();
        }
        return consoleInput(spoken(command),
            ConsoleText::tr("It has no key and would reach one node of the cluster only: choose the node."));
    }
    notes << ConsoleText::tr("%1 was asked of %2 only, one node of the cluster.").arg(spoken(command), lane.nodeText());
    return ok();
}

Result<Console::Line*> Console::lineFor(const QString& node)
{
    std::string id;
    if (!node.isEmpty()) {
        auto found = idOf(node);
        if (!found) {
            return std::move(found).error();
        }
        id = *std::move(found);
    }
    Line& line = m_lines[id];
    if (!line.lane) {
        const ClusterNode* const known = id.empty() ? nullptr : m_source.cluster->topology()->find(id);
        line.lane = known ? makeLane(m_source.cluster->optionsFor(*known), m_source.gate) : m_source.makeLane(id);
    }
    return &line;
}

/// The id of a cluster's node by where it is reached, by what it announces, or by itself.
Result<std::string> Console::idOf(const QString& node) const
{
    const auto topology = m_source.cluster->topology();
    QStringList known;
    for (const ClusterNode& one : topology->nodes()) {
        const QString reached = m_source.cluster->optionsFor(one).endpoint.text();
        const QString announced = QString::fromStdString(one.host) + u':' + QString::number(one.port);
        if (node == reached || node == announced || node.toStdString() == one.id) {
            return one.id;
        }
        known << reached;
    }
    return consoleInput(
        node, ConsoleText::tr("The cluster has no such node; it has %1.").arg(known.join(QStringLiteral(", "))));
}

/// The nodes, by id, whose elements are walked: "" for a server that is alone.
Result<std::vector<std::string>> Console::nodesFor(const ConsoleCommand& command, const ScanBound& scan) const
{
    if (!m_source.cluster) {
        return std::vector<std::string>{std::string()};
    }
    const auto topology = m_source.cluster->topology();
    if (const auto key = scan.key()) {
        const ClusterNode* const owner = topology->owner(slotOf(*key));
        return std::vector<std::string>{owner ? owner->id : std::string()};
    }
    if (!command.node.isEmpty()) {
        auto id = idOf(command.node);
        return id ? Result(std::vector<std::string>{*std::move(id)}) : std::move(id).error();
    }
    if (!command.all) {
        return consoleInput(QStringLiteral("SCAN"),
            ConsoleText::tr(
                "In a cluster a cursor is a node's own: choose the node, or go on to the end on all of them."));
    }
    if (scan.cursor() != "0") {
        return consoleInput(
            QStringLiteral("SCAN"), ConsoleText::tr("A cursor other than 0 is one node's own: choose the node."));
    }
    std::vector<std::string> ids;
    for (const ClusterNode* master : topology->masters()) {
        ids.push_back(master->id);
    }
    return ids;
}

} // namespace keyglass
