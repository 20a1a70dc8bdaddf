// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of a cluster as a user of the window sees them: a double before each of three masters, or the module in each.
#include "tests/servers/rediscluster.h"
#include "tests/ui/table/tablesession.h"
#include "ui/table/querybar.h"
#include "ui/table/rowdialog.h"
#include "ui/table/rowmodel.h"
#include "ui/table/tablelistmodel.h"
#include "ui/table/tablelistview.h"
#include "ui/table/tableview.h"

#include <QPointer>
#include <QTableView>

#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int tables = 6; // on all three masters

std::string nameOfTable(int number)
{
    return std::string("t.") + static_cast<char>('a' + number);
}

/// Two rows, and an index of x.
void makeTable(RedisServer& owner, const std::string& name)
{
    const std::string keys = "{" + name + "}:";
    const std::vector<RedisServer::Args> lines{{"HSET", "schema:{" + name + "}", "x", "string", "n", "integer"},
        {"SADD", keys + "idx:meta", "x"}, {"SADD", keys + "rows", "1", "2"}, {"SET", keys + "id", "2"},
        {"HSET", keys + "1", "x", "one", "n", "1"}, {"HSET", keys + "2", "x", "two", "n", "2"},
        {"SADD", keys + "idx:x:one", "1"}, {"SADD", keys + "idx:x:two", "2"}};
    for (const auto& line : lines) {
        QVERIFY(!owner.command(line).starts_with('-'));
    }
}

} // namespace

class TestClusterTables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void listsTheTablesOfAllMasters();
    void readsRowsWhereTheyAre();
    void editsRowsWhereTheyAre();
    void cleanupTestCase();

private:
    [[nodiscard]] RedisServer& ownerOf(const std::string& table)
    {
        return m_cluster->server(m_cluster->ownerOf(keyglass::test::slotOf(table)));
    }

    std::unique_ptr<RedisCluster> m_cluster;
    std::vector<std::unique_ptr<RedisTableDouble>> m_doubles;
    std::unique_ptr<Session> m_session;
};

void TestClusterTables::initTestCase()
{
    ClusterOptions options{.masters = 3, .replicasPerMaster = 0};
    if (TableServer::isReal()) {
        options.arguments = QStringList{u"--loadmodule"_s, qEnvironmentVariable("KEYGLASS_TEST_REDISTABLE")};
    }
    m_cluster = RedisCluster::start(options);
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.name = u"cluster"_s;
    profile.port = m_cluster->port(0);
    for (int node = 0; node < 3 && !TableServer::isReal(); ++node) {
        m_doubles.push_back(std::make_unique<RedisTableDouble>(ProxyTarget{m_cluster->server(node).socketPath(), 0}));
        profile.addressMap.push_back(
            {u"127.0.0.1:%1"_s.arg(m_cluster->port(node)), u"127.0.0.1:%1"_s.arg(m_doubles.back()->port())});
        profile.port = m_doubles.front()->port();
    }
    std::set<RedisServer*> owners;
    for (int number = 0; number < tables; ++number) {
        makeTable(ownerOf(nameOfTable(number)), nameOfTable(number));
        owners.insert(&ownerOf(nameOfTable(number)));
    }
    QCOMPARE(owners.size(), std::size_t{3});
    m_session = std::make_unique<Session>(profile);
    m_session->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Connected, tablePatience);
}

void TestClusterTables::cleanupTestCase()
{
    m_session.reset();
    m_doubles.clear();
    m_cluster.reset();
}

void TestClusterTables::listsTheTablesOfAllMasters()
{
    TableListView view(*m_session);
    view.resize(1000, 600);
    view.show();
    auto* grid = ShopSession::named<QTableView>(view, u"Tables"_s);
    QVERIFY(grid);
    QTRY_COMPARE_WITH_TIMEOUT(grid->model()->rowCount(), tables, tablePatience);
    QVERIFY(!grid->isColumnHidden(TableListModel::Node) && !grid->isColumnHidden(TableListModel::Slot));
    std::set<QString> nodes;
    for (int row = 0; row < tables; ++row) {
        const auto cell = [&](int column) { return grid->model()->index(row, column).data().toString(); };
        const std::string name = (cell(TableListModel::Namespace) + u'.' + cell(TableListModel::Table)).toStdString();
        const int slot = keyglass::test::slotOf(name);
        QCOMPARE(grid->model()->index(row, TableListModel::Slot).data(TableListModel::sortRole).toInt(), slot);
        const std::uint16_t port = TableServer::isReal()
            ? m_cluster->port(m_cluster->ownerOf(slot))
            : m_doubles[static_cast<std::size_t>(m_cluster->ownerOf(slot))]->port();
        QVERIFY2(cell(TableListModel::Node).endsWith(u":%1"_s.arg(port)), qPrintable(cell(TableListModel::Node)));
        QCOMPARE(cell(TableListModel::Rows), u"2"_s);
        nodes.insert(cell(TableListModel::Node));
    }
    QCOMPARE(nodes.size(), std::size_t{3});
}

void TestClusterTables::readsRowsWhereTheyAre()
{
    for (int number = 0; number < tables; ++number) {
        TableView view(*m_session, nameOfTable(number));
        view.resize(1000, 600);
        view.show();
        QTRY_COMPARE_WITH_TIMEOUT(view.model().loaded(), std::uint64_t{2}, tablePatience);
        auto* column = ShopSession::named<QComboBox>(view, u"Column 1"_s);
        for (int n = 0; n < column->count(); ++n) {
            if (column->itemText(n).startsWith(u"x · "_s)) {
                column->setCurrentIndex(n);
            }
        }
        ShopSession::named<QLineEdit>(view, u"Value 1"_s)->setText(u"two"_s);
        ShopSession::press(view, u"Run query"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ShopSession::named<QLabel>(view, u"State of the table"_s)->text(),
            u"1 row found among 1"_s, tablePatience); // by the index
        QCOMPARE(view.model().row(0).id, std::string("2"));
    }
}

void TestClusterTables::editsRowsWhereTheyAre()
{
    for (int number = 0; number < tables; ++number) {
        const std::string keys = "{" + nameOfTable(number) + "}:";
        TableView view(*m_session, nameOfTable(number));
        view.resize(1000, 600);
        view.show();
        QTRY_COMPARE_WITH_TIMEOUT(view.model().loaded(), std::uint64_t{2}, tablePatience);
        view.model().sort(0, Qt::AscendingOrder);
        view.grid().selectRow(0);
        view.changeRows();
        const QPointer<RowDialog> dialog = view.findChild<RowDialog*>();
        QVERIFY(dialog);
        auto* field = ShopSession::named<QLineEdit>(*dialog, u"x"_s);
        field->selectAll();
        QTest::keyClicks(field, u"edited"_s);
        ShopSession::press(*dialog, u"Change row"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, tablePatience);
        RedisServer& owner = ownerOf(nameOfTable(number));
        QCOMPARE(owner.command({"HGET", keys + "1", "x"}), std::string("edited"));
        QCOMPARE(owner.command({"SMEMBERS", keys + "idx:x:edited"}), std::string("1"));
        QCOMPARE(owner.command({"EXISTS", keys + "idx:x:one"}), std::string("0"));
    }
}

QTEST_MAIN(TestClusterTables)
#include "tst_clustertables.moc"
