// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/bulk/archiverecords.h"
#include "tests/core/table/schemafixture.h"

#include <QFile>
#include <QObject>
#include <QTest>

#include <chrono>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

using Kind = SchemaChange::Kind;
using State = SchemaReport::Status;

namespace {

const SchemaChange dropTable{Kind::DropTable, "shop.items"};
const SchemaChange dropMade{Kind::DropColumn, "shop.items", "made"};

} // namespace

class TestSchemaUndo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench.reset(); }
    void changesHaveTheirInverse_data();
    void changesHaveTheirInverse();
    void rowsAndMemoryAreToldBeforeAndAfter();
    void aPreviewSaysWhatComesBack();
    void aPreviewSaysWhyNot();
    void anArchiveOfAnotherDatabaseIsRefused();
    void aDroppedTableComesBack();
    void aDamagedTableComesBackAsItWas();
    void aDroppedColumnComesBack();
    void aRowThatWasChangedSinceKeepsItsChange();
    void aTableOfThatNameIsNotTouched();
    void aStoppedDropIsUndoneOrGoneOnWith();
    void aTableThatIsDroppedInTwoGoesComesBack_data();
    void aTableThatIsDroppedInTwoGoesComesBack();
    void nothingIsDroppedThatCantBeArchived();
    void whatIsDroppedIsOnTheDiskBefore();
    void othersWriteWhileAColumnComesBack();
    void aDroppedNamespaceIsArchived();
    void anotherArchiveIsRefused();
    void theAofGetsChangesAndUndos();
    void theLineIsLostAtAnyStep_data();
    void theLineIsLostAtAnyStep();
    void anUndoWhoseLineIsLostIsHalfDone_data();
    void anUndoWhoseLineIsLostIsHalfDone();
    void ghostsAreKeptBeforeARepair();

private:
    SchemaBench m_bench;
};

void TestSchemaUndo::changesHaveTheirInverse_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("type");
    const auto row = [](const char* name, Kind kind, const char* column, const char* type = "") {
        QTest::addRow("%s", name) << int(kind) << QByteArray(column) << QByteArray(type);
    };
    row("add column", Kind::AddColumn, "note", "string");
    row("add index", Kind::AddIndex, "qty");
    row("drop index", Kind::DropIndex, "sku");
    row("change type", Kind::ChangeType, "qty", "float");
}

/// A change and its inverse leave every key as it was.
void TestSchemaUndo::changesHaveTheirInverse()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, column);
    QFETCH(const QByteArray, type);
    const auto before = allKeys(m_bench.server());
    const auto schema = m_bench.schema();
    const SchemaChange change{Kind(kind), "shop.items", column.toStdString(), type.toStdString()};
    QCOMPARE(told(m_bench.make(change)), u"done"_s);
    QVERIFY(allKeys(m_bench.server()) != before);
    const auto inverse = inverseOf({change, schema});
    QVERIFY(inverse);
    QCOMPARE(told(m_bench.make(*inverse)), u"done"_s);
    QCOMPARE(allKeys(m_bench.server()), before);
}

void TestSchemaUndo::rowsAndMemoryAreToldBeforeAndAfter()
{
    const auto column = m_bench.make(dropMade);
    const auto filled = m_bench.undo(column->archiveFile);
    QCOMPARE(told(filled), u"done"_s);
    QCOMPARE(filled->rowsBefore, std::uint64_t{3}); // they were there all the time
    QCOMPARE(filled->rowsAfter, std::uint64_t{3});
    QVERIFY(filled->memoryBefore > 0 && filled->memoryAfter > 0);
    const auto table = m_bench.make({Kind::DropTable, "shop.items"});
    const auto back = m_bench.undo(table->archiveFile);
    QCOMPARE(told(back), u"done"_s);
    QCOMPARE(back->rowsBefore, std::uint64_t{0});
    QCOMPARE(back->rowsAfter, std::uint64_t{3});
}

void TestSchemaUndo::aPreviewSaysWhatComesBack()
{
    const auto index = m_bench.make({Kind::DropIndex, "shop.items", "sku"});
    const auto byInverse = m_bench.previewUndo(index->archiveFile);
    QVERIFY(byInverse);
    QCOMPARE(byInverse->inverse, std::optional(SchemaChange{Kind::AddIndex, "shop.items", "sku"}));

    const auto column = m_bench.make(dropMade);
    const auto withColumn = m_bench.previewUndo(column->archiveFile);
    QVERIFY(withColumn);
    QVERIFY(!withColumn->inverse && withColumn->refusal.isEmpty());
    QVERIFY(std::ranges::count(withColumn->diff, std::string("+made date indexed")) == 1);
    QCOMPARE(withColumn->plan.change, dropMade);

    const auto table = m_bench.make(dropTable);
    const auto before = allKeys(m_bench.server());
    const auto withTable = m_bench.previewUndo(table->archiveFile);
    QVERIFY(withTable);
    QVERIFY(withTable->refusal.isEmpty() && !withTable->before && withTable->after);
    QCOMPARE(withTable->after->columns.size(), std::size_t{3});
    QVERIFY(withTable->keys.value_or(0) > 0);
    QCOMPARE(*withTable->keys, static_cast<std::uint64_t>(keysIn(table->archiveFile).size()));
    QCOMPARE(allKeys(m_bench.server()), before); // nothing was done
}

void TestSchemaUndo::aPreviewSaysWhyNot()
{
    const auto column = m_bench.make(dropMade);
    m_bench.server().make({"TABLE.SCHEMA.ALTER shop.items ADD COLUMN made:string"});
    const auto otherType = m_bench.previewUndo(column->archiveFile);
    QVERIFY(otherType);
    QVERIFY2(otherType->refusal.contains(u"another type"_s), qPrintable(otherType->refusal));

    const auto table = m_bench.make(dropTable);
    QVERIFY(m_bench.previewUndo(column->archiveFile)->refusal.contains(u"no such table"_s));
    m_bench.server().make({"TABLE.SCHEMA.CREATE shop.items other:string"});
    const auto again = m_bench.previewUndo(table->archiveFile);
    QVERIFY(again);
    QVERIFY2(again->refusal.contains(u"of this name again"_s), qPrintable(again->refusal));
}

void TestSchemaUndo::anArchiveOfAnotherDatabaseIsRefused()
{
    ArchiveInfo info;
    info.databases = {0, 3};
    QVERIFY(checkUndoDatabase(info, 3));
    const Status other = checkUndoDatabase(info, 1);
    QVERIFY(!other);
    QCOMPARE(other.error().kind, ErrorKind::Input);
}

void TestSchemaUndo::aDroppedTableComesBack()
{
    QVERIFY(m_bench.server().command({"TABLE.INSERT", "shop.items", "sku=ghost", "qty=x"}).starts_with('-'));
    m_bench.server().server().fill(250,
        [](std::size_t n) { return Args{"HSET", "{shop.items}:" + std::to_string(n + 10), "qty", std::to_string(n)}; });
    m_bench.server().server().fill(
        250, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 10)}; });
    m_bench.server().server().command({"SET", "{shop.items}:id", "300"});
    m_bench.server().server().command({"SET", "{shop.itemsX}:1", "another's"});
    const auto before = allKeys(m_bench.server());
    const auto report = m_bench.make(dropTable);
    QCOMPARE(told(report), u"done"_s);
    QVERIFY(!report->archiveFile.isEmpty());
    const auto isOfTable = [](const std::string& line) { return line.find("{shop.items}") != std::string::npos; };
    // A set that several batches take from is kept with each of them.
    QVERIFY(report->archivedKeys >= static_cast<std::uint64_t>(std::ranges::count_if(before, isOfTable)));
    QCOMPARE(m_bench.server().command({"KEYS", "*{shop.items}*"}), std::string());
    const auto undone = m_bench.undo(report->archiveFile);
    QCOMPARE(told(undone), u"done"_s);
    QCOMPARE(allKeys(m_bench.server()), before); // ghosts too
    QCOMPARE(undone->rowsAfter, std::uint64_t{253});
    QCOMPARE(
        m_bench.server().command({"TABLE.SELECT", "shop.items", "WHERE", "sku=B2"}), std::string("sku\nB2\nqty\n12"));
}

/// Of a drop that was stopped the damaged list is still there.
void TestSchemaUndo::aDamagedTableComesBackAsItWas()
{
    const auto damage = [this] { m_bench.server().make({"RPUSH {shop.items}:idx:meta x"}); };
    m_bench.server().make({"DEL {shop.items}:idx:meta"});
    damage();
    const auto before = allKeys(m_bench.server());
    const auto dropped = m_bench.make(dropTable);
    QCOMPARE(told(dropped), u"done"_s);
    damage();
    const auto shown = m_bench.previewUndo(dropped->archiveFile);
    QVERIFY2(shown, shown ? "" : qPrintable(errorText(shown.error())));
    QVERIFY2(shown->refusal.isEmpty(), qPrintable(shown->refusal));
    QCOMPARE(told(m_bench.undo(dropped->archiveFile)), u"done"_s);
    QCOMPARE(allKeys(m_bench.server()), before);
}

void TestSchemaUndo::aDroppedColumnComesBack()
{
    const auto before = allKeys(m_bench.server());
    const auto report = m_bench.make(dropMade);
    QCOMPARE(told(report), u"done"_s);
    QVERIFY(!m_bench.schema().find("made"));
    QCOMPARE(told(m_bench.undo(report->archiveFile)), u"done"_s);
    QCOMPARE(allKeys(m_bench.server()), before);
    QCOMPARE(m_bench.faults(), std::uint64_t{0});
    const auto again = m_bench.undo(report->archiveFile);
    QCOMPARE(told(again), u"done"_s); // nothing is left to do
    QCOMPARE(again->restored, std::uint64_t{0});
}

void TestSchemaUndo::aRowThatWasChangedSinceKeepsItsChange()
{
    const auto report = m_bench.make(dropMade);
    QCOMPARE(told(report), u"done"_s);
    m_bench.server().make({"TABLE.UPDATE shop.items WHERE qty=5 SET sku=New", "TABLE.DELETE shop.items WHERE qty<0",
        "TABLE.INSERT shop.items sku=Later qty=1"});
    const auto undone = m_bench.undo(report->archiveFile);
    QCOMPARE(told(undone), u"done"_s);
    QCOMPARE(undone->restored, std::uint64_t{1});
    QCOMPARE(m_bench.server().command({"HGET", "{shop.items}:1", "sku"}), std::string("New"));
    QCOMPARE(m_bench.server().command({"HGET", "{shop.items}:1", "made"}), std::string("2024-01-31"));
    QCOMPARE(m_bench.server().command({"EXISTS", "{shop.items}:3"}), std::string("0")); // it is not born again
    QCOMPARE(m_bench.server().command({"HEXISTS", "{shop.items}:4", "made"}), std::string("0"));
    QCOMPARE(m_bench.faults(), std::uint64_t{0});
}

void TestSchemaUndo::aTableOfThatNameIsNotTouched()
{
    const auto report = m_bench.make(dropTable);
    QCOMPARE(told(report), u"done"_s);
    m_bench.server().make({"TABLE.SCHEMA.CREATE shop.items other:string", "TABLE.INSERT shop.items other=x"});
    const auto before = allKeys(m_bench.server());
    const auto undone = m_bench.undo(report->archiveFile);
    QVERIFY(!undone);
    QCOMPARE(undone.error().kind, ErrorKind::Refused);
    QCOMPARE(allKeys(m_bench.server()), before);
}

void TestSchemaUndo::aStoppedDropIsUndoneOrGoneOnWith()
{
    for (const bool goesOn : {false, true}) {
        m_bench.reset();
        const auto before = allKeys(m_bench.server());
        std::stop_source stop;
        int exec = 0;
        MeddledTableLane lane(m_bench.lane(), [&] {
            if (++exec == 2) { // the schema is gone, the first keys are about to
                stop.request_stop();
            }
        });
        const auto report = m_bench.make(dropTable, &lane, stop.get_token());
        QVERIFY2(report, qPrintable(told(report)));
        QCOMPARE(report->status, State::Stopped);
        QCOMPARE(m_bench.server().command({"EXISTS", "schema:{shop.items}"}), std::string("0"));
        QVERIFY(m_bench.server().command({"TABLE.SELECT", "shop.items"}).starts_with('-'));
        if (goesOn) {
            QCOMPARE(told(m_bench.make(dropTable)), u"done"_s);
            QCOMPARE(m_bench.server().command({"KEYS", "*shop.items*"}), std::string());
        } else {
            QCOMPARE(told(m_bench.undo(report->archiveFile)), u"done"_s);
            QCOMPARE(allKeys(m_bench.server()), before);
        }
    }
}

void TestSchemaUndo::aTableThatIsDroppedInTwoGoesComesBack_data()
{
    QTest::addColumn<bool>("isRestFirst");
    QTest::addRow("the rest first") << true;
    QTest::addRow("the schema first") << false;
}

/// The first is broken off and the second takes what is left, so that each has its archive with a part of the table.
void TestSchemaUndo::aTableThatIsDroppedInTwoGoesComesBack()
{
    QFETCH(const bool, isRestFirst);
    RedisServer& server = m_bench.server().server();
    server.fill(300,
        [](std::size_t n) { return Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", std::to_string(n)}; });
    server.fill(300, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    server.command({"SET", "{shop.items}:id", "303"});
    const auto before = allKeys(m_bench.server());
    std::stop_source stop;
    int exec = 0;
    MeddledTableLane lane(m_bench.lane(), [&] {
        if (++exec == 3) { // the schema is gone, and the first hundred keys
            stop.request_stop();
        }
    });
    const auto first = m_bench.make(dropTable, &lane, stop.get_token());
    QVERIFY2(first && first->status == State::Stopped, qPrintable(told(first)));
    const auto second = m_bench.make(dropTable);
    QCOMPARE(told(second), u"done"_s);
    QCOMPARE(m_bench.server().command({"KEYS", "*shop.items*"}), std::string());
    QString last = first->archiveFile;
    if (!isRestFirst) {
        const auto half = m_bench.undo(first->archiveFile);
        QVERIFY2(half && half->status == State::Doubted, qPrintable(told(half)));
        QVERIFY2(told(half).contains(u"in more than one go"_s), qPrintable(told(half)));
        const auto shown = m_bench.previewUndo(second->archiveFile);
        QVERIFY(shown);
        QVERIFY2(shown->refusal.contains(u"undo this archive"_s), qPrintable(shown->refusal));
        QVERIFY(!m_bench.undo(second->archiveFile)); // a new table of that name must not get its rows
        const auto third = m_bench.make(dropTable);  // as both say
        QCOMPARE(told(third), u"done"_s);
        last = third->archiveFile;
    }
    const auto rest = m_bench.undo(second->archiveFile);
    QVERIFY2(rest && rest->status == State::Doubted, qPrintable(told(rest)));
    QVERIFY2(told(rest).contains(u"not its schema"_s), qPrintable(told(rest)));
    QCOMPARE(told(m_bench.undo(last)), u"done"_s);
    QCOMPARE(allKeys(m_bench.server()), before);
}

void TestSchemaUndo::nothingIsDroppedThatCantBeArchived()
{
    const auto before = allKeys(m_bench.server());
    EditLanes lanes(m_bench.lane());
    SchemaPlace place{lanes, {{&m_bench.lane(), u"here"_s}}, {}, nullptr};
    const auto preview = previewChange(place, dropTable, {});
    QVERIFY(preview);
    TableArchive archive({u"/proc/no/such/folder/a.kga"_s, {}, {}, 0});
    place.archive = &archive;
    const auto report = runChange(place, *preview, {});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::File);
    QCOMPARE(allKeys(m_bench.server()), before);
}

/// Before each transaction all that it takes away is in the file already.
void TestSchemaUndo::whatIsDroppedIsOnTheDiskBefore()
{
    const QString file = m_bench.newFile();
    std::set<std::string> there;
    for (const std::string& key : m_bench.server().server().list({"KEYS", "*{shop.items}*"})) {
        there.insert(key);
    }
    std::vector<std::size_t> kept;
    MeddledTableLane lane(m_bench.lane(), [&] { kept.push_back(keysIn(file).size()); });
    EditLanes lanes(lane);
    SchemaPlace place{lanes, {{&m_bench.lane(), u"here"_s}}, {}, nullptr};
    const auto preview = previewChange(place, dropTable, {});
    QVERIFY(preview);
    {
        TableArchive archive({file, {}, {}, 0});
        place.archive = &archive;
        QCOMPARE(told(runChange(place, *preview, {})), u"done"_s);
    }
    // The schema and its list of indexes, then all else, then the counter of ids.
    QCOMPARE(kept, (std::vector<std::size_t>{2, there.size() - 1, there.size()}));
    QCOMPARE(keysIn(file), there);
}

void TestSchemaUndo::othersWriteWhileAColumnComesBack()
{
    for (int step = 1; step <= 4; ++step) {
        m_bench.reset();
        const auto report = m_bench.make(dropMade);
        QCOMPARE(told(report), u"done"_s);
        int exec = 0;
        MeddledTableLane lane(m_bench.lane(), [&] {
            if (++exec == step) {
                m_bench.server().make({"TABLE.UPDATE shop.items WHERE qty=5 SET sku=Mine", "HSET {shop.items}:1 qty 6",
                    "TABLE.INSERT shop.items sku=N qty=77"});
            }
        });
        const auto undone = m_bench.undo(report->archiveFile, &lane);
        QCOMPARE(told(undone), u"done"_s);
        if (exec >= step) {
            QCOMPARE(m_bench.server().command({"HGET", "{shop.items}:1", "sku"}), std::string("Mine"));
            QCOMPARE(m_bench.server().command({"SCARD", "{shop.items}:rows"}), std::string("4"));
        }
        QCOMPARE(m_bench.server().command({"HGET", "{shop.items}:1", "made"}), std::string("2024-01-31"));
        QCOMPARE(m_bench.faults(), std::uint64_t{0});
    }
}

void TestSchemaUndo::aDroppedNamespaceIsArchived()
{
    m_bench.server().make({"TABLE.NAMESPACE.CREATE empty"});
    const auto report = m_bench.make({Kind::DropNamespace, "empty"});
    QCOMPARE(told(report), u"done"_s);
    QCOMPARE(keysIn(report->archiveFile), std::set<std::string>{"schema:{empty}"});
}

void TestSchemaUndo::anotherArchiveIsRefused()
{
    const auto report = m_bench.make({Kind::DropIndex, "shop.items", "sku"});
    QCOMPARE(told(report), u"done"_s);
    QVERIFY(!report->archiveFile.isEmpty()); // its entries
    const auto undone = m_bench.undo(report->archiveFile);
    QVERIFY(!undone);
    QCOMPARE(undone.error().kind, ErrorKind::Input);
}

/// What goes by plain keys is there after a restart; so is what was undone.
void TestSchemaUndo::theAofGetsChangesAndUndos()
{
    auto& server = m_bench.server().server();
    server.command({"CONFIG", "SET", "appendfsync", "always"});
    server.command({"CONFIG", "SET", "appendonly", "yes"});
    QTRY_VERIFY_WITH_TIMEOUT(
        QString::fromStdString(server.command({"INFO", "persistence"})).contains(u"aof_rewrite_in_progress:0"_s),
        20'000);
    QCOMPARE(told(m_bench.make({Kind::AddIndex, "shop.items", "qty"})), u"done"_s);
    const auto before = allKeys(m_bench.server());
    const auto dropped = m_bench.make(dropMade);
    QCOMPARE(told(dropped), u"done"_s);
    const auto without = allKeys(m_bench.server());
    const auto again = [this, &server] {
        server.kill();
        server.restart({u"--appendonly"_s, u"yes"_s});
        m_bench.reconnect();
    };
    again();
    QCOMPARE(allKeys(m_bench.server()), without);
    QCOMPARE(told(m_bench.undo(dropped->archiveFile)), u"done"_s);
    again();
    QCOMPARE(allKeys(m_bench.server()), before);
    server.command({"CONFIG", "SET", "appendonly", "no"});
}

void TestSchemaUndo::theLineIsLostAtAnyStep_data()
{
    QTest::addColumn<int>("kind");
    QTest::addRow("table") << int(Kind::DropTable);
    QTest::addRow("column") << int(Kind::DropColumn);
}

/// Wherever a drop breaks off, the archive and what is left make the whole again.
void TestSchemaUndo::theLineIsLostAtAnyStep()
{
    QFETCH(const int, kind);
    const SchemaChange change = Kind(kind) == Kind::DropTable ? dropTable : dropMade;
    for (int step = 1; step <= 4; ++step) {
        m_bench.reset();
        const auto before = allKeys(m_bench.server());
        int exec = 0;
        MeddledTableLane lane(m_bench.lane(), [&] {
            if (++exec == step) {
                m_bench.server().server().command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            }
        });
        std::stop_source stop;
        std::jthread stopper([&stop] { // what never happened is waited for; nobody wants to see all of that
            std::this_thread::sleep_for(std::chrono::milliseconds(700));
            stop.request_stop();
        });
        const auto report = m_bench.make(change, &lane, stop.get_token());
        if (exec < step) {
            QCOMPARE(told(report), u"done"_s);
            break;
        }
        if (!report || allKeys(m_bench.server()) == before) { // nothing was done, and that is told
            QVERIFY(!report || report->status != State::Done);
            QCOMPARE(allKeys(m_bench.server()), before);
            continue;
        }
        QVERIFY(!report->archiveFile.isEmpty());
        const auto undone = m_bench.undo(report->archiveFile);
        QCOMPARE(told(undone), u"done"_s);
        QCOMPARE(allKeys(m_bench.server()), before);
    }
}

void TestSchemaUndo::anUndoWhoseLineIsLostIsHalfDone_data()
{
    theLineIsLostAtAnyStep_data();
}

/// What was on its way may have been done: an error would say that it was not. Once more it goes on.
void TestSchemaUndo::anUndoWhoseLineIsLostIsHalfDone()
{
    QFETCH(const int, kind);
    const auto before = allKeys(m_bench.server());
    const auto dropped = m_bench.make(Kind(kind) == Kind::DropTable ? dropTable : dropMade);
    QCOMPARE(told(dropped), u"done"_s);
    for (int step = 1; step <= 3; ++step) {
        int exec = 0;
        MeddledTableLane lane(m_bench.lane(), [&] {
            if (++exec == step) {
                m_bench.server().server().command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            }
        });
        const auto undone = m_bench.undo(dropped->archiveFile, &lane);
        QVERIFY2(undone, qPrintable(told(undone)));
        if (exec < step) {
            QCOMPARE(told(undone), u"done"_s);
            break;
        }
        QCOMPARE(undone->status, State::Stopped);
        QVERIFY2(undone->lineWasLost && !undone->findings.empty(), qPrintable(told(undone)));
        QVERIFY(m_bench.undo(dropped->archiveFile)); // as the report says
        QCOMPARE(allKeys(m_bench.server()), before);
        const auto again = m_bench.make(Kind(kind) == Kind::DropTable ? dropTable : dropMade);
        QCOMPARE(told(again), u"done"_s);
        QFile::remove(dropped->archiveFile);
        QVERIFY(QFile::rename(again->archiveFile, dropped->archiveFile));
    }
}

void TestSchemaUndo::ghostsAreKeptBeforeARepair()
{
    QVERIFY(m_bench.server().command({"TABLE.INSERT", "shop.items", "sku=ghost", "qty=x"}).starts_with('-'));
    const QString file = m_bench.newFile();
    const auto checked = checkTable(m_bench.lane(), m_bench.schema(), {}, {});
    QVERIFY(checked && checked->count(TableFinding::Kind::GhostRow) == 1);
    {
        EditLanes lanes(m_bench.lane());
        TableArchive archive({file, {}, {}, 0});
        std::uint64_t told = 0;
        const auto repaired = repairTable(lanes, m_bench.schema(), *checked, {.removesGhosts = true}, {}, {}, &archive,
            [&told](std::uint64_t done) { told = done; });
        QVERIFY(repaired);
        QCOMPARE(repaired->archiveFile, file);
        QCOMPARE(told, std::uint64_t(checked->findings.size()));
    }
    QCOMPARE(keysIn(file), std::set<std::string>{"{shop.items}:4"});
    QCOMPARE(m_bench.faults(), std::uint64_t{0});
}

QTEST_GUILESS_MAIN(TestSchemaUndo)
#include "tst_schemaundo.moc"
