// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyrange.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QMessageBox>
#include <QTest>
#include <QToolButton>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

/// Scans as the window starts and ends them.
class TestWindowScan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pausesGoesOnAndStops();
    void escapeStopsThenClears();
    void readsAllAtOnceWithKeysAfterAQuestion();
    void neverOffersKeysInProduction();
    void theFiltersLeaveTheDesktopAlone();
    void theFiltersGoWithTheirPage();
    void scansOneFolderAgain();
    void aScanShowsAnewWhatKeysAre();
    void asksForKeysByTheirTtl();
    void greysWhatTheServerDoesNotKeep_data();
    void greysWhatTheServerDoesNotKeep();
};

void TestWindowScan::pausesGoesOnAndStops()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 200'000);
    WindowFixture fixture;
    fixture.settings().setPace(ScanPace::Gentle);
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(page.session().scanState() == ScanState::Running);
    auto* pause = WindowFixture::named<QToolButton>(page, u"Pause scan"_s);
    auto* start = WindowFixture::named<QToolButton>(page, u"Start scan"_s);
    auto* stop = WindowFixture::named<QToolButton>(page, u"Stop scan"_s);
    QVERIFY(!start->isEnabled());
    pause->click();
    QCOMPARE(page.session().scanState(), ScanState::Paused);
    QVERIFY(WindowFixture::words(page).contains(u"Paused at"_s));
    start->click();
    QCOMPARE(page.session().scanState(), ScanState::Running);
    stop->click();
    QTRY_VERIFY(hasEnded(page));
    const auto seen = page.session().snapshot()->keyCount();
    QVERIFY(seen < 200'000);
    QVERIFY(WindowFixture::press(page, seen > 0 ? u"Go on"_s : u"Load all"_s));
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 200'000);
}

void TestWindowScan::escapeStopsThenClears()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 200'000);
    WindowFixture fixture;
    fixture.settings().setPace(ScanPace::Gentle);
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(page.session().scanState() == ScanState::Running);
    auto* find = WindowFixture::named<QLineEdit>(page, u"Find"_s);
    find->setText(u"user"_s);
    fixture.trigger(ActionId::Escape);
    QTRY_VERIFY(hasEnded(page));
    QCOMPARE(find->text(), u"user"_s);
    fixture.trigger(ActionId::Escape);
    QVERIFY(find->text().isEmpty());
}

void TestWindowScan::readsAllAtOnceWithKeysAfterAQuestion()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 5000);
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    fixture.trigger(ActionId::KeysCommand);
    QTRY_VERIFY(page.findChild<QMessageBox*>());
    auto* box = page.findChild<QMessageBox*>();
    QVERIFY2(box->text().contains(u"5,000 keys"_s), qPrintable(box->text()));
    QVERIFY2(box->informativeText().contains(u"5 ms"_s), qPrintable(box->informativeText()));
    QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
    QVERIFY(WindowFixture::press(*box, u"Run KEYS"_s));
    QTRY_VERIFY(hasEnded(page) && page.session().scanReport()->usedKeysCommand);
    QCOMPARE(page.session().snapshot()->keyCount(), 5000U);
}

void TestWindowScan::neverOffersKeysInProduction()
{
    const auto server = RedisServer::start();
    WindowFixture fixture;
    Profile profile = WindowFixture::profileOf(*server);
    profile.environment = Environment::Production;
    SessionPage& page = fixture.open(profile);
    QTRY_VERIFY(hasEnded(page));
    fixture.trigger(ActionId::KeysCommand);
    QTRY_VERIFY(page.findChild<QMessageBox*>());
    QVERIFY(!WindowFixture::button(*page.findChild<QMessageBox*>(), u"Run KEYS"_s));
}

void TestWindowScan::asksForKeysByTheirTtl()
{
    const auto server = RedisServer::start();
    server->command({"MSET", "a:1", "", "a:2", "", "b:1", ""});
    server->command({"EXPIRE", "a:2", "100"});
    server->command({"EXPIRE", "b:1", "9000"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 3);
    WindowFixture::named<QToolButton>(page, u"More filters"_s)->click();
    auto* ttl = WindowFixture::named<QComboBox>(fixture.window(), u"TTL"_s);
    QVERIFY(ttl);
    ttl->setCurrentIndex(ttl->findText(u"less than"_s));
    auto* unit = WindowFixture::named<QComboBox>(fixture.window(), u"TTL, unit"_s);
    unit->setCurrentIndex(unit->findText(u"hours"_s));
    QVERIFY(WindowFixture::press(fixture.window(), u"&Scan for these"_s));
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 1);
    auto* chip = WindowFixture::named<QToolButton>(page, u"Drop filters"_s);
    QVERIFY(chip);
    QVERIFY2(chip->text().contains(u"TTL less than"_s), qPrintable(chip->text()));
    chip->click();
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 3);
    QVERIFY(!chip->isVisible());
}

void TestWindowScan::greysWhatTheServerDoesNotKeep_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<bool>("idle");
    QTest::addColumn<bool>("frequency");
    QTest::addRow("LRU") << u"allkeys-lru"_s << true << false;
    QTest::addRow("LFU") << u"allkeys-lfu"_s << false << true;
}

void TestWindowScan::greysWhatTheServerDoesNotKeep()
{
    QFETCH(QString, policy);
    const auto server = RedisServer::start();
    server->command({"CONFIG", "SET", "maxmemory-policy", policy.toStdString()});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    WindowFixture::named<QToolButton>(page, u"More filters"_s)->click();
    QTEST(WindowFixture::named<QComboBox>(fixture.window(), u"Idle time"_s)->isEnabled(), "idle");
    QTEST(WindowFixture::named<QComboBox>(fixture.window(), u"Frequency"_s)->isEnabled(), "frequency");
    QVERIFY(WindowFixture::words(fixture.window()).contains(policy));
}

void TestWindowScan::theFiltersLeaveTheDesktopAlone()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 100);
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    auto* opener = WindowFixture::named<QToolButton>(page, u"More filters"_s);
    const auto panel = [&] { return WindowFixture::named<QFrame>(fixture.window(), u"More filters"_s); };
    const auto ttl = [&] { return WindowFixture::named<QComboBox>(fixture.window(), u"TTL"_s); };
    QTest::mouseClick(opener, Qt::LeftButton);
    QVERIFY(panel());
    QVERIFY(!QApplication::activePopupWidget()); // nothing is grabbed: the window's close button and Alt+F4 work
    QVERIFY(ttl()->hasFocus() || ttl()->isAncestorOf(QApplication::focusWidget()));
    for (int tab = 0; tab < 20; ++tab) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(panel()->isAncestorOf(QApplication::focusWidget()));
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!panel());
    QVERIFY(opener->hasFocus() || opener->focusPolicy() == Qt::NoFocus || opener->focusPolicy() == Qt::TabFocus);
    QTest::mouseClick(opener, Qt::LeftButton);
    QVERIFY(panel());
    QTest::mouseClick(opener, Qt::LeftButton); // the second click closes it
    QVERIFY(!panel());
    QTest::mouseClick(opener, Qt::LeftButton);
    QTest::mouseClick(page.keys().tree().viewport(), Qt::LeftButton);
    QVERIFY(!panel());
    QTest::mouseClick(opener, Qt::LeftButton);
    QVERIFY(panel());
    fixture.window().close();
    QTRY_VERIFY(!fixture.isOpen());
}

void TestWindowScan::theFiltersGoWithTheirPage()
{
    const auto server = RedisServer::start();
    WindowFixture fixture;
    SessionPage& first = fixture.open(*server);
    QTRY_VERIFY(hasEnded(first));
    WindowFixture::named<QToolButton>(first, u"More filters"_s)->click();
    QVERIFY(WindowFixture::named<QFrame>(fixture.window(), u"More filters"_s));
    SessionPage& second = fixture.open(*server);
    QVERIFY(!WindowFixture::named<QFrame>(fixture.window(), u"More filters"_s));
    QTRY_VERIFY(WindowFixture::named<QToolButton>(second, u"More filters"_s)); // once it is connected
    WindowFixture::named<QToolButton>(second, u"More filters"_s)->click();
    QVERIFY(WindowFixture::named<QFrame>(fixture.window(), u"More filters"_s));
    QTRY_VERIFY(hasEnded(second));
    fixture.window().closePageAsking(second);
    QTRY_COMPARE(fixture.window().sessionCount(), 1);
    QTRY_VERIFY(!WindowFixture::named<QFrame>(fixture.window(), u"More filters"_s));
}

void TestWindowScan::scansOneFolderAgain()
{
    const auto server = RedisServer::start();
    server->command({"MSET", "a:1", "", "a:2", "", "b:1", "", "b:2", ""});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    QTRY_COMPARE(page.keys().tree().keyModel().rowCount(), 2);
    server->command({"DEL", "a:1", "b:1"});
    server->command({"SET", "a:3", ""});
    server->command({"SET", "a:4", ""});
    page.keys().tree().setCurrentRow({"a:", true});
    const auto isEnabled = [&](ActionId id) { return fixture.window().actions().action(id)->isEnabled(); };
    QVERIFY(isEnabled(ActionId::ExpandFolder));
    fixture.trigger(ActionId::RescanFolder);
    QVERIFY(!isEnabled(ActionId::RescanFolder)); // one scan at a time: a second one would end the first
    QTRY_COMPARE(page.session().snapshot()->count(prefixRange("a:")), 3U);
    QCOMPARE(page.session().snapshot()->count(prefixRange("b:")), 2U); // not looked at again
    QTRY_VERIFY(isEnabled(ActionId::RescanFolder));
    page.keys().tree().expandFolder("b:");
    QTRY_COMPARE(page.keys().tree().keyModel().rowCount(), 4);
    page.keys().tree().setCurrentRow({"b:2", false});
    QTRY_VERIFY(!isEnabled(ActionId::ExpandFolder));
    fixture.trigger(ActionId::Disconnect);
    QVERIFY(!isEnabled(ActionId::RescanFolder));
}

void TestWindowScan::aScanShowsAnewWhatKeysAre()
{
    const auto server = RedisServer::start();
    server->command({"MSET", "a", "1", "b", "1"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), 20000);
    const auto typeOf = [&page](const std::string& key) {
        const QModelIndex row = page.keys().tree().keyModel().indexOf({key, false});
        return row.siblingAtColumn(static_cast<int>(KeyColumn::Type)).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(typeOf("a"), u"STR"_s, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(typeOf("b"), u"STR"_s, 20000);
    server->command({"DEL", "a", "b"});
    page.keys().tree().reloadDetails();
    QTRY_VERIFY_WITH_TIMEOUT(typeOf("a").isEmpty() && typeOf("b").isEmpty(), 20000); // gone
    server->command({"HSET", "a", "f", "v"});
    server->command({"RPUSH", "b", "v"});
    fixture.trigger(ActionId::Rescan);
    QTRY_COMPARE_WITH_TIMEOUT(typeOf("a"), u"HSH"_s, 20000); // not gone any more
    QTRY_COMPARE_WITH_TIMEOUT(typeOf("b"), u"LST"_s, 20000);
}

QTEST_MAIN(TestWindowScan)
#include "tst_windowscan.moc"
