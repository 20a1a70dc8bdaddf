// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/faultproxy.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/common/theme.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/filterbar.h"
#include "ui/window/keypanel.h"
#include "ui/window/limitsdialog.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QScopeGuard>
#include <QSpinBox>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

using Args = RedisServer::Args;

void fillKeys(RedisServer& server, std::size_t keys)
{
    server.fill(keys, [](std::size_t n) { return Args{"SET", "key:" + std::to_string(n), "v"}; });
}

bool hasPixel(QWidget& widget, const QColor& color)
{
    const QImage image = widget.grab().toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color) {
                return true;
            }
        }
    }
    return false;
}

Profile profileAt(std::uint16_t port)
{
    Profile profile;
    profile.port = port;
    profile.name = u"shop"_s;
    return profile;
}

} // namespace

/// What the window says where there are no keys to show, or not all, or no connection.
class TestWindowStates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusedSaysWhyAndOffersARetry();
    void wrongPasswordOffersToEnterAnother();
    void missingPasswordSaysThatOneIsWanted();
    void connectingSaysWhereToAndCanBeCancelled();
    void emptyDatabaseSaysSo();
    void aReachedLimitSaysWhatWasSeenAndGoesOn();
    void aLostConnectionKeepsTheKeysAndComesBack();
    void aServerGivenUpMidScanIsRetried();
    void aDisconnectedPageStaysReadable();
    void anOrderThatMayNotScanSaysWhoMayNot();
    void aLoadingServerIsWaitedFor();
};

void TestWindowStates::refusedSaysWhyAndOffersARetry()
{
    WindowFixture fixture;
    const auto port = freePort();
    SessionPage& page = fixture.open(profileAt(port));
    QTRY_VERIFY(page.session().state() == SessionState::Failed);
    const QString words = WindowFixture::words(page);
    QVERIFY2(words.contains(u"Not connected to shop"_s), qPrintable(words));
    QVERIFY2(words.contains(u"127.0.0.1:%1"_s.arg(port)), qPrintable(words));
    QTRY_VERIFY(WindowFixture::button(page, u"Edit connection…"_s));
    QVERIFY(WindowFixture::press(page, u"Try again"_s));
    QCOMPARE(page.session().state(), SessionState::Connecting);
    QTRY_VERIFY(page.session().state() == SessionState::Failed);
}

void TestWindowStates::wrongPasswordOffersToEnterAnother()
{
    ServerOptions options;
    options.password = u"right"_s;
    const auto server = RedisServer::start(options);
    WindowFixture fixture;
    SessionPage& page = fixture.open(WindowFixture::profileOf(*server), u"wrong"_s);
    QTRY_VERIFY(page.session().state() == SessionState::Failed);
    const QString words = WindowFixture::words(page);
    QVERIFY2(words.contains(u"refuses the login"_s), qPrintable(words));
    QVERIFY(!words.contains(u"wrong"_s));
    QTRY_VERIFY(WindowFixture::button(page, u"Enter password…"_s));
}

void TestWindowStates::missingPasswordSaysThatOneIsWanted()
{
    ServerOptions options;
    options.password = u"right"_s;
    const auto server = RedisServer::start(options);
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(page.session().state() == SessionState::Failed);
    const QString words = WindowFixture::words(page);
    QVERIFY2(words.contains(u"wants a password, and none was given"_s), qPrintable(words));
    QTRY_VERIFY(WindowFixture::button(page, u"Enter password…"_s));
}

void TestWindowStates::connectingSaysWhereToAndCanBeCancelled()
{
    SilentListener silent(SilentListener::Mode::SaysNothing);
    WindowFixture fixture;
    SessionPage& page = fixture.open(profileAt(silent.port()));
    QCOMPARE(page.session().state(), SessionState::Connecting);
    QVERIFY(WindowFixture::words(page).contains(u"Connecting to shop"_s));
    QVERIFY(WindowFixture::words(page).contains(u"127.0.0.1:%1"_s.arg(silent.port())));
    QVERIFY(WindowFixture::press(page, u"Cancel"_s));
    QCOMPARE(page.session().state(), SessionState::Closed);
    QTRY_VERIFY(WindowFixture::button(page, u"Connect"_s));
}

void TestWindowStates::emptyDatabaseSaysSo()
{
    const auto server = RedisServer::start();
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    QTRY_VERIFY(WindowFixture::words(page).contains(u"Database 0 is empty"_s));
    server->command({"SET", "a", "1"});
    QVERIFY(WindowFixture::press(page, u"Scan again"_s));
    QTRY_VERIFY(page.keys().showsTree() && page.session().snapshot()->keyCount() == 1);
}

void TestWindowStates::aReachedLimitSaysWhatWasSeenAndGoesOn()
{
    const auto server = RedisServer::start();
    fillKeys(*server, 20'000);
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    fixture.trigger(ActionId::ScanLimits);
    auto* dialog = page.findChild<LimitsDialog*>();
    QVERIFY(dialog);
    WindowFixture::named<QSpinBox>(*dialog, u"Keys"_s)->setValue(5000);
    dialog->accept();
    QTRY_VERIFY(hasEnded(page) && page.session().scanReport()->limit());
    QCOMPARE(page.session().snapshot()->keyCount(), 5000U);
    QTRY_VERIFY2(WindowFixture::words(page).contains(u"limit of 5,000 keys"_s), qPrintable(WindowFixture::words(page)));
    QVERIFY(WindowFixture::words(fixture.window()).contains(u"partial:"_s));
    QVERIFY(WindowFixture::press(page, u"Load more"_s));
    QTRY_VERIFY(hasEnded(page));
    QVERIFY(page.session().snapshot()->keyCount() > 5000 && page.session().snapshot()->keyCount() <= 10'000);
    QVERIFY(WindowFixture::press(page, u"Load all"_s));
    QTRY_VERIFY(hasEnded(page) && page.session().snapshot()->keyCount() == 20'000);
    QVERIFY(!WindowFixture::button(page, u"Load all"_s));
    QVERIFY(!WindowFixture::words(fixture.window()).contains(u"partial:"_s));
}

void TestWindowStates::aLostConnectionKeepsTheKeysAndComesBack()
{
    const auto server = RedisServer::start();
    fillKeys(*server, 1000);
    server->save();
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    server->kill();
    page.goToKey("key:1"); // whatever is asked next finds the line dead
    QTRY_VERIFY(page.session().state() == SessionState::Lost);
    QTRY_VERIFY2(WindowFixture::words(page).contains(u"Connection lost"_s), qPrintable(WindowFixture::words(page)));
    const QString log = fixture.services().log.text();
    QVERIFY2(log.contains(u" info "_s) && log.contains(u" error "_s), qPrintable(log)); // connected, then lost
    QVERIFY(page.keys().showsTree());
    QCOMPARE(page.session().snapshot()->keyCount(), 1000U);
    server->restart();
    if (QPushButton* now = WindowFixture::button(page, u"Try now"_s)) {
        now->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(page.session().state() == SessionState::Connected, 20'000);
    QTRY_VERIFY(!WindowFixture::words(page).contains(u"Connection lost"_s));
    page.goToKey("key:2");
    QTRY_VERIFY(page.findChildren<QWidget*>().size() > 0 && page.currentKey() == "key:2");
}

/// The scan gives a server up after some tries; what it gave stays, named as partial, and the rest comes by a retry.
void TestWindowStates::aServerGivenUpMidScanIsRetried()
{
    const auto server = RedisServer::start();
    fillKeys(*server, 200'000);
    server->save();
    WindowFixture fixture;
    fixture.settings().setPace(ScanPace::Gentle);
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(page.session().snapshot()->keyCount() > 0);
    page.session().pauseScan();
    QTRY_COMPARE(page.session().scanState(), ScanState::Paused);
    server->kill();
    page.session().resumeScan();
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), 90'000);
    const auto seen = page.session().snapshot()->keyCount();
    QVERIFY(seen > 0 && seen < 200'000);
    QTRY_VERIFY2(WindowFixture::words(page).contains(u"The list is partial"_s), qPrintable(WindowFixture::words(page)));
    QVERIFY(WindowFixture::words(fixture.window()).contains(u"missing"_s));
    QTRY_VERIFY(!WindowFixture::button(page, u"Retry"_s)); // there is nobody to ask yet
    server->restart();
    QTRY_VERIFY_WITH_TIMEOUT(page.session().state() == SessionState::Connected, 20'000);
    auto* partial = WindowFixture::named<QLabel>(fixture.window(), u"Partial"_s);
    QTRY_VERIFY(partial->text().contains(u"<a "_s));
    const auto before = qScopeGuard([palette = QApplication::palette()] { QApplication::setPalette(palette); });
    for (const QPalette& palette : {darkPalette(), lightPalette()}) { // the link is read in both
        QApplication::setPalette(palette);
        QTRY_VERIFY2(
            hasPixel(*partial, palette.color(QPalette::Link)), qPrintable(palette.color(QPalette::Link).name()));
    }
    QVERIFY(WindowFixture::press(page, u"Retry"_s));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page) && page.session().snapshot()->keyCount() == 200'000, 20'000);
    QVERIFY(!WindowFixture::words(fixture.window()).contains(u"partial"_s));
}

void TestWindowStates::aDisconnectedPageStaysReadable()
{
    const auto server = RedisServer::start();
    fillKeys(*server, 100);
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(hasEnded(page));
    fixture.trigger(ActionId::Disconnect);
    QTRY_VERIFY(WindowFixture::words(page).contains(u"Disconnected. What is loaded stays readable."_s));
    QVERIFY(page.keys().showsTree());
    QVERIFY(!fixture.window().actions().action(ActionId::Rescan)->isEnabled());
    fixture.trigger(ActionId::Connect);
    QTRY_VERIFY(page.session().state() == SessionState::Connected);
    QVERIFY(fixture.window().actions().action(ActionId::Rescan)->isEnabled());
}

void TestWindowStates::anOrderThatMayNotScanSaysWhoMayNot()
{
    ServerOptions options;
    options.aclLines = {u"user bob on >pw ~* +@read +@connection -scan -keys"_s};
    const auto server = RedisServer::start(options);
    WindowFixture fixture;
    Profile profile = WindowFixture::profileOf(*server);
    profile.user = u"bob"_s;
    SessionPage& page = fixture.open(profile, u"pw"_s);
    QTRY_VERIFY(hasEnded(page));
    const QString words = WindowFixture::words(page);
    QVERIFY2(words.contains(u"The keys can't be read"_s), qPrintable(words));
    QVERIFY2(words.contains(u"this user may not do that"_s), qPrintable(words));
}

void TestWindowStates::aLoadingServerIsWaitedFor()
{
    const auto server = RedisServer::start();
    server->fill(60'000, [](std::size_t n) { return Args{"SET", "key:" + std::to_string(n), std::string(40, 'v')}; });
    server->save();
    ServerOptions options;
    server->terminate();
    server->restart({u"--key-load-delay"_s, u"20"_s, u"--loading-process-events-interval-bytes"_s, u"1024"_s});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page) && page.session().snapshot()->keyCount() == 60'000, 60'000);
}

QTEST_MAIN(TestWindowStates)
#include "tst_windowstates.moc"
