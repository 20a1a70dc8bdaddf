// SPDX-License-Identifier: GPL-3.0-or-later
// What a change finds of former tables and indexes, of damaged keys, and of what others write meanwhile: nothing of it
// is taken for its own, and nothing is called done that is not.
#include "core/table/schemarun.h"
#include "core/table/schemaverify.h"
#include "core/table/tableprobe.h"
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
const SchemaChange create{Kind::CreateTable, "shop.t", {}, {}, {{"a", "string", true}, {"b", "integer", false}}};

} // namespace

class TestSchemaVerify : public QObject {
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
    void aTypeThatMayNotBeAskedIsTold();
    void anotherRowInPlaceOfOneIsIndexed();
    void aRowIsNotEmptiedBehindItsBack();
    void otherColumnsFaultsAreNotThisChanges();
    void whatIsLeftOfADropIsTold_data();
    void whatIsLeftOfADropIsTold();
    void aDamagedTableCanBeDropped();
    void damageIsSaidBeforeAChange();
    void namespacesSayWhatIsThere();
    void tablesOfTheOldLayoutAreNotChanged();
    void onlyWhatAChangeSendsHasToBeAllowed_data();
    void onlyWhatAChangeSendsHasToBeAllowed();
    void whatWasRefusedIsNotAskedAgain();
    void verifyingTellsHowFarItIs();

private:
    Result<SchemaPreview> preview(const SchemaChange& change)
    {
        EditLanes lanes(m_bench.lane());
        SchemaPlace place{lanes, {{&m_bench.lane(), u"here"_s}}, {}, nullptr};
        return previewChange(place, change, {});
    }
    Result<SchemaReport> run(const SchemaPreview& preview, const SchemaProgress& progress = {})
    {
        EditLanes lanes(m_bench.lane());
        SchemaPlace place{lanes, {{&m_bench.lane(), u"here"_s}}, {}, nullptr};
        return runChange(place, preview, {}, progress);
    }
    void makeAgain() { m_bench.server().make({"HSET schema:{shop.items} a string", "SADD {shop.items}:rows 1"}); }
    std::string say(const Args& words) { return m_bench.server().command(words); }
    /// So many that an index is built by the module.
    void fillRows()
    {
        RedisServer& server = m_bench.server().server();
        const auto count = static_cast<std::size_t>(mostRowsByPlainKeys);
        server.fill(count, [](std::size_t n) {
            return Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", std::to_string(n % 100)};
        });
        server.fill(count, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
        server.command({"SET", "{shop.items}:id", "5000"});
    }

    SchemaBench m_bench;
};

void TestSchemaVerify::leftoversOfAFormerIndexGoFirst_data()
{
    QTest::addColumn<bool>("isLarge");
    QTest::addRow("by plain keys") << false;
    QTest::addRow("by the module") << true;
}

void TestSchemaVerify::leftoversOfAFormerIndexGoFirst()
{
    QFETCH(const bool, isLarge);
    if (isLarge) {
        fillRows();
    }
    say({"SADD", "{shop.items}:idx:qty:99999", "1"});
    say({"SADD", "{shop.items}:idx:qty:5", "2"});
    const auto shown = preview({Kind::AddIndex, items, "qty"});
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

void TestSchemaVerify::anIndexOfTooManyEntriesIsNotReplacedInOneGo()
{
    const auto fill = [this](std::size_t upTo) {
        m_bench.server().server().fill(
            upTo, [](std::size_t n) { return Args{"SADD", "{shop.items}:idx:sku:stale" + std::to_string(n), "1"}; });
    };
    fill(100);
    QCOMPARE(told(m_bench.make({Kind::RepairIndex, items, "sku"})), u"done"_s);
    QCOMPARE(m_bench.faults(), std::uint64_t{0});
    fill(static_cast<std::size_t>(mostEntriesInOneGo));
    const auto shown = preview({Kind::RepairIndex, items, "sku"});
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QVERIFY2(shown->refusal.contains(u"add it again"_s), qPrintable(shown->refusal));
    QCOMPARE(told(m_bench.make({Kind::DropIndex, items, "sku"})), u"done"_s); // the way round
    QCOMPARE(told(m_bench.make({Kind::AddIndex, items, "sku"})), u"done"_s);
    QCOMPARE(m_bench.faults(), std::uint64_t{0});
}

/// Written after the leftovers were looked for: the module finds them, and so does the look afterwards.
void TestSchemaVerify::foreignEntriesAreTold()
{
    fillRows();
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

void TestSchemaVerify::aFormerTableIsNotTakenOver_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("a ghost") << QByteArray("HSET {shop.t}:1 a ghost");
    QTest::addRow("an index entry") << QByteArray("SADD {shop.t}:idx:a:ghost 1");
    QTest::addRow("a list of rows") << QByteArray("SADD {shop.t}:rows 1");
    QTest::addRow("a counter") << QByteArray("SET {shop.t}:id 7");
    QTest::addRow("indexed columns") << QByteArray("SADD {shop.t}:idx:meta a");
}

void TestSchemaVerify::aFormerTableIsNotTakenOver()
{
    QFETCH(const QByteArray, line);
    m_bench.server().make({line.toStdString()});
    const auto shown = preview(create);
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QVERIFY2(shown->refusal.contains(u"former table"_s), qPrintable(shown->refusal));
    const auto refused = m_bench.make(create);
    QVERIFY2(!refused, qPrintable(told(refused)));
    QCOMPARE(refused.error().kind, ErrorKind::Conflict);
    QCOMPARE(say({"EXISTS", "schema:{shop.t}"}), std::string("0"));
    QCOMPARE(told(m_bench.make({Kind::DropTable, "shop.t"})), u"done"_s); // as the refusal says
    QCOMPARE(say({"KEYS", "*shop.t*"}), std::string());
    QCOMPARE(told(m_bench.make(create)), u"done"_s);
    QCOMPARE(say({"TABLE.INSERT", "shop.t", "b=1"}), std::string("1"));
    QCOMPARE(say({"HGETALL", "{shop.t}:1"}), std::string("b\n1"));
    QCOMPARE(m_bench.faults(), std::uint64_t{0}); // the other table is as it was
}

void TestSchemaVerify::aGhostThatComesMeanwhileIsSeen()
{
    const auto shown = preview(create);
    QVERIFY(shown && shown->refusal.isEmpty());
    say({"HSET", "{shop.t}:1", "a", "ghost"});
    const QString changed = told(run(*shown));
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

void TestSchemaVerify::strangeKeysAreNotOfAFormerTable()
{
    say({"SET", "{shop.t}:cache", "x"});
    QCOMPARE(told(m_bench.make(create)), u"done"_s);
    QCOMPARE(say({"GET", "{shop.t}:cache"}), std::string("x"));
}

/// Made when the last of the old keys is gone, and before it is looked whether they are.
void TestSchemaVerify::aTableThatIsMadeAgainIsToldAsOne()
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

void TestSchemaVerify::aTypeThatMayNotBeAskedIsTold()
{
    say({"ACL", "SETUSER", "some", "reset", "on", ">pw", "~*", "+@all", "-type"});
    const auto lane = tableLane(m_bench.server(), u"some"_s);
    EditLanes lanes(*lane);
    SchemaPlace place{lanes, {{lane.get(), u"here"_s}}, {}, nullptr};
    for (const Kind kind : {Kind::CreateNamespace, Kind::DropNamespace}) {
        const auto shown = previewChange(place, {kind, "shop"}, {});
        QVERIFY(!shown);
        QVERIFY2(shown.error().kind == ErrorKind::Permission, qPrintable(errorText(shown.error())));
    }
}

/// One row goes and another comes between the list and the WATCH: there are as many as before.
void TestSchemaVerify::anotherRowInPlaceOfOneIsIndexed()
{
    int looks = 0;
    MeddledTableLane lane(
        m_bench.lane(),
        [&] {
            if (++looks == 1) {
                m_bench.server().make({"TABLE.DELETE shop.items WHERE qty>10", "TABLE.INSERT shop.items sku=N qty=77"});
            }
        },
        "SMEMBERS");
    QCOMPARE(told(m_bench.make({Kind::AddIndex, items, "qty"}, &lane)), u"done"_s);
    QVERIFY(looks > 1); // called off, and looked at again
    QCOMPARE(say({"SMEMBERS", "{shop.items}:idx:qty:77"}), std::string("4"));
    QCOMPARE(m_bench.faults(), std::uint64_t{0});
}

void TestSchemaVerify::aRowIsNotEmptiedBehindItsBack()
{
    int exec = 0;
    MeddledTableLane lane(m_bench.lane(), [&] {
        if (++exec == 2) { // the column is none any more, and the rows are about to lose it
            say({"HDEL", "{shop.items}:2", "sku"});
        }
    });
    const auto report = m_bench.make({Kind::DropColumn, items, "qty"}, &lane);
    QVERIFY2(told(report).startsWith(u"doubted | 1 rows"_s), qPrintable(told(report)));
    QCOMPARE(say({"HGETALL", "{shop.items}:2"}), std::string("qty\n12"));
    QCOMPARE(say({"HEXISTS", "{shop.items}:1", "qty"}), std::string("0"));
}

void TestSchemaVerify::otherColumnsFaultsAreNotThisChanges()
{
    say({"HSET", "{shop.items}:1", "qty", "many"});
    QCOMPARE(told(m_bench.make({Kind::ChangeType, items, "made", "string"})), u"done"_s);
    QCOMPARE(m_bench.faults(), std::uint64_t{1}); // it is there all the same
}

void TestSchemaVerify::whatIsLeftOfADropIsTold_data()
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
void TestSchemaVerify::whatIsLeftOfADropIsTold()
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

void TestSchemaVerify::aDamagedTableCanBeDropped()
{
    for (const char* key : {"{shop.items}:rows", "{shop.items}:idx:meta", "{shop.items}:id", "{shop.items}:2"}) {
        say({"DEL", key});
        say({"RPUSH", key, "x"});
    }
    const auto shown = preview({Kind::DropTable, items});
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QVERIFY2(shown->refusal.isEmpty(), qPrintable(shown->refusal));
    const auto isDamage = [](const QString& note) { return note.contains(u"is no set"_s); };
    QCOMPARE(std::ranges::count_if(shown->notes, isDamage), 2);
    QCOMPARE(told(m_bench.make({Kind::DropTable, items})), u"done"_s);
    QCOMPARE(say({"KEYS", "*shop.items*"}), std::string());
}

void TestSchemaVerify::damageIsSaidBeforeAChange()
{
    say({"DEL", "{shop.items}:rows"});
    say({"SET", "{shop.items}:rows", "x"});
    for (const SchemaChange& change : {SchemaChange{Kind::AddIndex, items, "qty"},
             SchemaChange{Kind::ChangeType, items, "qty", "float"}, SchemaChange{Kind::DropColumn, items, "qty"}}) {
        const auto shown = preview(change);
        QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
        QVERIFY2(shown->refusal.contains(u"{shop.items}:rows is no set"_s), qPrintable(shown->refusal));
    }
    QCOMPARE(told(m_bench.make({Kind::DropIndex, items, "sku"})), u"done"_s); // what asks for no rows goes on
    QCOMPARE(say({"KEYS", "{shop.items}:idx:sku:*"}), std::string());
}

void TestSchemaVerify::namespacesSayWhatIsThere()
{
    const auto there = preview({Kind::CreateNamespace, "shop"});
    QVERIFY(!there);
    QCOMPARE(there.error().kind, ErrorKind::Conflict);
    QVERIFY2(there.error().detail.contains(u"already"_s), qPrintable(there.error().detail));
    const auto missing = preview({Kind::DropNamespace, "nowhere"});
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::Gone);
    say({"HSET", "schema:{odd}", "a", "string"});
    for (const Kind kind : {Kind::CreateNamespace, Kind::DropNamespace}) {
        const auto odd = preview({kind, "odd"});
        QVERIFY(!odd);
        QCOMPARE(odd.error().kind, ErrorKind::Conflict);
    }
}

void TestSchemaVerify::tablesOfTheOldLayoutAreNotChanged()
{
    m_bench.server().make({"HSET schema:old.t a string", "SADD rows:old.t 1", "HSET old.t:1 a x"});
    for (const SchemaChange& change : {SchemaChange{Kind::AddColumn, "old.t", "b", "string"},
             SchemaChange{Kind::AddIndex, "old.t", "a"}, SchemaChange{Kind::DropTable, "old.t"},
             SchemaChange{Kind::CreateTable, "old.t", {}, {}, {{"a", "string", false}}}}) {
        const auto shown = preview(change);
        QVERIFY2(!shown && shown.error().kind == ErrorKind::Unsupported,
            shown ? "a preview" : qPrintable(errorText(shown.error())));
        QVERIFY2(shown.error().detail.contains(u"1.0"_s), qPrintable(shown.error().detail));
    }
}

void TestSchemaVerify::onlyWhatAChangeSendsHasToBeAllowed_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("rights");
    QTest::addColumn<QString>("missing"); // of what it says; empty: it may be done
    const QByteArray least("-unlink -dump -srem -hdel -incrby -del -scan");
    QTest::addRow("a column") << static_cast<int>(Kind::AddColumn) << least << QString();
    QTest::addRow("a column, no hset") << static_cast<int>(Kind::AddColumn) << QByteArray("-hset -unlink")
                                       << u"+hset"_s;
    QTest::addRow("an index") << static_cast<int>(Kind::AddIndex) << QByteArray("-hset -srem -unlink -dump")
                              << QString();
    QTest::addRow("an index, no sadd") << static_cast<int>(Kind::AddIndex) << QByteArray("-sadd") << u"+sadd"_s;
    QTest::addRow("a table") << static_cast<int>(Kind::DropTable) << QByteArray("-unlink -hset") << u"+unlink"_s;
}

void TestSchemaVerify::onlyWhatAChangeSendsHasToBeAllowed()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, rights);
    QFETCH(const QString, missing);
    Args user{"ACL", "SETUSER", "some", "reset", "on", ">pw", "~*", "+@all"};
    for (const QByteArray& word : rights.split(' ')) {
        user.push_back(word.toStdString());
    }
    say(user);
    const auto lane = tableLane(m_bench.server(), u"some"_s);
    EditLanes lanes(*lane);
    SchemaPlace place{lanes, {{lane.get(), u"here"_s}}, {}, nullptr};
    const bool isOfColumn = static_cast<Kind>(kind) == Kind::AddColumn;
    const SchemaChange change{static_cast<Kind>(kind), items,
        static_cast<Kind>(kind) == Kind::DropTable ? ""
            : isOfColumn                           ? "note"
                                                   : "qty",
        isOfColumn ? "string" : ""};
    const auto shown = previewChange(place, change, {});
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    if (missing.isEmpty()) {
        QCOMPARE(shown->refusal, QString());
        QCOMPARE(told(runChange(place, *shown, {})), u"done"_s);
        return;
    }
    QVERIFY2(shown->refusal.contains(missing), qPrintable(shown->refusal));
    QCOMPARE(shown->refusal.count(u" (to "_s), 1); // nothing that it does not need
}

/// Where ACL DRYRUN may not be used each question that is refused stands in the server's ACL LOG.
void TestSchemaVerify::whatWasRefusedIsNotAskedAgain()
{
    say({"ACL", "SETUSER", "some", "reset", "on", ">pw", "~*", "+@all", "-acl", "-hset"});
    const auto lane = tableLane(m_bench.server(), u"some"_s);
    EditLanes lanes(*lane);
    KnownRights rights;
    SchemaPlace place{lanes, {{lane.get(), u"here"_s}}, {}, nullptr};
    place.rights = &rights;
    for (const bool isFirst : {true, false}) {
        say({"ACL", "LOG", "RESET"});
        const auto shown = previewChange(place, {Kind::AddColumn, items, "note", "string"}, {});
        QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
        QVERIFY2(shown->refusal.contains(u"+hset"_s), qPrintable(shown->refusal));
        QCOMPARE(m_bench.server().server().list({"ACL", "LOG"}).empty(), !isFirst);
    }
}

void TestSchemaVerify::verifyingTellsHowFarItIs()
{
    fillRows();
    const auto shown = preview({Kind::AddIndex, items, "qty"});
    QVERIFY(shown);
    std::uint64_t most = 0;
    const auto report = run(*shown, [&most](std::uint64_t done, std::uint64_t) { most = std::max(most, done); });
    QCOMPARE(told(report), u"done"_s);
    QVERIFY2(most >= mostRowsByPlainKeys, qPrintable(QString::number(most)));
}

QTEST_GUILESS_MAIN(TestSchemaVerify)
#include "tst_schemaverify.moc"
