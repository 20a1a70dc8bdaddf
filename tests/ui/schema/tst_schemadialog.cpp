// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/schema/dialogfixture.h"
#include "ui/schema/schemadialog.h"
#include "ui/schema/schemawording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QObject>
#include <QPointer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

using Kind = SchemaChange::Kind;

class TestSchemaDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture.reset(); }
    void cleanup() { delete m_dialog; }
    void addsAnIndex();
    void offersTheTablesColumns();
    void createsATable();
    void aFormerTableIsDroppedOrTakenOver();
    void saysWhyNot();
    void dropsATableOnlyByItsNameAndBringsItBack();
    void undoesByAnotherChange();
    void undoesAnArchiveAfterItsPreview();
    void anArchiveIsUndoneByAnotherChange();
    void anArchiveSaysWhyItCantBeUndone();
    void aSealedArchiveAsksForItsPassphrase();
    void sealedForAnotherDatabaseSaysThat();
    void productionAsksForItsName();
    void showsHowThePlansSchemaDiffers();
    void waitsUntilItIsStopped();
    void whatWouldLetAClusterFailOverIsRefused();
    void everyFieldHasAName();

private:
    SchemaDialog& open(std::vector<Kind> kinds, const SchemaChange& change)
    {
        m_dialog = new SchemaDialog(m_fixture.session(), std::move(kinds), change, nullptr);
        m_dialog->show();
        return *m_dialog;
    }
    SchemaDialog& open(const SchemaChange& change) { return open({change.kind}, change); }
    [[nodiscard]] bool isReady(const QString& button) const
    {
        const auto* run = DialogFixture::button(*m_dialog, button);
        return run && run->isEnabled();
    }
    void press(const QString& text) { DialogFixture::button(*m_dialog, text)->click(); }
    [[nodiscard]] QString preview() const { return DialogFixture::text(*m_dialog, u"Preview"_s); }
    [[nodiscard]] QString report() const { return DialogFixture::text(*m_dialog, u"Report"_s); }
    [[nodiscard]] std::string ask(const TableServer::Args& words) { return m_fixture.server().command(words); }

    /// Makes a change that is archived; the archive's file.
    QString archiveOf(const SchemaChange& change)
    {
        SchemaDialog& dialog = open(change);
        const QString run = buttonOf(change.kind);
        QString file;
        [&] {
            if (isDestructive(change.kind)) {
                QTRY_VERIFY_WITH_TIMEOUT(DialogFixture::named<QLineEdit>(dialog, u"Confirmation"_s), 20'000);
                DialogFixture::named<QLineEdit>(dialog, u"Confirmation"_s)
                    ->setText(QString::fromStdString(change.table));
            }
            QTRY_VERIFY_WITH_TIMEOUT(isReady(run), 20'000);
            press(run);
            QTRY_VERIFY_WITH_TIMEOUT(report().contains(u".kga"_s), 20'000);
            static const QRegularExpression path(u"/\\S+\\.kga"_s);
            file = path.match(report()).captured();
        }();
        delete m_dialog;
        return file;
    }
    SchemaDialog& openUndo(const QString& file)
    {
        m_dialog = new SchemaDialog(m_fixture.session(), SchemaDialog::Archive{file}, nullptr);
        m_dialog->show();
        return *m_dialog;
    }

    DialogFixture m_fixture;
    QPointer<SchemaDialog> m_dialog;
};

void TestSchemaDialog::addsAnIndex()
{
    SchemaDialog& dialog = open({Kind::AddIndex, "shop.items", "qty"});
    QSignalSpy changed(&dialog, &SchemaDialog::changed);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(u"Add the index"_s), 20'000);
    QVERIFY2(preview().contains(u"+qty integer indexed"_s), qPrintable(preview()));
    QVERIFY(preview().contains(u"SADD {shop.items}:idx:meta qty"_s));
    QCOMPARE(ask({"SISMEMBER", "{shop.items}:idx:meta", "qty"}), std::string("0")); // nothing was done yet
    press(u"Add the index"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!report().isEmpty(), 20'000);
    QVERIFY2(report().startsWith(u"Done, and verified."_s), qPrintable(report()));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(ask({"SMEMBERS", "{shop.items}:idx:qty:5"}), std::string("1"));
}

void TestSchemaDialog::offersTheTablesColumns()
{
    SchemaDialog& dialog = open({Kind::AddColumn, Kind::DropColumn}, {Kind::DropColumn, {}});
    auto* table = DialogFixture::named<QLineEdit>(dialog, u"Table"_s);
    auto* column = DialogFixture::named<QComboBox>(dialog, u"Column"_s);
    QVERIFY(table && column);
    QVERIFY(!isReady(u"Drop the column"_s));
    table->setText(u"shop.items"_s);
    QTRY_COMPARE_WITH_TIMEOUT(column->count(), 3, 20'000);
    QVERIFY(column->findText(u"made"_s) >= 0);
}

void TestSchemaDialog::createsATable()
{
    SchemaDialog& dialog = open({Kind::CreateTable, {}});
    DialogFixture::named<QLineEdit>(dialog, u"Table"_s)->setText(u"shop.new"_s);
    auto* columns = DialogFixture::named<QTableWidget>(dialog, u"Columns"_s);
    columns->item(0, 0)->setText(u"name"_s);
    press(u"Add column"_s);
    columns->item(1, 0)->setText(u"born"_s);
    qobject_cast<QComboBox*>(columns->cellWidget(1, 1))->setCurrentText(u"date"_s);
    qobject_cast<QCheckBox*>(columns->cellWidget(0, 2))->setChecked(true);
    press(u"Add column"_s); // without a name it is none
    QTRY_VERIFY_WITH_TIMEOUT(isReady(u"Create the table"_s) && preview().contains(u"born date"_s), 20'000);
    press(u"Create the table"_s);
    QTRY_VERIFY_WITH_TIMEOUT(report().startsWith(u"Done"_s), 20'000);
    QCOMPARE(ask({"TABLE.SCHEMA.VIEW", "shop.new"}), std::string("name\nstring\ntrue\nborn\ndate\nfalse"));
}

/// Neither without being asked for.
void TestSchemaDialog::aFormerTableIsDroppedOrTakenOver()
{
    QCOMPARE(ask({"DEL", "schema:{shop.items}"}), std::string("1"));
    SchemaDialog& dialog = open({Kind::CreateTable, {}});
    const QString takeOver = u"Take over the rows of the former table"_s;
    DialogFixture::named<QLineEdit>(dialog, u"Table"_s)->setText(u"shop.items"_s);
    DialogFixture::named<QTableWidget>(dialog, u"Columns"_s)->item(0, 0)->setText(u"sku"_s);
    QTRY_VERIFY_WITH_TIMEOUT(preview().contains(u"a former table of this name"_s), 20'000);
    QVERIFY(!isReady(u"Create the table"_s));
    std::optional<SchemaChange> wanted;
    connect(&dialog, &SchemaDialog::undoWanted, this, [&wanted](const SchemaChange& change) { wanted = change; });
    press(u"Drop what is left…"_s);
    QCOMPARE(wanted, (SchemaChange{Kind::DropTable, "shop.items"}));
    DialogFixture::button(dialog, takeOver)->click();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(u"Create the table"_s), 20'000);
    QVERIFY2(preview().contains(u"3 rows that are listed"_s), qPrintable(preview()));
    QVERIFY(DialogFixture::button(dialog, takeOver)); // to be taken back
    QVERIFY(!DialogFixture::button(dialog, u"Drop what is left…"_s));
    press(u"Create the table"_s);
    QTRY_VERIFY_WITH_TIMEOUT(report().startsWith(u"Done"_s), 20'000);
    QCOMPARE(ask({"TABLE.SCHEMA.VIEW", "shop.items"}), std::string("sku\nstring\nfalse"));
    QCOMPARE(ask({"SCARD", "{shop.items}:rows"}), std::string("3"));
}

void TestSchemaDialog::saysWhyNot()
{
    SchemaDialog& dialog = open({Kind::DropIndex, "shop.items", "qty"});
    const auto problem = [&dialog] {
        const auto* label = DialogFixture::named<QLabel>(dialog, u"Problem"_s);
        return label ? label->text() : QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(problem().contains(u"has no index"_s), 20'000);
    QVERIFY(!isReady(u"Drop the index"_s));
}

void TestSchemaDialog::dropsATableOnlyByItsNameAndBringsItBack()
{
    SchemaDialog& dialog = open({Kind::DropTable, "shop.items"});
    QTRY_VERIFY_WITH_TIMEOUT(DialogFixture::named<QLineEdit>(dialog, u"Confirmation"_s), 20'000);
    QVERIFY(!isReady(u"Drop the table"_s));
    DialogFixture::named<QLineEdit>(dialog, u"Confirmation"_s)->setText(u"shop.item"_s);
    QVERIFY(!isReady(u"Drop the table"_s));
    DialogFixture::named<QLineEdit>(dialog, u"Confirmation"_s)->setText(u"shop.items"_s);
    QVERIFY(isReady(u"Drop the table"_s));
    press(u"Drop the table"_s);
    QTRY_VERIFY_WITH_TIMEOUT(report().startsWith(u"Done"_s), 20'000);
    QCOMPARE(ask({"KEYS", "*shop.items*"}), std::string());
    QVERIFY2(report().contains(u".kga"_s), qPrintable(report()));
    press(u"Undo"_s);
    QTRY_VERIFY_WITH_TIMEOUT(report().startsWith(u"Undone"_s), 20'000);
    QCOMPARE(ask({"SCARD", "{shop.items}:rows"}), std::string("3"));
    QCOMPARE(ask({"SMEMBERS", "{shop.items}:idx:sku:B2"}), std::string("2"));
    QVERIFY(!DialogFixture::button(dialog, u"Undo"_s));
}

void TestSchemaDialog::undoesByAnotherChange()
{
    SchemaDialog& dialog = open({Kind::DropIndex, "shop.items", "sku"});
    QSignalSpy wanted(&dialog, &SchemaDialog::undoWanted);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(u"Drop the index"_s), 20'000);
    press(u"Drop the index"_s);
    QTRY_VERIFY_WITH_TIMEOUT(DialogFixture::button(dialog, u"Undo"_s), 20'000);
    press(u"Undo"_s);
    QCOMPARE(wanted.size(), 1);
    const SchemaChange inverse{Kind::AddIndex, "shop.items", "sku"};
    QCOMPARE(wanted.first().first().value<SchemaChange>(), inverse);
}

void TestSchemaDialog::undoesAnArchiveAfterItsPreview()
{
    const QString file = archiveOf({Kind::DropTable, "shop.items"});
    SchemaDialog& dialog = openUndo(file);
    QSignalSpy changed(&dialog, &SchemaDialog::changed);
    QVERIFY(!isReady(u"Undo a change of a table"_s));
    QTRY_VERIFY_WITH_TIMEOUT(isReady(u"Bring the table back"_s), 20'000);
    QVERIFY2(preview().contains(u"+qty integer"_s), qPrintable(preview()));
    QVERIFY(preview().contains(u"from till"_s));
    QCOMPARE(ask({"KEYS", "*shop.items*"}), std::string()); // nothing was done yet
    press(u"Bring the table back"_s);
    QTRY_VERIFY_WITH_TIMEOUT(report().startsWith(u"Undone"_s), 20'000);
    QCOMPARE(ask({"SCARD", "{shop.items}:rows"}), std::string("3"));
    QCOMPARE(ask({"SMEMBERS", "{shop.items}:idx:meta"}), std::string("sku"));
    QCOMPARE(changed.size(), 1);
}

void TestSchemaDialog::anArchiveIsUndoneByAnotherChange()
{
    const QString file = archiveOf({Kind::DropIndex, "shop.items", "sku"});
    openUndo(file);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(u"Add the index"_s), 20'000);
    QVERIFY2(preview().contains(u"+sku string indexed"_s), qPrintable(preview()));
    press(u"Add the index"_s);
    QTRY_VERIFY_WITH_TIMEOUT(report().startsWith(u"Done"_s), 20'000);
    QCOMPARE(ask({"SMEMBERS", "{shop.items}:idx:sku:B2"}), std::string("2"));
}

void TestSchemaDialog::anArchiveSaysWhyItCantBeUndone()
{
    const QString file = archiveOf({Kind::DropTable, "shop.items"});
    m_fixture.server().make({"TABLE.SCHEMA.CREATE shop.items other:string"});
    openUndo(file);
    QTRY_VERIFY_WITH_TIMEOUT(preview().contains(u"of this name again"_s), 20'000);
    QVERIFY(!isReady(u"Bring the table back"_s));
    delete m_dialog;
    SchemaDialog& none = openUndo(file + u"x"_s);
    QTRY_VERIFY_WITH_TIMEOUT(DialogFixture::named<QLabel>(none, u"Problem"_s)
            && DialogFixture::named<QLabel>(none, u"Problem"_s)->text().contains(u".kgax"_s),
        20'000);
}

void TestSchemaDialog::aSealedArchiveAsksForItsPassphrase()
{
    m_fixture.session().setArchivePassphrase("secret");
    const QString file = archiveOf({Kind::DropTable, "shop.items"});
    m_fixture.session().setArchivePassphrase({});
    SchemaDialog& dialog = openUndo(file);
    QTRY_VERIFY_WITH_TIMEOUT(DialogFixture::named<QLineEdit>(dialog, u"Passphrase"_s), 20'000);
    auto* field = DialogFixture::named<QLineEdit>(dialog, u"Passphrase"_s);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QVERIFY(!isReady(u"Open the archive"_s)); // nothing is typed yet
    field->setText(u"wrong"_s);
    press(u"Open the archive"_s);
    const auto problem = [&dialog] { return DialogFixture::named<QLabel>(dialog, u"Problem"_s); };
    QTRY_VERIFY_WITH_TIMEOUT(problem() && problem()->text().contains(u"not the one"_s), 20'000);
    field->setText(u"secret"_s);
    press(u"Open the archive"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(u"Bring the table back"_s), 20'000);
    QVERIFY(!DialogFixture::named<QLineEdit>(dialog, u"Passphrase"_s));
    press(u"Bring the table back"_s);
    QTRY_VERIFY_WITH_TIMEOUT(report().startsWith(u"Undone"_s), 20'000);
    QCOMPARE(ask({"SCARD", "{shop.items}:rows"}), std::string("3"));
}

/// No passphrase helps there.
void TestSchemaDialog::sealedForAnotherDatabaseSaysThat()
{
    m_fixture.session().setArchivePassphrase("secret");
    const QString file = archiveOf({Kind::DropColumn, "shop.items", "made"});
    m_fixture.session().setArchivePassphrase({});
    m_fixture.session().selectDatabase(1);
    SchemaDialog& dialog = openUndo(file);
    QTRY_VERIFY_WITH_TIMEOUT(DialogFixture::named<QLabel>(dialog, u"Problem"_s)
            && DialogFixture::named<QLabel>(dialog, u"Problem"_s)->text().contains(u"another database"_s),
        20'000);
    QVERIFY(!DialogFixture::named<QLineEdit>(dialog, u"Passphrase"_s));
}

void TestSchemaDialog::productionAsksForItsName()
{
    m_fixture.reset(Environment::Production);
    SchemaDialog& dialog = open({Kind::AddColumn, "shop.items", "note", "string"});
    QTRY_VERIFY_WITH_TIMEOUT(DialogFixture::named<QLineEdit>(dialog, u"Confirmation"_s), 20'000);
    QVERIFY(!isReady(u"Add the column"_s));
    DialogFixture::named<QLineEdit>(dialog, u"Confirmation"_s)->setText(u"till"_s);
    press(u"Add the column"_s);
    QTRY_VERIFY_WITH_TIMEOUT(report().startsWith(u"Done"_s), 20'000);
    QCOMPARE(ask({"HGET", "schema:{shop.items}", "note"}), std::string("string"));
}

void TestSchemaDialog::showsHowThePlansSchemaDiffers()
{
    SchemaPlan plan{{Kind::DropIndex, "shop.items", "sku"},
        TableSchema{"shop.items", TableLayout::Braced, {{"sku", "string", true}, {"staging", "string", false}}, {}}};
    m_dialog = new SchemaDialog(m_fixture.session(), plan, nullptr);
    m_dialog->show();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(u"Drop the index"_s), 20'000);
    QVERIFY2(preview().contains(u"not as the plan was made on"_s) && preview().contains(u"-staging string"_s),
        qPrintable(preview()));
}

void TestSchemaDialog::waitsUntilItIsStopped()
{
    SchemaDialog& dialog = open({Kind::DropIndex, "shop.items", "sku"});
    QTRY_VERIFY_WITH_TIMEOUT(isReady(u"Drop the index"_s), 20'000);
    DialogFixture::button(dialog, u"Wait for a quiet moment: below"_s)->click();
    DialogFixture::named<QSpinBox>(dialog, u"Quiet for"_s)->setValue(80'000);
    press(u"Drop the index"_s);
    const auto state = [&dialog] {
        const auto* label = DialogFixture::named<QLabel>(dialog, u"Problem"_s);
        return label ? label->text() : QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(state().contains(u"quiet moment"_s), 20'000);
    press(u"Stop"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(), u"Stopped."_s, 20'000);
    QCOMPARE(report(), u"Nothing was done."_s);
    QCOMPARE(ask({"SISMEMBER", "{shop.items}:idx:meta", "sku"}), std::string("1"));
}

/// An index that the module builds: everybody waits, and a third of cluster-node-timeout is the most.
void TestSchemaDialog::whatWouldLetAClusterFailOverIsRefused()
{
    constexpr std::size_t rows = 6000; // 36 ms at least
    ServerOptions options;
    options.cluster = true;
    options.arguments = QStringList{u"--cluster-node-timeout"_s, u"60"_s};
    TableServer server({}, options); // one node, that nobody takes over from
    server.make({"CLUSTER ADDSLOTSRANGE 0 16383"});
    QTRY_VERIFY_WITH_TIMEOUT(
        server.server().command({"CLUSTER", "INFO"}).find("cluster_state:ok") != std::string::npos, 20'000);
    server.make({"HSET schema:{shop.items} qty integer"});
    server.server().fill(rows, [](std::size_t n) {
        return RedisServer::Args{"HSET", "{shop.items}:" + std::to_string(n + 1), "qty", std::to_string(n)};
    });
    server.server().fill(
        rows, [](std::size_t n) { return RedisServer::Args{"SADD", "{shop.items}:rows", std::to_string(n + 1)}; });
    Profile profile;
    profile.port = server.port();
    Session session(profile);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, 20'000);
    for (const bool isLong : {false, true}) {
        server.server().command({"CONFIG", "SET", "cluster-node-timeout", isLong ? "60000" : "60"});
        const SchemaChange change{Kind::AddIndex, "shop.items", "qty"};
        m_dialog = new SchemaDialog(session, {change.kind}, change, nullptr);
        m_dialog->show();
        QTRY_VERIFY_WITH_TIMEOUT(preview().contains(u"+qty integer indexed"_s), 20'000);
        QCOMPARE(isReady(u"Add the index"_s), isLong);
        QCOMPARE(preview().contains(u"It can't be run now: The server would stand still for about"_s), !isLong);
        QCOMPARE(preview().contains(u"Raise cluster-node-timeout for the time of the change, or make a new table"_s),
            !isLong); // the way round
        QVERIFY(preview().contains(u"everybody waits for about"_s));
        delete m_dialog;
    }
}

void TestSchemaDialog::everyFieldHasAName()
{
    const SchemaDialog& dialog = open({Kind::DropColumn, "shop.items", "made"});
    QTRY_VERIFY_WITH_TIMEOUT(DialogFixture::named<QLineEdit>(dialog, u"Confirmation"_s), 20'000);
    for (const auto* widget : dialog.findChildren<QWidget*>()) {
        const bool isField = qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QComboBox*>(widget)
            || qobject_cast<const QSpinBox*>(widget) || qobject_cast<const QPlainTextEdit*>(widget);
        const bool isPart = qobject_cast<const QComboBox*>(widget->parentWidget())
            || qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()); // has its owner's name
        QVERIFY2(!isField || isPart || !widget->isVisible() || !widget->accessibleName().isEmpty(),
            widget->metaObject()->className());
    }
}

QTEST_MAIN(TestSchemaDialog)
#include "tst_schemadialog.moc"
