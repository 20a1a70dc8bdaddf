// SPDX-License-Identifier: GPL-3.0-or-later
// The double beside the module: what is true of the one has to be true of the other. With KEYGLASS_TEST_REDISTABLE the
// same rows run against the module itself.
#include "tests/servers/hirediscalls.h"
#include "tests/servers/tableserver.h"

#include <QObject>
#include <QTest>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

using Args = TableServer::Args;
Q_DECLARE_METATYPE(std::vector<Args>)

namespace {

struct Step {
    Args command;
    std::string reply;
};
using Steps = std::vector<Step>;

const std::string done = "OK";
const std::string noColumn = "-ERR invalid column or type";

/// A table with an indexed column, and four rows.
const Steps shop{{{"TABLE.NAMESPACE.CREATE", "shop"}, done},
    {{"TABLE.SCHEMA.CREATE", "shop.items", "sku:string:hash", "qty:integer", "price:float", "made:date:btree"}, done},
    {{"TABLE.INSERT", "shop.items", "sku=A1", "qty=5", "made=2024-01-31"}, "1"},
    {{"TABLE.INSERT", "shop.items", "sku=B2", "qty=12"}, "2"},
    {{"TABLE.INSERT", "shop.items", "sku=A1", "qty=05", "price=9.50"}, "3"},
    {{"TABLE.INSERT", "shop.items", "sku=C=3", "qty=-7"}, "4"}};

Args select(const Args& conditions)
{
    Args all{"TABLE.SELECT", "shop.items"};
    all.insert(all.end(), conditions.begin(), conditions.end());
    return all;
}

} // namespace

Q_DECLARE_METATYPE(Steps)

class TestRedisTableDouble : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_table = std::make_unique<TableServer>(TableHazards{.scanLimit = 1000, .scanLimitArgument = "1000"});
    }
    void init() { m_table->command({"FLUSHALL"}); }
    void answersAsTheModule_data();
    void answersAsTheModule();
    void keepsKeysAsTheModule();
    void leavesGhosts();
    void dropIndexTakesPatterns();
    void crashesOnAnEmptyArgument();
    void answersTwiceToLongNames();
    void refusesToLookAtTooManyRows();
    void tellsOfItself();
    void writesAreNotReplicated();
    void isWatched();

private:
    void run(const Steps& steps)
    {
        for (const Step& step : steps) {
            QCOMPARE(m_table->command(step.command), step.reply);
        }
    }
    std::unique_ptr<TableServer> m_table;
};

void TestRedisTableDouble::answersAsTheModule_data()
{
    QTest::addColumn<Steps>("steps");
    QTest::addRow("schema") << Steps{{{"TABLE.SCHEMA.VIEW", "shop.items"},
        "sku\nstring\ntrue\nqty\ninteger\nfalse\nprice\nfloat\nfalse\nmade\ndate\ntrue"}};
    QTest::addRow("namespaces") << Steps{
        {{"TABLE.NAMESPACE.VIEW"}, "shop:items"}, {{"TABLE.NAMESPACE.VIEW", "other"}, ""}};
    QTest::addRow("indexed equality is of bytes") << Steps{{select({"WHERE", "sku=B2"}), "sku\nB2\nqty\n12"}};
    QTest::addRow("equality after AND is by type")
        << Steps{{select({"WHERE", "qty>=5", "AND", "qty<=5", "AND", "sku=A1", "AND", "price>=0"}),
               "sku\nA1\nqty\n05\nprice\n9.50"}};
    QTest::addRow("no index") << Steps{
        {select({"WHERE", "qty=5"}), "-ERR search cannot be done on non-indexed column"}};
    QTest::addRow("or of indexed") << Steps{
        {select({"WHERE", "sku=B2", "OR", "sku=C=3"}), "sku\nB2\nqty\n12\nsku\nC=3\nqty\n-7"}};
    QTest::addRow("or that is an and") << Steps{{select({"WHERE", "qty<6", "OR", "qty>10"}), ""}};
    QTest::addRow("nothing after where") << Steps{{select({"WHERE"}), ""}};
    QTest::addRow("dangling") << Steps{{select({"WHERE", "sku=A1", "AND"}), "-ERR dangling operator"}};
    QTest::addRow("no condition") << Steps{{select({"WHERE", "sku"}), "-ERR condition must be <col><op><value>"}};
    QTest::addRow("types") << Steps{{{"TABLE.INSERT", "shop.items", "qty=+5"}, "5"},
        {{"TABLE.INSERT", "shop.items", "qty=1.5"}, noColumn}, {{"TABLE.INSERT", "shop.items", "price=."}, "7"},
        {{"TABLE.INSERT", "shop.items", "price=1e5"}, noColumn},
        {{"TABLE.INSERT", "shop.items", "made=2024-13-99"}, "9"},
        {{"TABLE.INSERT", "shop.items", "made=24-1-1"}, noColumn},
        {{"TABLE.INSERT", "shop.items", "sku=a>=b"}, "-ERR each field must be <col>=<value>"}};
    QTest::addRow("update") << Steps{{{"TABLE.UPDATE", "shop.items", "WHERE", "sku=A1", "SET", "sku=D4"}, "2"},
        {{"EXISTS", "{shop.items}:idx:sku:A1"}, "0"}, {{"SMEMBERS", "{shop.items}:idx:sku:D4"}, "1\n3"}};
    QTest::addRow("update without where") << Steps{{{"TABLE.UPDATE", "shop.items", "SET", "qty=1", "price=2"}, "4"}};
    QTest::addRow("half an update") << Steps{
        {{"TABLE.UPDATE", "shop.items", "WHERE", "sku=B2", "SET", "sku=Z", "qty=bad"}, noColumn},
        {{"HGET", "{shop.items}:2", "sku"}, "Z"}};
    QTest::addRow("delete") << Steps{
        {{"TABLE.DELETE", "shop.items", "WHERE", "qty>4"}, "3"}, {{"SMEMBERS", "{shop.items}:rows"}, "4"}};
    QTest::addRow("delete without where") << Steps{{{"TABLE.DELETE", "shop.items", "qty=12"}, "4"}};
    QTest::addRow("drop") << Steps{
        {{"TABLE.DROP", "shop.items"}, "-ERR This operation is irreversible, use FORCE parameter to remove the table"},
        {{"TABLE.DROP", "shop.items", "force"}, done}, {select({}), "-ERR table schema does not exist"},
        {{"KEYS", "*"}, "schema:{shop}"}};
    QTest::addRow("half a table") << Steps{
        {{"TABLE.SCHEMA.CREATE", "shop.b", "a:string:hash", "b"}, "-ERR format: <col:type> or <col:type:index>"},
        {{"TABLE.SCHEMA.VIEW", "shop.b"}, "a\nstring\ntrue"}};
    QTest::addRow("alter") << Steps{{{"TABLE.SCHEMA.ALTER", "shop.items", "ADD", "COLUMN", "qty:string:hash"}, done},
        {select({"WHERE", "qty=12"}), ""}, {{"TABLE.SCHEMA.ALTER", "shop.items", "ADD", "INDEX", "qty"}, done},
        {select({"WHERE", "qty=12"}), "sku\nB2\nqty\n12"},
        {{"TABLE.SCHEMA.ALTER", "shop.items", "ADD", "INDEX", "nothing"}, "-ERR column does not exist"},
        {{"TABLE.SCHEMA.ALTER", "shop.items", "DROP", "COLUMN", "qty"},
            "-ERR syntax: ADD COLUMN col:type[:index] | ADD INDEX col | DROP INDEX col"}};
    QTest::addRow("damaged rows") << Steps{{{"DEL", "{shop.items}:1", "{shop.items}:2"}, "2"},
        {{"SET", "{shop.items}:2", "x"}, done}, {{"DEL", "{shop.items}:3"}, "1"},
        {select({}), "\n\n\nsku\nC=3\nqty\n-7"}};
    QTest::addRow("no such namespace") << Steps{
        {{"TABLE.SCHEMA.CREATE", "none.b", "a:string"}, "-ERR namespace does not exist"}};
}

void TestRedisTableDouble::answersAsTheModule()
{
    QFETCH(const Steps, steps);
    run(shop);
    run(steps);
}

void TestRedisTableDouble::keepsKeysAsTheModule()
{
    run(shop);
    auto keys = m_table->server().list({"KEYS", "*"});
    std::ranges::sort(keys);
    const std::vector<std::string> expected{"schema:{shop.items}", "schema:{shop}", "{shop.items}:1", "{shop.items}:2",
        "{shop.items}:3", "{shop.items}:4", "{shop.items}:id", "{shop.items}:idx:made:2024-01-31",
        "{shop.items}:idx:meta", "{shop.items}:idx:sku:A1", "{shop.items}:idx:sku:B2", "{shop.items}:idx:sku:C=3",
        "{shop.items}:rows"};
    QCOMPARE(keys, expected);
}

void TestRedisTableDouble::leavesGhosts()
{
    run(shop);
    run({{{"TABLE.INSERT", "shop.items", "sku=ghost", "qty=abc"}, noColumn},
        {{"SISMEMBER", "{shop.items}:rows", "5"}, "0"}, {{"HGETALL", "{shop.items}:5"}, "sku\nghost"},
        {select({"WHERE", "sku=ghost"}), "sku\nghost"}});
}

void TestRedisTableDouble::dropIndexTakesPatterns()
{
    run(shop);
    run({{{"TABLE.SCHEMA.ALTER", "shop.items", "DROP", "INDEX", "*"}, done},
        {{"SMEMBERS", "{shop.items}:idx:meta"}, m_table->command({"SMEMBERS", "{shop.items}:idx:meta"})},
        {{"EXISTS", "{shop.items}:idx:sku:A1"}, "0"}, {select({"WHERE", "sku=A1"}), ""}});
    QCOMPARE(m_table->command({"SCARD", "{shop.items}:idx:meta"}), std::string("2"));
}

void TestRedisTableDouble::crashesOnAnEmptyArgument()
{
    if (!m_table->twin()) {
        QSKIP("the module ends the server, and not every time");
    }
    run(shop);
    redisContext* context = redisConnect("127.0.0.1", m_table->port());
    append(context, {"TABLE.SELECT", "shop.items", "WHERE", ""});
    QVERIFY(!nextReply(context));
    redisFree(context);
    QCOMPARE(m_table->twin()->crashes(), 1);
}

void TestRedisTableDouble::answersTwiceToLongNames()
{
    const std::string longName(65, 'n');
    QCOMPARE(m_table->command({"TABLE.NAMESPACE.CREATE", longName}),
        std::string("-ERR incorrect namespace name, it exceeds the limit of 64 characters"));
    QCOMPARE(m_table->command({"ECHO", "second"}), done); // the reply to the first
    QCOMPARE(m_table->command({"ECHO", "third"}), std::string("second"));
    m_table = std::make_unique<TableServer>(TableHazards{.scanLimit = 1000, .scanLimitArgument = "1000"});
}

void TestRedisTableDouble::refusesToLookAtTooManyRows()
{
    run({{{"TABLE.NAMESPACE.CREATE", "n"}, done},
        {{"TABLE.SCHEMA.CREATE", "n.t", "g:string:hash", "v:integer"}, done}});
    for (int i = 0; i < 1500; ++i) {
        m_table->command({"TABLE.INSERT", "n.t", "g=x", "v=" + std::to_string(i)});
    }
    const std::string refused = "-ERR query scan limit exceeded (max 100000 rows). Use indexed columns or add more "
                                "specific conditions.";
    QCOMPARE(m_table->command({"TABLE.SELECT", "n.t", "WHERE", "v>100"}), refused);
    QCOMPARE(m_table->command({"TABLE.SELECT", "n.t", "WHERE", "g=x", "AND", "v>3"}), refused);
    QVERIFY(m_table->command({"TABLE.SELECT", "n.t", "WHERE", "g=x"}).size() > 10'000);
}

void TestRedisTableDouble::tellsOfItself()
{
    const std::string modules = m_table->command({"MODULE", "LIST"});
    QVERIFY2(modules.starts_with("name\ntable\nver\n1\npath\n"), modules.c_str());
    QVERIFY2(modules.ends_with("max_scan_limit\n1000"), modules.c_str());
    QVERIFY(m_table->command({"COMMAND", "INFO", "TABLE.SELECT"}).starts_with("table.select\n-1\nreadonly\n")
        || m_table->command({"COMMAND", "INFO", "TABLE.SELECT"}).starts_with("TABLE.SELECT\n-1\nreadonly\n"));
    QVERIFY(QString::fromStdString(m_table->command({"COMMAND"})).contains(u"table.drop"_s, Qt::CaseInsensitive));
}

void TestRedisTableDouble::writesAreNotReplicated()
{
    const auto replica =
        RedisServer::start(QStringList{u"--replicaof"_s, u"127.0.0.1"_s, QString::number(m_table->server().port())});
    QTRY_VERIFY_WITH_TIMEOUT(
        QString::fromStdString(replica->command({"INFO", "replication"})).contains(u"master_link_status:up"_s), 20'000);
    run(shop);
    run({{{"SET", "plain", "1"}, done}});
    QTRY_COMPARE_WITH_TIMEOUT(replica->command({"GET", "plain"}), std::string("1"), 20'000);
    QCOMPARE(replica->command({"KEYS", "*"}), std::string("plain"));
}

void TestRedisTableDouble::isWatched()
{
    run(shop);
    run({{{"WATCH", "{shop.items}:1"}, done}});
    TableServer::Args other{"HSET", "{shop.items}:1", "sku", "X"};
    m_table->server().command(other);
    run({{{"MULTI"}, done}, {{"TABLE.INSERT", "shop.items", "sku=Q"}, "QUEUED"}, {{"EXEC"}, ""}, {{"MULTI"}, done},
        {{"TABLE.INSERT", "shop.items", "sku=Q"}, "QUEUED"}, {{"EXEC"}, "5"}});
}

QTEST_GUILESS_MAIN(TestRedisTableDouble)
#include "tst_redistabledouble.moc"
