// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "core/source/redis/serverfacts.h"
#include "tests/servers/redisserver.h"

#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;
using test::RedisServer;
using test::ServerOptions;

class TestDatabases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsThem_data();
    void listsThem();
    void theLaneStaysInItsDatabase_data();
    void theLaneStaysInItsDatabase();
    void aClusterHasOne();
};

namespace {

std::unique_ptr<Lane> laneTo(const RedisServer& server, int database)
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.socketPath();
    options.user = u"bob"_s;
    options.password = u"pw"_s;
    options.database = database;
    return makeLane(options, std::make_shared<CommandGate>(GateRules{true, Environment::Production}));
}

std::unique_ptr<RedisServer> serverFor(const QString& rights, int databases)
{
    ServerOptions options;
    options.aclLines = {u"user bob on >pw ~* +@all "_s + rights};
    options.arguments = {u"--databases"_s, QString::number(databases)};
    auto server = RedisServer::start(options);
    server->command({"SELECT", "0"});
    server->command({"MSET", "a", "1", "b", "2"});
    if (databases > 3) {
        server->command({"SELECT", "3"});
        server->command({"SET", "c", "1", "EX", "1000"});
    }
    return server;
}

} // namespace

void TestDatabases::listsThem_data()
{
    QTest::addColumn<QString>("rights");
    QTest::addColumn<int>("databases");
    QTest::addColumn<int>("listed");
    QTest::addColumn<bool>("keysKnown");
    QTest::addColumn<bool>("expiresKnown");
    QTest::newRow("all allowed") << u""_s << 16 << 16 << true << true;
    QTest::newRow("one database") << u""_s << 1 << 1 << true << true;
    QTest::newRow("very many databases") << u""_s << 100'000 << 16384 << true << true;
    QTest::newRow("no CONFIG: by trying") << u"-config"_s << 16 << 16 << true << true;
    QTest::newRow("no CONFIG, 1 database") << u"-config"_s << 1 << 1 << true << true;
    QTest::newRow("no CONFIG, 5 databases") << u"-config"_s << 5 << 5 << true << true;
    QTest::newRow("no CONFIG, 1000 databases") << u"-config"_s << 1000 << 1000 << true << true;
    QTest::newRow("no CONFIG, very many databases") << u"-config"_s << 100'000 << 16384 << true << true;
    QTest::newRow("no INFO: counted one by one") << u"-info"_s << 16 << 16 << true << false;
    QTest::newRow("no INFO, no CONFIG") << u"-info -config"_s << 16 << 16 << true << false;
    QTest::newRow("no INFO, no DBSIZE") << u"-info -dbsize"_s << 16 << 16 << false << false;
    QTest::newRow("no CONFIG, no SELECT: those of INFO") << u"-config -select"_s << 16 << 2 << true << true;
    QTest::newRow("nothing at all") << u"-config -select -info -dbsize -cluster"_s << 16 << 1 << false << false;
}

void TestDatabases::listsThem()
{
    QFETCH(const QString, rights);
    QFETCH(const int, databases);
    QFETCH(const int, listed);
    QFETCH(const bool, keysKnown);
    QFETCH(const bool, expiresKnown);
    const auto server = serverFor(rights, databases);
    const auto lane = laneTo(*server, 0);
    const auto rows = fetchDatabases(*lane, {});
    QVERIFY(rows);
    QCOMPARE(rows->size(), static_cast<std::size_t>(listed));
    QVERIFY(std::ranges::is_sorted(*rows, {}, &DatabaseKeys::number));
    for (const DatabaseKeys& row : *rows) {
        const std::uint64_t keys = row.number == 0 ? 2 : row.number == 3 ? 1 : 0;
        QCOMPARE(row.keys, keysKnown ? std::optional(keys) : std::nullopt);
        const std::uint64_t expires = row.number == 3 ? 1 : 0;
        QCOMPARE(row.expires, expiresKnown ? std::optional(expires) : std::nullopt);
    }
    QCOMPARE(rows->front().number, 0);
}

void TestDatabases::theLaneStaysInItsDatabase_data()
{
    QTest::addColumn<QString>("rights");
    QTest::newRow("all allowed") << u""_s;
    QTest::newRow("by trying") << u"-config"_s;
    QTest::newRow("counted") << u"-info"_s;
}

void TestDatabases::theLaneStaysInItsDatabase()
{
    QFETCH(const QString, rights);
    const auto server = serverFor(rights, 16);
    const auto lane = laneTo(*server, 3);
    QVERIFY(fetchDatabases(*lane, {}));
    const auto value = lane->call({"GET", "c"}, {});
    QVERIFY(value);
    QCOMPARE(value->text, std::string("1"));
}

void TestDatabases::aClusterHasOne()
{
    ServerOptions options;
    options.tcp = true;
    options.arguments = {u"--cluster-enabled"_s, u"yes"_s, u"--cluster-port"_s, QString::number(test::freePort())};
    options.aclLines = {u"user bob on >pw ~* +@all -info"_s};
    const auto server = RedisServer::start(options);
    const auto lane = laneTo(*server, 0);
    const auto rows = fetchDatabases(*lane, {});
    QVERIFY(rows);
    QCOMPARE(*rows, (std::vector<DatabaseKeys>{{0, 0, {}}}));
}

QTEST_GUILESS_MAIN(TestDatabases)
#include "tst_databases.moc"
