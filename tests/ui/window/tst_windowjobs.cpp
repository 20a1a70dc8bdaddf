// SPDX-License-Identifier: GPL-3.0-or-later
// Many keys at once in the real window: the plan, the user's yes, the job's row, its report and its undo.
#include "core/session/bulkjob.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/bulk/jobdialog.h"
#include "ui/bulk/jobreportdialog.h"
#include "ui/bulk/jobrow.h"
#include "ui/bulk/jobspanel.h"
#include "ui/bulk/savereportbutton.h"
#include "ui/common/sparkline.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

/// A window on a server with 300 keys below "a[1]:" and as many below "a1:".
struct OpenedWindow {
    explicit OpenedWindow(Environment environment = Environment::Development)
        : page(fixture.open(profileFor(environment)))
    {
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), 20000);
    }
    Profile profileFor(Environment environment)
    {
        for (const std::string folder : {"a[1]:", "a1:"}) {
            server->fill(300, [&folder](std::size_t i) {
                return RedisServer::Args{"SET", folder + std::to_string(i), "value " + std::to_string(i)};
            });
        }
        Profile profile = WindowFixture::profileOf(*server);
        profile.name = u"shop"_s;
        profile.environment = environment;
        return profile;
    }
    /// Selects the folder and asks for its deletion as the user does, by Del.
    JobDialog* askDelete(const std::string& folder)
    {
        KeyTreeView& tree = page.keys().tree();
        tree.setCurrentRow({folder, true});
        tree.setFocus();
        QTest::keyClick(&tree, Qt::Key_Delete);
        return dialog();
    }
    JobDialog* dialog()
    {
        JobDialog* found = nullptr;
        [&] { QTRY_VERIFY_WITH_TIMEOUT((found = fixture.window().findChild<JobDialog*>()) != nullptr, 20000); }();
        return found;
    }
    [[nodiscard]] std::string keyCount() const { return server->command({"DBSIZE"}); }

    std::unique_ptr<RedisServer> server = RedisServer::start();
    WindowFixture fixture;
    SessionPage& page;
};

/// Deletes 300 keys in half a minute; the first are gone.
BulkJob* slowJob(OpenedWindow& opened)
{
    JobPlan plan;
    plan.operation = DeleteKeys{};
    plan.keys.kind = KeyQuery::Kind::Prefix;
    plan.keys.bytes = "a1:";
    plan.archives = false;
    plan.keysPerSecond = 10;
    const auto job = opened.page.session().addJob(std::move(plan));
    if (!job) {
        return nullptr;
    }
    (*job)->run({});
    [&] { QTRY_VERIFY_WITH_TIMEOUT((*job)->progress().settled > 0, 20000); }();
    return *job;
}

} // namespace

class TestWindowJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void aFolderIsDeletedAndBroughtBack();
    void cancellingDeletesNothing();
    void aSmallScreenKeepsTheButtons();
    void thousandsAndWithoutArchiveAreTyped();
    void productionWantsItsName();
    void readOnlyIsSaidBeforeAPlan();
    void undoInProductionWantsItsName();
    void aRefusedUndoKeepsItsButton();
    void timeToLiveOfAFolder();
    void aMomentAsTimeToLive();
    void theButtonCountsOnlyWhatIsChanged();
    void theFieldToBeginWithHasTheFocus();
    void keysAreRenamed();
    void aKeyOfAnotherTypeIsLeftAlone();
    void onlyWhatThePreviewSaw();
    void theKeysAreScrolledToTheLast();
    void theRateIsChangedWhileItRuns();
    void closingAsksWhileAJobRuns();
    void aCancelledJobBlamesNoNode();
    void aJobSaysThatItsServerDoesNotAnswer();
    void manyJobsLeaveRoomForTheKeys();
    void theCommandsAreThoseThatAreSent();
};

void TestWindowJobs::aFolderIsDeletedAndBroughtBack()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.askDelete("a[1]:");
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(u"Types: 300 string"_s), 20000);
    QVERIFY(WindowFixture::words(*dialog).contains(u"Undo archive: at most"));
    QVERIFY(WindowFixture::words(*dialog).contains(u"are free in"));
    QVERIFY(WindowFixture::words(*dialog).contains(u"Estimate: less than a second, by what looking took"));
    QVERIFY(WindowFixture::words(*dialog).contains(u"The server: busy for"));
    const auto* sample = WindowFixture::named<QListView>(*dialog, u"Some of the keys"_s);
    QVERIFY(sample && sample->model()->index(0, 0).data().toString() == u"a[1]:0"_s);
    QCOMPARE(sample->model()->rowCount(), 300);
    QCOMPARE(opened.keyCount(), std::string("600"));
    QVERIFY(WindowFixture::press(*dialog, u"Delete 300 keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Deleted 300 keys"_s), 20000);
    QCOMPARE(opened.keyCount(), std::string("300"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.page.session().snapshot()->keyCount(), std::uint64_t{300}, 20000);
    QVERIFY(opened.page.session().snapshot()->contains("a1:7"));

    QVERIFY(WindowFixture::press(opened.page, u"Report…"_s));
    auto* report = opened.page.findChild<JobReportDialog*>();
    QVERIFY(report && WindowFixture::words(*report).contains(u"Deleted 300 keys"_s));
    const QTemporaryDir folder;
    auto* save = report->findChild<SaveReportButton*>();
    QVERIFY(save && save->isEnabled()); // although no file was named before
    save->saveTo(folder.filePath(u"report.csv"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*report).contains(u"The report is in"_s), 20000);
    QFile saved(folder.filePath(u"report.csv"_s));
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll().count(",done,"), 300);
    report->reject();

    QVERIFY(WindowFixture::press(opened.page, u"Undo"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Brought 300 keys back"_s), 20000);
    QCOMPARE(opened.keyCount(), std::string("600"));
    QCOMPARE(opened.server->command({"GET", "a[1]:7"}), std::string("value 7"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.page.session().snapshot()->keyCount(), std::uint64_t{600}, 20000);
    QVERIFY(!WindowFixture::button(opened.page, u"Undo"_s)); // it is done
}

void TestWindowJobs::aSmallScreenKeepsTheButtons()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.askDelete("a[1]:");
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(u"Types: 300 string"_s), 20000);
    dialog->resize(700, 480);
    QTRY_VERIFY2_WITH_TIMEOUT(
        dialog->height() <= 480, qPrintable(QString::number(dialog->minimumSizeHint().height())), 20000);
    const auto* buttons = dialog->findChild<QDialogButtonBox*>();
    QVERIFY(buttons && dialog->rect().contains(buttons->geometry()));
}

void TestWindowJobs::cancellingDeletesNothing()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.askDelete("a1:");
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Return); // the default never destroys
    QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<JobDialog*>() == nullptr, 20000);
    QCOMPARE(opened.keyCount(), std::string("600"));
    QVERIFY(opened.page.session().jobs().empty());
}

void TestWindowJobs::thousandsAndWithoutArchiveAreTyped()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.askDelete("a1:");
    QVERIFY(dialog);
    QVERIFY(!WindowFixture::named<QLineEdit>(*dialog, u"Confirmation"_s)); // it can be undone
    auto* archives = dialog->findChild<QCheckBox*>();
    QVERIFY(archives && archives->isChecked());
    archives->setChecked(false);
    QLineEdit* confirm = nullptr;
    QTRY_VERIFY((confirm = WindowFixture::named<QLineEdit>(*dialog, u"Confirmation"_s)) != nullptr);
    QPushButton* begin = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((begin = WindowFixture::button(*dialog, u"Delete 300 keys"_s)) != nullptr, 20000);
    QVERIFY(!begin->isEnabled());
    confirm->setText(u"299"_s);
    QVERIFY(!begin->isEnabled());
    confirm->setText(u"300"_s);
    QVERIFY(begin->isEnabled());
    begin->click();
    QTRY_COMPARE_WITH_TIMEOUT(opened.keyCount(), std::string("300"), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"300 keys in"_s), 20000);
    QVERIFY(!WindowFixture::button(opened.page, u"Undo"_s)); // there is nothing to undo it with
}

void TestWindowJobs::productionWantsItsName()
{
    OpenedWindow opened(Environment::Production);
    JobDialog* dialog = opened.askDelete("a1:");
    QVERIFY(dialog);
    auto* confirm = WindowFixture::named<QLineEdit>(*dialog, u"Confirmation"_s);
    QVERIFY(confirm);
    QPushButton* begin = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((begin = WindowFixture::button(*dialog, u"Delete 300 keys"_s)) != nullptr, 20000);
    QVERIFY(!begin->isEnabled());
    confirm->setText(u"shop"_s);
    QVERIFY(begin->isEnabled());
    begin->click();
    QTRY_COMPARE_WITH_TIMEOUT(opened.keyCount(), std::string("300"), 20000);
}

void TestWindowJobs::readOnlyIsSaidBeforeAPlan()
{
    OpenedWindow opened;
    const auto noteOf = [&opened](const QString& menu) {
        for (QAction* action : opened.fixture.window().findChild<QMenuBar*>()->actions()) {
            if (action->text() == menu) {
                return action->menu()->actions().front();
            }
        }
        return static_cast<QAction*>(nullptr);
    };
    QVERIFY(noteOf(u"&Bulk"_s));
    QVERIFY2(!noteOf(u"&Bulk"_s)->isVisible(), qPrintable(noteOf(u"&Bulk"_s)->text()));
    Profile profile = WindowFixture::profileOf(*opened.server);
    profile.name = u"vault"_s;
    profile.readOnly = true;
    SessionPage& page = opened.fixture.open(profile);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), 20000);
    for (const QString& menu : {u"&Bulk"_s, u"&Key"_s}) {
        QVERIFY(noteOf(menu) && noteOf(menu)->isVisible());
        QCOMPARE(noteOf(menu)->text(), u"This connection is read-only"_s);
    }
    KeyTreeView& tree = page.keys().tree();
    tree.setCurrentRow({"a1:", true});
    tree.setFocus();
    QTest::keyClick(&tree, Qt::Key_Delete);
    QVERIFY(opened.fixture.window().statusBar()->currentMessage().startsWith(u"vault is read-only"_s));
    QVERIFY(opened.fixture.window().findChild<JobDialog*>() == nullptr);
}

void TestWindowJobs::undoInProductionWantsItsName()
{
    OpenedWindow opened(Environment::Production);
    JobDialog* dialog = opened.askDelete("a1:");
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog, u"Delete 300 keys"_s), 20000);
    WindowFixture::named<QLineEdit>(*dialog, u"Confirmation"_s)->setText(u"shop"_s);
    QVERIFY(WindowFixture::press(*dialog, u"Delete 300 keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Deleted 300 keys"_s), 20000);
    const auto asked = [&opened] { return opened.page.findChild<JobsPanel*>()->findChild<QDialog*>(); };
    QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<JobDialog*>() == nullptr, 20000);

    QVERIFY(WindowFixture::press(opened.page, u"Undo"_s));
    QTRY_VERIFY_WITH_TIMEOUT(asked(), 20000);
    QVERIFY(WindowFixture::words(*asked()).contains(u"This is a production connection. Type its name, shop"_s));
    const QPushButton* begin = WindowFixture::button(*asked(), u"Bring the keys back"_s);
    QVERIFY(begin && !begin->isEnabled() && !begin->isDefault());
    asked()->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!asked(), 20000);
    QCOMPARE(opened.keyCount(), std::string("300"));
    QCOMPARE(opened.page.session().jobs().size(), std::size_t{1});

    QVERIFY(WindowFixture::press(opened.page, u"Undo"_s)); // it is still there
    QTRY_VERIFY_WITH_TIMEOUT(asked(), 20000);
    WindowFixture::named<QLineEdit>(*asked(), u"Confirmation"_s)->setText(u"shop"_s);
    QVERIFY(WindowFixture::press(*asked(), u"Bring the keys back"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Brought 300 keys back"_s), 20000);
    QCOMPARE(opened.keyCount(), std::string("600"));
    QVERIFY(!WindowFixture::button(opened.page, u"Undo"_s));
}

void TestWindowJobs::aRefusedUndoKeepsItsButton()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.askDelete("a1:");
    QVERIFY(dialog);
    QVERIFY(WindowFixture::press(*dialog, u"Delete 300 keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Deleted 300 keys"_s), 20000);
    QPushButton* undo = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((undo = WindowFixture::button(opened.page, u"Undo"_s)) != nullptr, 20000);
    QSignalSpy said(opened.page.findChild<JobsPanel*>(), &JobsPanel::said);
    opened.page.session().close();
    undo->click();
    QCOMPARE(said.size(), 1);
    QVERIFY(!undo->isHidden()); // to be tried again once there is a connection
}

void TestWindowJobs::timeToLiveOfAFolder()
{
    OpenedWindow opened;
    KeyTreeView& tree = opened.page.keys().tree();
    tree.setCurrentRow({"a1:", true});
    tree.expandFolder("a1:");
    const auto shown = [&tree] {
        const QModelIndex row = tree.keyModel().indexOf({"a1:3", false});
        return row.siblingAtColumn(static_cast<int>(KeyColumn::Ttl)).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(shown(), u"–"_s, 20000);
    opened.fixture.trigger(ActionId::ExpireKeys);
    JobDialog* dialog = opened.dialog();
    QVERIFY(dialog);
    auto* unit = WindowFixture::named<QComboBox>(*dialog, u"Unit"_s);
    QVERIFY(unit);
    unit->setCurrentText(u"days"_s); // 24 of them
    QVERIFY(WindowFixture::press(*dialog, u"Change the time to live of 300 keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::words(opened.page).contains(u"Changed the time to live of 300 keys"_s), 20000);
    const qint64 left = QByteArray::fromStdString(opened.server->command({"TTL", "a1:3"})).toLongLong();
    QVERIFY2(left > 23 * 86400 && left <= 24 * 86400, qPrintable(QString::number(left)));
    QCOMPARE(opened.server->command({"TTL", "a[1]:3"}), std::string("-1"));
    QTRY_VERIFY_WITH_TIMEOUT(shown().startsWith(u"23 d"_s), 20000); // the row tells it, too
    QVERIFY(WindowFixture::press(opened.page, u"Undo"_s));
    QTRY_COMPARE_WITH_TIMEOUT(opened.server->command({"TTL", "a1:3"}), std::string("-1"), 20000);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), u"–"_s, 20000);
}

void TestWindowJobs::aMomentAsTimeToLive()
{
    OpenedWindow opened;
    opened.page.keys().tree().setCurrentRow({"a1:", true});
    opened.fixture.trigger(ActionId::ExpireKeys);
    JobDialog* dialog = opened.dialog();
    QVERIFY(dialog);
    auto* mode = WindowFixture::named<QComboBox>(*dialog, u"Time to live"_s);
    QVERIFY(mode);
    mode->setCurrentText(u"ends at"_s);
    QVERIFY(WindowFixture::named<QSpinBox>(*dialog, u"Amount"_s) == nullptr);
    auto* end = WindowFixture::named<QDateTimeEdit>(*dialog, u"End"_s);
    QVERIFY(end);
    end->setDateTime(QDateTime(QDate(2020, 1, 1), QTime(0, 0)));
    QVERIFY(!WindowFixture::named<QLabel>(*dialog, u"Problem"_s)->text().isEmpty()); // it is over
    const QDateTime moment(QDate(2100, 1, 2), QTime(3, 4, 5));
    end->setDateTime(moment);
    QVERIFY(WindowFixture::press(*dialog, u"Change the time to live of 300 keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::words(opened.page).contains(u"Changed the time to live of 300 keys"_s), 20000);
    QCOMPARE(opened.server->command({"PEXPIRETIME", "a1:3"}), std::to_string(moment.toMSecsSinceEpoch()));
}

void TestWindowJobs::theButtonCountsOnlyWhatIsChanged()
{
    OpenedWindow opened;
    opened.server->command({"EXPIRE", "a1:3", "1000"});
    opened.server->command({"EXPIRE", "a1:4", "1000"});
    opened.page.keys().tree().setCurrentRow({"a1:", true});
    opened.fixture.trigger(ActionId::ExpireKeys);
    JobDialog* dialog = opened.dialog();
    QVERIFY(dialog);
    auto* mode = WindowFixture::named<QComboBox>(*dialog, u"Time to live"_s);
    QVERIFY(mode);
    mode->setCurrentText(u"lasts longer by"_s); // which those without an end don't
    QVERIFY(WindowFixture::press(*dialog, u"Change the time to live of 2 keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::words(opened.page).contains(u"Changed the time to live of 2 keys"_s), 20000);
}

void TestWindowJobs::theFieldToBeginWithHasTheFocus()
{
    OpenedWindow opened;
    opened.page.keys().tree().setCurrentRow({"a1:", true});
    opened.fixture.trigger(ActionId::RenameKeys);
    JobDialog* dialog = opened.dialog();
    QVERIFY(dialog);
    auto* name = WindowFixture::named<QLineEdit>(*dialog, u"New"_s);
    QVERIFY(name);
    QCOMPARE(dialog->focusWidget(), name);
    name->setText(u"b1:"_s);
    QPushButton* begin = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (begin = WindowFixture::button(*dialog, u"Rename 300 keys"_s)) && begin->isEnabled(), 20000);
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(dialog->isVisible()); // nothing typed is lost
    QCOMPARE(dialog->focusWidget(), begin);
    dialog->reject();
    QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<JobDialog*>() == nullptr, 20000);
    opened.fixture.trigger(ActionId::DeleteKeys);
    JobDialog* deleting = opened.dialog();
    QVERIFY(deleting);
    QCOMPARE(deleting->focusWidget(), WindowFixture::button(*deleting, u"Cancel"_s)); // there is nothing to fill in
}

void TestWindowJobs::keysAreRenamed()
{
    OpenedWindow opened;
    KeyTreeView& tree = opened.page.keys().tree();
    tree.setCurrentRow({"a1:", true});
    opened.server->command({"SET", "b1:3", "taken"});
    opened.fixture.trigger(ActionId::RenameKeys);
    JobDialog* dialog = opened.dialog();
    QVERIFY(dialog);
    auto* to = WindowFixture::named<QLineEdit>(*dialog, u"New"_s);
    QVERIFY(to && WindowFixture::named<QLineEdit>(*dialog, u"Old"_s)->text() == u"a1:"_s);
    to->setText(u"b1:"_s);
    QTableWidget* names = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((names = WindowFixture::named<QTableWidget>(*dialog, u"New names"_s)) != nullptr, 20000);
    QCOMPARE(names->item(0, 0)->text().replace(u"a1:"_s, u"b1:"_s), names->item(0, 1)->text());
    QVERIFY(WindowFixture::press(*dialog, u"Rename 299 keys"_s)); // one name is taken
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Renamed 299 keys"_s), 20000);
    QCOMPARE(opened.server->command({"GET", "b1:4"}), std::string("value 4"));
    QCOMPARE(opened.server->command({"GET", "b1:3"}), std::string("taken"));
    QCOMPARE(opened.server->command({"GET", "a1:3"}), std::string("value 3"));
}

void TestWindowJobs::aKeyOfAnotherTypeIsLeftAlone()
{
    OpenedWindow opened;
    const QTemporaryDir folder;
    JobDialog* dialog = opened.askDelete("a1:");
    QVERIFY(dialog);
    auto* report = WindowFixture::named<QLineEdit>(*dialog, u"Report file"_s);
    QVERIFY(report);
    report->setText(folder.filePath(u"report.csv"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(u"Types: 300 string"_s), 20000);
    opened.server->command({"DEL", "a1:7"});
    opened.server->command({"RPUSH", "a1:7", "made anew"});
    QVERIFY(WindowFixture::press(*dialog, u"Delete 300 keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Deleted 299 keys"_s), 20000);
    QCOMPARE(opened.server->command({"LINDEX", "a1:7", "0"}), std::string("made anew"));
    QFile file(folder.filePath(u"report.csv"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QCOMPARE(text.count('\n'), 301); // and the names of its columns
    QVERIFY(text.contains("changed,\"all keys of the preview were of type string, and it is list now\""));
}

void TestWindowJobs::onlyWhatThePreviewSaw()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.askDelete("a1:");
    QVERIFY(dialog);
    QCheckBox* unchanged = nullptr;
    for (QCheckBox* box : dialog->findChildren<QCheckBox*>()) {
        unchanged = box->text().contains(u"not what the preview saw"_s) ? box : unchanged;
    }
    QVERIFY(unchanged && !unchanged->isChecked());
    unchanged->setChecked(true);
    QPushButton* begin = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (begin = WindowFixture::button(*dialog, u"Delete 300 keys"_s)) && begin->isEnabled(), 20000);
    opened.server->command({"SET", "a1:7", "changed"});
    begin->click();
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Deleted 299 keys"_s), 20000);
    QCOMPARE(opened.server->command({"GET", "a1:7"}), std::string("changed"));
}

void TestWindowJobs::theKeysAreScrolledToTheLast()
{
    OpenedWindow opened;
    opened.server->fill(2500, [](std::size_t i) { return RedisServer::Args{"SET", "m:" + std::to_string(i), "v"}; });
    opened.fixture.trigger(ActionId::Rescan);
    QTRY_COMPARE_WITH_TIMEOUT(opened.page.session().snapshot()->keyCount(), std::uint64_t{3100}, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(opened.page), 20000);
    JobDialog* dialog = opened.askDelete("m:");
    QVERIFY(dialog);
    auto* keys = WindowFixture::named<QListView>(*dialog, u"Some of the keys"_s);
    QVERIFY(keys);
    const QAbstractItemModelTester tester(keys->model());
    for (int times = 0; times < 3; ++times) {
        keys->scrollToBottom();
        keys->model()->fetchMore({});
    }
    QCOMPARE(keys->model()->rowCount(), 2500);
    QCOMPARE(keys->model()->index(2499, 0).data().toString(), u"m:999"_s);
}

void TestWindowJobs::theRateIsChangedWhileItRuns()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.askDelete("a1:");
    QVERIFY(dialog);
    auto* rate = WindowFixture::named<QSpinBox>(*dialog, u"Rate limit"_s);
    QVERIFY(rate);
    rate->setValue(10);
    QPushButton* begin = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (begin = WindowFixture::button(*dialog, u"Delete 300 keys"_s)) && begin->isEnabled(), 20000);
    begin->click();
    QTRY_VERIFY_WITH_TIMEOUT(opened.keyCount() != "600", 20000);
    QComboBox* limit = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((limit = WindowFixture::named<QComboBox>(opened.page, u"Rate limit"_s)) != nullptr, 20000);
    QCOMPARE(limit->currentData().toULongLong(), 10U);
    QVERIFY(opened.keyCount() != "300"); // at this rate it takes half a minute
    const QRegularExpression far(u"Delete a1:\\*: \\d+ of 300 keys · .*/s · .+ left"_s);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(far), 20000);
    opened.fixture.window().close();
    auto* box = opened.fixture.window().findChild<QMessageBox*>();
    QVERIFY(box && box->text().contains(u"Closing ends a job. What was found"_s));
    QVERIFY(box->text().contains(u"what was changed stays changed"_s));
    box->defaultButton()->click();
    limit->setCurrentIndex(0);
    Q_EMIT limit->activated(0);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Delete a1:* · Deleted 300 keys"_s), 15000);
}

void TestWindowJobs::manyJobsLeaveRoomForTheKeys()
{
    constexpr int many = 20;
    OpenedWindow opened;
    opened.fixture.window().resize(900, 600);
    for (int at = 0; at < many; ++at) {
        JobPlan plan;
        plan.keys.kind = KeyQuery::Kind::Exact;
        plan.keys.bytes = "a1:" + std::to_string(at);
        plan.operation = DeleteKeys{};
        plan.archives = false;
        const auto job = opened.page.session().addJob(plan);
        QVERIFY(job);
        (*job)->run({});
        QTRY_VERIFY_WITH_TIMEOUT((*job)->state() == BulkJob::State::Ended, 20000);
    }
    QTRY_COMPARE_WITH_TIMEOUT(opened.page.findChildren<JobRow*>().size(), many, 20000);
    const JobRow* last = opened.page.findChildren<JobRow*>().constLast();
    QTRY_VERIFY_WITH_TIMEOUT(!last->visibleRegion().isEmpty(), 20000);
    QVERIFY(opened.page.findChild<JobsPanel*>()->height() <= 200);
    QTRY_COMPARE_WITH_TIMEOUT(opened.fixture.window().height(), 600, 20000);
    QVERIFY(opened.page.keys().tree().height() >= 100);
}

void TestWindowJobs::closingAsksWhileAJobRuns()
{
    OpenedWindow opened;
    BulkJob* job = slowJob(opened);
    QVERIFY(job);
    auto* row = opened.page.findChild<JobRow*>();
    QVERIFY(row);
    auto* curve = row->findChild<Sparkline*>();
    QVERIFY(curve && curve->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(curve->samples().size() > 1, 20000);
    opened.fixture.window().close();
    QVERIFY(opened.fixture.isOpen() && opened.fixture.window().isVisible());
    QVERIFY(WindowFixture::words(opened.fixture.window()).contains(u"Closing ends a job."_s));
    QVERIFY(WindowFixture::press(opened.fixture.window(), u"Stay"_s));
    const std::string then = opened.keyCount();
    QTRY_VERIFY_WITH_TIMEOUT(opened.keyCount() != then, 20000); // it goes on
    QVERIFY(job->isWorking());
}

void TestWindowJobs::aCancelledJobBlamesNoNode()
{
    OpenedWindow opened;
    opened.server->fill(
        100'000, [](std::size_t i) { return RedisServer::Args{"SET", "a1:more:" + std::to_string(i), "v"}; });
    BulkJob* job = slowJob(opened); // which can't have read them all
    QVERIFY(job);
    auto* pause = WindowFixture::button(opened.page, u"Pause"_s);
    QVERIFY(pause);
    QCOMPARE(pause->accessibleDescription(), u"Delete a1:*"_s);
    QVERIFY(WindowFixture::press(opened.page, u"Cancel"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(u"Cancelled before its end."_s), 20000);
    QVERIFY(job->report() && *job->report() && (*job->report())->scan);
    QVERIFY(!(*job->report())->scan->partialNodes().empty());
    QVERIFY(!WindowFixture::words(opened.page).contains(u"Not all nodes were read"_s));
}

void TestWindowJobs::aJobSaysThatItsServerDoesNotAnswer()
{
    OpenedWindow opened;
    BulkJob* job = slowJob(opened);
    QVERIFY(job);
    const QString waits = u"waits for a server that does not answer"_s;
    QVERIFY(!WindowFixture::words(opened.page).contains(waits));
    opened.server->kill();
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(opened.page).contains(waits), 20000);
    job->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!job->isWorking(), 20000);
    QVERIFY(!WindowFixture::words(opened.page).contains(waits));
}

/// DEL is for servers that have no UNLINK.
void TestWindowJobs::theCommandsAreThoseThatAreSent()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.askDelete("a1:");
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(
                                 u"MEMORY USAGE, DUMP, PEXPIRETIME, MULTI, DUMP, PEXPIRETIME, UNLINK, EXEC."_s),
        20000);
    opened.server->command({"CONFIG", "RESETSTAT"});
    QPushButton* begin = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (begin = WindowFixture::button(*dialog, u"Delete 300 keys"_s)) && begin->isEnabled(), 20000);
    begin->click();
    QTRY_COMPARE_WITH_TIMEOUT(opened.keyCount(), std::string("300"), 20000);
    const std::string stats = opened.server->command({"INFO", "commandstats"});
    QVERIFY(stats.find("cmdstat_unlink:calls=") != std::string::npos);
    QVERIFY(stats.find("cmdstat_del:") == std::string::npos);
}

QTEST_MAIN(TestWindowJobs)
#include "tst_windowjobs.moc"
