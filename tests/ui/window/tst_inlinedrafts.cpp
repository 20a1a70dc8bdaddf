// SPDX-License-Identifier: GPL-3.0-or-later
// What was typed and not saved is asked about, kept as a draft and given back.
#include "tests/ui/window/inlineeditfixture.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editstrip.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keytabs.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QProcess>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

#include <cstdio>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

Profile profileAt(const QString& socket)
{
    Profile profile;
    profile.socketPath = socket;
    profile.name = u"shop"_s;
    return profile;
}

/// A window in a process of its own: edits user:1 and waits to be killed.
int editAndWait(const QString& folder, const QString& socket)
{
    WindowFixture fixture(folder);
    SessionPage& page = fixture.open(profileAt(socket));
    const auto pane = [&] { return static_cast<ValuePane*>(page.tabs().currentPane()); };
    const auto isThere = [&] { return page.session().state() == SessionState::Connected; };
    if (!QTest::qWaitFor(isThere, patience)) {
        return 1;
    }
    page.tabs().open("user:1");
    if (!QTest::qWaitFor([&] { return pane()->shownString() != nullptr; }, patience)) {
        return 2;
    }
    page.editValue();
    page.edits().editorOf(pane())->text().type(u"typed before the end "_s);
    const QDir drafts(folder + u"/drafts"_s);
    if (!QTest::qWaitFor([&] { return !drafts.entryList({u"*.draft"_s}).isEmpty(); }, patience)) {
        return 3;
    }
    std::puts("kept");
    std::fflush(stdout);
    return QApplication::exec();
}

} // namespace

class TestInlineDrafts : public InlineEditFixture {
    Q_OBJECT

private Q_SLOTS:
    void closingAnEditedTabAsks_data();
    void closingAnEditedTabAsks();
    void closingTheWindowAsks_data();
    void closingTheWindowAsks();
    void anotherDatabaseKeepsADraft();
    void aDraftIsOfferedAgain();
    void aKeptDraftIsNotWrittenOver();
    void aLostConnectionLosesNothing();
    void aKilledWindowGivesItBack();
};

void TestInlineDrafts::closingAnEditedTabAsks_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<int>("tabs");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("drafts");
    QTest::newRow("save") << u"Save"_s << 0 << QByteArray("mine") << 0;
    QTest::newRow("discard") << u"Discard"_s << 0 << QByteArray("one") << 0;
    QTest::newRow("draft") << u"Keep as draft"_s << 0 << QByteArray("one") << 1;
    QTest::newRow("stay") << u"Go on editing"_s << 1 << QByteArray("one") << -1;
}

void TestInlineDrafts::closingAnEditedTabAsks()
{
    QFETCH(const QString, answer);
    QFETCH(const int, tabs);
    QFETCH(const QByteArray, value);
    QFETCH(const int, drafts);
    m_page->tabs().open("user:2");
    edit("user:1");
    write("mine");
    m_page->tabs().select(0);
    m_page->tabs().close(1);
    QCOMPARE(m_page->tabs().count(), 2);
    QCOMPARE(m_page->tabs().currentTab(), 1); // the question stands in it
    QVERIFY(words().contains(u"are not saved"));
    QVERIFY(draftFiles().size() <= 1);
    for (QPushButton* button : pane().findChildren<QPushButton*>()) { // the bar has a Save button, too
        if (button->isVisible() && button->text() == answer && button->accessibleName() != u"Save") {
            button->click();
            break;
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_page->tabs().count(), tabs + 1, patience);
    QCOMPARE(QByteArray::fromStdString(m_server->command({"GET", "user:1"})), value);
    if (drafts >= 0) {
        QCOMPARE(draftFiles().size(), drafts);
    } else {
        QCOMPARE(text(), std::string("mine"));
        QVERIFY(!words().contains(u"are not saved"));
    }
}

void TestInlineDrafts::closingTheWindowAsks_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("drafts");
    QTest::newRow("save") << u"Save"_s << true << QByteArray("mine") << 0;
    QTest::newRow("discard") << u"Discard"_s << true << QByteArray("one") << 0;
    QTest::newRow("draft") << u"Keep as drafts"_s << true << QByteArray("one") << 1;
    QTest::newRow("stay") << u"Stay"_s << false << QByteArray("one") << 1;
}

void TestInlineDrafts::closingTheWindowAsks()
{
    QFETCH(const QString, answer);
    QFETCH(const bool, closes);
    QFETCH(const QByteArray, value);
    QFETCH(const int, drafts);
    edit("user:1");
    write("mine");
    QTRY_COMPARE_WITH_TIMEOUT(draftFiles().size(), 1, patience); // a second after the last key
    m_fixture->window().close();
    QVERIFY(m_fixture->window().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    QVERIFY(WindowFixture::press(*box(), answer));
    if (closes) {
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->isOpen(), patience);
    } else {
        QTRY_VERIFY(!box());
        QCOMPARE(text(), std::string("mine"));
    }
    QCOMPARE(QByteArray::fromStdString(m_server->command({"GET", "user:1"})), value);
    QCOMPARE(draftFiles().size(), drafts);
}

void TestInlineDrafts::anotherDatabaseKeepsADraft()
{
    edit("user:1");
    write("mine");
    m_page->session().selectDatabase(1);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->tabs().count(), 0, patience);
    QCOMPARE(draftFiles().size(), 1);
    m_page->session().selectDatabase(0);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*m_page).contains(u"An unsaved edit of user:1"), patience);
}

void TestInlineDrafts::aDraftIsOfferedAgain()
{
    edit("in:hash", 0);
    write("mine");
    m_page->edits().keepAllAsDrafts();
    QTRY_VERIFY(!editor().isEditing());
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"An unsaved edit of a, of"), patience);
    m_server->command({"HSET", "in:hash", "a", "theirs"});
    QVERIFY(press(u"Restore"_s));
    QTRY_VERIFY(editor().isEditing());
    QCOMPARE(text(), std::string("mine"));
    QVERIFY(editor().isDirty());
    m_fixture->trigger(ActionId::SaveValue); // what it began from is what is compared
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"changed by somebody else"), patience);
    editor().discard();
    QVERIFY(draftFiles().isEmpty());
    QTRY_VERIFY(!words().contains(u"An unsaved edit"));
}

void TestInlineDrafts::aKeptDraftIsNotWrittenOver()
{
    for (const int row : {0, 1}) {
        edit("in:hash", row);
        write("mine");
        m_page->edits().keepAllAsDrafts();
        QTRY_VERIFY(!editor().isEditing());
    }
    QCOMPARE(draftFiles().size(), 2);
    openAt("in:hash", 0, 1);
    const QSignalSpy said(m_page, &SessionPage::said);
    m_fixture->trigger(ActionId::EditValue);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
    QVERIFY(said.front()[1].toString().contains(u"restore or discard it first"));
    QVERIFY(!editor().isEditing());
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"An unsaved edit of a, of"), patience); // not the newer one of b
    QVERIFY(press(u"Discard"_s));
    QCOMPARE(draftFiles().size(), 1);
    m_fixture->trigger(ActionId::EditValue);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
}

void TestInlineDrafts::aLostConnectionLosesNothing()
{
    m_server->save();
    edit("user:1");
    write("mine");
    m_server->kill();
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().state() == SessionState::Lost, patience);
    QCOMPARE(text(), std::string("mine"));
    QTRY_COMPARE_WITH_TIMEOUT(draftFiles().size(), 1, patience);
    QVERIFY(!WindowFixture::named<QPushButton>(pane(), u"Save"_s)->isEnabled());
    m_fixture->trigger(ActionId::SaveValue); // says why it can't be
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(pane(), u"Try again"_s), patience);
    QVERIFY(editor().isDirty());
    m_server->restart();
    m_page->session().open();
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().state() == SessionState::Connected, patience);
    QVERIFY(press(u"Try again"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string("mine"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(draftFiles().isEmpty(), patience);
}

void TestInlineDrafts::aKilledWindowGivesItBack()
{
    m_fixture.reset();
    const QTemporaryDir folder;
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {u"--edit"_s, folder.path(), m_server->socketPath()});
    QVERIFY(other.waitForStarted());
    QByteArray told;
    QTRY_VERIFY2_WITH_TIMEOUT((told += other.readAllStandardOutput()).contains("kept"),
        qPrintable(QString::fromLocal8Bit(other.readAllStandardError())), 60000);
    other.kill(); // SIGKILL
    QVERIFY(other.waitForFinished());
    QCOMPARE(other.exitStatus(), QProcess::CrashExit);

    m_fixture = std::make_unique<WindowFixture>(folder.path());
    openPage(WindowFixture::profileOf(*m_server));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*m_page).contains(u"An unsaved edit of user:1"), patience);
    QVERIFY(WindowFixture::press(*m_page, u"Open"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->tabs().count() == 1 && pane().shownString(), patience);
    QVERIFY(press(u"Restore"_s));
    QTRY_VERIFY(editor().isEditing());
    QCOMPARE(text(), std::string("typed before the end one"));
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string("typed before the end one"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(draftFiles().isEmpty(), patience);
    m_fixture.reset(); // before its folder goes
}

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    if (argc == 4 && std::string_view(argv[1]) == "--edit") {
        return editAndWait(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]));
    }
    TestInlineDrafts test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_inlinedrafts.moc"
