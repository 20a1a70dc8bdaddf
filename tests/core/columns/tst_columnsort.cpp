// SPDX-License-Identifier: GPL-3.0-or-later
// Sorting by columns of real servers' keys, and writing them.
#include "core/columns/columnsort.h"
#include "core/columns/tableexport.h"
#include "core/index/keyroot.h"
#include "tests/core/bulk/jobfixture.h"
#include "tests/core/columns/columnkeys.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestColumnSort : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sortsByEachColumn_data();
    void sortsByEachColumn();
    void keysThatAreGoneAreTold();
    void oftenUsedKeysStandByFrequency();
    void theCostIsMeasured();
    void aColumnThatIsNotToldIsAnError();
    void aForbiddenCommandIsAnError();
    void aStopEndsItSoon();
    void aClusterIsSortedAsOne();
    void severalDatabasesAreOneTable();
    void aTableIsWrittenAsCsv();

private:
    static ColumnSource sourceOf(const RedisServer& server);
    static Result<std::shared_ptr<const ColumnOrder>> sorted(
        const ColumnSource& source, const ColumnScope& scope, SortColumn column);
};

namespace {

bool always(std::uint64_t /*done*/)
{
    return true;
}

std::string drawn(const ColumnOrder& order, SortDirection direction = SortDirection::Ascending)
{
    return joined(TableRows(std::make_shared<ColumnOrder>(order), direction).keys(0, 1000));
}

} // namespace

ColumnSource TestColumnSort::sourceOf(const RedisServer& server)
{
    ColumnSource source;
    source.nodes = [&server](int database) {
        ConnectionOptions options;
        options.endpoint.socketPath = server.socketPath();
        options.database = database;
        const auto gate = std::make_shared<CommandGate>(GateRules{true, Environment::Production});
        return serverNode([options, gate] { return makeLane(options, gate); }, u"server"_s);
    };
    return source;
}

Result<std::shared_ptr<const ColumnOrder>> TestColumnSort::sorted(
    const ColumnSource& source, const ColumnScope& scope, SortColumn column)
{
    return ColumnSort(source, scope, column, ScanPace::Full).run({}, always);
}

void TestColumnSort::sortsByEachColumn_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QByteArray>("keys");
    const auto row = [](const char* name, SortColumn column, const char* keys) {
        QTest::addRow("%s", name) << static_cast<int>(column) << QByteArray(keys);
    };
    row("type: hash, list, set, string, zset", SortColumn::Type, "h l s a b e z");
    row("TTL: those without an end last", SortColumn::Ttl, "b a e h l s z");
    row("length: of strings in bytes, else elements", SortColumn::Length, "e s h l z a b");
    row("memory: equal ones by name", SortColumn::Memory, "");
    row("encoding", SortColumn::Encoding, "");
    row("idle time", SortColumn::Idle, "");
}

void TestColumnSort::sortsByEachColumn()
{
    QFETCH(int, column);
    QFETCH(QByteArray, keys);
    const auto server = RedisServer::start();
    server->command({"SET", "a", std::string(10, 'x'), "EX", "1000"});
    server->command({"SET", "b", std::string(5000, 'x'), "EX", "100"});
    server->command({"SET", "e", ""});
    server->command({"HSET", "h", "1", "1", "2", "2"});
    server->command({"RPUSH", "l", "1", "2", "3"});
    server->command({"SADD", "s", "1"});
    server->command({"ZADD", "z", "1", "1", "2", "2", "3", "3", "4", "4"});
    const ColumnScope scope{keysOf({"a", "b", "e", "h", "l", "s", "z"})};
    const auto order = sorted(sourceOf(*server), scope, static_cast<SortColumn>(column));
    QVERIFY2(order, order ? "" : qPrintable(order.error().detail));
    QCOMPARE((*order)->count(), std::uint64_t{7});
    QCOMPARE((*order)->gone() + (*order)->withoutValue(), std::uint64_t{0});
    if (!keys.isEmpty()) {
        QCOMPARE(drawn(**order), keys.toStdString());
    }
    if (static_cast<SortColumn>(column) == SortColumn::Memory) {
        QCOMPARE(TableRows(*order, SortDirection::Descending).key(0), std::string("b"));
    }
}

void TestColumnSort::keysThatAreGoneAreTold()
{
    const auto server = RedisServer::start();
    std::set<std::string> keys;
    for (int at = 0; at < 3000; ++at) {
        const std::string key = "k" + std::to_string(at);
        keys.insert(key);
        if (at % 3 != 0) {
            server->command({"SET", key, std::string(static_cast<std::size_t>(at), 'x')});
        }
    }
    for (const SortColumn column : {SortColumn::Type, SortColumn::Ttl, SortColumn::Memory, SortColumn::Length,
             SortColumn::Encoding, SortColumn::Idle}) {
        const auto order = sorted(sourceOf(*server), {keysOf(keys)}, column);
        QVERIFY(order);
        QCOMPARE((*order)->gone(), std::uint64_t{1000});
        QCOMPARE((*order)->withoutValue(), std::uint64_t{0});
        QCOMPARE(TableRows(*order, SortDirection::Descending).key(2000), std::string("k0")); // the first that is gone
    }
    const auto order = sorted(sourceOf(*server), {keysOf(keys)}, SortColumn::Length);
    QCOMPARE(joined(TableRows(*order, SortDirection::Descending).keys(0, 3)), std::string("k2999 k2998 k2996"));
}

void TestColumnSort::oftenUsedKeysStandByFrequency()
{
    const auto server = RedisServer::start({u"--maxmemory-policy"_s, u"allkeys-lfu"_s});
    server->fill(20, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    server->fill(2000, [](std::size_t) { return RedisServer::Args{"GET", "k7"}; });
    std::set<std::string> keys;
    for (int at = 0; at < 20; ++at) {
        keys.insert("k" + std::to_string(at));
    }
    const auto order = sorted(sourceOf(*server), {keysOf(keys)}, SortColumn::Frequency);
    QVERIFY(order);
    QCOMPARE(TableRows(*order, SortDirection::Descending).key(0), std::string("k7"));
    const auto idle = sorted(sourceOf(*server), {keysOf(keys)}, SortColumn::Idle);
    QVERIFY(!idle);
    QCOMPARE(idle.error().kind, ErrorKind::Unsupported);
}

void TestColumnSort::theCostIsMeasured()
{
    const auto server = RedisServer::start();
    server->fill(20'000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    std::set<std::string> keys;
    for (int at = 0; at < 20'000; ++at) {
        keys.insert("k" + std::to_string(at));
    }
    const auto cost = ColumnSort(sourceOf(*server), {keysOf(keys)}, SortColumn::Length, ScanPace::Full).measure({});
    QVERIFY(cost);
    QCOMPARE(cost->keys, std::uint64_t{20'000});
    QCOMPARE(cost->commandsPerKey, 2);
    QCOMPARE(cost->memory, ByteCount{240'000});
    QVERIFY(cost->expected.count() > 0);
    const std::string asked = server->command({"INFO", "commandstats"});
    QVERIFY2(asked.find("cmdstat_strlen:calls=2000,") != std::string::npos, asked.c_str()); // a sample
}

void TestColumnSort::aColumnThatIsNotToldIsAnError()
{
    const auto server = RedisServer::start();
    server->command({"SET", "a", "1"});
    const ColumnSort sort(sourceOf(*server), {keysOf({"a", "gone"})}, SortColumn::Frequency, ScanPace::Full);
    const auto cost = sort.measure({});
    QVERIFY(!cost);
    QCOMPARE(cost.error().kind, ErrorKind::Unsupported);
    QVERIFY(!sort.run({}, always));
}

void TestColumnSort::aForbiddenCommandIsAnError()
{
    ServerOptions options;
    options.aclLines = {u"user default on nopass ~* +@all -memory"_s};
    const auto server = RedisServer::start(options);
    server->command({"SET", "a", "1"});
    const auto order = sorted(sourceOf(*server), {keysOf({"a"})}, SortColumn::Memory);
    QVERIFY(!order);
    QCOMPARE(order.error().kind, ErrorKind::Permission);
    QVERIFY(sorted(sourceOf(*server), {keysOf({"a"})}, SortColumn::Ttl));
}

void TestColumnSort::aStopEndsItSoon()
{
    const auto server = RedisServer::start();
    server->fill(50'000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    std::set<std::string> keys;
    for (int at = 0; at < 50'000; ++at) {
        keys.insert("k" + std::to_string(at));
    }
    std::stop_source stop;
    const ColumnSort sort(sourceOf(*server), {keysOf(keys)}, SortColumn::Memory, ScanPace::Gentle);
    const auto order = sort.run(stop.get_token(), [&](std::uint64_t done) {
        if (done > 2000) {
            stop.request_stop();
        }
        return true;
    });
    QVERIFY(!order);
    QCOMPARE(order.error().kind, ErrorKind::Cancelled);
    const std::string asked = server->command({"INFO", "commandstats"});
    QVERIFY2(asked.find("cmdstat_memory|usage:calls=50000") == std::string::npos, asked.c_str());
    QCOMPARE(server->command({"DBSIZE"}), std::string("50000"));
}

void TestColumnSort::aClusterIsSortedAsOne()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    const auto cluster = RedisCluster::start(options);
    std::set<std::string> keys;
    cluster->fill(3000, [&keys](std::size_t at) {
        const std::string key = "k" + std::to_string(at);
        keys.insert(key);
        return RedisCluster::Args{"SET", key, std::string(at + 1, 'x')};
    });
    keys.insert("gone");
    ColumnSource source;
    const JobNodes nodes = nodesOf(*cluster);
    source.nodes = [&nodes](int) { return nodes; };
    // Slots that have wandered since the map was read are found all the same.
    const std::vector<int> owned = cluster->slotsOf(0);
    cluster->moveSlots(0, 1, std::vector<int>(owned.begin(), owned.begin() + 200));
    const auto order = sorted(source, {keysOf(keys)}, SortColumn::Length);
    QVERIFY2(order, order ? "" : qPrintable(order.error().detail));
    QCOMPARE((*order)->gone(), std::uint64_t{1});
    QCOMPARE((*order)->withoutValue(), std::uint64_t{0});
    const TableRows rows(*order, SortDirection::Ascending);
    for (std::uint64_t row = 0; row < 3000; ++row) {
        QCOMPARE(rows.key(row), "k" + std::to_string(row));
    }
}

void TestColumnSort::severalDatabasesAreOneTable()
{
    const auto server = RedisServer::start();
    server->command({"SET", "a", std::string(10, 'x')});
    server->command({"SELECT", "3"});
    server->command({"SET", "a", std::string(5, 'x')});
    server->command({"SET", "b", std::string(20, 'x')});
    ColumnSource source = sourceOf(*server);
    source.databases = {0, 3};
    source.hasRoots = true;
    const ColumnScope scope{keysOf({rootOf(0) + "a", rootOf(3) + "a", rootOf(3) + "b", rootOf(3) + "gone"})};
    const auto order = sorted(source, scope, SortColumn::Length);
    QVERIFY(order);
    QCOMPARE(drawn(**order), joined({rootOf(3) + "a", rootOf(0) + "a", rootOf(3) + "b", rootOf(3) + "gone"}));
    QCOMPARE((*order)->gone(), std::uint64_t{1});
}

void TestColumnSort::aTableIsWrittenAsCsv()
{
    const auto server = RedisServer::start();
    server->command({"SET", "plain", "12345"});
    server->command({"SET", "a,b\n", "1"});
    server->command({"RPUSH", "list", "x", "y"});
    const TableRows rows(ColumnScope{keysOf({"plain", "a,b\n", "list", "gone"})}, SortDirection::Descending);
    TableExport what{rows, std::nullopt, {SortColumn::Name, SortColumn::Type, SortColumn::Ttl, SortColumn::Length}};
    const MakeTableLane lanes = [&server](int) {
        ConnectionOptions options;
        options.endpoint.socketPath = server->socketPath();
        return makeLane(options, std::make_shared<CommandGate>(GateRules{}));
    };
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"t.csv"_s);
    const auto written = exportTable(what, lanes, path, {}, always);
    QVERIFY(written);
    QCOMPARE(*written, std::uint64_t{4});
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(),
        QByteArray(
            "key,type,ttl_ms,length\r\nplain,string,,5\r\nlist,list,,2\r\ngone,none,,\r\n\"a,b\\n\",string,,1\r\n"));

    what.selected.emplace();
    what.selected->keys.addKey("list");
    std::string text;
    const auto some = writeTable(
        what, lanes,
        [&text](std::string_view part) {
            text += part;
            return true;
        },
        {}, always);
    QVERIFY(some);
    QCOMPARE(text, std::string("key,type,ttl_ms,length\r\nlist,list,,2\r\n"));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = exportTable(what, lanes, folder.filePath(u"none.csv"_s), stop.get_token(), always);
    QVERIFY(!stopped);
    QVERIFY(!QFile::exists(folder.filePath(u"none.csv"_s)));
}

QTEST_GUILESS_MAIN(TestColumnSort)
#include "tst_columnsort.moc"
