// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "core/source/redis/serverfacts.h"
#include "core/source/redis/serverprobes.h"
#include "tests/servers/redisserver.h"

#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;
using test::RedisServer;
using test::ServerOptions;

namespace {

std::unique_ptr<Lane> laneTo(const RedisServer& server, const QString& user = {}, const QString& password = {})
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.socketPath();
    options.user = user;
    options.password = password;
    return makeLane(options, std::make_shared<CommandGate>(GateRules{true, Environment::Production}));
}

QStringList missingNames(const ServerFacts& facts)
{
    QStringList names;
    for (const MissingCommand& each : facts.missing) {
        names.append(each.reason == ErrorKind::Permission ? each.name : each.name + u'?');
    }
    return names;
}

std::string infoLine(RedisServer& server, const QString& name)
{
    const QString info = QString::fromStdString(server.command({"INFO"}));
    return info.section(name + u':', 1, 1).section(u'\r', 0, 0).toStdString();
}

} // namespace

class TestServerFacts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsVersions_data();
    void readsVersions();
    void comparesVersions();
    void readsTheEvictionPolicy_data();
    void readsTheEvictionPolicy();
    void tellsProductsApart_data();
    void tellsProductsApart();
    void hostileInfoIsTakenAsItComes();
    void asksARealServer();
    void countsTheKeysOfEveryDatabase();
    void leavesTheServerAndTheLaneAsTheyWere();
    void aUserWhoMayOnlyBrowseGetsFactsWithGaps();
    void aUserWhoMayNothingGetsFactsAllTheSame();
    void aForbiddenKeyIsNoForbiddenCommand();
    void disabledCommandsAreNamed();
    void withoutALoginItIsAnAuthError();
    void clusterModeIsSeenWithAndWithoutInfo();
    void sentinelModeIsSeen();
    void aReplicaIsSeen();
    void aLostServerIsAnError();
    void runIdChangesWithTheProcess();
    void keyCountIsOptional();
};

void TestServerFacts::readsVersions_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("version"); // empty: none
    QTest::newRow("three parts") << QByteArray("7.0.15") << u"7.0.15"_s;
    QTest::newRow("candidate") << QByteArray("8.0.0-rc1") << u"8.0.0"_s;
    QTest::newRow("two parts") << QByteArray("6.2") << u"6.2.0"_s;
    QTest::newRow("one part") << QByteArray("7") << u"7.0.0"_s;
    QTest::newRow("dot at the end") << QByteArray("7.") << u"7.0.0"_s;
    QTest::newRow("more parts") << QByteArray("1.2.3.4") << u"1.2.3"_s;
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("a word") << QByteArray("unstable") << QString();
    QTest::newRow("negative") << QByteArray("-7.0.1") << QString();
    QTest::newRow("negative part") << QByteArray("7.-1.1") << u"7.0.0"_s;
    QTest::newRow("too large") << QByteArray("99999999999.0.1") << QString();
}

void TestServerFacts::readsVersions()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, version);
    const auto read = ServerVersion::parse(text.toStdString());
    QCOMPARE(read ? read->text() : QString(), version);
}

void TestServerFacts::comparesVersions()
{
    const auto version = [](const char* text) { return ServerVersion::parse(text).value(); };
    QVERIFY(version("7.0.15") > version("7.0.9"));
    QVERIFY(version("6.2.99") < version("7.0.0"));
    QVERIFY(version("10.0.0") > version("9.9.9"));
    QVERIFY(!ServerVersion().isKnown());
}

void TestServerFacts::readsTheEvictionPolicy_data()
{
    QTest::addColumn<QByteArray>("info");
    QTest::addColumn<QString>("keeps");
    QTest::newRow("LFU") << QByteArray("maxmemory_policy:allkeys-lfu\r\n") << u"frequency"_s;
    QTest::newRow("LRU") << QByteArray("maxmemory_policy:volatile-lru\r\n") << u"idle time"_s;
    QTest::newRow("none") << QByteArray("maxmemory_policy:noeviction\r\n") << u"idle time"_s;
    QTest::newRow("not told") << QByteArray("redis_version:7.0.15\r\n") << u"not known"_s;
}

void TestServerFacts::readsTheEvictionPolicy()
{
    QFETCH(const QByteArray, info);
    ServerFacts facts;
    learnInfo(info.toStdString(), facts);
    const auto keeps = facts.keepsFrequency();
    QTEST(!keeps ? u"not known"_s : *keeps ? u"frequency"_s : u"idle time"_s, "keeps");
}

void TestServerFacts::tellsProductsApart_data()
{
    QTest::addColumn<QByteArray>("info");
    QTest::addColumn<QString>("product");
    QTest::addColumn<bool>("hashFieldExpiry");
    QTest::addColumn<bool>("clientNoTouch");
    QTest::addColumn<bool>("hscanNoValues");
    QTest::newRow("Redis 5.0") << QByteArray("redis_version:5.0.14\r\nexecutable:/usr/bin/redis-server\r\n")
                               << u"Redis 5.0.14"_s << false << false << false;
    QTest::newRow("Redis 7.4") << QByteArray("redis_version:7.4.1\r\n") << u"Redis 7.4.1"_s << true << true << true;
    QTest::newRow("Valkey 7.2") << QByteArray("redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:7.2.8\r\n")
                                << u"Valkey 7.2.8"_s << false << true << false;
    QTest::newRow("Valkey 8.0") << QByteArray("redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n")
                                << u"Valkey 8.0.1"_s << false << true << true;
    QTest::newRow("Valkey 9.0") << QByteArray("redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:9.0.0\r\n")
                                << u"Valkey 9.0.0"_s << true << true << true;
    QTest::newRow("KeyDB") << QByteArray("redis_version:6.3.4\r\nexecutable:/data/keydb-server\r\n") << u"KeyDB 6.3.4"_s
                           << false << false << false;
    QTest::newRow("Dragonfly") << QByteArray("redis_version:7.4.0\r\ndragonfly_version:df-v1.2\r\n") << QString()
                               << true << true << true;
}

void TestServerFacts::tellsProductsApart()
{
    QFETCH(const QByteArray, info);
    QFETCH(const QString, product);
    ServerFacts facts;
    learnInfo(info.toStdString(), facts);
    judgeByVersion(facts);
    QCOMPARE(facts.productText(), product);
    QTEST(facts.feature(ServerFeature::HashFieldExpiry) == FeatureState::Present, "hashFieldExpiry");
    QTEST(facts.feature(ServerFeature::ClientNoTouch) == FeatureState::Present, "clientNoTouch");
    QTEST(facts.feature(ServerFeature::HscanNoValues) == FeatureState::Present, "hscanNoValues");
}

void TestServerFacts::hostileInfoIsTakenAsItComes()
{
    ServerFacts facts;
    learnInfo("redis_version:\xff\r\nos:a\x1b[31m\r\nused_memory:-5\r\ndb99999999999:keys=1\r\ndb-1:keys=1\r\n"
              "db1:keys=x\r\ndb2:expires=3\r\ndb3:keys=7\r\nredis_mode:odd\r\nrole:odd\r\n",
        facts);
    QVERIFY(!facts.version.isKnown());
    QCOMPARE(facts.os, uR"(a\x1B[31m)"_s);
    QVERIFY(!facts.usedMemory);
    QCOMPARE(facts.mode, ServerMode::Unknown);
    QCOMPARE(facts.role, ServerRole::Unknown);
    QCOMPARE(facts.keyspace, (std::vector<DatabaseKeys>{{3, 7, {}}}));
}

void TestServerFacts::asksARealServer()
{
    const auto server = RedisServer::start();
    const auto facts = fetchServerFacts(*laneTo(*server), {});
    QVERIFY(facts);
    QVERIFY(facts->hasInfo);
    QCOMPARE(facts->redisVersion.text().toStdString(), infoLine(*server, u"redis_version"_s));
    const bool isValkey = !infoLine(*server, u"valkey_version"_s).empty();
    QCOMPARE(facts->product, isValkey ? ServerProduct::Valkey : ServerProduct::Redis);
    QCOMPARE(facts->mode, ServerMode::Standalone);
    QCOMPARE(facts->role, ServerRole::Master);
    QCOMPARE(facts->runId, infoLine(*server, u"run_id"_s));
    QVERIFY(facts->os.startsWith(u"Linux"));
    QVERIFY(facts->usedMemory && facts->usedMemory->value > 100'000);
    QCOMPARE(facts->databaseCount, std::optional<int>(16));
    QVERIFY(!facts->isLoading);
    // What this very server says of itself, asked in another way.
    const auto isThere = [&](const RedisServer::Args& command) {
        return !QString::fromStdString(server->command(command)).contains(u"unknown "_s, Qt::CaseInsensitive);
    };
    QCOMPARE(facts->feature(ServerFeature::HashFieldExpiry) == FeatureState::Present,
        isThere({"HPTTL", "nokey", "FIELDS", "1", "f"}));
    QCOMPARE(
        facts->feature(ServerFeature::ClientNoTouch) == FeatureState::Present, isThere({"CLIENT", "NO-TOUCH", "OFF"}));
    const std::pair<ServerFeature, const char*> since[] = {{ServerFeature::ScanType, "6.0.0"},
        {ServerFeature::Unlink, "4.0.0"}, {ServerFeature::MemoryUsage, "4.0.0"}, {ServerFeature::ObjectFreq, "4.0.0"},
        {ServerFeature::ClientTracking, "6.0.0"}, {ServerFeature::Copy, "6.2.0"}, {ServerFeature::GetEx, "6.2.0"},
        {ServerFeature::Functions, "7.0.0"}, {ServerFeature::ShardedPubSub, "7.0.0"}};
    for (const auto& [feature, version] : since) {
        const bool isIncluded = facts->redisVersion >= ServerVersion::parse(version).value();
        QCOMPARE(facts->feature(feature), isIncluded ? FeatureState::Present : FeatureState::Missing);
        QCOMPARE(facts->mayUse(feature), isIncluded);
    }
    QCOMPARE(facts->feature(ServerFeature::JsonDocuments) == FeatureState::Present,
        isThere({"JSON.SET", "nokey", "nopath", "nothing"}));
    const bool hasNoTouch = facts->feature(ServerFeature::ClientNoTouch) == FeatureState::Present;
    QCOMPARE(missingNames(*facts), hasNoTouch ? QStringList() : QStringList{u"CLIENT NO-TOUCH?"_s});
}

void TestServerFacts::countsTheKeysOfEveryDatabase()
{
    const auto server = RedisServer::start();
    server->command({"MSET", "a", "1", "b", "2"});
    server->command({"SELECT", "5"});
    server->command({"SET", "c", "1", "EX", "1000"});
    const auto facts = fetchServerFacts(*laneTo(*server), {});
    QVERIFY(facts);
    QCOMPARE(facts->keyspace, (std::vector<DatabaseKeys>{{0, 2, 0}, {5, 1, 1}}));
}

void TestServerFacts::leavesTheServerAndTheLaneAsTheyWere()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    const auto lane = laneTo(*server);
    QVERIFY(lane->call({"PING"}, {}));
    QVERIFY(fetchServerFacts(*lane, {}));
    QCOMPARE(lane->openings(), std::uint64_t{1});
    QCOMPARE(server->command({"DBSIZE"}), std::string("1"));
    QCOMPARE(infoLine(*server, u"tracking_clients"_s), std::string("0"));
}

void TestServerFacts::aUserWhoMayOnlyBrowseGetsFactsWithGaps()
{
    ServerOptions options;
    options.aclLines = {u"user bob on >pw ~* -@all +scan +type +get"_s};
    const auto server = RedisServer::start(options);
    const auto facts = fetchServerFacts(*laneTo(*server, u"bob"_s, u"pw"_s), {});
    QVERIFY(facts);
    QVERIFY(!facts->hasInfo);
    QCOMPARE(facts->product, ServerProduct::Unknown);
    QVERIFY(facts->runId.empty());
    QVERIFY(!facts->usedMemory);
    QVERIFY(!facts->databaseCount);
    QCOMPARE(facts->feature(ServerFeature::ScanType), FeatureState::Present);
    QCOMPARE(facts->feature(ServerFeature::MemoryUsage), FeatureState::Refused);
    QVERIFY(!facts->mayUse(ServerFeature::MemoryUsage));
    QCOMPARE(facts->feature(ServerFeature::Unlink), FeatureState::Unknown);
    QVERIFY(facts->mayUse(ServerFeature::Unlink));
    QStringList missing = missingNames(*facts);
    for (const QString& each : {u"INFO"_s, u"CLUSTER INFO"_s, u"CONFIG GET"_s, u"COMMAND INFO"_s, u"ROLE"_s,
             u"DBSIZE"_s, u"TTL"_s, u"MEMORY USAGE"_s, u"OBJECT FREQ"_s, u"CLIENT TRACKING"_s}) {
        QVERIFY2(missing.removeOne(each), qPrintable(each));
    }
    missing.removeOne(u"CLIENT NO-TOUCH"_s); // refused where it is there
    missing.removeOne(u"CLIENT NO-TOUCH?"_s);
    QCOMPARE(missing, QStringList());
}

void TestServerFacts::aUserWhoMayNothingGetsFactsAllTheSame()
{
    ServerOptions options;
    options.aclLines = {u"user bob on >pw ~* -@all"_s};
    const auto server = RedisServer::start(options);
    const auto facts = fetchServerFacts(*laneTo(*server, u"bob"_s, u"pw"_s), {});
    QVERIFY(facts);
    QVERIFY(missingNames(*facts).contains(u"SCAN"_s));
    QVERIFY(missingNames(*facts).contains(u"TYPE"_s));
}

void TestServerFacts::aForbiddenKeyIsNoForbiddenCommand()
{
    ServerOptions options;
    options.aclLines = {u"user bob on >pw ~app:* +@all"_s};
    const auto server = RedisServer::start(options);
    const auto facts = fetchServerFacts(*laneTo(*server, u"bob"_s, u"pw"_s), {});
    QVERIFY(facts);
    QCOMPARE(facts->feature(ServerFeature::MemoryUsage), FeatureState::Present);
    for (const MissingCommand& each : facts->missing) {
        QCOMPARE(each.reason, ErrorKind::Unsupported);
    }
}

void TestServerFacts::disabledCommandsAreNamed()
{
    const auto server = RedisServer::start({u"--rename-command"_s, u"CONFIG"_s, u""_s, u"--rename-command"_s,
        u"UNLINK"_s, u""_s, u"--rename-command"_s, u"OBJECT"_s, u""_s});
    const auto facts = fetchServerFacts(*laneTo(*server), {});
    QVERIFY(facts);
    QVERIFY(missingNames(*facts).contains(u"CONFIG GET?"_s));
    QVERIFY(missingNames(*facts).contains(u"OBJECT FREQ?"_s));
    QVERIFY(!facts->databaseCount);
    QCOMPARE(facts->feature(ServerFeature::Unlink), FeatureState::Missing);
    QCOMPARE(facts->feature(ServerFeature::ObjectFreq), FeatureState::Missing);
}

void TestServerFacts::withoutALoginItIsAnAuthError()
{
    ServerOptions options;
    options.password = u"secret"_s;
    const auto server = RedisServer::start(options);
    const auto facts = fetchServerFacts(*laneTo(*server), {});
    QVERIFY(!facts);
    QCOMPARE(facts.error().kind, ErrorKind::Auth);
    QVERIFY(fetchServerFacts(*laneTo(*server, {}, u"secret"_s), {}));
}

void TestServerFacts::clusterModeIsSeenWithAndWithoutInfo()
{
    ServerOptions options;
    options.tcp = true;
    options.arguments = {u"--cluster-enabled"_s, u"yes"_s, u"--cluster-port"_s, QString::number(test::freePort())};
    options.aclLines = {u"user bob on >pw ~* +@all -info"_s, u"user all on >pw ~* +@all"_s};
    const auto server = RedisServer::start(options);
    for (const QString& user : {u"all"_s, u"bob"_s}) {
        const auto facts = fetchServerFacts(*laneTo(*server, user, u"pw"_s), {});
        QVERIFY(facts);
        QCOMPARE(facts->hasInfo, user == u"all");
        QCOMPARE(facts->mode, ServerMode::Cluster);
        QCOMPARE(facts->role, ServerRole::Master);
        QCOMPARE(facts->databaseCount, std::optional<int>(1));
    }
}

void TestServerFacts::sentinelModeIsSeen()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"sentinel.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("sentinel resolve-hostnames no\n");
    file.close();
    QProcess process;
    const QString socket = folder.filePath(u"s"_s);
    const QString program = qEnvironmentVariable("KEYGLASS_TEST_SERVER", u"redis-server"_s);
    process.start(program,
        {file.fileName(), u"--sentinel"_s, u"--port"_s, QString::number(test::freePort()), u"--unixsocket"_s, socket,
            u"--dir"_s, folder.path()});
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY(QFile::exists(socket));
    ConnectionOptions options;
    options.endpoint.socketPath = socket;
    const auto lane = makeLane(options, std::make_shared<CommandGate>(GateRules{true, {}}));
    const auto facts = fetchServerFacts(*lane, {});
    const auto masters = lane->call({"SENTINEL", "MASTERS"}, {});
    lane->close();
    process.kill();
    process.waitForFinished();
    QVERIFY(facts);
    QCOMPARE(facts->mode, ServerMode::Sentinel);
    QCOMPARE(facts->role, ServerRole::Sentinel);
    QVERIFY(missingNames(*facts).contains(u"SCAN?"_s));
    QVERIFY(masters && masters->isArray());
}

void TestServerFacts::aReplicaIsSeen()
{
    const auto server = RedisServer::start({u"--replicaof"_s, u"127.0.0.1"_s, u"1"_s});
    const auto facts = fetchServerFacts(*laneTo(*server), {});
    QVERIFY(facts);
    QCOMPARE(facts->role, ServerRole::Replica);
}

void TestServerFacts::aLostServerIsAnError()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    QVERIFY(lane->call({"PING"}, {}));
    server->kill();
    QVERIFY(!fetchServerFacts(*lane, {}));
    QVERIFY(!fetchDatabases(*lane, {}));
    QVERIFY(!fetchRunId(*lane, {}));
    const auto count = fetchKeyCount(*lane, {});
    QVERIFY(!count);
    QCOMPARE(count.error().kind, ErrorKind::Network);
}

void TestServerFacts::runIdChangesWithTheProcess()
{
    const auto server = RedisServer::start();
    const auto lane = laneTo(*server);
    const auto first = fetchRunId(*lane, {});
    QVERIFY(first && *first);
    QCOMPARE(**first, infoLine(*server, u"run_id"_s));
    server->kill();
    server->restart();
    lane->close();
    const auto second = fetchRunId(*lane, {});
    QVERIFY(second && *second);
    QVERIFY(**first != **second);
}

void TestServerFacts::keyCountIsOptional()
{
    ServerOptions options;
    options.aclLines = {u"user bob on >pw ~* +@all -dbsize -info"_s, u"user all on >pw ~* +@all"_s};
    const auto server = RedisServer::start(options);
    const auto lane = laneTo(*server, u"all"_s, u"pw"_s);
    const auto count = fetchKeyCount(*lane, {});
    QVERIFY(count);
    QCOMPARE(*count, std::optional<std::uint64_t>(0));
    const auto restricted = laneTo(*server, u"bob"_s, u"pw"_s);
    const auto none = fetchKeyCount(*restricted, {});
    QVERIFY(none);
    QVERIFY(!*none);
    const auto runId = fetchRunId(*restricted, {});
    QVERIFY(runId);
    QVERIFY(!*runId);
}

QTEST_GUILESS_MAIN(TestServerFacts)
#include "tst_serverfacts.moc"
