// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/faultproxy.h"
#include "tests/servers/redisserver.h"

#include <hiredis/hiredis.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QTest>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// What comes back for `request` until the peer closes or is silent for `patience`.
QByteArray ask(std::uint16_t port, const char* request, timeval patience = {0, 200'000})
{
    redisContext* context = redisConnect("127.0.0.1", port);
    QByteArray all;
    if (context != nullptr && context->err == 0) {
        setsockopt(context->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        send(context->fd, request, qstrlen(request), MSG_NOSIGNAL);
        char piece[4096];
        for (ssize_t size = 0; (size = recv(context->fd, piece, sizeof piece, 0)) > 0;) {
            all.append(piece, size);
        }
    }
    redisFree(context);
    return all;
}

} // namespace

class TestServers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersOnItsSocket();
    void keepsEveryByte();
    void listensOnTcpAndTls();
    void letsUsersInByAcl();
    void comesBackWithWhatWasSaved();
    void diesWithItsObject();
    void diesWithAKilledTest();
    void proxyCutsWhereTold();
    void proxyStallsWhereTold();
    void proxySplitsIntoBytes();
    void proxyCorruptsTheSameWayForASeed();
    void proxyRefuses();
    void fullQueueNeitherTakesNorRefuses();
};

void TestServers::answersOnItsSocket()
{
    const auto server = RedisServer::start();
    QCOMPARE(server->command({"PING"}), std::string("PONG"));
    QCOMPARE(server->port(), 0);
    server->fill(2500, [](std::size_t i) { return RedisServer::Args{"SET", "k" + std::to_string(i), "v"}; });
    QCOMPARE(server->command({"DBSIZE"}), std::string("2500"));
    QCOMPARE(server->list({"MGET", "k1", "none"}), (std::vector<std::string>{"v", ""}));
}

void TestServers::keepsEveryByte()
{
    const auto server = RedisServer::start();
    std::string all;
    for (int i = 0; i < 256; ++i) {
        all.push_back(static_cast<char>(i));
    }
    server->command({"SET", all, all});
    QCOMPARE(server->command({"GET", all}), all);
}

void TestServers::listensOnTcpAndTls()
{
    const auto server = RedisServer::start(ServerOptions{.tcp = true, .tls = true});
    QCOMPARE(ask(server->port(), "PING\r\n"), "+PONG\r\n"_ba);
    QVERIFY(server->tlsPort() != 0);
    QVERIFY(ask(server->tlsPort(), "PING\r\n") != "+PONG\r\n"_ba);
}

void TestServers::letsUsersInByAcl()
{
    const auto server = RedisServer::start(
        ServerOptions{.tcp = true, .aclLines = {u"user default off"_s, u"user bob on >pw ~* +get"_s}});
    QCOMPARE(server->command({"SET", "a", "1"}), std::string("OK"));
    QCOMPARE(ask(server->port(), "AUTH bob pw\r\nGET a\r\n"), "+OK\r\n$1\r\n1\r\n"_ba);
    QVERIFY(ask(server->port(), "GET a\r\n").startsWith("-NOAUTH"));
}

void TestServers::comesBackWithWhatWasSaved()
{
    const auto server = RedisServer::start(ServerOptions{.tcp = true});
    const std::uint16_t port = server->port();
    server->command({"SET", "kept", "1"});
    server->save();
    server->command({"SET", "lost", "1"});
    server->kill();
    QCOMPARE(ask(port, "PING\r\n"), QByteArray());
    server->restart();
    QCOMPARE(server->port(), port);
    QCOMPARE(server->list({"KEYS", "*"}), (std::vector<std::string>{"kept"}));
}

void TestServers::diesWithItsObject()
{
    auto server = RedisServer::start();
    const auto pid = static_cast<pid_t>(server->processId());
    const QString folder = server->folder();
    QCOMPARE(::kill(pid, 0), 0);
    server.reset();
    QCOMPARE(::kill(pid, 0), -1);
    QVERIFY(!QFile::exists(folder));
}

/// A child of the test starts a server and is killed; the server must go with it.
void TestServers::diesWithAKilledTest()
{
    // The server, orphaned, must become this process's child: else who reaps it (in a container: nobody) decides the
    // test.
    QCOMPARE(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    int tell[2];
    QCOMPARE(pipe(tell), 0);
    const pid_t child = fork();
    if (child == 0) {
        const auto server = RedisServer::start();
        const auto pid = static_cast<pid_t>(server->processId());
        [[maybe_unused]] const ssize_t told = write(tell[1], &pid, sizeof pid);
        ::kill(getpid(), SIGKILL);
    }
    pid_t server = 0;
    QCOMPARE(read(tell[0], &server, sizeof server), ssize_t{sizeof server});
    QCOMPARE(waitpid(child, nullptr, 0), child);
    bool reaped = false;
    QTRY_VERIFY(reaped = reaped || waitpid(server, nullptr, WNOHANG) == server);
    close(tell[0]);
    close(tell[1]);
}

void TestServers::proxyCutsWhereTold()
{
    const auto server = RedisServer::start();
    FaultProxy proxy({.socketPath = server->socketPath()});
    QCOMPARE(ask(proxy.port(), "PING\r\n"), "+PONG\r\n"_ba);
    proxy.setFaults({.cutAfter = 3});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(ask(proxy.port(), "PING\r\n", {10, 0}), "+PO"_ba);
    QVERIFY(timer.elapsed() < 5000); // closed, not waited for
    QCOMPARE(proxy.accepted(), 2);
}

void TestServers::proxyStallsWhereTold()
{
    const auto server = RedisServer::start();
    FaultProxy proxy({.socketPath = server->socketPath()}, {.stallAfter = 4});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(ask(proxy.port(), "PING\r\n"), "+PON"_ba);
    QVERIFY(timer.elapsed() >= 190); // waited for, not closed
}

void TestServers::proxySplitsIntoBytes()
{
    const auto server = RedisServer::start();
    FaultProxy proxy({.socketPath = server->socketPath()}, {.singleBytes = true});
    redisContext* context = redisConnectUnix(qPrintable(proxy.socketPath()));
    bool isSplit = false;
    for (int attempt = 0; attempt < 20 && !isSplit; ++attempt) { // on a busy machine two bytes may be there at once
        send(context->fd, "PING\r\n", 6, 0);
        QByteArray all;
        isSplit = true;
        while (all.size() < 7) {
            char piece[16];
            const ssize_t size = recv(context->fd, piece, sizeof piece, 0);
            QVERIFY(size > 0);
            isSplit = isSplit && size == 1;
            all.append(piece, size);
        }
        QCOMPARE(all, "+PONG\r\n"_ba);
    }
    redisFree(context);
    QVERIFY(isSplit);
}

void TestServers::proxyCorruptsTheSameWayForASeed()
{
    const auto server = RedisServer::start();
    server->command({"SET", "a", std::string(1000, 'x')});
    FaultProxy proxy({.socketPath = server->socketPath()}, {.corruptEvery = 50, .seed = 7});
    const QByteArray first = ask(proxy.port(), "GET a\r\n");
    QVERIFY(first != "$1000\r\n"_ba + QByteArray(1000, 'x') + "\r\n"_ba);
    QCOMPARE(ask(proxy.port(), "GET a\r\n"), first);
}

void TestServers::proxyRefuses()
{
    const auto server = RedisServer::start();
    FaultProxy proxy({.socketPath = server->socketPath()});
    proxy.refuse();
    redisContext* context = redisConnect("127.0.0.1", proxy.port());
    QVERIFY(context->err != 0);
    redisFree(context);
}

void TestServers::fullQueueNeitherTakesNorRefuses()
{
    const SilentListener listener(SilentListener::Mode::NeverAccepts);
    redisContext* context = redisConnectWithTimeout("127.0.0.1", listener.port(), {0, 300'000});
    QVERIFY(context->err != 0);
    QVERIFY2(QByteArray(context->errstr).contains("timed out"), context->errstr);
    redisFree(context);
}

QTEST_GUILESS_MAIN(TestServers)
#include "tst_servers.moc"
