// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs as the window uses them: planned, looked through, run, undone, and the list that follows.
#include "core/index/keyroot.h"
#include "core/session/bulkjob.h"
#include "core/session/jobhistory.h"
#include "core/session/jobparts.h"
#include "core/session/planfile.h"
#include "core/session/session.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// A session on a server with 200 keys in each of a few folders with difficult names, all of them scanned.
struct Scanned {
    explicit Scanned(Environment environment = Environment::Development, bool readOnly = false)
    {
        server->fill(200, [](std::size_t i) { return RedisServer::Args{"SET", "a[1]:" + std::to_string(i), "v"}; });
        server->fill(200, [](std::size_t i) { return RedisServer::Args{"SET", "a1:" + std::to_string(i), "v"}; });
        server->command({"SET", "a[1]:binary\xff\r\n", "v", "PX", "100000000"});
        Profile profile;
        profile.name = u"shop"_s;
        profile.socketPath = server->socketPath();
        profile.environment = environment;
        profile.readOnly = readOnly;
        session = std::make_unique<Session>(profile);
        session->open();
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), SessionState::Connected, 20000);
        session->startScan({});
        QTRY_COMPARE_WITH_TIMEOUT(session->scanState(), ScanState::Ended, 20000);
    }
    [[nodiscard]] std::string keyCount() const { return server->command({"DBSIZE"}); }
    /// Databases 0 and 3, which has a1:5 too, with another value, and a1:6 and b.
    void openDatabases()
    {
        inDatabase(3, {"HSET", "a1:5", "f", "other"});
        inDatabase(3, {"SET", "a1:6", "v"});
        inDatabase(3, {"SET", "b", "v"});
        session->selectDatabases({0, 3});
        session->startScan({});
        QTRY_COMPARE_WITH_TIMEOUT(session->scanState(), ScanState::Ended, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(session->snapshot()->keyCount(), std::uint64_t{404}, 20000);
    }
    std::string inDatabase(int database, const RedisServer::Args& command) const
    {
        server->command({"SELECT", std::to_string(database)});
        std::string reply = server->command(command);
        server->command({"SELECT", "0"});
        return reply;
    }

    std::unique_ptr<RedisServer> server = RedisServer::start();
    std::unique_ptr<Session> session;
};

JobPlan deletePlan(const std::string& prefix)
{
    JobPlan plan;
    plan.keys.kind = KeyQuery::Kind::Prefix;
    plan.keys.bytes = prefix;
    plan.operation = DeleteKeys{};
    return plan;
}

/// Waits until the job has ended; its report.
const BulkReport& ended(const BulkJob& job)
{
    static const BulkReport none;
    [&] {
        QTRY_COMPARE_WITH_TIMEOUT(job.state(), BulkJob::State::Ended, 30000);
        QVERIFY(job.report().has_value());
        QVERIFY2(job.report()->has_value(), job.report()->has_value() ? "" : qPrintable(job.report()->error().detail));
    }();
    return job.report() && *job.report() ? **job.report() : none;
}

} // namespace

class TestSessionJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void aLookChangesNothing();
    void aFolderIsDeletedAndTheListFollows();
    void theListFollowsARename_data();
    void theListFollowsARename();
    void theChosenKeysAreDeletedAndBroughtBack();
    void cancelledAndPausedJobsLeaveTheRest();
    void anUndoIsPaused();
    void theRateOfAnUndoIsChangedWhileItRuns();
    void bothWorkersOfAnUndoShareOneArchive();
    void productionAsksFirst();
    void aReadOnlyProfileRefuses();
    void severalDatabasesAreOneJob();
    void aFolderOfOneOfSeveralDatabases();
    void onlyWhatAJobTouchedIsReadAgain();
    void nothingIsReadAgainForADatabaseThatIsClosed();
    void aKeptPlanNamesKeysWithoutTheirRoots();
    void chosenKeysOfADatabaseThatIsNotOpenAreRefused();
    void whatSeveralDatabasesCanNotBe_data();
    void whatSeveralDatabasesCanNotBe();
    void closingMeanwhileIsQuick();
};

void TestSessionJobs::aLookChangesNothing()
{
    const Scanned opened;
    const auto job = opened.session->addJob(deletePlan("a[1]:"));
    QVERIFY(job);
    (*job)->preview({});
    QTRY_VERIFY_WITH_TIMEOUT((*job)->previewed().has_value(), 20000);
    const auto& found = *(*job)->previewed();
    QVERIFY(found);
    QCOMPARE(found->preview.keys, std::uint64_t{201});
    QCOMPARE(found->preview.types.at("string"), std::uint64_t{201});
    QVERIFY(found->preview.memory && found->preview.memory->value > 201); // what the archive takes at most
    QVERIFY(found->archiveSpace && found->archiveSpace->free.value > 0);
    QCOMPARE((*job)->state(), BulkJob::State::Planned);
    QCOMPARE(opened.keyCount(), std::string("401"));
    opened.session->removeJob(*job);
    QVERIFY(opened.session->jobs().empty());
}

void TestSessionJobs::aFolderIsDeletedAndTheListFollows()
{
    const Scanned opened;
    const auto job = opened.session->addJob(deletePlan("a[1]:"));
    QVERIFY(job);
    (*job)->run({});
    QVERIFY(!opened.session->runningWork().isEmpty());
    QCOMPARE(ended(**job).counts.done(), std::uint64_t{201});
    QCOMPARE(opened.keyCount(), std::string("200"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.session->snapshot()->keyCount(), std::uint64_t{200}, 20000);
    QVERIFY(opened.session->snapshot()->contains("a1:7"));
}

void TestSessionJobs::theListFollowsARename_data()
{
    QTest::addColumn<bool>("isRegex");
    QTest::addColumn<bool>("isChosen");
    QTest::addColumn<std::string>("from");
    QTest::addColumn<std::string>("to");
    QTest::newRow("a prefix") << false << false << std::string("a1:") << std::string("b[1]:");
    QTest::newRow("a prefix, chosen keys") << false << true << std::string("a1:") << std::string("b[1]:");
    QTest::newRow("a regular expression") << true << false << std::string("^a1:(.*)$") << std::string("b[1]:\\1");
}

void TestSessionJobs::theListFollowsARename()
{
    QFETCH(bool, isRegex);
    QFETCH(bool, isChosen);
    QFETCH(std::string, from);
    QFETCH(std::string, to);
    const Scanned opened;
    JobPlan plan = deletePlan("a1:");
    plan.operation = RenameKeys{isRegex, from, to};
    plan.archives = false;
    std::optional<KeyChoice> choice;
    if (isChosen) {
        choice = KeyChoice{opened.session->snapshot()};
        choice->selected.emplace();
        choice->selected->addKey("a1:7");
    }
    const auto job = opened.session->addJob(plan, choice);
    QVERIFY(job);
    (*job)->run({});
    QCOMPARE(ended(**job).counts.done(), std::uint64_t{isChosen ? 1U : 200U});
    QTRY_VERIFY_WITH_TIMEOUT(opened.session->snapshot()->contains("b[1]:7"), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.session->snapshot()->contains("a1:7"), 20000);
    QTRY_COMPARE_WITH_TIMEOUT(opened.session->snapshot()->keyCount(), std::uint64_t{401}, 20000);
}

void TestSessionJobs::theChosenKeysAreDeletedAndBroughtBack()
{
    const Scanned opened;
    const std::string expiry = opened.server->command({"PEXPIRETIME", "a[1]:binary\xff\r\n"});
    KeyChoice choice{opened.session->snapshot()};
    choice.selected.emplace();
    choice.selected->addKey("a[1]:binary\xff\r\n");
    choice.selected->addKey("a1:5");
    opened.server->command({"SET", "a1:new", "not chosen"});
    const auto job = opened.session->addJob(deletePlan("ignored"), choice);
    QVERIFY(job);
    QCOMPARE((*job)->expectedKeys(), std::optional<std::uint64_t>(2));
    (*job)->run({});
    QCOMPARE(ended(**job).counts.done(), std::uint64_t{2});
    QCOMPARE(opened.keyCount(), std::string("400"));
    const QString archive = (*job)->archiveFile();
    QVERIFY(QFile::exists(archive));
    const auto undo = opened.session->addUndo(archive, UndoConflict::Skip);
    QVERIFY(undo);
    (*undo)->run({});
    QCOMPARE(ended(**undo).counts.done(), std::uint64_t{2});
    QCOMPARE((*undo)->progress().counts.done(), std::uint64_t{2});
    const auto past = JobHistory().load();
    QVERIFY(past && !past->empty());
    QCOMPARE(past->front().undone, archive);
    QCOMPARE(past->front().connection, u"shop"_s);
    QCOMPARE(past->front().done, std::uint64_t{2});
    QVERIFY(QFile::exists(past->front().reportFile));
    QCOMPARE(opened.server->command({"PEXPIRETIME", "a[1]:binary\xff\r\n"}), expiry);
    QCOMPARE(opened.server->command({"GET", "a1:5"}), std::string("v"));
    QTRY_VERIFY_WITH_TIMEOUT(opened.session->snapshot()->contains("a1:5"), 20000);
    QFile::remove(archive);
}

void TestSessionJobs::cancelledAndPausedJobsLeaveTheRest()
{
    const Scanned opened;
    JobPlan plan = deletePlan("a");
    plan.archives = false;
    plan.keysPerSecond = 20;
    const auto job = opened.session->addJob(plan);
    QVERIFY(job);
    (*job)->run({});
    QTRY_VERIFY_WITH_TIMEOUT((*job)->progress().settled > 0, 20000);
    (*job)->pause();
    QCOMPARE((*job)->state(), BulkJob::State::Paused);
    (*job)->resume();
    (*job)->cancel();
    const BulkReport& report = ended(**job);
    QVERIFY(report.failure && report.failure->kind == ErrorKind::Cancelled);
    const std::uint64_t done = report.counts.done();
    QVERIFY(done > 0 && done < 401);
    QCOMPARE(opened.keyCount(), std::to_string(401 - done));
}

void TestSessionJobs::anUndoIsPaused()
{
    const Scanned opened;
    const auto job = opened.session->addJob(deletePlan("a"));
    QVERIFY(job);
    (*job)->run({});
    const QString archive = ended(**job).archiveFile;
    const std::string left = opened.keyCount();
    const auto undo = opened.session->addUndo(archive, UndoConflict::Skip);
    QVERIFY(undo);
    (*undo)->run({});
    (*undo)->pause();
    QTest::qWait(300); // an undo of these takes a tenth of it
    QCOMPARE((*undo)->state(), BulkJob::State::Paused);
    QVERIFY((*undo)->progress().isPaused);
    QCOMPARE(opened.keyCount(), left);
    (*undo)->resume();
    QCOMPARE(ended(**undo).counts.done(), std::uint64_t{401} - std::stoull(left));
    QCOMPARE(opened.keyCount(), std::string("401"));
    QFile::remove(archive);
}

void TestSessionJobs::theRateOfAnUndoIsChangedWhileItRuns()
{
    const Scanned opened;
    const auto job = opened.session->addJob(deletePlan("a"));
    QVERIFY(job);
    (*job)->run({});
    const QString archive = ended(**job).archiveFile;
    QCOMPARE(opened.keyCount(), std::string("0"));
    const auto undo = opened.session->addUndo(archive, UndoConflict::Skip);
    QVERIFY(undo);
    (*undo)->setRate(5); // 80 seconds for all of them
    (*undo)->run({});
    QTRY_VERIFY_WITH_TIMEOUT((*undo)->progress().settled > 0, 20000);
    QVERIFY((*undo)->progress().settled < 200);
    (*undo)->setRate({});
    QCOMPARE(ended(**undo).counts.done(), std::uint64_t{401});
    QCOMPARE(opened.keyCount(), std::string("401"));
    QFile::remove(archive);
}

/// Of what it overwrites. A sealed one takes a while to be made, so that both ask for it before it is there.
void TestSessionJobs::bothWorkersOfAnUndoShareOneArchive()
{
    const Scanned opened;
    constexpr std::size_t keys = 2000; // of which a worker takes 500 at a time
    const auto fill = [&opened](const std::string& value) {
        opened.server->fill(
            keys, [&value](std::size_t i) { return RedisServer::Args{"SET", "many:" + std::to_string(i), value}; });
    };
    fill("v");
    opened.session->setArchivePassphrase("secret");
    const auto job = opened.session->addJob(deletePlan("many:"));
    QVERIFY(job);
    (*job)->run({});
    const QString archive = ended(**job).archiveFile;
    QCOMPARE(ended(**job).counts.done(), std::uint64_t{keys});
    fill("other");
    const auto undo = opened.session->addUndo(archive, UndoConflict::Replace);
    QVERIFY(undo);
    (*undo)->run({});
    const BulkReport& report = ended(**undo);
    QVERIFY2(!report.failure, report.failure ? qPrintable(report.failure->detail) : "");
    QCOMPARE(report.counts.done(), std::uint64_t{keys});
    QVERIFY(report.archive);
    QCOMPARE(report.archive->records, std::uint64_t{keys}); // what either of them wrote over
    QCOMPARE(opened.server->command({"GET", "many:0"}), std::string("v"));
    QCOMPARE(opened.server->command({"GET", "many:1999"}), std::string("v"));
    QFile::remove(archive);
    QFile::remove(report.archiveFile);
}

void TestSessionJobs::productionAsksFirst()
{
    const Scanned opened(Environment::Production);
    const auto job = opened.session->addJob(deletePlan("a1:"));
    QVERIFY(job);
    const Status asked = (*job)->check();
    QVERIFY(!asked);
    QCOMPARE(asked.error().kind, ErrorKind::Confirm);
    (*job)->run({});
    QTRY_COMPARE_WITH_TIMEOUT((*job)->state(), BulkJob::State::Ended, 20000);
    QVERIFY(!*(*job)->report());
    QCOMPARE(opened.keyCount(), std::string("401"));
    (*job)->run(commandsOf(DeleteKeys{}));
    QTRY_VERIFY_WITH_TIMEOUT((*job)->state() == BulkJob::State::Ended && *(*job)->report(), 20000);
    QCOMPARE(opened.keyCount(), std::string("201"));
}

void TestSessionJobs::aReadOnlyProfileRefuses()
{
    const Scanned opened(Environment::Development, true);
    const auto job = opened.session->addJob(deletePlan("a1:"));
    QVERIFY(job);
    QCOMPARE((*job)->check().error().kind, ErrorKind::ReadOnly);
    (*job)->run({});
    QTRY_COMPARE_WITH_TIMEOUT((*job)->state(), BulkJob::State::Ended, 20000);
    QVERIFY(!*(*job)->report());
    QCOMPARE((*job)->report()->error().kind, ErrorKind::ReadOnly);
    QCOMPARE(opened.keyCount(), std::string("401"));
}

void TestSessionJobs::severalDatabasesAreOneJob()
{
    Scanned opened;
    opened.openDatabases();
    KeyChoice choice{opened.session->snapshot()};
    choice.selected.emplace();
    choice.selected->addKey(rootOf(0) + "a1:5");
    choice.selected->addRule(rootOf(3) + "a1:");
    const auto job = opened.session->addJob(deletePlan({}), choice);
    QVERIFY(job);
    QCOMPARE((*job)->plan().databases, (std::vector<int>{0, 3}));
    (*job)->preview({});
    QTRY_VERIFY_WITH_TIMEOUT((*job)->previewed().has_value(), 20000);
    const auto& found = *(*job)->previewed();
    QVERIFY(found);
    QCOMPARE(found->preview.keys, std::uint64_t{3});
    QCOMPARE(found->preview.types.at("hash"), std::uint64_t{1});
    (*job)->run({});
    const BulkReport report = ended(**job);
    QCOMPARE(report.counts.done(), std::uint64_t{3});
    QVERIFY(report.isWhole());
    QCOMPARE(report.nodes.size(), std::size_t{2});
    QCOMPARE(opened.inDatabase(0, {"DBSIZE"}), std::string("400"));
    QCOMPARE(opened.inDatabase(3, {"DBSIZE"}), std::string("1"));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.session->snapshot()->contains(rootOf(3) + "a1:5"), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.session->snapshot()->contains(rootOf(0) + "a1:5"), 20000);
    QVERIFY(opened.session->snapshot()->contains(rootOf(3) + "b"));
    const auto undo = opened.session->addUndo(report.archiveFile, UndoConflict::Skip);
    QVERIFY(undo);
    (*undo)->run({});
    QCOMPARE(ended(**undo).counts.done(), std::uint64_t{3});
    QCOMPARE(opened.inDatabase(0, {"GET", "a1:5"}), std::string("v"));
    QCOMPARE(opened.inDatabase(3, {"HGET", "a1:5", "f"}), std::string("other"));
    QFile::remove(report.archiveFile);
}

/// A key of the same name in the other database is another key.
void TestSessionJobs::aFolderOfOneOfSeveralDatabases()
{
    Scanned opened;
    opened.openDatabases();
    JobPlan plan = deletePlan(rootOf(3) + "a1:");
    plan.archives = false;
    const auto job = opened.session->addJob(plan);
    QVERIFY(job);
    QCOMPARE((*job)->plan().database, 3);
    QVERIFY((*job)->plan().databases.empty());
    (*job)->run({});
    QCOMPARE(ended(**job).counts.done(), std::uint64_t{2});
    QCOMPARE(opened.inDatabase(0, {"DBSIZE"}), std::string("401"));
    QCOMPARE(opened.inDatabase(3, {"KEYS", "*"}), std::string("b"));
    const auto all = opened.session->addJob(deletePlan(rootOf(3)));
    QVERIFY(all);
    QCOMPARE((*all)->plan().keys.kind, KeyQuery::Kind::All);
    QCOMPARE((*all)->plan().database, 3);
}

/// In each database by itself: what its keys begin with, not what is common to the names of both with their roots.
void TestSessionJobs::onlyWhatAJobTouchedIsReadAgain()
{
    Scanned opened;
    opened.openDatabases();
    KeyChoice choice{opened.session->snapshot()};
    choice.selected.emplace();
    for (const int database : {0, 3}) {
        choice.selected->addKey(rootOf(database) + "a1:5");
        opened.inDatabase(database, {"SET", "a1:5:beside", "v"}); // by others, since it was scanned
        opened.inDatabase(database, {"SET", "elsewhere", "v"});
    }
    JobPlan plan = deletePlan({});
    plan.archives = false;
    const auto job = opened.session->addJob(plan, choice);
    QVERIFY(job);
    (*job)->run({});
    QCOMPARE(ended(**job).counts.done(), std::uint64_t{2});
    const auto isReadAgain = [&] {
        const auto keys = opened.session->snapshot();
        return opened.session->scanState() == ScanState::Ended && keys->contains(rootOf(0) + "a1:5:beside")
            && keys->contains(rootOf(3) + "a1:5:beside");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isReadAgain(), 20000);
    QCOMPARE(opened.session->snapshot()->keyCount(), std::uint64_t{404});
    QVERIFY(!opened.session->snapshot()->contains(rootOf(0) + "a1:5"));
    QVERIFY(!opened.session->snapshot()->contains(rootOf(0) + "elsewhere"));
    QVERIFY(!opened.session->snapshot()->contains(rootOf(3) + "elsewhere"));
}

void TestSessionJobs::nothingIsReadAgainForADatabaseThatIsClosed()
{
    Scanned opened;
    opened.openDatabases();
    opened.session->selectDatabase(3);
    opened.session->startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(opened.session->scanState(), ScanState::Ended, 20000);
    JobPlan plan = deletePlan("a1:");
    plan.archives = false;
    plan.keysPerSecond = 1;
    const auto job = opened.session->addJob(plan);
    QVERIFY(job);
    (*job)->run({});
    (*job)->pause();
    opened.session->selectDatabase(0);
    opened.session->startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(opened.session->scanState(), ScanState::Ended, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(opened.session->snapshot()->keyCount(), std::uint64_t{401}, 20000);
    QVERIFY((*job)->state() != BulkJob::State::Ended);
    opened.inDatabase(0, {"SET", "a1:beside", "v"});
    const QSignalSpy scans(opened.session.get(), &Session::scanStateChanged);
    (*job)->resume();
    (*job)->cancel();
    static_cast<void>(ended(**job));
    QCOMPARE(scans.count(), 0); // folders of that name are another database's
    QVERIFY(!opened.session->snapshot()->contains("a1:beside"));
}

void TestSessionJobs::aKeptPlanNamesKeysWithoutTheirRoots()
{
    Scanned opened;
    opened.openDatabases();
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"plan.json"_s);
    KeyChoice choice{opened.session->snapshot()};
    choice.selected.emplace();
    choice.selected->addKey(rootOf(3) + "a1:5");
    const auto one = opened.session->placed(JobPlan{}, choice);
    QVERIFY(one);
    QVERIFY(savePlan(file, one->plan, choice, nullptr, one->choiceRoot));
    const auto kept = loadPlan(file);
    QVERIFY(kept);
    QCOMPARE(kept->database, 3);
    QFile keys(kept->keys.file);
    QVERIFY(keys.open(QIODevice::ReadOnly));
    QCOMPARE(keys.readAll(), QByteArray("a1:5\n"));
    choice.selected->addKey(rootOf(0) + "a1:5");
    const auto several = opened.session->placed(JobPlan{}, choice);
    QVERIFY(several);
    const Status refused = savePlan(file, several->plan, choice, nullptr, several->choiceRoot);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
}

/// The databases may have been switched since the keys were chosen.
void TestSessionJobs::chosenKeysOfADatabaseThatIsNotOpenAreRefused()
{
    Scanned opened;
    opened.openDatabases();
    KeyChoice choice{opened.session->snapshot()};
    choice.selected.emplace();
    choice.selected->addKey(rootOf(0) + "a1:5");
    JobPlan plan;
    std::string root;
    QVERIFY(placeInDatabases(plan, choice, {0, 7}, root));
    QCOMPARE(root, rootOf(0));
    choice.selected->addKey(rootOf(3) + "a1:5");
    const Status refused = placeInDatabases(plan, choice, {0, 7}, root);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Input);
    const QTemporaryDir folder;
    const Status unkept = savePlan(folder.filePath(u"plan.json"_s), JobPlan{}, choice, nullptr, rootOf(0));
    QVERIFY(!unkept);
    QCOMPARE(unkept.error().kind, ErrorKind::Input);
}

void TestSessionJobs::whatSeveralDatabasesCanNotBe_data()
{
    QTest::addColumn<int>("operation");
    QTest::addRow("a copy") << 0;
    QTest::addRow("an export that names no database") << 1;
    QTest::addRow("an import") << 2;
}

void TestSessionJobs::whatSeveralDatabasesCanNotBe()
{
    QFETCH(const int, operation);
    const std::vector<JobOperation> operations{CopyKeys{"there", false, false},
        ExportKeys{u"/tmp/none.jsonl"_s, TransferFormat::JsonLines},
        ImportKeys{u"/tmp/none.jsonl"_s, TransferFormat::JsonLines, ImportConflict::Skip}};
    Scanned opened;
    opened.openDatabases();
    JobPlan plan;
    plan.operation = operations.at(static_cast<std::size_t>(operation));
    const auto job = opened.session->addJob(plan, KeyChoice{opened.session->snapshot()});
    QVERIFY(!job);
    QCOMPARE(job.error().kind, ErrorKind::Unsupported);
    QVERIFY(!job.error().detail.isEmpty());
}

void TestSessionJobs::closingMeanwhileIsQuick()
{
    Scanned opened;
    JobPlan plan = deletePlan("a");
    plan.archives = false;
    plan.keysPerSecond = 10;
    const auto job = opened.session->addJob(plan);
    QVERIFY(job);
    (*job)->run({});
    QTRY_VERIFY_WITH_TIMEOUT((*job)->progress().settled > 0, 20000);
    opened.session.reset();
    const std::string left = opened.keyCount();
    QTest::qWait(300);
    QCOMPARE(opened.keyCount(), left); // nobody goes on
}

QTEST_GUILESS_MAIN(TestSessionJobs)
#include "tst_sessionjobs.moc"
