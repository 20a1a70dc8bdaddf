// SPDX-License-Identifier: GPL-3.0-or-later
// What a change finds of damaged keys and of what others write meanwhile, and what it says of it: nothing is called
// done that is not.
#include "core/table/schemarun.h"
#include "core/table/tableprobe.h"
#include "tests/core/table/schemafixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

using Kind = SchemaChange::Kind;
Q_DECLARE_METATYPE(keyglass::SchemaChange)

namespace {

const std::string items = "shop.items";

} // namespace

class TestSchemaVerify : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench.reset(); }
    void aTypeThatMayNotBeAskedIsTold();
    void anotherRowInPlaceOfOneIsIndexed();
    void aRowIsNotEmptiedBehindItsBack();
    void otherColumnsFaultsAreNotThisChanges();
    void aDamagedTableCanBeDropped();
    void damageIsSaidBeforeAChange();
    void namespacesSayWhatIsThere();
    void tablesOfTheOldLayoutAreNotChanged();
    void onlyWhatAChangeSendsHasToBeAllowed_data();
    void onlyWhatAChangeSendsHasToBeAllowed();
    void whatCantBeArchivedIsNotBegun_data();
    void whatCantBeArchivedIsNotBegun();
    void whatMayNotBeMeasuredIsTakenAsUsual();
    void whatWasRefusedIsNotAskedAgain();
    void everyStepTellsHowFarItIs_data();
    void everyStepTellsHowFarItIs();
    void whatIsRemovedIsCounted();
    void aNodeThatDoesNotCountIsWalkedAllTheSame();

private:
    std::string say(const Args& words) { return m_bench.server().command(words); }

    SchemaBench m_bench;
};

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

void TestSchemaVerify::aDamagedTableCanBeDropped()
{
    for (const char* key : {"{shop.items}:rows", "{shop.items}:idx:meta", "{shop.items}:id", "{shop.items}:2"}) {
        say({"DEL", key});
        say({"RPUSH", key, "x"});
    }
    const auto shown = m_bench.preview({Kind::DropTable, items});
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
        const auto shown = m_bench.preview(change);
        QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
        QVERIFY2(shown->refusal.contains(u"{shop.items}:rows is no set"_s), qPrintable(shown->refusal));
    }
    QCOMPARE(told(m_bench.make({Kind::DropIndex, items, "sku"})), u"done"_s); // what asks for no rows goes on
    QCOMPARE(say({"KEYS", "{shop.items}:idx:sku:*"}), std::string());
}

void TestSchemaVerify::namespacesSayWhatIsThere()
{
    const auto there = m_bench.preview({Kind::CreateNamespace, "shop"});
    QVERIFY(!there);
    QCOMPARE(there.error().kind, ErrorKind::Refused);
    QVERIFY2(there.error().detail.contains(u"already"_s), qPrintable(there.error().detail));
    const auto missing = m_bench.preview({Kind::DropNamespace, "nowhere"});
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::Gone);
    say({"HSET", "schema:{odd}", "a", "string"});
    for (const Kind kind : {Kind::CreateNamespace, Kind::DropNamespace}) {
        const auto odd = m_bench.preview({kind, "odd"});
        QVERIFY(!odd);
        QCOMPARE(odd.error().kind, ErrorKind::Refused);
    }
}

void TestSchemaVerify::tablesOfTheOldLayoutAreNotChanged()
{
    m_bench.server().make({"HSET schema:old.t a string", "SADD rows:old.t 1", "HSET old.t:1 a x"});
    for (const SchemaChange& change : {SchemaChange{Kind::AddColumn, "old.t", "b", "string"},
             SchemaChange{Kind::AddIndex, "old.t", "a"}, SchemaChange{Kind::DropTable, "old.t"},
             SchemaChange{Kind::CreateTable, "old.t", {}, {}, {{"a", "string", false}}}}) {
        const auto shown = m_bench.preview(change);
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

void TestSchemaVerify::whatCantBeArchivedIsNotBegun_data()
{
    QTest::addColumn<SchemaChange>("change");
    QTest::addColumn<QByteArray>("right");
    for (const char* right : {"dump", "pttl"}) {
        QTest::addRow("an index, %s", right) << SchemaChange{Kind::DropIndex, items, "sku"} << QByteArray(right);
        QTest::addRow("a column, %s", right) << SchemaChange{Kind::DropColumn, items, "sku"} << QByteArray(right);
        QTest::addRow("a table, %s", right) << SchemaChange{Kind::DropTable, items} << QByteArray(right);
    }
}

/// Its schema would be another one, and its keys be left.
void TestSchemaVerify::whatCantBeArchivedIsNotBegun()
{
    QFETCH(const SchemaChange, change);
    QFETCH(const QByteArray, right);
    say({"ACL", "SETUSER", "some", "reset", "on", ">pw", "~*", "+@all", "-" + right.toStdString()});
    const auto lane = tableLane(m_bench.server(), u"some"_s);
    EditLanes lanes(*lane);
    SchemaPlace place{lanes, {{lane.get(), u"here"_s}}, {}, nullptr};
    const auto shown = previewChange(place, change, {});
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QCOMPARE(shown->refusal, QString()); // it can be done, without an archive
    QVERIFY2(shown->unarchivable.contains(u'+' + QString::fromLatin1(right)), qPrintable(shown->unarchivable));
    QCOMPARE(std::ranges::count(shown->notes, shown->unarchivable), 1);
    const auto before = allKeys(m_bench.server());
    TableArchive archive({m_bench.newFile(), {}, {}, 0});
    place.archive = &archive;
    const auto refused = runChange(place, *shown, {});
    QVERIFY2(!refused, qPrintable(told(refused)));
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QCOMPARE(allKeys(m_bench.server()), before);
    place.archive = nullptr;
    QCOMPARE(told(runChange(place, *shown, {})), u"done"_s);
}

void TestSchemaVerify::whatMayNotBeMeasuredIsTakenAsUsual()
{
    say({"ACL", "SETUSER", "some", "reset", "on", ">pw", "~*", "+@all", "-ping", "-srandmember", "-get"});
    const auto lane = tableLane(m_bench.server(), u"some"_s);
    EditLanes lanes(*lane);
    SchemaPlace place{lanes, {{lane.get(), u"here"_s}}, {}, nullptr};
    const auto shown = previewChange(place, {Kind::AddIndex, items, "qty"}, {});
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QCOMPARE(shown->refusal, QString());
    QCOMPARE(told(runChange(place, *shown, {})), u"done"_s); // the counter of ids is none of its matters
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

void TestSchemaVerify::everyStepTellsHowFarItIs_data()
{
    QTest::addColumn<SchemaChange>("change");
    QTest::addColumn<QString>("steps"); // that are told with a number of how many, in order
    const SchemaChange create{Kind::CreateTable, "shop.t", {}, {}, {{"a", "string", false}}};
    QTest::addRow("create a table") << create << u"looks: keys. runs: keys"_s; // it has no rows yet
    QTest::addRow("add an index") << SchemaChange{Kind::AddIndex, items, "qty"}
                                  << u"looks: keys. runs: removing keys rows keys"_s;
    QTest::addRow("repair an index") << SchemaChange{Kind::RepairIndex, items, "sku"}
                                     << u"looks: keys. runs: keys rows keys"_s;
    QTest::addRow("drop an index") << SchemaChange{Kind::DropIndex, items, "sku"} << u"looks: runs: removing keys"_s;
    QTest::addRow("drop a column") << SchemaChange{Kind::DropColumn, items, "qty"} << u"looks: runs: rows"_s;
    QTest::addRow("change a type") << SchemaChange{Kind::ChangeType, items, "qty", "float"}
                                   << u"looks: rows. runs: rows"_s;
    QTest::addRow("drop a table") << SchemaChange{Kind::DropTable, items} << u"looks: runs: removing keys"_s;
}

void TestSchemaVerify::everyStepTellsHowFarItIs()
{
    QFETCH(const SchemaChange, change);
    QFETCH(const QString, steps);
    m_bench.server().server().fill(3000, [](std::size_t n) { return Args{"SET", "k" + std::to_string(n), "x"}; });
    QStringList told{u"looks:"_s};
    std::vector<SchemaStep> all;
    const SchemaProgress progress = [&](const SchemaStep& step) {
        all.push_back(step);
        const QString name = step.kind == SchemaStep::Kind::Removing ? u"removing"_s
            : step.kind == SchemaStep::Kind::Keys                    ? u"keys"_s
                                                                     : u"rows"_s;
        if (step.of > 0 && step.done <= step.of && told.back() != name) {
            told.push_back(name);
        }
    };
    const auto shown = m_bench.preview(change, progress);
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    if (told.size() > 1) {
        told.back() += u'.';
    }
    told.push_back(u"runs:"_s);
    QCOMPARE(test::told(m_bench.run(*shown, progress)), u"done"_s);
    QCOMPARE(told.join(u' '), steps);
    for (const SchemaStep& step : all) {
        const bool isOfNode = step.kind == SchemaStep::Kind::Keys || step.kind == SchemaStep::Kind::Removing;
        QVERIFY(isOfNode ? step.of > 3000 : step.of >= step.done);
    }
}

/// Every key that goes is counted while it goes, and the node's keys are all looked at in the end.
void TestSchemaVerify::whatIsRemovedIsCounted()
{
    m_bench.fillRows();
    const auto shown = m_bench.preview({Kind::DropTable, items});
    QVERIFY(shown);
    std::vector<SchemaStep> removing;
    const auto report = m_bench.run(*shown, [&removing](const SchemaStep& step) {
        if (step.kind == SchemaStep::Kind::Removing) {
            removing.push_back(step);
        }
    });
    QCOMPARE(told(report), u"done"_s);
    QVERIFY(removing.size() > mostRowsByPlainKeys / 1000);
    QCOMPARE(removing.back().done, removing.back().of);
    QVERIFY2(removing.back().removed > mostRowsByPlainKeys, qPrintable(QString::number(removing.back().removed)));
    QVERIFY(std::ranges::is_sorted(removing, {}, &SchemaStep::removed));
}

/// It is known to be about as many only where that may be asked.
void TestSchemaVerify::aNodeThatDoesNotCountIsWalkedAllTheSame()
{
    say({"ACL", "SETUSER", "some", "reset", "on", ">pw", "~*", "+@all", "-dbsize"});
    const auto lane = tableLane(m_bench.server(), u"some"_s);
    const auto table = fetchTableSchema(*lane, items, {});
    QVERIFY(table);
    SchemaStep last;
    const auto report = checkTable(*lane, *table, {}, {}, [&last](const TableReport& so) { last = stepOf(so); });
    QVERIFY2(report, report ? "" : qPrintable(errorText(report.error())));
    QVERIFY(last.kind == SchemaStep::Kind::Keys);
    QVERIFY(last.done > 0);
    QCOMPARE(last.of, std::uint64_t{0});
}

QTEST_GUILESS_MAIN(TestSchemaVerify)
#include "tst_schemaverify.moc"
