// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/clustertable.h"
#include "tests/servers/holdingproxy.h"
#include "tests/servers/redisserver.h"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>

namespace keyglass::test {

/// On which ports the nodes of a cluster listen.
enum class ClusterTls {
    No,
    Beside, ///< A port with TLS and one without; the bus speaks TLS.
    Only,
};

/// Whether a HoldingProxy stands before each node.
enum class ClusterProxies {
    None,
    Announced, ///< Nodes announce the proxy's port: clients find no other. So do replicas, which copy through it.
    Unknown,   ///< The cluster knows nothing of them; see RedisCluster::addressMap().
};

/// How a RedisCluster is started.
struct ClusterOptions {
    int masters = 3;
    int replicasPerMaster = 1;
    std::chrono::milliseconds nodeTimeout{2000};
    ClusterTls tls = ClusterTls::No;
    ClusterProxies proxies = ClusterProxies::None;
    QStringList arguments{}; ///< Of every node, appended.
    QString password{};      ///< Of the default user, on every node. Empty: none.
    QStringList users{};     ///< Lines of the ACL file of every node, in place of the one that `password` makes.
    std::map<int, QStringList> usersOf{}; ///< The same for single nodes, by index.
};

/// A cluster of RedisServers on 127.0.0.1, each also on its unix socket, by which the fixture speaks to it.
///
/// Nodes are numbered in the order in which they were started and keep their number whatever becomes of them: first the
/// masters, then the replicas of master 0, of master 1 and so on, then those added. Slots are dealt out evenly and in
/// order. What takes the cluster time (90 s at most) is waited for, and the test ends with all nodes' views if it does
/// not happen. Thread: as RedisServer.
class RedisCluster {
public:
    using Args = RedisServer::Args;

    /// Ready when start() returns: every node agrees and the replicas are in step.
    static std::unique_ptr<RedisCluster> start(ClusterOptions options = {});
    RedisCluster(const RedisCluster&) = delete;
    RedisCluster& operator=(const RedisCluster&) = delete;
    ~RedisCluster();

    /// Also those that were killed or removed.
    [[nodiscard]] int size() const { return static_cast<int>(m_nodes.size()); }
    [[nodiscard]] RedisServer& server(int node) { return *at(node).server; }
    [[nodiscard]] const std::string& id(int node) const { return at(node).id; }
    /// The node's own port: with ClusterTls::Only the one with TLS.
    [[nodiscard]] std::uint16_t port(int node) const;
    /// What stands before the node's port, with ClusterOptions::proxies.
    [[nodiscard]] HoldingProxy& proxy(int node) { return *at(node).proxy; }
    /// The port for clients: the proxy's where there is one, else the node's own.
    [[nodiscard]] std::uint16_t seedPort(int node) const;
    /// "127.0.0.1:<node's port>" to "127.0.0.1:<proxy's port>", for each node.
    [[nodiscard]] std::map<QString, QString> addressMap() const;
    /// Neither killed nor paused.
    [[nodiscard]] bool isRunning(int node) const { return at(node).state == State::Running; }
    /// As the node itself sees it.
    [[nodiscard]] bool isMaster(int node);
    /// Nodes running as masters that own slots, ascending.
    [[nodiscard]] std::vector<int> masters();
    /// A running replica of `master`, as itself sees it.
    [[nodiscard]] std::optional<int> replicaOf(int master);
    /// Ascending; as the node itself sees it.
    [[nodiscard]] std::vector<int> slotsOf(int node);
    /// The running master of a slot; -1 where there is none.
    [[nodiscard]] int ownerOf(int slot);

    /// Sends `count` commands, the n-th being made by `make(n)` with its key second, each to the owner of its slot.
    void fill(std::size_t count, const std::function<Args(std::size_t)>& make);
    /// The same with SET <prefix><n> v.
    void fill(std::size_t count, const std::string& prefix = "key:");
    /// All keys, asked from each running master with KEYS *, which can't miss any.
    [[nodiscard]] std::set<std::string> truth();

    /// SIGKILL, and back at once.
    void kill(int node);
    /// SIGKILL. Waits until a replica, if one runs, has taken over, and all agree; gives its number.
    std::optional<int> killMaster(int node);
    /// Until a running master owns the slot: after kill() or pause(), once a replica has been promoted. Gives it.
    int waitForOwner(int slot);
    /// SIGSTOP and SIGCONT, and back at once.
    void pause(int node);
    void resume(int node);
    /// Starts the node again at its port, from its RDB, saved just before where it runs: another process with the same
    /// keys. Waits until all agree.
    void restart(int node);
    /// CLUSTER FAILOVER on a replica of `master`: they change roles. Waits until all agree; gives the new master.
    int failover(int master);
    /// Another node: a master without slots, or a replica. Gives its number.
    int addNode(std::optional<int> masterOfIt = {});
    /// Moves what it owns to the other masters, and has all forget it. A replica of it must be removed first.
    void removeNode(int node);
    /// Moves slots with their keys while the cluster works, as resharding does.
    void moveSlots(int from, int to, const std::vector<int>& slots);
    /// Until all running nodes have one view, with the dead and the paused known as failed, the replicas in step, and
    /// cluster_state ok where all slots are served. Marks of a SlotMove may stand meanwhile.
    void waitUntilAgreed();
    /// CLUSTER NODES of each running node, for messages.
    [[nodiscard]] std::string views();

private:
    enum class State { Running, Paused, Killed, Removed };
    struct Node {
        std::unique_ptr<RedisServer> server;
        std::unique_ptr<HoldingProxy> proxy;
        std::string id;
        State state = State::Running;
    };

    explicit RedisCluster(ClusterOptions options);
    [[nodiscard]] Node& at(int node) { return m_nodes.at(static_cast<std::size_t>(node)); }
    [[nodiscard]] const Node& at(int node) const { return m_nodes.at(static_cast<std::size_t>(node)); }
    [[nodiscard]] ServerOptions serverOptions(int node) const;
    void startNode();
    [[nodiscard]] QStringList announcements(int node) const;
    [[nodiscard]] std::uint16_t basePort(int node) const;
    void form();
    void dealSlots();
    void meet(int node, int other);
    void replicate(int replica, int master);
    [[nodiscard]] std::vector<ClusterLine> linesOf(int node);
    [[nodiscard]] ClusterLine ownLine(int node);
    [[nodiscard]] bool knows(int node, int other);
    [[nodiscard]] bool agree();
    [[nodiscard]] bool isBelievable(const ClusterLine& line) const;
    [[nodiscard]] bool isInStep(int node);
    [[nodiscard]] std::array<int, clusterSlots> owners();
    [[nodiscard]] std::vector<int> running() const;
    void waitFor(const char* what, const std::function<bool()>& isSo);
    void must(int node, const Args& arguments);

    ClusterOptions m_options;
    std::vector<Node> m_nodes;
};

} // namespace keyglass::test
