// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of jobs that were run, and plans that are kept in files.
#include "core/session/bulkrun.h"
#include "core/session/jobhistory.h"
#include "core/session/planfile.h"

#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestJobHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOperationIsKept_data();
    void everyOperationIsKept();
    void anUndoIsKeptWithoutAPlan();
    void plansAreKeptInFiles();
    void theNewestComesFirst();
    void aJobIsListedFromItsBeginOn();
    void aJobThatEndedUntoldWasCutOff();
    void aKilledJobWasCutOff();
    void theOldestGo_data();
    void theOldestGo();
};

void TestJobHistory::everyOperationIsKept_data()
{
    QTest::addColumn<int>("at");
    for (int at = 0; at < static_cast<int>(std::variant_size_v<JobOperation>); ++at) {
        QTest::addRow("%d", at) << at;
    }
}

void TestJobHistory::everyOperationIsKept()
{
    QFETCH(const int, at);
    const std::string binary("\0\xFF", 2);
    const std::vector<JobOperation> operations{DeleteKeys{},
        ExpireKeys{ExpireKeys::Mode::Cap, Milliseconds{5000}, Milliseconds{7}}, PersistKeys{},
        RenameKeys{false, binary, "b", Collision::Number}, CopyKeys{"there", true, true},
        ExportKeys{u"/tmp/ü.csv"_s, TransferFormat::Csv},
        ImportKeys{u"/tmp/k"_s, TransferFormat::Resp, ImportConflict::Fail}, SetField{binary, "v"},
        RunTemplate{"INCR *"}};
    JobPlan plan;
    plan.operation = operations.at(static_cast<std::size_t>(at));
    QCOMPARE(plan.operation.index(), static_cast<std::size_t>(at));
    plan.keys = {KeyQuery::Kind::Prefix, binary, {}, false, "hash"};
    const QTemporaryDir folder;
    const JobHistory history(folder.filePath(u"deep/jobs.jsonl"_s));
    BulkReport report;
    report.counts[Outcome::Done] = 5;
    report.counts[Outcome::Failed] = 2;
    report.failure = Error{ErrorKind::Network, u"node"_s, {}};
    QVERIFY(history.add(pastJob(u"shop"_s, plan, false, u"/tmp/r.csv"_s, report)));
    const auto jobs = history.load();
    QVERIFY(jobs);
    QCOMPARE(jobs->size(), 1U);
    QVERIFY(jobs->front().plan == plan);
    QCOMPARE(jobs->front().done, 5U);
    QCOMPARE(jobs->front().troubled, 2U);
    QCOMPARE(jobs->front().connection, u"shop"_s);
    QVERIFY(!jobs->front().failure.isEmpty());
    QVERIFY(!(QFile::permissions(folder.filePath(u"deep/jobs.jsonl"_s)) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestJobHistory::anUndoIsKeptWithoutAPlan()
{
    const QTemporaryDir folder;
    const JobHistory history(folder.filePath(u"jobs.jsonl"_s));
    BulkReport report;
    report.counts[Outcome::Done] = 3;
    report.counts[Outcome::Changed] = 1;
    report.reportFile = u"/tmp/r.jsonl"_s;
    report.archiveFile = u"/tmp/overwritten.kga"_s;
    report.archive.emplace();
    QVERIFY(history.add(pastUndo(u"shop"_s, u"/tmp/a.kga"_s, report)));
    const auto jobs = history.load();
    QVERIFY(jobs);
    QCOMPARE(jobs->size(), 1U);
    const PastJob& job = jobs->front();
    QCOMPARE(job.undone, u"/tmp/a.kga"_s);
    QCOMPARE(job.connection, u"shop"_s);
    QCOMPARE(job.archive, u"/tmp/overwritten.kga"_s);
    QCOMPARE(job.reportFile, u"/tmp/r.jsonl"_s);
    QCOMPARE(job.done, 3U);
    QCOMPARE(job.troubled, 1U);
}

void TestJobHistory::plansAreKeptInFiles()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"plan.json"_s);
    JobPlan plan;
    plan.archiveFile = u"/tmp/once.kga"_s;
    QVERIFY(savePlan(path, plan, std::nullopt));
    const auto kept = loadPlan(path);
    QVERIFY(kept);
    QVERIFY(kept->archiveFile.isEmpty()); // each run has its own
    QVERIFY(!loadPlan(folder.filePath(u"none"_s)));
    QFile bad(folder.filePath(u"bad"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{}");
    bad.close();
    QCOMPARE(loadPlan(bad.fileName()).error().kind, ErrorKind::Input);
}

void TestJobHistory::theNewestComesFirst()
{
    const QTemporaryDir folder;
    const JobHistory history(folder.filePath(u"jobs.jsonl"_s));
    QVERIFY(history.load() && history.load()->empty());
    for (const QString& name : {u"first"_s, u"second"_s}) {
        QVERIFY(history.add(pastJob(name, JobPlan{}, false, {}, BulkReport{})));
    }
    QFile file(folder.filePath(u"jobs.jsonl"_s));
    QVERIFY(file.open(QIODevice::Append));
    file.write("half a li");
    file.close();
    const auto jobs = history.load();
    QVERIFY(jobs);
    QCOMPARE(jobs->size(), 2U);
    QCOMPARE(jobs->front().connection, u"second"_s);
}

void TestJobHistory::aJobIsListedFromItsBeginOn()
{
    const QTemporaryDir folder;
    const JobHistory history(folder.filePath(u"jobs.jsonl"_s));
    JobPlan plan;
    plan.keys = {KeyQuery::Kind::Prefix, "k:", {}, false, {}};
    {
        const auto first = history.begin(beginningJob(u"first"_s, plan, false, u"/tmp/a.kga"_s, u"/tmp/r.csv"_s));
        const auto second = history.begin(beginningUndo(u"second"_s, u"/tmp/b.kga"_s, {}, {}));
        QVERIFY(first && second);
        const auto running = history.load();
        QVERIFY(running);
        QCOMPARE(running->size(), 2U);
        QVERIFY(running->back().state == PastJob::State::Running);
        QVERIFY(running->back().begun.isValid() && !running->back().ended.isValid());
        QCOMPARE(running->back().archive, u"/tmp/a.kga"_s);
        QCOMPARE(running->back().reportFile, u"/tmp/r.csv"_s);
        QVERIFY(running->back().plan == plan);
        QCOMPARE(running->front().undone, u"/tmp/b.kga"_s);
        BulkReport report;
        report.counts[Outcome::Done] = 5;
        QVERIFY((*first)->end(pastJob(u"first"_s, plan, false, {}, report)));
        QVERIFY((*second)->drop()); // it did nothing
    }
    const auto jobs = history.load();
    QVERIFY(jobs);
    QCOMPARE(jobs->size(), 1U);
    QVERIFY(jobs->front().state == PastJob::State::Ended);
    QCOMPARE(jobs->front().done, 5U);
    QVERIFY(jobs->front().begun.isValid() && jobs->front().ended.isValid());
}

/// As by an exception: what it did till then is in its archive.
void TestJobHistory::aJobThatEndedUntoldWasCutOff()
{
    const QTemporaryDir folder;
    const JobHistory history(folder.filePath(u"jobs.jsonl"_s));
    QFile archive(folder.filePath(u"a.kga"_s));
    QVERIFY(archive.open(QIODevice::WriteOnly));
    {
        const auto job = history.begin(beginningJob(u"shop"_s, JobPlan{}, false, archive.fileName(), {}));
        QVERIFY(job);
    }
    const auto jobs = history.load();
    QVERIFY(jobs && jobs->size() == 1U);
    QVERIFY(jobs->front().state == PastJob::State::CutOff);
    QCOMPARE(jobs->front().archive, archive.fileName());
    QVERIFY(QDir(folder.filePath(u"jobs.jsonl.running"_s)).isEmpty());
}

/// Its plan and its archive are told; what is half written then costs no other job.
void TestJobHistory::aKilledJobWasCutOff()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"jobs.jsonl"_s);
    const JobHistory history(path);
    QFile archive(folder.filePath(u"a.kga"_s));
    QVERIFY(archive.open(QIODevice::WriteOnly));
    std::array<int, 2> ready{};
    QCOMPARE(::pipe(ready.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto job = history.begin(beginningJob(u"shop"_s, JobPlan{}, true, archive.fileName(), {}));
        static_cast<void>(::write(ready[1], job ? "y" : "n", 1));
        ::pause();
        ::_exit(0);
    }
    QVERIFY(child > 0);
    char isListed = 'n';
    QCOMPARE(::read(ready[0], &isListed, 1), 1);
    QCOMPARE(isListed, 'y');
    auto jobs = history.load();
    QVERIFY(jobs && jobs->size() == 1U);
    QVERIFY(jobs->front().state == PastJob::State::Running);
    ::kill(child, SIGKILL);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write("{\"plan\"");
    file.close();
    QVERIFY(history.add(pastJob(u"later"_s, JobPlan{}, false, {}, BulkReport{})));
    for (int time = 0; time < 2; ++time) {
        jobs = history.load();
        QVERIFY(jobs);
        QCOMPARE(jobs->size(), 2U);
        QCOMPARE(jobs->front().connection, u"later"_s);
        QVERIFY(jobs->back().state == PastJob::State::CutOff);
        QCOMPARE(jobs->back().connection, u"shop"_s);
        QVERIFY(jobs->back().hadChoice);
        QCOMPARE(jobs->back().archive, archive.fileName());
    }
    QVERIFY(archive.remove());
    QVERIFY(history.load()->back().archive.isEmpty());
}

void TestJobHistory::theOldestGo_data()
{
    QTest::addColumn<bool>("isListedFromItsBegin");
    QTest::addRow("a job added at its end") << false;
    QTest::addRow("a job listed from its begin on") << true;
}

/// But no job that still runs.
void TestJobHistory::theOldestGo()
{
    QFETCH(const bool, isListedFromItsBegin);
    const QTemporaryDir folder;
    const JobHistory history(folder.filePath(u"jobs.jsonl"_s));
    const auto oldest = history.begin(beginningJob(u"oldest"_s, JobPlan{}, false, {}, {}));
    QVERIFY(oldest);
    QFile file(folder.filePath(u"jobs.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
    const QByteArray padding(5000, ' ');
    for (int at = 0; at < 1100; ++at) {
        file.write("{\"plan\": {}, \"at\": " + QByteArray::number(at) + padding + "}\n");
    }
    file.close();
    const PastJob newest = pastJob(u"newest"_s, JobPlan{}, false, {}, BulkReport{});
    if (isListedFromItsBegin) {
        const auto running = history.begin(newest);
        QVERIFY(running);
        QVERIFY((*running)->end(newest));
    } else {
        QVERIFY(history.add(newest));
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().count('\n') <= 1001); // the one that runs is over the thousand
    auto jobs = history.load();
    QVERIFY(jobs);
    QCOMPARE(jobs->front().connection, u"newest"_s);
    QCOMPARE(jobs->back().connection, u"oldest"_s);
    QVERIFY(jobs->back().state == PastJob::State::Running);
    QVERIFY((*oldest)->end(pastJob(u"oldest"_s, JobPlan{}, false, {}, BulkReport{})));
    jobs = history.load();
    QVERIFY(jobs);
    QCOMPARE(jobs->front().connection, u"oldest"_s);
    QVERIFY(jobs->front().state == PastJob::State::Ended);
    QVERIFY(jobs->back().connection != u"oldest"_s);
}

QTEST_GUILESS_MAIN(TestJobHistory)
#include "tst_jobhistory.moc"
