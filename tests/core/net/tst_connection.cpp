// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/resolver.h"
#include "tests/core/net/netfixture.h"
#include "tests/core/net/recordingsink.h"
#include "tests/servers/faultproxy.h"

#include <QObject>
#include <QTest>

#include <atomic>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::ConnectionOptions)
Q_DECLARE_METATYPE(std::string)

namespace {

/// As long as it lives every name stands for these addresses.
class HostWithAddresses {
public:
    explicit HostWithAddresses(const QStringList& addresses)
    {
        setLookupFunction([addresses](const std::string&, std::uint16_t port) {
            LookupAnswer answer;
            for (const QString& address : addresses) {
                const LookupAnswer one = systemLookup(address.toStdString(), port);
                answer.addresses.insert(answer.addresses.end(), one.addresses.begin(), one.addresses.end());
            }
            return answer;
        });
    }
    HostWithAddresses(const HostWithAddresses&) = delete;
    HostWithAddresses& operator=(const HostWithAddresses&) = delete;
    ~HostWithAddresses() { setLookupFunction({}); }
};

} // namespace

class TestConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void carriesEveryByte_data();
    void carriesEveryByte();
    void carriesMegabytes_data();
    void carriesMegabytes();
    void answersInTheOrderOfCommands();
    void sendsFromWithinASink();
    void takesRepliesWhileSendingMuch();
    void givesNestedReplies();
    void namesItselfAndSelects();
    void triesTheNextAddress_data();
    void triesTheNextAddress();
    void doesNotWaitForAnAddressThatHangs();
    void worksOnThreadsWithoutEventLoop();
    void sendsNoEmptyCommand();
    void closesWhenASinkThrows();
    void closesOnAReplyAboveTheCap();
    void closesOnATreeAboveTheCap();
    void tellsThatTheServerDied();
    void staysClosed();
    void namesEndpoints();

private:
    void ways();

    std::unique_ptr<RedisServer> m_server;
};

void TestConnection::initTestCase()
{
    m_server = RedisServer::start(ServerOptions{.tcp = true, .tls = true});
}

void TestConnection::cleanupTestCase()
{
    m_server.reset();
}

void TestConnection::ways()
{
    QTest::addColumn<ConnectionOptions>("options");
    QTest::addRow("unix socket") << viaSocket(m_server->socketPath());
    QTest::addRow("TCP") << viaTcp(m_server->port());
    QTest::addRow("TLS") << viaTls(m_server->tlsPort());
}

void TestConnection::carriesEveryByte_data()
{
    ways();
}

void TestConnection::carriesEveryByte()
{
    QFETCH(ConnectionOptions, options);
    const auto connection = Connection::open(options, {});
    VERIFY_GOOD(connection);
    const std::string all = everyByte();
    const auto set = ask(**connection, {"SET", all, all + all});
    VERIFY_GOOD(set);
    QCOMPARE(set->text, std::string("OK"));
    QCOMPARE(m_server->command({"GET", all}), all + all);
    const auto got = ask(**connection, {"GET", all});
    VERIFY_GOOD(got);
    QCOMPARE(got->type, Reply::Type::String);
    QCOMPARE(got->text, all + all);
    const auto keys = ask(**connection, {"KEYS", "*"});
    VERIFY_GOOD(keys);
    QCOMPARE(keys->elements.at(0).text, all);
    m_server->command({"FLUSHALL"});
}

void TestConnection::carriesMegabytes_data()
{
    ways();
}

void TestConnection::carriesMegabytes()
{
    QFETCH(ConnectionOptions, options);
    const auto connection = Connection::open(options, {});
    VERIFY_GOOD(connection);
    std::string value(20'000'000, 'x');
    for (std::size_t i = 0; i < value.size(); i += 997) {
        value[i] = static_cast<char>(i);
    }
    const auto echoed = ask(**connection, {"ECHO", value});
    VERIFY_GOOD(echoed);
    QVERIFY(echoed->text == value);
}

void TestConnection::answersInTheOrderOfCommands()
{
    const auto connection = Connection::open(viaSocket(m_server->socketPath()), {});
    VERIFY_GOOD(connection);
    std::vector<Command> commands;
    for (int i = 0; i < 5000; ++i) {
        commands.push_back(Command{"ECHO", std::to_string(i)});
    }
    VERIFY_GOOD((*connection)->send(commands));
    QCOMPARE((*connection)->pendingReplies(), commands.size());
    for (int i = 0; i < 5000; ++i) {
        const auto reply = (*connection)->receive(std::stop_token());
        VERIFY_GOOD(reply);
        QCOMPARE(reply->text, std::to_string(i));
    }
    QCOMPARE((*connection)->pendingReplies(), std::size_t{0});
}

namespace {

/// Sends the next SCAN as soon as it knows the cursor, while the keys of this reply are still to come.
class ScanSink : public RecordingSink {
public:
    explicit ScanSink(Connection& connection)
        : m_connection(connection)
    {
    }
    void text(Reply::Type type, int depth, std::size_t index, std::string_view bytes) override
    {
        QCOMPARE(type, Reply::Type::String);
        if (depth == 2) {
            keys.emplace(bytes);
        } else if (depth == 1 && index == 0 && bytes != "0") {
            VERIFY_GOOD(m_connection.send({"SCAN", bytes, "COUNT", "50"}));
        }
    }
    std::set<std::string> keys;

private:
    Connection& m_connection;
};

} // namespace

void TestConnection::sendsFromWithinASink()
{
    m_server->fill(3000, [](std::size_t i) { return RedisServer::Args{"SET", "k" + std::to_string(i), ""}; });
    const auto connection = Connection::open(viaSocket(m_server->socketPath()), {});
    VERIFY_GOOD(connection);
    ScanSink sink(**connection);
    VERIFY_GOOD((*connection)->send({"SCAN", "0", "COUNT", "50"}));
    int calls = 0;
    while ((*connection)->pendingReplies() > 0) {
        VERIFY_GOOD((*connection)->receive(sink, {}));
        ++calls;
    }
    QCOMPARE(sink.keys.size(), std::size_t{3000});
    QVERIFY(calls >= 50);
    m_server->command({"FLUSHALL"});
}

/// 40 MB both ways at once, more than all buffers between: stops dead where one side only writes.
void TestConnection::takesRepliesWhileSendingMuch()
{
    const std::string megabyte(1'000'000, 'm');
    for (const ConnectionOptions& options : {viaSocket(m_server->socketPath()), viaTls(m_server->tlsPort())}) {
        const auto connection = Connection::open(options, {});
        VERIFY_GOOD(connection);
        VERIFY_GOOD((*connection)->send(std::vector<Command>(40, Command{"ECHO", megabyte})));
        for (int i = 0; i < 40; ++i) {
            const auto reply = (*connection)->receive(std::stop_token());
            VERIFY_GOOD(reply);
            QVERIFY(reply->text == megabyte);
        }
    }
}

void TestConnection::givesNestedReplies()
{
    const auto connection = Connection::open(viaTcp(m_server->port()), {});
    VERIFY_GOOD(connection);
    const auto reply = ask(**connection, {"EVAL", "return {1,{'a',{false,{'b'}}},{}}", "0"});
    VERIFY_GOOD(reply);
    QCOMPARE(reply->elements.size(), std::size_t{3});
    QCOMPARE(reply->elements[0].integer, std::int64_t{1});
    QVERIFY(reply->elements[1].elements[1].elements[0].isNil());
    QCOMPARE(reply->elements[1].elements[1].elements[1].elements[0].text, std::string("b"));
    QVERIFY(reply->elements[2].elements.empty());
    const auto error = ask(**connection, {"NOSUCHCOMMAND"});
    VERIFY_GOOD(error); // an error reply is an answer
    QVERIFY(error->isError());
}

void TestConnection::namesItselfAndSelects()
{
    ConnectionOptions options = viaSocket(m_server->socketPath());
    options.database = 5;
    options.clientName = u"a-name"_s;
    const auto connection = Connection::open(options, {});
    VERIFY_GOOD(connection);
    const auto line = ask(**connection, {"CLIENT", "INFO"});
    VERIFY_GOOD(line);
    QVERIFY(line->text.find("name=a-name ") != std::string::npos);
    QVERIFY(line->text.find("db=5 ") != std::string::npos);
    QCOMPARE((*connection)->options().database, 5);
    options.clientName = u"not a name"_s; // refused: spaces
    VERIFY_GOOD(Connection::open(options, {}));
}

void TestConnection::triesTheNextAddress_data()
{
    QTest::addColumn<QStringList>("addresses");
    QTest::addColumn<bool>("found");
    QTest::addRow("the first") << QStringList{u"127.0.0.1"_s} << true;
    QTest::addRow("one refuses") << QStringList{u"127.0.0.9"_s, u"127.0.0.1"_s} << true;
    QTest::addRow("IPv6 refuses") << QStringList{u"::1"_s, u"127.0.0.1"_s} << true;
    QTest::addRow("no way to one") << QStringList{u"2001:db8::1"_s, u"127.0.0.9"_s, u"::1"_s, u"127.0.0.1"_s} << true;
    QTest::addRow("all refuse") << QStringList{u"127.0.0.8"_s, u"127.0.0.9"_s} << false;
    QTest::addRow("none") << QStringList() << false;
}

/// The server listens on 127.0.0.1 only.
void TestConnection::triesTheNextAddress()
{
    QFETCH(QStringList, addresses);
    QFETCH(bool, found);
    const HostWithAddresses host(addresses);
    const auto connection = Connection::open(viaTcp(m_server->port(), u"many.example"_s), {});
    QCOMPARE(connection.has_value(), found);
    QVERIFY(found || connection.error().kind == ErrorKind::Network);
}

void TestConnection::doesNotWaitForAnAddressThatHangs()
{
    const SilentListener hanging(SilentListener::Mode::NeverAccepts); // on 127.0.0.1
    const auto server = RedisServer::start({u"--bind"_s, u"127.0.0.2"_s, u"--port"_s, QString::number(hanging.port())});
    const HostWithAddresses host({u"127.0.0.1"_s, u"127.0.0.2"_s});
    VERIFY_GOOD(Connection::open(viaTcp(hanging.port(), u"many.example"_s), {}));
}

void TestConnection::worksOnThreadsWithoutEventLoop()
{
    std::atomic<int> good = 0;
    std::vector<std::jthread> threads;
    for (const ConnectionOptions& options : {viaSocket(m_server->socketPath()),
             viaTcp(m_server->port(), u"localhost"_s), viaTls(m_server->tlsPort()), viaTls(m_server->tlsPort())}) {
        threads.emplace_back([&good, options] {
            for (int i = 0; i < 20; ++i) {
                const auto connection = Connection::open(options, {});
                const auto reply = connection ? ask(**connection, {"ECHO", everyByte()}) : connection.error();
                good += reply && reply->text == everyByte() ? 1 : 0;
            }
        });
    }
    threads.clear();
    QCOMPARE(good, 80);
}

void TestConnection::sendsNoEmptyCommand()
{
    const auto connection = Connection::open(viaSocket(m_server->socketPath()), {});
    VERIFY_GOOD(connection);
    const Status sent = (*connection)->send(std::vector<Command>{{"PING"}, Command()});
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::Input);
    QCOMPARE((*connection)->pendingReplies(), std::size_t{0});
    VERIFY_GOOD(ask(**connection, {""})); // a command without a name is for the server to refuse
}

namespace {

class Surprise : public std::exception { };

class ThrowingSink : public RecordingSink {
public:
    void text(Reply::Type /*type*/, int /*depth*/, std::size_t /*index*/, std::string_view /*bytes*/) override
    {
        throw Surprise();
    }
};

} // namespace

void TestConnection::closesWhenASinkThrows()
{
    const auto connection = Connection::open(viaSocket(m_server->socketPath()), {});
    VERIFY_GOOD(connection);
    VERIFY_GOOD((*connection)->send({"PING"}));
    ThrowingSink sink;
    QVERIFY_EXCEPTION_THROWN((void)(*connection)->receive(sink, {}), Surprise);
    QVERIFY(!(*connection)->isOpen());
}

void TestConnection::closesOnAReplyAboveTheCap()
{
    ConnectionOptions options = viaSocket(m_server->socketPath());
    options.replyCap = 1'000'000;
    const auto connection = Connection::open(options, {});
    VERIFY_GOOD(connection);
    VERIFY_GOOD(ask(**connection, {"ECHO", std::string(999'000, 'x')}));
    const auto reply = ask(**connection, {"ECHO", std::string(1'000'001, 'x')});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Limit);
    QCOMPARE(reply.error().subject, m_server->socketPath());
    QVERIFY(!(*connection)->isOpen());
}

void TestConnection::closesOnATreeAboveTheCap()
{
    ConnectionOptions options = viaSocket(m_server->socketPath());
    options.replyCap = 100'000;
    const auto connection = Connection::open(options, {});
    VERIFY_GOOD(connection);
    const Command fewBytesManyElements{"EVAL", "local t={} for i=1,20000 do t[i]=1 end return t", "0"}; // 80,007 bytes
    RecordingSink sink;
    VERIFY_GOOD((*connection)->send(fewBytesManyElements));
    VERIFY_GOOD((*connection)->receive(sink, {}));
    const auto tree = ask(**connection, fewBytesManyElements);
    QVERIFY(!tree);
    QCOMPARE(tree.error().kind, ErrorKind::Limit);
}

void TestConnection::tellsThatTheServerDied()
{
    const auto server = RedisServer::start();
    const auto connection = Connection::open(viaSocket(server->socketPath()), {});
    VERIFY_GOOD(connection);
    VERIFY_GOOD((*connection)->send({"BLPOP", "none", "0"}));
    server->kill();
    const auto reply = (*connection)->receive(std::stop_token());
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Network);
    QVERIFY2(reply.error().detail.contains(u"closed"), qPrintable(reply.error().detail));
}

void TestConnection::staysClosed()
{
    const auto server = RedisServer::start();
    const auto connection = Connection::open(viaSocket(server->socketPath()), {});
    VERIFY_GOOD(connection);
    server->kill();
    QVERIFY(!ask(**connection, {"PING"}));
    QVERIFY(!(*connection)->isOpen());
    QCOMPARE((*connection)->pendingReplies(), std::size_t{0});
    const Status sent = (*connection)->send({"PING"});
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::Network);
    RecordingSink sink;
    QVERIFY(!(*connection)->receive(sink, {}));
}

void TestConnection::namesEndpoints()
{
    QCOMPARE(viaTcp(7001, u"10.0.0.7"_s).endpoint.text(), u"10.0.0.7:7001"_s);
    QCOMPARE(viaTcp(6379, u"::1"_s).endpoint.text(), u"[::1]:6379"_s);
    QCOMPARE(viaSocket(u"/run/s"_s).endpoint.text(), u"/run/s"_s);
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
