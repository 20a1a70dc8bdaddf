// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/modulefacts.h"
#include "core/table/tableprobe.h"
#include "tests/core/table/tablefixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestTableFacts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheModule_data();
    void findsTheModule();
    void asksForACommandWhereModulesAreHidden();
    void tellsThatItIsMissing();
    void saysWhichPermissionIsMissing();
    void mayDoAll();
    void writesAreAskedAndNotMade_data();
    void writesAreAskedAndNotMade();
    void whatMayNotBeAskedIsNotKnown();
    void withoutTransactionsNothingIsEdited();
    void warnsOfReplicasAndTheAof();
    void whetherThereAreReplicasMayNotBeKnown();
    void readsASchemaByItsKeys();
    void aTableThatIsMissingIsToldAsFarAsKnown();
    void aTableOnItsWayIsToldAsOne();
    void readsTheLayoutOfOldTables();
    void differencesAreLines();

private:
    std::unique_ptr<TableServer> m_probed; ///< Shared by the rows of one test.
    int m_users = 0;
};

void TestTableFacts::findsTheModule_data()
{
    QTest::addColumn<QByteArray>("argument");
    QTest::addColumn<quint64>("limit");
    QTest::addColumn<QByteArray>("ignored");
    QTest::addRow("not set") << QByteArray() << quint64{100'000} << QByteArray();
    QTest::addRow("set") << QByteArray("5000") << quint64{5000} << QByteArray();
    QTest::addRow("too small, so ignored") << QByteArray("10") << quint64{100'000} << QByteArray("10");
    QTest::addRow("too large, so ignored") << QByteArray("10000001") << quint64{100'000} << QByteArray("10000001");
}

void TestTableFacts::findsTheModule()
{
    QFETCH(const QByteArray, argument);
    QFETCH(const quint64, limit);
    QFETCH(const QByteArray, ignored);
    TableServer server(TableHazards{.scanLimitArgument = argument.toStdString()});
    const auto module = fetchTableModule(*tableLane(server), {});
    QVERIFY(module);
    QCOMPARE(module->state, TableModule::State::Loaded);
    QCOMPARE(module->version, std::optional<std::int64_t>(1));
    QCOMPARE(module->scanLimit, std::optional<std::uint64_t>(limit));
    QCOMPARE(QByteArray::fromStdString(module->ignoredLimit), ignored);
}

void TestTableFacts::asksForACommandWhereModulesAreHidden()
{
    ServerOptions options;
    options.aclLines = {u"user default on nopass ~* &* +@all"_s, u"user some on >pw ~* +@all -module"_s};
    TableServer server(TableHazards{.hidesModules = true}, options);
    const auto module = fetchTableModule(*tableLane(server, u"some"_s), {});
    QVERIFY(module);
    QCOMPARE(module->state, TableModule::State::Loaded);
    QVERIFY(!module->scanLimit);
}

void TestTableFacts::tellsThatItIsMissing()
{
    const auto plain = RedisServer::start();
    ConnectionOptions options;
    options.endpoint.socketPath = plain->socketPath();
    const auto lane = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
    const auto module = fetchTableModule(*lane, {});
    QVERIFY(module);
    QCOMPARE(module->state, TableModule::State::Missing);
    QVERIFY(!module->mayBeUsed());
}

void TestTableFacts::saysWhichPermissionIsMissing()
{
    ServerOptions options; // what reads, but of the name alone; and TABLE.SELECT with that
    options.aclLines = {u"user default on nopass ~* &* +@all"_s, u"user some on >pw ~shop.items +@all"_s};
    TableServer server({}, options);
    makeShop(server);
    const auto found = probeTable(*tableLane(server, u"some"_s), TableKeys("shop.items"), true, {});
    QVERIFY2(found, found ? "" : qPrintable(errorText(found.error())));
    QVERIFY(!found->mayRead);
    QVERIFY(!found->mayWrite);
    QVERIFY(found->mayModule);
    const QString missing = QStringList(found->missing.begin(), found->missing.end()).join(u'\n');
    QVERIFY2(missing.contains(u"~schema:{shop.items}"_s), qPrintable(missing));
    QVERIFY2(missing.contains(u"~{shop.items}:*"_s), qPrintable(missing));
    const auto schema = fetchTableSchema(*tableLane(server, u"some"_s), "shop.items", {});
    QVERIFY(!schema);
    QCOMPARE(schema.error().kind, ErrorKind::Permission);
    QVERIFY2(schema.error().detail.contains(u"~{shop.items}:*"_s), qPrintable(schema.error().detail));
}

void TestTableFacts::mayDoAll()
{
    TableServer server;
    makeShop(server);
    const std::string before = server.command({"TABLE.SELECT", "shop.items"});
    auto found = probeTable(*tableLane(server), TableKeys("shop.items"), true, {});
    QVERIFY(found);
    QVERIFY2(found->missing.empty(), found->missing.empty() ? "" : qPrintable(found->missing.front()));
    QVERIFY(found->mayRead && found->mayWrite && found->mayModule);
    QCOMPARE(server.command({"TABLE.SELECT", "shop.items"}), before); // nothing was changed
    found = probeTable(
        *tableLane(server, {}, GateRules{false, Environment::Production}), TableKeys("shop.items"), true, {});
    QVERIFY(found && found->missing.empty()); // what the gate would ask for takes a yes, and no permission
    QVERIFY(found->mayRead && found->mayWrite && found->mayInsert && found->mayAlter && found->mayModule);
    if (server.twin()) {
        server.twin()->set(TableHazards{.forbidden = {"table.select"}});
        found = probeTable(*tableLane(server), TableKeys("shop.items"), true, {});
        QVERIFY(found && found->mayRead && !found->mayModule);
        QVERIFY(found->missing.front().contains(u"+table.select"_s));
    }
}

void TestTableFacts::writesAreAskedAndNotMade_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<bool>("hasDryRun");
    QTest::addColumn<bool>("mayWrite");
    QTest::addColumn<bool>("mayInsert");
    QTest::addColumn<bool>("mayAlter");
    struct Row {
        const char* command;
        bool mayWrite;
        bool mayAlter;
        bool mayInsert = true; // beside editing
    };
    for (const bool hasDryRun : {true, false}) {
        const char* const how = hasDryRun ? "" : ", without ACL";
        for (const Row& row : {Row{"hset", false, false}, {"hdel", false, false}, {"sadd", false, false},
                 {"srem", false, false}, {"set", true, true, false}, {"del", true, false}, {"unlink", true, false},
                 {"restore", true, true}, {"watch", false, true}, {"exec", false, true}, {"sismember", false, true},
                 {"exists", true, true, false}, {"get", true, true, false}, {"dump", true, true},
                 {"scan", true, false}}) {
            QTest::addRow("%s%s", row.command, how)
                << QString::fromLatin1(row.command) << hasDryRun << row.mayWrite << row.mayInsert << row.mayAlter;
        }
    }
}

void TestTableFacts::writesAreAskedAndNotMade()
{
    QFETCH(const QString, command);
    QFETCH(const bool, hasDryRun);
    QFETCH(const bool, mayWrite);
    QFETCH(const bool, mayInsert);
    QFETCH(const bool, mayAlter);
    if (!m_probed) {
        m_probed = std::make_unique<TableServer>();
        makeShop(*m_probed);
    }
    const std::string user = "u" + std::to_string(++m_users);
    m_probed->server().command(
        {"ACL", "SETUSER", user, "on", ">pw", "~*", "+@all", "-" + command.toStdString(), hasDryRun ? "+acl" : "-acl"});
    const auto lane = tableLane(*m_probed, QString::fromStdString(user));
    m_probed->server().command({"CONFIG", "RESETSTAT"});
    const auto found = probeTable(*lane, TableKeys("shop.items"), true, {});
    QVERIFY2(found, found ? "" : qPrintable(errorText(found.error())));
    const QString stats = QString::fromStdString(m_probed->server().command({"INFO", "commandstats"}));
    for (const QString& name : {u"hset"_s, u"hdel"_s, u"sadd"_s, u"srem"_s, u"set"_s, u"del"_s, u"unlink"_s,
             u"restore"_s}) { // what is refused is no call
        const qsizetype at = stats.indexOf(u"cmdstat_%1:"_s.arg(name));
        QVERIFY2(at < 0 || stats.mid(at).startsWith(u"cmdstat_%1:calls=0,"_s.arg(name)), qPrintable(stats.mid(at, 60)));
    }
    const QStringList ofBoth{u"hset"_s, u"hdel"_s, u"sadd"_s, u"srem"_s, u"del"_s}; // rows and the schema
    QCOMPARE(found->missing.size(), ofBoth.contains(command) ? std::size_t{2} : std::size_t{1});
    QVERIFY2(found->missing.front().startsWith(u'+' + command + u' '), qPrintable(found->missing.front()));
    QCOMPARE(found->mayWrite, mayWrite);
    QCOMPARE(found->mayInsert, mayInsert);
    QCOMPARE(found->mayAlter, mayAlter);
    QVERIFY(found->mayRead && !found->isWritingUnknown);
    QVERIFY(lane->pipeline(std::array{Command{"PING"}}, {})->front().text == "PONG"); // and not QUEUED
}

/// In a cluster a queued command could be led elsewhere, and be carried out there.
void TestTableFacts::whatMayNotBeAskedIsNotKnown()
{
    ServerOptions options;
    options.aclLines = {u"user default on nopass ~* &* +@all"_s, u"user some on >pw ~* +@all -acl -hset"_s};
    TableServer server({}, options);
    makeShop(server);
    const auto found = probeTable(*tableLane(server, u"some"_s), TableKeys("shop.items"), false, {});
    QVERIFY(found && found->isWritingUnknown);
    QVERIFY(found->missing.empty());
    QVERIFY(found->mayWrite);
}

void TestTableFacts::withoutTransactionsNothingIsEdited()
{
    ServerOptions options;
    options.aclLines = {u"user default on nopass ~* &* +@all"_s, u"user some on >pw ~* +@all -acl -multi"_s};
    TableServer server({}, options);
    makeShop(server);
    const std::string before = server.command({"TABLE.SELECT", "shop.items"});
    const auto found = probeTable(*tableLane(server, u"some"_s), TableKeys("shop.items"), true, {});
    QVERIFY(found && !found->mayWrite && !found->mayAlter);
    QVERIFY(!found->missing.empty() && found->missing.front().startsWith(u"+multi"_s));
    QCOMPARE(server.command({"TABLE.SELECT", "shop.items"}), before);
    QCOMPARE(server.command({"EXISTS", "{shop.items}:0"}), std::string("0"));
}

void TestTableFacts::warnsOfReplicasAndTheAof()
{
    TableServer server;
    auto around = fetchTableSurroundings(*tableLane(server), {});
    QVERIFY(around && around->hasInfo);
    QVERIFY2(around->warning().isEmpty(), qPrintable(around->warning()));
    server.server().command({"CONFIG", "SET", "appendonly", "yes"});
    around = fetchTableSurroundings(*tableLane(server), {});
    QVERIFY(around && around->writesAof);
    QVERIFY(around->warning().contains(u"append-only"_s));
    const auto replica =
        RedisServer::start(QStringList{u"--replicaof"_s, u"127.0.0.1"_s, QString::number(server.server().port())});
    QTRY_VERIFY_WITH_TIMEOUT(
        fetchTableSurroundings(*tableLane(server), {})->warning().contains(u"replicas nor"_s), 20'000);
    QVERIFY(!around->nodeTimeout);
}

/// Not to know is no reason to keep still.
void TestTableFacts::whetherThereAreReplicasMayNotBeKnown()
{
    TableServer server;
    server.server().command({"ACL", "SETUSER", "some", "reset", "on", ">pw", "~*", "+@all", "-info", "-config"});
    const auto around = fetchTableSurroundings(*tableLane(server, u"some"_s), {});
    QVERIFY(around && !around->hasInfo && !around->isCluster && !around->nodeTimeout);
    QVERIFY2(around->warning().contains(u"may not be asked"_s), qPrintable(around->warning()));
}

void TestTableFacts::readsASchemaByItsKeys()
{
    TableServer server;
    makeShop(server);
    const auto lane = tableLane(server, {}, GateRules{true, Environment::Production});
    const auto schema = fetchTableSchema(*lane, "shop.items", {});
    QVERIFY(schema);
    QCOMPARE(schemaLines(*schema),
        (std::vector<std::string>{"made date indexed", "price float", "qty integer", "sku string indexed"}));
    QCOMPARE(schema->layout, TableLayout::Braced);
    QCOMPARE(fetchTableSchema(*lane, "shop.none", {}).error().kind, ErrorKind::Gone);
    server.server().command({"SADD", "{shop.items}:idx:meta", "lost"});
    QCOMPARE(fetchTableSchema(*lane, "shop.items", {})->strayIndexes, std::vector<std::string>{"lost"});
    server.server().command({"SET", "schema:{shop.odd}", "1"}); // a marker that looks like a table
    QCOMPARE(fetchTableSchema(*lane, "shop.odd", {}).error().kind, ErrorKind::WrongType);
}

/// That it was there once is not known, unless something of it is left.
void TestTableFacts::aTableThatIsMissingIsToldAsFarAsKnown()
{
    TableServer server;
    makeShop(server);
    const auto lane = tableLane(server);
    const Error never = fetchTableSchema(*lane, "shop.none", {}).error();
    QVERIFY2(never.detail.contains(u"No key schema:{shop.none}"_s), qPrintable(never.detail));
    QVERIFY2(!errorText(never).contains(u"any more"_s), qPrintable(errorText(never)));
    server.server().command({"DEL", "schema:{shop.items}"});
    const Error lost = fetchTableSchema(*lane, "shop.items", {}).error();
    QCOMPARE(lost.kind, ErrorKind::Gone);
    QVERIFY2(lost.detail.contains(u"other keys of it are"_s), qPrintable(lost.detail));
    const Error strange = fetchTableSchema(*lane, "items", {}).error();
    QCOMPARE(strange.kind, ErrorKind::Input);
    QVERIFY2(strange.detail.contains(u"NAMESPACE.TABLE"_s), qPrintable(strange.detail));
}

void TestTableFacts::aTableOnItsWayIsToldAsOne()
{
    const TableKeys keys("shop.items");
    const Error told = aboutTable({ErrorKind::Server, {}, u"ASK 8217 127.0.0.1:7003"_s}, keys);
    QCOMPARE(told.kind, ErrorKind::Refused);
    QVERIFY2(told.detail.contains(u"on its way"_s) && !told.detail.contains(u"ASK"_s), qPrintable(told.detail));
    const Error other = aboutTable({ErrorKind::Server, {}, u"ERR asking"_s}, keys);
    QCOMPARE(other.detail, u"ERR asking"_s);
}

void TestTableFacts::readsTheLayoutOfOldTables()
{
    TableServer server;
    server.make({"HSET schema:old.t a string b integer", "SADD idx:meta:old.t a", "HSET old.t:1 a x b 2",
        "SADD rows:old.t 1", "SADD idx:old.t:a:x 1"});
    const auto lane = tableLane(server);
    const auto schema = fetchTableSchema(*lane, "old.t", {});
    QVERIFY(schema);
    QCOMPARE(schema->layout, TableLayout::Plain);
    QCOMPARE(schemaLines(*schema), (std::vector<std::string>{"a string indexed", "b integer"}));
    RowReader reader(*lane, *schema);
    const auto page = reader.page({}, {}, {});
    QVERIFY(page);
    QCOMPARE(shown(*schema, page->rows), std::vector<std::string>{"1{a=x b=2}"});
    QCOMPARE(checkCells(*schema, {{"a", "y"}}).error().kind, ErrorKind::Unsupported);
}

void TestTableFacts::differencesAreLines()
{
    const TableSchema before{"a.t", TableLayout::Braced, {{"x", "string", true}, {"y", "integer", false}}, {}};
    TableSchema after = before;
    QVERIFY(before.isSameAs(after));
    std::swap(after.columns[0], after.columns[1]);
    QVERIFY(before.isSameAs(after)); // order means nothing
    after.columns = {{"x", "string", false}, {"y", "integer", false}, {"z", "date", false}};
    QVERIFY(!before.isSameAs(after));
    QCOMPARE(schemaDiff(before, after),
        (std::vector<std::string>{"-x string indexed", "+x string", " y integer", "+z date"}));
}

QTEST_GUILESS_MAIN(TestTableFacts)
#include "tst_tablefacts.moc"
