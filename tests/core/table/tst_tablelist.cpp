// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tablelist.h"
#include "tests/core/table/tablefixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestTableList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!m_server) {
            m_server = std::make_unique<TableServer>();
        }
        m_server->command({"FLUSHALL"});
        if (m_server->twin()) {
            m_server->twin()->set({});
            m_server->twin()->forgetCommands();
        }
    }
    void listsTables();
    void listsEachTableOnceHoweverManyNodesHaveIt();
    void namesNodesThatFail();
    void marksWhatIsOdd();
    void worksWithoutTheModule();
    void canBeStopped();

private:
    std::unique_ptr<TableServer> m_server;
};

void TestTableList::listsTables()
{
    makeShop(*m_server);
    m_server->make({"TABLE.NAMESPACE.CREATE empty", "TABLE.SCHEMA.CREATE shop.a b:wombat"});
    m_server->server().fill(5000, [](std::size_t n) { return Args{"SET", "other:" + std::to_string(n), "v"}; });
    const auto lane = tableLane(*m_server, {}, GateRules{true, Environment::Production});
    const auto list = listTables({{lane.get(), u"here"_s}}, {}, {});
    QVERIFY(list);
    QVERIFY(list->gaps.empty());
    QCOMPARE(list->namespaces, (std::vector<std::string>{"empty", "shop"}));
    QCOMPARE(list->tables.size(), std::size_t{2});
    const TableEntry& items = list->tables[1];
    QCOMPARE(items.schema.table, std::string("shop.items"));
    QCOMPARE(items.schema.columns.size(), std::size_t{4});
    QCOMPARE(items.rows, std::uint64_t{3});
    QVERIFY(items.bytes && items.bytes->value > 300);
    QCOMPARE(items.node, u"here"_s);
    QVERIFY(items.hasNamespace);
    QVERIFY(!items.trouble);
    QCOMPARE(list->tables[0].rows, std::uint64_t{0});
    QCOMPARE(list->tables[0].schema.columns.front().typeName, std::string("wombat"));
    if (m_server->twin()) {
        for (const std::string& name : m_server->twin()->commands()) {
            QVERIFY2(name != "TABLE.NAMESPACE.VIEW" && name != "KEYS", name.c_str());
        }
    }
}

void TestTableList::listsEachTableOnceHoweverManyNodesHaveIt()
{
    makeShop(*m_server);
    const auto lane = tableLane(*m_server);
    const auto list = listTables({{lane.get(), u"a"_s}, {lane.get(), u"b"_s}}, {}, {});
    QVERIFY(list);
    QCOMPARE(list->tables.size(), std::size_t{1});
    QCOMPARE(list->namespaces, std::vector<std::string>{"shop"});
}

void TestTableList::namesNodesThatFail()
{
    makeShop(*m_server);
    const auto lane = tableLane(*m_server);
    ConnectionOptions nowhere;
    nowhere.endpoint.socketPath = u"/nowhere/s"_s;
    const auto lost = makeLane(nowhere, std::make_shared<CommandGate>(GateRules{}));
    const auto list = listTables({{lost.get(), u"lost"_s}, {lane.get(), u"here"_s}}, {}, {});
    QVERIFY(list);
    QCOMPARE(list->gaps.size(), std::size_t{1});
    QCOMPARE(list->gaps.front().subject, u"lost"_s);
    QCOMPARE(list->tables.size(), std::size_t{1});
}

void TestTableList::marksWhatIsOdd()
{
    makeShop(*m_server);
    m_server->make({"HSET schema:{lone.t} a string", "TABLE.NAMESPACE.CREATE a.b", "SET {shop.items}:x 1"});
    m_server->server().command({"DEL", "{shop.items}:rows"});
    m_server->server().command({"SET", "{shop.items}:rows", "x"});
    const auto lane = tableLane(*m_server);
    const auto list = listTables({{lane.get(), u"here"_s}}, {}, {});
    QVERIFY(list);
    QCOMPARE(list->clashes, std::vector<std::string>{"a.b"});
    QCOMPARE(list->tables.size(), std::size_t{2});
    QVERIFY(!list->tables[0].hasNamespace); // lone.t: SCHEMA.CREATE had not made it
    QVERIFY(list->tables[1].trouble);       // shop.items: its rows are no set
    QCOMPARE(list->tables[1].trouble->kind, ErrorKind::WrongType);
    const auto ofShop = listTables({{lane.get(), u"here"_s}}, TableListing{.space = "shop"}, {});
    QCOMPARE(ofShop->tables.size(), std::size_t{1});
}

void TestTableList::worksWithoutTheModule()
{
    if (!m_server->twin()) {
        QSKIP("a module is not taken away from a server");
    }
    makeShop(*m_server);
    m_server->twin()->set(TableHazards{.isMissing = true});
    const auto lane = tableLane(*m_server);
    const auto list = listTables({{lane.get(), u"here"_s}}, {}, {});
    QVERIFY(list);
    QCOMPARE(list->tables.front().rows, std::uint64_t{3});
    QVERIFY(list->tables.front().schema.find("sku")->isIndexed);
}

void TestTableList::canBeStopped()
{
    makeShop(*m_server);
    const auto lane = tableLane(*m_server);
    std::stop_source stop;
    const auto list =
        listTables({{lane.get(), u"here"_s}}, {}, stop.get_token(), [&stop](std::size_t) { stop.request_stop(); });
    QVERIFY(!list);
    QCOMPARE(list.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestTableList)
#include "tst_tablelist.moc"
