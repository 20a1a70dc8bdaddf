// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass table` itself, as a script would start it.
#include "tests/app/program.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/tableserver.h"

#include <QFile>
#include <QJsonArray>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

QJsonArray arrayOf(const Outcome& done)
{
    return QJsonDocument::fromJson(done.out).array();
}

QStringList idsOf(const QJsonArray& rows)
{
    QStringList ids;
    for (const auto& row : rows) {
        ids << row.toObject()[u"id"_s].toString();
    }
    ids.sort();
    return ids;
}

} // namespace

class TestTableCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!m_server) {
            m_server = std::make_unique<TableServer>();
        }
        m_server->command({"FLUSHALL"});
        m_server->make(
            {"TABLE.NAMESPACE.CREATE shop", "TABLE.SCHEMA.CREATE shop.items sku:string:hash qty:integer made:date",
                "TABLE.INSERT shop.items sku=A1 qty=5 made=2024-01-31", "TABLE.INSERT shop.items sku=B2 qty=12",
                "TABLE.INSERT shop.items sku=A1 qty=-7"});
    }
    void lists();
    void showsASchema();
    void writesRows_data();
    void writesRows();
    void queries();
    void explainsAQuery();
    void insertsChangesAndDeletes();
    void dryRunsChangeNothing();
    void asksBeforeManyRowsAreChanged();
    void saysWhatItTakes_data();
    void saysWhatItTakes();
    void altersAndUndoes();
    void undoesADroppedIndex();
    void plansAreMadeHereAndRunThere();
    void waitsAndSaves();
    void repairsWithAnArchive();
    void worksInACluster();

private:
    [[nodiscard]] Outcome table(const QString& sub, const QStringList& words) const
    {
        return run(QStringList{u"table"_s, sub, u"--uri"_s, u"redis://127.0.0.1:%1"_s.arg(m_server->port())} + words);
    }
    std::unique_ptr<TableServer> m_server;
};

void TestTableCommand::lists()
{
    const Outcome done = table(u"list"_s, {});
    QVERIFY2(done.status == 0, done.err.constData());
    const QJsonObject json = done.json();
    QCOMPARE(json[u"module"_s].toObject()[u"state"_s].toString(), u"loaded"_s);
    QCOMPARE(json[u"module"_s].toObject()[u"scan_limit"_s].toInt(), 100'000);
    QCOMPARE(json[u"namespaces"_s].toArray(), QJsonArray{u"shop"_s});
    const QJsonObject items = json[u"tables"_s].toArray().first().toObject();
    QCOMPARE(items[u"table"_s].toString(), u"shop.items"_s);
    QCOMPARE(items[u"rows"_s].toInt(), 3);
    QCOMPARE(items[u"layout"_s].toString(), u"1.1"_s);
    QCOMPARE(items[u"columns"_s].toArray().size(), 3);
    QVERIFY(json[u"whole"_s].toBool());
    QVERIFY(json[u"warning"_s].isNull());
    QVERIFY(table(u"list"_s, {u"--namespace"_s, u"other"_s}).json()[u"tables"_s].toArray().isEmpty());
}

void TestTableCommand::showsASchema()
{
    const Outcome done = table(u"schema"_s, {u"shop.items"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    const QJsonObject sku = done.json()[u"columns"_s].toArray().first().toObject();
    QCOMPARE(sku[u"name"_s].toString(), u"sku"_s);
    QVERIFY(sku[u"indexed"_s].toBool());
    const Outcome none = table(u"schema"_s, {u"shop.none"_s});
    QCOMPARE(none.status, 3);
    QVERIFY2(none.err.contains("shop.none"), none.err.constData());
}

void TestTableCommand::writesRows_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("out");
    QTest::addRow("csv") << QStringList{u"--format"_s, u"csv"_s}
                         << QByteArray("id,sku,qty,made\r\n1,A1,5,2024-01-31\r\n2,B2,12,\r\n3,A1,-7,\r\n");
    QTest::addRow("jsonl") << QStringList{u"--format"_s, u"jsonl"_s, u"--limit"_s, u"1"_s}
                           << QByteArray(R"({"id": "1", "cells": {"sku": "A1", "qty": "5", "made": "2024-01-31"}})"
                                         "\n");
    QTest::addRow("from") << QStringList{u"--format"_s, u"csv"_s, u"--from"_s, u"3"_s}
                          << QByteArray("id,sku,qty,made\r\n3,A1,-7,\r\n");
}

void TestTableCommand::writesRows()
{
    QFETCH(const QStringList, words);
    QFETCH(const QByteArray, out);
    const Outcome done = table(u"rows"_s, QStringList{u"shop.items"_s} + words);
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.out, out);
    m_server->server().command({"SET", "{shop.items}:id", "1"}); // a counter below its rows hides none
    const QByteArrayList wanted = out.split('\n');
    QByteArrayList found = table(u"rows"_s, QStringList{u"shop.items"_s} + words).out.split('\n');
    std::ranges::sort(found); // those above it come as the server has them
    QByteArrayList sorted = wanted;
    std::ranges::sort(sorted);
    QCOMPARE(found, sorted);
}

void TestTableCommand::queries()
{
    const auto ids = [this](const QStringList& words) {
        return idsOf(arrayOf(table(u"query"_s, QStringList{u"shop.items"_s} + words)));
    };
    QCOMPARE(ids({u"sku=A1"_s}), (QStringList{u"1"_s, u"3"_s}));
    QCOMPARE(ids({u"qty<6"_s, u"OR"_s, u"qty>10"_s}), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(ids({u"qty=12"_s}), QStringList{u"2"_s});
    QCOMPARE(ids({u"qty>-100"_s, u"--limit"_s, u"2"_s}).size(), 2);
    QCOMPARE(ids({u"made is missing"_s, u"AND"_s, u"sku=B2"_s}), QStringList{u"2"_s});
    QCOMPARE(ids({u"made is empty"_s}), QStringList());
    const Outcome byModule = table(u"query"_s, {u"shop.items"_s, u"sku=B2"_s, u"--module"_s});
    QCOMPARE(byModule.out, QByteArray("[\n  {\"id\": null, \"cells\": {\"sku\": \"B2\", \"qty\": \"12\"}}\n]\n"));
    const Outcome refused = table(u"query"_s, {u"shop.items"_s, u"qty=12"_s, u"--module"_s});
    QCOMPARE(refused.status, 3);
    m_server->server().command({"HSET", "{shop.items}:1", "sku", "Z"});
    const Outcome stale = table(u"query"_s, {u"shop.items"_s, u"sku=A1"_s});
    QVERIFY2(stale.err.contains("1 stale index entries"), stale.err.constData());
}

void TestTableCommand::explainsAQuery()
{
    const Outcome done = table(u"query"_s, {u"shop.items"_s, u"sku=A1"_s, u"AND"_s, u"qty>1"_s, u"--dry-run"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"index_entries"_s].toArray(), QJsonArray{u"sku=A1"_s});
    const QJsonObject select = done.json()[u"table_select"_s].toObject();
    QVERIFY(select[u"same_answer"_s].toBool());
    QCOMPARE(select[u"tested_rows"_s].toInt(), 2);
    const Outcome other = table(u"query"_s, {u"shop.items"_s, u"qty<6"_s, u"OR"_s, u"qty>10"_s, u"--dry-run"_s});
    QVERIFY(!other.json()[u"table_select"_s].toObject()[u"same_answer"_s].toBool());
    QVERIFY(other.json()[u"index_entries"_s].toArray().isEmpty());
}

void TestTableCommand::insertsChangesAndDeletes()
{
    const Outcome inserted = table(u"insert"_s, {u"shop.items"_s, u"sku=D=4"_s, u"qty=1"_s});
    QVERIFY2(inserted.status == 0, inserted.err.constData());
    QCOMPARE(inserted.json()[u"rows"_s].toArray().first().toObject()[u"id"_s].toString(), u"4"_s);
    const Outcome changed = table(u"update"_s,
        {u"shop.items"_s, u"--where"_s, u"sku=A1"_s, u"--where"_s, u"qty>0"_s, u"--set"_s, u"sku=N"_s, u"--unset"_s,
            u"made"_s, u"--yes"_s});
    QVERIFY2(changed.status == 0, changed.err.constData());
    QCOMPARE(changed.json()[u"done"_s].toInt(), 1);
    QCOMPARE(m_server->command({"TABLE.SELECT", "shop.items", "WHERE", "sku=N"}), std::string("sku\nN\nqty\n5"));
    const Outcome deleted = table(u"delete"_s, {u"shop.items"_s, u"--id"_s, u"1"_s, u"--id"_s, u"4"_s, u"--yes"_s});
    QVERIFY2(deleted.status == 0, deleted.err.constData());
    QCOMPARE(m_server->command({"SMEMBERS", "{shop.items}:rows"}), std::string("2\n3"));
    const Outcome wrong = table(u"insert"_s, {u"shop.items"_s, u"qty=many"_s});
    QCOMPARE(wrong.status, 2);
    QVERIFY2(wrong.err.contains("qty"), wrong.err.constData());
}

void TestTableCommand::dryRunsChangeNothing()
{
    const Outcome done = table(u"delete"_s, {u"shop.items"_s, u"--where"_s, u"sku=A1"_s, u"--dry-run"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"count"_s].toInt(), 2);
    QVERIFY(done.out.contains("SREM {shop.items}:idx:sku:A1 1"));
    const Outcome insert = table(u"insert"_s, {u"shop.items"_s, u"sku=Q"_s, u"--dry-run"_s});
    QVERIFY(insert.out.contains("HSET {shop.items}:4 sku Q"));
    QCOMPARE(m_server->command({"SMEMBERS", "{shop.items}:rows"}), std::string("1\n2\n3"));
    QCOMPARE(m_server->command({"GET", "{shop.items}:id"}), std::string("3"));
}

void TestTableCommand::asksBeforeManyRowsAreChanged()
{
    const Outcome done = table(u"delete"_s, {u"shop.items"_s, u"--where"_s, u"qty>-100"_s});
    QCOMPARE(done.status, 2);
    QVERIFY2(done.err.contains("3 rows") && done.err.contains("--yes"), done.err.constData());
    QCOMPARE(m_server->command({"SCARD", "{shop.items}:rows"}), std::string("3"));
}

void TestTableCommand::saysWhatItTakes_data()
{
    QTest::addColumn<QString>("sub");
    QTest::addColumn<QStringList>("words");
    QTest::addRow("no such thing") << u"frobnicate"_s << QStringList{};
    QTest::addRow("no table") << u"rows"_s << QStringList{};
    QTest::addRow("no rows") << u"delete"_s << QStringList{u"shop.items"_s};
    QTest::addRow("both ways") << u"delete"_s
                               << QStringList{u"shop.items"_s, u"--id"_s, u"1"_s, u"--where"_s, u"qty>1"_s};
    QTest::addRow("no change") << u"update"_s << QStringList{u"shop.items"_s, u"--id"_s, u"1"_s};
    QTest::addRow("no column") << u"query"_s << QStringList{u"shop.items"_s, u"colour=red"_s};
    QTest::addRow("no condition") << u"query"_s << QStringList{u"shop.items"_s, u"qty"_s};
    QTest::addRow("no value") << u"query"_s << QStringList{u"shop.items"_s, u"sku="_s};
    QTest::addRow("no number") << u"rows"_s << QStringList{u"shop.items"_s, u"--limit"_s, u"x"_s};
}

void TestTableCommand::saysWhatItTakes()
{
    QFETCH(const QString, sub);
    QFETCH(const QStringList, words);
    const Outcome done = table(sub, words);
    QCOMPARE(done.status, 2);
    QVERIFY(!done.err.isEmpty());
    QVERIFY(done.out.isEmpty());
}

void TestTableCommand::altersAndUndoes()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"drop.kga"_s);
    const QStringList drop{u"shop.items"_s, u"drop-column"_s, u"made"_s};
    const Outcome preview = table(u"alter"_s, drop + QStringList{u"--dry-run"_s});
    QVERIFY2(preview.status == 0, preview.err.constData());
    QVERIFY(preview.json()[u"memory_used"_s].toDouble() > 0);
    QVERIFY(preview.json()[u"warning"_s].isNull());
    QCOMPARE(table(u"alter"_s, drop + QStringList{u"--yes"_s}).status, 2); // what drops data wants its name
    const Outcome dropped =
        table(u"alter"_s, drop + QStringList{u"--confirm"_s, u"shop.items"_s, u"--archive"_s, file});
    QVERIFY2(dropped.status == 0, dropped.err.constData());
    const QJsonObject archive = dropped.json()[u"archive"_s].toObject();
    QCOMPARE(archive[u"file"_s].toString(), file);
    QCOMPARE(archive[u"keys"_s].toInt(), 3); // the schema, the list of its indexes, and one row
    QCOMPARE(m_server->command({"HEXISTS", "{shop.items}:1", "made"}), std::string("0"));
    QCOMPARE(table(u"undo"_s, {file}).status, 2); // not without --yes
    const Outcome looked = table(u"undo"_s, {file, u"--dry-run"_s});
    QVERIFY2(looked.status == 0, looked.err.constData());
    QCOMPARE(looked.json()[u"change"_s].toString(), u"Drop column made of table shop.items"_s);
    QVERIFY(looked.json()[u"diff"_s].toArray().contains(u"+made date indexed"_s)
        || looked.json()[u"diff"_s].toArray().contains(u"+made date"_s));
    QCOMPARE(m_server->command({"HEXISTS", "schema:{shop.items}", "made"}), std::string("0"));
    const Outcome undone = table(u"undo"_s, {file, u"--yes"_s});
    QVERIFY2(undone.status == 0, undone.err.constData());
    QCOMPARE(undone.json()[u"restored"_s].toInt(), 1);
    QCOMPARE(m_server->command({"HGET", "{shop.items}:1", "made"}), std::string("2024-01-31"));
    QCOMPARE(m_server->command({"HGET", "schema:{shop.items}", "made"}), std::string("date"));
}

/// An index is built anew, from the rows as they are now.
void TestTableCommand::undoesADroppedIndex()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"drop.kga"_s);
    const Outcome dropped =
        table(u"alter"_s, {u"shop.items"_s, u"drop-index"_s, u"sku"_s, u"--yes"_s, u"--archive"_s, file});
    QVERIFY2(dropped.status == 0, dropped.err.constData());
    const Outcome looked = table(u"undo"_s, {file, u"--dry-run"_s});
    QCOMPARE(looked.json()[u"undone_by"_s].toString(), u"Add an index on column sku of table shop.items"_s);
    const Outcome undone = table(u"undo"_s, {file, u"--yes"_s});
    QVERIFY2(undone.status == 0, undone.err.constData());
    QCOMPARE(m_server->command({"SISMEMBER", "{shop.items}:idx:meta", "sku"}), std::string("1"));
    QCOMPARE(m_server->command({"SMEMBERS", "{shop.items}:idx:sku:B2"}), std::string("2"));
}

void TestTableCommand::plansAreMadeHereAndRunThere()
{
    const QTemporaryDir folder;
    const QString plan = folder.filePath(u"plan.json"_s);
    const Outcome made =
        table(u"alter"_s, {u"shop.items"_s, u"drop-index"_s, u"sku"_s, u"--dry-run"_s, u"--save-plan"_s, plan});
    QVERIFY2(made.status == 0, made.err.constData());
    m_server->make({"TABLE.SCHEMA.ALTER shop.items ADD COLUMN other:string"}); // production is not as staging was
    const Outcome looked = table(u"alter"_s, {u"--plan"_s, plan, u"--dry-run"_s});
    QVERIFY(looked.json()[u"drift"_s].toArray().contains(u"+other string"_s));
    const Outcome refused = table(u"alter"_s, {u"--plan"_s, plan, u"--yes"_s});
    QVERIFY(refused.status != 0);
    QCOMPARE(m_server->command({"SISMEMBER", "{shop.items}:idx:meta", "sku"}), std::string("1"));
    m_server->server().command({"HDEL", "schema:{shop.items}", "other"});
    QCOMPARE(table(u"alter"_s, {u"--plan"_s, plan, u"--yes"_s, u"--no-archive"_s}).status, 0);
    QCOMPARE(m_server->command({"SISMEMBER", "{shop.items}:idx:meta", "sku"}), std::string("0"));
}

void TestTableCommand::waitsAndSaves()
{
    const QStringList change{u"shop.items"_s, u"add-index"_s, u"qty"_s, u"--yes"_s};
    const Outcome done = table(u"alter"_s,
        change + QStringList{u"--quiet-below"_s, u"100000"_s, u"--quiet-for"_s, u"1"_s, u"--bgsave"_s, u"both"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QVERIFY(m_server->server().command({"INFO", "commandstats"}).find("cmdstat_bgsave:calls=2") != std::string::npos);
    for (const QStringList& wrong : {QStringList{u"--at"_s, u"soon"_s}, QStringList{u"--quiet-for"_s, u"5"_s},
             QStringList{u"--bgsave"_s, u"sometimes"_s}}) {
        QCOMPARE(table(u"alter"_s, change + wrong).status, 2);
    }
}

void TestTableCommand::repairsWithAnArchive()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"repair.kga"_s);
    m_server->server().command({"HSET", "{shop.items}:9", "sku", "ghost"});
    const Outcome done =
        table(u"check"_s, {u"shop.items"_s, u"--repair"_s, u"--remove-ghosts"_s, u"--archive"_s, file});
    QCOMPARE(done.json()[u"archive"_s].toString(), file);
    QVERIFY(QFile::exists(file));
    QCOMPARE(m_server->command({"EXISTS", "{shop.items}:9"}), std::string("0"));
}

void TestTableCommand::worksInACluster()
{
    const auto cluster = RedisCluster::start(ClusterOptions{.masters = 3, .replicasPerMaster = 0});
    for (const char* name : {"a.t", "b.t", "c.t", "d.t", "e.t"}) { // by plain keys: SCHEMA.CREATE could not make most
        const std::string braced = std::string("{") + name + "}";
        cluster->fill(1, [&](std::size_t) { return RedisServer::Args{"HSET", "schema:" + braced, "x", "string"}; });
        cluster->fill(1, [&](std::size_t) { return RedisServer::Args{"SADD", braced + ":idx:meta", "x"}; });
    }
    const QString uri = u"redis+cluster://127.0.0.1:%1"_s.arg(cluster->seedPort(0));
    const auto table = [&uri](const QStringList& words) {
        return run(QStringList{u"table"_s} + words + QStringList{u"--uri"_s, uri});
    };
    const QJsonObject list = table({u"list"_s}).json();
    QCOMPARE(list[u"tables"_s].toArray().size(), 5);
    QSet<QString> nodes;
    for (const auto& one : list[u"tables"_s].toArray()) {
        nodes.insert(one.toObject()[u"node"_s].toString());
        const QString name = one.toObject()[u"table"_s].toString();
        const Outcome inserted = table({u"insert"_s, name, u"x=1"_s});
        QVERIFY2(inserted.status == 0, inserted.err.constData());
        QCOMPARE(idsOf(arrayOf(table({u"query"_s, name, u"x=1"_s}))), QStringList{u"1"_s});
        QCOMPARE(table({u"delete"_s, name, u"--id"_s, u"1"_s, u"--yes"_s}).status, 0);
    }
    QVERIFY(nodes.size() > 1);
}

QTEST_GUILESS_MAIN(TestTableCommand)
#include "tst_tablecommand.moc"
