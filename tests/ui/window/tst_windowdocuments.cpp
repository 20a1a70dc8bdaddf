// SPDX-License-Identifier: GPL-3.0-or-later
// What modules of the server hold: dumps become keys, and JSON documents are edited by path. The latter with a real
// module, where KEYGLASS_TEST_JSON_MODULE names one.
#include "tests/ui/window/windowfixture.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/contentfield.h"
#include "ui/edit/editdialog.h"
#include "ui/editor/celleditor.h"
#include "ui/editor/codeeditor.h"
#include "ui/value/documentview.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keytabs.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QTest>
#include <QTreeView>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000; // ms

QString jsonModule()
{
    return qEnvironmentVariable("KEYGLASS_TEST_JSON_MODULE");
}

} // namespace

class TestWindowDocuments : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void aDumpBecomesAKey();
    void aFileThatIsNoDumpIsTold();
    void aPartIsEditedInPlace();
    void whatAnotherMadeOfThePartIsShown();
    void membersAreAddedAndDeleted();
    void elementsAreAppendedToArrays();
    void aLongDocumentIsDeletedAsItIsShown();
    void documentsNeedTheirModule_data();
    void documentsNeedTheirModule();
    void newDocuments();

private:
    void open(const QStringList& arguments = {});
    void openDocument();
    /// The member or element with this name, below the rows that are named before it.
    void choose(const QStringList& names);
    void newKey(const QString& type);
    [[nodiscard]] ValuePane& pane() const { return static_cast<ValuePane&>(*m_page->tabs().currentPane()); }
    [[nodiscard]] CellEditor& editor() const { return *m_page->edits().editorOf(&pane()); }
    [[nodiscard]] EditDialog* dialog() const
    {
        for (auto* each : m_fixture->window().findChildren<EditDialog*>()) {
            if (each->isVisible()) {
                return each;
            }
        }
        return nullptr;
    }
    [[nodiscard]] std::string document() const { return m_server->command({"JSON.GET", "doc"}); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
};

void TestWindowDocuments::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void TestWindowDocuments::open(const QStringList& arguments)
{
    m_server = RedisServer::start(arguments);
    m_fixture = std::make_unique<WindowFixture>();
    m_page = &m_fixture->open(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), patience);
}

void TestWindowDocuments::openDocument()
{
    open({u"--loadmodule"_s, jsonModule()});
    m_server->command({"JSON.SET", "doc", "$", R"({"a":{"b":1,"c":[1,2]},"d":"text"})"});
    m_page->tabs().open("doc");
    QTRY_VERIFY_WITH_TIMEOUT(pane().findChild<DocumentView*>()->part(), patience);
}

void TestWindowDocuments::choose(const QStringList& names)
{
    auto* tree = pane().findChild<DocumentView*>()->findChild<QTreeView*>();
    QModelIndex at = tree->model()->index(0, 0);
    for (const QString& name : names) {
        tree->expand(at);
        QModelIndex next;
        for (int row = 0; row < tree->model()->rowCount(at); ++row) {
            const QModelIndex child = tree->model()->index(row, 0, at);
            next = child.data().toString() == name ? child : next;
        }
        QVERIFY2(next.isValid(), qPrintable(name));
        at = next;
    }
    tree->setCurrentIndex(at);
}

void TestWindowDocuments::newKey(const QString& type)
{
    m_fixture->trigger(ActionId::NewKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
    WindowFixture::named<BytesField>(*dialog(), u"Key name"_s)->setText(u"new"_s);
    auto* types = WindowFixture::named<QComboBox>(*dialog(), u"Type"_s);
    types->setCurrentText(type);
    QCOMPARE(types->currentText(), type);
}

void TestWindowDocuments::aDumpBecomesAKey()
{
    open();
    m_server->command({"RPUSH", "l", "a", "b"});
    QFile file(m_fixture->folder() + u"/l.dump"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(m_server->command({"DUMP", "l"})));
    file.close();
    newKey(u"what a dump file holds"_s);
    QVERIFY(!WindowFixture::named<ContentField>(*dialog(), u"Value"_s));
    QVERIFY(!WindowFixture::button(*dialog(), u"Create key"_s)->isEnabled());
    WindowFixture::named<QPushButton>(*dialog(), u"Dump file"_s)->click();
    auto* files = dialog()->findChild<QFileDialog*>();
    QVERIFY(files);
    Q_EMIT files->fileSelected(file.fileName());
    files->reject();
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog(), u"Create key"_s)->isEnabled(), patience);
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(m_server->list({"LRANGE", "new", "0", "-1"}), (std::vector<std::string>{"a", "b"}));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().snapshot()->contains("new"), patience);
}

void TestWindowDocuments::aFileThatIsNoDumpIsTold()
{
    open();
    QFile file(m_fixture->folder() + u"/no.dump"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no dump");
    file.close();
    newKey(u"what a dump file holds"_s);
    WindowFixture::named<QPushButton>(*dialog(), u"Dump file"_s)->click();
    Q_EMIT dialog()->findChild<QFileDialog*>()->fileSelected(file.fileName());
    dialog()->findChild<QFileDialog*>()->reject();
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog(), u"Create key"_s)->isEnabled(), patience);
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog()).contains(u"DUMP payload"_s), patience);
    QCOMPARE(m_server->command({"EXISTS", "new"}), std::string("0"));
}

void TestWindowDocuments::aPartIsEditedInPlace()
{
    if (jsonModule().isEmpty()) {
        QSKIP("KEYGLASS_TEST_JSON_MODULE names no module");
    }
    openDocument();
    choose({u"a"_s, u"c"_s, u"1"_s});
    m_page->editValue();
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    QCOMPARE(editor().text().text(), std::string("2"));
    editor().text().replaceText(R"({"x": null})");
    m_page->saveValue();
    QTRY_COMPARE_WITH_TIMEOUT(document(), std::string(R"({"a":{"b":1,"c":[1,{"x":null}]},"d":"text"})"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(pane().findChild<DocumentView*>()->part()->text == R"({"x":null})", patience);
    QCOMPARE(pane().findChild<DocumentView*>()->part()->path, std::string(R"($["a"]["c"][1])"));
}

void TestWindowDocuments::whatAnotherMadeOfThePartIsShown()
{
    if (jsonModule().isEmpty()) {
        QSKIP("KEYGLASS_TEST_JSON_MODULE names no module");
    }
    openDocument();
    choose({u"d"_s});
    m_page->editValue();
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing(), patience);
    editor().text().replaceText("\"mine\"");
    m_server->command({"JSON.SET", "doc", "$.d", "\"theirs\""});
    m_page->saveValue();
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(pane()).contains(u"changed by somebody else"_s), patience);
    QCOMPARE(m_server->command({"JSON.GET", "doc", ".d"}), std::string("\"theirs\""));
    QVERIFY(WindowFixture::press(pane(), u"Overwrite"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"JSON.GET", "doc", ".d"}), std::string("\"mine\""), patience);
}

void TestWindowDocuments::membersAreAddedAndDeleted()
{
    if (jsonModule().isEmpty()) {
        QSKIP("KEYGLASS_TEST_JSON_MODULE names no module");
    }
    openDocument();
    choose({u"a"_s});
    m_fixture->trigger(ActionId::AddElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
    WindowFixture::named<BytesField>(*dialog(), u"Field"_s)->setText(u"a \"name\""_s);
    WindowFixture::named<ContentField>(*dialog(), u"Content"_s)->setPlainText(u"true"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Add"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(document(), std::string(R"({"a":{"b":1,"c":[1,2],"a \"name\"":true},"d":"text"})"));
    QTRY_VERIFY_WITH_TIMEOUT(
        pane().findChild<DocumentView*>()->part()->text.find("name") != std::string::npos, patience);
    choose({u"a"_s, u"a \"name\""_s});
    m_fixture->trigger(ActionId::DeleteElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
    QVERIFY(WindowFixture::press(*dialog(), u"Delete"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(document(), std::string(R"({"a":{"b":1,"c":[1,2]},"d":"text"})"));
}

void TestWindowDocuments::elementsAreAppendedToArrays()
{
    if (jsonModule().isEmpty()) {
        QSKIP("KEYGLASS_TEST_JSON_MODULE names no module");
    }
    openDocument();
    choose({u"a"_s, u"c"_s});
    m_fixture->trigger(ActionId::AddElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
    QCOMPARE(dialog()->windowTitle(), u"Add element"_s);
    WindowFixture::named<ContentField>(*dialog(), u"Content"_s)->setPlainText(u"{\"x\": 3}"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Add"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(document(), std::string(R"({"a":{"b":1,"c":[1,2,{"x":3}]},"d":"text"})"));
}

void TestWindowDocuments::aLongDocumentIsDeletedAsItIsShown()
{
    if (jsonModule().isEmpty()) {
        QSKIP("KEYGLASS_TEST_JSON_MODULE names no module");
    }
    open({u"--loadmodule"_s, jsonModule()});
    const std::string longText = '"' + std::string(SeenContent::mostBytes + 1, 'x') + '"';
    m_server->command({"JSON.SET", "doc", "$", R"({"a":)" + longText + R"(,"b":1})"});
    m_page->tabs().open("doc");
    QTRY_VERIFY_WITH_TIMEOUT(pane().findChild<DocumentView*>()->document(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!pane().isReading(), patience);
    m_fixture->trigger(ActionId::DeleteKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
    m_server->command({"JSON.SET", "doc", "$.b", "2"});
    QVERIFY(WindowFixture::press(*dialog(), u"Delete key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog()).contains(u"was changed"_s), patience);
    QCOMPARE(m_server->command({"EXISTS", "doc"}), std::string("1"));
    QVERIFY(WindowFixture::press(*dialog(), u"Delete key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(m_server->command({"EXISTS", "doc"}), std::string("0"));
}

void TestWindowDocuments::documentsNeedTheirModule_data()
{
    QTest::addColumn<bool>("hasModule");
    QTest::newRow("no module") << false;
    if (!jsonModule().isEmpty()) {
        QTest::newRow("module") << true;
    }
}

void TestWindowDocuments::documentsNeedTheirModule()
{
    QFETCH(const bool, hasModule);
    open(hasModule ? QStringList{u"--loadmodule"_s, jsonModule()} : QStringList());
    m_fixture->trigger(ActionId::NewKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
    auto* types = WindowFixture::named<QComboBox>(*dialog(), u"Type"_s);
    const QModelIndex item = types->model()->index(types->findText(u"JSON document"_s), 0);
    QCOMPARE(item.flags().testFlag(Qt::ItemIsEnabled), hasModule);
    QCOMPARE(item.data(Qt::ToolTipRole).toString().contains(u"no module"_s), !hasModule);
}

void TestWindowDocuments::newDocuments()
{
    if (jsonModule().isEmpty()) {
        QSKIP("KEYGLASS_TEST_JSON_MODULE names no module");
    }
    open({u"--loadmodule"_s, jsonModule()});
    newKey(u"JSON document"_s);
    auto* content = WindowFixture::named<ContentField>(*dialog(), u"Value"_s);
    content->setPlainText(u"{\"a\": "_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog(), u"Create key"_s)->isEnabled(), patience);
    content->setPlainText(u"{\"a\": 1}"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(m_server->command({"JSON.GET", "new"}), std::string(R"({"a":1})"));
}

QTEST_MAIN(TestWindowDocuments)
#include "tst_windowdocuments.moc"
