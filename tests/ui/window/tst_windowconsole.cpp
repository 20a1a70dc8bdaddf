// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/console/commandline.h"
#include "ui/console/consolepanel.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"

#include <QObject>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolButton>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestWindowConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isShownAndHiddenByItsAction();
    void eachSessionHasItsOwn();
};

void TestWindowConsole::isShownAndHiddenByItsAction()
{
    const auto server = RedisServer::start();
    server->command({"SET", "before", "1"}); // an empty database has no tree to go back to
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), 20'000);
    QVERIFY(!fixture.named<CommandLine>(page, u"Command"_s));
    fixture.trigger(ActionId::Console);
    auto* line = fixture.named<CommandLine>(page, u"Command"_s);
    QVERIFY(line);
    QTRY_VERIFY_WITH_TIMEOUT(line->hasFocus(), 20'000);
    line->setText(u"SET a 1"_s);
    QTest::keyClick(line, Qt::Key_Return);
    const auto* output = fixture.named<QPlainTextEdit>(page, u"Console output"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output->toPlainText().endsWith(u"OK"_s), 20'000);
    QCOMPARE(server->command({"GET", "a"}), std::string("1"));
    fixture.trigger(ActionId::Console); // from within: it goes
    QVERIFY(!fixture.named<CommandLine>(page, u"Command"_s));
    QTRY_VERIFY_WITH_TIMEOUT(page.keys().tree().hasFocus(), 20'000);
    fixture.trigger(ActionId::Console);
    QVERIFY(line->isVisible());
    QVERIFY(output->toPlainText().contains(u"SET a 1"_s)); // what was said stays
    QTest::mouseClick(fixture.named<QToolButton>(page, u"Close console"_s), Qt::LeftButton);
    QVERIFY(!line->isVisible());
}

void TestWindowConsole::eachSessionHasItsOwn()
{
    const auto server = RedisServer::start();
    WindowFixture fixture;
    SessionPage& first = fixture.open(*server);
    QTRY_VERIFY_WITH_TIMEOUT(first.isMet(ActionNeed::Connected), 20'000);
    fixture.trigger(ActionId::Console);
    SessionPage& second = fixture.open(*server);
    QTRY_VERIFY_WITH_TIMEOUT(second.isMet(ActionNeed::Connected), 20'000);
    QVERIFY(!second.findChild<ConsolePanel*>());
    fixture.trigger(ActionId::Console);
    QVERIFY(second.findChild<ConsolePanel*>());
    QVERIFY(first.findChild<ConsolePanel*>() != second.findChild<ConsolePanel*>());
}

QTEST_MAIN(TestWindowConsole)
#include "tst_windowconsole.moc"
