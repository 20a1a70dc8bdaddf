// SPDX-License-Identifier: GPL-3.0-or-later
// Values are edited where they are shown, and saved there.
#include "tests/ui/window/inlineeditfixture.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editstrip.h"
#include "ui/value/elementtable.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keytabs.h"

#include <QAction>
#include <QComboBox>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestInlineEdits : public InlineEditFixture {
    Q_OBJECT

private Q_SLOTS:
    void savesInPlace_data();
    void savesInPlace();
    void aScoreIsChangedByItself();
    void typingBeginsTheEdit();
    void typingOverASelectionReplacesIt();
    void bytesThatAreNoTextAreEdited();
    void compactJsonIsLaidOutAndSavedCompact();
    void anotherCellWaitsForAnAnswer();
    void aLateReplyIsOfTheCellThatWasSent();
    void aTextThatNobodyChangedMakesWay();
    void aRenamedKeyKeepsItsEdit();
    void saysWhatCanNotBeEdited();
    void readOnlyConnectionsSaySo();
};

void TestInlineEdits::savesInPlace_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("row");
    QTest::addColumn<QList<QByteArray>>("question");
    QTest::addColumn<QByteArray>("answer");
    const auto list = [](auto... words) { return QList<QByteArray>{QByteArray(words)...}; };
    const QByteArray changed("changed\ntwice");
    QTest::newRow("string") << QByteArray("user:2") << -1 << list("GET", "user:2") << changed;
    QTest::newRow("hash") << QByteArray("in:hash") << 0 << list("HGET", "in:hash", "a") << changed;
    QTest::newRow("list") << QByteArray("in:list") << 0 << list("LINDEX", "in:list", "0") << changed;
    QTest::newRow("set") << QByteArray("in:set") << 0 << list("SRANDMEMBER", "in:set") << changed;
    QTest::newRow("sorted set") << QByteArray("in:zset") << 0 << list("ZSCORE", "in:zset", changed)
                                << QByteArray("1.5");
}

void TestInlineEdits::savesInPlace()
{
    QFETCH(const QByteArray, key);
    QFETCH(const int, row);
    QFETCH(const QList<QByteArray>, question);
    QFETCH(const QByteArray, answer);
    const QAction* save = m_fixture->window().actions().action(ActionId::SaveValue);
    edit(key.toStdString(), row, 0);
    QVERIFY(!save->isEnabled());
    QCOMPARE(WindowFixture::named<QWidget>(pane(), u"Value"_s), editor().text().focusProxy());
    QVERIFY(text() == "first" || text() == "two");
    write("changed\ntwice");
    QVERIFY(save->isEnabled());
    QVERIFY(bar().tabText(0).startsWith(u"●"));
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    RedisServer::Args args;
    for (const QByteArray& word : question) {
        args.push_back(word.toStdString());
    }
    QCOMPARE(QByteArray::fromStdString(m_server->command(args)), answer);
    QVERIFY(std::stoi(m_server->command({"TTL", key.toStdString()})) > 4000); // every edit keeps it
    QVERIFY(!bar().tabText(0).startsWith(u"●"));
    QVERIFY(!save->isEnabled());
    QVERIFY(draftFiles().isEmpty());
}

void TestInlineEdits::aScoreIsChangedByItself()
{
    auto* table = (openAt("in:zset", 1, 0), pane().findChild<ElementTable*>());
    for (int column = 0; column < table->model()->columnCount(); ++column) {
        table->setCurrentIndex(table->model()->index(1, column));
        if (pane().selected()->cell == 1) {
            break;
        }
    }
    QCOMPARE(pane().selected()->cell, std::size_t(1));
    m_fixture->trigger(ActionId::EditValue);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QCOMPARE(text(), std::string("2.5"));
    write("much");
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"It has to be a number"), patience);
    write("0.1");
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    QCOMPARE(std::stod(m_server->command({"ZSCORE", "in:zset", "second"})), 0.1);
}

void TestInlineEdits::typingBeginsTheEdit()
{
    openAt("user:1");
    QWidget* view = pane().findChild<TextEditor*>()->focusProxy();
    QTest::keyClick(view, Qt::Key_End);
    QTest::keyClicks(view, u"!"_s);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QCOMPARE(text(), std::string("one!"));
    QTRY_VERIFY(editor().text().focusProxy()->hasFocus());
    QTest::keyClicks(editor().text().focusProxy(), u" and on"_s);
    QCOMPARE(text(), std::string("one! and on"));
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string("one! and on"), patience);
}

void TestInlineEdits::typingOverASelectionReplacesIt()
{
    openAt("user:1");
    QWidget* view = pane().findChild<TextEditor*>()->focusProxy();
    QTest::keyClick(view, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(view, u"x"_s);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QCOMPARE(text(), std::string("x"));
}

void TestInlineEdits::bytesThatAreNoTextAreEdited()
{
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    m_server->command({"SET", "user:1", bytes});
    edit("user:1");
    QCOMPARE(WindowFixture::named<QComboBox>(pane(), u"Written as"_s)->currentText(), u"Escaped (detected)"_s);
    write(text() + "\\xFE\\");
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"this escape is cut or unknown"), patience);
    QCOMPARE(m_server->command({"GET", "user:1"}), bytes);
    write(text() + "n");
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), bytes + "\xFE\n", patience);
}

void TestInlineEdits::compactJsonIsLaidOutAndSavedCompact()
{
    m_server->command({"SET", "user:1", R"({"id":9007199254740993,"tags":["a"]})"});
    edit("user:1");
    QCOMPARE(text(), std::string("{\n  \"id\": 9007199254740993,\n  \"tags\": [\n    \"a\"\n  ]\n}"));
    std::string changed = text();
    changed.replace(changed.find("\"a\""), 3, "\"b\"");
    write(changed);
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"valid JSON"), patience);
    write("{\n  \"id\": 1,\n}");
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"Line 3, column 1"), patience);
    write(changed);
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_server->command({"GET", "user:1"}), std::string(R"({"id":9007199254740993,"tags":["b"]})"), patience);
}

void TestInlineEdits::anotherCellWaitsForAnAnswer()
{
    edit("in:hash", 0);
    write("mine");
    auto* table = pane().findChild<ElementTable*>();
    table->setCurrentIndex(table->model()->index(1, 1));
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"The changes of a are not saved"), patience);
    QVERIFY(editor().isVisible());
    QCOMPARE(text(), std::string("mine"));
    QVERIFY(press(u"Keep as draft"_s));
    QTRY_VERIFY(!editor().isEditing());
    QVERIFY(!editor().isVisible());
    QTRY_COMPARE(pane().findChild<TextEditor*>()->text(), u"second"_s);
    QCOMPARE(draftFiles().size(), 1);
}

/// The server stands still while another cell is gone on with.
void TestInlineEdits::aLateReplyIsOfTheCellThatWasSent()
{
    edit("in:hash", 0);
    write("mine");
    m_server->command({"CLIENT", "PAUSE", "3000", "WRITE"});
    QSignalSpy edited(&m_page->edits(), &InlineEdits::edited);
    editor().save();
    auto* table = pane().findChild<ElementTable*>();
    table->setCurrentIndex(table->model()->index(1, 1));
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"The changes of a are not saved"), patience);
    QVERIFY(press(u"Keep as draft"_s));
    QTRY_VERIFY(!editor().isEditing());
    m_fixture->trigger(ActionId::EditValue);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QVERIFY(edited.isEmpty()); // else nothing is late here
    QTRY_COMPARE_WITH_TIMEOUT(edited.size(), 1, patience);
    QCOMPARE(m_server->command({"HGET", "in:hash", "a"}), std::string("mine"));
    QCOMPARE(draftFiles().size(), 0);
    QCOMPARE(text(), std::string("second"));
    QVERIFY(!editor().isDirty());
    write("mine");
    editor().save();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"HGET", "in:hash", "b"}), std::string("mine"), patience);
}

void TestInlineEdits::aTextThatNobodyChangedMakesWay()
{
    edit("in:hash", 0);
    auto* table = pane().findChild<ElementTable*>();
    table->setCurrentIndex(table->model()->index(1, 1));
    QTRY_VERIFY(!editor().isEditing());
    m_fixture->trigger(ActionId::EditValue);
    QTRY_COMPARE_WITH_TIMEOUT(text(), std::string("second"), patience);
    QTest::keyClick(editor().text().focusProxy(), Qt::Key_Escape);
    QTRY_VERIFY(!editor().isEditing());
}

void TestInlineEdits::aRenamedKeyKeepsItsEdit()
{
    edit("user:1");
    write("mine");
    m_server->command({"RENAME", "user:1", "user:9"});
    EditOutcome outcome;
    outcome.now.type = KeyType::String;
    m_page->edited(KeyEdit{"user:1", RenameKey{"user:9"}}, outcome);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->tabs().currentKey(), std::optional<std::string>("user:9"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(pane().shownString(), patience);
    QCOMPARE(text(), std::string("mine"));
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:9"}), std::string("mine"), patience);
}

void TestInlineEdits::saysWhatCanNotBeEdited()
{
    const QSignalSpy said(m_page, &SessionPage::said);
    openAt("in:stream", 0);
    QTRY_VERIFY(words().contains(u"Entries of a stream can be added and deleted"));
    m_fixture->trigger(ActionId::EditValue);
    QCOMPARE(said.size(), 1);
    QVERIFY(!editor().isEditing());
    m_server->command({"SET", "user:1", std::string(2 * 1024 * 1024, 'x')});
    openAt("user:1");
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"which is the most that can be edited here"), patience);
    m_fixture->trigger(ActionId::EditValue);
    QCOMPARE(said.size(), 2);
    QVERIFY(!editor().isEditing());
}

void TestInlineEdits::readOnlyConnectionsSaySo()
{
    Profile profile = WindowFixture::profileOf(*m_server);
    profile.readOnly = true;
    openPage(profile);
    openAt("user:1");
    QTRY_VERIFY(words().contains(u"This connection is read-only"));
    QVERIFY(!WindowFixture::named<QPushButton>(pane(), u"Edit"_s));
    QWidget* view = pane().findChild<TextEditor*>()->focusProxy();
    QTest::keyClicks(view, u"x"_s);
    QVERIFY(!editor().isEditing());
}

QTEST_MAIN(TestInlineEdits)
#include "tst_inlineedits.moc"
