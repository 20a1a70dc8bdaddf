// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of tables' schemas in the real window: undone from the list of undo archives.
#include "core/bulk/archivelibrary.h"
#include "tests/servers/tableserver.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/bulk/archivemodel.h"
#include "ui/bulk/undoarchivesdialog.h"
#include "ui/schema/schemadialog.h"
#include "ui/schema/tablecheckdialog.h"
#include "ui/window/pagetables.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

using Kind = SchemaChange::Kind;

namespace {

constexpr int patience = 20'000; // ms

/// A window on a server with the table shop.items.
struct SchemaWindow {
    SchemaWindow()
        : page(fixture.open(profileFor()))
    {
        QTRY_COMPARE_WITH_TIMEOUT(page.session().state(), SessionState::Connected, patience);
    }
    Profile profileFor()
    {
        server.make({"TABLE.NAMESPACE.CREATE shop", "TABLE.SCHEMA.CREATE shop.items sku:string:hash qty:integer",
            "TABLE.INSERT shop.items sku=A1 qty=5", "TABLE.INSERT shop.items sku=B2 qty=12"});
        Profile profile;
        profile.name = u"shop"_s;
        profile.port = server.port();
        return profile;
    }
    /// Makes a change that is archived, as its dialog would.
    void make(const SchemaChange& change)
    {
        auto& schemas = page.session().schemas();
        const auto preview = schemas.preview(change);
        QTRY_VERIFY_WITH_TIMEOUT(preview.answer.isFinished(), patience);
        QVERIFY(preview.answer.result());
        const auto run = schemas.run({*preview.answer.result(), {}, {}, true, schemaCommands()});
        QTRY_VERIFY_WITH_TIMEOUT(run.answer.isFinished(), patience);
        QVERIFY(run.answer.result());
        QCOMPARE(run.answer.result()->status, SchemaReport::Status::Done);
    }
    template <typename D> D* dialog()
    {
        D* found = nullptr;
        [&] { QTRY_VERIFY_WITH_TIMEOUT((found = fixture.window().findChild<D*>()) != nullptr, patience); }();
        return found;
    }

    TableServer server;
    WindowFixture fixture;
    SessionPage& page;
};

QTableView* archivesIn(const QWidget& dialog)
{
    return WindowFixture::named<QTableView>(dialog, u"Undo archives"_s);
}

QString textOf(const QWidget& dialog, const QString& name)
{
    const auto* text = WindowFixture::named<QPlainTextEdit>(dialog, name);
    return text ? text->toPlainText() : QString();
}

} // namespace

class TestWindowSchemas : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QDir(archiveFolder()).removeRecursively(); }
    void aChangeBeginsWithTheTableInFront();
    void aCheckBeginsWithTheTableInFront();
    void withoutATableItsNameIsAskedFirst();
    void anArchiveOfASchemaIsUndoneAsOne_data();
    void anArchiveOfASchemaIsUndoneAsOne();
};

void TestWindowSchemas::aChangeBeginsWithTheTableInFront()
{
    SchemaWindow opened;
    opened.page.tables().open("shop.items");
    opened.fixture.trigger(ActionId::ChangeTable);
    auto* dialog = opened.dialog<SchemaDialog>();
    auto* table = WindowFixture::named<QLineEdit>(*dialog, u"Table"_s);
    QVERIFY(table);
    QCOMPARE(table->text(), u"shop.items"_s);
    QVERIFY(!table->isReadOnly()); // another may be meant
    auto* change = WindowFixture::named<QComboBox>(*dialog, u"Change"_s);
    QCOMPARE(dialog->focusWidget(), change);
    change->setCurrentIndex(change->findData(int(Kind::DropNamespace)));
    QCOMPARE(table->text(), u"shop"_s);
    change->setCurrentIndex(change->findData(int(Kind::DropTable)));
    QCOMPARE(table->text(), u"shop.items"_s);
}

void TestWindowSchemas::aCheckBeginsWithTheTableInFront()
{
    SchemaWindow opened;
    opened.page.tables().open("shop.items");
    opened.fixture.trigger(ActionId::CheckTable);
    auto* dialog = opened.dialog<TableCheckDialog>();
    QCOMPARE(WindowFixture::named<QLineEdit>(*dialog, u"Table"_s)->text(), u"shop.items"_s);
    QVERIFY(WindowFixture::button(*dialog, u"&Check"_s)->isEnabled());
}

void TestWindowSchemas::withoutATableItsNameIsAskedFirst()
{
    SchemaWindow opened;
    opened.fixture.trigger(ActionId::ChangeTable);
    auto* dialog = opened.dialog<SchemaDialog>();
    auto* table = WindowFixture::named<QLineEdit>(*dialog, u"Table"_s);
    QVERIFY(table->text().isEmpty());
    QCOMPARE(dialog->focusWidget(), table);
}

void TestWindowSchemas::anArchiveOfASchemaIsUndoneAsOne_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QString>("job");
    QTest::addColumn<QString>("button");
    QTest::addRow("table") << int(Kind::DropTable) << QByteArray() << u"Drop table shop.items with all its rows"_s
                           << u"&Bring the table back"_s;
    QTest::addRow("column") << int(Kind::DropColumn) << QByteArray("sku") << u"Drop column sku of table shop.items"_s
                            << u"&Bring the column back"_s;
    QTest::addRow("index") << int(Kind::DropIndex) << QByteArray("sku")
                           << u"Drop the index on column sku of table shop.items"_s << u"Add the index"_s;
}

void TestWindowSchemas::anArchiveOfASchemaIsUndoneAsOne()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, column);
    QFETCH(const QString, job);
    QFETCH(const QString, button);
    SchemaWindow opened;
    opened.make({Kind(kind), "shop.items", column.toStdString()});
    QCOMPARE(opened.server.command({"EXISTS", "{shop.items}:idx:sku:B2"}), std::string("0"));
    opened.fixture.trigger(ActionId::UndoArchives);
    auto* archives = opened.dialog<UndoArchivesDialog>();
    QTRY_COMPARE_WITH_TIMEOUT(archivesIn(*archives)->model()->rowCount(), 1, patience);
    QCOMPARE(archivesIn(*archives)->model()->index(0, ArchiveModel::Job).data().toString(), job);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*archives).contains(u"undone as a whole"_s), patience);
    WindowFixture::named<QTableView>(*archives, u"Archived keys"_s)->selectAll();
    for (const auto* other : archives->findChildren<QPushButton*>()) {
        QVERIFY(!other->text().contains(u"keys back"_s) || !other->isEnabled());
    }
    QVERIFY(!WindowFixture::named<QComboBox>(*archives, u"Keys that are there again"_s)->isEnabled());
    QVERIFY(WindowFixture::press(*archives, u"&Undo the schema change…"_s));
    auto* undo = opened.dialog<SchemaDialog>();
    QTRY_VERIFY_WITH_TIMEOUT(textOf(*undo, u"Preview"_s).contains(u"+sku string indexed"_s), patience);
    QCOMPARE(opened.server.command({"EXISTS", "{shop.items}:idx:sku:B2"}), std::string("0"));
    QVERIFY(WindowFixture::press(*undo, button));
    QTRY_VERIFY_WITH_TIMEOUT(textOf(*undo, u"Report"_s).contains(u"one, and verified."_s), patience);
    QCOMPARE(opened.server.command({"HGET", "schema:{shop.items}", "sku"}), std::string("string"));
    QCOMPARE(opened.server.command({"SMEMBERS", "{shop.items}:idx:sku:B2"}), std::string("2"));
    QCOMPARE(opened.server.command({"HGET", "{shop.items}:2", "sku"}), std::string("B2"));
    QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<UndoArchivesDialog*>() == nullptr, patience);
}

QTEST_MAIN(TestWindowSchemas)
#include "tst_windowschemas.moc"
