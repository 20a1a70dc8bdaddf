// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/redissentinels.h"

#include <QElapsedTimer>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keyglass::test {

namespace {

constexpr int patienceMs = 90'000; // a replica tries its full sync again after a minute
constexpr unsigned long pauseMs = 20;

QStringList aclLines(const QStringList& users, const QString& password)
{
    const QString login = password.isEmpty() ? u"nopass"_s : u'>' + password;
    return users.isEmpty() ? QStringList{u"user default on %1 ~* &* +@all"_s.arg(login)} : users;
}

const QStringList tlsToOthers{u"--tls-replication"_s, u"yes"_s};

} // namespace

std::unique_ptr<RedisSentinels> RedisSentinels::start(SentinelOptions options)
{
    std::unique_ptr<RedisSentinels> all(new RedisSentinels(std::move(options)));
    all->startServers();
    all->startSentinels();
    all->waitUntilAgreed();
    return all;
}

RedisSentinels::RedisSentinels(SentinelOptions options)
    : m_options(std::move(options))
    , m_name(m_options.masterName.toStdString())
{
}

RedisSentinels::~RedisSentinels() = default;

std::uint16_t RedisSentinels::port(int index) const
{
    const RedisServer& server = *m_servers.at(static_cast<std::size_t>(index)).server;
    return m_options.tls ? server.tlsPort() : server.port();
}

std::uint16_t RedisSentinels::sentinelPort(int index) const
{
    const RedisServer& server = *m_sentinels.at(static_cast<std::size_t>(index)).server;
    return m_options.sentinelTls ? server.tlsPort() : server.port();
}

ServerOptions RedisSentinels::serverOptions() const
{
    const QString user = QString::fromStdString(fixtureUser());
    ServerOptions options{
        .arguments = {u"--repl-diskless-sync-delay"_s, u"0"_s, u"--masteruser"_s, user, u"--masterauth"_s, user},
        .tcp = !m_options.tls,
        .tls = m_options.tls,
        .aclLines = aclLines(m_options.users, m_options.password)};
    if (m_options.tls) {
        options.arguments += tlsToOthers;
    }
    return options;
}

/// Sentinels speak TLS to each other where they do so to the servers, so they listen to both where clients must not.
ServerOptions RedisSentinels::sentinelOptions() const
{
    const QString user = QString::fromStdString(fixtureUser());
    const QString name = m_options.masterName;
    ServerOptions options{.tcp = !(m_options.tls && m_options.sentinelTls),
        .tls = m_options.tls || m_options.sentinelTls,
        .aclLines = aclLines(m_options.sentinelUsers, m_options.sentinelPassword)};
    if (m_options.tls) {
        options.arguments += tlsToOthers;
    }
    const int quorum = m_options.sentinels / 2 + 1;
    options.sentinelLines = {u"sentinel monitor %1 127.0.0.1 %2 %3"_s.arg(name).arg(port(0)).arg(quorum),
        u"sentinel down-after-milliseconds %1 %2"_s.arg(name).arg(m_options.downAfter.count()),
        u"sentinel failover-timeout %1 3000"_s.arg(name), u"sentinel auth-user %1 %2"_s.arg(name, user),
        u"sentinel auth-pass %1 %2"_s.arg(name, user), u"sentinel sentinel-user %1"_s.arg(user),
        u"sentinel sentinel-pass %1"_s.arg(user)};
    return options;
}

/// Replicas before the Sentinels: these learn of them from the master's INFO, at once or ten seconds later.
void RedisSentinels::startServers()
{
    for (int i = 0; i < 1 + m_options.replicas; ++i) {
        m_servers.push_back({RedisServer::start(serverOptions())});
        if (i > 0) {
            server(i).command({"REPLICAOF", "127.0.0.1", std::to_string(port(0))});
        }
    }
    for (int i = 1; i < servers(); ++i) {
        waitFor("a replica is in step", [this, i] { return isInPlace(i, 0); });
    }
}

void RedisSentinels::startSentinels()
{
    for (int i = 0; i < m_options.sentinels; ++i) {
        m_sentinels.push_back({RedisServer::start(sentinelOptions())});
    }
}

int RedisSentinels::masterBy(RedisServer& sentinel)
{
    const std::string address = sentinel.command({"SENTINEL", "GET-MASTER-ADDR-BY-NAME", m_name});
    for (int i = 0; i < servers(); ++i) {
        if (address == "127.0.0.1\n" + std::to_string(port(i))) {
            return i;
        }
    }
    return -1;
}

int RedisSentinels::master()
{
    const auto running = std::ranges::find_if(m_sentinels, &Member::isRunning);
    return running == m_sentinels.end() ? -1 : masterBy(*running->server);
}

int RedisSentinels::failover()
{
    const int before = master();
    const auto isStarted = [this] { // NOGOODSLAVE until it has news of a replica
        return m_sentinels.front().server->command({"SENTINEL", "FAILOVER", m_name}) == "OK";
    };
    waitFor("a failover starts", isStarted);
    return waitForAnother(before);
}

int RedisSentinels::killMaster()
{
    const int before = master();
    kill(before);
    return waitForAnother(before);
}

int RedisSentinels::waitForAnother(int before)
{
    waitFor("all Sentinels name another master", [&] {
        const int now = master();
        const bool isNew = now >= 0 && now != before && isInPlace(now, now);
        return isNew && std::ranges::all_of(m_sentinels, [&](const Member& member) {
            return !member.isRunning || masterBy(*member.server) == now;
        });
    });
    return master();
}

void RedisSentinels::kill(int server)
{
    Member& member = m_servers.at(static_cast<std::size_t>(server));
    member.server->kill();
    member.isRunning = false;
}

void RedisSentinels::killSentinel(int sentinel)
{
    Member& member = m_sentinels.at(static_cast<std::size_t>(sentinel));
    member.server->kill();
    member.isRunning = false;
}

void RedisSentinels::restart(int server)
{
    Member& member = m_servers.at(static_cast<std::size_t>(server));
    member.server->restart();
    member.isRunning = true;
    waitUntilAgreed();
}

void RedisSentinels::waitUntilAgreed()
{
    waitFor("all agree about the master", [this] { return agree(); });
}

bool RedisSentinels::agree()
{
    const int master = this->master();
    for (const Member& member : m_sentinels) {
        if (member.isRunning && (masterBy(*member.server) != master || !knowsAll(*member.server))) {
            return false;
        }
    }
    for (int i = 0; i < servers(); ++i) {
        if (m_servers[static_cast<std::size_t>(i)].isRunning && !isInPlace(i, master)) {
            return false;
        }
    }
    return master >= 0;
}

bool RedisSentinels::knowsAll(RedisServer& sentinel)
{
    const auto running = std::ranges::count_if(m_sentinels, &Member::isRunning);
    const auto others = sentinel.list({"SENTINEL", "SENTINELS", m_name}).size();
    const auto replicas = sentinel.list({"SENTINEL", "REPLICAS", m_name}).size();
    const std::string quorum = sentinel.command({"SENTINEL", "CKQUORUM", m_name});
    return others + 1 == m_sentinels.size() && replicas + 1 == m_servers.size()
        && quorum.starts_with("OK " + std::to_string(running) + " usable");
}

bool RedisSentinels::isInPlace(int server, int master)
{
    const std::string replication = this->server(server).command({"INFO", "replication"});
    const auto says = [&replication](
                          const std::string& line) { return replication.find(line + "\r\n") != std::string::npos; };
    if (server == master) {
        return says("role:master");
    }
    return master >= 0 && says("master_port:" + std::to_string(port(master))) && says("master_link_status:up");
}

std::string RedisSentinels::views()
{
    std::string text;
    for (const Member& member : m_sentinels) {
        if (member.isRunning) {
            text += member.server->command({"SENTINEL", "MASTER", m_name}) + "\n"
                + member.server->command({"SENTINEL", "CKQUORUM", m_name}) + "\n";
        }
    }
    return text;
}

void RedisSentinels::waitFor(const char* what, const std::function<bool()>& isSo)
{
    QElapsedTimer timer;
    for (timer.start(); !isSo(); QThread::msleep(pauseMs)) {
        if (timer.elapsed() > patienceMs) {
            qFatal("test Sentinels: waited for long that %s\n%s", what, views().c_str());
        }
    }
}

} // namespace keyglass::test
