// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/netfixture.h"
#include "tests/core/net/recordingsink.h"
#include "tests/servers/faultproxy.h"

#include <QObject>
#include <QTest>

#include <random>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

const std::vector<Command> questions{{"GET", "text"}, {"LRANGE", "list", "0", "-1"}, {"GET", "none"},
    {"STRLEN", "text"}, {"LPUSH", "text", "x"}, {"PING"}};

/// The answers to `questions`, as far as they came, and the error that ended them.
struct Heard {
    std::string told;
    std::optional<Error> error;
    std::size_t answers = 0;
};

Heard hear(const ConnectionOptions& options)
{
    const auto connection = Connection::open(options, {});
    if (!connection) {
        return {{}, connection.error()};
    }
    if (const Status sent = (*connection)->send(questions); !sent) {
        return {{}, sent.error()};
    }
    RecordingSink sink;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (const Status received = (*connection)->receive(sink, {}); !received) {
            return {sink.told(), received.error(), i};
        }
    }
    return {sink.told(), {}, questions.size()};
}

} // namespace

class TestFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void hearsTheSameInSingleBytes();
    void tellsWhereTheLineWasCut_data();
    void tellsWhereTheLineWasCut();
    void timesOutWhereTheLineStalls();
    void survivesDamageAnywhere();
    void survivesADroppedLine();
    void isRefusedByAClosedProxy();

private:
    [[nodiscard]] ConnectionOptions viaProxy() const;

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<FaultProxy> m_proxy;
    std::string m_truth;
    std::size_t m_length = 0; ///< of all the server says, the answer to the greeting included
};

void TestFaults::initTestCase()
{
    m_server = RedisServer::start();
    m_server->command({"SET", "text", everyByte()});
    m_server->command({"RPUSH", "list", "a", "bc", "", "\r\n"});
    m_proxy = std::make_unique<FaultProxy>(ProxyTarget{.socketPath = m_server->socketPath()});
    const Heard all = hear(viaSocket(m_server->socketPath()));
    QVERIFY(!all.error);
    m_truth = all.told;
    // "+OK", the text, the list, nil, the length, an error of 68 bytes, "+PONG"
    m_length = 5 + (6 + 256 + 2) + (4 + 7 + 8 + 6 + 8) + 5 + 6 + 68 + 7;
}

void TestFaults::cleanupTestCase()
{
    m_proxy.reset();
    m_server.reset();
}

ConnectionOptions TestFaults::viaProxy() const
{
    ConnectionOptions options = viaSocket(m_proxy->socketPath());
    options.connectTimeout = options.callTimeout = Milliseconds{3000};
    return options;
}

void TestFaults::hearsTheSameInSingleBytes()
{
    m_proxy->setFaults({.singleBytes = true});
    const Heard heard = hear(viaProxy());
    QVERIFY2(!heard.error, qPrintable(heard.error ? heard.error->detail : QString()));
    QCOMPARE(heard.told, m_truth);
}

void TestFaults::tellsWhereTheLineWasCut_data()
{
    QTest::addColumn<bool>("reset");
    QTest::addRow("orderly") << false;
    QTest::addRow("by a reset") << true;
}

/// After every byte the server says: what came whole is told, then comes an error, and nothing else.
void TestFaults::tellsWhereTheLineWasCut()
{
    QFETCH(bool, reset);
    ConnectionOptions options = viaProxy();
    if (reset) { // only TCP has it
        options.endpoint = viaTcp(m_proxy->port()).endpoint;
    }
    std::size_t answers = 0;
    for (std::size_t n = 0; n < m_length; ++n) {
        m_proxy->setFaults({.cutAfter = n, .resetWhenCut = reset});
        const Heard heard = hear(options);
        QVERIFY2(heard.error, qPrintable(u"cut after %1"_s.arg(n)));
        QCOMPARE(heard.error->kind, ErrorKind::Network);
        QCOMPARE(heard.error->subject, options.endpoint.text());
        QVERIFY2(heard.error->detail.contains(u"closed"), qPrintable(heard.error->detail));
        QVERIFY(m_truth.starts_with(heard.told));
        QVERIFY(reset || heard.answers >= answers);
        answers = heard.answers;
    }
    QVERIFY(reset || answers == questions.size() - 1);
    m_proxy->setFaults({.cutAfter = m_length});
    QVERIFY(!hear(viaProxy()).error);
}

void TestFaults::timesOutWhereTheLineStalls()
{
    ConnectionOptions options = viaProxy();
    options.connectTimeout = options.callTimeout = Milliseconds{60};
    for (std::size_t n = 0; n < m_length; n += 40) {
        m_proxy->setFaults({.stallAfter = n});
        const Heard heard = hear(options);
        QVERIFY(heard.error);
        QCOMPARE(heard.error->kind, ErrorKind::Timeout);
        QVERIFY(m_truth.starts_with(heard.told));
    }
}

/// Some bytes replaced at random: answers or a typed error, and never longer than a timeout.
void TestFaults::survivesDamageAnywhere()
{
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    ConnectionOptions options = viaProxy();
    options.connectTimeout = options.callTimeout = Milliseconds{50};
    int errors = 0;
    for (std::uint64_t i = 0; i < 300; ++i) {
        m_proxy->setFaults({.corruptEvery = 20 + i, .seed = seed + i});
        const Heard heard = hear(options);
        QVERIFY(heard.error || heard.answers == questions.size());
        if (heard.error) {
            ++errors;
            QVERIFY2(!heard.error->subject.isEmpty(), qPrintable(u"round %1"_s.arg(i)));
            QVERIFY2(heard.error->kind != ErrorKind::Cancelled && heard.error->kind != ErrorKind::Tls,
                qPrintable(heard.error->detail));
        }
    }
    QVERIFY(errors > 30);
}

void TestFaults::survivesADroppedLine()
{
    m_proxy->setFaults({});
    const auto connection = Connection::open(viaProxy(), {});
    VERIFY_GOOD(connection);
    VERIFY_GOOD(ask(**connection, {"PING"}));
    m_proxy->dropConnections();
    const auto reply = ask(**connection, {"PING"});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Network);
    VERIFY_GOOD(Connection::open(viaProxy(), {}));
}

void TestFaults::isRefusedByAClosedProxy()
{
    m_proxy->refuse();
    const auto connection = Connection::open(viaTcp(m_proxy->port()), {});
    QVERIFY(!connection);
    QCOMPARE(connection.error().kind, ErrorKind::Network);
    const auto viaFile = Connection::open(viaProxy(), {}); // the file of the socket is still there
    QVERIFY(!viaFile);
    QVERIFY2(viaFile.error().detail.contains(u"refused"), qPrintable(viaFile.error().detail));
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
