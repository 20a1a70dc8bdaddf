// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/rediscluster.h"
#include "tests/servers/redissentinels.h"
#include "tests/ui/common/picture.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/common/elidedlabel.h"
#include "ui/profile/connectiondialog.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/ledgermodel.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

/// Clusters and Sentinels as a user of the window sees them.
class TestWindowCluster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsAWholeCluster();
    void tellsWhatMastersAndReplicasHaveInCommon();
    void namesAMasterThatIsGoneAndRetriesIt();
    void resumesOneNodeAlone();
    void offersTheClusterOfANode();
    void keepsTheTreeThroughAFailover();
    void hasALedgerForASingleServer();
};

namespace {

constexpr int patience = 60'000; // ms

/// What the dialog makes of a URI.
Profile profileOf(const QString& uri)
{
    const ConnectionDialog dialog{Profile()};
    for (QLineEdit* edit : dialog.findChildren<QLineEdit*>()) {
        if (edit->accessibleName() == u"URI"_s) {
            edit->setText(uri);
        }
    }
    return dialog.profile();
}

Profile profileOf(const RedisCluster& cluster)
{
    return profileOf(u"redis+cluster://127.0.0.1:%1,127.0.0.1:%2"_s.arg(cluster.port(0)).arg(cluster.port(1)));
}

QString addressOf(const RedisCluster& cluster, int node)
{
    return u"127.0.0.1:%1"_s.arg(cluster.port(node));
}

std::size_t keysIn(SessionPage& page)
{
    return page.session().snapshot()->keyCount();
}

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

/// The ledger's table, opened by its button.
QTableView* openedLedger(SessionPage& page)
{
    for (QToolButton* button : page.findChildren<QToolButton*>()) {
        if (button->text() == u"Nodes"_s && !button->isChecked()) {
            button->click();
        }
    }
    return WindowFixture::named<QTableView>(page, u"Scan ledger"_s);
}

} // namespace

void TestWindowCluster::showsAWholeCluster()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(3000, "user:");
    WindowFixture fixture;
    SessionPage& page = fixture.open(profileOf(*cluster));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    QCOMPARE(keysIn(page), 3000U);
    QTRY_VERIFY(WindowFixture::words(fixture.window()).contains(u"cluster 3/3"_s));
    QTableView* ledger = openedLedger(page);
    QVERIFY(ledger);
    const QAbstractItemModelTester tester(ledger->model());
    QCOMPARE(ledger->model()->rowCount(), 3);
    QStringList nodes;
    for (int row = 0; row < 3; ++row) {
        nodes << cell(*ledger->model(), row, LedgerModel::Node);
        QCOMPARE(cell(*ledger->model(), row, LedgerModel::State), u"done"_s);
        QVERIFY(!cell(*ledger->model(), row, LedgerModel::Slots).isEmpty());
        QVERIFY(!cell(*ledger->model(), row, LedgerModel::Finished).isEmpty());
    }
    for (int node = 0; node < 3; ++node) {
        QVERIFY2(nodes.contains(addressOf(*cluster, node)), qPrintable(nodes.join(u' ')));
    }
    page.tabs().open("user:7");
    const auto details = [&] {
        const auto* about = WindowFixture::named<ElidedLabel>(page, u"About the value"_s);
        const auto* below = WindowFixture::named<ElidedLabel>(page, u"Place of the key"_s); // where there is no room
        return (about ? about->text() : QString()) + (below ? below->text() : QString());
    };
    const auto slot = page.session().slotOfKey("user:7");
    QVERIFY(slot);
    const QString place = u"node %1 · slot %2"_s.arg(addressOf(*cluster, cluster->ownerOf(*slot))).arg(*slot);
    QTRY_VERIFY2(details().contains(place), qPrintable(details()));
    keepPicture(fixture.window().grab(), u"window-cluster"_s);
}

void TestWindowCluster::tellsWhatMastersAndReplicasHaveInCommon()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(300, "user:");
    cluster->waitUntilAgreed();
    Profile profile = profileOf(*cluster);
    profile.scanReplicas = ScanReplicas::Both;
    WindowFixture fixture;
    SessionPage& page = fixture.open(profile);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    QCOMPARE(keysIn(page), 300U);
    const auto* strip = WindowFixture::named<ElidedLabel>(page, u"Scan"_s);
    QVERIFY(strip);
    QTRY_VERIFY2(strip->text().contains(u"300 came more than once"_s), qPrintable(strip->text()));
    QVERIFY2(strip->toolTip().contains(u"from masters and replicas"_s), qPrintable(strip->toolTip()));
}

void TestWindowCluster::namesAMasterThatIsGoneAndRetriesIt()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(3000, "user:");
    cluster->server(2).command({"SAVE"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(profileOf(*cluster));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    QTableView* ledger = openedLedger(page);
    const QAbstractItemModelTester tester(ledger->model());
    const auto words = [&] { return WindowFixture::words(page); };
    page.keys().tree().expandFolder("user:"); // rows of all nodes are asked for their details
    for (int key = 0; key < 30; ++key) {      // and a line to each node is open
        const auto found = page.session().findKey("user:" + std::to_string(key));
        QTRY_VERIFY_WITH_TIMEOUT(found.isFinished(), patience);
    }

    cluster->kill(2);
    const QString gone = addressOf(*cluster, 2);
    fixture.trigger(ActionId::Rescan);
    QTRY_VERIFY2_WITH_TIMEOUT(words().contains(gone + u" was given up"_s), qPrintable(words()), patience);
    QVERIFY2(words().contains(u"The list is partial"_s), qPrintable(words()));
    QVERIFY(keysIn(page) > 0 && keysIn(page) < 3000);
    QTRY_VERIFY2_WITH_TIMEOUT(WindowFixture::words(fixture.window()).contains(u"cluster 2/3"_s),
        qPrintable(WindowFixture::words(fixture.window())), patience);
    QVERIFY2(
        words().contains(gone + u" ("_s) && words().contains(u"Its keys can't be read now"_s), qPrintable(words()));
    QStringList states;
    for (int row = 0; row < ledger->model()->rowCount(); ++row) {
        states << cell(*ledger->model(), row, LedgerModel::State);
    }
    QCOMPARE(states.filter(u"given up: "_s).size(), 1);
    keepPicture(fixture.window().grab(), u"window-cluster-partial"_s);

    cluster->restart(2);
    QTRY_VERIFY2_WITH_TIMEOUT(!words().contains(u"Its keys can't be read now"_s), qPrintable(words()), patience);
    QVERIFY(WindowFixture::press(page, u"Retry"_s));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page) && keysIn(page) == 3000, patience);
    QTRY_VERIFY2(!words().contains(u"partial"_s), qPrintable(words()));
}

void TestWindowCluster::resumesOneNodeAlone()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0,
        .password = u"pw"_s,
        .usersOf = {
            {1, {u"user default on >another ~* &* +@all"_s}}, {2, {u"user default on >another ~* &* +@all"_s}}}});
    cluster->fill(3000, "user:");
    WindowFixture fixture;
    SessionPage& page = fixture.open(profileOf(*cluster), u"pw"_s);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    QTableView* ledger = openedLedger(page);
    QVERIFY(ledger);
    const QAbstractItemModelTester tester(ledger->model());
    const auto rowOf = [&](int node) {
        const auto found =
            ledger->model()->match(ledger->model()->index(0, 0), Qt::DisplayRole, addressOf(*cluster, node));
        return found.isEmpty() ? -1 : found.front().row();
    };
    const auto stateOf = [&](int node) { return cell(*ledger->model(), rowOf(node), LedgerModel::State); };
    QVERIFY2(stateOf(1).contains(u"given up"_s) && stateOf(2).contains(u"given up"_s), qPrintable(stateOf(1)));
    for (const int node : {1, 2}) {
        cluster->server(node).command({"ACL", "SETUSER", "default", ">pw"});
    }
    const QPoint at = ledger->visualRect(ledger->model()->index(rowOf(2), 0)).center();
    Q_EMIT ledger->customContextMenuRequested(at);
    auto* menu = ledger->findChild<QMenu*>();
    QVERIFY(menu);
    QCOMPARE(menu->actions().front()->text(), u"Resume this node"_s);
    menu->actions().front()->trigger();
    menu->close();
    QCOMPARE(ledger->model()->rowCount(), 3); // the others keep their lines meanwhile
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(2), u"done"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    QVERIFY(stateOf(1).contains(u"given up"_s));
    QCOMPARE(ledger->model()->rowCount(), 3);
    QVERIFY(WindowFixture::words(page).contains(addressOf(*cluster, 1) + u" was given up"_s));
    QVERIFY(WindowFixture::press(page, u"Retry"_s));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page) && keysIn(page) == 3000, patience);
    QCOMPARE(stateOf(1), u"done"_s);
}

void TestWindowCluster::offersTheClusterOfANode()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(300, "user:");
    WindowFixture fixture;
    SessionPage& single = fixture.open(profileOf(u"redis://"_s + addressOf(*cluster, 1)));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(single), patience);
    QVERIFY(keysIn(single) > 0 && keysIn(single) < 300);
    QTRY_VERIFY(WindowFixture::words(single).contains(u"only its own keys are shown"_s));
    keepPicture(fixture.window().grab(), u"window-one-node"_s);
    QVERIFY(WindowFixture::press(single, u"Open the whole cluster"_s));
    QCOMPARE(fixture.window().sessionCount(), 2);
    SessionPage& whole = *fixture.window().currentPage();
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(whole), patience);
    QCOMPARE(keysIn(whole), 300U);
    QVERIFY(!WindowFixture::words(whole).contains(u"only its own keys are shown"_s));
}

void TestWindowCluster::keepsTheTreeThroughAFailover()
{
    const auto sentinels = RedisSentinels::start({.password = u"pw"_s, .sentinelPassword = u"pw"_s});
    RedisServer& master = sentinels->server(sentinels->master());
    for (int key = 0; key < 200; ++key) {
        master.command({"SET", "user:" + std::to_string(key), "v"});
    }
    sentinels->waitUntilAgreed();
    WindowFixture fixture;
    SessionPage& page =
        fixture.open(profileOf(u"redis+sentinel://127.0.0.1:%1/main"_s.arg(sentinels->sentinelPort(0))), u"pw"_s);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    QCOMPARE(keysIn(page), 200U);
    page.keys().tree().expandFolder("user:");
    page.keys().tree().setCurrentRow({"user:7", false});
    page.tabs().open("user:7");
    sentinels->killMaster();
    QTRY_VERIFY_WITH_TIMEOUT(page.session().state() != SessionState::Connected, patience);
    QTRY_VERIFY_WITH_TIMEOUT(page.session().state() == SessionState::Connected, patience);
    QCOMPARE(keysIn(page), 200U);
    QCOMPARE(page.currentKey(), std::optional<std::string>("user:7"));
    QVERIFY(page.keys().showsTree());
    fixture.trigger(ActionId::Rescan);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page) && page.session().scanReport()->isComplete(), patience);
    QCOMPARE(keysIn(page), 200U);
}

void TestWindowCluster::hasALedgerForASingleServer()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 20'000);
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    LedgerModel model(page.session());
    const QAbstractItemModelTester tester(&model);
    QTRY_VERIFY(hasEnded(page));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, LedgerModel::Keys), u"20,000"_s);
    QVERIFY(!cell(model, 0, LedgerModel::Count).isEmpty());
    QVERIFY(!cell(model, 0, LedgerModel::MeanLatency).isEmpty());
    QVERIFY(!model.isGivenUp(0));
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"run_id"_s));
    QVERIFY(WindowFixture::words(page).contains(u"20,000 keys"_s));
}

QTEST_MAIN(TestWindowCluster)
#include "tst_windowcluster.moc"
