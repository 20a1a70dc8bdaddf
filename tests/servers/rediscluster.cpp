// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/rediscluster.h"

#include "tests/servers/slotmove.h"

#include <QElapsedTimer>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keyglass::test {

namespace {

constexpr int patienceMs = 90'000; // a replica tries its full sync again after a minute
constexpr unsigned long pauseMs = 20;
constexpr std::size_t fillPiece = 100'000;

} // namespace

RedisCluster::RedisCluster(ClusterOptions options)
    : m_options(std::move(options))
{
}

RedisCluster::~RedisCluster() = default;

std::uint16_t RedisCluster::port(int node) const
{
    const RedisServer& server = *at(node).server;
    return m_options.tls == ClusterTls::Only ? server.tlsPort() : server.port();
}

std::uint16_t RedisCluster::seedPort(int node) const
{
    return at(node).proxy ? at(node).proxy->port() : port(node);
}

std::map<QString, QString> RedisCluster::addressMap() const
{
    std::map<QString, QString> map;
    for (int i = 0; i < size(); ++i) {
        map.emplace(u"127.0.0.1:%1"_s.arg(port(i)), u"127.0.0.1:%1"_s.arg(seedPort(i)));
    }
    return map;
}

std::vector<ClusterLine> RedisCluster::linesOf(int node)
{
    return clusterLines(server(node).command({"CLUSTER", "NODES"}));
}

ClusterLine RedisCluster::ownLine(int node)
{
    const auto lines = linesOf(node);
    const auto own = std::ranges::find_if(lines, &ClusterLine::isMyself);
    return own == lines.end() ? ClusterLine() : *own;
}

bool RedisCluster::knows(int node, int other)
{
    return std::ranges::any_of(
        linesOf(node), [&](const ClusterLine& line) { return line.id == id(other) && !line.isUnsettled; });
}

bool RedisCluster::isMaster(int node)
{
    return isRunning(node) && ownLine(node).isMaster;
}

std::vector<int> RedisCluster::slotsOf(int node)
{
    return ownLine(node).slots;
}

std::vector<int> RedisCluster::running() const
{
    std::vector<int> all;
    for (int i = 0; i < size(); ++i) {
        if (isRunning(i)) {
            all.push_back(i);
        }
    }
    return all;
}

std::vector<int> RedisCluster::masters()
{
    std::vector<int> all = running();
    std::erase_if(all, [this](int i) {
        const ClusterLine own = ownLine(i);
        return !own.isMaster || own.slots.empty();
    });
    return all;
}

std::optional<int> RedisCluster::replicaOf(int master)
{
    for (const int i : running()) {
        if (const ClusterLine own = ownLine(i); !own.isMaster && own.masterId == id(master)) {
            return i;
        }
    }
    return {};
}

std::array<int, clusterSlots> RedisCluster::owners()
{
    std::array<int, clusterSlots> owners{};
    owners.fill(-1);
    for (const int i : masters()) {
        for (const int slot : slotsOf(i)) {
            owners.at(static_cast<std::size_t>(slot)) = i;
        }
    }
    return owners;
}

int RedisCluster::ownerOf(int slot)
{
    return owners().at(static_cast<std::size_t>(slot));
}

void RedisCluster::fill(std::size_t count, const std::function<Args(std::size_t)>& make)
{
    const auto owners = this->owners();
    for (std::size_t done = 0; done < count;) {
        std::vector<std::vector<Args>> commands(m_nodes.size());
        for (const std::size_t upTo = std::min(done + fillPiece, count); done < upTo; ++done) {
            Args command = make(done);
            const int owner = owners.at(static_cast<std::size_t>(slotOf(command.at(1))));
            commands.at(static_cast<std::size_t>(owner)).push_back(std::move(command));
        }
        for (std::size_t node = 0; node < commands.size(); ++node) {
            m_nodes[node].server->fill(
                commands[node].size(), [&own = commands[node]](std::size_t i) { return std::move(own[i]); });
        }
    }
}

void RedisCluster::fill(std::size_t count, const std::string& prefix)
{
    fill(count, [&prefix](std::size_t i) { return Args{"SET", prefix + std::to_string(i), "v"}; });
}

std::set<std::string> RedisCluster::truth()
{
    std::set<std::string> keys;
    for (const int master : masters()) {
        auto own = server(master).list({"KEYS", "*"});
        keys.insert(std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    }
    return keys;
}

void RedisCluster::kill(int node)
{
    at(node).server->kill();
    at(node).state = State::Killed;
}

std::optional<int> RedisCluster::killMaster(int node)
{
    const bool hasHeir = replicaOf(node).has_value();
    const int slot = slotsOf(node).at(0);
    kill(node);
    const std::optional<int> heir = hasHeir ? std::optional(waitForOwner(slot)) : std::nullopt;
    waitUntilAgreed();
    return heir;
}

int RedisCluster::waitForOwner(int slot)
{
    int owner = -1;
    waitFor("a running master serves the slot", [&] { return (owner = ownerOf(slot)) >= 0; });
    return owner;
}

void RedisCluster::pause(int node)
{
    at(node).server->freeze();
    at(node).state = State::Paused;
}

void RedisCluster::resume(int node)
{
    at(node).server->thaw();
    at(node).state = State::Running;
}

void RedisCluster::restart(int node)
{
    if (isRunning(node)) {
        server(node).save();
    }
    server(node).restart(announcements(node));
    at(node).state = State::Running;
    waitUntilAgreed();
}

int RedisCluster::failover(int master)
{
    const std::optional<int> replica = replicaOf(master);
    if (!replica) {
        qFatal("node %d has no replica to fail over to\n%s", master, views().c_str());
    }
    must(*replica, {"CLUSTER", "FAILOVER"});
    waitFor("a replica becomes master", [&] { return isMaster(*replica) && !isMaster(master); });
    waitUntilAgreed();
    return *replica;
}

int RedisCluster::addNode(std::optional<int> masterOfIt)
{
    const std::vector<int> known = running();
    startNode();
    const int added = size() - 1;
    for (const int other : known) {
        meet(other, added);
    }
    if (masterOfIt) {
        replicate(added, *masterOfIt);
    }
    waitUntilAgreed();
    return added;
}

void RedisCluster::removeNode(int node)
{
    std::vector<int> heirs = masters();
    std::erase(heirs, node);
    const std::vector<int> slots = slotsOf(node);
    const std::size_t share = slots.size() / heirs.size() + 1;
    for (std::size_t i = 0; i < slots.size(); i += share) {
        const auto first = slots.begin() + static_cast<std::ptrdiff_t>(i);
        const auto count = static_cast<std::ptrdiff_t>(std::min(share, slots.size() - i));
        moveSlots(node, heirs[i / share], std::vector<int>(first, first + count));
    }
    kill(node);
    at(node).state = State::Removed;
    for (const int other : running()) {
        must(other, {"CLUSTER", "FORGET", id(node)});
    }
    waitUntilAgreed();
}

void RedisCluster::moveSlots(int from, int to, const std::vector<int>& slots)
{
    SlotMove(*this, from, to, slots).finish();
    waitUntilAgreed();
}

void RedisCluster::waitUntilAgreed()
{
    waitFor("all nodes agree", [this] { return agree(); });
}

bool RedisCluster::agree()
{
    std::optional<std::set<std::string>> first;
    bool allServed = true;
    for (const int i : running()) {
        std::set<std::string> view;
        std::size_t served = 0;
        for (const ClusterLine& line : linesOf(i)) {
            if (!isBelievable(line)) {
                return false;
            }
            view.insert(line.belief());
            served += line.hasFailed ? 0 : line.slots.size();
        }
        allServed = served == clusterSlots;
        if (first && view != *first) {
            return false;
        }
        first = std::move(view);
    }
    return std::ranges::all_of(running(), [&](int i) {
        const bool isOk = server(i).command({"CLUSTER", "INFO"}).find("cluster_state:ok") != std::string::npos;
        return (isOk || !allServed) && isInStep(i);
    });
}

bool RedisCluster::isBelievable(const ClusterLine& line) const
{
    const auto node = std::ranges::find(m_nodes, line.id, &Node::id);
    const bool isDead = node == m_nodes.end() || node->state != State::Running;
    return !line.isUnsettled && line.hasFailed == isDead;
}

/// A replica whose master is gone for good can't be in step with anybody.
bool RedisCluster::isInStep(int node)
{
    const std::string replication = server(node).command({"INFO", "replication"});
    if (replication.find("role:slave") == std::string::npos) {
        return true;
    }
    const auto master = std::ranges::find(m_nodes, ownLine(node).masterId, &Node::id);
    const bool isOrphan = master == m_nodes.end() || master->state != State::Running;
    return isOrphan || replication.find("master_link_status:up") != std::string::npos;
}

std::string RedisCluster::views()
{
    std::string text;
    for (const int i : running()) {
        text += "node " + std::to_string(i) + ":\n" + server(i).command({"CLUSTER", "NODES"});
    }
    return text;
}

void RedisCluster::waitFor(const char* what, const std::function<bool()>& isSo)
{
    QElapsedTimer timer;
    for (timer.start(); !isSo(); QThread::msleep(pauseMs)) {
        if (timer.elapsed() > patienceMs) {
            qFatal("test cluster: waited for long that %s\n%s", what, views().c_str());
        }
    }
}

void RedisCluster::must(int node, const Args& arguments)
{
    if (const std::string reply = server(node).command(arguments); reply != "OK") {
        qFatal("test cluster, node %d, %s: %s", node, arguments.at(1).c_str(), reply.c_str());
    }
}

} // namespace keyglass::test
