// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/holdingproxy.h"
#include "tests/servers/redisserver.h"
#include "tests/servers/requestcuts.h"

#include <hiredis/hiredis.h>

#include <QElapsedTimer>
#include <QObject>
#include <QTest>

using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

struct FreeContext {
    void operator()(redisContext* context) const { redisFree(context); }
};

/// A client of the proxy.
class Client {
public:
    explicit Client(const HoldingProxy& proxy)
        : m_context(redisConnect("127.0.0.1", proxy.port()))
    {
    }

    void send(const char* command)
    {
        redisAppendCommand(m_context.get(), command);
        int done = 0;
        while (done == 0 && redisBufferWrite(m_context.get(), &done) == REDIS_OK) { }
    }

    /// "" where nothing came in that time; errors as "-…".
    std::string reply(std::chrono::milliseconds patience = 20s)
    {
        const timeval timeout{patience.count() / 1000, patience.count() % 1000 * 1000};
        redisSetTimeout(m_context.get(), timeout);
        void* found = nullptr;
        if (redisGetReply(m_context.get(), &found) != REDIS_OK) {
            const bool isTimeout = m_context->err == REDIS_ERR_IO && errno == EAGAIN;
            m_context->err = isTimeout ? 0 : m_context->err;
            return isTimeout ? "" : "-gone";
        }
        auto* const reply = static_cast<redisReply*>(found);
        std::string text = reply->type == REDIS_REPLY_ARRAY ? "array"
            : reply->type == REDIS_REPLY_INTEGER            ? std::to_string(reply->integer)
                                                            : std::string(reply->str, reply->len);
        freeReplyObject(found);
        return text;
    }

    std::string ask(const char* command)
    {
        send(command);
        return reply();
    }

private:
    std::unique_ptr<redisContext, FreeContext> m_context;
};

QByteArray command(std::initializer_list<QByteArray> words)
{
    QByteArray bytes = '*' + QByteArray::number(words.size()) + "\r\n";
    for (const QByteArray& word : words) {
        bytes += '$' + QByteArray::number(word.size()) + "\r\n" + word + "\r\n";
    }
    return bytes;
}

} // namespace

class TestHoldingProxy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutsBeforeEachScan_data();
    void cutsBeforeEachScan();
    void countsScans();
    void holdsTheNextScan();
    void holdsOneReply();
    void holdsConnectionsMadeMeanwhile();
    void delaysWithoutSlowingDown();
    void passesOnThatNobodyListens();
    void endsWithTheServersConnection();
};

void TestHoldingProxy::cutsBeforeEachScan_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<int>>("scansAt");
    const QByteArray scan = command({"SCAN", "0"});
    const QByteArray get = command({"GET", "SCAN"});
    const QByteArray big = command({"SET", "a", QByteArray(5000, '*')});
    const int getSize = static_cast<int>(get.size());
    const int scanSize = static_cast<int>(scan.size());
    const int bigSize = static_cast<int>(big.size());
    QTest::addRow("one") << scan << QList<int>{0};
    QTest::addRow("none, but a key of that name") << get << QList<int>{};
    QTest::addRow("no arguments, small letters") << get + command({"scan"}) << QList<int>{getSize};
    QTest::addRow("others of the family") << command({"HSCAN", "h", "0"}) + command({"SCA"}) << QList<int>{};
    QTest::addRow("two and something between") << scan + get + scan << QList<int>{0, scanSize + getSize};
    QTest::addRow("behind something large") << big + scan + big << QList<int>{bigSize};
    QTest::addRow("stars in a value") << command({"SET", "a", "*2\r\n$4\r\nSCAN"}) << QList<int>{};
    QTest::addRow("empty words") << command({"", ""}) + scan << QList<int>{static_cast<int>(command({"", ""}).size())};
    QTest::addRow("no RESP") << "\x16\x03\x01*1\r\n$4\r\nSCAN\r\n"_ba << QList<int>{};
    QTest::addRow("a size that is none") << "*x\r\n$4\r\nSCAN\r\n"_ba << QList<int>{};
    QTest::addRow("an endless line") << "*" + QByteArray(100, '1') << QList<int>{};
}

void TestHoldingProxy::cutsBeforeEachScan()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<int>, scansAt);
    for (const int step : {1, 2, 3, 7, 1000, 100'000}) {
        RequestCuts cuts;
        QByteArray all;
        QList<int> found;
        for (qsizetype at = 0; at < bytes.size(); at += step) {
            cuts.take(bytes.mid(at, step).toStdString(), [&](std::string&& piece, bool beginsScan) {
                if (beginsScan) {
                    found.append(static_cast<int>(all.size()));
                }
                all += QByteArray::fromStdString(piece);
            });
        }
        QCOMPARE(all, bytes);
        QCOMPARE(found, scansAt);
    }
}

void TestHoldingProxy::countsScans()
{
    const auto server = RedisServer::start();
    const HoldingProxy proxy({.socketPath = server->socketPath()});
    Client client(proxy);
    Client other(proxy);
    QCOMPARE(client.ask("SET SCAN SCAN"), std::string("OK"));
    QCOMPARE(proxy.scans(), 0);
    QCOMPARE(client.ask("SCAN 0"), std::string("array"));
    QCOMPARE(other.ask("SCAN 0 COUNT 10"), std::string("array"));
    QCOMPARE(proxy.scans(), 2);
    QCOMPARE(proxy.accepted(), 2);
}

void TestHoldingProxy::holdsTheNextScan()
{
    const auto server = RedisServer::start();
    HoldingProxy proxy({.socketPath = server->socketPath()});
    proxy.holdAfter(2);
    Client client(proxy);
    Client other(proxy);
    client.ask("SCAN 0");
    client.ask("SCAN 0");
    QVERIFY(!proxy.isHolding());
    client.send("SCAN 0");
    client.send("PING");
    QVERIFY(proxy.waitUntilHolding());
    QCOMPARE(proxy.scans(), 2);
    QCOMPARE(client.reply(100ms), std::string());
    QVERIFY(server->command({"INFO", "commandstats"}).find("cmdstat_scan:calls=2,") != std::string::npos);
    QCOMPARE(other.ask("PING"), std::string("PONG"));
    proxy.release();
    QCOMPARE(client.reply(), std::string("array"));
    QCOMPARE(client.reply(), std::string("PONG"));
    QVERIFY(!proxy.isHolding());
    QCOMPARE(client.ask("SCAN 0"), std::string("array"));
}

void TestHoldingProxy::holdsOneReply()
{
    const auto server = RedisServer::start();
    HoldingProxy proxy({.socketPath = server->socketPath()});
    proxy.holdReplyOf(2);
    Client client(proxy);
    Client other(proxy);
    QCOMPARE(client.ask("SCAN 0"), std::string("array"));
    client.send("SCAN 0");
    QVERIFY(proxy.waitUntilHolding());
    QCOMPARE(client.reply(100ms), std::string());
    QVERIFY(server->command({"INFO", "commandstats"}).find("cmdstat_scan:calls=2,") != std::string::npos);
    QCOMPARE(other.ask("SCAN 0"), std::string("array"));
    proxy.release();
    QCOMPARE(client.reply(), std::string("array"));
}

void TestHoldingProxy::holdsConnectionsMadeMeanwhile()
{
    const auto server = RedisServer::start();
    HoldingProxy proxy({.socketPath = server->socketPath()});
    proxy.holdAfter(0);
    Client first(proxy);
    first.send("SCAN 0");
    QVERIFY(proxy.waitUntilHolding());
    proxy.dropConnections();
    QCOMPARE(first.reply(), std::string("-gone"));
    Client second(proxy);
    QCOMPARE(second.ask("PING"), std::string("PONG"));
    second.send("SCAN 0");
    QCOMPARE(second.reply(100ms), std::string());
    proxy.release();
    QCOMPARE(second.reply(), std::string("array"));
}

void TestHoldingProxy::delaysWithoutSlowingDown()
{
    constexpr int commands = 200;
    const auto server = RedisServer::start();
    server->command({"SET", "a", std::string(1'000'000, 'x')});
    HoldingProxy proxy({.socketPath = server->socketPath()});
    proxy.setDelay(30ms, 20ms);
    Client client(proxy);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(client.ask("PING"), std::string("PONG"));
    QVERIFY(timer.elapsed() >= 50);
    for (int i = 0; i < commands; ++i) { // 200 MB, all on the way at once
        client.send("GET a");
    }
    timer.start();
    for (int i = 0; i < commands; ++i) {
        QCOMPARE(client.reply().size(), std::size_t{1'000'000});
    }
    QVERIFY2(timer.elapsed() < commands * 50, qPrintable(QString::number(timer.elapsed()))); // one by one: 10 s
    proxy.setDelay(0ms, 30ms);
    timer.start();
    QCOMPARE(client.ask("PING"), std::string("PONG"));
    QVERIFY(timer.elapsed() >= 30);
}

void TestHoldingProxy::passesOnThatNobodyListens()
{
    const HoldingProxy proxy({.port = freePort()});
    Client client(proxy);
    QCOMPARE(client.ask("PING"), std::string("-gone"));
    QCOMPARE(proxy.accepted(), 0);
}

void TestHoldingProxy::endsWithTheServersConnection()
{
    const auto server = RedisServer::start();
    HoldingProxy proxy({.socketPath = server->socketPath()});
    Client client(proxy);
    QCOMPARE(client.ask("PING"), std::string("PONG"));
    proxy.holdAfter(0);
    client.send("SCAN 0");
    QVERIFY(proxy.waitUntilHolding());
    server->kill();
    QCOMPARE(client.reply(), std::string("-gone"));
}

QTEST_GUILESS_MAIN(TestHoldingProxy)
#include "tst_holdingproxy.moc"
