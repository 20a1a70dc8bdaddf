// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemarun.h"
#include "core/table/tablearchive.h"
#include "core/table/tablecheck.h"
#include "tests/core/table/tablefixture.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

using Kind = TableFinding::Kind;

namespace {

/// Counts how often the server is asked.
class CountingLane : public LaneView {
public:
    using LaneView::LaneView;
    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        ++trips;
        return LaneView::call(command, std::move(stop));
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        ++trips;
        return LaneView::pipeline(commands, std::move(stop));
    }

    int trips = 0;
};

} // namespace

class TestTableCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { beginShop(m_server, m_lane); }
    void aGoodTableHasNoFindings();
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
    void repairsWhatFollowsFromTheRows();
    void ghostsGoOnlyWhenAsked();
    void damagedKeysKeepNothingFromBeingRepaired();
    void aDamagedListOfIndexesIsRemovedAndTheyAreAddedAgain();
    void rowsAreNoGhostsWhereTheListIsDamaged();
    void theCounterIsNotSetBackWhereTheListIsDamaged();
    void oneColumnsCheckLooksAtNoOther();
    void entriesAreAskedForTogether();
    void theOldLayoutIsOnlyLookedAt();
    void looksAgainBeforeItRepairs();
    void othersMayWriteMeanwhile();
    void canBeStopped();
    void aStoppedRepairSaysWhatItDid();

private:
    TableReport check(const TableCheck& what = {})
    {
        const auto report = checkTable(*m_lane, fetchTableSchema(*m_lane, "shop.items", {}).value(), what, {});
        if (!report) {
            qFatal("%s", qPrintable(errorText(report.error())));
        }
        return *report;
    }
    TableRepair repair(const TableReport& report, const RepairWays& ways = {}, Lane* lane = nullptr)
    {
        EditLanes lanes(lane ? *lane : *m_lane);
        const auto done = repairTable(lanes, fetchTableSchema(*m_lane, "shop.items", {}).value(), report, ways, {});
        if (!done) {
            qFatal("%s", qPrintable(errorText(done.error())));
        }
        return *done;
    }

    std::unique_ptr<TableServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

void TestTableCheck::aGoodTableHasNoFindings()
{
    const TableReport report = check();
    QCOMPARE(report.total(), std::uint64_t{0});
    QCOMPARE(report.rows, std::uint64_t{3});
    QCOMPARE(report.keys, std::uint64_t{10}); // id, rows, meta, 3 rows, 4 index entries
}

void TestTableCheck::findsWhatIsWrong_data()
{
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArrayList>("findings"); // "kind key id column value"
    const auto row = [](const char* name, const QByteArrayList& lines, const QByteArrayList& findings) {
        QTest::addRow("%s", name) << lines << findings;
    };
    row("a plain HSET", {"HSET {shop.items}:1 sku new"},
        {"missing entry {shop.items}:idx:sku:new 1 sku new", "stale entry {shop.items}:idx:sku:A1 1 sku A1"});
    row("a row that ran out", {"DEL {shop.items}:2"},
        {"gone row {shop.items}:2 2  ", "stale entry {shop.items}:idx:sku:B2 2 sku B2"});
    row("something else", {"DEL {shop.items}:2", "SET {shop.items}:2 x"},
        {"stale entry {shop.items}:idx:sku:B2 2 sku B2", "wrong type row {shop.items}:2 2  "});
    row("a ghost", {"HSET {shop.items}:9 sku ghost", "SADD {shop.items}:idx:sku:ghost 9"},
        {"ghost row {shop.items}:9 9  ", "stale entry {shop.items}:idx:sku:ghost 9 sku ghost"});
    row("a column without index", {"SADD {shop.items}:idx:qty:5 1"}, {"leftover index {shop.items}:idx:qty:5  qty 5"});
    row("a wrong value", {"HSET {shop.items}:1 qty many"}, {"bad value {shop.items}:1 1 qty many"});
    row("no column", {"HSET {shop.items}:1 colour red"}, {"no column {shop.items}:1 1 colour red"});
    row("a mark without column", {"SADD {shop.items}:idx:meta lost"}, {"stray mark {shop.items}:idx:meta  lost "});
    row("a counter too low", {"SET {shop.items}:id 2"}, {"bad last id {shop.items}:id 3  2"});
    row("a counter of letters", {"SET {shop.items}:id x"}, {"bad last id {shop.items}:id 3  x"});
    row("an index entry that is no set", {"DEL {shop.items}:idx:sku:B2", "SET {shop.items}:idx:sku:B2 x"},
        {"missing entry {shop.items}:idx:sku:B2 2 sku B2", "wrong type key {shop.items}:idx:sku:B2  sku B2"});
    row("a list of rows that is none", {"DEL {shop.items}:rows", "SET {shop.items}:rows x"},
        {"wrong type key {shop.items}:rows   "});
    row("a list of indexed columns that is none", {"DEL {shop.items}:idx:meta", "SET {shop.items}:idx:meta x"},
        {"wrong type key {shop.items}:idx:meta   "});
    row("a counter that is a list", {"DEL {shop.items}:id", "RPUSH {shop.items}:id x"},
        {"bad last id {shop.items}:id 3  WRONGTYPE Operation against a key holding the wrong kind of value"});
    row("something strange", {"SET {shop.items}:cache x"}, {"strange key {shop.items}:cache   "});
}

void TestTableCheck::findsWhatIsWrong()
{
    QFETCH(const QByteArrayList, lines);
    QFETCH(const QByteArrayList, findings);
    for (const QByteArray& line : lines) {
        m_server->make({line.toStdString()});
    }
    QByteArrayList found;
    for (const TableFinding& one : check().findings) {
        found << QByteArray::fromStdString(
            std::string(nameOf(one.kind)) + ' ' + one.key + ' ' + one.id + ' ' + one.column + ' ' + one.value);
    }
    std::ranges::sort(found);
    QCOMPARE(found, findings);
}

void TestTableCheck::repairsWhatFollowsFromTheRows()
{
    m_server->make({"HSET {shop.items}:1 sku new", "DEL {shop.items}:2", "SADD {shop.items}:idx:qty:5 1",
        "SADD {shop.items}:idx:meta lost", "SET {shop.items}:id 2", "SREM {shop.items}:idx:made:2024-02-01 3"});
    const TableReport before = check();
    QVERIFY(before.total() >= 7);
    const TableRepair done = repair(before);
    QCOMPARE(done.repaired, before.total());
    QVERIFY(done.failures.empty());
    QCOMPARE(check().total(), std::uint64_t{0});
    QCOMPARE(indexEntries(*m_server, "shop.items"),
        (std::vector<std::string>{"made:2024-01-31 1", "made:2024-02-01 3", "sku:A1 3", "sku:new 1"}));
    QCOMPARE(m_server->command({"TABLE.INSERT", "shop.items", "sku=E"}), std::string("4"));
    QCOMPARE(m_server->command({"TABLE.SELECT", "shop.items", "WHERE", "sku=new"}),
        std::string("sku\nnew\nqty\n5\nprice\n9.50\nmade\n2024-01-31"));
}

void TestTableCheck::ghostsGoOnlyWhenAsked()
{
    QVERIFY(m_server->command({"TABLE.INSERT", "shop.items", "sku=ghost", "qty=abc"}).starts_with('-'));
    const TableReport report = check();
    QCOMPARE(report.count(Kind::GhostRow), std::uint64_t{1});
    repair(report);
    QCOMPARE(m_server->command({"HGETALL", "{shop.items}:4"}), std::string("sku\nghost"));
    QCOMPARE(check().total(), std::uint64_t{1}); // no index leads to it any more
    repair(check(), RepairWays{.removesGhosts = true});
    QCOMPARE(m_server->command({"EXISTS", "{shop.items}:4"}), std::string("0"));
    QCOMPARE(check().total(), std::uint64_t{0});
}

void TestTableCheck::damagedKeysKeepNothingFromBeingRepaired()
{
    m_server->make({"DEL {shop.items}:idx:sku:B2", "SET {shop.items}:idx:sku:B2 x", "HSET {shop.items}:1 sku new",
        "DEL {shop.items}:id", "RPUSH {shop.items}:id x"});
    const TableReport before = check();
    const TableRepair done = repair(before);
    QVERIFY2(done.failures.empty(), done.failures.empty() ? "" : qPrintable(errorText(done.failures.front())));
    QCOMPARE(done.repaired, before.total());
    QCOMPARE(check().total(), std::uint64_t{0});
    QCOMPARE(m_server->command({"SMEMBERS", "{shop.items}:idx:sku:B2"}), std::string("2"));
    QCOMPARE(m_server->command({"GET", "{shop.items}:id"}), std::string("3"));
}

/// Until then no change is made, and each says what to do.
void TestTableCheck::aDamagedListOfIndexesIsRemovedAndTheyAreAddedAgain()
{
    const SchemaChange add{SchemaChange::Kind::AddIndex, "shop.items", "sku"};
    EditLanes lanes(*m_lane);
    SchemaPlace place{lanes, {{m_lane.get(), u"here"_s}}, {}, nullptr};
    m_server->make({"DEL {shop.items}:idx:meta", "SET {shop.items}:idx:meta x", "HSET {shop.items}:1 sku late"});
    const auto refused = previewChange(place, add, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::WrongType);
    QVERIFY2(refused.error().detail.contains(u"{shop.items}:idx:meta is no set"_s)
            && refused.error().detail.contains(u"have it repaired"_s),
        qPrintable(errorText(refused.error())));
    const TableReport report = check();
    QCOMPARE(report.lostIndexes, (std::set<std::string>{"made", "sku"}));
    QCOMPARE(repair(report, RepairWays{.removesLeftovers = false}).repaired, std::uint64_t{0});
    QCOMPARE(m_server->command({"GET", "{shop.items}:idx:meta"}), std::string("x"));
    const QTemporaryDir folder;
    TableArchive archive({folder.filePath(u"repair.kga"_s), {}, {}, 0});
    const auto done =
        repairTable(lanes, fetchTableSchema(*m_lane, "shop.items", {}).value(), report, {}, {}, {}, &archive);
    QVERIFY2(done && done->failures.empty(), done ? "failures" : qPrintable(errorText(done.error())));
    QCOMPARE(archive.keys(), std::uint64_t{1});
    QCOMPARE(m_server->command({"EXISTS", "{shop.items}:idx:meta"}), std::string("0"));
    const auto shown = previewChange(place, add, {});
    QVERIFY2(shown && shown->refusal.isEmpty(), shown ? qPrintable(shown->refusal) : "no preview");
    const auto added = runChange(place, *shown, {});
    QVERIFY(added && added->status == SchemaReport::Status::Done);
    QCOMPARE(m_server->command({"SMEMBERS", "{shop.items}:idx:sku:late"}), std::string("1"));
    QCOMPARE(check({.column = "sku"}).count(Kind::StaleEntry), std::uint64_t{0});
}

/// Which rows there are is not known: nothing is deleted for that.
void TestTableCheck::rowsAreNoGhostsWhereTheListIsDamaged()
{
    const TableReport good = check();
    m_server->make({"HSET {shop.items}:9 sku ghost"});
    TableReport report = check();
    QCOMPARE(report.count(Kind::GhostRow), std::uint64_t{1});
    m_server->make({"DEL {shop.items}:rows", "SET {shop.items}:rows x"});
    repair(report, RepairWays{.removesGhosts = true}); // found before
    QCOMPARE(m_server->command({"EXISTS", "{shop.items}:9"}), std::string("1"));
    report = check();
    QCOMPARE(report.count(Kind::GhostRow), std::uint64_t{0});
    QCOMPARE(report.keys, good.keys + 1); // the rest is looked at all the same
    repair(report, RepairWays{.removesGhosts = true});
    QCOMPARE(
        m_server->command({"EXISTS", "{shop.items}:1", "{shop.items}:9", "{shop.items}:idx:sku:A1"}), std::string("3"));
}

/// The next insert would be given the id of a row that is there.
void TestTableCheck::theCounterIsNotSetBackWhereTheListIsDamaged()
{
    m_server->make({"DEL {shop.items}:rows", "SET {shop.items}:rows x", "SET {shop.items}:id many"});
    TableReport report = check({.looksAtKeys = false});
    QCOMPARE(report.count(Kind::BadLastId), std::uint64_t{1});
    QCOMPARE(repair(report).repaired, std::uint64_t{0}); // which rows there are is not known
    QCOMPARE(m_server->command({"GET", "{shop.items}:id"}), std::string("many"));
    report = check();
    QCOMPARE(report.count(Kind::BadLastId), std::uint64_t{1});
    repair(report);
    QCOMPARE(m_server->command({"GET", "{shop.items}:id"}), std::string("3")); // by the rows' keys
    m_server->make({"SET {shop.items}:id 2"});
    repair(check());
    QCOMPARE(m_server->command({"GET", "{shop.items}:id"}), std::string("3"));
}

void TestTableCheck::oneColumnsCheckLooksAtNoOther()
{
    m_server->make({"HSET {shop.items}:1 qty many"});
    QCOMPARE(check({.looksAtKeys = false, .column = "made"}).total(), std::uint64_t{0});
    QCOMPARE(check({.looksAtKeys = false, .column = "qty"}).count(Kind::BadValue), std::uint64_t{1});
}

/// Not one after the other: a table has as many entries as values. One with many ids is read to its end all the same.
void TestTableCheck::entriesAreAskedForTogether()
{
    m_server->server().fill(
        500, [](std::size_t n) { return Args{"SADD", "{shop.items}:idx:sku:v" + std::to_string(n), "1"}; });
    m_server->server().fill(
        2000, [](std::size_t n) { return Args{"SADD", "{shop.items}:idx:sku:many", std::to_string(n + 1)}; });
    CountingLane lane(*m_lane);
    const auto report = checkTable(lane, fetchTableSchema(*m_lane, "shop.items", {}).value(), {}, {});
    QVERIFY2(report, report ? "" : qPrintable(errorText(report.error())));
    QCOMPARE(report->count(Kind::StaleEntry), std::uint64_t{2500});
    QCOMPARE(report->total(), std::uint64_t{2500});
    QVERIFY2(lane.trips < 100, qPrintable(QString::number(lane.trips)));
}

void TestTableCheck::theOldLayoutIsOnlyLookedAt()
{
    m_server->make({"HSET schema:old.t a string n integer", "SADD idx:meta:old.t a", "SET table:old.t:id 2",
        "SADD rows:old.t 1 2", "HSET old.t:1 a x n 5", "HSET old.t:2 a y n many", "SADD idx:old.t:a:x 1",
        "SADD idx:old.t:a:y 2", "HSET old.t:settings mode dark", "SADD idx:old.t:a:z 3"});
    const auto schema = fetchTableSchema(*m_lane, "old.t", {});
    QVERIFY(schema && schema->layout == TableLayout::Plain);
    const auto report = checkTable(*m_lane, *schema, {}, {});
    QVERIFY2(report, report ? "" : qPrintable(errorText(report.error())));
    QVERIFY(report->isOfRowsOnly);
    QCOMPARE(report->rows, std::uint64_t{2});
    QCOMPARE(report->keys, std::uint64_t{0}); // old.t:settings is no key of it, whatever it is called
    QCOMPARE(report->total(), std::uint64_t{1});
    QCOMPARE(report->findings.front().key, std::string("old.t:2"));
    EditLanes lanes(*m_lane);
    const auto repaired = repairTable(lanes, *schema, *report, {}, {});
    QVERIFY(!repaired);
    QCOMPARE(repaired.error().kind, ErrorKind::Unsupported);
    QVERIFY2(repaired.error().detail.contains(u"1.0"_s), qPrintable(repaired.error().detail));
}

void TestTableCheck::looksAgainBeforeItRepairs()
{
    m_server->make({"HSET {shop.items}:1 sku new", "DEL {shop.items}:2"});
    const TableReport report = check();
    m_server->make({"HSET {shop.items}:1 sku A1", "HSET {shop.items}:2 sku B2"}); // all is well again
    const TableRepair done = repair(report);
    QCOMPARE(done.repaired, std::uint64_t{0});
    QCOMPARE(done.passedOver, report.total());
    QCOMPARE(check().total(), std::uint64_t{0});
}

void TestTableCheck::othersMayWriteMeanwhile()
{
    m_server->make({"HSET {shop.items}:1 sku new"});
    const TableReport report = check();
    int times = 0;
    MeddledTableLane lane(*m_lane, [&] {
        if (++times == 1) {
            m_server->make({"TABLE.UPDATE shop.items WHERE qty>4 AND qty<6 SET sku=third"});
        }
    });
    const TableRepair done = repair(report, {}, &lane);
    QVERIFY(done.failures.empty());
    QCOMPARE(check().total(), std::uint64_t{0});
    QCOMPARE(m_server->command({"HGET", "{shop.items}:1", "sku"}), std::string("third"));
}

void TestTableCheck::canBeStopped()
{
    m_server->server().fill(
        5000, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    std::stop_source stop;
    const auto report = checkTable(*m_lane, fetchTableSchema(*m_lane, "shop.items", {}).value(), {}, stop.get_token(),
        [&stop](const TableReport& soFar) {
            if (soFar.rows > 1000) {
                stop.request_stop();
            }
        });
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Cancelled);
}

void TestTableCheck::aStoppedRepairSaysWhatItDid()
{
    for (int n = 0; n < 10; ++n) {
        m_server->server().command({"SADD", "{shop.items}:idx:nothing:v" + std::to_string(n), "1"});
    }
    const TableReport report = check();
    QCOMPARE(report.total(), std::uint64_t{10});
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"repair.kga"_s);
    TableArchive archive({file, {}, {}, 0});
    EditLanes lanes(*m_lane);
    std::stop_source stop;
    const auto done = repairTable(lanes, fetchTableSchema(*m_lane, "shop.items", {}).value(), report, {},
        stop.get_token(), {}, &archive, [&stop](std::uint64_t repaired) {
            if (repaired == 4) {
                stop.request_stop();
            }
        });
    QVERIFY2(done, done ? "" : qPrintable(errorText(done.error())));
    QVERIFY(done->isStopped);
    QCOMPARE(done->repaired, std::uint64_t{4});
    QCOMPARE(done->archiveFile, file);
    QCOMPARE(archive.keys(), std::uint64_t{4});
    QCOMPARE(check().total(), std::uint64_t{6});
}

QTEST_GUILESS_MAIN(TestTableCheck)
#include "tst_tablecheck.moc"
