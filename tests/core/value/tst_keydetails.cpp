// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/keydetails.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

Q_DECLARE_METATYPE(keyglass::KeyType)
Q_DECLARE_METATYPE(keyglass::DetailState)

class TestKeyDetails : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void knowsTheServersWords_data();
    void knowsTheServersWords();
    void readsTypeTtlAndMemory();
    void tellsGoneFromPersistent();
    void takesAnyBytesAsKey();
    void asksOnlyWhatIsWanted();
    void neverSamplesWithoutBound_data();
    void neverSamplesWithoutBound();
    void refusedCommandsHideNothingElse_data();
    void refusedCommandsHideNothingElse();
    void noKeysNoCommand();
    void aLostServerFailsAsAWhole();

private:
    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

void TestKeyDetails::init()
{
    m_lane.reset();
    m_server = RedisServer::start();
    m_lane = readingLane(*m_server);
}

void TestKeyDetails::knowsTheServersWords_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QString>("badge");
    const auto row = [](const char* word, KeyType type, const char* badge) {
        QTest::addRow("%s", word) << QByteArray(word) << type << QString::fromLatin1(badge);
    };
    row("none", KeyType::None, "");
    row("string", KeyType::String, "STR");
    row("hash", KeyType::Hash, "HSH");
    row("list", KeyType::List, "LST");
    row("set", KeyType::Set, "SET");
    row("zset", KeyType::SortedSet, "ZST");
    row("stream", KeyType::Stream, "STM");
    row("ReJSON-RL", KeyType::Json, "JSN");
    row("TSDB-TYPE", KeyType::Other, "OTH");
    row("", KeyType::Other, "OTH");
}

void TestKeyDetails::knowsTheServersWords()
{
    QFETCH(QByteArray, word);
    QFETCH(KeyType, type);
    QFETCH(QString, badge);
    QCOMPARE(keyTypeFromName(word.toStdString()), type);
    QCOMPARE(keyTypeBadge(type), badge);
    if (type != KeyType::None && type != KeyType::Other) {
        QCOMPARE(std::string(keyTypeName(type)), word.toStdString());
    }
}

void TestKeyDetails::readsTypeTtlAndMemory()
{
    m_server->command({"SET", "s", std::string(5000, 'x'), "PX", "100000"});
    m_server->command({"ZADD", "z", "1", "a"});
    const std::vector keys{"s"s, "z"s};
    const auto details = fetchKeyDetails(*m_lane, keys, {}, {});
    QVERIFY(details.has_value());
    QCOMPARE(details->size(), std::size_t{2});
    const KeyDetails& string = details->front();
    QCOMPARE(string.key, "s"s);
    QCOMPARE(string.type, KeyType::String);
    QVERIFY(string.ttl && *string.ttl > Milliseconds{90'000} && *string.ttl <= Milliseconds{100'000});
    QVERIFY(string.memory && string.memory->value >= 5000);
    QVERIFY(!string.isPersistent());
    QCOMPARE(details->back().typeName, "zset"s);
    QVERIFY(details->back().isPersistent());
}

void TestKeyDetails::tellsGoneFromPersistent()
{
    m_server->command({"SET", "there", "1"});
    const std::vector keys{"there"s, "gone"s};
    const std::vector columns{
        DetailColumns{true, false, false}, DetailColumns{false, true, false}, DetailColumns{false, false, true}};
    for (const DetailColumns& one : columns) {
        const auto details = fetchKeyDetails(*m_lane, keys, one, {});
        QVERIFY(details.has_value());
        QVERIFY(!details->front().gone);
        QVERIFY(details->back().gone);
        QVERIFY(!details->back().isPersistent());
    }
}

void TestKeyDetails::takesAnyBytesAsKey()
{
    const std::vector keys{""s, "\0\xff\r\n\""s + std::string(1, '\0'), std::string(70'000, 'k')};
    for (const std::string& key : keys) {
        m_server->command({"RPUSH", key, "x"});
    }
    const auto details = fetchKeyDetails(*m_lane, keys, {}, {});
    QVERIFY(details.has_value());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        QCOMPARE((*details)[i].key, keys[i]);
        QCOMPARE((*details)[i].type, KeyType::List);
    }
}

void TestKeyDetails::asksOnlyWhatIsWanted()
{
    m_server->command({"SET", "s", "1"});
    m_server->command({"CONFIG", "RESETSTAT"});
    const std::vector keys{"s"s, "gone"s};
    const auto details = fetchKeyDetails(*m_lane, keys, {true, false, false}, {});
    QVERIFY(details.has_value());
    QCOMPARE(details->front().ttlState, DetailState::NotAsked);
    QCOMPARE(details->front().memoryState, DetailState::NotAsked);
    const std::string stats = m_server->command({"INFO", "commandstats"});
    QVERIFY(stats.find("cmdstat_type:calls=2") != std::string::npos);
    QVERIFY(stats.find("pttl") == std::string::npos && stats.find("memory") == std::string::npos);
}

void TestKeyDetails::neverSamplesWithoutBound_data()
{
    QTest::addColumn<int>("wanted");
    QTest::addColumn<QByteArray>("sent");
    QTest::addRow("none would mean all") << 0 << QByteArray("1");
    QTest::addRow("negative") << -3 << QByteArray("1");
    QTest::addRow("a few") << 5 << QByteArray("5");
    QTest::addRow("too many") << 1'000'000 << QByteArray("100");
}

void TestKeyDetails::neverSamplesWithoutBound()
{
    QFETCH(int, wanted);
    QFETCH(QByteArray, sent);
    m_server->command({"RPUSH", "l", "1"});
    m_server->command({"CONFIG", "SET", "slowlog-log-slower-than", "0"});
    const std::vector keys{"l"s};
    QVERIFY(fetchKeyDetails(*m_lane, keys, {false, false, true, wanted}, {}).has_value());
    const std::string log = m_server->command({"SLOWLOG", "GET", "20"});
    QVERIFY2(log.find("USAGE\nl\nSAMPLES\n" + sent.toStdString() + "\n") != std::string::npos, log.c_str());
}

void TestKeyDetails::refusedCommandsHideNothingElse_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<DetailState>("type");
    QTest::addColumn<DetailState>("ttl");
    QTest::addColumn<DetailState>("memory");
    const DetailState there = DetailState::There;
    const DetailState refused = DetailState::Refused;
    QTest::addRow("no MEMORY") << QByteArray("-memory") << there << there << refused;
    QTest::addRow("no PTTL") << QByteArray("-pttl") << there << refused << there;
    QTest::addRow("no TYPE") << QByteArray("-type") << refused << there << there;
    QTest::addRow("none of them") << QByteArray("-type -pttl -memory") << refused << refused << refused;
}

void TestKeyDetails::refusedCommandsHideNothingElse()
{
    QFETCH(QByteArray, rule);
    ServerOptions options;
    options.aclLines = {QStringLiteral("user bob on >pw ~* +@all ") + QString::fromLatin1(rule)};
    const auto server = RedisServer::start(options);
    server->command({"SET", "s", "1"});
    const auto lane = readingLane(*server, QStringLiteral("bob"));
    const std::vector keys{"s"s};
    const auto details = fetchKeyDetails(*lane, keys, {}, {});
    QVERIFY(details.has_value());
    QTEST(details->front().typeState, "type");
    QTEST(details->front().ttlState, "ttl");
    QTEST(details->front().memoryState, "memory");
    QVERIFY(!details->front().gone && !details->front().failure);
}

void TestKeyDetails::noKeysNoCommand()
{
    const auto details = fetchKeyDetails(*m_lane, {}, {}, {});
    QVERIFY(details.has_value() && details->empty());
    QCOMPARE(m_lane->openings(), std::uint64_t{0});
}

void TestKeyDetails::aLostServerFailsAsAWhole()
{
    m_server->kill();
    const std::vector keys{"s"s};
    const auto details = fetchKeyDetails(*m_lane, keys, {}, {});
    QVERIFY(!details.has_value());
    QCOMPARE(details.error().kind, ErrorKind::Network);
}

QTEST_GUILESS_MAIN(TestKeyDetails)
#include "tst_keydetails.moc"
