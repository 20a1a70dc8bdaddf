// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"

#include <QMessageBox>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

/// What closing a window asks first, and what is remembered of it.
class TestWindowClosing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksBeforeClosingWithRunningWork();
    void remembersWhatWasOpen();
    void remembersWhatWasOpenInAllWindows();
};

void TestWindowClosing::asksBeforeClosingWithRunningWork()
{
    const auto server = RedisServer::start();
    fillUsers(*server, 200'000);
    WindowFixture fixture;
    fixture.settings().setPace(ScanPace::Gentle);
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(page.session().scanState() == ScanState::Running);
    page.session().pauseScan(); // so that it does not end while the question is open
    fixture.window().close();
    QVERIFY(fixture.window().isVisible());
    auto* box = fixture.window().findChild<QMessageBox*>();
    QVERIFY(box);
    QVERIFY(box->text().contains(u"a scan"_s));
    QCOMPARE(box->defaultButton()->text(), u"Stay"_s);
    box->defaultButton()->click();
    QVERIFY(fixture.window().isVisible());
    QTRY_VERIFY(!fixture.window().findChild<QMessageBox*>());
    fixture.window().close();
    QVERIFY(WindowFixture::press(fixture.window(), u"End it and close"_s));
    QTRY_VERIFY(!fixture.isOpen());
}

void TestWindowClosing::remembersWhatWasOpen()
{
    const auto server = RedisServer::start();
    WindowFixture fixture;
    const auto profile = fixture.profiles().save(WindowFixture::profileOf(*server));
    QVERIFY(profile);
    SessionPage& page = fixture.open(*profile);
    QTRY_VERIFY(hasEnded(page));
    fixture.window().resize(1000, 700);
    fixture.window().close();
    QTRY_VERIFY(!fixture.isOpen());
    QCOMPARE(fixture.settings().openSessions(), QStringList{profile->id});
    MainWindow again(fixture.services());
    again.setAttribute(Qt::WA_DeleteOnClose, false);
    again.show();
    QCOMPARE(again.size(), QSize(1000, 700));
    again.reopenLast();
    QCOMPARE(again.sessionCount(), 1);
    QTRY_VERIFY(hasEnded(*again.currentPage()));
}

void TestWindowClosing::remembersWhatWasOpenInAllWindows()
{
    const auto server = RedisServer::start();
    WindowFixture fixture;
    const auto one = fixture.profiles().save(WindowFixture::profileOf(*server));
    const auto two = fixture.profiles().save(WindowFixture::profileOf(*server));
    QVERIFY(one && two);
    QPointer<MainWindow> second(new MainWindow(fixture.services()));
    second->show();
    fixture.open(*one);
    second->open(*two);
    MainWindow::closeAll(true);
    QTRY_VERIFY(!fixture.isOpen() && !second);
    QStringList open = fixture.settings().openSessions();
    QCOMPARE(open.size(), 2);
    QVERIFY(open.contains(one->id) && open.contains(two->id));
}

QTEST_MAIN(TestWindowClosing)
#include "tst_windowclosing.moc"
