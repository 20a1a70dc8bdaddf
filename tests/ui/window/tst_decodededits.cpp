// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/externaldecoder.h"
#include "tests/core/value/decoderstacks.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/editor/celleditor.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editstrip.h"
#include "ui/value/cellview.h"
#include "ui/value/elementtable.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keytabs.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000; // ms

std::string unpacked(std::string_view names, std::string_view stored)
{
    const auto decoded = stackOf(names).decode(stored);
    return decoded ? decoded->content : "not decoded";
}

} // namespace

/// Edits of values that are shown through decoders, in a real window and on a real server.
class TestDecodedEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void savesThroughTheStack_data();
    void savesThroughTheStack();
    void typingEditsWhatIsShown();
    void asStoredEditsTheBytes();
    void aOneWayLayerIsNamed();
    void whatCanNotBeEncodedIsNotSaved();
    void conflictsAreShownDecoded();
    void bothAreMergedDecoded();
    void theirsThatCanNotBeDecodedAreShownAsStored();
    void aDraftKeepsItsStack();
    void longOnesAreEncodedAside();
    void programsGoBothWays();

private:
    void openAt(const std::string& key, int row = -1);
    void edit(const std::string& key, int row = -1);
    [[nodiscard]] ValuePane& pane() const { return static_cast<ValuePane&>(*m_page->tabs().currentPane()); }
    [[nodiscard]] CellView& view() const { return *pane().findChild<CellView*>(); }
    [[nodiscard]] CellEditor& editor() const { return *m_page->edits().editorOf(&pane()); }
    [[nodiscard]] std::string text() const { return editor().text().text(); }
    void write(const std::string& content) { editor().text().replaceText(content); }
    void replace(const std::string& from, const std::string& to);
    void save() { m_fixture->trigger(ActionId::SaveValue); }
    [[nodiscard]] bool press(const QString& button) { return WindowFixture::press(pane(), button); }
    [[nodiscard]] QString words() const { return WindowFixture::words(pane()); }
    [[nodiscard]] std::string stored(const char* key) { return m_server->command({"GET", key}); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
};

void TestDecodedEdits::init()
{
    m_server = RedisServer::start();
    m_server->command({"SET", "packed", packed("zstd,json", R"({"a":1,"b":2,"c":3})"), "EX", "5000"});
    m_fixture = std::make_unique<WindowFixture>();
    m_page = &m_fixture->open(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), patience);
}

void TestDecodedEdits::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

/// Waits until the value is shown, decoded where it is.
void TestDecodedEdits::openAt(const std::string& key, int row)
{
    m_page->tabs().open(key);
    QTRY_VERIFY_WITH_TIMEOUT(pane().head().has_value() && pane().head()->key == key, patience);
    if (row >= 0) {
        auto* table = pane().findChild<ElementTable*>();
        QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() > row, patience);
        table->setCurrentIndex(table->model()->index(row, table->model()->columnCount() - 1));
    }
    QTRY_VERIFY_WITH_TIMEOUT(!view().shownDecoders().isEmpty(), patience);
}

void TestDecodedEdits::edit(const std::string& key, int row)
{
    openAt(key, row);
    m_fixture->trigger(ActionId::EditValue);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing() && editor().isVisible(), patience);
}

void TestDecodedEdits::replace(const std::string& from, const std::string& to)
{
    std::string changed = text();
    QVERIFY(changed.find(from) != std::string::npos);
    changed.replace(changed.find(from), from.size(), to);
    write(changed);
}

void TestDecodedEdits::savesThroughTheStack_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("type");
    for (const QString& names : {u"zstd,json"_s, u"gzip,msgpack"_s, u"msgpack"_s, u"php"_s}) {
        QTest::addRow("string of %s", qPrintable(names)) << names << u"string"_s;
    }
    QTest::newRow("field") << u"zstd,msgpack"_s << u"hash"_s;
    QTest::newRow("element") << u"gzip,json"_s << u"list"_s;
    QTest::newRow("member") << u"zlib,json"_s << u"set"_s;
}

void TestDecodedEdits::savesThroughTheStack()
{
    QFETCH(const QString, names);
    QFETCH(const QString, type);
    const std::string stack = names.toStdString();
    const std::string before = packed(stack, R"({"id":41,"tags":["a"]})");
    const bool isString = type == u"string";
    m_server->command(isString ? RedisServer::Args{"SET", "key", before}
            : type == u"hash"  ? RedisServer::Args{"HSET", "key", "f", before}
            : type == u"list"  ? RedisServer::Args{"RPUSH", "key", before}
                               : RedisServer::Args{"SADD", "key", before});
    m_server->command({"EXPIRE", "key", "5000"});
    edit("key", isString ? -1 : 0);
    QVERIFY2(words().contains(stackOf(stack).title()), qPrintable(words())); // the bar says through what
    replace("41", "42");
    save();
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    const std::string after = m_server->command(isString ? RedisServer::Args{"GET", "key"}
            : type == u"hash"                            ? RedisServer::Args{"HGET", "key", "f"}
            : type == u"list"                            ? RedisServer::Args{"LINDEX", "key", "0"}
                                                         : RedisServer::Args{"SRANDMEMBER", "key"});
    QCOMPARE(unpacked(stack, after), unpacked(stack, packed(stack, R"({"id":42,"tags":["a"]})")));
    QVERIFY(std::stoi(m_server->command({"TTL", "key"})) > 4000);
    replace("42", "43"); // compared with what was saved just now
    save();
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    QVERIFY2(!words().contains(u"somebody else"), qPrintable(words()));
}

void TestDecodedEdits::typingEditsWhatIsShown()
{
    m_server->command({"SET", "key", packed("gzip", "a text")});
    openAt("key");
    QWidget* keys = pane().findChild<TextEditor*>()->focusProxy();
    keys->setFocus();
    QTest::keyClicks(keys, u"B"_s);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QCOMPARE(text(), "Ba text"s);
    save();
    QTRY_COMPARE_WITH_TIMEOUT(unpacked("gzip", stored("key")), "Ba text"s, patience);
}

void TestDecodedEdits::asStoredEditsTheBytes()
{
    m_server->command({"SET", "key", packed("base64", "some text of a length")});
    openAt("key");
    view().setDecoders({false, {}});
    QTRY_VERIFY_WITH_TIMEOUT(view().shownDecoders().isEmpty(), patience);
    m_fixture->trigger(ActionId::EditValue);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QCOMPARE(text(), packed("base64", "some text of a length"));
}

void TestDecodedEdits::aOneWayLayerIsNamed()
{
    m_server->command({"SET", "key", "1700000000"});
    m_page->tabs().open("key");
    QTRY_VERIFY_WITH_TIMEOUT(pane().shownString(), patience);
    view().setDecoders({false, stackOf("unix-time")});
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"layer 1 (unix-time) can be read here, not written"), patience);
    const QSignalSpy said(m_page, &SessionPage::said);
    m_fixture->trigger(ActionId::EditValue);
    QCOMPARE(said.size(), 1);
    QVERIFY(!editor().isEditing());
    QVERIFY(press(u"Edit stored bytes"_s));
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QCOMPARE(text(), "1700000000"s);
    write("1700000001");
    save();
    QTRY_COMPARE_WITH_TIMEOUT(stored("key"), "1700000001"s, patience);
}

void TestDecodedEdits::whatCanNotBeEncodedIsNotSaved()
{
    const std::string before = packed("zstd,msgpack", R"({"id":1})");
    m_server->command({"SET", "key", before});
    edit("key");
    write("{\"id\": 1,");
    save();
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"layer 2 (msgpack)"), patience);
    QCOMPARE(stored("key"), before);
    QVERIFY(editor().isDirty());
    write(R"({"id": 2})");
    save();
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    QVERIFY(unpacked("zstd,msgpack", stored("key")).find('2') != std::string::npos);
}

void TestDecodedEdits::conflictsAreShownDecoded()
{
    edit("packed");
    replace("\"a\": 1", "\"a\": 10");
    const std::string theirs = packed("zstd,json", R"({"a":1,"b":"theirs","c":3})");
    m_server->command({"SET", "packed", theirs, "KEEPTTL"});
    save();
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::named<QWidget>(pane(), u"What is there now"_s), patience);
    const auto editors = pane().findChildren<CodeEditor*>();
    const auto shows = [](const CodeEditor* each) { return each->text().find("\"theirs\"") != std::string::npos; };
    QVERIFY(std::any_of(editors.begin(), editors.end(), shows));
    QCOMPARE(stored("packed"), theirs);
    QVERIFY(press(u"Overwrite"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    QCOMPARE(unpacked("zstd", stored("packed")), R"({"a":10,"b":2,"c":3})"s);
    QVERIFY(std::stoi(m_server->command({"TTL", "packed"})) > 4000);
}

void TestDecodedEdits::bothAreMergedDecoded()
{
    edit("packed");
    replace("\"a\": 1", "\"a\": 10");
    m_server->command({"SET", "packed", packed("zstd,json", R"({"a":1,"b":2,"c":30})"), "KEEPTTL"});
    save();
    QVERIFY(press(u"Merge"_s));
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"both changes are in the text"), patience);
    save();
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    QCOMPARE(unpacked("zstd", stored("packed")), R"({"a":10,"b":2,"c":30})"s);
}

void TestDecodedEdits::theirsThatCanNotBeDecodedAreShownAsStored()
{
    edit("packed");
    replace("\"a\": 1", "\"a\": 10");
    m_server->command({"SET", "packed", "plain text", "KEEPTTL"});
    save();
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"as it is stored (layer 1 (zstd)"), patience);
    QVERIFY(!WindowFixture::button(pane(), u"Merge"_s));
    QVERIFY(WindowFixture::press(editor(), u"Reload"_s)); // not that of the notice above the value
    QTRY_COMPARE_WITH_TIMEOUT(text(), "plain text"s, patience);
    QVERIFY(!editor().isDirty());
    write("plain text, changed");
    save();
    QTRY_COMPARE_WITH_TIMEOUT(stored("packed"), "plain text, changed"s, patience);
}

void TestDecodedEdits::aDraftKeepsItsStack()
{
    edit("packed");
    replace("\"a\": 1", "\"a\": 10");
    m_page->edits().keepAllAsDrafts();
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"An unsaved edit of"), patience);
    view().setDecoders({false, {}}); // how it is looked at now is of no matter to it
    QVERIFY(press(u"Restore"_s));
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QVERIFY(text().find("\"a\": 10") != std::string::npos);
    save();
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    QCOMPARE(unpacked("zstd", stored("packed")), R"({"a":10,"b":2,"c":3})"s);
    m_fixture->drafts().flush();
    QVERIFY(QDir(m_fixture->folder() + u"/drafts"_s).entryList({u"*.draft"_s}).isEmpty());
}

void TestDecodedEdits::longOnesAreEncodedAside()
{
    std::string lines;
    for (int line = 0; lines.size() < 2'000'000; ++line) {
        lines += "line " + std::to_string(line) + '\n';
    }
    m_server->command({"SET", "key", packed("zstd", lines)});
    edit("key");
    QVERIFY(text() == lines);
    editor().text().type(u"first "_s);
    save();
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    QVERIFY(unpacked("zstd", stored("key")) == "first " + lines);
}

void TestDecodedEdits::programsGoBothWays()
{
    allowExternalDecoders({{u"upper"_s, u"tr"_s, {u"a-z"_s, u"A-Z"_s}, u"tr"_s, {u"A-Z"_s, u"a-z"_s}}});
    m_server->command({"SET", "key", "a text"});
    m_page->tabs().open("key");
    QTRY_VERIFY_WITH_TIMEOUT(pane().shownString(), patience);
    view().setDecoders({false, stackOf("external:upper")});
    QTRY_VERIFY_WITH_TIMEOUT(view().decodedContent(), patience);
    m_fixture->trigger(ActionId::EditValue);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QCOMPARE(text(), "A TEXT"s);
    write("ANOTHER TEXT");
    save();
    QTRY_COMPARE_WITH_TIMEOUT(stored("key"), "another text"s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    write("lower case does not come back"); // decoded again it is another text
    save();
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"decoded again, it is another value"), patience);
    QCOMPARE(stored("key"), "another text"s);
    allowExternalDecoders({});
}

QTEST_MAIN(TestDecodedEdits)
#include "tst_decodededits.moc"
