// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemarun.h"
#include "tests/core/table/schemafixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

using Kind = SchemaChange::Kind;
using State = SchemaReport::Status;
Q_DECLARE_METATYPE(keyglass::SchemaChange)

class TestSchemaChange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { beginShop(m_server, m_lane); }
    void plansAreFiles_data();
    void plansAreFiles();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();
    void changes_data();
    void changes();
    void previewsChangeNothing();
    void createsAndDrops();
    void largeTablesAreIndexedByTheModule();
    void withoutTheModuleLargeTablesAreNot();
    void aTypeIsChangedOnlyWhereAllRowsFit();
    void rowsOfOneColumnKeepIt();
    void namesThatArePatternsTakeNoOtherIndex();
    void anotherSchemaThanPreviewedIsNotTouched();
    void aSecondClientAtEveryStep_data();
    void aSecondClientAtEveryStep();
    void anIndexThatIsMadeAgainKeepsItsEntries();
    void theLineIsLostInTheMidst();
    void aNamespaceWithTablesStays();
    void aNamespaceIsNoTable();
    void aTableMadeMeanwhileKeepsItsNamespace();
    void aLostLineAndAnothersChangeAreNotDone();
    void replicasGetWhatGoesByPlainKeys();
    void readOnlyMeansSo();

private:
    Result<SchemaReport> make(const SchemaChange& change, Lane* lane = nullptr)
    {
        EditLanes lanes(lane ? *lane : *m_lane);
        SchemaPlace place{lanes, {{m_lane.get(), u"here"_s}}, {}};
        const auto preview = previewChange(place, change, {});
        return preview ? runChange(place, *preview, {}) : Result<SchemaReport>(preview.error());
    }
    TableSchema schema() { return fetchTableSchema(*m_lane, "shop.items", {}).value(); }
    std::vector<std::string> entries() { return indexEntries(*m_server, "shop.items"); }
    std::uint64_t faults() { return checkTable(*m_lane, schema(), {}, {})->total(); }

    std::unique_ptr<TableServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

void TestSchemaChange::plansAreFiles_data()
{
    QTest::addColumn<SchemaChange>("change");
    QTest::addRow("table") << SchemaChange{
        Kind::CreateTable, "a.t", {}, {}, {{"x", "string", true}, {"y", "date", false}}};
    QTest::addRow("table that takes over")
        << SchemaChange{Kind::CreateTable, "a.t", {}, {}, {{"x", "string", false}}, true};
    QTest::addRow("column") << SchemaChange{Kind::AddColumn, "shop.items", "c", "float"};
    QTest::addRow("index") << SchemaChange{Kind::DropIndex, "shop.items", "sku"};
    QTest::addRow("namespace") << SchemaChange{Kind::DropNamespace, "shop"};
}

void TestSchemaChange::plansAreFiles()
{
    QFETCH(const SchemaChange, change);
    for (const auto& madeOn : {std::optional<TableSchema>(), std::optional(schema())}) {
        const auto read = planFromJson(planToJson({change, madeOn}));
        QVERIFY(read);
        QCOMPARE(read->change, change);
        QCOMPARE(read->madeOn.has_value(), madeOn.has_value());
        QVERIFY(!madeOn || read->madeOn->isSameAs(*madeOn));
    }
    QCOMPARE(planFromJson("{}").error().kind, ErrorKind::Input);
    QCOMPARE(planFromJson("no JSON").error().kind, ErrorKind::Input);
}

void TestSchemaChange::refusesWhatCannotBe_data()
{
    QTest::addColumn<SchemaChange>("change");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, const SchemaChange& change, ErrorKind kind) {
        QTest::addRow("%s", name) << change << int(kind);
    };
    const std::string items = "shop.items";
    row("column is there", {Kind::AddColumn, items, "sku", "string"}, ErrorKind::Refused);
    row("unknown type", {Kind::AddColumn, items, "x", "wombat"}, ErrorKind::Input);
    row("long name", {Kind::AddColumn, items, std::string(65, 'x'), "string"}, ErrorKind::Input);
    row("pattern", {Kind::AddColumn, items, "x*", "string"}, ErrorKind::Input);
    row("index is there", {Kind::AddIndex, items, "sku"}, ErrorKind::Refused);
    row("no index", {Kind::DropIndex, items, "qty"}, ErrorKind::Refused);
    row("no column", {Kind::DropIndex, items, "*"}, ErrorKind::Input);
    row("nothing to repair", {Kind::RepairIndex, items, "qty"}, ErrorKind::Refused);
    row("same type", {Kind::ChangeType, items, "qty", "integer"}, ErrorKind::Refused);
    row("table is there", {Kind::CreateTable, items, {}, {}, {{"x", "string", false}}}, ErrorKind::Refused);
    row("no columns", {Kind::CreateTable, "shop.b"}, ErrorKind::Input);
    row("column twice", {Kind::CreateTable, "shop.b", {}, {}, {{"x", "string", false}, {"x", "date", false}}},
        ErrorKind::Input);
    row("braces", {Kind::CreateTable, "a{b}.t", {}, {}, {{"x", "string", false}}}, ErrorKind::Input);
    row("no dot", {Kind::CreateTable, "items", {}, {}, {{"x", "string", false}}}, ErrorKind::Input);
    row("no table", {Kind::DropTable, "shop.none"}, ErrorKind::Gone);
    row("long namespace", {Kind::CreateNamespace, std::string(65, 'x')}, ErrorKind::Input);
}

void TestSchemaChange::refusesWhatCannotBe()
{
    QFETCH(const SchemaChange, change);
    QFETCH(const int, kind);
    const auto report = make(change);
    QVERIFY(!report);
    QCOMPARE(int(report.error().kind), kind);
    QCOMPARE(faults(), std::uint64_t{0});
}

void TestSchemaChange::changes_data()
{
    QTest::addColumn<SchemaChange>("change");
    QTest::addColumn<QByteArrayList>("diff"); // what is not the same
    QTest::addColumn<QByteArrayList>("entries");
    const QByteArrayList made{"made:2024-01-31 1", "made:2024-02-01 3"};
    const QByteArrayList sku{"sku:A1 1,3", "sku:B2 2"};
    const std::string items = "shop.items";
    QTest::addRow("add column") << SchemaChange{Kind::AddColumn, items, "note", "string"}
                                << QByteArrayList{"+note string"} << made + sku;
    QTest::addRow("add index") << SchemaChange{Kind::AddIndex, items, "qty"}
                               << QByteArrayList{"+qty integer indexed", "-qty integer"}
                               << made + QByteArrayList{"qty:-7 3", "qty:12 2", "qty:5 1"} + sku;
    QTest::addRow("drop index") << SchemaChange{Kind::DropIndex, items, "sku"}
                                << QByteArrayList{"+sku string", "-sku string indexed"} << made;
    QTest::addRow("repair index") << SchemaChange{Kind::RepairIndex, items, "sku"} << QByteArrayList{} << made + sku;
    QTest::addRow("change type") << SchemaChange{Kind::ChangeType, items, "qty", "float"}
                                 << QByteArrayList{"+qty float", "-qty integer"} << made + sku;
    QTest::addRow("drop column") << SchemaChange{Kind::DropColumn, items, "made"}
                                 << QByteArrayList{"-made date indexed"} << sku;
}

void TestSchemaChange::changes()
{
    QFETCH(const SchemaChange, change);
    QFETCH(const QByteArrayList, diff);
    QFETCH(const QByteArrayList, entries);
    const auto report = make(change);
    QCOMPARE(told(report), u"done"_s);
    QByteArrayList changed;
    for (const std::string& line : report->diff) {
        if (!line.starts_with(' ')) {
            changed << QByteArray::fromStdString(line);
        }
    }
    std::ranges::sort(changed);
    QCOMPARE(changed, diff);
    QByteArrayList found;
    for (const std::string& entry : this->entries()) {
        found << QByteArray::fromStdString(entry);
    }
    QCOMPARE(found, entries);
    QCOMPARE(faults(), std::uint64_t{0});
    QCOMPARE(report->rowsAfter, std::uint64_t{3});
    QVERIFY(report->after->isSameAs(schema()));
}

void TestSchemaChange::previewsChangeNothing()
{
    EditLanes lanes(*m_lane);
    SchemaPlace place{lanes, {{m_lane.get(), u"here"_s}}, {}};
    const auto before = entries();
    const auto preview = previewChange(place, {Kind::DropIndex, "shop.items", "sku"}, {});
    QVERIFY(preview);
    QCOMPARE(
        preview->lines, (std::vector<std::string>{"SREM {shop.items}:idx:meta sku", "UNLINK {shop.items}:idx:sku:…"}));
    QCOMPARE(preview->rows, std::uint64_t{3});
    QVERIFY(preview->refusal.isEmpty());
    QCOMPARE(preview->notes.size(), std::size_t{2}); // what others will feel
    QCOMPARE(entries(), before);
    QVERIFY(schema().find("sku")->isIndexed);
}

void TestSchemaChange::createsAndDrops()
{
    QCOMPARE(told(make({Kind::CreateNamespace, "new"})), u"done"_s);
    QCOMPARE(m_server->command({"TABLE.NAMESPACE.CREATE", "new"}), std::string("-ERR namespace already exists"));
    const SchemaChange create{Kind::CreateTable, "new.t", {}, {}, {{"a", "string", true}, {"b", "integer", false}}};
    QCOMPARE(told(make(create)), u"done"_s);
    QCOMPARE(m_server->command({"TABLE.SCHEMA.VIEW", "new.t"}), std::string("a\nstring\ntrue\nb\ninteger\nfalse"));
    QCOMPARE(m_server->command({"TABLE.INSERT", "new.t", "a=x", "b=1"}), std::string("1"));
    QVERIFY(m_server->command({"TABLE.INSERT", "new.t", "a=ghost", "b=x"}).starts_with('-'));
    for (int n = 0; n < 250; ++n) {
        m_server->command({"TABLE.INSERT", "new.t", "a=v" + std::to_string(n)});
    }
    const auto report = make({Kind::DropTable, "new.t"});
    QCOMPARE(told(report), u"done"_s);
    QVERIFY(!report->after);
    QCOMPARE(m_server->command({"KEYS", "*new.t*"}), std::string()); // ghosts and their entries too
    QCOMPARE(told(make(create)), u"done"_s);
    QCOMPARE(m_server->command({"TABLE.SELECT", "new.t"}), std::string());
    QCOMPARE(told(make({Kind::DropTable, "new.t"})), u"done"_s);
    QCOMPARE(told(make({Kind::DropNamespace, "new"})), u"done"_s);
    QCOMPARE(m_server->command({"KEYS", "*new*"}), std::string());
    QCOMPARE(faults(), std::uint64_t{0}); // the other table is as it was
}

void TestSchemaChange::largeTablesAreIndexedByTheModule()
{
    const auto count = static_cast<std::size_t>(mostRowsByPlainKeys);
    m_server->server().fill(count, [](std::size_t n) {
        return Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", std::to_string(n % 100)};
    });
    m_server->server().fill(
        count, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    m_server->server().command({"SET", "{shop.items}:id", "5000"});
    QCOMPARE(told(make({Kind::AddIndex, "shop.items", "qty"})), u"done"_s);
    QCOMPARE(faults(), std::uint64_t{0});
    if (m_server->twin()) {
        QVERIFY(std::ranges::count(m_server->twin()->commands(), "TABLE.SCHEMA.ALTER") > 0);
    }
    m_server->server().command({"SADD", "{shop.items}:idx:qty:5", "4"});
    QVERIFY(faults() > 0);
    QCOMPARE(told(make({Kind::RepairIndex, "shop.items", "qty"})), u"done"_s);
    QCOMPARE(faults(), std::uint64_t{0});
    QCOMPARE(told(make({Kind::DropIndex, "shop.items", "qty"})), u"done"_s);
    QCOMPARE(m_server->command({"KEYS", "*idx:qty*"}), std::string());
}

void TestSchemaChange::withoutTheModuleLargeTablesAreNot()
{
    if (!m_server->twin()) {
        QSKIP("a module is not taken away from a server");
    }
    m_server->twin()->set(TableHazards{.isMissing = true});
    QCOMPARE(told(make({Kind::AddIndex, "shop.items", "qty"})), u"done"_s); // a small one is
    m_server->server().fill(
        2100, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    const auto report = make({Kind::AddIndex, "shop.items", "price"});
    m_server->twin()->set({});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Refused);
}

void TestSchemaChange::aTypeIsChangedOnlyWhereAllRowsFit()
{
    const auto report = make({Kind::ChangeType, "shop.items", "sku", "integer"});
    QVERIFY(!report);
    QVERIFY2(report.error().detail.contains(u"3 rows"_s), qPrintable(report.error().detail));
    QCOMPARE(schema().find("sku")->typeName, std::string("string"));
}

void TestSchemaChange::rowsOfOneColumnKeepIt()
{
    m_server->make({"TABLE.INSERT shop.items qty=1"});
    const auto report = make({Kind::DropColumn, "shop.items", "qty"});
    QVERIFY2(told(report).startsWith(u"doubted | 1 rows"_s), qPrintable(told(report)));
    QCOMPARE(m_server->command({"HGETALL", "{shop.items}:4"}), std::string("qty\n1"));
    QCOMPARE(m_server->command({"HEXISTS", "{shop.items}:1", "qty"}), std::string("0"));
}

void TestSchemaChange::namesThatArePatternsTakeNoOtherIndex()
{
    m_server->make({"HSET schema:{m.t?} a string", "SADD {m.t?}:idx:meta a", "SADD {m.t?}:idx:a:x 1",
        "HSET schema:{m.t1} a string", "SADD {m.t1}:idx:meta a", "SADD {m.t1}:idx:a:x 1"});
    QCOMPARE(told(make({Kind::DropIndex, "m.t?", "a"})), u"done"_s);
    QCOMPARE(m_server->command({"EXISTS", "{m.t?}:idx:a:x"}), std::string("0"));
    QCOMPARE(m_server->command({"EXISTS", "{m.t1}:idx:a:x"}), std::string("1"));
}

void TestSchemaChange::anotherSchemaThanPreviewedIsNotTouched()
{
    EditLanes lanes(*m_lane);
    SchemaPlace place{lanes, {{m_lane.get(), u"here"_s}}, {}};
    const auto preview = previewChange(place, {Kind::DropColumn, "shop.items", "made"}, {});
    QVERIFY(preview);
    m_server->make({"TABLE.SCHEMA.ALTER shop.items ADD COLUMN other:string"});
    const auto report = runChange(place, *preview, {});
    QCOMPARE(told(report), u"changed"_s);
    QVERIFY(schema().find("made"));
    QCOMPARE(faults(), std::uint64_t{0});
}

void TestSchemaChange::aSecondClientAtEveryStep_data()
{
    QTest::addColumn<SchemaChange>("change");
    QTest::addColumn<QByteArray>("line");
    const std::string items = "shop.items";
    const std::vector<std::pair<const char*, SchemaChange>> changes{
        {"add column", {Kind::AddColumn, items, "note", "string"}}, {"add index", {Kind::AddIndex, items, "qty"}},
        {"drop index", {Kind::DropIndex, items, "sku"}}, {"repair index", {Kind::RepairIndex, items, "sku"}},
        {"change type", {Kind::ChangeType, items, "qty", "float"}}, {"drop column", {Kind::DropColumn, items, "made"}}};
    const std::vector<std::pair<const char*, QByteArray>> meddlings{{"inserts", "TABLE.INSERT shop.items sku=N qty=77"},
        {"updates", "TABLE.UPDATE shop.items WHERE qty>0 SET sku=U qty=9"},
        {"deletes", "TABLE.DELETE shop.items WHERE qty>10"},
        {"alters", "TABLE.SCHEMA.ALTER shop.items ADD COLUMN other:string"}};
    for (const auto& [what, change] : changes) {
        for (const auto& [how, line] : meddlings) {
            QTest::addRow("%s, another %s", what, how) << change << line;
        }
    }
}

/// Whatever another client does at whichever step: no row is lost, no index is wrong, or it is told.
void TestSchemaChange::aSecondClientAtEveryStep()
{
    QFETCH(const SchemaChange, change);
    QFETCH(const QByteArray, line);
    for (int step = 1; step <= 4; ++step) {
        init();
        int exec = 0;
        bool hasActed = false;
        MeddledTableLane lane(*m_lane, [&] {
            if (++exec == step) {
                hasActed = true;
                m_server->make({line.toStdString()});
            }
        });
        const auto report = make(change, &lane);
        if (!hasActed) {
            break;
        }
        QVERIFY2(report, qPrintable(told(report)));
        const bool isToldAsChanged = report->status == State::Changed || report->status == State::Doubted;
        QVERIFY2(report->status == State::Done || isToldAsChanged, qPrintable(told(report)));
        const std::uint64_t expected = line.startsWith("TABLE.INSERT") ? 4 : line.startsWith("TABLE.DELETE") ? 2 : 3;
        QCOMPARE(m_server->command({"SCARD", "{shop.items}:rows"}), std::to_string(expected));
        const auto checked = checkTable(*m_lane, schema(), {}, {});
        QVERIFY(checked);
        QCOMPARE(checked->count(TableFinding::Kind::MissingEntry), std::uint64_t{0});
        QCOMPARE(checked->count(TableFinding::Kind::StaleEntry), std::uint64_t{0});
        QCOMPARE(checked->count(TableFinding::Kind::GoneRow), std::uint64_t{0});
        if (report->status == State::Done) {
            QCOMPARE(checked->count(TableFinding::Kind::LeftoverIndex), std::uint64_t{0});
        }
    }
}

void TestSchemaChange::anIndexThatIsMadeAgainKeepsItsEntries()
{
    int exec = 0;
    MeddledTableLane lane(*m_lane, [&] {
        if (++exec == 2) { // the schema is changed, the entries are still there
            m_server->make({"TABLE.SCHEMA.ALTER shop.items ADD INDEX sku"});
        }
    });
    const auto report = make({Kind::DropIndex, "shop.items", "sku"}, &lane);
    QVERIFY2(
        told(report).startsWith(u"doubted"_s) && told(report).contains(u"index again"_s), qPrintable(told(report)));
    QCOMPARE(faults(), std::uint64_t{0});
    QVERIFY(schema().find("sku")->isIndexed);
}

void TestSchemaChange::theLineIsLostInTheMidst()
{
    for (const Kind kind : {Kind::AddIndex, Kind::DropIndex, Kind::AddColumn}) {
        init();
        int exec = 0;
        MeddledTableLane lane(*m_lane, [&] {
            if (++exec == 1) {
                m_server->server().command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            }
        });
        const SchemaChange change{kind, "shop.items",
            kind == Kind::AddColumn      ? "new"
                : kind == Kind::AddIndex ? "qty"
                                         : "sku",
            kind == Kind::AddColumn ? "string" : ""};
        std::stop_source stop;
        EditLanes lanes(lane);
        SchemaPlace place{lanes, {{m_lane.get(), u"here"_s}}, {}};
        const auto preview = previewChange(place, change, {});
        QVERIFY(preview);
        std::jthread stopper([&stop] { // what never happened is waited for; nobody wants to see all of that
            std::this_thread::sleep_for(std::chrono::milliseconds(700));
            stop.request_stop();
        });
        const auto report = runChange(place, *preview, stop.get_token());
        QVERIFY2(report, qPrintable(told(report)));
        QVERIFY(report->lineWasLost);
        const bool isDone = report->status == State::Done;
        QVERIFY2(isDone || report->status == State::Unknown, qPrintable(told(report)));
        QCOMPARE(faults(), std::uint64_t{0}); // done or not, and never by half
    }
}

void TestSchemaChange::aNamespaceWithTablesStays()
{
    const auto report = make({Kind::DropNamespace, "shop"});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Refused);
    QCOMPARE(m_server->command({"EXISTS", "schema:{shop}"}), std::string("1"));
}

void TestSchemaChange::aNamespaceIsNoTable()
{
    const auto table = make({Kind::DropNamespace, "shop.items"});
    QVERIFY(!table);
    QCOMPARE(table.error().kind, ErrorKind::Input);
    QCOMPARE(m_server->command({"HGET", "schema:{shop.items}", "sku"}), std::string("string"));
    m_server->server().command({"HSET", "schema:{odd}", "a", "string"}); // what it is says the key, not its name
    const auto odd = make({Kind::DropNamespace, "odd"});
    QVERIFY2(!odd || odd->status != State::Done, qPrintable(told(odd)));
    QCOMPARE(m_server->command({"EXISTS", "schema:{odd}"}), std::string("1"));
}

void TestSchemaChange::aTableMadeMeanwhileKeepsItsNamespace()
{
    const SchemaChange change{Kind::DropNamespace, "new"};
    QCOMPARE(told(make({Kind::CreateNamespace, "new"})), u"done"_s);
    EditLanes lanes(*m_lane);
    SchemaPlace place{lanes, {{m_lane.get(), u"here"_s}}, {}};
    const auto preview = previewChange(place, change, {});
    QVERIFY(preview && preview->refusal.isEmpty());
    m_server->server().command({"HSET", "schema:{new.t}", "a", "string"});
    const auto report = runChange(place, *preview, {});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Refused);
    QCOMPARE(m_server->command({"EXISTS", "schema:{new}"}), std::string("1"));
}

/// The transaction never came to the server, and the schema is another one all the same.
void TestSchemaChange::aLostLineAndAnothersChangeAreNotDone()
{
    int exec = 0;
    MeddledTableLane lane(*m_lane, [&] {
        if (++exec == 1) {
            m_server->server().command({"HSET", "schema:{shop.items}", "other", "string"});
            m_server->server().command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        }
    });
    const auto report = make({Kind::AddIndex, "shop.items", "qty"}, &lane);
    QVERIFY2(report, qPrintable(told(report)));
    QVERIFY(report->lineWasLost);
    QVERIFY2(report->status == State::Unknown, qPrintable(told(report)));
    QVERIFY2(told(report).contains(u"Another has changed the schema"_s), qPrintable(told(report)));
    QVERIFY(!schema().find("qty")->isIndexed);
}

void TestSchemaChange::replicasGetWhatGoesByPlainKeys()
{
    const auto replica =
        RedisServer::start(QStringList{u"--replicaof"_s, u"127.0.0.1"_s, QString::number(m_server->server().port())});
    QTRY_VERIFY_WITH_TIMEOUT(
        QString::fromStdString(replica->command({"INFO", "replication"})).contains(u"master_link_status:up"_s), 20'000);
    QCOMPARE(told(make({Kind::AddIndex, "shop.items", "qty"})), u"done"_s);
    QCOMPARE(told(make({Kind::DropIndex, "shop.items", "sku"})), u"done"_s);
    QCOMPARE(told(make({Kind::AddColumn, "shop.items", "note", "string"})), u"done"_s);
    QTRY_COMPARE_WITH_TIMEOUT(replica->command({"HGET", "schema:{shop.items}", "note"}), std::string("string"), 20'000);
    QCOMPARE(replica->command({"SMEMBERS", "{shop.items}:idx:qty:12"}), std::string("2"));
    QCOMPARE(replica->command({"EXISTS", "{shop.items}:idx:sku:A1"}), std::string("0"));
}

void TestSchemaChange::readOnlyMeansSo()
{
    const auto lane = tableLane(*m_server, {}, GateRules{true, Environment::Development});
    for (const Kind kind : {Kind::DropIndex, Kind::DropTable, Kind::DropColumn}) {
        const auto report = make({kind, "shop.items", kind == Kind::DropTable ? "" : "sku"}, lane.get());
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::ReadOnly);
    }
    QCOMPARE(faults(), std::uint64_t{0});
    QCOMPARE(m_server->command({"SCARD", "{shop.items}:rows"}), std::string("3"));
}

QTEST_GUILESS_MAIN(TestSchemaChange)
#include "tst_schemachange.moc"
