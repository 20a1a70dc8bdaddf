// SPDX-License-Identifier: GPL-3.0-or-later
// Imports and exports beside other jobs, and while nodes go and slots move: nothing lost, nothing silent.
#include "core/base/errortext.h"
#include "core/bulk/reportreader.h"
#include "core/session/sourceturns.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/session/bulkfilefixture.h"
#include "tests/servers/fulldisk.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"
#include "tests/servers/slotmove.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;

/// A run on a thread of its own.
class Running {
public:
    Running(BulkSetting setting, const JobPlan& plan)
        : run(std::move(setting), plan)
        , m_thread([this](std::stop_token stop) { m_report = run.run(std::move(stop)); })
    {
    }
    [[nodiscard]] Result<BulkReport> ended()
    {
        m_thread.join();
        return *std::move(m_report);
    }
    [[nodiscard]] std::uint64_t settled() const { return run.progress().settled; }
    [[nodiscard]] bool isWaiting() const { return run.progress().waitingNodes > 0; }

    BulkRun run;

private:
    std::optional<Result<BulkReport>> m_report;
    std::jthread m_thread; // last: joined first
};

/// k:0 and so on, with values that nothing makes smaller.
void fillAtRandom(RedisServer& server, int count)
{
    std::mt19937_64 random(7);
    server.fill(static_cast<std::size_t>(count), [&random](std::size_t at) {
        std::string value(1000, '\0');
        std::ranges::generate(value, [&] { return static_cast<char>(random()); });
        return Args{"SET", "k:" + std::to_string(at), value};
    });
}

std::string countsOf(const Result<BulkReport>& report)
{
    return report ? countsJson(report->counts)
                  : report.error().subject.toStdString() + ": " + report.error().detail.toStdString();
}

} // namespace

class TestBulkFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_file = std::make_unique<KeysFile>(); }
    void anImportWaitsForAnEarlierJob();
    void anImportGivesTheNodeToAnEarlierJob();
    void aCopyWaitsForItsTarget();
    void aServerIsOneByAnyAddress_data();
    void aServerIsOneByAnyAddress();
    void keysAreNotMovedOntoThemselves();
    void aClustersKeysAreNotMovedOntoThemselves_data();
    void aClustersKeysAreNotMovedOntoThemselves();
    void aKeyTwiceInAFile_data();
    void aKeyTwiceInAFile();
    void anImportOutlivesALostLine();
    void slotsThatMoveDuringAnImport_data();
    void slotsThatMoveDuringAnImport();
    void slotsThatMoveDuringAnExport_data();
    void slotsThatMoveDuringAnExport();
    void aNodeThatDiesDuringAnImport_data();
    void aNodeThatDiesDuringAnImport();
    void aNodeThatDiesDuringAnExport();
    void aFullDiskUnderTheArchiveEndsTheJob_data();
    void aFullDiskUnderTheArchiveEndsTheJob();
    void aFullDiskUnderAnExportLeavesNoFile_data();
    void aFullDiskUnderAnExportLeavesNoFile();
    void noRowClaimsWhatAFailedExportDidNot_data();
    void noRowClaimsWhatAFailedExportDidNot();
    void aFullDiskUnderAnImportLeavesNothingHalfMade();

private:
    [[nodiscard]] QString file() const { return m_file->path(); }
    /// SET k:0 v0 and so on.
    void writeKeys(int count) const
    {
        QByteArray text;
        for (int at = 0; at < count; ++at) {
            text += "SET k:" + QByteArray::number(at) + " v" + QByteArray::number(at) + '\n';
        }
        m_file->write(text);
    }
    [[nodiscard]] std::set<std::string> keysOfFile() const
    {
        QFile in(file());
        std::set<std::string> keys;
        if (in.open(QIODevice::ReadOnly)) {
            for (const QByteArray& line : in.readAll().split('\n')) {
                keys.insert(line.split(' ').value(1).toStdString());
            }
        }
        keys.erase("");
        return keys;
    }

    std::unique_ptr<KeysFile> m_file;
};

void TestBulkFaults::anImportWaitsForAnEarlierJob()
{
    const auto server = RedisServer::start();
    writeKeys(50);
    BulkSetting setting = settingOf(*server);
    setting.turns = std::make_shared<NodeTurns>();
    const auto turns = setting.turns;
    const auto node = setting.source.name.toStdString();
    const auto earlier = turns->begin();
    QVERIFY(turns->take(node, earlier, {}));
    Running job(std::move(setting), importing(file()));
    QTRY_VERIFY_WITH_TIMEOUT(job.isWaiting(), patience);
    QCOMPARE(server->command({"DBSIZE"}), std::string("0"));
    turns->release(node, earlier);
    const auto report = job.ended();
    QVERIFY(report && report->isWhole());
    QCOMPARE(server->command({"DBSIZE"}), std::string("50"));
    QVERIFY(turns->tryTake(node, turns->begin())); // nothing is held any more
}

void TestBulkFaults::anImportGivesTheNodeToAnEarlierJob()
{
    const auto server = RedisServer::start();
    writeKeys(5000);
    BulkSetting setting = settingOf(*server);
    setting.turns = std::make_shared<NodeTurns>();
    const auto turns = setting.turns;
    const auto node = setting.source.name.toStdString();
    const auto earlier = turns->begin();
    JobPlan plan = importing(file());
    plan.keysPerSecond = 2000;
    Running job(std::move(setting), plan);
    QTRY_VERIFY_WITH_TIMEOUT(job.settled() > 0, patience);
    QVERIFY(turns->take(node, earlier, {})); // between two batches
    job.run.setRate({});
    QTRY_VERIFY_WITH_TIMEOUT(job.isWaiting(), patience);
    const std::string then = server->command({"DBSIZE"});
    QVERIFY(then != "5000");
    turns->release(node, earlier);
    const auto report = job.ended();
    QVERIFY2(report && report->isWhole(), countsOf(report).c_str());
    QCOMPARE(server->command({"DBSIZE"}), std::string("5000"));
}

/// Also of a server that another job only writes to: two of them would load it together.
void TestBulkFaults::aCopyWaitsForItsTarget()
{
    const auto server = RedisServer::start();
    const auto other = RedisServer::start();
    server->fill(50, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "v"}; });
    BulkSetting setting = settingOf(*server);
    const auto node = setting.source.name.toStdString();
    setting.target = settingOf(*other).source;
    const auto target = setting.target->name.toStdString();
    setting.turns = std::make_shared<NodeTurns>();
    const auto turns = setting.turns;
    const auto earlier = turns->begin();
    QVERIFY(turns->take(target, earlier, {}));
    JobPlan plan;
    plan.operation = CopyKeys{target, false, false};
    setting.confirmation = Confirmation(commandsOf(plan.operation));
    Running job(std::move(setting), plan);
    QTRY_VERIFY_WITH_TIMEOUT(job.isWaiting(), patience);
    QCOMPARE(other->command({"DBSIZE"}), std::string("0"));
    QTRY_VERIFY_WITH_TIMEOUT(turns->tryTake(node, earlier), patience); // who waits holds nothing
    turns->release(node, earlier);
    turns->release(target, earlier);
    const auto report = job.ended();
    QVERIFY2(report && report->isWhole(), countsOf(report).c_str());
    QCOMPARE(other->command({"DBSIZE"}), std::string("50"));
    QVERIFY(turns->tryTake(node, turns->begin()) && turns->tryTake(target, turns->begin()));
}

void TestBulkFaults::aServerIsOneByAnyAddress_data()
{
    QTest::addColumn<JobOperation>("operation");
    QTest::addRow("its own keys") << JobOperation(PersistKeys{});
    QTest::addRow("a copy to it") << JobOperation(CopyKeys{"there", true, false});
    QTest::addRow("an import") << JobOperation(ImportKeys{});
}

/// Two sessions may have reached it differently: their jobs wait for each other all the same.
void TestBulkFaults::aServerIsOneByAnyAddress()
{
    QFETCH(const JobOperation, operation);
    ServerOptions options;
    options.tcp = true;
    const auto server = RedisServer::start(options);
    const auto other = RedisServer::start();
    for (RedisServer* one : {server.get(), other.get()}) {
        one->command({"SET", "k:0", "v", "EX", "1000"});
    }
    Profile byPort;
    byPort.host = u"127.0.0.1"_s;
    byPort.port = server->port();
    const bool isCopy = std::holds_alternative<CopyKeys>(operation);
    BulkSetting setting = isCopy ? settingOf(*other) : settingOf(byPort);
    if (isCopy) {
        setting.target = settingOf(byPort).source;
    }
    setting.confirmation = Confirmation(commandsOf(operation));
    setting.turns = std::make_shared<NodeTurns>();
    JobPlan plan;
    plan.operation = operation;
    plan.archives = false;
    if (std::holds_alternative<ImportKeys>(operation)) {
        writeKeys(1);
        plan = importing(file(), TransferFormat::Commands, ImportConflict::Replace);
    }
    const SourceAccess bySocket = settingOf(*server).source;
    SourceTurns earlier(setting.turns, bySocket);
    auto held = earlier.enter({});
    QVERIFY(held);
    Running job(std::move(setting), plan);
    QTRY_VERIFY_WITH_TIMEOUT(job.isWaiting(), patience);
    QVERIFY(server->command({"TTL", "k:0"}) != "-1"); // nothing has been done
    held.reset();
    const auto report = job.ended();
    QVERIFY2(report && report->isWhole(), countsOf(report).c_str());
    QCOMPARE(report->counts.done(), 1U);
}

/// By whatever address: what is written over would be what is deleted then.
void TestBulkFaults::keysAreNotMovedOntoThemselves()
{
    ServerOptions options;
    options.tcp = true;
    const auto server = RedisServer::start(options);
    server->fill(50, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "v"}; });
    Profile byPort;
    byPort.host = u"127.0.0.1"_s;
    byPort.port = server->port();
    BulkSetting setting = settingOf(*server);
    setting.target = settingOf(byPort).source;
    QVERIFY(setting.target->gate);
    JobPlan plan;
    plan.operation = CopyKeys{"there", true, true};
    plan.archiveFile = m_file->in(u"undo.kga"_s);
    const auto refused = BulkRun(setting, plan).run({});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Input);
    QCOMPARE(server->command({"DBSIZE"}), std::string("50"));
    QVERIFY(!QFile::exists(plan.archiveFile));
    setting.targetDatabase = 1;
    const auto moved = BulkRun(setting, plan).run({});
    QVERIFY2(moved && moved->isWhole(), countsOf(moved).c_str());
    QCOMPARE(server->command({"DBSIZE"}), std::string("0"));
}

void TestBulkFaults::aClustersKeysAreNotMovedOntoThemselves_data()
{
    QTest::addColumn<bool>("isSourceNode");
    QTest::addColumn<bool>("isTargetNode");
    QTest::addRow("all of it") << false << false;
    QTest::addRow("to a node of it") << false << true;
    QTest::addRow("from a node of it") << true << false;
}

void TestBulkFaults::aClustersKeysAreNotMovedOntoThemselves()
{
    QFETCH(const bool, isSourceNode);
    QFETCH(const bool, isTargetNode);
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(300, "k:");
    Profile node;
    node.host = u"127.0.0.1"_s;
    node.port = cluster->seedPort(0);
    BulkSetting setting = isSourceNode ? settingOf(node) : settingOf(*cluster);
    setting.target = (isTargetNode ? settingOf(node) : settingOf(*cluster)).source;
    QVERIFY(setting.source.gate && setting.target->gate);
    JobPlan plan;
    plan.operation = CopyKeys{"there", true, true};
    const auto refused = BulkRun(std::move(setting), plan).run({});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Input);
    QCOMPARE(cluster->truth().size(), std::size_t{300});
}

void TestBulkFaults::aKeyTwiceInAFile_data()
{
    QTest::addColumn<ImportConflict>("conflict");
    QTest::addColumn<QString>("value");
    QTest::addColumn<quint64>("done");
    QTest::addRow("skip: the first stays") << ImportConflict::Skip << u"first"_s << quint64{2};
    QTest::addRow("replace: the last stays") << ImportConflict::Replace << u"last"_s << quint64{3};
}

void TestBulkFaults::aKeyTwiceInAFile()
{
    QFETCH(const ImportConflict, conflict);
    QFETCH(const QString, value);
    QFETCH(const quint64, done);
    const auto server = RedisServer::start();
    m_file->write("SET a first\nSET b v\nSET a last\n");
    JobPlan plan = importing(file(), TransferFormat::Commands, conflict);
    plan.archives = conflict == ImportConflict::Replace;
    plan.archiveFile = m_file->in(u"undo.kga"_s);
    const auto report = BulkRun(settingOf(*server), plan).run({});
    QVERIFY(report);
    QVERIFY2(report->isWhole(), countsOf(report).c_str());
    QCOMPARE(quint64{report->counts.done()}, done);
    QCOMPARE(quint64{report->counts.keys()}, quint64{3}); // each has its line in the report
    QCOMPARE(server->command({"GET", "a"}), value.toStdString());
    QCOMPARE(server->command({"DBSIZE"}), std::string("2"));
    if (plan.archives) {
        QCOMPARE(report->archive->records, 1U); // what the first had made
    }
}

/// However often its connections are killed, every key is made once.
void TestBulkFaults::anImportOutlivesALostLine()
{
    const auto server = RedisServer::start();
    writeKeys(300);
    for (const int after : {1, 2, 3, 4, 5}) {
        server->command({"FLUSHALL"});
        BulkSetting setting = settingOf(*server);
        setting.patience = 10'000ms;
        JobPlan plan = importing(file());
        plan.keysPerSecond = 1000;
        Running job(std::move(setting), plan);
        QTRY_VERIFY_WITH_TIMEOUT(job.settled() > 0 || !server->command({"DBSIZE"}).starts_with('0'), patience);
        for (int kill = 0; kill < after; ++kill) {
            server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        }
        const auto report = job.ended();
        QVERIFY2(report && report->isWhole(), countsOf(report).c_str());
        QCOMPARE(report->counts.keys(), 300U);
        QCOMPARE(server->command({"DBSIZE"}), std::string("300"));
        QCOMPARE(server->command({"GET", "k:299"}), std::string("v299"));
    }
}

void TestBulkFaults::slotsThatMoveDuringAnImport_data()
{
    QTest::addColumn<ImportConflict>("conflict");
    QTest::addColumn<int>("wait");
    QTest::addRow("made") << ImportConflict::Skip << 0;
    QTest::addRow("replaced") << ImportConflict::Replace << 0;
    QTest::addRow("for longer than a lane waits") << ImportConflict::Skip << 6000;
}

void TestBulkFaults::slotsThatMoveDuringAnImport()
{
    QFETCH(const ImportConflict, conflict);
    QFETCH(const int, wait);
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    writeKeys(3000);
    if (conflict == ImportConflict::Replace) {
        cluster->fill(3000, "k:");
    }
    const auto slots = cluster->slotsOf(0);
    SlotMove move(*cluster, 0, 1, {slots.begin(), slots.begin() + 500});
    move.moveKeysOfSlots(100);
    move.moveHalfOfNextSlot();
    Running job(settingOf(*cluster), importing(file(), TransferFormat::Commands, conflict));
    if (wait > 0) {
        QTest::qWait(wait); // the time itself is what is tested
    }
    move.finish();
    const auto report = job.ended();
    QVERIFY2(report && report->isWhole(), countsOf(report).c_str());
    QCOMPARE(report->counts.done(), 3000U);
    const auto truth = cluster->truth();
    QCOMPARE(truth.size(), 3000U); // and no passing names
    QVERIFY(truth.contains("k:0") && truth.contains("k:2999"));
}

void TestBulkFaults::slotsThatMoveDuringAnExport_data()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addRow("commands") << TransferFormat::Commands;
    QTest::addRow("archive") << TransferFormat::Archive;
}

void TestBulkFaults::slotsThatMoveDuringAnExport()
{
    QFETCH(const TransferFormat, format);
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(3000, "k:");
    const auto slots = cluster->slotsOf(0);
    SlotMove move(*cluster, 0, 1, {slots.begin(), slots.begin() + 500});
    move.moveKeysOfSlots(100);
    move.moveHalfOfNextSlot();
    JobPlan plan = exporting(file(), format);
    plan.keysPerSecond = 3000;
    Running job(settingOf(*cluster), plan);
    QTRY_VERIFY_WITH_TIMEOUT(job.settled() > 0, patience);
    move.finish();
    const auto report = job.ended();
    QVERIFY2(report && report->isWhole(), countsOf(report).c_str());
    QCOMPARE(report->counts.done(), 3000U);
    if (format == TransferFormat::Commands) {
        QVERIFY(keysOfFile() == cluster->truth());
    }
}

void TestBulkFaults::aNodeThatDiesDuringAnImport_data()
{
    QTest::addColumn<int>("replicas");
    QTest::addRow("a replica takes over: all is done") << 1;
    QTest::addRow("nobody takes over: its keys are listed") << 0;
}

void TestBulkFaults::aNodeThatDiesDuringAnImport()
{
    QFETCH(const int, replicas);
    ClusterOptions options;
    options.replicasPerMaster = replicas;
    options.nodeTimeout = 1000ms;
    options.arguments = {u"--cluster-require-full-coverage"_s, u"no"_s}; // else those that live refuse, too
    const auto cluster = RedisCluster::start(options);
    writeKeys(6000);
    BulkSetting setting = settingOf(*cluster);
    setting.patience = replicas > 0 ? 60'000ms : 1500ms;
    JobPlan plan = importing(file());
    plan.keysPerSecond = 3000;
    Running job(std::move(setting), plan);
    QTRY_VERIFY_WITH_TIMEOUT(job.settled() > 300, patience);
    const QString dead = u':' + QString::number(cluster->port(1));
    cluster->kill(1);
    job.run.setRate({});
    const auto report = job.ended();
    QVERIFY2(report.has_value(), countsOf(report).c_str());
    QCOMPARE(report->counts.keys(), 6000U); // every key of the file has its outcome
    if (replicas > 0) {
        QVERIFY2(report->counts.troubled() == 0, countsOf(report).c_str());
        return; // a failover may lose what a replica had not heard of
    }
    QVERIFY(!report->isWhole());
    QVERIFY2(report->counts[keyglass::Outcome::NotDone] > 500, countsOf(report).c_str());
    for (const NodeOutcomes& node : report->nodes) {
        const bool isDead = node.node.endsWith(dead);
        QVERIFY2(isDead == node.givenUp.has_value(), qPrintable(node.node));
        QVERIFY2(isDead || node.counts.troubled() == 0, qPrintable(node.node));
    }
}

void TestBulkFaults::aNodeThatDiesDuringAnExport()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0, .nodeTimeout = 1000ms});
    cluster->fill(6000, "k:");
    BulkSetting setting = settingOf(*cluster);
    setting.patience = 1500ms;
    JobPlan plan = exporting(file());
    plan.keysPerSecond = 3000;
    Running job(std::move(setting), plan);
    QTRY_VERIFY_WITH_TIMEOUT(job.settled() > 300, patience);
    cluster->kill(1);
    job.run.setRate({});
    const auto report = job.ended();
    QVERIFY2(report.has_value(), countsOf(report).c_str());
    QVERIFY(!report->isWhole());
    QVERIFY2(report->counts[keyglass::Outcome::NotDone] > 500, countsOf(report).c_str());
    QCOMPARE(report->counts.keys(), 6000U);
    QCOMPARE(keysOfFile().size(), report->counts.done()); // the file has what the report calls done, no more, no less
    for (const std::string& key : cluster->truth()) {
        QVERIFY2(keysOfFile().contains(key), key.c_str()); // of the nodes that live nothing is missing
    }
}

void TestBulkFaults::aFullDiskUnderTheArchiveEndsTheJob_data()
{
    QTest::addColumn<bool>("isCopy");
    QTest::addRow("a delete") << false;
    QTest::addRow("a copy that writes over") << true;
}

void TestBulkFaults::aFullDiskUnderTheArchiveEndsTheJob()
{
    QFETCH(const bool, isCopy);
    const auto server = RedisServer::start();
    fillAtRandom(*server, 3000);
    const auto source = RedisServer::start();
    source->fill(3000, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "new"}; });
    JobPlan plan;
    plan.operation = DeleteKeys{};
    plan.archiveFile = m_file->in(u"undo.kga"_s);
    BulkSetting setting = settingOf(isCopy ? *source : *server);
    if (isCopy) {
        plan.operation = CopyKeys{"there", true, false};
        setting.target = settingOf(*server).source;
    }
    const auto report = [&] {
        const FullDisk full(1'500'000);
        return BulkRun(std::move(setting), plan).run({});
    }();
    QVERIFY(report && report->failure);
    QCOMPARE(report->failure->kind, ErrorKind::File);
    QCOMPARE(report->failure->subject, plan.archiveFile);
    QVERIFY(errorText(*report->failure).contains(plan.archiveFile));
    QVERIFY(report->counts[keyglass::Outcome::NotDone] > 0);
    std::set<std::string> archived;
    auto reader = UndoArchiveReader::open(plan.archiveFile);
    QVERIFY(reader);
    UndoRecord record;
    for (auto got = (*reader)->next(record); got && *got; got = (*reader)->next(record)) {
        archived.insert(record.key);
    }
    for (int at = 0; at < 3000; ++at) {
        const std::string key = "k:" + std::to_string(at);
        const std::string value = server->command({"GET", key});
        QVERIFY2(archived.contains(key) || (!value.empty() && value != "new"), key.c_str());
    }
}

void TestBulkFaults::aFullDiskUnderAnExportLeavesNoFile_data()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addColumn<int>("keys");
    QTest::addColumn<int>("room");
    QTest::addRow("JSON, in the middle") << TransferFormat::JsonLines << 3000 << 1'500'000;
    QTest::addRow("CSV, in the middle") << TransferFormat::Csv << 3000 << 1'500'000;
    QTest::addRow("the last bytes, which are held back until the end") << TransferFormat::Commands << 5 << 2000;
    QTest::addRow("an archive") << TransferFormat::Archive << 3000 << 1'500'000;
}

void TestBulkFaults::aFullDiskUnderAnExportLeavesNoFile()
{
    QFETCH(const TransferFormat, format);
    QFETCH(const int, keys);
    QFETCH(const int, room);
    const auto server = RedisServer::start();
    fillAtRandom(*server, keys);
    const auto report = [&] {
        const FullDisk full(static_cast<rlim_t>(room));
        return BulkRun(settingOf(*server), exporting(file(), format)).run({});
    }();
    QVERIFY2(report.has_value(), countsOf(report).c_str());
    QVERIFY(report->failure && !report->isWhole());
    QCOMPARE(report->failure->kind, ErrorKind::File);
    QCOMPARE(report->failure->detail, FullDisk::reason());
    QCOMPARE(report->file, QString());
    QCOMPARE(QDir(m_file->folder()).entryList(QDir::Files), QStringList());
    QCOMPARE(report->counts.done(), 0U); // what was written is gone
    QVERIFY(report->counts[keyglass::Outcome::NotDone] > 0);
    QCOMPARE(report->nodes.front().counts.done(), 0U);
}

void TestBulkFaults::noRowClaimsWhatAFailedExportDidNot_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<TransferFormat>("format");
    QTest::addColumn<int>("room");
    QTest::addColumn<bool>("hasRows");
    QTest::addRow("JSON") << u"report.json"_s << TransferFormat::JsonLines << 1'500'000 << true;
    QTest::addRow("CSV") << u"report.csv"_s << TransferFormat::JsonLines << 1'500'000 << true;
    QTest::addRow("an archive") << u"report.csv"_s << TransferFormat::Archive << 1'500'000 << true;
    QTest::addRow("JSON, no room for it either") << u"report.json"_s << TransferFormat::Commands << 20'000 << false;
    QTest::addRow("CSV, no room for it either") << u"report.csv"_s << TransferFormat::Commands << 20'000 << false;
}

/// Keys were read and told as done before it was known that nothing would be left of the file.
void TestBulkFaults::noRowClaimsWhatAFailedExportDidNot()
{
    QFETCH(const QString, name);
    QFETCH(const TransferFormat, format);
    QFETCH(const int, room);
    QFETCH(const bool, hasRows);
    const auto server = RedisServer::start();
    if (hasRows) {
        fillAtRandom(*server, 3000);
    } else { // a row of the report takes more than what it tells of
        server->fill(3000, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "v"}; });
    }
    BulkSetting setting = settingOf(*server);
    setting.reportFile = m_file->in(name);
    QFile before(setting.reportFile); // of the user's, with the user's rights
    QVERIFY(before.open(QIODevice::WriteOnly));
    QVERIFY(before.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    before.close();
    const auto report = [&] {
        const FullDisk full(static_cast<rlim_t>(room));
        return BulkRun(setting, exporting(file(), format)).run({});
    }();
    QVERIFY2(report.has_value(), countsOf(report).c_str());
    QVERIFY(report->failure);
    QVERIFY(report->counts.keys() > 0);
    QCOMPARE(report->counts[keyglass::Outcome::NotDone], report->counts.keys());
    OutcomeCounts rows;
    std::set<std::string> why;
    const Status read = forEachOutcome(setting.reportFile, {}, [&](const KeyOutcome& row) {
        ++rows[row.outcome];
        why.insert(row.detail);
        return true;
    });
    QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    QCOMPARE(rows.done(), 0U);
    QCOMPARE(rows.keys(), hasRows ? report->counts.keys() : 0U);
    QCOMPARE(report->reportFailure.has_value(), !hasRows);
    QCOMPARE(why.contains("it was read, but the file was not finished"), hasRows);
    QCOMPARE(QDir(m_file->folder()).entryList(QDir::Files), QStringList{name});
    const auto rights = QFile::permissions(setting.reportFile);
    QVERIFY((rights & (QFile::ReadGroup | QFile::ReadOther)) == 0);
}

void TestBulkFaults::aFullDiskUnderAnImportLeavesNothingHalfMade()
{
    const auto server = RedisServer::start();
    fillAtRandom(*server, 3000);
    writeKeys(3000);
    JobPlan plan = importing(file(), TransferFormat::Commands, ImportConflict::Replace);
    plan.archives = true;
    plan.archiveFile = m_file->in(u"undo.kga"_s);
    const auto report = [&] {
        const FullDisk full(1'500'000);
        return BulkRun(settingOf(*server), plan).run({});
    }();
    QVERIFY2(report.has_value(), countsOf(report).c_str());
    QVERIFY(report->failure);
    QCOMPARE(report->failure->kind, ErrorKind::File);
    QVERIFY(report->counts[keyglass::Outcome::NotDone] > 0);
    QCOMPARE(server->list({"KEYS", "keyglass:*"}), std::vector<std::string>()); // no passing names
    QCOMPARE(server->command({"DBSIZE"}), "3000");
}

QTEST_GUILESS_MAIN(TestBulkFaults)
#include "tst_bulkfaults.moc"
