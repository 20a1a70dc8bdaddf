// SPDX-License-Identifier: GPL-3.0-or-later
// What servers and the module do at their worst: nothing is said to be done that is not, and nothing is sent twice.
#include "core/table/nodefacts.h"
#include "core/table/rowimport.h"
#include "core/table/rowquery.h"
#include "core/table/schemarun.h"
#include "tests/core/table/schemafixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

using namespace std::chrono_literals;

namespace {

const std::string items = "shop.items";

/// More than are indexed by plain keys.
void fillRows(RedisServer& server, std::size_t count)
{
    server.fill(count, [](std::size_t n) {
        return Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", std::to_string(n % 100)};
    });
    server.fill(count, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    server.command({"SET", "{shop.items}:id", std::to_string(count + 3)});
}

/// So many rows, and a call that is given up after `patience`.
struct LargeShop {
    explicit LargeShop(Milliseconds patience)
    {
        makeShop(server);
        fillRows(server.server(), mostRowsByPlainKeys);
        ConnectionOptions options = tableOptions(server);
        options.callTimeout = patience;
        lane = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
        lanes.emplace(*lane);
        place.emplace(SchemaPlace{*lanes, {{lane.get(), u"here"_s}}, {}, nullptr});
    }

    TableServer server;
    std::unique_ptr<Lane> lane;
    std::optional<EditLanes> lanes;
    std::optional<SchemaPlace> place;
};

TableSchema schemaOf(Lane& lane)
{
    return fetchTableSchema(lane, items, {}).value();
}

Result<SchemaReport> make(Lane& lane, const SchemaChange& change)
{
    EditLanes lanes(lane);
    SchemaPlace place{lanes, {{&lane, u"here"_s}}, {}, nullptr};
    const auto preview = previewChange(place, change, {});
    return preview ? runChange(place, *preview, {}) : Result<SchemaReport>(preview.error());
}

} // namespace

class TestTableHazards : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStandstillOfThirtySecondsIsNotSentAgain();
    void aStandstillIsSeenToItsEnd();
    void memoryThatIsFullIsNoHalfEdit();
    void replicasAreOnlyLookedAt();
    void theScanLimitInForceIsTold();
    void idsBelowOneAreNoRows();
    void valuesOfAnyKindAreKeptAndFound_data();
    void valuesOfAnyKindAreKeptAndFound();
    void aMarkerNamedLikeATableIsNoTable();
    void factsOfAllMastersAreTakenTogether();

private:
    std::unique_ptr<TableServer> m_shared; ///< By the rows of one test.
};

/// The change goes on in the server while the line is given up; what became of it is not known then, and that is said.
void TestTableHazards::aStandstillOfThirtySecondsIsNotSentAgain()
{
    if (TableServer::isReal()) {
        QSKIP("the module does not stand still on request");
    }
    LargeShop shop(4s);
    TableServer& server = shop.server;
    const auto preview = previewChange(*shop.place, {SchemaChange::Kind::AddIndex, items, "qty"}, {});
    QVERIFY2(preview, preview ? "" : qPrintable(errorText(preview.error())));
    QCOMPARE(preview->way, ChangeWay::Module);
    server.twin()->forgetCommands();
    server.twin()->set(TableHazards{.standstill = 30s});
    const auto begun = Clock::now();
    const auto report = runChange(*shop.place, *preview, {});
    server.twin()->set({});
    QVERIFY2(report, qPrintable(told(report)));
    QVERIFY(report->lineWasLost);
    QCOMPARE(std::ranges::count(server.twin()->commands(), "TABLE.SCHEMA.ALTER"), 1);
    const bool wasSeen = Clock::now() - begun > 30s; // on a slow machine it may have looked for so long
    QVERIFY2(report->status == SchemaReport::Status::Unknown || (wasSeen && told(report) == u"done"_s),
        qPrintable(told(report)));
    QTRY_VERIFY_WITH_TIMEOUT(fetchTableSchema(*tableLane(server), items, {}).has_value(), 60'000);
    const auto fresh = tableLane(server); // it was done, once
    QVERIFY(schemaOf(*fresh).find("qty")->isIndexed);
    QCOMPARE(checkTable(*fresh, schemaOf(*fresh), {}, {})->total(), std::uint64_t{0});
}

/// Longer than a call may take, and shorter than it is waited for.
void TestTableHazards::aStandstillIsSeenToItsEnd()
{
    if (TableServer::isReal()) {
        QSKIP("the module does not stand still on request");
    }
    LargeShop shop(3s);
    TableServer& server = shop.server;
    auto preview = previewChange(*shop.place, {SchemaChange::Kind::AddIndex, items, "qty"}, {});
    QVERIFY2(preview, preview ? "" : qPrintable(errorText(preview.error())));
    preview->standstill = 10s; // waited for five times as long: a busy machine has time
    server.twin()->forgetCommands();
    server.twin()->set(TableHazards{.standstill = 8s});
    const auto report = runChange(*shop.place, *preview, {});
    server.twin()->set({});
    QCOMPARE(told(report), u"done"_s);
    QVERIFY(report->lineWasLost);
    QCOMPARE(std::ranges::count(server.twin()->commands(), "TABLE.SCHEMA.ALTER"), 1);
}

/// The module inserts all the same; plain commands are refused as a whole.
void TestTableHazards::memoryThatIsFullIsNoHalfEdit()
{
    std::unique_ptr<TableServer> server;
    std::unique_ptr<Lane> lane;
    beginShop(server, lane);
    server->server().command({"CONFIG", "SET", "maxmemory-policy", "noeviction"});
    server->server().command({"CONFIG", "SET", "maxmemory", "1"});
    QCOMPARE(server->command({"TABLE.INSERT", "shop.items", "sku=M", "qty=1"}), std::string("4"));
    const auto before = allKeys(*server);
    EditLanes lanes(*lane);
    RowEditor editor(lanes, items);
    for (const RowEdit& edit : {RowEdit{RowEdit::Kind::Insert, {}, {{"sku", "N"}}, {}},
             RowEdit{RowEdit::Kind::Change, "1", {{"sku", "N"}, {"qty", std::nullopt}}, {}}}) {
        const auto done = editor.apply(edit, {});
        QVERIFY2(!done, "it was done");
        QVERIFY2(errorText(done.error()).contains(u"OOM"_s), qPrintable(errorText(done.error())));
    }
    CsvReader csv([sent = false](std::span<char> into) mutable -> Result<std::size_t> {
        const std::string text = sent ? "" : "sku\na\nb\n";
        sent = true;
        std::ranges::copy(text, into.begin());
        return text.size();
    });
    const auto map = mapColumns(**csv.next(), schemaOf(*lane), {});
    const auto imported = importRows(lanes, schemaOf(*lane), csv, *map, {}, {});
    QVERIFY(imported && imported->end);
    QCOMPARE(imported->inserted + imported->halfDone + imported->unknown, std::uint64_t{0});
    const auto altered = make(*lane, {SchemaChange::Kind::AddColumn, items, "note", "string"});
    QVERIFY2(!altered, qPrintable(told(altered)));
    server->server().command({"CONFIG", "SET", "maxmemory", "0"});
    QCOMPARE(allKeys(*server), before); // nothing of them is there
}

void TestTableHazards::replicasAreOnlyLookedAt()
{
    TableServer master;
    master.make({"SET schema:{shop} 1", "HSET schema:{shop.items} sku string qty integer",
        "SADD {shop.items}:idx:meta sku", "SADD {shop.items}:rows 1", "SET {shop.items}:id 1",
        "HSET {shop.items}:1 sku A1 qty 5", "SADD {shop.items}:idx:sku:stale 1"}); // by plain commands
    const auto replica =
        RedisServer::start(QStringList{u"--replicaof"_s, u"127.0.0.1"_s, QString::number(master.server().port())});
    QTRY_COMPARE_WITH_TIMEOUT(replica->command({"SCARD", "{shop.items}:idx:sku:stale"}), std::string("1"), 20'000);
    ConnectionOptions options;
    options.endpoint.socketPath = replica->socketPath();
    const auto lane = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
    const TableSchema schema = schemaOf(*lane);
    QCOMPARE(
        shown(schema, RowReader(*lane, schema).page({}, {}, {})->rows), std::vector<std::string>{"1{sku=A1 qty=5}"});
    const auto around = fetchTableSurroundings(*lane, {});
    QVERIFY(around && !around->isMaster);
    QVERIFY2(around->warning().contains(u"is a replica"_s), qPrintable(around->warning()));
    EditLanes lanes(*lane);
    const auto edited = RowEditor(lanes, items).apply({RowEdit::Kind::Change, "1", {{"qty", "6"}}, {}}, {});
    QVERIFY(!edited);
    QCOMPARE(edited.error().kind, ErrorKind::ReadOnly);
    SchemaPlace place{lanes, {{lane.get(), u"here"_s}}, {}, nullptr};
    const auto preview = previewChange(place, {SchemaChange::Kind::DropIndex, items, "sku"}, {});
    QVERIFY2(preview, preview ? "" : qPrintable(errorText(preview.error())));
    QVERIFY2(preview->refusal.contains(u"replica"_s), qPrintable(preview->refusal));
    const auto checked = checkTable(*lane, schema, {}, {});
    QVERIFY(checked && checked->total() > 0);
    const auto repaired = repairTable(lanes, schema, *checked, {}, {});
    QVERIFY(!repaired);
    QCOMPARE(repaired.error().kind, ErrorKind::ReadOnly);
}

/// The module's own words name another limit than the one in force.
void TestTableHazards::theScanLimitInForceIsTold()
{
    std::unique_ptr<TableServer> server;
    std::unique_ptr<Lane> lane;
    beginShop(server, lane, {}, {.scanLimit = 1000, .scanLimitArgument = "1000"});
    fillRows(server->server(), 1500);
    const TableSchema schema = schemaOf(*lane);
    const RowFilter filter = *parseFilter({"qty>50"});
    const auto own = selectByModule(*lane, schema, filter, {});
    QVERIFY(!own);
    QVERIFY2(
        own.error().detail.contains(u"query scan limit exceeded (max 100000 rows)"_s), qPrintable(own.error().detail));
    const auto module = fetchTableModule(*lane, {});
    const auto around = fetchTableSurroundings(*lane, {});
    const auto forecast = forecastSelect(*lane, schema, filter, *module, *around, 1, {});
    QVERIFY(forecast);
    QVERIFY2(forecast->refusal.contains(u"in force is 1000"_s), qPrintable(forecast->refusal));
    std::uint64_t found = 0; // ours has no limit
    const auto tally = runQuery(*lane, schema, {filter, {}, true}, {}, [&found](auto&& rows, const QueryTally&) {
        found += rows.size();
        return true;
    });
    QVERIFY(tally);
    QCOMPARE(tally->looked, std::uint64_t{1503});
    QCOMPARE(found, std::uint64_t{15 * 49});
}

void TestTableHazards::idsBelowOneAreNoRows()
{
    std::unique_ptr<TableServer> server;
    std::unique_ptr<Lane> lane;
    beginShop(server, lane);
    server->server().command({"SET", "{shop.items}:id", "many"});
    const std::string answer = server->command({"TABLE.INSERT", "shop.items", "sku=lost"});
    QCOMPARE(answer, std::string("-9223372036854775808")); // which it does not say to be an error
    EditLanes lanes(*lane);
    RowEditor editor(lanes, items);
    for (const std::string& id : {answer, std::string("0"), std::string("-1"), std::string("01"), std::string()}) {
        for (const auto kind : {RowEdit::Kind::Change, RowEdit::Kind::Delete}) {
            const auto done = editor.apply({kind, id, {{"sku", "x"}}, {}}, {});
            QVERIFY2(!done && done.error().kind == ErrorKind::Input, id.c_str());
        }
    }
    const auto ours = editor.apply({RowEdit::Kind::Insert, {}, {{"sku", "x"}}, {}}, {});
    QVERIFY(!ours); // and no id is made up
    QCOMPARE(ours.error().kind, ErrorKind::WrongType);
    const auto checked = checkTable(*lane, schemaOf(*lane), {}, {});
    QVERIFY(checked && checked->count(TableFinding::Kind::BadLastId) == 1);
}

void TestTableHazards::valuesOfAnyKindAreKeptAndFound_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isForTheModule"); // it reads a condition on it as it is meant
    for (const char* value : {"a=b", "=", "<", ">", "a<b", "=>x", "a:b:c", ":", "two words", " ",
             "gr\xc3\xb6\xc3\x9f"
             "e",
             "{x}", "[a-z]*?", "idx:meta", "\"quoted\"", "\r\n", "AND", "WHERE"}) {
        QTest::addRow("%s", QByteArray(value).toPercentEncoding().constData()) << QByteArray(value) << true;
    }
    for (const char* value : {">=5", "a<=b"}) {
        QTest::addRow("%s", value) << QByteArray(value) << false;
    }
    QTest::addRow("bytes") << QByteArray("\xff\xfe") << true;
}

void TestTableHazards::valuesOfAnyKindAreKeptAndFound()
{
    QFETCH(const QByteArray, value);
    QFETCH(const bool, isForTheModule);
    std::unique_ptr<TableServer>& server = m_shared;
    std::unique_ptr<Lane> lane;
    beginShop(server, lane);
    const std::string bytes = value.toStdString();
    EditLanes lanes(*lane);
    RowEditor editor(lanes, items);
    const auto done = editor.apply({RowEdit::Kind::Insert, {}, {{"sku", bytes}, {"qty", "1"}}, {}}, {});
    QVERIFY2(done && done->status == RowOutcome::Status::Done, done ? "" : qPrintable(errorText(done.error())));
    QCOMPARE(server->server().command({"HGET", "{shop.items}:4", "sku"}), bytes);
    QCOMPARE(server->server().command({"SMEMBERS", "{shop.items}:idx:sku:" + bytes}), std::string("4"));
    const TableSchema schema = schemaOf(*lane);
    RowFilter filter;
    filter.conditions.push_back({"sku", Condition::Test::Equal, bytes});
    for (const bool usesIndex : {true, false}) {
        std::vector<std::string> found;
        const auto tally =
            runQuery(*lane, schema, {filter, {}, usesIndex}, {}, [&found](auto&& rows, const QueryTally&) {
                for (const TableRow& row : rows) {
                    found.push_back(row.id);
                }
                return true;
            });
        QVERIFY(tally);
        QCOMPARE(found, std::vector<std::string>{"4"});
    }
    const auto own = selectByModule(*lane, schema, filter, {}); // asked only where it means the same
    QCOMPARE(own.has_value(), isForTheModule);
    QVERIFY(!own || own->size() == 1);
    const auto checked = checkTable(*lane, schema, {}, {});
    QVERIFY(checked);
    QCOMPARE(checked->total(), std::uint64_t{0});
    const auto gone = editor.apply({RowEdit::Kind::Delete, "4", {}, {}}, {});
    QVERIFY(gone && gone->status == RowOutcome::Status::Done);
    QCOMPARE(server->server().command({"EXISTS", "{shop.items}:idx:sku:" + bytes}), std::string("0"));
}

void TestTableHazards::aMarkerNamedLikeATableIsNoTable()
{
    std::unique_ptr<TableServer> server;
    std::unique_ptr<Lane> lane;
    beginShop(server, lane);
    server->make({"TABLE.NAMESPACE.CREATE a.b"});
    for (const SchemaChange& change :
        {SchemaChange{SchemaChange::Kind::CreateTable, "a.b", {}, {}, {{"x", "string", false}}},
            SchemaChange{SchemaChange::Kind::DropTable, "a.b"},
            SchemaChange{SchemaChange::Kind::AddColumn, "a.b", "x", "string"}}) {
        const auto done = make(*lane, change);
        QVERIFY2(!done, qPrintable(told(done)));
        QVERIFY2(done.error().kind == ErrorKind::WrongType, qPrintable(errorText(done.error())));
        QCOMPARE(server->command({"GET", "schema:{a.b}"}), std::string("1"));
    }
    const auto opened = fetchTableSchema(*lane, "a.b", {});
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::WrongType);
    const auto list = listTables({{lane.get(), u"here"_s}}, {}, {});
    QVERIFY(list);
    QCOMPARE(list->tables.size(), std::size_t{1});
    QCOMPARE(list->clashes, std::vector<std::string>{"a.b"});
}

void TestTableHazards::factsOfAllMastersAreTakenTogether()
{
    TableServer plain(TableHazards{.scanLimitArgument = "5000"});
    ServerOptions withAof;
    withAof.arguments = QStringList{u"--appendonly"_s, u"yes"_s};
    TableServer other(TableHazards{.scanLimitArgument = "2000"}, withAof);
    const auto without = RedisServer::start();
    ConnectionOptions options;
    options.endpoint.socketPath = without->socketPath();
    const auto first = tableLane(plain);
    const auto second = tableLane(other);
    const auto third = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
    const auto both = fetchNodeFacts({{first.get(), u"a"_s}, {second.get(), u"b"_s}}, {});
    QVERIFY(both);
    QCOMPARE(both->module.state, TableModule::State::Loaded);
    QCOMPARE(both->module.scanLimit, std::optional<std::uint64_t>(2000));
    QVERIFY(both->missingOn.empty() && !both->isMissingInPart());
    QVERIFY2(
        both->around.warning().contains(u"append-only file"_s), qPrintable(both->around.warning())); // of the second
    const auto all = fetchNodeFacts({{first.get(), u"a"_s}, {second.get(), u"b"_s}, {third.get(), u"c"_s}}, {});
    QVERIFY(all);
    QCOMPARE(all->module.state, TableModule::State::Missing);
    QCOMPARE(all->missingOn, std::vector<QString>{u"c"_s});
    QVERIFY(all->isMissingInPart());
}

QTEST_GUILESS_MAIN(TestTableHazards)
#include "tst_tablehazards.moc"
