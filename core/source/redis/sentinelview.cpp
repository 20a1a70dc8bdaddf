// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/sentinelview.h"

#include "core/source/redis/infotext.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <map>

namespace keyglass {

namespace {

constexpr Milliseconds patience{1500}; // another Sentinel knows as well
using Fields = std::map<std::string, std::string, std::less<>>;

QString tr(const char* text)
{
    return QCoreApplication::translate("Sentinel", text);
}

QString textOf(const std::string& bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

/// Names and values in turns.
Fields fieldsOf(const Reply& reply)
{
    Fields fields;
    for (std::size_t at = 0; at + 1 < reply.elements.size(); at += 2) {
        fields.emplace(reply.elements[at].text, reply.elements[at + 1].text);
    }
    return fields;
}

std::string valueOf(const Fields& fields, std::string_view name)
{
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

/// `cameBy`: the Sentinel that said so; `own`: whose credentials and TLS settings the node is reached with.
std::optional<WatchedNode> nodeOf(
    const Fields& fields, ConnectionOptions own, const SentinelGroup& group, const ConnectionOptions& cameBy)
{
    const std::string host = valueOf(fields, "ip");
    const auto port = wholeNumber(valueOf(fields, "port"));
    if (!port || *port == 0 || *port > std::numeric_limits<std::uint16_t>::max()) {
        return std::nullopt;
    }
    own.endpoint.host = cameBy.endpoint.host; // whose host stands for all where the rules say so
    WatchedNode node;
    node.options = ClusterAddresses(own, group.addresses)
                       .optionsFor(textOf(host), static_cast<std::uint16_t>(*port), cameBy.endpoint);
    const QString announced = Endpoint{textOf(host), static_cast<std::uint16_t>(*port), {}, {}}.text();
    node.announced = announced == node.options.endpoint.text() ? QString() : announced;
    node.runId = valueOf(fields, "runid");
    node.flags = textOf(valueOf(fields, "flags"));
    node.lastAnswer = wholeNumber(valueOf(fields, "last-ok-ping-reply"));
    if (const std::string link = valueOf(fields, "master-link-status"); !link.empty()) {
        node.isLinkUp = link == "ok";
    }
    if (const auto offset = wholeNumber(valueOf(fields, "slave-repl-offset"))) {
        node.offset = static_cast<std::int64_t>(*offset);
    }
    return node;
}

std::vector<WatchedNode> nodesOf(
    const Reply& reply, const ConnectionOptions& own, const SentinelGroup& group, const ConnectionOptions& cameBy)
{
    std::vector<WatchedNode> nodes;
    for (const Reply& each : reply.elements) {
        if (auto node = nodeOf(fieldsOf(each), own, group, cameBy)) {
            nodes.push_back(*std::move(node));
        }
    }
    return nodes;
}

Result<SentinelView> ask(
    const SentinelGroup& group, const ConnectionOptions& sentinel, Lane& lane, std::stop_token stop)
{
    const auto master = lane.call(Command{"SENTINEL", "MASTER", group.masterName}, stop);
    if (!master) {
        const bool isUnknown = master.error().detail.contains(u"No such master");
        return isUnknown ? Error{ErrorKind::Input, QString::fromStdString(group.masterName),
                               tr("The Sentinels know no master of this name.")}
                         : master.error();
    }
    const Fields fields = fieldsOf(*master);
    auto known = nodeOf(fields, group.master, group, sentinel);
    if (!known) {
        return Error{ErrorKind::Protocol, lane.nodeText(), tr("Its answer is no address.")};
    }
    SentinelView view;
    view.master = *std::move(known);
    view.quorum = wholeNumber(valueOf(fields, "quorum"));
    auto replicas = lane.call(Command{"SENTINEL", "REPLICAS", group.masterName}, stop);
    if (!replicas && replicas.error().kind == ErrorKind::Server) { // before Redis 5.0
        replicas = lane.call(Command{"SENTINEL", "SLAVES", group.masterName}, stop);
    }
    if (!replicas) {
        return std::move(replicas).error();
    }
    view.replicas = nodesOf(*replicas, group.master, group, sentinel);
    const auto others = lane.call(Command{"SENTINEL", "SENTINELS", group.masterName}, stop);
    if (!others) {
        return others.error();
    }
    WatchedNode asked;
    asked.options = sentinel;
    asked.flags = QStringLiteral("sentinel");
    asked.lastAnswer = 0;
    if (const auto id = lane.call(Command{"SENTINEL", "MYID"}, stop)) { // 6.2
        asked.runId = id->text;
    }
    view.sentinels = nodesOf(*others, sentinel, group, sentinel);
    view.sentinels.insert(view.sentinels.begin(), std::move(asked));
    return view;
}

} // namespace

bool WatchedNode::isDown() const
{
    const QStringList all = flags.split(u',');
    return all.contains(u"s_down") || all.contains(u"o_down");
}

Result<SentinelView> fetchSentinelView(
    const SentinelGroup& group, const std::shared_ptr<const CommandGate>& gate, const std::stop_token& stop)
{
    std::optional<Error> whyNot;
    for (const bool isHurried : {true, false}) {
        bool wasAnySilent = false;
        for (ConnectionOptions sentinel : group.sentinels) {
            const ConnectionOptions whole = sentinel;
            if (isHurried) {
                sentinel.connectTimeout = std::min(sentinel.connectTimeout, patience);
                sentinel.callTimeout = std::min(sentinel.callTimeout, patience);
            }
            sentinel.database = 0;
            const auto lane = makeLane(std::move(sentinel), gate);
            auto view = ask(group, whole, *lane, stop);
            if (view || stop.stop_requested() || view.error().kind == ErrorKind::Input) {
                return view;
            }
            wasAnySilent = wasAnySilent || view.error().kind == ErrorKind::Timeout;
            whyNot = whyNot.value_or(view.error());
        }
        if (!wasAnySilent) {
            break;
        }
    }
    return whyNot.value_or(Error{ErrorKind::Input, tr("The profile"), tr("It names no Sentinel.")});
}

} // namespace keyglass
