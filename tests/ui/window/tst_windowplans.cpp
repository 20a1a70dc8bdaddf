// SPDX-License-Identifier: GPL-3.0-or-later
// What else many keys can be done with in the real window: copies, files, fields, commands; plans that are kept.
#include "core/index/keyroot.h"
#include "core/session/bulkjob.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/bulk/jobdialog.h"
#include "ui/bulk/jobhistorydialog.h"
#include "ui/bulk/jobreportdialog.h"
#include "ui/bulk/savereportbutton.h"
#include "ui/bulk/undoarchivesdialog.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QListView>
#include <QRadioButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000;

/// A window on a server with hashes h:0 to h:9 and a string h:s.
struct OpenedWindow {
    explicit OpenedWindow(Environment environment = Environment::Development)
        : page(fixture.open(filled(environment)))
    {
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
        page.keys().tree().setCurrentRow({"h:", true});
    }
    Profile filled(Environment environment)
    {
        server->fill(10, [](std::size_t i) { return RedisServer::Args{"HSET", "h:" + std::to_string(i), "f", "v"}; });
        server->command({"SET", "h:s", "1"});
        Profile profile = WindowFixture::profileOf(*server);
        profile.name = u"shop"_s;
        profile.environment = environment;
        return profile;
    }
    JobDialog* ask(ActionId id)
    {
        fixture.trigger(id);
        return dialog();
    }
    JobDialog* dialog()
    {
        JobDialog* found = nullptr;
        [&] { QTRY_VERIFY_WITH_TIMEOUT((found = fixture.window().findChild<JobDialog*>()) != nullptr, patience); }();
        return found;
    }
    /// Databases 0 and 3, which has h:1 and h:2 of its own.
    void openDatabases()
    {
        server->command({"SELECT", "3"});
        server->command({"MSET", "h:1", "v", "h:2", "v"});
        page.session().selectDatabases({0, 3});
        page.session().startScan({});
        QTRY_COMPARE_WITH_TIMEOUT(page.session().snapshot()->keyCount(), std::uint64_t{13}, patience);
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    }
    [[nodiscard]] std::string keysIn(int database) const
    {
        server->command({"SELECT", std::to_string(database)});
        return server->command({"DBSIZE"});
    }
    void finish(const QString& words)
    {
        QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(page).contains(words), patience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.window().findChild<JobDialog*>() == nullptr, patience);
    }

    std::unique_ptr<RedisServer> server = RedisServer::start();
    QTemporaryDir folder;
    WindowFixture fixture;
    SessionPage& page;
};

/// The button of the keys that are meant; ends the program where there is none.
QRadioButton* scope(const JobDialog& dialog, const QString& text)
{
    for (QRadioButton* button : dialog.findChildren<QRadioButton*>()) {
        if (button->text().startsWith(text)) {
            return button;
        }
    }
    qFatal("no keys of this kind: %s", qPrintable(text));
    return nullptr;
}

} // namespace

class TestWindowPlans : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void copiesToAnotherDatabase();
    void aCopyThatOverwritesWantsTheNumber();
    void movesToAnotherConnection();
    void whatAMoveOverwroteIsBroughtBackElsewhere_data();
    void whatAMoveOverwroteIsBroughtBackElsewhere();
    void theReportSaysHowACopysArchiveIsUndone();
    void aProductionTargetWantsItsName_data();
    void aProductionTargetWantsItsName();
    void aReadOnlyConnectionIsNoTarget();
    void exportsAndImports();
    void anImportTellsTheLinesThatCanNotBeRead();
    void setsAField();
    void runsACommand();
    void keepsAPlanAndOpensIt();
    void listsPastJobs();
    void tellsOfAJobThatWasCutOff();
    void aFolderOfOneOfSeveralDatabases();
    void keysOfSeveralDatabases();
};

void TestWindowPlans::copiesToAnotherDatabase()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.ask(ActionId::CopyKeysTo);
    QVERIFY(dialog);
    auto* database = WindowFixture::named<QSpinBox>(*dialog, u"Database"_s);
    QVERIFY(database);
    database->setValue(0); // where they are
    QVERIFY(WindowFixture::words(*dialog).contains(u"in this database already"_s));
    database->setValue(3);
    QVERIFY(WindowFixture::press(*dialog, u"Copy 11 keys"_s));
    opened.finish(u"Copied 11 keys"_s);
    QCOMPARE(opened.server->command({"DBSIZE"}), std::string("11"));
    opened.server->command({"SELECT", "3"});
    QCOMPARE(opened.server->command({"DBSIZE"}), std::string("11"));
}

void TestWindowPlans::aCopyThatOverwritesWantsTheNumber()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.ask(ActionId::CopyKeysTo);
    QVERIFY(dialog);
    QPushButton* begin = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (begin = WindowFixture::button(*dialog, u"Copy 11 keys"_s)) && begin->isEnabled(), patience);
    auto* taken = WindowFixture::named<QComboBox>(*dialog, u"Where its name is taken there"_s);
    QVERIFY(taken);
    QCheckBox* archives = nullptr;
    for (QCheckBox* box : dialog->findChildren<QCheckBox*>()) {
        archives = box->text().contains(u"undo archive"_s) ? box : archives;
    }
    QVERIFY(archives && archives->isHidden()); // nothing is taken away
    taken->setCurrentIndex(1);
    QVERIFY(!archives->isHidden() && archives->isChecked());
    QTRY_VERIFY_WITH_TIMEOUT(begin->isEnabled(), patience);
    archives->setChecked(false);
    QVERIFY(WindowFixture::words(*dialog).contains(u"What is overwritten there can't be brought back"_s));
    QVERIFY(!begin->isEnabled());
}

void TestWindowPlans::movesToAnotherConnection()
{
    OpenedWindow opened;
    const auto other = RedisServer::start();
    Profile profile = WindowFixture::profileOf(*other);
    profile.name = u"other"_s;
    QVERIFY(opened.fixture.profiles().save(profile));
    JobDialog* dialog = opened.ask(ActionId::CopyKeysTo);
    QVERIFY(dialog);
    auto* place = WindowFixture::named<QComboBox>(*dialog, u"Copy to"_s);
    QVERIFY(place);
    const QString unlooked = u"Which names are taken there is not looked at."_s;
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(u"Types:"_s), patience);
    QVERIFY(!WindowFixture::words(*dialog).contains(unlooked)); // another database of this server is
    place->setCurrentText(u"other"_s);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(unlooked), patience);
    for (QCheckBox* box : dialog->findChildren<QCheckBox*>()) {
        if (box->text().contains(u"once its copy is there"_s)) {
            box->setChecked(true);
        }
    }
    QPushButton* begin = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (begin = WindowFixture::button(*dialog, u"Move 11 keys"_s)) && begin->isEnabled(), patience);
    begin->click();
    opened.finish(u"Moved 11 keys"_s);
    QCOMPARE(opened.server->command({"DBSIZE"}), std::string("0"));
    QCOMPARE(other->command({"HGET", "h:3", "f"}), std::string("v"));
}

void TestWindowPlans::whatAMoveOverwroteIsBroughtBackElsewhere_data()
{
    QTest::addColumn<bool>("moves");
    QTest::addRow("a rename") << false;
    QTest::addRow("a move to another database") << true;
}

/// The row's undo would leave the keys alone that have the names now.
void TestWindowPlans::whatAMoveOverwroteIsBroughtBackElsewhere()
{
    QFETCH(const bool, moves);
    OpenedWindow opened;
    const std::string name = moves ? "h:s" : "g:s";
    const std::string database = moves ? "3" : "0";
    opened.server->command({"SELECT", database});
    opened.server->command({"SET", name, "old"});
    JobPlan plan;
    plan.keys.kind = KeyQuery::Kind::Prefix;
    plan.keys.bytes = "h:";
    std::optional<JobTarget> target;
    if (moves) {
        CopyKeys copy;
        copy.replaces = true;
        copy.moves = true;
        plan.operation = copy;
        target = JobTarget{std::nullopt, {}, 3};
    } else {
        plan.operation = RenameKeys{false, "h:", "g:", Collision::Overwrite};
    }
    const auto job = opened.page.session().addJob(plan, std::nullopt, target);
    QVERIFY(job);
    (*job)->run({});
    QTRY_COMPARE_WITH_TIMEOUT((*job)->state(), BulkJob::State::Ended, patience);
    QCOMPARE(opened.server->command({"GET", name}), std::string("1"));
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::words(opened.page).contains(u"What was overwritten can be brought back in “Undo archives”."_s),
        patience);
    QVERIFY(!WindowFixture::button(opened.page, u"Undo"_s));
    QVERIFY(WindowFixture::press(opened.page, u"Report…"_s));
    const auto* report = opened.page.findChild<JobReportDialog*>();
    QVERIFY(report);
    QVERIFY(WindowFixture::words(*report).contains(u"keys that are there again are replaced by what was archived"_s));
    const auto undo = opened.page.session().addUndo((*job)->archiveFile(), UndoConflict::Replace); // as it says
    QVERIFY(undo);
    (*undo)->run(undoCommands());
    QTRY_COMPARE_WITH_TIMEOUT(opened.server->command({"GET", name}), std::string("old"), patience);
}

void TestWindowPlans::theReportSaysHowACopysArchiveIsUndone()
{
    OpenedWindow opened;
    const auto other = RedisServer::start();
    other->command({"SET", "h:s", "old"});
    CopyKeys copy;
    copy.target = "other, database 0";
    copy.replaces = true;
    JobPlan plan;
    plan.keys.kind = KeyQuery::Kind::Prefix;
    plan.keys.bytes = "h:";
    plan.operation = copy;
    const auto job =
        opened.page.session().addJob(plan, std::nullopt, JobTarget{WindowFixture::profileOf(*other), Credentials{}, 0});
    QVERIFY(job);
    (*job)->run({});
    QTRY_COMPARE_WITH_TIMEOUT((*job)->state(), BulkJob::State::Ended, patience);
    QCOMPARE(other->command({"GET", "h:s"}), std::string("1"));
    QVERIFY(WindowFixture::press(opened.page, u"Report…"_s));
    const auto* report = opened.page.findChild<JobReportDialog*>();
    QVERIFY(report);
    const QString words = WindowFixture::words(*report);
    QVERIFY2(words.contains(u"Open a connection to the target"_s), qPrintable(words));
    QVERIFY2(words.contains(u"keys that are there again are replaced by what was archived"_s), qPrintable(words));
}

void TestWindowPlans::aProductionTargetWantsItsName_data()
{
    QTest::addColumn<bool>("ownToo");
    QTest::addRow("from development") << false;
    QTest::addRow("from production: both names") << true;
}

void TestWindowPlans::aProductionTargetWantsItsName()
{
    QFETCH(const bool, ownToo);
    OpenedWindow opened(ownToo ? Environment::Production : Environment::Development);
    const auto other = RedisServer::start();
    Profile profile = WindowFixture::profileOf(*other);
    profile.name = u"live"_s;
    profile.environment = Environment::Production;
    QVERIFY(opened.fixture.profiles().save(profile));
    JobDialog* dialog = opened.ask(ActionId::CopyKeysTo);
    QVERIFY(dialog);
    WindowFixture::named<QComboBox>(*dialog, u"Copy to"_s)->setCurrentText(u"live"_s);
    QPushButton* begin = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((begin = WindowFixture::button(*dialog, u"Copy 11 keys"_s)), patience);
    QVERIFY(WindowFixture::words(*dialog).contains(u"written to a production connection. Type its name, live"_s));
    auto* first = WindowFixture::named<QLineEdit>(*dialog, u"Confirmation"_s);
    auto* second = WindowFixture::named<QLineEdit>(*dialog, u"Second confirmation"_s);
    QVERIFY(first && (second != nullptr) == ownToo);
    QVERIFY(!begin->isEnabled());
    first->setText(ownToo ? u"shop"_s : u"11"_s);
    QVERIFY(!begin->isEnabled()); // the own name, or the number, says nothing of where the keys go
    (ownToo ? second : first)->setText(u"live"_s);
    QTRY_VERIFY_WITH_TIMEOUT(begin->isEnabled(), patience);
    begin->click();
    opened.finish(u"Copied 11 keys"_s);
    QCOMPARE(other->command({"DBSIZE"}), std::string("11"));
}

void TestWindowPlans::aReadOnlyConnectionIsNoTarget()
{
    OpenedWindow opened;
    Profile profile = WindowFixture::profileOf(*opened.server);
    profile.name = u"other"_s;
    profile.readOnly = true;
    QVERIFY(opened.fixture.profiles().save(profile));
    JobDialog* dialog = opened.ask(ActionId::CopyKeysTo);
    QVERIFY(dialog);
    WindowFixture::named<QComboBox>(*dialog, u"Copy to"_s)->setCurrentText(u"other"_s);
    QVERIFY(WindowFixture::words(*dialog).contains(u"other is read-only"_s));
}

void TestWindowPlans::exportsAndImports()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.ask(ActionId::ExportValues);
    QVERIFY(dialog);
    auto* file = WindowFixture::named<QLineEdit>(*dialog, u"File"_s);
    QVERIFY(file);
    const QString path = opened.folder.filePath(u"keys.csv"_s);
    file->setText(path);
    QCOMPARE(WindowFixture::named<QComboBox>(*dialog, u"Format"_s)->currentText(), u"CSV"_s);
    QVERIFY(WindowFixture::press(*dialog, u"Export 11 keys"_s));
    opened.finish(u"Exported 11 keys"_s);
    QVERIFY(QFileInfo::exists(path));
    opened.server->command({"DEL", "h:3", "h:4"});

    dialog = opened.ask(ActionId::ImportKeysFrom);
    QVERIFY(dialog);
    WindowFixture::named<QLineEdit>(*dialog, u"File"_s)->setText(path);
    QVERIFY(WindowFixture::press(*dialog, u"&Look through the keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(u"There already: 9 keys"_s), patience);
    const auto* some = WindowFixture::named<QListView>(*dialog, u"Some of the keys"_s);
    QVERIFY(some);
    QCOMPARE(some->model()->rowCount(), 11);
    QVERIFY(some->model()->index(0, 0).data().toString().startsWith(u"h:"_s));
    dialog->findChild<QTabWidget*>()->setCurrentIndex(1);
    const auto* leftAlone = WindowFixture::named<QTableWidget>(*dialog, u"Keys left alone"_s);
    QVERIFY(leftAlone);
    QCOMPARE(leftAlone->rowCount(), 9);
    QCOMPARE(leftAlone->findItems(u"h:3"_s, Qt::MatchExactly).size(), 0);
    QCOMPARE(leftAlone->findItems(u"h:5"_s, Qt::MatchExactly).size(), 1);
    QVERIFY(WindowFixture::press(*dialog, u"Import 2 keys"_s));
    opened.finish(u"Imported 2 keys"_s);
    QCOMPARE(opened.server->command({"DBSIZE"}), std::string("11"));
}

void TestWindowPlans::anImportTellsTheLinesThatCanNotBeRead()
{
    OpenedWindow opened;
    QFile file(opened.folder.filePath(u"keys.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"key\": \"n:1\", \"type\": \"string\", \"value\": \"x\"}\n"
               "{broken\n"
               "{\"key\": \"n:2\", \"type\": \"string\", \"value\": \"x\"}\n"
               "[1, 2]\n");
    file.close();
    JobDialog* dialog = opened.ask(ActionId::ImportKeysFrom);
    QVERIFY(dialog);
    WindowFixture::named<QLineEdit>(*dialog, u"File"_s)->setText(file.fileName());
    QVERIFY(WindowFixture::press(*dialog, u"Import keys"_s));
    opened.finish(u"Imported 2 keys"_s);
    QVERIFY(WindowFixture::press(opened.page, u"Report…"_s));
    const auto* report = opened.page.findChild<JobReportDialog*>();
    QVERIFY(report);
    const auto* lines = WindowFixture::named<QTableWidget>(*report, u"Lines that can't be read"_s);
    QVERIFY(lines);
    QCOMPARE(lines->rowCount(), 2);
    QCOMPARE(lines->item(0, 0)->text(), u"2"_s);
    QCOMPARE(lines->item(1, 0)->text(), u"4"_s);
    QVERIFY(!lines->item(0, 1)->text().isEmpty());
}

void TestWindowPlans::setsAField()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.ask(ActionId::SetFieldOfKeys);
    QVERIFY(dialog);
    WindowFixture::named<QLineEdit>(*dialog, u"Field"_s)->setText(u"f"_s);
    WindowFixture::named<QLineEdit>(*dialog, u"Field's value"_s)->setText(u"new"_s);
    QVERIFY(WindowFixture::press(*dialog, u"Set the field of 11 keys"_s));
    opened.finish(u"Set the field of 10 keys"_s);
    QCOMPARE(opened.server->command({"HGET", "h:3", "f"}), std::string("new"));
    QCOMPARE(opened.server->command({"GET", "h:s"}), std::string("1"));
    QVERIFY(WindowFixture::press(opened.page, u"Undo"_s)); // over what the job itself has made of them
    QTRY_COMPARE_WITH_TIMEOUT(opened.server->command({"HGET", "h:3", "f"}), std::string("v"), patience);
}

void TestWindowPlans::runsACommand()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.ask(ActionId::RunForKeys);
    QVERIFY(dialog);
    auto* command = WindowFixture::named<QLineEdit>(*dialog, u"Command"_s);
    QVERIFY(command);
    command->setText(u"SCAN 0"_s);
    QVERIFY(!WindowFixture::button(*dialog, u"Run the command"_s)
        || !WindowFixture::button(*dialog, u"Run the command"_s)->isEnabled());
    command->setText(u"HSET * visits 0"_s);
    QVERIFY(WindowFixture::press(*dialog, u"Run the command for 11 keys"_s));
    opened.finish(u"Ran the command for 10 keys"_s);
    QCOMPARE(opened.server->command({"HGET", "h:3", "visits"}), std::string("0"));
}

void TestWindowPlans::keepsAPlanAndOpensIt()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.ask(ActionId::DeleteKeys);
    QVERIFY(dialog);
    auto* pace = WindowFixture::named<QComboBox>(*dialog, u"Pace"_s);
    QVERIFY(pace);
    pace->setCurrentText(u"Gentle"_s);
    QVERIFY(WindowFixture::press(*dialog, u"Save &plan…"_s));
    auto* files = dialog->findChild<QFileDialog*>();
    QVERIFY(files);
    const QString path = opened.folder.filePath(u"plan.json"_s);
    Q_EMIT files->fileSelected(path);
    QVERIFY(WindowFixture::words(*dialog).contains(path));
    dialog->reject();
    QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<JobDialog*>() == nullptr, patience);
    opened.server->command({"DEL", "h:3"});

    opened.fixture.trigger(ActionId::OpenPlan);
    files = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((files = opened.fixture.window().findChild<QFileDialog*>()) != nullptr, patience);
    Q_EMIT files->fileSelected(path);
    dialog = opened.dialog();
    QVERIFY(dialog);
    QVERIFY(WindowFixture::words(*dialog).contains(u"Deletes the keys."_s));
    QCOMPARE(WindowFixture::named<QComboBox>(*dialog, u"Pace"_s)->currentText(), u"Gentle"_s);
    QVERIFY(WindowFixture::press(*dialog, u"&Look through the keys"_s));
    QVERIFY(WindowFixture::press(*dialog, u"Delete 10 keys"_s)); // as they are now
    opened.finish(u"Deleted 10 keys"_s);
    QCOMPARE(opened.server->command({"DBSIZE"}), std::string("0"));
}

void TestWindowPlans::listsPastJobs()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.ask(ActionId::DeleteKeys);
    QVERIFY(dialog);
    QVERIFY(WindowFixture::press(*dialog, u"Delete 11 keys"_s));
    opened.finish(u"Deleted 11 keys"_s);
    opened.fixture.trigger(ActionId::PastJobs);
    auto* history = opened.fixture.window().findChild<JobHistoryDialog*>();
    QVERIFY(history);
    auto* table = WindowFixture::named<QTableWidget>(*history, u"Past jobs"_s);
    QVERIFY(table && table->rowCount() > 0);
    QCOMPARE(table->item(0, 1)->text(), u"Delete h:*"_s);
    QCOMPARE(table->item(0, 2)->text(), u"shop"_s);
    QCOMPARE(table->item(0, 4)->text(), u"11"_s);
    auto* find = WindowFixture::named<QLineEdit>(*history, u"Find job"_s);
    QVERIFY(find);
    find->setText(u"no such"_s);
    QVERIFY(table->isRowHidden(0) && WindowFixture::words(*history).contains(u"No job has that in it."_s));
    find->setText(u"delete H:"_s);
    QVERIFY(!table->isRowHidden(0));
    QCOMPARE(table->currentRow(), 0);
    auto* save = history->findChild<SaveReportButton*>();
    QVERIFY(save && save->isEnabled());
    save->saveTo(opened.folder.filePath(u"report.json"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*history).contains(u"The report is in"_s), patience);
    QFile report(opened.folder.filePath(u"report.json"_s));
    QVERIFY(report.open(QIODevice::ReadOnly));
    QVERIFY(report.readAll().contains(R"("summary": {"done": 11, "keys": 11, )"));
    QVERIFY(WindowFixture::press(*history, u"&Plan it again…"_s));
    dialog = opened.dialog();
    QVERIFY(dialog);
    QVERIFY(WindowFixture::words(*dialog).contains(u"Deletes the keys."_s));
}

void TestWindowPlans::tellsOfAJobThatWasCutOff()
{
    OpenedWindow opened;
    QFile archive(opened.folder.filePath(u"cut.kga"_s));
    QVERIFY(archive.open(QIODevice::WriteOnly));
    { // and its end is never told
        const auto running = JobHistory().begin(beginningJob(u"shop"_s, JobPlan{}, false, archive.fileName(), {}));
        QVERIFY(running);
        opened.fixture.trigger(ActionId::PastJobs);
        auto* now = opened.fixture.window().findChild<JobHistoryDialog*>();
        QVERIFY(now);
        QCOMPARE(WindowFixture::named<QTableWidget>(*now, u"Past jobs"_s)->item(0, 0)->text(), u"is running"_s);
        now->reject();
        QTRY_VERIFY_WITH_TIMEOUT(!opened.fixture.window().findChild<JobHistoryDialog*>(), patience);
    }
    opened.fixture.trigger(ActionId::PastJobs);
    auto* history = opened.fixture.window().findChild<JobHistoryDialog*>();
    QVERIFY(history);
    auto* table = WindowFixture::named<QTableWidget>(*history, u"Past jobs"_s);
    QVERIFY(table && table->rowCount() > 0);
    QCOMPARE(table->item(0, 0)->text(), u"cut off"_s);
    QVERIFY(!table->item(0, 4));
    QVERIFY(WindowFixture::words(*history).contains(u"was cut off"_s));
    QVERIFY(WindowFixture::words(*history).contains(archive.fileName()));
    QVERIFY(WindowFixture::press(*history, u"&Undo archives…"_s));
    QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<UndoArchivesDialog*>(), patience);
}

void TestWindowPlans::aFolderOfOneOfSeveralDatabases()
{
    OpenedWindow opened;
    opened.openDatabases();
    KeyTreeView& tree = opened.page.keys().tree();
    const auto isCurrent = [&tree] {
        tree.setCurrentRow({rootOf(3), true});
        return tree.currentRow() == std::optional(RowId{rootOf(3), true});
    };
    QTRY_VERIFY_WITH_TIMEOUT(isCurrent(), patience);
    JobDialog* dialog = opened.ask(ActionId::DeleteKeys);
    QVERIFY(dialog);
    QVERIFY(scope(*dialog, u"All keys of db 3, also those that come meanwhile"_s)->isChecked());
    QVERIFY(WindowFixture::press(*dialog, u"Delete 2 keys"_s));
    opened.finish(u"Deleted 2 keys"_s);
    opened.finish(u"Deleted 2 keys"_s);
    QCOMPARE(opened.keysIn(3), std::string("0"));
    QCOMPARE(opened.keysIn(0), std::string("11"));
}

void TestWindowPlans::keysOfSeveralDatabases()
{
    OpenedWindow opened;
    opened.openDatabases();
    JobDialog* dialog = opened.ask(ActionId::ExportValues);
    QVERIFY(dialog);
    scope(*dialog, u"All of the list"_s)->setChecked(true);
    QVERIFY(WindowFixture::words(*dialog).contains(u"does not tell which database"_s));
    dialog->reject();
    QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<JobDialog*>() == nullptr, patience);
    dialog = opened.ask(ActionId::DeleteKeys);
    QVERIFY(dialog);
    scope(*dialog, u"All of the list"_s)->setChecked(true);
    QVERIFY(WindowFixture::press(*dialog, u"Delete 13 keys"_s));
    opened.finish(u"Deleted 13 keys"_s);
    QCOMPARE(opened.keysIn(3), std::string("0"));
    QCOMPARE(opened.keysIn(0), std::string("0"));
}

QTEST_MAIN(TestWindowPlans)
#include "tst_windowplans.moc"
