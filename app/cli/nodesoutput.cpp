// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/nodesoutput.h"

#include "app/cli/output.h"
#include "core/base/errortext.h"

namespace keyglass::cli {

namespace {

std::string textOrNull(const QString& text)
{
    return text.isEmpty() ? "null" : jsonOf(text.toStdString());
}

template <typename Number> std::string numberOrNull(const std::optional<Number>& number)
{
    return number ? std::to_string(*number) : "null";
}

std::string errorOrNull(const std::optional<Error>& error)
{
    return error ? jsonOf(errorText(*error).toStdString()) : "null";
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
    json += ", \"keys\": " + numberOrNull(node.keys);
    json += ", \"error\": " + errorOrNull(node.trouble);
    return json + '}';
}

/// What the Sentinels say of a server or of one of themselves.
std::string watchedJson(const WatchedNode& node)
{
    std::string json = "{\"id\": " + textOrNull(QString::fromStdString(node.runId));
    json += ", \"address\": " + jsonOf(node.options.endpoint.text().toStdString());
    json += ", \"announced\": " + textOrNull(node.announced);
    json += std::string(", \"health\": ") + (node.isDown() ? "\"failed\"" : "\"online\"");
    json += ", \"flags\": " + textOrNull(node.flags);
    json += ", \"last_answer_ms\": " + numberOrNull(node.lastAnswer);
    return json;
}

std::string serverJson(const WatchedServer& server, const QString& master)
{
    std::string json = watchedJson(server.known);
    json += std::string(", \"role\": ") + (server.isMaster ? "\"master\"" : "\"replica\"");
    json += ", \"master\": " + (server.isMaster ? std::string("null") : jsonOf(master.toStdString()));
    json += std::string(", \"link\": ") + (!server.isLinkUp ? "null" : *server.isLinkUp ? "\"up\"" : "\"down\"");
    json += ", \"lag_s\": " + numberOrNull(server.lag);
    json += ", \"offset\": " + numberOrNull(server.offset);
    json += ", \"behind_bytes\": " + numberOrNull(server.behind);
    json += ", \"keys\": " + numberOrNull(server.keys);
    json += ", \"error\": " + errorOrNull(server.trouble);
    return json + '}';
}

void addLine(std::string& list, const std::string& json)
{
    list += (list.empty() ? "\n    " : ",\n    ") + json;
}

/// Says it on stderr. False: it does not answer.
bool answers(const std::optional<Error>& trouble)
{
    if (trouble) {
        static_cast<void>(tell(*trouble));
    }
    return !trouble;
}

} // namespace

int writeNodes(const std::vector<NodeSurvey>& nodes, const SlotSet& orphans)
{
    std::string list;
    bool isWhole = orphans.none();
    for (const NodeSurvey& node : nodes) {
        addLine(list, nodeJson(node));
        isWhole = answers(node.trouble) && isWhole;
    }
    const bool written = writeOut("{\n  \"nodes\": [" + list + "\n  ],\n  \"orphan_slots\": "
        + jsonOf(slotText(orphans).toStdString()) + ",\n  \"count\": " + numberOrNull(keysOf(nodes)) + "\n}\n");
    return !written ? Failed : isWhole ? Done : DoneInPart;
}

int writeNodes(const SentinelSurvey& survey)
{
    const WatchedServer& master = survey.servers.front();
    std::string servers;
    std::string sentinels;
    bool isWhole = true;
    for (const WatchedServer& server : survey.servers) {
        addLine(servers, serverJson(server, master.known.options.endpoint.text()));
        isWhole = answers(server.trouble) && isWhole;
    }
    for (const WatchedNode& sentinel : survey.sentinels) {
        addLine(sentinels, watchedJson(sentinel) + '}');
    }
    const bool written =
        writeOut("{\n  \"nodes\": [" + servers + "\n  ],\n  \"sentinels\": [" + sentinels + "\n  ],\n  \"quorum\": "
            + numberOrNull(survey.quorum) + ",\n  \"count\": " + numberOrNull(master.keys) + "\n}\n");
    return !written ? Failed : isWhole ? Done : DoneInPart;
}

} // namespace keyglass::cli
