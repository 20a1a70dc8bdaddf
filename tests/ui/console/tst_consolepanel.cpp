// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/redisserver.h"
#include "ui/common/theme.h"
#include "ui/console/commandline.h"
#include "ui/console/consolepanel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QObject>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QTreeView>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

template <typename Widget> Widget* named(const QWidget& parent, const QString& name)
{
    for (Widget* widget : parent.findChildren<Widget*>()) {
        if (widget->accessibleName() == name) {
            return widget;
        }
    }
    qFatal("no widget %s", qPrintable(name));
    return nullptr;
}

} // namespace

class TestConsolePanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = RedisServer::start(); }
    void init();
    void cleanup();
    void showsARepliesTextAndTree();
    void showsErrors();
    void toTheEndIsForScans();
    void bringsEarlierLinesBack();
    void showsWhatAScanDid();
    void stopsAScan();
    void escapeEndsACommandThatWaits_data();
    void escapeEndsACommandThatWaits();
    void asksInProduction();
    void asksBeforeAllKeysGo();
    void saysWhatIsReadOnly();
    void clearsItsOutput();
    void keepsItsTonesInAnotherPalette();
    void waitsForAConnection();

private:
    void open(Environment environment = Environment::Development, bool readOnly = false);
    void enter(const QString& line) const;
    [[nodiscard]] QString output() const { return named<QPlainTextEdit>(*m_panel, u"Console output"_s)->toPlainText(); }
    [[nodiscard]] QDialog* dialog() const { return m_panel->findChild<QDialog*>(); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ConsolePanel> m_panel;
};

void TestConsolePanel::init()
{
    m_server->command({"FLUSHALL"});
}

void TestConsolePanel::cleanup()
{
    m_panel.reset();
    m_session.reset();
}

void TestConsolePanel::open(Environment environment, bool readOnly)
{
    Profile profile;
    profile.name = u"shop"_s;
    profile.socketPath = m_server->socketPath();
    profile.environment = environment;
    profile.readOnly = readOnly;
    m_session = std::make_unique<Session>(profile);
    m_panel = std::make_unique<ConsolePanel>(*m_session);
    m_panel->resize(900, 300);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    m_session->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Connected, 20'000);
}

void TestConsolePanel::enter(const QString& line) const
{
    auto* field = named<CommandLine>(*m_panel, u"Command"_s);
    field->setText(line);
    QTest::keyClick(field, Qt::Key_Return);
}

void TestConsolePanel::showsARepliesTextAndTree()
{
    open();
    const auto* tree = named<QTreeView>(*m_panel, u"Reply"_s);
    const QAbstractItemModelTester tester(tree->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    enter(u"RPUSH list a 'b c'"_s);
    enter(u"LRANGE list 0 -1"_s);
    QTRY_COMPARE_WITH_TIMEOUT(
        output(), u"db 0> RPUSH list a 'b c'\ndb 0> LRANGE list 0 -1\n(integer) 2\n1) \"a\"\n2) \"b c\""_s, 20'000);
    const QModelIndex root = tree->model()->index(0, 0);
    QTRY_COMPARE_WITH_TIMEOUT(tree->model()->rowCount(root), 2, 20'000);
    QVERIFY(tree->isExpanded(root));
    QVERIFY(named<CommandLine>(*m_panel, u"Command"_s)->text().isEmpty());
}

void TestConsolePanel::showsErrors()
{
    open();
    enter(u"GET 'a"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"single quote"_s), 20'000);
    enter(u"NOSUCH"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"(error) ERR unknown command"_s), 20'000);
    const auto* tree = named<QTreeView>(*m_panel, u"Reply"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tree->model()->rowCount(), 1, 20'000); // the server's error
    enter(u"SUBSCRIBE news"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"SUBSCRIBE can't be used."_s), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(tree->model()->rowCount(), 0, 20'000); // it is of another command
}

void TestConsolePanel::toTheEndIsForScans()
{
    open();
    auto* all = m_panel->findChild<QCheckBox*>();
    QVERIFY(all);
    all->setChecked(true);
    enter(u"SET a 1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().endsWith(u"OK"_s), 20'000);
    enter(u"SCAN 0 FOREACH 'GET *' WITHREPLIES"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"Elements: 1, operations: 1"_s), 20'000);
}

void TestConsolePanel::bringsEarlierLinesBack()
{
    open();
    enter(u"ECHO 1"_s);
    enter(u"ECHO 2"_s);
    auto* field = named<CommandLine>(*m_panel, u"Command"_s);
    field->setText(u"half"_s);
    const auto shown = [field](Qt::Key key) {
        QTest::keyClick(field, key);
        return field->text();
    };
    QCOMPARE(shown(Qt::Key_Up), u"ECHO 2"_s);
    QCOMPARE(shown(Qt::Key_Up), u"ECHO 1"_s);
    QCOMPARE(shown(Qt::Key_Up), u"ECHO 1"_s);
    QCOMPARE(shown(Qt::Key_Down), u"ECHO 2"_s);
    QCOMPARE(shown(Qt::Key_Down), u"half"_s);
    enter(u"ECHO 1"_s); // moves to the end of the history
    QCOMPARE(shown(Qt::Key_Up), u"ECHO 1"_s);
    QCOMPARE(shown(Qt::Key_Up), u"ECHO 2"_s);
    QCOMPARE(field->history().size(), 2);
}

void TestConsolePanel::showsWhatAScanDid()
{
    open();
    m_server->command({"SET", "s", "1"});
    m_server->command({"RPUSH", "l", "1"});
    enter(u"SCAN 0 FOREACH 'INCR *'"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"1 of 2 operations failed"_s), 20'000);
    QVERIFY(output().contains(u"WRONGTYPE"_s));
    enter(u"SCAN 0 FORALL 'UNLINK *' WITHREPLIES"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"Elements: 2, operations: 1"_s), 20'000);
    QVERIFY(output().contains(u"2) (integer) 2"_s));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestConsolePanel::stopsAScan()
{
    open();
    m_server->fill(100'000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    auto* stop = named<QToolButton>(*m_panel, u"Stop command"_s);
    QVERIFY(!stop->isEnabled());
    m_panel->findChild<QCheckBox*>()->setChecked(true);
    enter(u"SCAN 0 COUNT 10 FOREACH 'STRLEN *'"_s);
    QVERIFY(stop->isEnabled());
    const auto* progress = named<QLabel>(*m_panel, u"Progress"_s);
    QTRY_VERIFY_WITH_TIMEOUT(progress->text().contains(u"elements"_s), 20'000);
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"stopped on request"_s), 20'000);
    QVERIFY(output().contains(u"cursor"_s));
    QVERIFY(!stop->isEnabled());
    QVERIFY(progress->text().isEmpty());
}

void TestConsolePanel::escapeEndsACommandThatWaits_data()
{
    QTest::addColumn<QString>("focused");
    for (const QString& name : {u"Command"_s, u"Console output"_s, u"Reply"_s, u"Clear output"_s}) {
        QTest::addRow("%s", qPrintable(name)) << name;
    }
}

void TestConsolePanel::escapeEndsACommandThatWaits()
{
    QFETCH(const QString, focused);
    open();
    auto* field = named<QWidget>(*m_panel, focused);
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    QShortcut window(Qt::Key_Escape, m_panel.get()); // as the window has one
    QSignalSpy outside(&window, &QShortcut::activated);
    enter(u"BLPOP nothing 4"_s);
    const auto* progress = named<QLabel>(*m_panel, u"Progress"_s);
    QTRY_COMPARE_WITH_TIMEOUT(progress->text(), u"No answer yet; Esc stops waiting"_s, 20'000);
    field->setFocus();
    QTest::keyClick(field, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"stopped on request"_s), 20'000);
    QVERIFY(progress->text().isEmpty());
    QVERIFY(outside.isEmpty());
    QTest::keyClick(field, Qt::Key_Escape); // there is nothing to end any more
    QCOMPARE(outside.size(), 1);
}

void TestConsolePanel::asksInProduction()
{
    open(Environment::Production);
    m_server->command({"SET", "a", "1"});
    enter(u"SCAN 0 FOREACH 'DEL *'"_s);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20'000);
    const auto buttonOf = [this](const QString& text) {
        for (QPushButton* button : dialog()->findChildren<QPushButton*>()) {
            if (button->text().remove(u'&') == text) {
                return button;
            }
        }
        return static_cast<QPushButton*>(nullptr);
    };
    QPushButton* run = buttonOf(u"Run DEL"_s);
    QVERIFY(run);
    QVERIFY(!run->isEnabled());
    QVERIFY(!run->isDefault());
    auto* name = named<QLineEdit>(*dialog(), u"Name of the connection"_s);
    name->setText(u"sho"_s);
    QVERIFY(!run->isEnabled());
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
    dialog()->reject();
    QTRY_VERIFY_WITH_TIMEOUT(output().endsWith(u"Not sent."_s), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20'000);
    enter(u"SCAN 0 FOREACH 'DEL *'"_s);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20'000);
    named<QLineEdit>(*dialog(), u"Name of the connection"_s)->setText(u"shop"_s);
    run = buttonOf(u"Run DEL"_s);
    QVERIFY(run->isEnabled());
    run->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"DBSIZE"}), std::string("0"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"operations: 1"_s), 20'000);
}

void TestConsolePanel::asksBeforeAllKeysGo()
{
    open();
    m_server->command({"SET", "a", "1"});
    enter(u"flushall"_s);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20'000);
    QStringList buttons;
    for (const QPushButton* button : dialog()->findChildren<QPushButton*>()) {
        buttons << button->text().remove(u'&');
        QCOMPARE(button->isDefault(), buttons.last() == u"Cancel"_s);
    }
    QVERIFY2(buttons.contains(u"Run FLUSHALL"_s), qPrintable(buttons.join(u", "_s)));
    QStringList texts;
    for (const QLabel* label : dialog()->findChildren<QLabel*>()) {
        texts << label->text();
    }
    QVERIFY2(texts.contains(u"It deletes every key of every database. There is no undo."_s),
        qPrintable(texts.join(u", "_s)));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
    dialog()->accept();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"DBSIZE"}), std::string("0"), 20'000);
}

void TestConsolePanel::saysWhatIsReadOnly()
{
    open(Environment::Development, true);
    enter(u"SCAN 0 FORALL 'DEL *'"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"read-only"_s), 20'000);
    QVERIFY(!dialog());
}

void TestConsolePanel::clearsItsOutput()
{
    open();
    enter(u"PING"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"PONG"_s), 20'000);
    const auto* tree = named<QTreeView>(*m_panel, u"Reply"_s);
    QCOMPARE(tree->model()->rowCount(), 1);
    QTest::mouseClick(named<QToolButton>(*m_panel, u"Clear output"_s), Qt::LeftButton);
    QVERIFY(output().isEmpty());
    QCOMPARE(tree->model()->rowCount(), 0);
    QSignalSpy closed(m_panel.get(), &ConsolePanel::closeWanted);
    QTest::mouseClick(named<QToolButton>(*m_panel, u"Close console"_s), Qt::LeftButton);
    QCOMPARE(closed.size(), 1);
}

void TestConsolePanel::keepsItsTonesInAnotherPalette()
{
    open();
    enter(u"NOSUCH"_s);
    QTRY_VERIFY_WITH_TIMEOUT(output().contains(u"(error)"_s), 20'000);
    for (const QPalette& palette : {darkPalette(), lightPalette()}) {
        m_panel->setPalette(palette);
        const QTextBlock last = named<QPlainTextEdit>(*m_panel, u"Console output"_s)->document()->lastBlock();
        QCOMPARE(last.begin().fragment().charFormat().foreground().color(), toneColor(Tone::Error, palette));
    }
}

void TestConsolePanel::waitsForAConnection()
{
    open();
    auto* field = named<CommandLine>(*m_panel, u"Command"_s);
    QVERIFY(field->isEnabled());
    QVERIFY(field->placeholderText().contains(u"FOREACH"_s));
    m_session->close();
    QVERIFY(!field->isEnabled());
    QCOMPARE(field->placeholderText(), u"There is no connection."_s);
    QVERIFY(!named<QComboBox>(*m_panel, u"Node"_s)->isVisible()); // a single server has no choice of nodes
}

QTEST_MAIN(TestConsolePanel)
#include "tst_consolepanel.moc"
