// SPDX-License-Identifier: GPL-3.0-or-later
// How a RedisCluster comes to be.
#include "tests/servers/rediscluster.h"

using namespace Qt::StringLiterals;

namespace keyglass::test {

std::unique_ptr<RedisCluster> RedisCluster::start(ClusterOptions options)
{
    std::unique_ptr<RedisCluster> cluster(new RedisCluster(std::move(options)));
    const int nodes = cluster->m_options.masters * (1 + cluster->m_options.replicasPerMaster);
    for (int i = 0; i < nodes; ++i) {
        cluster->startNode();
    }
    cluster->form();
    return cluster;
}

/// The port that the bus's is 10000 above.
std::uint16_t RedisCluster::basePort(int node) const
{
    const RedisServer& server = *at(node).server;
    return m_options.tls == ClusterTls::No ? server.port() : server.tlsPort();
}

/// What makes the node announce its proxy, as arguments of its command line.
QStringList RedisCluster::announcements(int node) const
{
    constexpr int busOffset = 10'000;
    if (m_options.proxies != ClusterProxies::Announced) {
        return {};
    }
    QStringList words;
    if (m_options.tls != ClusterTls::No) { // else the other option is taken for the port with TLS
        const bool isOnly = m_options.tls == ClusterTls::Only;
        words << u"--cluster-announce-tls-port"_s << QString::number(isOnly ? seedPort(node) : basePort(node));
    }
    if (m_options.tls != ClusterTls::Only) {
        words << u"--cluster-announce-port"_s << QString::number(seedPort(node));
    }
    return words << u"--cluster-announce-bus-port"_s << QString::number(basePort(node) + busOffset);
}

ServerOptions RedisCluster::serverOptions(int node) const
{
    ServerOptions options{
        .arguments = {u"--cluster-node-timeout"_s, QString::number(m_options.nodeTimeout.count()),
            u"--repl-diskless-sync-delay"_s, u"0"_s, u"--cluster-allow-replica-migration"_s, u"no"_s, u"--masteruser"_s,
            QString::fromStdString(fixtureUser()), u"--masterauth"_s, QString::fromStdString(fixtureUser())},
        .tcp = m_options.tls != ClusterTls::Only,
        .tls = m_options.tls != ClusterTls::No,
        .cluster = true};
    if (options.tls) {
        options.arguments << u"--tls-cluster"_s << u"yes"_s << u"--tls-replication"_s << u"yes"_s;
    }
    options.arguments += m_options.arguments;
    const QString login = m_options.password.isEmpty() ? u"nopass"_s : u'>' + m_options.password;
    options.aclLines =
        m_options.users.isEmpty() ? QStringList{u"user default on %1 ~* &* +@all"_s.arg(login)} : m_options.users;
    if (const auto own = m_options.usersOf.find(node); own != m_options.usersOf.end()) {
        options.aclLines = own->second;
    }
    return options;
}

void RedisCluster::startNode()
{
    Node node;
    node.server = RedisServer::start(serverOptions(size()));
    node.id = node.server->command({"CLUSTER", "MYID"});
    m_nodes.push_back(std::move(node));
    const int added = size() - 1;
    if (m_options.proxies != ClusterProxies::None) {
        at(added).proxy = std::make_unique<HoldingProxy>(ProxyTarget{.port = port(added)});
    }
    const QStringList words = announcements(added);
    for (qsizetype i = 0; i + 1 < words.size(); i += 2) {
        must(added, {"CONFIG", "SET", words[i].mid(2).toStdString(), words[i + 1].toStdString()});
    }
}

void RedisCluster::form()
{
    for (int i = 0; i < m_options.masters; ++i) {
        must(i, {"CLUSTER", "SET-CONFIG-EPOCH", std::to_string(i + 1)});
    }
    dealSlots();
    for (int i = 0; i < size(); ++i) { // all pairs: gossip alone takes seconds
        for (int other = i + 1; other < size(); ++other) {
            meet(i, other);
        }
    }
    for (int i = m_options.masters; i < size(); ++i) {
        replicate(i, (i - m_options.masters) / m_options.replicasPerMaster);
    }
    waitUntilAgreed();
}

void RedisCluster::dealSlots()
{
    for (int i = 0; i < m_options.masters; ++i) {
        Args add{"CLUSTER", "ADDSLOTS"};
        for (int slot = i * clusterSlots / m_options.masters; slot < (i + 1) * clusterSlots / m_options.masters;
            ++slot) {
            add.push_back(std::to_string(slot));
        }
        must(i, add);
    }
}

void RedisCluster::meet(int node, int other)
{
    must(node, {"CLUSTER", "MEET", "127.0.0.1", std::to_string(basePort(other))});
}

void RedisCluster::replicate(int replica, int master)
{
    waitFor("a replica meets its master", [&] { return knows(replica, master); });
    must(replica, {"CLUSTER", "REPLICATE", id(master)});
}

} // namespace keyglass::test
