// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/table/tablefixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

using Kind = RowEdit::Kind;
using Status_ = RowOutcome::Status;

class TestRowEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        beginShop(m_server, m_lane);
        m_schema = fetchTableSchema(*m_lane, "shop.items", {}).value();
    }
    void insertsWithItsIndexEntries();
    void changesAndUnsets();
    void deletesWithItsIndexEntries();
    void otherKeysOfTheTableAreNoRows_data();
    void otherKeysOfTheTableAreNoRows();
    void theModuleSeesWhatWasWritten();
    void checksValuesBeforeAnythingIsSent_data();
    void checksValuesBeforeAnythingIsSent();
    void whatWasSeenHasToBeThere();
    void startsOverWhenOthersWrite_data();
    void startsOverWhenOthersWrite();
    void givesUpWhenOthersNeverStop();
    void twoEqualRowsAreTwoRows();
    void doesNotTakeOverLeftovers();
    void whatMayNotBeReadIsNoDamage();
    void aGhostIsNotEdited();
    void aDamagedListMakesNoGhosts();
    void refusesATableThatIsBroken();
    void repairsADamagedRowByDeletingIt();
    void readOnlyMeansSo();
    void showsWhatItWouldSend();
    void aLostLineIsTold();
    void replicasAndTheAofGetIt();
    void writesWhereTheModuleCannot();

private:
    Result<RowOutcome> apply(const RowEdit& edit, Lane* lane = nullptr)
    {
        EditLanes lanes(lane ? *lane : *m_lane);
        return RowEditor(lanes, "shop.items").apply(edit, {});
    }
    std::vector<std::string> rows() { return shown(m_schema, *RowReader(*m_lane, m_schema).byIds(1, 30, {})); }
    std::vector<std::string> entries() { return indexEntries(*m_server, "shop.items"); }

    std::unique_ptr<TableServer> m_server;
    std::unique_ptr<Lane> m_lane;
    TableSchema m_schema;
};

#define DONE(edit)                                                                                                     \
    do {                                                                                                               \
        const auto did = edit;                                                                                         \
        QVERIFY2(did, did ? "" : qPrintable(errorText(did.error())));                                                  \
        QCOMPARE(int(did->status), int(Status_::Done));                                                                \
    } while (false)

void TestRowEditor::insertsWithItsIndexEntries()
{
    const auto done = apply({Kind::Insert, {}, {{"sku", "D=4"}, {"qty", "1"}, {"made", "2024-03-01"}}});
    QVERIFY2(done, done ? "" : qPrintable(errorText(done.error())));
    QCOMPARE(done->id, std::string("4"));
    QCOMPARE(shown(m_schema, *done->now), std::string("4{sku=D=4 qty=1 made=2024-03-01}"));
    QCOMPARE(entries(),
        (std::vector<std::string>{
            "made:2024-01-31 1", "made:2024-02-01 3", "made:2024-03-01 4", "sku:A1 1,3", "sku:B2 2", "sku:D=4 4"}));
    QCOMPARE(m_server->command({"TABLE.INSERT", "shop.items", "sku=E5"}), std::string("5")); // the module goes on
    if (m_server->twin()) {
        const auto commands = m_server->twin()->commands();
        QCOMPARE(std::ranges::count(commands, "TABLE.INSERT"), 4); // three of the fixture, one of this test
    }
}

void TestRowEditor::changesAndUnsets()
{
    DONE(apply({Kind::Change, "1", {{"sku", "X"}, {"price", std::nullopt}, {"qty", "6"}}}));
    QCOMPARE(rows()[0], std::string("1{sku=X qty=6 made=2024-01-31}"));
    DONE(apply({Kind::Change, "1", {{"made", std::nullopt}}}));
    QCOMPARE(entries(), (std::vector<std::string>{"made:2024-02-01 3", "sku:A1 3", "sku:B2 2", "sku:X 1"}));
    DONE(apply({Kind::Change, "1", {{"sku", "X"}}})); // so already
    QCOMPARE(rows()[0], std::string("1{sku=X qty=6}"));
}

void TestRowEditor::deletesWithItsIndexEntries()
{
    DONE(apply({Kind::Delete, "1"}));
    QCOMPARE(rows(), (std::vector<std::string>{"2{sku=B2 qty=12}", "3{sku=A1 qty=-7 made=2024-02-01}"}));
    QCOMPARE(entries(), (std::vector<std::string>{"made:2024-02-01 3", "sku:A1 3", "sku:B2 2"}));
    QCOMPARE(int(apply({Kind::Delete, "1"})->status), int(Status_::Gone));
    QCOMPARE(int(apply({Kind::Change, "1", {{"qty", "1"}}})->status), int(Status_::Gone));
}

void TestRowEditor::otherKeysOfTheTableAreNoRows_data()
{
    QTest::addColumn<QByteArray>("id");
    for (const char* id : {"rows", "id", "idx:meta", "idx:sku:A1", "0", "-1", "01", "1 ", ""}) {
        QTest::addRow("%s", id) << QByteArray(id);
    }
}

void TestRowEditor::otherKeysOfTheTableAreNoRows()
{
    QFETCH(QByteArray, id);
    const std::size_t keys = m_server->server().list({"KEYS", "*"}).size();
    for (const auto& edit :
        {RowEdit{Kind::Delete, id.toStdString()}, RowEdit{Kind::Change, id.toStdString(), {{"qty", "1"}}}}) {
        const auto done = apply(edit);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Input);
    }
    QCOMPARE(m_server->server().list({"KEYS", "*"}).size(), keys);
    QCOMPARE(rows().size(), std::size_t{3});
}

void TestRowEditor::theModuleSeesWhatWasWritten()
{
    DONE(apply({Kind::Insert, {}, {{"sku", "N1"}, {"qty", "8"}}}));
    DONE(apply({Kind::Change, "2", {{"sku", "N1"}}}));
    DONE(apply({Kind::Delete, "3"}));
    QCOMPARE(m_server->command({"TABLE.SELECT", "shop.items", "WHERE", "sku=N1"}),
        std::string("sku\nN1\nqty\n12\nqty\n8\nsku\nN1"));
    QCOMPARE(m_server->command({"TABLE.DELETE", "shop.items", "WHERE", "sku=N1"}), std::string("2"));
    QCOMPARE(entries(), (std::vector<std::string>{"made:2024-01-31 1", "sku:A1 1"}));
}

void TestRowEditor::checksValuesBeforeAnythingIsSent_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("value"); // null: unset
    QTest::addRow("no number") << int(Kind::Change) << QByteArray("qty") << QByteArray("many");
    QTest::addRow("no date") << int(Kind::Insert) << QByteArray("made") << QByteArray("today");
    QTest::addRow("no such column") << int(Kind::Insert) << QByteArray("colour") << QByteArray("red");
    QTest::addRow("NUL in an index") << int(Kind::Change) << QByteArray("sku") << QByteArray("a\0b", 3);
    QTest::addRow("empty number") << int(Kind::Change) << QByteArray("qty") << QByteArray("");
    QTest::addRow("a row of nothing") << int(Kind::Insert) << QByteArray("sku") << QByteArray();
}

void TestRowEditor::checksValuesBeforeAnythingIsSent()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, column);
    QFETCH(const QByteArray, value);
    const auto before = rows();
    const RowEdit::Cells cells{
        {column.toStdString(), value.isNull() ? std::nullopt : std::optional(value.toStdString())}};
    const auto done = apply({static_cast<Kind>(kind), "1", cells});
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Input);
    QCOMPARE(rows(), before);
    QCOMPARE(m_server->command({"GET", "{shop.items}:id"}), std::string("3")); // and no id is spent
}

void TestRowEditor::whatWasSeenHasToBeThere()
{
    const TableRow seen = RowReader(*m_lane, m_schema).rows({"1"}, {})->front();
    m_server->server().command({"HSET", "{shop.items}:1", "price", "10"});
    for (const Kind kind : {Kind::Change, Kind::Delete}) {
        const auto done = apply({kind, "1", {{"qty", "1"}}, seen});
        QVERIFY(done);
        QCOMPARE(int(done->status), int(Status_::Conflict));
        QCOMPARE(shown(m_schema, *done->now), std::string("1{sku=A1 qty=5 price=10 made=2024-01-31}"));
    }
    QCOMPARE(rows()[0], std::string("1{sku=A1 qty=5 price=10 made=2024-01-31}"));
}

void TestRowEditor::startsOverWhenOthersWrite_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("row");
    const auto row = [](const char* name, Kind kind, const char* line, const char* expected) {
        QTest::addRow("%s", name) << int(kind) << QByteArray(line) << QByteArray(expected);
    };
    row("another cell", Kind::Change, "HSET {shop.items}:1 price 11", "1{sku=N qty=5 price=11 made=2024-01-31}");
    row("by the module", Kind::Change, "TABLE.UPDATE shop.items WHERE sku=A1 SET qty=3",
        "1{sku=N qty=3 price=9.50 made=2024-01-31}");
    row("the same cell", Kind::Change, "TABLE.UPDATE shop.items WHERE sku=A1 SET sku=M",
        "1{sku=N qty=5 price=9.50 made=2024-01-31}");
    row("another index", Kind::Change, "TABLE.SCHEMA.ALTER shop.items ADD INDEX qty",
        "1{sku=N qty=5 price=9.50 made=2024-01-31}");
    row("an index gone", Kind::Change, "TABLE.SCHEMA.ALTER shop.items DROP INDEX sku",
        "1{sku=N qty=5 price=9.50 made=2024-01-31}");
    row("another row inserted", Kind::Insert, "TABLE.INSERT shop.items sku=B2", "5{sku=N}");
}

/// Somebody acts between our look and our writing: nothing of theirs is lost, and the index is right.
void TestRowEditor::startsOverWhenOthersWrite()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, row);
    int times = 0;
    MeddledTableLane lane(*m_lane, [&] {
        if (++times == 1) {
            m_server->make({line.toStdString()});
        }
    });
    const auto done = apply({static_cast<Kind>(kind), "1", {{"sku", "N"}}}, &lane);
    QVERIFY2(done, done ? "" : qPrintable(errorText(done.error())));
    QCOMPARE(int(done->status), int(Status_::Done));
    QCOMPARE(done->retries, 1);
    QCOMPARE(shown(m_schema, *done->now), row.toStdString());
    const auto schema = fetchTableSchema(*m_lane, "shop.items", {}).value();
    for (const TableColumn& column : schema.columns) { // every index entry is true of its row, and none is missing
        const std::size_t place = *schema.place(column.name);
        std::vector<std::string> expected;
        std::map<std::string, std::vector<std::string>> byValue;
        const auto read = RowReader(*m_lane, schema).byIds(1, 30, {});
        QVERIFY(read);
        for (const TableRow& each : *read) {
            if (column.isIndexed && each.cells[place]) {
                byValue[*each.cells[place]].push_back(each.id);
            }
        }
        for (const auto& [value, ids] : byValue) {
            auto found = m_server->server().list({"SMEMBERS", schema.keys().index(column.name, value)});
            std::ranges::sort(found);
            QCOMPARE(found, ids);
        }
        const auto all = entries();
        const auto count = std::ranges::count_if(
            all, [&column](const std::string& entry) { return entry.starts_with(column.name + ":"); });
        QCOMPARE(std::size_t(count), byValue.size());
    }
}

void TestRowEditor::givesUpWhenOthersNeverStop()
{
    int n = 0;
    MeddledTableLane lane(
        *m_lane, [&] { m_server->server().command({"HSET", "{shop.items}:1", "qty", std::to_string(++n)}); });
    const auto done = apply({Kind::Change, "1", {{"sku", "N"}}}, &lane);
    QVERIFY(done);
    QCOMPARE(int(done->status), int(Status_::TooBusy));
    QVERIFY(rows()[0].starts_with("1{sku=A1 "));
}

void TestRowEditor::twoEqualRowsAreTwoRows()
{
    m_server->make({"TABLE.INSERT shop.items sku=B2 qty=12"});
    DONE(apply({Kind::Change, "4", {{"qty", "13"}}}));
    QCOMPARE(rows()[1], std::string("2{sku=B2 qty=12}"));
    QCOMPARE(rows()[3], std::string("4{sku=B2 qty=13}"));
}

void TestRowEditor::doesNotTakeOverLeftovers()
{
    QVERIFY(m_server->command({"TABLE.INSERT", "shop.items", "sku=ghost", "qty=abc"}).starts_with('-'));
    m_server->server().command({"SET", "{shop.items}:id", "3"}); // as after DROP and CREATE
    const auto done = apply({Kind::Insert, {}, {{"qty", "1"}}});
    QVERIFY(done);
    QCOMPARE(done->id, std::string("5"));
    QCOMPARE(shown(m_schema, *done->now), std::string("5{qty=1}"));
    QCOMPARE(m_server->command({"GET", "{shop.items}:id"}), std::string("5"));
}

/// Which is no word on what is there.
void TestRowEditor::whatMayNotBeReadIsNoDamage()
{
    for (const std::string right : {"get", "exists"}) {
        m_server->command({"ACL", "SETUSER", "some", "reset", "on", ">pw", "~*", "+@all", "-" + right});
        const auto lane = tableLane(*m_server, u"some"_s);
        EditLanes lanes(*lane);
        const auto done = RowEditor(lanes, "shop.items").apply({Kind::Insert, {}, {{"sku", "new"}}}, {});
        QVERIFY(!done);
        QVERIFY2(done.error().kind == ErrorKind::Permission, qPrintable(errorText(done.error())));
        QVERIFY2(done.error().detail.contains(QString::fromStdString(right)), qPrintable(errorText(done.error())));
    }
}

/// A change would make it look like a row, and still no list would have it.
void TestRowEditor::aGhostIsNotEdited()
{
    QVERIFY(m_server->command({"TABLE.INSERT", "shop.items", "sku=ghost", "qty=abc"}).starts_with('-'));
    const auto changed = apply({Kind::Change, "4", {{"sku", "B9"}}});
    QVERIFY(!changed);
    QCOMPARE(changed.error().kind, ErrorKind::Refused);
    QVERIFY2(changed.error().detail.contains(u"failed insert"_s), qPrintable(errorText(changed.error())));
    QCOMPARE(m_server->command({"HGET", "{shop.items}:4", "sku"}), std::string("ghost"));
    DONE(apply({Kind::Delete, "4"}));
    QCOMPARE(m_server->command({"EXISTS", "{shop.items}:4", "{shop.items}:idx:sku:ghost"}), std::string("0"));
}

/// Which rows are listed can't be asked then; nobody is told to delete them.
void TestRowEditor::aDamagedListMakesNoGhosts()
{
    m_server->make({"DEL {shop.items}:rows", "SET {shop.items}:rows x"});
    for (const Kind kind : {Kind::Change, Kind::Delete}) {
        const auto done = apply({kind, "1", {{"qty", "6"}}});
        QVERIFY(!done);
        QVERIFY2(done.error().kind == ErrorKind::WrongType, qPrintable(errorText(done.error())));
        QVERIFY2(errorText(done.error()).contains(u"{shop.items}:rows"_s), qPrintable(errorText(done.error())));
    }
    QCOMPARE(m_server->command({"HGET", "{shop.items}:1", "qty"}), std::string("5"));
}

void TestRowEditor::refusesATableThatIsBroken()
{
    m_server->server().command({"SET", "{shop.items}:id", "many"});
    const auto done = apply({Kind::Insert, {}, {{"qty", "1"}}});
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::WrongType);
    m_server->server().command({"DEL", "schema:{shop.items}"});
    QCOMPARE(apply({Kind::Delete, "1"}).error().kind, ErrorKind::Gone);
}

void TestRowEditor::repairsADamagedRowByDeletingIt()
{
    m_server->server().command({"DEL", "{shop.items}:1", "{shop.items}:2"});
    m_server->server().command({"SET", "{shop.items}:2", "x"});
    QCOMPARE(apply({Kind::Change, "2", {{"qty", "1"}}}).error().kind, ErrorKind::WrongType);
    DONE(apply({Kind::Delete, "1"}));
    DONE(apply({Kind::Delete, "2"}));
    QCOMPARE(rows(), std::vector<std::string>{"3{sku=A1 qty=-7 made=2024-02-01}"});
}

void TestRowEditor::readOnlyMeansSo()
{
    const auto lane = tableLane(*m_server, {}, GateRules{true, Environment::Development});
    const auto before = rows();
    for (const Kind kind : {Kind::Insert, Kind::Change, Kind::Delete}) {
        const auto done = apply({kind, "1", {{"qty", "1"}}}, lane.get());
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::ReadOnly);
    }
    QCOMPARE(rows(), before);
}

void TestRowEditor::showsWhatItWouldSend()
{
    EditLanes lanes(*m_lane);
    const auto shownLines = RowEditor(lanes, "shop.items").preview({Kind::Change, "1", {{"sku", "a \"b\""}}}, {});
    QVERIFY(shownLines);
    const std::vector<std::string> expected{R"(HSET {shop.items}:1 sku "a \"b\"")", "SREM {shop.items}:idx:sku:A1 1",
        R"(SADD "{shop.items}:idx:sku:a \"b\"" 1)"};
    QCOMPARE(shownLines->lines, expected);
    QVERIFY(rows()[0].starts_with("1{sku=A1 "));
}

void TestRowEditor::aLostLineIsTold()
{
    MeddledTableLane lane(
        *m_lane, [&] { m_server->server().command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"}); });
    const auto done = apply({Kind::Change, "1", {{"sku", "N"}}}, &lane);
    QVERIFY2(done, done ? "" : qPrintable(errorText(done.error())));
    QCOMPARE(int(done->status), int(Status_::Unknown));
    QVERIFY(done->why);
    QVERIFY(done->now); // it was read anew
    QVERIFY(rows()[0] == shown(m_schema, *done->now));
}

void TestRowEditor::replicasAndTheAofGetIt()
{
    ServerOptions options;
    options.arguments = QStringList{u"--appendonly"_s, u"yes"_s, u"--appendfsync"_s, u"always"_s};
    TableServer server({}, options);
    server.make({"SET schema:{shop} 1", "HSET schema:{shop.items} sku string qty integer",
        "SADD {shop.items}:idx:meta sku"}); // by plain commands, so that they are in the AOF
    const auto replica =
        RedisServer::start(QStringList{u"--replicaof"_s, u"127.0.0.1"_s, QString::number(server.server().port())});
    QTRY_VERIFY_WITH_TIMEOUT(
        QString::fromStdString(replica->command({"INFO", "replication"})).contains(u"master_link_status:up"_s), 20'000);
    const auto lane = tableLane(server);
    DONE(apply({Kind::Insert, {}, {{"sku", "a"}, {"qty", "1"}}}, lane.get()));
    DONE(apply({Kind::Insert, {}, {{"sku", "b"}, {"qty", "2"}}}, lane.get()));
    DONE(apply({Kind::Change, "1", {{"sku", "c"}}}, lane.get()));
    DONE(apply({Kind::Delete, "2"}, lane.get()));
    QCOMPARE(server.command({"TABLE.INSERT", "shop.items", "sku=module"}), std::string("3"));
    DONE(apply({Kind::Insert, {}, {{"sku", "d"}}}, lane.get())); // the counter is 4 where nobody has counted the third
    const auto isThere = [](RedisServer& one) {
        auto rows = one.list({"SMEMBERS", "{shop.items}:rows"});
        std::ranges::sort(rows);
        return one.command({"HMGET", "{shop.items}:1", "sku", "qty"}) == "c\n1"
            && one.command({"SMEMBERS", "{shop.items}:idx:sku:c"}) == "1" && rows == Args{"1", "4"}
        && one.command({"GET", "{shop.items}:id"}) == "4";
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(*replica), 20'000); // and what the module has written is not
    server.server().restart();
    QVERIFY(isThere(server.server()));
}

void TestRowEditor::writesWhereTheModuleCannot()
{
    DONE(apply({Kind::Change, "1", {{"sku", "a>=b"}}}));
    QCOMPARE(rows()[0], std::string("1{sku=a>=b qty=5 price=9.50 made=2024-01-31}"));
    DONE(apply({Kind::Change, "1", {{"sku", ""}}})); // empty
    QCOMPARE(rows()[0], std::string("1{sku= qty=5 price=9.50 made=2024-01-31}"));
    QCOMPARE(entries(),
        (std::vector<std::string>{"made:2024-01-31 1", "made:2024-02-01 3", "sku: 1", "sku:A1 3", "sku:B2 2"}));
}

QTEST_GUILESS_MAIN(TestRowEditor)
#include "tst_roweditor.moc"
