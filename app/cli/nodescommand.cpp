// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/errortext.h"
#include "core/session/nodesurvey.h"

#include <QCoreApplication>

namespace keyglass::cli {

namespace {

std::string textOrNull(const QString& text)
{
    return text.isEmpty() ? "null" : jsonOf(text.toStdString());
}

std::string healthText(NodeHealth health)
{
    switch (health) {
    case NodeHealth::Online:
        return "\"online\"";
    case NodeHealth::Failed:
        return "\"failed\"";
    case NodeHealth::Loading:
        return "\"loading\"";
    case NodeHealth::Unknown:
        break;
    }
    return "null";
}

std::string nodeJson(const NodeSurvey& node)
{
    std::string json = "{\"id\": " + jsonOf(node.id);
    json += ", \"address\": " + jsonOf(node.address.toStdString());
    json += ", \"announced\": " + textOrNull(node.announced);
    json += std::string(", \"role\": ") + (node.isMaster ? "\"master\"" : "\"replica\"");
    json += ", \"master\": " + textOrNull(node.masterAddress);
    json += ", \"health\": " + healthText(node.health);
    json += ", \"slots\": " + textOrNull(node.slotRanges);
    json += ", \"slot_count\": " + std::to_string(node.slots);
    json += ", \"keys\": " + (node.keys ? std::to_string(*node.keys) : "null");
    json += ", \"error\": " + (node.trouble ? jsonOf(errorText(*node.trouble).toStdString()) : "null");
    return json + '}';
}

/// A server that is alone, or the master that Sentinels name, as the one node that it is.
NodeSurvey lookAtOne(const Target& target, std::stop_token stop)
{
    NodeSurvey node;
    const auto lane = target.lane();
    const auto keys = fetchKeyCount(*lane, std::move(stop));
    node.address = lane->nodeText();
    node.isMaster = target.access.facts.role != ServerRole::Replica;
    node.keys = keys ? *keys : std::nullopt;
    if (!keys) {
        node.trouble = keys.error();
    }
    return node;
}

/// Writes the topology, and gives the exit status: done in part where a node does not answer or a slot has none.
int write(const std::vector<NodeSurvey>& nodes, const SlotSet& orphans)
{
    std::string list;
    bool isWhole = orphans.none();
    for (const NodeSurvey& node : nodes) {
        list += (list.empty() ? "\n    " : ",\n    ") + nodeJson(node);
        isWhole = isWhole && !node.trouble;
        if (node.trouble) {
            static_cast<void>(tell(*node.trouble));
        }
    }
    const auto count = keysOf(nodes);
    const bool written =
        writeOut("{\n  \"nodes\": [" + list + "\n  ],\n  \"orphan_slots\": " + jsonOf(slotText(orphans).toStdString())
            + ",\n  \"count\": " + (count ? std::to_string(*count) : "null") + "\n}\n");
    return !written ? Failed : isWhole ? Done : DoneInPart;
}

} // namespace

int runNodes(std::span<char* const> words)
{
    const auto options = Options::parse(words, targetOptions());
    if (!options) {
        return tell(options.error());
    }
    if (!options->rest().empty()) {
        return tell(Error{ErrorKind::Input, displayText(options->rest().front()),
            QCoreApplication::translate("cli", "The command takes options only")});
    }
    const Interruption interruption;
    const auto target = openTarget(*options, interruption.token());
    if (!target) {
        return tell(target.error());
    }
    if (!target->access.cluster) {
        return write({lookAtOne(*target, interruption.token())}, {});
    }
    return write(
        surveyNodes(target->access.cluster, interruption.token()), target->access.cluster->topology()->orphans());
}

} // namespace keyglass::cli
