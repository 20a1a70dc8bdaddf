// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/common/noticebar.h"
#include "ui/editor/celleditor.h"
#include "ui/editor/codeeditor.h"
#include "ui/tree/keytreeview.h"
#include "ui/value/cellview.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuecopying.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keytabs.h"

#include <QAction>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000; // ms

QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

} // namespace

/// Values that leave the window as a whole, and files that come in.
class TestValueTransfer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void copiesAWholeKey_data();
    void copiesAWholeKey();
    void longElementsAreReadForIt();
    void saysWhatIsTooLarge();
    void theTableCopiesWhatIsSelected();
    void theMenusHaveIt();
    void aFileGoesIntoTheEditor();
    void aFileIsDroppedOntoTheValue();
    void aLongFileAsksAndIsGuarded();
    void aFileOfAnySizeIsLoadedIntoAString();
    void itsLoadingCanBeCancelled();
    void itsTabStaysWhileItIsLoaded();
    void aConflictIsOverwrittenOrReloaded_data();
    void aConflictIsOverwrittenOrReloaded();
    void productionAsksBeforeAFileIsLoaded();
    void aFileThatCanNotBeReadIsSaid();

private:
    void openAt(const std::string& key, int row = -1);
    [[nodiscard]] ValuePane& pane() const { return static_cast<ValuePane&>(*m_page->tabs().currentPane()); }
    [[nodiscard]] CellEditor& editor() const { return *m_page->edits().editorOf(&pane()); }
    [[nodiscard]] QString file(const std::string& content) const;
    /// Answers the file dialog that the action opens.
    void loadFrom(const QString& path);
    [[nodiscard]] QMessageBox* box() const;
    /// Loads it in place of the string, and says yes to that.
    void replaceBy(const QString& path);
    [[nodiscard]] NoticeBar* notice() const { return WindowFixture::named<NoticeBar>(pane(), u"Loading a file"_s); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
};

void TestValueTransfer::init()
{
    m_server = RedisServer::start();
    m_server->command({"SET", "text", "some \xFF text"});
    m_server->command({"HSET", "hash", "a", "1", "b", "2", "c", "3"});
    m_fixture = std::make_unique<WindowFixture>();
    m_page = &m_fixture->open(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), patience);
    QGuiApplication::clipboard()->clear();
}

void TestValueTransfer::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void TestValueTransfer::openAt(const std::string& key, int row)
{
    m_page->tabs().open(key);
    QTRY_VERIFY_WITH_TIMEOUT(pane().head().has_value() && pane().head()->key == key, patience);
    if (row < 0) {
        QTRY_VERIFY_WITH_TIMEOUT(pane().findChild<CellView*>()->content(), patience);
        return;
    }
    auto* table = pane().findChild<ElementTable*>();
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() > row, patience);
    table->setCurrentIndex(table->model()->index(row, table->model()->columnCount() - 1));
}

QString TestValueTransfer::file(const std::string& content) const
{
    const QString path = m_fixture->folder() + u"/value.bin"_s;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(content)) < 0) {
        return {};
    }
    return path;
}

void TestValueTransfer::loadFrom(const QString& path)
{
    m_fixture->trigger(ActionId::LoadValue);
    auto* dialog = m_fixture->window().findChild<QFileDialog*>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(path);
    dialog->reject();
}

QMessageBox* TestValueTransfer::box() const
{
    for (QMessageBox* each : m_fixture->window().findChildren<QMessageBox*>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

void TestValueTransfer::copiesAWholeKey_data()
{
    QTest::addColumn<int>("action");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("copied");
    QTest::newRow("text") << int(ActionId::CopyValueText) << u"text"_s << u"some \\xFF text"_s;
    QTest::newRow("hex") << int(ActionId::CopyValueHex) << u"text"_s << u"736F6D6520FF2074657874"_s;
    QTest::newRow("command") << int(ActionId::CopyValueCommand) << u"text"_s << u"SET text \"some \\xff text\"\n"_s;
    QTest::newRow("CSV") << int(ActionId::CopyValueCsv) << u"hash"_s << u"field,value\r\na,1\r\nb,2\r\nc,3"_s;
    QTest::newRow("fields") << int(ActionId::CopyValueCommand) << u"hash"_s << u"HSET hash a 1 b 2 c 3\n"_s;
}

void TestValueTransfer::copiesAWholeKey()
{
    QFETCH(const int, action);
    QFETCH(const QString, key);
    QFETCH(const QString, copied);
    openAt(key.toStdString());
    m_fixture->trigger(static_cast<ActionId>(action));
    QTRY_COMPARE_WITH_TIMEOUT(clipboard(), copied, patience);
}

void TestValueTransfer::longElementsAreReadForIt()
{
    const std::string big(100'000, 'x'); // left out of its page
    m_server->command({"HSET", "big", "a", "1", "b", big});
    m_server->command({"EXPIRE", "big", "5000"});
    openAt("big");
    m_fixture->trigger(ActionId::CopyValueCommand);
    QTRY_VERIFY_WITH_TIMEOUT(clipboard().contains(u"PEXPIREAT big "), patience);
    QVERIFY(clipboard().contains(u" b "_s + QString::fromStdString(big)));
}

void TestValueTransfer::saysWhatIsTooLarge()
{
    m_server->command({"SETRANGE", "large", std::to_string(largestCopy.value), "x"});
    const QSignalSpy said(m_page, &SessionPage::said);
    openAt("large");
    m_fixture->trigger(ActionId::CopyValueHex);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
    QVERIFY(said.front()[1].toString().contains(sizeText(largestCopy)));
    QVERIFY(clipboard().isEmpty());
}

void TestValueTransfer::theTableCopiesWhatIsSelected()
{
    openAt("hash", 0);
    auto* table = pane().findChild<ElementTable*>();
    auto* copying = pane().findChild<ValueCopying*>();
    copying->copySelection(CopyForm::Text);
    QTRY_COMPARE_WITH_TIMEOUT(clipboard(), u"1"_s, patience);
    copying->copySelection(CopyForm::Csv);
    QTRY_COMPARE_WITH_TIMEOUT(clipboard(), u"a,1"_s, patience);
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    copying->copySelection(CopyForm::Command);
    QTRY_COMPARE_WITH_TIMEOUT(clipboard(), u"HSET hash a 1 b 2\n"_s, patience);
    copying->copySelection(CopyForm::Text);
    QTRY_COMPARE_WITH_TIMEOUT(clipboard(), u"a\t1\nb\t2"_s, patience);
    const QList<QAction*> actions = table->actions();
    QVERIFY(std::ranges::any_of(
        actions, [](const QAction* action) { return action->menu() && action->menu()->actions().size() == 6; }));
}

void TestValueTransfer::theMenusHaveIt()
{
    QMenu menu;
    m_fixture->window().actions().fillKeyMenu(&menu);
    const auto actions = menu.actions();
    const auto submenu = std::find_if(actions.begin(), actions.end(), [](QAction* each) { return each->menu(); });
    QVERIFY(submenu != actions.end());
    QCOMPARE((*submenu)->menu()->actions().size(), 6);
}

void TestValueTransfer::aFileGoesIntoTheEditor()
{
    openAt("hash", 1);
    loadFrom(file("from\na file"));
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing() && editor().isDirty(), patience);
    QCOMPARE(editor().text().text(), "from\na file"s);
    QCOMPARE(m_server->command({"HGET", "hash", "b"}), "2"s); // not before it is saved
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"HGET", "hash", "b"}), "from\na file"s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    const std::string bytes("\0\xFF\x80", 3); // while it is edited, and another form
    loadFrom(file(bytes));
    QTRY_VERIFY_WITH_TIMEOUT(editor().isDirty(), patience);
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"HGET", "hash", "b"}), bytes, patience);
}

void TestValueTransfer::aFileIsDroppedOntoTheValue()
{
    openAt("text");
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file("dropped"))});
    data.setText(u"its name"_s);
    QWidget* view = pane().findChild<CellView*>();
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &drop);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QCOMPARE(editor().text().text(), "dropped"s);
}

void TestValueTransfer::aLongFileAsksAndIsGuarded()
{
    m_server->command({"EXPIRE", "text", "5000"});
    const std::string large(3'000'000, 'x');
    openAt("text");
    loadFrom(file(large));
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    QVERIFY2(box()->text().contains(sizeText(ByteCount{large.size()})), qPrintable(box()->text()));
    box()->reject();
    QTRY_VERIFY(!box());
    QCOMPARE(m_server->command({"STRLEN", "text"}), "11"s);
    loadFrom(file(large));
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    m_server->command({"SET", "text", "by another", "KEEPTTL"});
    const QSignalSpy said(m_page, &SessionPage::said);
    QVERIFY(WindowFixture::press(*box(), u"Replace"_s));
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
    QVERIFY(said.front()[1].toString().contains(u"somebody else"_s));
    QCOMPARE(m_server->command({"GET", "text"}), "by another"s);
    m_page->reloadValue();
    QTRY_VERIFY_WITH_TIMEOUT(pane().shownString() && *pane().shownString() == "by another", patience);
    loadFrom(file(large));
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    QVERIFY(WindowFixture::press(*box(), u"Replace"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"STRLEN", "text"}), "3000000"s, patience);
    QVERIFY(std::stoi(m_server->command({"TTL", "text"})) > 4000);
}

void TestValueTransfer::replaceBy(const QString& path)
{
    loadFrom(path);
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    QVERIFY(WindowFixture::press(*box(), u"Replace"_s));
}

void TestValueTransfer::aFileOfAnySizeIsLoadedIntoAString()
{
    m_server->command({"EXPIRE", "text", "5000"});
    openAt("text");
    const std::string large(static_cast<std::size_t>(largestWholeValue.value) + 100'000, 'x'); // no reply is so long
    const QSignalSpy said(m_page, &SessionPage::said);
    replaceBy(file(large));
    QTRY_VERIFY_WITH_TIMEOUT(notice(), patience);
    QVERIFY2(notice()->text().contains(u"value.bin"_s) && notice()->text().contains(u"text"_s)
            && notice()->text().contains(sizeText(ByteCount{large.size()})),
        qPrintable(notice()->text()));
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, 4 * patience);
    QVERIFY2(said.front()[1].toString().contains(u"is loaded into text"_s), qPrintable(said.front()[1].toString()));
    QCOMPARE(m_server->command({"STRLEN", "text"}), std::to_string(large.size()));
    QVERIFY(std::stoi(m_server->command({"TTL", "text"})) > 4000);
    QCOMPARE(m_server->command({"KEYS", "*keyglass-*"}), ""s);
    QTRY_COMPARE_WITH_TIMEOUT(pane().head() ? pane().head()->length : std::nullopt,
        std::optional<std::uint64_t>(large.size()), patience); // shown as it is now
    QVERIFY(WindowFixture::press(*notice(), u"Close"_s));
    QVERIFY(!notice());
}

void TestValueTransfer::itsLoadingCanBeCancelled()
{
    openAt("text");
    const QSignalSpy said(m_page, &SessionPage::said);
    const QString path = file(std::string(30'000'000, 'x'));
    loadFrom(path);
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    m_server->freeze(); // so that it can't be done before it is cancelled
    QVERIFY(WindowFixture::press(*box(), u"Replace"_s));
    QTRY_VERIFY_WITH_TIMEOUT(notice(), patience);
    QVERIFY(WindowFixture::press(*notice(), u"Cancel"_s));
    m_server->thaw();
    QTRY_VERIFY_WITH_TIMEOUT(notice() && notice()->text().contains(u"it was cancelled"_s), patience);
    QCOMPARE(m_server->command({"STRLEN", "text"}), "11"s);
    QCOMPARE(m_server->command({"KEYS", "*keyglass-*"}), ""s);
}

/// No other key takes its tab; closing that asks first, as does closing the session.
void TestValueTransfer::itsTabStaysWhileItIsLoaded()
{
    m_page->tabs().preview("text");
    QTRY_VERIFY_WITH_TIMEOUT(pane().findChild<CellView*>()->content(), patience);
    loadFrom(file(std::string(30'000'000, 'x')));
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    m_server->freeze(); // so that it can't be done meanwhile
    QVERIFY(WindowFixture::press(*box(), u"Replace"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!box() && notice(), patience);
    QVERIFY(m_page->session().runningWork().contains(u"the loading of a file"_s));
    m_page->tabs().preview("hash");
    QCOMPARE(m_page->tabs().count(), 2);
    m_page->tabs().open("text");
    QVERIFY(notice());
    m_page->tabs().closeCurrent();
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    box()->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!box(), patience);
    QCOMPARE(m_page->tabs().count(), 2);
    m_page->tabs().closeCurrent();
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    const QSignalSpy said(m_page, &SessionPage::said);
    QVERIFY(WindowFixture::press(*box(), u"Close the tab"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_page->tabs().count(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        said.size() == 1 && said.front()[1].toString().contains(u"its tab was closed"_s), patience);
    m_server->thaw();
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().runningWork().isEmpty(), patience);
    QCOMPARE(m_server->command({"STRLEN", "text"}), "11"s);
}

void TestValueTransfer::aConflictIsOverwrittenOrReloaded_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<std::string>("length");
    QTest::newRow("overwritten") << u"Overwrite"_s << "2000000"s;
    QTest::newRow("reloaded") << u"Reload"_s << "10"s;
}

void TestValueTransfer::aConflictIsOverwrittenOrReloaded()
{
    QFETCH(const QString, button);
    QFETCH(const std::string, length);
    openAt("text");
    loadFrom(file(std::string(2'000'000, 'x')));
    QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
    m_server->command({"SET", "text", "by another"});
    QVERIFY(WindowFixture::press(*box(), u"Replace"_s));
    QTRY_VERIFY_WITH_TIMEOUT(notice() && notice()->text().contains(u"somebody else"_s), patience);
    QCOMPARE(m_server->command({"GET", "text"}), "by another"s);
    QVERIFY(WindowFixture::press(*notice(), button));
    QTRY_COMPARE_WITH_TIMEOUT(pane().head() ? pane().head()->length : std::nullopt,
        std::optional<std::uint64_t>(std::stoull(length)), patience);
    QCOMPARE(m_server->command({"STRLEN", "text"}), length);
}

void TestValueTransfer::productionAsksBeforeAFileIsLoaded()
{
    Profile profile = WindowFixture::profileOf(*m_server);
    profile.environment = Environment::Production;
    m_page = &m_fixture->open(profile);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), patience);
    openAt("text");
    const auto ask = [this] { return m_fixture->window().findChild<QInputDialog*>(); };
    replaceBy(file(std::string(2'000'000, 'x')));
    QTRY_VERIFY_WITH_TIMEOUT(ask(), patience);
    ask()->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!ask() && notice() && notice()->text().contains(u"nothing was changed"_s), patience);
    QCOMPARE(m_server->command({"STRLEN", "text"}), "11"s);
    replaceBy(file(std::string(2'000'000, 'x')));
    QTRY_VERIFY_WITH_TIMEOUT(ask(), patience);
    ask()->setTextValue(profile.title());
    ask()->accept();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"STRLEN", "text"}), "2000000"s, patience);
}

void TestValueTransfer::aFileThatCanNotBeReadIsSaid()
{
    openAt("text");
    const QSignalSpy said(m_page, &SessionPage::said);
    loadFrom(m_fixture->folder() + u"/nothing here"_s);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
    QVERIFY(said.front()[1].toString().contains(u"nothing here"_s));
    QVERIFY(!editor().isEditing());
}

QTEST_MAIN(TestValueTransfer)
#include "tst_valuetransfer.moc"
