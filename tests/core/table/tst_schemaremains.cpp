// SPDX-License-Identifier: GPL-3.0-or-later
// What a change finds of former tables and indexes, and what others leave behind of what is dropped: nothing of it is
// taken for its own, and nothing is called gone that is not.
#include "core/table/schemarun.h"
#include "core/table/schemaverify.h"
#include "tests/core/table/schemafixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

using Kind = SchemaChange::Kind;
using State = SchemaReport::Status;

namespace {

const std::string items = "shop.items";
/// shop.items once more, after its schema was lost.
const SchemaChange takeOver{Kind::CreateTable, items, {}, {},
    {{"sku", "string", false}, {"qty", "integer", false}, {"price", "float", false}, {"made", "date", false}}, true};
const SchemaChange create{Kind::CreateTable, "shop.t", {}, {}, {{"a", "string", true}, {"b", "integer", false}}};

} // namespace

class TestSchemaRemains : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench.reset(); }
    void leftoversOfAFormerIndexGoFirst_data();
    void leftoversOfAFormerIndexGoFirst();
    void anIndexOfTooManyEntriesIsNotReplacedInOneGo();
    void foreignEntriesAreTold();
    void aFormerTableIsNotTakenOver_data();
    void aFormerTableIsNotTakenOver();
    void aGhostThatComesMeanwhileIsSeen();
    void strangeKeysAreNotOfAFormerTable();
    void aTableThatIsMadeAgainIsToldAsOne();
    void rowsOfAFormerTableAreTakenOver();
    void whatDoesNotFitIsNotTakenOver_data();
    void whatDoesNotFitIsNotTakenOver();
    void whatIsToBeTakenOverIsAsItWasSeen();
    void aTableThatIsMadeMeanwhileKeepsItsIndexes();
    void whatIsLeftOfADropIsTold_data();
    void whatIsLeftOfADropIsTold();
    void aLineThatIsLostOnTheWayIsHalfDone_data();
    void aLineThatIsLostOnTheWayIsHalfDone();
    void anotherOnTheWayIsHalfDoneToo();

private:
    void makeAgain() { m_bench.server().make({"HSET schema:{shop.items} a string", "SADD {shop.items}:rows 1"}); }
    std::string say(const Args& words) { return m_bench.server().command(words); }

    SchemaBench m_bench;
};

void TestSchemaRemains::leftoversOfAFormerIndexGoFirst_data()
{
    QTest::addColumn<bool>("isLarge");
    QTest::addRow("by plain keys") << false;
    QTest::addRow("by the module") << true;
}

void TestSchemaRemains::leftoversOfAFormerIndexGoFirst()
{
    QFETCH(const bool, isLarge);
    if (isLarge) {
        m_bench.fillRows();
    }
    say({"SADD", "{shop.items}:idx:qty:99999", "1"});
    say({"SADD", "{shop.items}:idx:qty:5", "2"});
    const auto shown = m_bench.preview({Kind::AddIndex, items, "qty"});
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QCOMPARE(shown->way, isLarge ? ChangeWay::Module : ChangeWay::PlainKeys);
    QCOMPARE(shown->leftovers, std::uint64_t{2});
    const bool saysSo = std::ranges::any_of(shown->notes, [](const QString& note) { return note.contains(u"former"); });
    QVERIFY(saysSo);
    QCOMPARE(std::ranges::count(shown->lines, std::string("UNLINK {shop.items}:idx:qty:…")), 1);
    QCOMPARE(say({"SCARD", "{shop.items}:idx:qty:99999"}), std::string("1")); // nothing is done by the look at it
    say({"CONFIG", "RESETSTAT"});
    QCOMPARE(told(m_bench.make({Kind::AddIndex, items, "qty"})), u"done"_s);
    const std::string stats = m_bench.server().server().command({"INFO", "commandstats"});
    QVERIFY2(stats.find("cmdstat_del:") == std::string::npos, stats.c_str()); // in batches, not with the index
    QCOMPARE(say({"EXISTS", "{shop.items}:idx:qty:99999"}), std::string("0"));
    QCOMPARE(say({"SISMEMBER", "{shop.items}:idx:qty:5", "2"}), std::string("0"));
    QCOMPARE(m_bench.faults(), std::uint64_t{0});
}

void TestSchemaRemains::anIndexOfTooManyEntriesIsNotReplacedInOneGo()
{
    const auto fill = [this](std::size_t upTo) {
        m_bench.server().server().fill(
            upTo, [](std::size_t n) { return Args{"SADD", "{shop.items}:idx:sku:stale" + std::to_string(n), "1"}; });
    };
    fill(100);
    QCOMPARE(told(m_bench.make({Kind::RepairIndex, items, "sku"})), u"done"_s);
    QCOMPARE(m_bench.faults(), std::uint64_t{0});
    fill(static_cast<std::size_t>(mostEntriesInOneGo));
    const auto shown = m_bench.preview({Kind::RepairIndex, items, "sku"});
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QVERIFY2(shown->refusal.contains(u"add it again"_s), qPrintable(shown->refusal));
    QCOMPARE(told(m_bench.make({Kind::DropIndex, items, "sku"})), u"done"_s); // the way round
    QCOMPARE(told(m_bench.make({Kind::AddIndex, items, "sku"})), u"done"_s);
    QCOMPARE(m_bench.faults(), std::uint64_t{0});
}

/// Written after the leftovers were looked for: the module finds them, and so does the look afterwards.
void TestSchemaRemains::foreignEntriesAreTold()
{
    m_bench.fillRows();
    int exec = 0;
    MeddledTableLane lane(m_bench.lane(), [&] {
        if (++exec == 1) {
            say({"SADD", "{shop.items}:idx:qty:99999", "1"});
        }
    });
    const auto report = m_bench.make({Kind::AddIndex, items, "qty"}, &lane);
    QVERIFY2(told(report).startsWith(u"doubted"_s) && told(report).contains(u"1 entries are stale"_s),
        qPrintable(told(report)));
}

void TestSchemaRemains::aFormerTableIsNotTakenOver_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("a ghost") << QByteArray("HSET {shop.t}:1 a ghost");
    QTest::addRow("an index entry") << QByteArray("SADD {shop.t}:idx:a:ghost 1");
    QTest::addRow("a list of rows") << QByteArray("SADD {shop.t}:rows 1");
    QTest::addRow("a counter") << QByteArray("SET {shop.t}:id 7");
    QTest::addRow("indexed columns") << QByteArray("SADD {shop.t}:idx:meta a");
}

void TestSchemaRemains::aFormerTableIsNotTakenOver()
{
    QFETCH(const QByteArray, line);
    m_bench.server().make({line.toStdString()});
    const auto shown = m_bench.preview(create);
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QVERIFY2(shown->refusal.contains(u"former table"_s), qPrintable(shown->refusal));
    const auto refused = m_bench.make(create);
    QVERIFY2(!refused, qPrintable(told(refused)));
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QCOMPARE(say({"EXISTS", "schema:{shop.t}"}), std::string("0"));
    QCOMPARE(told(m_bench.make({Kind::DropTable, "shop.t"})), u"done"_s); // as the refusal says
    QCOMPARE(say({"KEYS", "*shop.t*"}), std::string());
    QCOMPARE(told(m_bench.make(create)), u"done"_s);
    QCOMPARE(say({"TABLE.INSERT", "shop.t", "b=1"}), std::string("1"));
    QCOMPARE(say({"HGETALL", "{shop.t}:1"}), std::string("b\n1"));
    QCOMPARE(m_bench.faults(), std::uint64_t{0}); // the other table is as it was
}

void TestSchemaRemains::aGhostThatComesMeanwhileIsSeen()
{
    const auto shown = m_bench.preview(create);
    QVERIFY(shown && shown->refusal.isEmpty());
    say({"HSET", "{shop.t}:1", "a", "ghost"});
    const QString changed = told(m_bench.run(*shown));
    QVERIFY2(changed.startsWith(u"changed | Keys of a former table"_s) && changed.contains(u"1 rows"_s),
        qPrintable(changed));
    QCOMPARE(say({"EXISTS", "schema:{shop.t}"}), std::string("0"));
    say({"DEL", "{shop.t}:1"});
    int exec = 0; // it comes when all has been looked at
    MeddledTableLane lane(m_bench.lane(), [&] {
        if (++exec == 1) {
            say({"HSET", "{shop.t}:1", "a", "ghost"});
        }
    });
    const auto report = m_bench.make(create, &lane);
    QVERIFY2(
        told(report).startsWith(u"doubted"_s) && told(report).contains(u"former table"_s), qPrintable(told(report)));
}

void TestSchemaRemains::strangeKeysAreNotOfAFormerTable()
{
    say({"SET", "{shop.t}:cache", "x"});
    QCOMPARE(told(m_bench.make(create)), u"done"_s);
    QCOMPARE(say({"GET", "{shop.t}:cache"}), std::string("x"));
}

/// Made when the last of the old keys is gone, and before it is looked whether they are.
void TestSchemaRemains::aTableThatIsMadeAgainIsToldAsOne()
{
    int looks = 0;
    MeddledTableLane lane(
        m_bench.lane(),
        [&] {
            if (++looks == 1) {
                makeAgain();
            }
        },
        "EXISTS");
    const SchemaChange drop{Kind::DropTable, items};
    const std::optional<TableSchema> before = m_bench.schema();
    for (const char* key : {"schema:{shop.items}", "{shop.items}:idx:meta", "{shop.items}:rows"}) {
        say({"DEL", key});
    }
    const std::optional<TableSchema> none;
    const auto found = verifyChange(lane, {drop, before, none}, {}, {});
    QVERIFY2(found, found ? "" : qPrintable(errorText(found.error())));
    QCOMPARE(found->size(), std::size_t{1});
    QVERIFY2(found->front().contains(u"a table of this name again"_s), qPrintable(found->front()));
}

/// With nothing that nobody has kept while there was no schema: no index, and no counter below a row.
void TestSchemaRemains::rowsOfAFormerTableAreTakenOver()
{
    m_bench.server().make({"DEL schema:{shop.items}", "HSET {shop.items}:1 sku late colour red",
        "HSET {shop.items}:9 sku ghost", "SET {shop.items}:id 1"});
    const auto shown = m_bench.preview(takeOver);
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QCOMPARE(shown->refusal, QString());
    QCOMPARE(shown->rows, std::uint64_t{3});
    QCOMPARE(shown->leftovers, std::uint64_t{4});
    QString notes;
    for (const QString& note : shown->notes) {
        notes += note + u'\n';
    }
    for (const QString& part : {u"3 rows that are listed"_s, u"colour"_s, u"1 keys of rows are not listed"_s}) {
        QVERIFY2(notes.contains(part), qPrintable(notes));
    }
    QCOMPARE(std::ranges::count(shown->lines, std::string("UNLINK {shop.items}:idx:…")), 1);
    const auto report = m_bench.make(takeOver);
    QCOMPARE(told(report), u"done"_s);
    QCOMPARE(report->removed, std::uint64_t{5}); // four entries, and the list of indexed columns
    QCOMPARE(report->archivedKeys, std::uint64_t{5});
    QCOMPARE(report->rowsAfter, std::uint64_t{3});
    QVERIFY(m_bench.schema().isSameAs({items, TableLayout::Braced, takeOver.columns, {}}));
    QCOMPARE(say({"KEYS", "{shop.items}:idx:*"}), std::string());
    QCOMPARE(say({"HGET", "{shop.items}:1", "sku"}), std::string("late"));
    QCOMPARE(say({"TABLE.INSERT", items, "sku=E5"}), std::string("10")); // no row's id, and no ghost's
    QCOMPARE(told(m_bench.make({Kind::AddIndex, items, "sku"})), u"done"_s);
    QCOMPARE(say({"SMEMBERS", "{shop.items}:idx:sku:late"}), std::string("1"));
}

void TestSchemaRemains::whatDoesNotFitIsNotTakenOver_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("type"); // of qty
    QTest::addColumn<QString>("why");
    QTest::addRow("a cell of another type")
        << QByteArray("HSET {shop.items}:2 qty many") << QByteArray("integer") << u"1 of the rows"_s;
    QTest::addRow("another type") << QByteArray("HSET {shop.items}:2 qty 1") << QByteArray("date")
                                  << u"3 of the rows"_s;
    QTest::addRow("no rows") << QByteArray("DEL {shop.items}:rows") << QByteArray("integer") << u"no list of rows"_s;
    QTest::addRow("a list that is none") << QByteArray("RENAME {shop.items}:1 {shop.items}:rows")
                                         << QByteArray("integer") << u"is no set"_s;
}

void TestSchemaRemains::whatDoesNotFitIsNotTakenOver()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, type);
    QFETCH(const QString, why);
    m_bench.server().make({"DEL schema:{shop.items}", line.toStdString()});
    const auto before = allKeys(m_bench.server());
    SchemaChange change = takeOver;
    change.columns[1].typeName = type.toStdString();
    const auto shown = m_bench.preview(change);
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QVERIFY2(shown->refusal.contains(why), qPrintable(shown->refusal));
    QVERIFY(!m_bench.make(change));
    change.columns[0].isIndexed = true; // which would lead to some of them only, until it is built
    const auto indexed = m_bench.preview(change);
    QVERIFY(!indexed);
    QCOMPARE(indexed.error().kind, ErrorKind::Input);
    QCOMPARE(allKeys(m_bench.server()), before);
}

void TestSchemaRemains::whatIsToBeTakenOverIsAsItWasSeen()
{
    say({"DEL", "schema:{shop.items}"});
    const auto shown = m_bench.preview(takeOver);
    QVERIFY2(shown && shown->refusal.isEmpty(), shown ? qPrintable(shown->refusal) : "no preview");
    say({"SADD", "{shop.items}:rows", "77"});
    QVERIFY2(told(m_bench.run(*shown)).startsWith(u"changed"_s), "another row is there");
    QCOMPARE(say({"EXISTS", "schema:{shop.items}"}), std::string("0"));
    QCOMPARE(say({"SISMEMBER", "{shop.items}:idx:meta", "sku"}), std::string("1")); // nothing was done
}

void TestSchemaRemains::aTableThatIsMadeMeanwhileKeepsItsIndexes()
{
    say({"DEL", "schema:{shop.items}"});
    const auto entries = indexEntries(m_bench.server(), items);
    int exec = 0;
    MeddledTableLane lane(m_bench.lane(), [&] {
        if (++exec == 1) {
            say({"HSET", "schema:{shop.items}", "sku", "string"});
        }
    });
    const auto report = m_bench.make(takeOver, &lane);
    QVERIFY2(!report, qPrintable(told(report)));
    QCOMPARE(report.error().kind, ErrorKind::Refused);
    QCOMPARE(indexEntries(m_bench.server(), items), entries);
    QCOMPARE(say({"HGETALL", "schema:{shop.items}"}), std::string("sku\nstring"));
}

void TestSchemaRemains::whatIsLeftOfADropIsTold_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char* name, Kind kind, const char* column, const char* line) {
        QTest::addRow("%s", name) << static_cast<int>(kind) << QByteArray(column) << QByteArray(line);
    };
    row("index", Kind::DropIndex, "sku", "SADD {shop.items}:idx:sku:ZZ 9");
    row("column, an entry", Kind::DropColumn, "sku", "SADD {shop.items}:idx:sku:ZZ 9");
    row("column, a field", Kind::DropColumn, "qty", "HSET {shop.items}:late qty 1"); // with the line below
    row("table", Kind::DropTable, "", "SADD {shop.items}:idx:sku:ZZ 9");
}

/// Written right before the batch that takes the last that was found.
void TestSchemaRemains::whatIsLeftOfADropIsTold()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, column);
    QFETCH(const QByteArray, line);
    int exec = 0;
    MeddledTableLane lane(m_bench.lane(), [&] {
        if (++exec == 2) {
            m_bench.server().make({line.toStdString(), "SADD {shop.items}:rows late"});
        }
    });
    const auto report = m_bench.make({static_cast<Kind>(kind), items, column.toStdString()}, &lane);
    QVERIFY2(report && report->status == State::Doubted, qPrintable(told(report)));
    QVERIFY2(report->findings.size() == 1, qPrintable(told(report)));
    const bool isField = line.startsWith("HSET");
    QVERIFY2(told(report).contains(isField ? u"1 rows have a field qty"_s : u"something left"_s), //
        qPrintable(told(report)));
}

void TestSchemaRemains::aLineThatIsLostOnTheWayIsHalfDone_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("hasArrived"); // what was on its way when the line was lost
    for (const bool hasArrived : {false, true}) {
        const char* const how = hasArrived ? "the answer is lost" : "the words are lost";
        QTest::addRow("rows are taken over, %s", how) << static_cast<int>(Kind::CreateTable) << hasArrived;
        QTest::addRow("an index is added, %s", how) << static_cast<int>(Kind::AddIndex) << hasArrived;
        QTest::addRow("leftovers are dropped, %s", how) << static_cast<int>(Kind::DropTable) << hasArrived;
    }
}

/// Before the schema is touched, what is in the way goes: an error would say that nothing was done.
void TestSchemaRemains::aLineThatIsLostOnTheWayIsHalfDone()
{
    QFETCH(const int, kind);
    QFETCH(const bool, hasArrived);
    const bool isOfIndex = static_cast<Kind>(kind) == Kind::AddIndex;
    const SchemaChange change = static_cast<Kind>(kind) == Kind::CreateTable ? takeOver
        : isOfIndex ? SchemaChange{Kind::AddIndex, items, "qty"}
                    : SchemaChange{Kind::DropTable, items};
    const std::string entry = isOfIndex ? "{shop.items}:idx:qty:99999" : "{shop.items}:idx:sku:A1";
    m_bench.server().make({isOfIndex ? "SADD {shop.items}:idx:qty:99999 1" : "DEL schema:{shop.items}"});
    int exec = 0;
    MeddledTableLane lane(m_bench.lane(), [&] {
        if (++exec == 1) {
            if (hasArrived) {
                say({"UNLINK", entry});
            }
            m_bench.server().server().command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        }
    });
    const auto report = m_bench.make(change, &lane);
    QVERIFY2(report, qPrintable(told(report)));
    QVERIFY2(report->lineWasLost, qPrintable(told(report)));
    QVERIFY(report->archivedKeys > 0 && !report->archiveFile.isEmpty());
    if (static_cast<Kind>(kind) == Kind::DropTable) {
        QCOMPARE(report->status, State::Doubted);
        QVERIFY2(told(report).contains(u"Drop it once more"_s), qPrintable(told(report)));
    } else {
        QCOMPARE(report->status, State::Stopped);
        QVERIFY2(told(report).contains(report->archiveFile), qPrintable(told(report)));
        QVERIFY2(told(report).contains(u"Run it again"_s), qPrintable(told(report)));
    }
    QCOMPARE(told(m_bench.make(change)), u"done"_s); // as it says
    QCOMPARE(say({"EXISTS", entry}), std::string("0"));
}

/// The old entries are gone when somebody adds a row: that the table is another one is not all there is to tell.
void TestSchemaRemains::anotherOnTheWayIsHalfDoneToo()
{
    say({"DEL", "schema:{shop.items}"});
    int exec = 0;
    MeddledTableLane lane(m_bench.lane(), [&] {
        if (++exec == 2) { // the first takes the entries
            say({"SADD", "{shop.items}:rows", "77"});
        }
    });
    const auto report = m_bench.make(takeOver, &lane);
    QVERIFY2(report && report->status == State::Stopped, qPrintable(told(report)));
    QVERIFY2(told(report).contains(u"not as the preview saw it"_s), qPrintable(told(report)));
    QVERIFY2(told(report).contains(report->archiveFile), qPrintable(told(report)));
    QCOMPARE(say({"KEYS", "{shop.items}:idx:*"}), std::string()); // which is why
    QCOMPARE(say({"EXISTS", "schema:{shop.items}"}), std::string("0"));
}

QTEST_GUILESS_MAIN(TestSchemaRemains)
#include "tst_schemaremains.moc"
