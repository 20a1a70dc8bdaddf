// SPDX-License-Identifier: GPL-3.0-or-later
// What `keyglass table` and `keyglass bulk` say of work that is cut off, done by half, or about something odd.
#include "tests/app/program.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/tableserver.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestTableReports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!m_server) {
            m_server = std::make_unique<TableServer>();
        }
        m_server->command({"FLUSHALL"});
        m_server->make({"TABLE.NAMESPACE.CREATE shop", "TABLE.SCHEMA.CREATE shop.items sku:string:hash qty:integer",
            "TABLE.INSERT shop.items sku=A1 qty=5", "TABLE.INSERT shop.items sku=B2 qty=12"});
    }
    void anInterruptedUpdateSaysHowFarItCame();
    void halfImportedRowsAreTold();
    void theOldLayoutIsNamed();
    void bulkPreviewsNameTheTablesTheyTouch();
    void bulkPreviewsNameTablesByDatabase_data();
    void bulkPreviewsNameTablesByDatabase();
    void longChangesTellWhereTheyStand();
    void aSlowLookBeforeAnUndoIsTold();
    void rowsOfAFormerTableAreTakenOver();
    void aRepairMendsAllThatItCounts();
    void namespacesSayWhatIsThere();

private:
    [[nodiscard]] QString uri() const { return u"redis://127.0.0.1:%1"_s.arg(m_server->port()); }
    [[nodiscard]] Outcome table(const QString& sub, const QStringList& words) const
    {
        return run(
            QStringList{u"table"_s, sub, u"--uri"_s, uri()} + words, {}, {u"XDG_DATA_HOME="_s + m_folder.path()});
    }
    std::unique_ptr<TableServer> m_server;
    QTemporaryDir m_folder;
};

void TestTableReports::anInterruptedUpdateSaysHowFarItCame()
{
    constexpr std::size_t rows = 20'000; // which take far longer than a signal
    m_server->server().fill(rows,
        [](std::size_t n) { return TableServer::Args{"HSET", "{shop.items}:" + std::to_string(n + 3), "qty", "1"}; });
    m_server->server().fill(
        rows, [](std::size_t n) { return TableServer::Args{"SADD", "{shop.items}:rows", std::to_string(n + 3)}; });
    m_server->server().command({"SET", "{shop.items}:id", std::to_string(rows + 2)});
    QProcess program;
    program.start(QStringLiteral(KEYGLASS_PROGRAM),
        {u"table"_s, u"update"_s, u"shop.items"_s, u"--uri"_s, uri(), u"--where"_s, u"qty=1"_s, u"--set"_s,
            u"sku=new"_s, u"--yes"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_server->server().command({"EXISTS", "{shop.items}:idx:sku:new"}) == "1", 60'000);
    QCOMPARE(::kill(static_cast<pid_t>(program.processId()), SIGINT), 0);
    QVERIFY(program.waitForFinished(60'000));
    const QByteArray err = program.readAllStandardError();
    const QJsonObject json = QJsonDocument::fromJson(program.readAllStandardOutput()).object();
    const int done = json[u"done"_s].toInt();
    const int unknown = json[u"unknown"_s].toInt();
    const int notBegun = json[u"not_begun"_s].toInt();
    QVERIFY2(done > 0 && notBegun > 0, err.constData());
    QCOMPARE(done + json[u"not_done"_s].toInt(), static_cast<int>(rows)); // each row is accounted for
    QCOMPARE(json[u"rows"_s].toArray().size(), static_cast<qsizetype>(rows));
    QCOMPARE(json[u"rows"_s].toArray().last().toObject()[u"status"_s].toString(), u"not begun"_s);
    const int changed = std::stoi(m_server->server().command({"SCARD", "{shop.items}:idx:sku:new"}));
    QVERIFY2(changed >= done && changed <= done + unknown, qPrintable(QString::number(changed)));
    QVERIFY2(err.contains("not begun"), err.constData());
    QCOMPARE(program.exitCode(), 1); // in part
}

void TestTableReports::halfImportedRowsAreTold()
{
    m_server->server().command({"SET", "{shop.items}:idx:sku:b", "x"});
    QFile csv(m_folder.filePath(u"rows.csv"_s));
    QVERIFY(csv.open(QIODevice::WriteOnly));
    csv.write("sku,qty\na,1\nb,2\nc,3\n");
    csv.close();
    const Outcome done = table(u"import"_s, {u"shop.items"_s, csv.fileName()});
    QCOMPARE(done.status, 1);
    QCOMPARE(done.json()[u"inserted"_s].toInt(), 2);
    QCOMPARE(done.json()[u"half_done"_s].toInt(), 1);
    QCOMPARE(done.json()[u"unknown"_s].toInt(), 0);
    QCOMPARE(done.json()[u"faults"_s].toArray().first().toObject()[u"line"_s].toInt(), 3);
    QVERIFY2(done.err.contains("check the table"), done.err.constData());
}

void TestTableReports::theOldLayoutIsNamed()
{
    m_server->make({"HSET schema:old.t a string", "SADD idx:meta:old.t a", "SET table:old.t:id 1", "SADD rows:old.t 1",
        "HSET old.t:1 a x", "SADD idx:old.t:a:x 1"});
    const QJsonArray listed = table(u"list"_s, {}).json()[u"tables"_s].toArray();
    QCOMPARE(listed.size(), qsizetype{2});
    QCOMPARE(listed.first().toObject()[u"layout"_s].toString(), u"1.0"_s);
    QCOMPARE(listed.last().toObject()[u"layout"_s].toString(), u"1.1"_s);
    QCOMPARE(table(u"schema"_s, {u"old.t"_s}).json()[u"layout"_s].toString(), u"1.0"_s);
    const Outcome checked = table(u"check"_s, {u"old.t"_s});
    QVERIFY2(checked.status == 0, checked.err.constData());
    QCOMPARE(checked.json()[u"layout"_s].toString(), u"1.0"_s);
    QCOMPARE(checked.json()[u"rows"_s].toInt(), 1);
    QCOMPARE(checked.json()[u"keys"_s].toInt(-1), 0);
    QVERIFY(checked.json()[u"rows_only"_s].toBool()); // the keys were not looked through
    for (const QStringList& words : {QStringList{u"check"_s, u"old.t"_s, u"--repair"_s},
             QStringList{u"alter"_s, u"old.t"_s, u"add-index"_s, u"a"_s, u"--yes"_s},
             QStringList{u"insert"_s, u"old.t"_s, u"a=y"_s}}) {
        const Outcome refused = table(words.first(), words.mid(1));
        QVERIFY(refused.status != 0);
        QVERIFY2(refused.err.contains("RedisTABLE 1.0"), refused.err.constData());
    }
}

void TestTableReports::bulkPreviewsNameTheTablesTheyTouch()
{
    m_server->server().command({"SET", "{no.table}:1", "x"}); // looks like a key of a table that is none
    const auto preview = [this](const QString& prefix) {
        return run({u"bulk"_s, u"delete"_s, u"--prefix"_s, prefix, u"--dry-run"_s, u"--uri"_s, uri()}, {},
            {u"XDG_DATA_HOME="_s + m_folder.path()});
    };
    for (const QString& prefix : {u"{shop"_s, u"schema:"_s}) {
        const Outcome done = preview(prefix);
        QVERIFY2(done.status == 0, done.err.constData());
        QCOMPARE(done.json()[u"tables"_s].toArray(), QJsonArray{u"shop.items"_s});
        QVERIFY2(done.err.contains("keys of tables among them (shop.items)"), done.err.constData());
    }
    const Outcome none = preview(u"{no"_s);
    QCOMPARE(none.json()[u"keys"_s].toInt(), 1);
    QVERIFY(none.json()[u"tables"_s].toArray().isEmpty());
    QVERIFY2(!none.err.contains("tables"), none.err.constData());
}

void TestTableReports::bulkPreviewsNameTablesByDatabase_data()
{
    QTest::addColumn<QString>("databases");
    QTest::addColumn<QStringList>("tables");
    QTest::addRow("where the table is") << u"0"_s << QStringList{u"shop.items"_s};
    QTest::addRow("where only the names are") << u"1"_s << QStringList{};
    QTest::addRow("both") << u"0,1"_s << QStringList{u"shop.items"_s};
    QTest::addRow("where another is") << u"2"_s << QStringList{u"other.table"_s};
    QTest::addRow("all of them") << u"0-2"_s << QStringList{u"other.table"_s, u"shop.items"_s};
}

/// A table is one of its own database: a key that is named like one's, elsewhere, is none of it.
void TestTableReports::bulkPreviewsNameTablesByDatabase()
{
    QFETCH(const QString, databases);
    QFETCH(const QStringList, tables);
    m_server->server().command({"SELECT", "1"});
    m_server->server().command({"SET", "{shop.items}:1", "x"});
    m_server->server().command({"SELECT", "2"});
    m_server->server().command({"HSET", "schema:{other.table}", "name", "string"});
    m_server->server().command({"HSET", "{other.table}:1", "name", "x"});
    m_server->server().command({"SELECT", "0"});
    const Outcome done = run(
        {u"bulk"_s, u"delete"_s, u"--prefix"_s, u"{"_s, u"--databases"_s, databases, u"--dry-run"_s, u"--uri"_s, uri()},
        {}, {u"XDG_DATA_HOME="_s + m_folder.path()});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"tables"_s].toArray(), QJsonArray::fromStringList(tables));
    QCOMPARE(done.err.contains("keys of tables"), !tables.isEmpty());
}

void TestTableReports::longChangesTellWhereTheyStand()
{
    const QString at = QDateTime::currentDateTime().addSecs(5).toString(Qt::ISODate);
    const Outcome done =
        table(u"alter"_s, {u"shop.items"_s, u"add-index"_s, u"qty"_s, u"--yes"_s, u"--at"_s, at, u"--no-archive"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QVERIFY2(done.err.contains("waiting for its time"), done.err.constData());
    QVERIFY(done.json()[u"status"_s].toString() == u"done"_s); // and stdout is JSON alone
}

/// What is told once a second is told of the preview too: with this line it takes longer.
void TestTableReports::aSlowLookBeforeAnUndoIsTold()
{
    const QString file = m_folder.filePath(u"undo.kga"_s);
    const Outcome dropped = table(u"alter"_s,
        {u"shop.items"_s, u"drop-column"_s, u"qty"_s, u"--confirm"_s, u"shop.items"_s, u"--archive"_s, file});
    QVERIFY2(dropped.status == 0, dropped.err.constData());
    const FaultProxy slow({{}, m_server->port()}, {.delay = std::chrono::milliseconds(1500)});
    const Outcome looked = run({u"table"_s, u"undo"_s, file, u"--dry-run"_s, u"--timeout"_s, u"30"_s, u"--uri"_s,
        u"redis://127.0.0.1:%1"_s.arg(slow.port())});
    QVERIFY2(looked.status == 0, looked.err.constData());
    QVERIFY2(looked.err.contains("keyglass: looking at the table"), looked.err.constData());
    QCOMPARE(looked.json()[u"diff"_s].toArray().size(), 2);
}

void TestTableReports::rowsOfAFormerTableAreTakenOver()
{
    m_server->server().command({"DEL", "schema:{shop.items}"});
    const QStringList words{u"shop.items"_s, u"create-table"_s, u"sku:string"_s, u"qty:integer"_s, u"--yes"_s};
    const Outcome refused = table(u"alter"_s, words);
    QCOMPARE(refused.status, 3);
    QVERIFY2(refused.err.contains("former table") && refused.err.contains("taken over"), refused.err.constData());
    const Outcome done = table(u"alter"_s, words + QStringList{u"--keep-rows"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"rows_after"_s].toInt(), 2);
    const Outcome rows = table(u"query"_s, {u"shop.items"_s, u"qty>10"_s, u"--format"_s, u"jsonl"_s});
    QVERIFY2(rows.out.contains("B2"), rows.out.constData());
    QCOMPARE(table(u"alter"_s, {u"shop.items"_s, u"add-index"_s, u"sku"_s, u"--yes"_s, u"--keep-rows"_s}).status, 2);
    const QString archive = done.json()[u"archive"_s].toObject()[u"file"_s].toString(); // of its former index
    QVERIFY2(!archive.isEmpty(), done.out.constData());
    const Outcome undone = table(u"undo"_s, {archive, u"--yes"_s}); // the rows were there before it
    QVERIFY(undone.status != 0);
    QVERIFY2(undone.err.contains("its rows would go"), undone.err.constData());
    QVERIFY(table(u"query"_s, {u"shop.items"_s, u"qty>10"_s, u"--format"_s, u"jsonl"_s}).out.contains("B2"));
}

/// More than are named.
void TestTableReports::aRepairMendsAllThatItCounts()
{
    constexpr std::size_t stale = 1500;
    m_server->server().fill(stale,
        [](std::size_t n) { return TableServer::Args{"SADD", "{shop.items}:idx:sku:stale" + std::to_string(n), "1"}; });
    const Outcome done = table(u"check"_s, {u"shop.items"_s, u"--repair"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"repaired"_s].toInt(), static_cast<int>(stale));
    QCOMPARE(done.json()[u"findings"_s].toArray().size(), 1000);
    QCOMPARE(table(u"check"_s, {u"shop.items"_s}).json()[u"counts"_s].toObject().size(), 0);
}

void TestTableReports::namespacesSayWhatIsThere()
{
    const Outcome there = table(u"alter"_s, {u"shop"_s, u"create-namespace"_s, u"--dry-run"_s});
    QVERIFY(there.status != 0);
    QVERIFY2(there.err.contains("already"), there.err.constData());
    QVERIFY2(!there.err.contains("someone else"), there.err.constData()); // nobody has changed it meanwhile
    const Outcome used = table(u"alter"_s, {u"shop"_s, u"drop-namespace"_s, u"--confirm"_s, u"shop"_s});
    QCOMPARE(used.status, 3);
    QVERIFY2(used.err.contains("as things are. It has 1 tables"), used.err.constData());
    const Outcome missing = table(u"alter"_s, {u"nowhere"_s, u"drop-namespace"_s, u"--dry-run"_s});
    QVERIFY(missing.status != 0);
    QVERIFY2(missing.err.contains("no such namespace"), missing.err.constData());
}

QTEST_GUILESS_MAIN(TestTableReports)
#include "tst_tablereports.moc"
