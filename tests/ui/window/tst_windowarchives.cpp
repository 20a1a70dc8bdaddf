// SPDX-License-Identifier: GPL-3.0-or-later
// The undo archives in the real window: listed, looked into, sealed, brought back in whole and in part, deleted.
#include "core/bulk/archivelibrary.h"
#include "core/session/bulkjob.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/bulk/archivedkeysmodel.h"
#include "ui/bulk/archivemodel.h"
#include "ui/bulk/passphrasedialog.h"
#include "ui/bulk/undoarchivesdialog.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QMessageBox>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

/// A window on a server with keys "k:0" to "k:99", of which every third ends in 2100.
struct OpenedWindow {
    explicit OpenedWindow(Environment environment = Environment::Development)
        : page(fixture.open(profileFor(environment)))
    {
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    }
    Profile profileFor(Environment environment)
    {
        server->fill(100, [](std::size_t i) {
            RedisServer::Args command{"SET", "k:" + std::to_string(i), "value " + std::to_string(i)};
            if (i % 3 == 0) {
                command.insert(command.end(), {"PXAT", "4102444800123"});
            }
            return command;
        });
        Profile profile = WindowFixture::profileOf(*server);
        profile.name = u"shop"_s;
        profile.environment = environment;
        return profile;
    }
    /// Deletes all keys by a job, as the dialog of jobs would.
    void deleteAll()
    {
        JobPlan plan;
        plan.operation = DeleteKeys{};
        const auto job = page.session().addJob(plan);
        QVERIFY(job);
        (*job)->run({"UNLINK", "DEL", "MULTI", "EXEC", "WATCH", "UNWATCH"});
        QTRY_COMPARE_WITH_TIMEOUT((*job)->state(), BulkJob::State::Ended, patience);
        QCOMPARE(server->command({"DBSIZE"}), std::string("0"));
    }
    UndoArchivesDialog* showArchives()
    {
        fixture.trigger(ActionId::UndoArchives);
        UndoArchivesDialog* dialog = nullptr;
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT((dialog = fixture.window().findChild<UndoArchivesDialog*>()) != nullptr, patience);
        }();
        return dialog;
    }

    std::unique_ptr<RedisServer> server = RedisServer::start();
    WindowFixture fixture;
    SessionPage& page;
};

QTableView* archivesIn(const QWidget& dialog)
{
    return WindowFixture::named<QTableView>(dialog, u"Undo archives"_s);
}

QTableView* keysIn(const QWidget& dialog)
{
    return WindowFixture::named<QTableView>(dialog, u"Archived keys"_s);
}

QString textAt(const QTableView& table, int row, int column)
{
    return table.model()->index(row, column).data().toString();
}

} // namespace

class TestWindowArchives : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QDir(archiveFolder()).removeRecursively(); }
    void modelsAreSound();
    void someKeysAreFoundAndBroughtBack();
    void allArchivesAreLookedThrough();
    void keysWhoseTimeIsOverAreSaidToComeBack();
    void keysThatAreThereAgainAreLeftOrReplaced();
    void aSealedArchiveWantsItsPassphrase();
    void anArchiveIsDeleted();
    void productionWantsItsName();
    void saysThatThereAreNone();
};

void TestWindowArchives::modelsAreSound()
{
    ArchiveModel archives;
    ArchivedKeysModel keys;
    const QAbstractItemModelTester archivesTester(&archives, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester keysTester(&keys, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ArchiveEntry whole;
    whole.file = u"/a/whole.kga"_s;
    whole.records = 1234;
    whole.info.job = u"delete"_s;
    whole.isSealed = true;
    ArchiveEntry broken;
    broken.file = u"/a/broken.kga"_s;
    broken.trouble = Error{ErrorKind::File, broken.file, u"It is no undo archive."_s};
    ArchiveEntry schema;
    schema.file = u"/a/schema.kga"_s;
    schema.info.job = u"as it was called when it was made"_s;
    schema.info.plan = QString::fromStdString(planToJson({{SchemaChange::Kind::DropTable, "shop.items"}, {}}));
    archives.setEntries({whole, broken, schema});
    QVERIFY(archives.schemaChange(0) == nullptr && archives.schemaChange(2) != nullptr);
    QCOMPARE(archives.index(2, ArchiveModel::Job).data().toString(), u"Drop table shop.items with all its rows"_s);
    QVERIFY(archives.index(2, 0).data(Qt::ToolTipRole).toString().contains(u"undone as a whole"_s));
    QCOMPARE(archives.index(0, ArchiveModel::Job).data().toString(), u"Delete keys"_s);
    QCOMPARE(archives.index(0, ArchiveModel::State).data().toString(), u"sealed"_s);
    QVERIFY(archives.index(1, ArchiveModel::State).data().toString().contains(u"It is no undo archive"));
    QCOMPARE(archives.rowOf(broken.file), 1);
    QVERIFY(archives.entry(3) == nullptr && archives.entry(-1) == nullptr);
    for (const QString& job : {u"delete"_s, u"expire"_s, u"persist"_s, u"rename"_s, u"copy"_s, u"import"_s,
             u"set-field"_s, u"template"_s, u"undo"_s, u"edits"_s}) {
        whole.info.job = job;
        archives.setEntries({whole});
        QVERIFY2(archives.index(0, ArchiveModel::Job).data().toString() != job, qPrintable(job));
    }
    ArchivedKeys some;
    some.rows.push_back({"a\n\xFF", "hash", 3, Milliseconds{1}, ByteCount{2048}, UndoReason::Overwritten});
    keys.setKeys(some);
    QCOMPARE(keys.index(0, ArchivedKeysModel::Key).data().toString(), u"a\\n\\xFF"_s);
    QVERIFY(keys.index(0, ArchivedKeysModel::Ends).data().toString().endsWith(u", over"));
    QCOMPARE(keys.index(0, ArchivedKeysModel::Reason).data().toString(), u"overwritten"_s);
    keys.setKeys({});
    QCOMPARE(keys.rowCount(), 0);
}

void TestWindowArchives::someKeysAreFoundAndBroughtBack()
{
    OpenedWindow opened;
    opened.deleteAll();
    auto* dialog = opened.showArchives();
    QVERIFY(dialog);
    QTRY_COMPARE_WITH_TIMEOUT(keysIn(*dialog)->model()->rowCount(), 100, patience);
    QCOMPARE(archivesIn(*dialog)->model()->rowCount(), 1);
    QCOMPARE(textAt(*archivesIn(*dialog), 0, ArchiveModel::Keys), u"100"_s);
    QCOMPARE(textAt(*archivesIn(*dialog), 0, ArchiveModel::Connection), u"shop"_s);
    WindowFixture::named<QLineEdit>(*dialog, u"Find archived key"_s)->setText(u"no such"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::words(*dialog).contains(u"No key of this archive has that in its name."_s), patience);
    WindowFixture::named<QLineEdit>(*dialog, u"Find archived key"_s)->setText(u"k:3"_s);
    QTRY_COMPARE_WITH_TIMEOUT(keysIn(*dialog)->model()->rowCount(), 11, patience); // 3, 30 to 39
    for (int row = 0; row < 11; ++row) {
        if (const QString key = textAt(*keysIn(*dialog), row, ArchivedKeysModel::Key);
            key == u"k:3" || key == u"k:31") {
            keysIn(*dialog)->selectionModel()->select(
                keysIn(*dialog)->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }
    QVERIFY(WindowFixture::press(*dialog, u"&Bring 2 keys back"_s));
    QTRY_COMPARE_WITH_TIMEOUT(opened.server->command({"DBSIZE"}), std::string("2"), patience);
    QCOMPARE(opened.server->command({"GET", "k:31"}), std::string("value 31"));
    QCOMPARE(opened.server->command({"PEXPIRETIME", "k:3"}), std::string("4102444800123"));
    QTRY_VERIFY_WITH_TIMEOUT(opened.page.session().snapshot()->contains("k:31"), patience);
}

void TestWindowArchives::allArchivesAreLookedThrough()
{
    OpenedWindow opened;
    opened.deleteAll();
    opened.server->command({"SET", "other", "v"});
    opened.page.session().setArchivePassphrase("secret");
    opened.deleteAll();
    opened.page.session().setArchivePassphrase({});
    opened.server->command({"SET", "other", "v"});
    opened.deleteAll();
    auto* dialog = opened.showArchives();
    QVERIFY(dialog);
    QTableView& archives = *archivesIn(*dialog);
    QTRY_COMPARE_WITH_TIMEOUT(archives.model()->rowCount(), 3, patience);
    QTRY_COMPARE_WITH_TIMEOUT(keysIn(*dialog)->model()->rowCount(), 1, patience);
    QVERIFY(archives.isColumnHidden(ArchiveModel::Found));
    auto* find = WindowFixture::named<QLineEdit>(*dialog, u"Find archived key"_s);
    QVERIFY(find);
    find->setText(u"k:3"_s);
    QVERIFY(WindowFixture::press(*dialog, u"In a&ll archives"_s));
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::words(*dialog).contains(
            u"1 of 3 archives have keys with that in their names. Not looked into, as they are sealed or can't be read: 1."_s),
        patience);
    QVERIFY(!archives.isColumnHidden(ArchiveModel::Found));
    QCOMPARE(textAt(archives, 0, ArchiveModel::Found), u"0"_s);
    QCOMPARE(textAt(archives, 1, ArchiveModel::Found), QString());
    QCOMPARE(textAt(archives, 2, ArchiveModel::Found), u"11"_s);
    QCOMPARE(archives.currentIndex().row(), 2); // there they are
    QTRY_COMPARE_WITH_TIMEOUT(keysIn(*dialog)->model()->rowCount(), 11, patience);
    find->setText(u"k:4"_s);
    QVERIFY(archives.isColumnHidden(ArchiveModel::Found)); // that was of another text
}

void TestWindowArchives::keysWhoseTimeIsOverAreSaidToComeBack()
{
    OpenedWindow opened;
    opened.server->command({"FLUSHALL"});
    const qint64 end = QDateTime::currentMSecsSinceEpoch() + 5'000;
    opened.server->command({"SET", "soon", "v", "PXAT", std::to_string(end)});
    opened.deleteAll();
    QTRY_VERIFY_WITH_TIMEOUT(QDateTime::currentMSecsSinceEpoch() > end, patience);
    auto* dialog = opened.showArchives();
    QVERIFY(dialog);
    QTRY_COMPARE_WITH_TIMEOUT(keysIn(*dialog)->model()->rowCount(), 1, patience);
    QVERIFY(WindowFixture::press(*dialog, u"Bring &all keys back"_s));
    const auto text = [&opened] { return WindowFixture::words(opened.page); };
    QTRY_VERIFY2_WITH_TIMEOUT(
        text().contains(u"“Undo archives” can bring them back without an end."_s), qPrintable(text()), patience);
}

void TestWindowArchives::keysThatAreThereAgainAreLeftOrReplaced()
{
    OpenedWindow opened;
    opened.deleteAll();
    opened.server->command({"SET", "k:5", "another"});
    for (const bool replaces : {false, true}) {
        auto* dialog = opened.showArchives();
        QVERIFY(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(keysIn(*dialog)->model()->rowCount(), 100, patience);
        WindowFixture::named<QComboBox>(*dialog, u"Keys that are there again"_s)->setCurrentIndex(replaces ? 1 : 0);
        QVERIFY(WindowFixture::press(*dialog, u"Bring &all keys back"_s));
        QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<UndoArchivesDialog*>() == nullptr, patience);
        const BulkJob* job = opened.page.session().jobs().back();
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), BulkJob::State::Ended, patience);
        QCOMPARE(opened.server->command({"DBSIZE"}), std::string("100"));
        QCOMPARE(opened.server->command({"GET", "k:5"}), std::string(replaces ? "value 5" : "another"));
        QVERIFY(job->report() && *job->report());
        QCOMPARE((*job->report())->counts[Outcome::Changed], std::uint64_t{replaces ? 0U : 1U});
    }
}

void TestWindowArchives::aSealedArchiveWantsItsPassphrase()
{
    OpenedWindow opened;
    auto* dialog = opened.showArchives();
    QVERIFY(dialog);
    QVERIFY(WindowFixture::press(*dialog, u"&Seal new archives…"_s));
    const auto ask = [&](const QString& passphrase, bool twice, const QString& button) {
        PassphraseDialog* asking = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((asking = dialog->findChild<PassphraseDialog*>()) != nullptr, patience);
        WindowFixture::named<QLineEdit>(*asking, u"Passphrase"_s)->setText(passphrase);
        if (twice) {
            QVERIFY(!WindowFixture::button(*asking, button)->isEnabled());
            WindowFixture::named<QLineEdit>(*asking, u"Passphrase again"_s)->setText(passphrase);
        }
        QVERIFY(WindowFixture::press(*asking, button));
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<PassphraseDialog*>() == nullptr, patience);
    };
    ask(u"hörse"_s, true, u"Seal new archives"_s);
    QVERIFY(opened.page.session().sealsArchives());
    dialog->reject();
    opened.deleteAll();
    QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<UndoArchivesDialog*>() == nullptr, patience);
    dialog = opened.showArchives();
    QTRY_COMPARE_WITH_TIMEOUT(archivesIn(*dialog)->model()->rowCount(), 1, patience);
    QCOMPARE(textAt(*archivesIn(*dialog), 0, ArchiveModel::State), u"sealed"_s);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(u"its passphrase opens it"), patience);
    QVERIFY(!WindowFixture::button(*dialog, u"Bring &all keys back"_s)->isEnabled());
    QVERIFY(WindowFixture::press(*dialog, u"&Passphrase…"_s));
    ask(u"horse"_s, false, u"Open archive"_s);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(u"not the one"), patience);
    QVERIFY(WindowFixture::press(*dialog, u"&Passphrase…"_s));
    ask(u"hörse"_s, false, u"Open archive"_s);
    QTRY_COMPARE_WITH_TIMEOUT(keysIn(*dialog)->model()->rowCount(), 100, patience);
    QVERIFY(WindowFixture::press(*dialog, u"Bring &all keys back"_s));
    QTRY_COMPARE_WITH_TIMEOUT(opened.server->command({"DBSIZE"}), std::string("100"), patience);
}

void TestWindowArchives::anArchiveIsDeleted()
{
    OpenedWindow opened;
    opened.deleteAll();
    auto* dialog = opened.showArchives();
    QVERIFY(dialog);
    QTRY_COMPARE_WITH_TIMEOUT(keysIn(*dialog)->model()->rowCount(), 100, patience);
    for (const bool deletes : {false, true}) {
        QVERIFY(WindowFixture::press(*dialog, u"&Delete archive…"_s));
        QMessageBox* box = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((box = dialog->findChild<QMessageBox*>()) != nullptr, patience);
        QVERIFY(WindowFixture::press(*box, deletes ? u"Delete the archive"_s : u"Keep it"_s));
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QMessageBox*>() == nullptr, patience);
        QTRY_COMPARE_WITH_TIMEOUT(archivesIn(*dialog)->model()->rowCount(), deletes ? 0 : 1, patience);
    }
    QVERIFY(QDir(archiveFolder()).entryList({u"*.kga"_s}).isEmpty());
}

void TestWindowArchives::productionWantsItsName()
{
    OpenedWindow opened(Environment::Production);
    opened.deleteAll();
    auto* dialog = opened.showArchives();
    QVERIFY(dialog);
    QTRY_COMPARE_WITH_TIMEOUT(keysIn(*dialog)->model()->rowCount(), 100, patience);
    QVERIFY(!WindowFixture::button(*dialog, u"Bring &all keys back"_s)->isEnabled());
    WindowFixture::named<QLineEdit>(*dialog, u"Confirmation"_s)->setText(u"shop"_s);
    QVERIFY(WindowFixture::press(*dialog, u"Bring &all keys back"_s));
    QTRY_COMPARE_WITH_TIMEOUT(opened.server->command({"DBSIZE"}), std::string("100"), patience);
}

void TestWindowArchives::saysThatThereAreNone()
{
    OpenedWindow opened;
    auto* dialog = opened.showArchives();
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog).contains(u"There are no undo archives yet"), patience);
    QVERIFY(!WindowFixture::button(*dialog, u"&Delete archive…"_s)->isEnabled());
}

QTEST_MAIN(TestWindowArchives)

#include "tst_windowarchives.moc"
