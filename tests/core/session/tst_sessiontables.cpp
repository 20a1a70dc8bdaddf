// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as a session gives them, and which keys of its list belong to them.
#include "core/base/errortext.h"
#include "core/index/indexbuilder.h"
#include "core/index/keyroot.h"
#include "core/index/run.h"
#include "core/index/treerows.h"
#include "core/session/schemasession.h"
#include "core/session/session.h"
#include "core/session/tablekeys.h"
#include "core/session/tablequery.h"
#include "core/session/tablesession.h"
#include "tests/servers/tableserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // ms

struct Opened {
    explicit Opened(bool readOnly = false)
        : session(profileOf(server, readOnly))
    {
        server.make(
            {"TABLE.NAMESPACE.CREATE shop", "TABLE.SCHEMA.CREATE shop.items sku:string:hash qty:integer made:date",
                "TABLE.INSERT shop.items sku=A1 qty=5 made=2024-01-31", "TABLE.INSERT shop.items sku=B2 qty=12",
                "TABLE.INSERT shop.items sku=A1 qty=-7"});
        session.open();
        [this] { QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, patience); }();
    }
    static Profile profileOf(const TableServer& server, bool readOnly)
    {
        Profile profile;
        profile.port = server.port();
        profile.readOnly = readOnly;
        return profile;
    }
    template <typename T> [[nodiscard]] static Result<T> answer(const QFuture<Result<T>>& future)
    {
        [&future] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), patience); }();
        return future.resultCount() > 0 ? future.result() : Result<T>(Error{ErrorKind::Timeout, {}, {}});
    }
    /// How often a command was sent, by the server's own count.
    [[nodiscard]] int calls(const std::string& command)
    {
        const std::string stats = server.server().command({"INFO", "commandstats"});
        const std::string lead = "cmdstat_" + command + ":calls=";
        const std::size_t at = stats.find(lead);
        return at == std::string::npos ? 0 : std::stoi(stats.substr(at + lead.size()));
    }
    [[nodiscard]] TableSchema schema() { return answer(session.tables().open("shop.items"))->schema; }

    TableServer server;
    Session session;
};

} // namespace

class TestSessionTables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsAndOpens();
    void rightsAreAskedOnceAConnection();
    void whatWasRefusedIsNotAskedByEveryPreview();
    void readsPagesAndRowsById();
    void queriesRunBesideAndAreStopped();
    void aSlowReaderHoldsTheQueryUp();
    void editsOneAfterTheOther();
    void aReadOnlySessionRefusesEdits();
    void whatRunsEndsWithTheSession();
    void withoutAConnectionEveryAnswerSaysWhy();
    void keysAreKnownByTheirNames_data();
    void keysAreKnownByTheirNames();
    void tablesBelowAPrefix();
    void rootsArePassedOver();
    void aTableIsOneRow_data();
    void aTableIsOneRow();
    void aTableIsOneRowBelowItsRoot();
};

void TestSessionTables::listsAndOpens()
{
    Opened opened;
    const auto found = Opened::answer(opened.session.tables().list().answer);
    QVERIFY(found);
    QCOMPARE(found->list.tables.size(), std::size_t{1});
    QCOMPARE(found->facts.module.state, TableModule::State::Loaded);
    const auto table = Opened::answer(opened.session.tables().open("shop.items"));
    QVERIFY(table);
    QCOMPARE(table->extent.rows, std::uint64_t{3});
    QCOMPARE(table->schema.columns.size(), std::size_t{3});
    const auto facts = Opened::answer(opened.session.tables().facts(table->schema));
    QVERIFY(facts);
    QVERIFY(facts->permissions.missing.empty());
    QCOMPARE(Opened::answer(opened.session.tables().open("shop.none")).error().kind, ErrorKind::Gone);
}

/// As long as they stand: a refusal, a wish to have it read again and another connection have them asked again.
void TestSessionTables::rightsAreAskedOnceAConnection()
{
    Opened opened;
    TableSession& tables = opened.session.tables();
    const TableSchema schema = opened.schema();
    const auto asked = [&opened] { return opened.calls("acl|dryrun"); };
    using Rights = TableSession::Rights;
    QVERIFY(Opened::answer(tables.facts(schema)));
    const int once = asked();
    QVERIFY(once > 0);
    for (int n = 0; n < 3; ++n) {
        const auto facts = Opened::answer(tables.facts(schema));
        QVERIFY(facts && facts->permissions.missing.empty() && facts->permissions.mayWrite);
    }
    QCOMPARE(asked(), once);
    QVERIFY(Opened::answer(tables.facts(schema, Rights::AskedAnew)));
    QCOMPARE(asked(), 2 * once);
    opened.server.server().command({"ACL", "SETUSER", "default", "-hset"});
    const RowEdit edit{RowEdit::Kind::Change, "1", {{"qty", "6"}}};
    const auto edited = Opened::answer(tables.edit("shop.items", {edit}).answer);
    QVERIFY(edited && edited->front().error && edited->front().error->kind == ErrorKind::Permission);
    const auto less = Opened::answer(tables.facts(schema));
    QVERIFY(less);
    QVERIFY(!less->permissions.mayWrite);
    QCOMPARE(asked(), 3 * once);
    opened.server.server().command({"ACL", "SETUSER", "default", "+hset", "-sscan"});
    QCOMPARE(Opened::answer(tables.page(schema, {})).error().kind, ErrorKind::Permission);
    QVERIFY(!Opened::answer(tables.facts(schema))->permissions.mayRead);
    opened.server.server().command({"ACL", "SETUSER", "default", "+sscan"});
    opened.session.close();
    opened.session.open();
    QTRY_COMPARE_WITH_TIMEOUT(opened.session.state(), SessionState::Connected, patience);
    const auto again = Opened::answer(opened.session.tables().facts(schema));
    QVERIFY(again && again->permissions.missing.empty());
}

/// Where ACL DRYRUN may not be used each question that is refused stands in the server's ACL LOG.
void TestSessionTables::whatWasRefusedIsNotAskedByEveryPreview()
{
    Opened opened;
    SchemaSession& schemas = opened.session.schemas();
    const SchemaChange change{SchemaChange::Kind::AddColumn, "shop.items", "note", "string"};
    opened.server.server().command({"ACL", "SETUSER", "default", "-acl|dryrun", "-hset"});
    const auto refusal = [&] {
        const auto preview = Opened::answer(schemas.preview(change).answer);
        return preview ? preview->refusal : errorText(preview.error());
    };
    const QString first = refusal();
    QVERIFY2(first.contains(u"+hset"_s), qPrintable(first));
    const int once = opened.calls("multi");
    QVERIFY(once > 0);
    QCOMPARE(refusal(), first);
    QCOMPARE(opened.calls("multi"), once);
    opened.server.server().command({"ACL", "SETUSER", "default", "+hset"});
    schemas.forgetRights();
    QCOMPARE(refusal(), QString());
}

void TestSessionTables::readsPagesAndRowsById()
{
    Opened opened;
    const TableSchema schema = opened.schema();
    const auto page = Opened::answer(opened.session.tables().page(schema, {}));
    QVERIFY(page);
    QCOMPARE(page->rows.size(), std::size_t{3});
    const auto rows = Opened::answer(opened.session.tables().rowsByIds(schema, 2, 3));
    QVERIFY(rows);
    QCOMPARE(rows->front().id, std::string("2"));
    QCOMPARE(Opened::answer(opened.session.tables().rows(schema, {"3"}))->front().cells[*schema.place("qty")],
        std::optional<std::string>("-7"));
}

void TestSessionTables::queriesRunBesideAndAreStopped()
{
    Opened opened;
    const TableSchema schema = opened.schema();
    const auto query = opened.session.tables().query(schema, {*parseFilter({"qty>0"}), {}, true});
    QSignalSpy ended(query.get(), &TableQuery::ended);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
    QCOMPARE(query->take().size(), std::size_t{2});
    QCOMPARE(query->tally().looked, std::uint64_t{3});
    QVERIFY(!query->error());

    opened.server.server().freeze();
    const auto stuck = opened.session.tables().query(schema, {*parseFilter({"qty>0"}), {}, true});
    QSignalSpy stopped(stuck.get(), &TableQuery::ended);
    stuck->stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patience);
    QCOMPARE(stuck->error()->kind, ErrorKind::Cancelled);
    opened.server.server().thaw();
}

void TestSessionTables::aSlowReaderHoldsTheQueryUp()
{
    constexpr std::size_t rows = 12'000;
    Opened opened;
    opened.server.server().fill(rows,
        [](std::size_t n) { return RedisServer::Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", "1"}; });
    opened.server.server().fill(
        rows, [](std::size_t n) { return RedisServer::Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    const auto query = opened.session.tables().query(opened.schema(), {*parseFilter({"qty>0"}), {}, true});
    QTRY_VERIFY_WITH_TIMEOUT(query->tally().matched >= 5000, patience);
    const std::uint64_t before = query->tally().matched;
    QVERIFY(before < rows); // nobody has taken any
    QVERIFY(query->isRunning());
    std::size_t taken = 0;
    QTRY_VERIFY_WITH_TIMEOUT((taken += query->take().size(), !query->isRunning()), patience);
    taken += query->take().size();
    QCOMPARE(taken, rows + 2);
}

void TestSessionTables::editsOneAfterTheOther()
{
    Opened opened;
    std::vector<RowEdit> edits{{RowEdit::Kind::Change, "2", {{"sku", "C3"}}, {}},
        {RowEdit::Kind::Insert, {}, {{"sku", "D4"}}, {}}, {RowEdit::Kind::Delete, "99", {}, {}},
        {RowEdit::Kind::Delete, "1", {}, {}}};
    const auto previews = Opened::answer(opened.session.tables().preview("shop.items", {edits.front()}).answer);
    QVERIFY(previews);
    QVERIFY(!previews->front().lines.empty());
    const auto results = Opened::answer(opened.session.tables().edit("shop.items", edits).answer);
    QVERIFY(results);
    QCOMPARE(results->size(), std::size_t{4});
    QVERIFY((*results)[0].isDone());
    QCOMPARE((*results)[1].id, std::string("4"));
    QVERIFY(!(*results)[2].isDone());
    QVERIFY((*results)[3].isDone());
    QCOMPARE(opened.server.server().command({"HGET", "{shop.items}:2", "sku"}), std::string("C3"));
    QCOMPARE(opened.server.server().command({"SCARD", "{shop.items}:rows"}), std::string("3"));
}

void TestSessionTables::aReadOnlySessionRefusesEdits()
{
    Opened opened(true);
    const auto results =
        Opened::answer(opened.session.tables().edit("shop.items", {{RowEdit::Kind::Delete, "1", {}, {}}}).answer);
    QVERIFY(results);
    QCOMPARE(results->front().error->kind, ErrorKind::ReadOnly);
    QCOMPARE(opened.server.server().command({"SCARD", "{shop.items}:rows"}), std::string("3"));
}

void TestSessionTables::whatRunsEndsWithTheSession()
{
    Opened opened;
    opened.server.server().freeze();
    const auto work = opened.session.tables().list();
    QVERIFY(opened.session.runningWork().contains(u"work on a table"_s));
    opened.session.close();
    const auto found = Opened::answer(work.answer);
    QVERIFY(!found);
    opened.server.server().thaw();
}

void TestSessionTables::withoutAConnectionEveryAnswerSaysWhy()
{
    Opened opened;
    const TableSchema schema = opened.schema();
    opened.session.close();
    TableSession& tables = opened.session.tables();
    const QTemporaryDir folder;
    QVERIFY(!Opened::answer(tables.list().answer));
    QVERIFY(!Opened::answer(tables.open("shop.items")));
    QVERIFY(!Opened::answer(tables.page(schema, {})));
    QVERIFY(!Opened::answer(tables.edit("shop.items", {{RowEdit::Kind::Delete, "1", {}, {}}}).answer));
    const QString path = folder.filePath(u"rows.csv"_s);
    QVERIFY(!Opened::answer(tables.exportRows({schema, {}, RowFormat::Csv, 3}, path).answer));
    QVERIFY(!QFile::exists(path)); // nothing half-written
    const auto query = tables.query(schema, {});
    QTRY_VERIFY_WITH_TIMEOUT(!query->isRunning(), patience);
    QVERIFY(query->error().has_value());
}

namespace {

std::shared_ptr<const Snapshot> scanned(Opened& opened)
{
    opened.session.startScan({});
    [&] { QTRY_COMPARE_WITH_TIMEOUT(opened.session.scanState(), ScanState::Ended, patience); }();
    return opened.session.snapshot();
}

} // namespace

void TestSessionTables::keysAreKnownByTheirNames_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("isOfTable");
    QTest::addRow("schema") << QByteArray("schema:{shop.items}") << true;
    QTest::addRow("row") << QByteArray("{shop.items}:2") << true;
    QTest::addRow("index") << QByteArray("{shop.items}:idx:sku:a:b") << true;
    QTest::addRow("namespace") << QByteArray("schema:{shop}") << false;
    QTest::addRow("a table that is not there") << QByteArray("{shop.other}:2") << false;
    QTest::addRow("no part of it") << QByteArray("{shop.items}:colour") << false;
    QTest::addRow("another key") << QByteArray("shop.items") << false;
}

void TestSessionTables::keysAreKnownByTheirNames()
{
    QFETCH(const QByteArray, key);
    QFETCH(const bool, isOfTable);
    Opened opened;
    const TableKeyNames names(scanned(opened), false);
    QCOMPARE(names.tableOf(key.toStdString()), isOfTable ? std::optional<std::string>("shop.items") : std::nullopt);
}

void TestSessionTables::tablesBelowAPrefix()
{
    Opened opened;
    opened.server.make({"TABLE.SCHEMA.CREATE shop.orders n:integer", "SET plain:1 v"});
    const TableKeyNames names(scanned(opened), false);
    QCOMPARE(names.tablesBelow("", 10), std::vector<std::string>({"shop.items", "shop.orders"}));
    QCOMPARE(names.tablesBelow("", 1).size(), std::size_t{1});
    QCOMPARE(names.tablesBelow("{shop.items}:idx:", 10), std::vector<std::string>({"shop.items"}));
    QCOMPARE(names.tablesBelow("{shop.", 10).size(), std::size_t{2});
    QVERIFY(names.tablesBelow("plain:", 10).empty());
    QCOMPARE(names.tableOfFolder("{shop.items}:"), std::optional<std::string>("shop.items"));
    QVERIFY(!names.tableOfFolder("{shop.items}:idx:"));
    KeySelection some;
    some.addKey("{shop.items}:2");
    QCOMPARE(names.tablesOf({opened.session.snapshot(), some}, {}, 10), std::vector<std::string>({"shop.items"}));
    QCOMPARE(names.tablesOf({opened.session.snapshot(), {}}, {}, 10).size(), std::size_t{2});
    KeySelection plain;
    plain.addKey("plain:1");
    QVERIFY(names.tablesOf({opened.session.snapshot(), plain}, {}, 10).empty());
}

void TestSessionTables::rootsArePassedOver()
{
    Opened opened;
    opened.session.selectDatabases({0, 1});
    const TableKeyNames names(scanned(opened), true);
    QCOMPARE(names.tableOf(rootOf(0) + "{shop.items}:2"), std::optional<std::string>("shop.items"));
    QVERIFY(!names.tableOf(rootOf(1) + "{shop.items}:2"));
    QCOMPARE(names.tablesBelow(rootOf(0), 10), std::vector<std::string>({"shop.items"}));
    QVERIFY(names.tablesBelow(rootOf(1), 10).empty());
    QVERIFY(Opened::answer(opened.session.tables().open("shop.items"))); // of the first database
}

namespace {

/// The rows of a tree whose folders are all closed but for "schema:".
QStringList topRows(const std::shared_ptr<const Snapshot>& keys, const TreeOptions& options, ExpandedFolders open)
{
    const auto tree = TreeRows::exact(keys, options, std::move(open));
    QStringList names;
    for (const TreeRow& row : tree->rows(0, 100).rows) {
        names << QString::fromStdString(row.bytes).replace(u'\0', u'/');
    }
    return names;
}

} // namespace

void TestSessionTables::aTableIsOneRow_data()
{
    QTest::addColumn<bool>("foldsSingle");
    QTest::addColumn<QString>("separator");
    QTest::addColumn<QStringList>("rows");
    QTest::addRow("each") << true << u":"_s
                          << QStringList{u"other:"_s, u"schema:"_s, u"schema:{shop}"_s, u"schema:{shop.none}"_s,
                                 u"schema:{shop.one}"_s, u"{shop.items}:"_s};
    QTest::addRow("folders of one key, too") << false << u":"_s
                                             << QStringList{u"other:"_s, u"schema:"_s, u"schema:{shop}"_s,
                                                    u"schema:{shop.none}"_s, u"{shop.items}:"_s, u"{shop.one}:"_s};
    QTest::addRow("no such folders") << true << QString()
                                     << QStringList{u"other:1"_s, u"other:2"_s, u"schema:{shop.items}"_s,
                                            u"schema:{shop.none}"_s, u"schema:{shop.one}"_s, u"schema:{shop}"_s,
                                            u"{shop.items}:1"_s, u"{shop.items}:id"_s, u"{shop.one}:idx:meta"_s};
}

/// The folder of its keys; its schema where there is none, or where it is a single key.
void TestSessionTables::aTableIsOneRow()
{
    QFETCH(const bool, foldsSingle);
    QFETCH(const QString, separator);
    QFETCH(const QStringList, rows);
    IndexBuilder builder;
    KeyBatch keys;
    for (const char* key : {"other:1", "other:2", "schema:{shop}", "schema:{shop.items}", "schema:{shop.none}",
             "schema:{shop.one}", "{shop.items}:1", "{shop.items}:id", "{shop.one}:idx:meta"}) {
        keys.append(key);
    }
    builder.add(SmallRun::sorted(std::move(keys)));
    const auto all = builder.publish();
    const TreeOptions options{separator.toStdString(), foldsSingle};
    const auto folded = foldedTables(all, options);
    QStringList sorted = topRows(folded, options, {"schema:"});
    QStringList wanted = rows;
    sorted.sort();
    wanted.sort();
    QCOMPARE(sorted, wanted);
    const TableKeyNames names(all, false);
    if (separator.isEmpty()) {
        QCOMPARE(names.rowOf("schema:{shop.items}", options), (RowId{"schema:{shop.items}", false}));
        return;
    }
    QVERIFY(!folded->contains("schema:{shop.items}"));
    QCOMPARE(names.rowOf("schema:{shop.items}", options), (RowId{"{shop.items}:", true}));
    QCOMPARE(names.rowOf("{shop.items}:1", options), (RowId{"{shop.items}:1", false}));
    QCOMPARE(names.rowOf("{shop.one}:idx:meta", options),
        foldsSingle ? (RowId{"schema:{shop.one}", false}) : (RowId{"{shop.one}:idx:meta", false}));
    QCOMPARE(names.rowOf("other:1", options), (RowId{"other:1", false}));
    QCOMPARE(all->keyCount(), std::uint64_t{9}); // as it was
}

void TestSessionTables::aTableIsOneRowBelowItsRoot()
{
    Opened opened;
    opened.session.selectDatabases({0, 1});
    TreeOptions options;
    options.hasRoots = true;
    const auto all = scanned(opened);
    const auto folded = foldedTables(all, options);
    QCOMPARE(folded->keyCount(), all->keyCount() - 1);
    QVERIFY(!folded->contains(rootOf(0) + "schema:{shop.items}"));
    QCOMPARE(TableKeyNames(all, true).rowOf(rootOf(0) + "schema:{shop.items}", options),
        (RowId{rootOf(0) + "{shop.items}:", true}));
}

QTEST_GUILESS_MAIN(TestSessionTables)
#include "tst_sessiontables.moc"
