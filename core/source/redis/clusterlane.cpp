// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/clusterlane.h"

#include "core/base/clock.h"
#include "core/source/commandgate.h"
#include "core/source/commandtable.h"
#include "core/source/laneview.h"

#include <QCoreApplication>

#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

/// How long redirects are followed and a cluster that is changing is waited for, and how often it is asked again.
constexpr auto patience = 5s;
constexpr auto askAgainAfter = 100ms;
/// Redirects followed at once, one after the other; a key that moves on takes two.
constexpr int hopsAtOnce = 4;

/// What an error reply says to do next.
enum class Advice { None, Moved, Ask, TryLater, OtherOwner };

Advice adviceIn(const Reply& reply)
{
    if (!reply.isError()) {
        return Advice::None;
    }
    const std::string_view text = reply.text;
    if (const auto redirect = parseRedirect(text)) {
        return redirect->isAsk ? Advice::Ask : Advice::Moved;
    }
    if (text.starts_with("TRYAGAIN") || text.starts_with("CLUSTERDOWN")) {
        return Advice::TryLater;
    }
    return text.starts_with("READONLY") ? Advice::OtherOwner : Advice::None;
}

/// Of the RedisTABLE module: no key is called like the table, so that a node always sends it on while the slot moves,
/// to where there is only a part of the table, in which rows are inserted with ids that are taken.
bool isTableCommand(const Command& command)
{
    constexpr std::string_view lead = "table.";
    return command.name().size() > lead.size() && lowerAscii(command.name().substr(0, lead.size())) == lead;
}

constexpr std::string_view whyTablesWait =
    " (the table is on its way to another node, and only a part of it is there: try again when it has arrived)";

void wait(std::chrono::milliseconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
}

/// One command of a pipeline on its way to its reply.
struct Errand {
    std::size_t at = 0; ///< Its place in the pipeline.
    Lane* target = nullptr;
    bool asking = false; ///< The target only takes it after ASKING.
};

class ClusterLane final : public Lane {
public:
    ClusterLane(std::shared_ptr<ClusterMap> map, std::string homeId, Greeting greeting)
        : m_map(std::move(map))
        , m_homeId(std::move(homeId))
        , m_greeting(std::move(greeting))
        , m_readsReplica(std::ranges::any_of(
              m_greeting, [](const Command& command) { return lowerAscii(command.name()) == "readonly"; }))
    {
        m_home = homeOptions().endpoint.text();
    }

    Result<Reply> call(const Command& command, std::stop_token stop) override { return call(command, {}, stop); }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        return pipeline(commands, {}, stop);
    }
    Status check(const Command& command) const override { return check(command, {}); }
    Status send(const Command& command, std::stop_token stop) override { return home().send(command, std::move(stop)); }
    Status receive(ReplySink& sink, std::stop_token stop) override { return home().receive(sink, std::move(stop)); }
    Result<std::optional<Reply>> listen(Milliseconds wait, std::stop_token stop) override
    {
        return home().listen(wait, std::move(stop));
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override;

    Result<Reply> call(const Command& command, const Confirmation& confirmation, std::stop_token stop);
    Result<std::vector<Reply>> pipeline(
        std::span<const Command> commands, const Confirmation& confirmation, std::stop_token stop);

    Status check(const Command& command, const Confirmation& confirmation) const
    {
        auto allowed = m_map->gate()->check(command, confirmation);
        return allowed ? ok() : Status(std::move(allowed).error().about(nodeText()));
    }

    Status send(const Command& command, const Confirmation& confirmation, std::stop_token stop)
    {
        return home().confirmed(confirmation)->send(command, std::move(stop));
    }

    void close() override { m_lanes.clear(); }
    [[nodiscard]] bool isOpen() const override;
    [[nodiscard]] std::uint64_t openings() const override;
    [[nodiscard]] QString nodeText() const override;

private:
    [[nodiscard]] ConnectionOptions homeOptions() const;
    [[nodiscard]] Lane& home();
    [[nodiscard]] Lane& laneTo(ConnectionOptions options);
    [[nodiscard]] Lane& ownerOf(const Command& command);
    [[nodiscard]] Result<std::vector<Errand>> run(const std::vector<Errand>& errands, std::span<const Command> commands,
        const Confirmation& confirmation, std::vector<Reply>& replies, std::stop_token stop);
    /// Those of one call, by the host and the port that redirects tell.
    using RedirectLanes = std::map<std::pair<QString, std::uint16_t>, Lane*>;
    [[nodiscard]] Errand redirected(
        const Errand& errand, const Command& command, const Reply& reply, RedirectLanes& lanes);
    void learnFrom(Lane& lane, const Endpoint& at, std::stop_token stop);

    const std::shared_ptr<ClusterMap> m_map;
    const std::string m_homeId;
    const Greeting m_greeting;
    const bool m_readsReplica; ///< What the node we are the side of has a copy of is asked from it.
    std::map<QString, std::unique_ptr<Lane>> m_lanes; ///< By endpoint.
    QString m_home;                                   ///< Where we were the side of a node last,
    std::uint64_t m_homes = 0;                        ///< and how often that became another place.
};

/// A ClusterLane with the user's yes to certain commands.
class ConfirmedClusterLane final : public LaneView {
public:
    ConfirmedClusterLane(ClusterLane& lane, Confirmation confirmation)
        : LaneView(lane)
        , m_lane(lane)
        , m_confirmation(std::move(confirmation))
    {
    }
    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        return m_lane.call(command, m_confirmation, std::move(stop));
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        return m_lane.pipeline(commands, m_confirmation, std::move(stop));
    }
    Status check(const Command& command) const override { return m_lane.check(command, m_confirmation); }
    Status send(const Command& command, std::stop_token stop) override
    {
        return m_lane.send(command, m_confirmation, std::move(stop));
    }

private:
    ClusterLane& m_lane;
    Confirmation m_confirmation;
};

std::unique_ptr<Lane> ClusterLane::confirmed(Confirmation confirmation)
{
    return std::make_unique<ConfirmedClusterLane>(*this, std::move(confirmation));
}

Result<Reply> ClusterLane::call(const Command& command, const Confirmation& confirmation, std::stop_token stop)
{
    auto replies = pipeline({&command, 1}, confirmation, std::move(stop));
    if (!replies) {
        return std::move(replies).error();
    }
    if (replies->front().isError()) {
        return replyError(replies->front().text).about(ownerOf(command).nodeText());
    }
    return std::move(replies->front());
}

Result<std::vector<Reply>> ClusterLane::pipeline(
    std::span<const Command> commands, const Confirmation& confirmation, std::stop_token stop)
{
    for (const Command& command : commands) {
        if (Status allowed = check(command, confirmation); !allowed) {
            return std::move(allowed).error();
        }
    }
    std::vector<Reply> replies(commands.size());
    std::vector<Errand> errands;
    for (std::size_t at = 0; at < commands.size(); ++at) {
        errands.push_back(Errand{at, &ownerOf(commands[at]), false});
    }
    const auto end = Clock::now() + patience;
    for (int hops = 0; !errands.empty(); ++hops) {
        if (hops > hopsAtOnce) {
            wait(askAgainAfter, stop); // two nodes that send us to each other, until they have agreed
            if (stop.stop_requested()) {
                return Error{ErrorKind::Cancelled, nodeText(), {}};
            }
        }
        auto left = run(errands, commands, confirmation, replies, stop);
        if (!left) {
            return std::move(left).error();
        }
        errands = *std::move(left);
        if (Clock::now() >= end) {
            break; // the redirects stand as replies
        }
    }
    return replies;
}

/// Sends every errand to its target and gives those back that have to go elsewhere.
Result<std::vector<Errand>> ClusterLane::run(const std::vector<Errand>& errands, std::span<const Command> commands,
    const Confirmation& confirmation, std::vector<Reply>& replies, std::stop_token stop)
{
    std::vector<Lane*> targets;
    for (const Errand& errand : errands) {
        if (std::ranges::find(targets, errand.target) == targets.end()) {
            targets.push_back(errand.target);
        }
    }
    std::vector<Errand> left;
    bool mustWait = false;
    for (Lane* target : targets) {
        std::vector<Command> batch;
        std::vector<const Errand*> ofBatch;
        for (const Errand& errand : errands) {
            if (errand.target == target) {
                if (errand.asking) {
                    batch.push_back(Command{"ASKING"});
                    ofBatch.push_back(nullptr);
                }
                batch.push_back(commands[errand.at]);
                ofBatch.push_back(&errand);
            }
        }
        auto answers = target->confirmed(confirmation)->pipeline(batch, stop);
        if (!answers) {
            return std::move(answers).error();
        }
        for (std::size_t at = 0; at < batch.size(); ++at) {
            if (!ofBatch[at]) {
                continue;
            }
            Reply& reply = (*answers)[at];
            const Advice advice = adviceIn(reply);
            mustWait = mustWait || advice == Advice::TryLater || advice == Advice::OtherOwner;
            replies[ofBatch[at]->at] = std::move(reply);
            if (advice == Advice::Ask && isTableCommand(commands[ofBatch[at]->at])) {
                replies[ofBatch[at]->at].text += whyTablesWait;
            } else if (advice != Advice::None) {
                left.push_back(*ofBatch[at]);
            }
        }
    }
    if (mustWait) {
        wait(askAgainAfter, stop);
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, nodeText(), {}};
        }
        static_cast<void>(refreshTopology(*m_map, stop)); // else the next try tells
    }
    bool learnt = false;
    RedirectLanes lanes; // looking each up among all nodes would take its time
    for (Errand& errand : left) {
        const Reply& reply = replies[errand.at];
        if (adviceIn(reply) == Advice::Moved && !std::exchange(learnt, true)) {
            const auto redirect = parseRedirect(reply.text);
            const ConnectionOptions to = m_map->optionsFor(*redirect);
            learnFrom(laneTo(to), to.endpoint, stop);
        }
        errand = redirected(errand, commands[errand.at], reply, lanes);
    }
    return left;
}

/// Where a command that was sent away goes next.
Errand ClusterLane::redirected(const Errand& errand, const Command& command, const Reply& reply, RedirectLanes& lanes)
{
    const auto redirect = parseRedirect(reply.text);
    if (!redirect) {
        return Errand{errand.at, &ownerOf(command), false};
    }
    Lane*& lane = lanes[{redirect->host, redirect->port}];
    if (lane == nullptr) {
        lane = &laneTo(m_map->optionsFor(*redirect));
    }
    return Errand{errand.at, lane, redirect->isAsk};
}

/// A node that a key has moved to knows best who has what.
void ClusterLane::learnFrom(Lane& lane, const Endpoint& at, std::stop_token stop)
{
    if (const auto topology = fetchTopology(lane, m_map->addresses().overTls(), std::move(stop))) {
        m_map->update(*topology, at);
    }
}

Lane& ClusterLane::ownerOf(const Command& command)
{
    const CommandTable& table = m_map->gate()->table();
    const CommandTraits* traits = table.find(table.nameOf(command));
    const std::size_t first = traits && traits->firstKey > 0 ? static_cast<std::size_t>(traits->firstKey) : 0;
    if (first == 0 || first >= command.arguments().size()) {
        return home();
    }
    const auto topology = m_map->topology();
    const ClusterNode* owner = topology->owner(slotOf(command.arguments()[first]));
    const ClusterNode* homeNode = m_readsReplica ? topology->find(m_homeId) : nullptr;
    const bool isAtHome = !owner || (homeNode && homeNode->masterId == owner->id);
    return isAtHome ? home() : laneTo(m_map->optionsFor(*owner));
}

Lane& ClusterLane::laneTo(ConnectionOptions options)
{
    auto& lane = m_lanes[options.endpoint.text()];
    if (!lane) {
        lane = makeLane(std::move(options), m_map->gate(), m_greeting);
    }
    return *lane;
}

Lane& ClusterLane::home()
{
    ConnectionOptions options = homeOptions();
    if (QString place = options.endpoint.text(); place != m_home) {
        m_home = std::move(place);
        ++m_homes;
    }
    return laneTo(std::move(options));
}

/// The node we are the side of; once it is gone, any master, else the seed.
ConnectionOptions ClusterLane::homeOptions() const
{
    const auto topology = m_map->topology();
    if (const ClusterNode* node = topology->find(m_homeId)) {
        return m_map->optionsFor(*node);
    }
    const auto masters = topology->masters();
    return masters.empty() ? m_map->addresses().seed() : m_map->optionsFor(*masters.front());
}

bool ClusterLane::isOpen() const
{
    const auto lane = m_lanes.find(nodeText());
    return lane != m_lanes.end() && lane->second->isOpen();
}

std::uint64_t ClusterLane::openings() const
{
    const auto lane = m_lanes.find(nodeText());
    // The first connection to another place is not the first one to the place before.
    return (lane == m_lanes.end() ? 0 : lane->second->openings()) + (m_homes << 32U);
}

QString ClusterLane::nodeText() const
{
    return homeOptions().endpoint.text();
}

} // namespace

std::unique_ptr<Lane> makeClusterLane(std::shared_ptr<ClusterMap> map, std::string homeId, Greeting greeting)
{
    return std::make_unique<ClusterLane>(std::move(map), std::move(homeId), std::move(greeting));
}

} // namespace keyglass
