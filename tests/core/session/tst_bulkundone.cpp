// SPDX-License-Identifier: GPL-3.0-or-later
// What an undo gives back is what was there before the job, however often the job came upon a key.
#include "core/bulk/undorun.h"
#include "core/session/bulksteps.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/bulk/meddledlane.h"
#include "tests/core/session/bulkfilefixture.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"
#include "tests/servers/slotmove.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Puts all of an archive back over what is there.
OutcomeCounts undone(const SourceAccess& source, const QString& archive)
{
    auto reader = UndoArchiveReader::open(archive);
    if (!reader) {
        return {};
    }
    UndoOptions options;
    options.conflict = UndoConflict::Replace;
    options.isCluster = source.cluster != nullptr;
    JobReport report;
    const Status whole =
        UndoRun([&source](int database) { return source.lane(database); }, options, report).run(**reader, {});
    return whole ? report.counts() : OutcomeCounts();
}

JobPlan with(JobOperation operation, const QString& archive)
{
    JobPlan plan;
    plan.operation = std::move(operation);
    plan.archiveFile = archive;
    return plan;
}

} // namespace

class TestBulkUndone : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_file = std::make_unique<KeysFile>(); }
    void keysThatStandTwiceInAFile_data();
    void keysThatStandTwiceInAFile();
    void keysOfASlotOnItsWay_data();
    void keysOfASlotOnItsWay();
    void oneNameForKeysOfSeveralNodes();
    void anEndThatChangesAfterItIsArchived_data();
    void anEndThatChangesAfterItIsArchived();

private:
    std::unique_ptr<KeysFile> m_file;
};

void TestBulkUndone::keysThatStandTwiceInAFile_data()
{
    QTest::addColumn<JobOperation>("operation");
    QTest::addRow("a field") << JobOperation(SetField{"f", "new"});
    QTest::addRow("a template") << JobOperation(RunTemplate{"APPEND * x"});
    QTest::addRow("an end") << JobOperation(ExpireKeys{ExpireKeys::Mode::In, Milliseconds{3'600'000}});
    QTest::addRow("no end") << JobOperation(PersistKeys{});
}

void TestBulkUndone::keysThatStandTwiceInAFile()
{
    QFETCH(const JobOperation, operation);
    const auto server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    server->command({"HSET", "hash", "f", "old"});
    server->command({"SET", "string", "orig"});
    server->command({"SET", "ending", "orig", "PXAT", farAway});
    const std::vector<std::string> keys{"hash", "string", "ending"};
    std::map<std::string, std::string> before;
    for (const std::string& key : keys) {
        before[key] = stateOf(*server, key);
    }
    m_file->write("hash\nstring\nhash\nending\nstring\nending\nending\n");
    JobPlan plan = with(operation, m_file->in(u"undo.kga"_s));
    plan.keys.kind = KeyQuery::Kind::File;
    plan.keys.file = m_file->path();
    const BulkSetting setting = settingOf(*server);
    const auto report = BulkRun(setting, plan).run({});
    QVERIFY(report && !report->failure);
    QCOMPARE(report->counts.keys(), 3U);
    QVERIFY(report->counts.done() > 0);
    QVERIFY(std::ranges::any_of(keys, [&](const auto& key) { return stateOf(*server, key) != before.at(key); }));
    QCOMPARE(undone(setting.source, plan.archiveFile).done(), 3U);
    for (const std::string& key : keys) {
        QCOMPARE(stateOf(*server, key), before.at(key));
    }
}

void TestBulkUndone::keysOfASlotOnItsWay_data()
{
    QTest::addColumn<JobOperation>("operation");
    QTest::addRow("a field") << JobOperation(SetField{"f", "new"});
    QTest::addRow("an end") << JobOperation(ExpireKeys{ExpireKeys::Mode::In, Milliseconds{3'600'000}});
}

/// A scan looks at it on both nodes.
void TestBulkUndone::keysOfASlotOnItsWay()
{
    QFETCH(const JobOperation, operation);
    constexpr std::size_t count = 200;
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    const auto nameOf = [](std::size_t at) { return "{tag}:" + std::to_string(at); };
    cluster->fill(count, [&](std::size_t at) { return Args{"HSET", nameOf(at), "f", "old"}; });
    const int slot = keyglass::test::slotOf("{tag}");
    const int from = cluster->ownerOf(slot);
    const int to = (from + 1) % 3;
    SlotMove move(*cluster, from, to, {slot});
    move.moveHalfOfNextSlot();
    const JobPlan plan = with(operation, m_file->in(u"undo.kga"_s));
    const BulkSetting setting = settingOf(*cluster);
    const auto report = BulkRun(setting, plan).run({});
    QVERIFY(report && !report->failure);
    QCOMPARE(report->counts.keys(), count);
    QCOMPARE(report->counts.done(), count);
    move.finish();
    QCOMPARE(undone(setting.source, plan.archiveFile).done(), count);
    RedisServer& owner = cluster->server(to);
    for (std::size_t at = 0; at < count; ++at) {
        QCOMPARE(owner.command({"HGET", nameOf(at), "f"}), "old");
        QCOMPARE(owner.command({"PTTL", nameOf(at)}), "-1");
    }
}

/// Each node has a worker of its own: what one has written is not written over by another, who would archive that.
void TestBulkUndone::oneNameForKeysOfSeveralNodes()
{
    constexpr std::size_t count = 100;
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    for (const std::string prefix : {"a:", "b:", "x:"}) {
        cluster->fill(count, [&](std::size_t at) {
            const std::string number = std::to_string(at);
            return Args{"SET", prefix + number, "of " + prefix + number};
        });
    }
    const JobPlan plan =
        with(RenameKeys{true, "^[ab]:(\\d+)$", "x:\\1", Collision::Overwrite}, m_file->in(u"undo.kga"_s));
    const BulkSetting setting = settingOf(*cluster);
    const auto report = BulkRun(setting, plan).run({});
    QVERIFY(report && !report->failure);
    QCOMPARE(report->counts.keys(), 3 * count);
    QCOMPARE(report->counts.done(), count);
    QCOMPARE(report->counts[keyglass::Outcome::Skipped], 2 * count); // the other of both, and what stood there
    QCOMPARE(cluster->truth().size(), 2 * count);
    QCOMPARE(undone(setting.source, plan.archiveFile).done(), count);
    const auto lane = setting.source.lane(0);
    for (std::size_t at = 0; at < count; ++at) {
        const std::string key = "x:" + std::to_string(at);
        const std::vector<Command> get{Command{"GET", key}};
        const auto replies = lane->pipeline(get, {});
        QVERIFY(replies);
        QCOMPARE(replies->front().text, "of " + key);
    }
}

void TestBulkUndone::anEndThatChangesAfterItIsArchived_data()
{
    QTest::addColumn<JobOperation>("operation");
    QTest::addColumn<bool>("refuses");
    for (const bool refuses : {false, true}) {
        const char* const then = refuses ? "left alone" : "archived once more";
        QTest::addRow("a new end, %s", then)
            << JobOperation(ExpireKeys{ExpireKeys::Mode::In, Milliseconds{3'600'000}}) << refuses;
        QTest::addRow("no end, %s", then) << JobOperation(PersistKeys{}) << refuses;
    }
}

/// Somebody else's is no more written over in silence than their value.
void TestBulkUndone::anEndThatChangesAfterItIsArchived()
{
    QFETCH(const JobOperation, operation);
    QFETCH(const bool, refuses);
    const std::string theirs = "4102444900456";
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v", "PXAT", farAway});
    const TestArchive archive;
    JobPlan plan = with(operation, archive.path);
    plan.refusesChanged = refuses;
    const auto make = stepsOf(plan, settingOf(*server), archive.writer.get());
    QVERIFY(make);
    const auto plain = laneTo(*server);
    MeddledLane lane(*plain, [&] { server->command({"PEXPIREAT", "k", theirs}); });
    OutcomeList outcomes;
    QVERIFY((*make)()->apply({lane, lane}, batchOf({"k"}), outcomes, {}));
    QVERIFY(archive.writer->finish());
    QCOMPARE(outcomes.all.at("k"), refuses ? "changed" : "done_though_changed");
    if (refuses) {
        QCOMPARE(server->command({"PEXPIRETIME", "k"}), theirs);
    } else {
        QVERIFY(server->command({"PEXPIRETIME", "k"}) != theirs);
        QCOMPARE(archive.newest().at("k").expireAt, std::optional(Milliseconds{std::stoll(theirs)}));
    }
}

QTEST_GUILESS_MAIN(TestBulkUndone)
#include "tst_bulkundone.moc"
