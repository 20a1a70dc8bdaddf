// SPDX-License-Identifier: GPL-3.0-or-later
// Tables in a cluster of three masters, a double before each, or the module in each.
#include "core/source/redis/clusterlane.h"
#include "core/source/redis/clustermap.h"
#include "core/source/redis/slots.h"
#include "core/table/forecast.h"
#include "core/table/rowquery.h"
#include "core/table/schemarun.h"
#include "core/table/tablelist.h"
#include "tests/core/table/schemafixture.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/slotmove.h"

#include <QObject>
#include <QTest>

#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

const std::vector<std::string> tables{"a.t", "b.t", "c.t", "d.t", "e.t", "f.t"};

} // namespace

class TestTableCluster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void createsTablesWhereTheyBelong();
    void editsRowsWhereTheyAre();
    void theModuleIsAskedWhereTheTableIs();
    void aMovingTableIsLeftAlone();
    void noSchemaIsChangedOnTheWay();
    void dropsAndBringsBackWhereTheTableIs();
    void forecastsKnowTheNodesTimeout();
    void aTimeoutThatMayNotBeAskedIsAssumed_data();
    void aTimeoutThatMayNotBeAskedIsAssumed();
    void stepsFollowATableThatMovesMeanwhile_data();
    void stepsFollowATableThatMovesMeanwhile();
    void commandsOfTheModuleFollowATableThatHasMoved();
    void cleanupTestCase() { m_cluster.reset(); }

private:
    [[nodiscard]] std::vector<TableNode> nodes();

    std::unique_ptr<RedisCluster> m_cluster;
    std::vector<std::unique_ptr<RedisTableDouble>> m_doubles;
    std::shared_ptr<ClusterMap> m_map;
    std::vector<std::unique_ptr<Lane>> m_lanes;
};

void TestTableCluster::initTestCase()
{
    ClusterOptions options{.masters = 3, .replicasPerMaster = 0};
    if (TableServer::isReal()) {
        options.arguments = QStringList{u"--loadmodule"_s, qEnvironmentVariable("KEYGLASS_TEST_REDISTABLE")};
    }
    m_cluster = RedisCluster::start(options);
    AddressRules rules;
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"127.0.0.1"_s, m_cluster->port(0), {}, {}};
    for (int node = 0; node < 3 && !TableServer::isReal(); ++node) {
        m_doubles.push_back(std::make_unique<RedisTableDouble>(ProxyTarget{m_cluster->server(node).socketPath(), 0}));
        rules.map.emplace_back(
            u"127.0.0.1:%1"_s.arg(m_cluster->port(node)), u"127.0.0.1:%1"_s.arg(m_doubles.back()->port()));
        seed.endpoint.port = m_doubles.front()->port();
    }
    const auto table = fetchCommandTable(*makeLane(seed, std::make_shared<CommandGate>(GateRules{})), {});
    QVERIFY(table);
    m_map =
        std::make_shared<ClusterMap>(ClusterAddresses(seed, rules), std::make_shared<CommandGate>(GateRules{}, *table));
    QVERIFY(refreshTopology(*m_map, {}));
}

std::vector<TableNode> TestTableCluster::nodes()
{
    std::vector<TableNode> all;
    const auto topology = m_map->topology();
    for (const ClusterNode* master : topology->masters()) {
        m_lanes.push_back(makeLane(m_map->optionsFor(*master), m_map->gate()));
        all.push_back({m_lanes.back().get(), QString::fromStdString(master->id)});
    }
    return all;
}

void TestTableCluster::createsTablesWhereTheyBelong()
{
    EditLanes lanes(m_map);
    SchemaPlace place{lanes, nodes(), {}};
    for (const std::string& table : tables) {
        const auto preview = previewChange(place,
            {SchemaChange::Kind::CreateTable, table, {}, {}, {{"x", "string", true}, {"n", "integer", false}}}, {});
        QVERIFY2(preview, preview ? "" : qPrintable(errorText(preview.error())));
        const auto made = runChange(place, *preview, {});
        QVERIFY2(made && made->status == SchemaReport::Status::Done, made ? "" : qPrintable(errorText(made.error())));
    }
    const auto list = listTables(nodes(), {}, {});
    QVERIFY(list && list->gaps.empty());
    QCOMPARE(list->tables.size(), tables.size());
    std::set<QString> owners;
    for (const TableEntry& entry : list->tables) {
        owners.insert(entry.node);
        QCOMPARE(entry.slot, keyglass::slotOf(entry.schema.table));
        QCOMPARE(entry.node.toStdString(), m_cluster->id(m_cluster->ownerOf(entry.slot)));
        QVERIFY(!entry.hasNamespace);
    }
    QVERIFY(owners.size() > 1);
}

void TestTableCluster::editsRowsWhereTheyAre()
{
    EditLanes lanes(m_map);
    const auto lane = makeClusterLane(m_map, {});
    for (const std::string& table : tables) {
        RowEditor editor(lanes, table);
        for (const char* value : {"1", "2"}) {
            const auto done = editor.apply({RowEdit::Kind::Insert, {}, {{"x", value}, {"n", value}}}, {});
            QVERIFY2(done, done ? "" : qPrintable(errorText(done.error())));
        }
        const auto schema = fetchTableSchema(*lane, table, {});
        QVERIFY(schema);
        std::size_t rows = 0;
        QVERIFY(runQuery(
            *lane, *schema, RowQuery{*parseFilter({"x=2"})}, {}, [&](std::vector<TableRow>&& found, const QueryTally&) {
                rows += found.size();
                return true;
            }));
        QCOMPARE(rows, std::size_t{1});
    }
}

void TestTableCluster::theModuleIsAskedWhereTheTableIs()
{
    const auto lane = makeClusterLane(m_map, {});
    for (const std::string& table : tables) {
        const auto schema = fetchTableSchema(*lane, table, {});
        QVERIFY(schema);
        const auto rows = selectByModule(*lane, *schema, *parseFilter({"x=1"}), {});
        QVERIFY2(rows, rows ? "" : qPrintable(errorText(rows.error())));
        QCOMPARE(shown(*schema, *rows), std::vector<std::string>{"{x=1 n=1}"});
    }
}

/// The slot is on its way: TABLE commands are not followed to where only a part of the table is, and edits wait.
void TestTableCluster::aMovingTableIsLeftAlone()
{
    const std::string& table = tables.front();
    const int slot = keyglass::slotOf(table);
    const int from = m_cluster->ownerOf(slot);
    const int to = (from + 1) % 3;
    const std::string number = std::to_string(slot);
    m_cluster->server(to).command({"CLUSTER", "SETSLOT", number, "IMPORTING", m_cluster->id(from)});
    m_cluster->server(from).command({"CLUSTER", "SETSLOT", number, "MIGRATING", m_cluster->id(to)});
    const auto lane = makeClusterLane(m_map, {});
    const auto schema = fetchTableSchema(*lane, table, {});
    QVERIFY(schema);
    const auto rows = selectByModule(*lane, *schema, {}, {});
    QVERIFY(!rows);
    QVERIFY2(rows.error().detail.contains(u"on its way"_s), qPrintable(rows.error().detail));
    EditLanes lanes(m_map);
    const auto done = RowEditor(lanes, table).apply({RowEdit::Kind::Change, "1", {{"x", "new"}}}, {});
    QVERIFY(!done); // its new index entry would be made at the other node
    QCOMPARE(done.error().kind, ErrorKind::Refused);
    RowReader reader(*lane, *schema);
    QCOMPARE(shown(*schema, reader.page({}, {}, {})->rows), (std::vector<std::string>{"1{x=1 n=1}", "2{x=2 n=2}"}));
    for (const int node : {from, to}) {
        m_cluster->server(node).command({"CLUSTER", "SETSLOT", number, "STABLE"});
    }
    QVERIFY(RowEditor(lanes, table).apply({RowEdit::Kind::Change, "1", {{"x", "new"}}}, {}));
}

/// Every key of the table is still at the source, and answered there: only a key that is not there tells of the move.
void TestTableCluster::noSchemaIsChangedOnTheWay()
{
    const std::string& table = tables[1];
    const int slot = keyglass::slotOf(table);
    const int from = m_cluster->ownerOf(slot);
    EditLanes lanes(m_map);
    SchemaPlace place{lanes, nodes(), {}, nullptr};
    for (const auto kind : {SchemaChange::Kind::DropIndex, SchemaChange::Kind::DropTable}) {
        const SchemaChange change{kind, table, kind == SchemaChange::Kind::DropIndex ? "x" : ""};
        const auto preview = previewChange(place, change, {});
        QVERIFY2(preview, preview ? "" : qPrintable(errorText(preview.error())));
        m_cluster->server(from).command(
            {"CLUSTER", "SETSLOT", std::to_string(slot), "MIGRATING", m_cluster->id((from + 1) % 3)});
        const auto other = previewChange(place, change, {});
        const auto report = runChange(place, *preview, {});
        m_cluster->server(from).command({"CLUSTER", "SETSLOT", std::to_string(slot), "STABLE"});
        QVERIFY(!other);
        QCOMPARE(other.error().kind, ErrorKind::Refused);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Refused);
        QVERIFY2(report.error().detail.contains(u"on its way"_s), qPrintable(report.error().detail));
        const auto schema = fetchTableSchema(*makeClusterLane(m_map, {}), table, {});
        QVERIFY(schema && schema->find("x")->isIndexed);
    }
}

void TestTableCluster::dropsAndBringsBackWhereTheTableIs()
{
    const QTemporaryDir folder;
    EditLanes lanes(m_map);
    SchemaPlace place{lanes, nodes(), {}, nullptr};
    const auto lane = makeClusterLane(m_map, {});
    for (const std::string& table : tables) {
        const auto preview = previewChange(place, {SchemaChange::Kind::DropTable, table}, {});
        QVERIFY(preview);
        TableArchive::Setting setting{folder.filePath(QString::fromStdString(table)), {}, {}, 0};
        setting.info.plan = QString::fromStdString(planToJson(preview->plan));
        {
            TableArchive archive(setting);
            place.archive = &archive;
            QCOMPARE(told(runChange(place, *preview, {})), u"done"_s);
            place.archive = nullptr;
        }
        QVERIFY(!fetchTableSchema(*lane, table, {}));
        const auto archive = UndoArchiveReader::open(setting.file);
        QVERIFY(archive);
        QCOMPARE(told(undoChange(place, **archive, {})), u"done"_s);
        const auto schema = fetchTableSchema(*lane, table, {});
        QVERIFY(schema && schema->find("x")->isIndexed);
        RowReader reader(*lane, *schema);
        QCOMPARE(reader.page({}, {}, {})->rows.size(), std::size_t{2});
    }
}

void TestTableCluster::forecastsKnowTheNodesTimeout()
{
    const auto around = fetchTableSurroundings(*nodes().front().lane, {});
    QVERIFY(around);
    QVERIFY(around->isCluster);
    QCOMPARE(around->nodeTimeout, std::optional(Milliseconds(2000)));
}

void TestTableCluster::aTimeoutThatMayNotBeAskedIsAssumed_data()
{
    QTest::addColumn<QString>("forbidden");
    QTest::addColumn<bool>("isWarned"); // of replicas and the AOF, which may be there
    QTest::addRow("the configuration") << u"-config"_s << false;
    QTest::addRow("what it is, too") << u"-config -info"_s << true;
}

/// Else a user who may not ask could have everybody wait until a replica takes over.
void TestTableCluster::aTimeoutThatMayNotBeAskedIsAssumed()
{
    QFETCH(const QString, forbidden);
    QFETCH(const bool, isWarned);
    const auto topology = m_map->topology();
    const ClusterNode* master = topology->masters().front();
    Args words{"ACL", "SETUSER", "limited", "reset", "on", ">pw", "~*", "+@all"};
    for (const QString& word : forbidden.split(u' ')) {
        words.push_back(word.toStdString());
    }
    for (int node = 0; node < 3; ++node) {
        QCOMPARE(m_cluster->server(node).command(words), std::string("OK"));
    }
    ConnectionOptions options = m_map->optionsFor(*master);
    options.user = u"limited"_s;
    options.password = u"pw"_s;
    const auto around = fetchTableSurroundings(*makeLane(options, m_map->gate()), {});
    QVERIFY2(around, around ? "" : qPrintable(errorText(around.error())));
    QVERIFY(around->isCluster && around->isTimeoutAssumed);
    QVERIFY(whyTooLong(Milliseconds(5'000), *around).isEmpty());
    const QString why = whyTooLong(Milliseconds(5'001), *around);
    QVERIFY2(why.contains(u"cluster-node-timeout may not be asked"_s), qPrintable(why));
    QCOMPARE(around->warning().contains(u"INFO"_s), isWarned);
}

void TestTableCluster::stepsFollowATableThatMovesMeanwhile_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("column");
    const auto row = [](const char* name, SchemaChange::Kind kind, const char* table, const char* column) {
        QTest::addRow("%s", name) << static_cast<int>(kind) << QByteArray(table) << QByteArray(column);
    };
    row("table", SchemaChange::Kind::DropTable, "moved.t", "");
    row("index", SchemaChange::Kind::DropIndex, "moved.i", "x");
    row("column", SchemaChange::Kind::DropColumn, "moved.c", "n");
}

/// The slot arrives elsewhere between two batches: the walk goes on there, from its beginning.
void TestTableCluster::stepsFollowATableThatMovesMeanwhile()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, table);
    QFETCH(const QByteArray, column);
    constexpr std::size_t rows = 2500;
    const TableKeys keys(table.toStdString());
    const auto id = [](std::size_t n) { return std::to_string(n + 1); };
    m_cluster->fill(1, [&](std::size_t) { return Args{"HSET", keys.schema(), "x", "string", "n", "integer"}; });
    m_cluster->fill(1, [&](std::size_t) { return Args{"SADD", keys.indexed(), "x"}; });
    m_cluster->fill(1, [&](std::size_t) { return Args{"SET", keys.lastId(), std::to_string(rows)}; });
    m_cluster->fill(rows, [&](std::size_t n) { return Args{"HSET", keys.row(id(n)), "x", id(n), "n", "5"}; });
    m_cluster->fill(rows, [&](std::size_t n) { return Args{"SADD", keys.rows(), id(n)}; });
    m_cluster->fill(rows, [&](std::size_t n) { return Args{"SADD", keys.index("x", id(n)), id(n)}; });
    const int slot = keyglass::slotOf(keys.schema());
    const int from = m_cluster->ownerOf(slot);
    const int to = (from + 1) % 3;
    int exec = 0;
    const auto move = [&] {
        if (++exec == 4) { // some batches are done
            SlotMove(*m_cluster, from, to, {slot}).finish();
        }
    };
    EditLanes lanes(m_map, [&](ConnectionOptions options) -> std::unique_ptr<Lane> {
        return std::make_unique<MeddledTableLane>(makeLane(std::move(options), m_map->gate()), move, "EXEC");
    });
    SchemaPlace place{lanes, nodes(), {}, nullptr};
    const auto preview =
        previewChange(place, {static_cast<SchemaChange::Kind>(kind), table.toStdString(), column.toStdString()}, {});
    QVERIFY2(preview, preview ? "" : qPrintable(errorText(preview.error())));
    QCOMPARE(told(runChange(place, *preview, {})), u"done"_s);
    QVERIFY(exec > 4);
    const auto isLeft = [&](const std::string& key) {
        return key.starts_with(column.isEmpty() ? keys.prefix() : keys.indexPrefix(column.toStdString()));
    };
    const auto all = m_cluster->truth();
    QCOMPARE(std::ranges::count_if(all, isLeft), 0);
    QCOMPARE(all.contains(keys.schema()), !column.isEmpty());
    for (std::size_t n = 0; n < rows && column == "n"; ++n) {
        QCOMPARE(m_cluster->server(to).command({"HGETALL", keys.row(id(n))}), "x\n" + id(n));
    }
}

/// The map still says the old node, which answers MOVED to TABLE.* as to any command.
void TestTableCluster::commandsOfTheModuleFollowATableThatHasMoved()
{
    const std::string& table = tables.back();
    const int slot = keyglass::slotOf(table);
    const int from = m_cluster->ownerOf(slot);
    const int to = (from + 1) % 3;
    const auto schema = fetchTableSchema(*makeClusterLane(m_map, {}), table, {});
    QVERIFY(schema);
    SlotMove(*m_cluster, from, to, {slot}).finish();
    const auto old = makeLane(m_map->optionsFor(*m_map->topology()->find(m_cluster->id(from))), m_map->gate());
    const auto refused = old->call(Command{"TABLE.SCHEMA.VIEW", table}, {});
    QVERIFY(!refused && refused.error().detail.startsWith(u"MOVED"_s));
    const auto rows = selectByModule(*makeClusterLane(m_map, {}), *schema, *parseFilter({"x=1"}), {});
    QVERIFY2(rows, rows ? "" : qPrintable(errorText(rows.error())));
    QCOMPARE(rows->size(), std::size_t{1});
    EditLanes lanes(m_map);
    SchemaPlace place{lanes, nodes(), {}, nullptr};
    const auto preview = previewChange(place, {SchemaChange::Kind::AddColumn, table, "late", "string"}, {});
    QVERIFY2(preview, preview ? "" : qPrintable(errorText(preview.error())));
    QCOMPARE(told(runChange(place, *preview, {})), u"done"_s);
    QVERIFY(RowEditor(lanes, table).apply({RowEdit::Kind::Change, "1", {{"late", "x"}}}, {}));
    QCOMPARE(m_cluster->server(to).command({"HGET", "{" + table + "}:1", "late"}), std::string("x"));
}

QTEST_GUILESS_MAIN(TestTableCluster)
#include "tst_tablecluster.moc"
