// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/editor/celleditor.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editstrip.h"
#include "ui/value/elementtable.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keytabs.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QMessageBox>
#include <QProcess>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000; // ms

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

class TestInlineEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void savesInPlace_data();
    void savesInPlace();
    void aScoreIsChangedByItself();
    void typingBeginsTheEdit();
    void typingOverASelectionReplacesIt();
    void bytesThatAreNoTextAreEdited();
    void compactJsonIsLaidOutAndSavedCompact();
    void whatAnotherChangedIsShownInPlace();
    void theirsCanBeTakenAndThatUndone();
    void whatIsNotThereAnyMoreIsReloaded_data();
    void whatIsNotThereAnyMoreIsReloaded();
    void bothCanBeMerged();
    void marksAreNotSavedUnasked();
    void aKeyThatIsGoneIsMadeAnew();
    void closingAnEditedTabAsks_data();
    void closingAnEditedTabAsks();
    void anotherCellWaitsForAnAnswer();
    void aLateReplyIsOfTheCellThatWasSent();
    void aTextThatNobodyChangedMakesWay();
    void closingTheWindowAsks_data();
    void closingTheWindowAsks();
    void anotherDatabaseKeepsADraft();
    void aDraftIsOfferedAgain();
    void aKeptDraftIsNotWrittenOver();
    void aLostConnectionLosesNothing();
    void aKilledWindowGivesItBack();
    void aRenamedKeyKeepsItsEdit();
    void saysWhatCanNotBeEdited();
    void readOnlyConnectionsSaySo();

private:
    SessionPage& openPage(const Profile& profile);
    /// Opens the key and waits for its content, then makes a cell of it current.
    void openAt(const std::string& key, int row = -1, int column = 1);
    [[nodiscard]] ValuePane& pane() const { return static_cast<ValuePane&>(*m_page->tabs().currentPane()); }
    [[nodiscard]] CellEditor& editor() const { return *m_page->edits().editorOf(&pane()); }
    [[nodiscard]] std::string text() const { return editor().text().text(); }
    void edit(const std::string& key, int row = -1, int column = 1);
    void write(const std::string& content) { editor().text().replaceText(content); }
    [[nodiscard]] bool press(const QString& button) { return WindowFixture::press(pane(), button); }
    [[nodiscard]] QString words() const { return WindowFixture::words(pane()); }
    [[nodiscard]] QTabBar& bar() const { return *m_page->tabs().findChild<QTabBar*>(); }
    [[nodiscard]] QStringList draftFiles() const;
    [[nodiscard]] QMessageBox* box() const;

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
};

void TestInlineEdits::init()
{
    m_server = RedisServer::start();
    m_server->command({"SET", "user:1", "one"});
    m_server->command({"SET", "user:2", "two", "EX", "5000"});
    m_server->command({"HSET", "in:hash", "a", "first", "b", "second"});
    m_server->command({"RPUSH", "in:list", "first", "second"});
    m_server->command({"SADD", "in:set", "first"});
    m_server->command({"ZADD", "in:zset", "1.5", "first", "2.5", "second"});
    m_server->command({"XADD", "in:stream", "1-1", "a", "first"});
    for (const char* key : {"in:hash", "in:list", "in:set", "in:zset"}) {
        m_server->command({"EXPIRE", key, "5000"});
    }
    m_fixture = std::make_unique<WindowFixture>();
    openPage(WindowFixture::profileOf(*m_server));
}

void TestInlineEdits::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

SessionPage& TestInlineEdits::openPage(const Profile& profile)
{
    m_page = &m_fixture->open(profile);
    [this] { QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), patience); }();
    return *m_page;
}

void TestInlineEdits::openAt(const std::string& key, int row, int column)
{
    m_page->tabs().open(key);
    QTRY_VERIFY_WITH_TIMEOUT(pane().head().has_value() && pane().head()->key == key, patience);
    if (row < 0) {
        QTRY_VERIFY_WITH_TIMEOUT(pane().head()->type != KeyType::String || pane().head()->length.value_or(0) > 60'000
                || pane().shownString(),
            patience);
        return;
    }
    auto* table = pane().findChild<ElementTable*>();
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() > row, patience);
    table->setCurrentIndex(table->model()->index(row, std::min(column, table->model()->columnCount() - 1)));
    QTRY_VERIFY_WITH_TIMEOUT(pane().selected().has_value(), patience);
}

void TestInlineEdits::edit(const std::string& key, int row, int column)
{
    openAt(key, row, column);
    m_fixture->trigger(ActionId::EditValue);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing() && editor().isVisible(), patience);
}

QStringList TestInlineEdits::draftFiles() const
{
    m_fixture->drafts().flush();
    return QDir(m_fixture->folder() + u"/drafts"_s).entryList({u"*.draft"_s}, QDir::Files);
}

QMessageBox* TestInlineEdits::box() const
{
    for (QMessageBox* each : m_fixture->window().findChildren<QMessageBox*>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

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

void TestInlineEdits::whatAnotherChangedIsShownInPlace()
{
    edit("in:hash", 0);
    write("mine");
    m_server->command({"HSET", "in:hash", "a", "theirs", "b", "theirs too"});
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"changed by somebody else"), patience);
    QCOMPARE(m_server->command({"HGET", "in:hash", "a"}), std::string("theirs"));
    QCOMPARE(text(), std::string("mine")); // nothing that was typed is lost
    QVERIFY(editor().isDirty());
    QCOMPARE(draftFiles().size(), 1);
    QVERIFY(WindowFixture::named<QWidget>(pane(), u"What is there now"_s));
    QVERIFY(!m_fixture->window().isModal() && QApplication::activeModalWidget() == nullptr);
    m_fixture->trigger(ActionId::SaveValue); // without a choice it is the same question
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::named<QWidget>(pane(), u"What is there now"_s), patience);
    QVERIFY(press(u"Overwrite"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    QCOMPARE(m_server->command({"HGET", "in:hash", "a"}), std::string("mine"));
    QCOMPARE(m_server->command({"HGET", "in:hash", "b"}), std::string("theirs too"));
}

void TestInlineEdits::theirsCanBeTakenAndThatUndone()
{
    edit("user:1");
    write("mine");
    m_server->command({"SET", "user:1", "theirs"});
    m_fixture->trigger(ActionId::SaveValue);
    QVERIFY(WindowFixture::press(editor(), u"Reload"_s)); // not that of the notice above the value
    QTRY_COMPARE_WITH_TIMEOUT(text(), std::string("theirs"), patience);
    QVERIFY(!editor().isDirty());
    editor().text().undo();
    QCOMPARE(text(), std::string("mine"));
    QVERIFY(editor().isDirty());
    m_fixture->trigger(ActionId::SaveValue); // theirs has been seen now
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string("mine"), patience);
}

void TestInlineEdits::whatIsNotThereAnyMoreIsReloaded_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArrayList>("theirs");
    QTest::addColumn<QString>("told");
    QTest::addColumn<QString>("there"); // afterwards, in the first column
    const QString gone = u"is not there any more"_s;
    QTest::newRow("set") << QByteArray("in:set")
                         << QByteArrayList{"EVAL",
                                "redis.call('SADD', KEYS[1], 'x') return redis.call('SREM', KEYS[1], 'first')", "1",
                                "in:set"}
                         << gone << u"x"_s;
    QTest::newRow("sorted set") << QByteArray("in:zset") << QByteArrayList{"ZREM", "in:zset", "first"} << gone
                                << u"second"_s;
    QTest::newRow("score") << QByteArray("in:zset") << QByteArrayList{"ZADD", "in:zset", "1.75", "first"}
                           << u"the score is 1.75 now"_s << u"first"_s;
    QTest::newRow("hash") << QByteArray("in:hash") << QByteArrayList{"HDEL", "in:hash", "a"} << gone << u"b"_s;
}

/// Also where there is nothing of theirs to be shown beside the edit, the choice is there.
void TestInlineEdits::whatIsNotThereAnyMoreIsReloaded()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArrayList, theirs);
    QFETCH(const QString, told);
    QFETCH(const QString, there);
    edit(key.toStdString(), 0, 0);
    write("mine");
    RedisServer::Args args;
    for (const QByteArray& word : theirs) {
        args.push_back(word.toStdString());
    }
    QVERIFY(!m_server->command(args).starts_with("-"));
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY2_WITH_TIMEOUT(words().contains(told), qPrintable(words()), patience);
    QCOMPARE(text(), std::string("mine"));
    QVERIFY(press(u"Discard and reload"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isEditing(), patience);
    const auto* table = pane().findChild<ElementTable*>();
    const auto isThere = [&] {
        const auto& model = *table->model();
        for (int column = 0; model.rowCount() > 0 && column < model.columnCount(); ++column) {
            if (model.index(0, column).data().toString() == there) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), patience);
    QVERIFY(draftFiles().isEmpty());
}

void TestInlineEdits::bothCanBeMerged()
{
    m_server->command({"SET", "user:1", R"({"a":1,"b":2,"c":3})"});
    edit("user:1");
    std::string mine = text();
    mine.replace(mine.find("\"a\": 1"), 6, "\"a\": 10");
    write(mine);
    m_server->command({"SET", "user:1", R"({"a":1,"b":2,"c":30})"});
    m_fixture->trigger(ActionId::SaveValue);
    QVERIFY(press(u"Merge"_s));
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"both changes are in the text"), patience);
    QVERIFY(editor().isDirty());
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string(R"({"a":10,"b":2,"c":30})"), patience);
}

void TestInlineEdits::marksAreNotSavedUnasked()
{
    edit("user:1");
    write("mine");
    m_server->command({"SET", "user:1", "theirs"});
    m_fixture->trigger(ActionId::SaveValue);
    QVERIFY(press(u"Merge"_s));
    QTRY_VERIFY(text().find("<<<<<<< ") != std::string::npos);
    QVERIFY(text().find("mine\n") != std::string::npos && text().find("theirs\n") != std::string::npos);
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"still marked"), patience);
    QCOMPARE(m_server->command({"GET", "user:1"}), std::string("theirs"));
    write("mine and theirs");
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string("mine and theirs"), patience);
}

void TestInlineEdits::aKeyThatIsGoneIsMadeAnew()
{
    edit("user:1");
    write("mine");
    m_server->command({"DEL", "user:1"});
    m_fixture->trigger(ActionId::SaveValue);
    QVERIFY(press(u"Make it anew"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string("mine"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
}

void TestInlineEdits::closingAnEditedTabAsks_data()
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

void TestInlineEdits::closingAnEditedTabAsks()
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

void TestInlineEdits::closingTheWindowAsks_data()
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

void TestInlineEdits::closingTheWindowAsks()
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

void TestInlineEdits::anotherDatabaseKeepsADraft()
{
    edit("user:1");
    write("mine");
    m_page->session().selectDatabase(1);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->tabs().count(), 0, patience);
    QCOMPARE(draftFiles().size(), 1);
    m_page->session().selectDatabase(0);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*m_page).contains(u"An unsaved edit of user:1"), patience);
}

void TestInlineEdits::aDraftIsOfferedAgain()
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

void TestInlineEdits::aKeptDraftIsNotWrittenOver()
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

void TestInlineEdits::aLostConnectionLosesNothing()
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

void TestInlineEdits::aKilledWindowGivesItBack()
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

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    if (argc == 4 && std::string_view(argv[1]) == "--edit") {
        return editAndWait(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]));
    }
    TestInlineEdits test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_inlineedits.moc"
