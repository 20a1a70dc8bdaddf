// SPDX-License-Identifier: GPL-3.0-or-later
// What was deleted comes back as it was: value, end, groups of streams; and it can be stopped and slowed down.
#include "core/bulk/jobpace.h"
#include "core/source/redis/clusterlane.h"
#include "tests/core/bulk/undofixture.h"
#include "tests/servers/rediscluster.h"

#include <QFile>
#include <QTest>

#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Tells whether two threads are in it at once; each waits a little for another to come.
class Room {
public:
    void enter()
    {
        std::unique_lock lock(m_mutex);
        m_wasShared = m_wasShared || m_inside > 0;
        ++m_inside;
        m_came.notify_all();
        m_came.wait_for(lock, std::chrono::milliseconds{100}, [this] { return m_inside > 1; });
        --m_inside;
    }
    [[nodiscard]] bool wasShared() const { return m_wasShared; }

private:
    std::mutex m_mutex;
    std::condition_variable m_came;
    int m_inside = 0;
    bool m_wasShared = false;
};

/// Lets nobody on until two threads have come.
class Gate {
public:
    void enter()
    {
        std::unique_lock lock(m_mutex);
        m_came.insert(std::this_thread::get_id());
        m_changed.notify_all();
        m_changed.wait_for(lock, std::chrono::seconds{60}, [this] { return m_came.size() > 1; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::set<std::thread::id> m_came;
};

} // namespace

class TestUndoRun : public UndoFixture {
    Q_OBJECT

private Q_SLOTS:
    void restoresEveryTypeAsItWas_data();
    void restoresEveryTypeAsItWas();
    void restoresSingleKeys();
    void restoresEachDatabase();
    void aChangedKeyComesBackInItsNewerState();
    void whatAnotherWroteBetweenTwoTriesStandsAside();
    void keysThatAreThereUnchangedAreDone();
    void aKeyOfAnotherEncodingIsTheSame();
    void anArchiveWithoutAnEndIsRestored();
    void restoresAClusterBySlot();
    void itsTwoWorkersCallOneAfterTheOther();
    void keepsToARateUntilItIsTakenAway();
    void endsWhereItIsStopped();
};

void TestUndoRun::restoresEveryTypeAsItWas_data()
{
    QTest::addColumn<bool>("isFinished");
    QTest::addColumn<bool>("hasExpireTime");
    QTest::addColumn<bool>("hasRestoreAbs");
    QTest::addRow("a finished archive") << true << true << true;
    QTest::addRow("one whose writer was killed") << false << true << true;
    QTest::addRow("without PEXPIRETIME") << true << false << true;
    QTest::addRow("without ABSTTL") << true << false << false;
}

void TestUndoRun::restoresEveryTypeAsItWas()
{
    QFETCH(const bool, isFinished);
    QFETCH(const bool, hasExpireTime);
    QFETCH(const bool, hasRestoreAbs);
    for (const Args& command : everyType()) {
        QVERIFY(!m_server->command(command).starts_with("-"));
    }
    const auto keys = m_server->list({"KEYS", "*"});
    std::map<std::string, std::string> before;
    for (const std::string& key : keys) {
        before[key] = stateOf(*m_server, key);
    }
    remove(keys);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    QVERIFY(!isFinished || m_archive->writer->finish());
    UndoOptions options;
    options.hasExpireTime = hasExpireTime;
    options.hasRestoreAbs = hasRestoreAbs;
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::Done), std::uint64_t{keys.size()});
    QCOMPARE(m_server->list({"KEYS", "*"}).size(), keys.size()); // nothing of ours is left
    for (const std::string& key : keys) {
        if (!hasRestoreAbs && m_server->command({"PTTL", key}) != "-1") {
            const auto apart = std::stoll(m_server->command({"PEXPIRETIME", key})) - std::stoll(farAway);
            QVERIFY(std::abs(apart) < 30'000); // by the server's clock a moment before
            m_server->command({"PEXPIREAT", key, farAway});
        }
        QCOMPARE(stateOf(*m_server, key), before.at(key));
    }
    QVERIFY(undo(options)); // once more: it is all there
    QCOMPARE(count(Outcome::Done), std::uint64_t{keys.size()});
}

void TestUndoRun::restoresSingleKeys()
{
    for (const char* key : {"a", "b", "c"}) {
        m_server->command({"SET", key, key});
    }
    remove({"a", "b", "c"});
    UndoOptions options;
    options.keys = {"b", "not there"};
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QCOMPARE(count(Outcome::NotDone), std::uint64_t{1});
    QCOMPARE(m_report->troubles().front().key, std::string("not there"));
    QVERIFY(!m_report->troubles().front().detail.empty());
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"b"});
}

void TestUndoRun::restoresEachDatabase()
{
    for (const int database : {0, 3, 0, 7}) {
        m_server->command({"SELECT", std::to_string(database)});
        for (int at = 0; at < 3; ++at) {
            const std::string key = "key:" + std::to_string(at);
            m_server->command({"SET", key, std::to_string(database)});
            UndoRecord record = recordOf(key);
            record.database = database;
            archive(record);
        }
        m_server->command({"SELECT", "0"});
    }
    m_server->command({"FLUSHALL"});
    QVERIFY(undo());
    QCOMPARE(count(Outcome::Done), std::uint64_t{12}); // those of database 0 stand in it twice
    for (const char* database : {"0", "3", "7"}) {
        m_server->command({"SELECT", database});
        QCOMPARE(m_server->command({"DBSIZE"}), std::string("3"));
        QCOMPARE(m_server->command({"GET", "key:1"}), std::string(database));
    }
    m_server->command({"SELECT", "0"});
}

void TestUndoRun::aChangedKeyComesBackInItsNewerState()
{
    m_server->command({"SET", "changed", "old"});
    m_server->command({"SET", "other", "old"});
    archive(recordOf("changed"));
    archive(recordOf("other"));
    m_server->command({"SET", "changed", "new"});
    UndoRecord newer = recordOf("changed");
    newer.supersedes = true;
    archive(newer);
    m_server->command({"FLUSHALL"});
    for (const bool isFinished : {false, true}) {
        QVERIFY(!isFinished || m_archive->writer->finish());
        QVERIFY(undo());
        QCOMPARE(count(Outcome::Done), std::uint64_t{2});
        QCOMPARE(m_report->counts().keys(), std::uint64_t{2});
        QCOMPARE(m_server->command({"GET", "changed"}), std::string("new"));
    }
}

/// The line was lost with our write on its way: the first state counts, whoever wrote the later ones.
void TestUndoRun::whatAnotherWroteBetweenTwoTriesStandsAside()
{
    m_server->command({"SET", "k", "before"});
    const UndoRecord first = recordOf("k");
    archive(first);
    m_server->command({"SET", "k", "ours"});
    const UndoRecord ours = recordOf("k");
    const std::vector<SeenState> known{seenState(first.dump, "-1"), seenState(ours.dump, {})};
    m_archive->writer->keepFirst(0, "k", known);
    archive(first); // neither of both gets a record
    archive(ours);
    m_server->command({"SET", "k", "theirs"});
    UndoRecord theirs = recordOf("k");
    QVERIFY(m_archive->writer->isStrange(theirs.view()));
    QVERIFY(!m_archive->writer->isStrange(ours.view()));
    archive(theirs);
    archive(theirs);
    QCOMPARE(m_archive->records().size(), std::size_t{2});
    QVERIFY(m_archive->records().back().isAside);
    QCOMPARE(m_archive->records().back().dump, theirs.dump);
    m_server->command({"DEL", "k"});
    for (const bool isFinished : {false, true}) {
        QVERIFY(!isFinished || m_archive->writer->finish());
        QVERIFY(undo());
        QCOMPARE(m_report->counts().keys(), std::uint64_t{1});
        QCOMPARE(m_server->command({"GET", "k"}), std::string("before"));
    }
    UndoOptions aside;
    aside.takesAside = true;
    aside.conflict = UndoConflict::Replace;
    QVERIFY(undo(aside));
    QCOMPARE(m_report->counts().keys(), std::uint64_t{1});
    QCOMPARE(m_server->command({"GET", "k"}), std::string("theirs"));
}

/// A killed delete: much of what it archived was never deleted.
void TestUndoRun::keysThatAreThereUnchangedAreDone()
{
    for (const Args& command : everyType()) {
        m_server->command(command);
    }
    const auto keys = m_server->list({"KEYS", "*"});
    std::map<std::string, std::string> before;
    for (const std::string& key : keys) {
        before[key] = stateOf(*m_server, key);
        archive(recordOf(key));
    }
    QVERIFY(undo());
    QCOMPARE(count(Outcome::Done), std::uint64_t{keys.size()});
    for (const std::string& key : keys) {
        QCOMPARE(stateOf(*m_server, key), before.at(key));
    }
}

/// A small hash that was a large one is a table until it is restored, and DUMP gives other bytes afterwards.
void TestUndoRun::aKeyOfAnotherEncodingIsTheSame()
{
    m_server->command({"HSET", "hash", "f", "v", "long", std::string(500, 'x')});
    m_server->command({"HSET", "hash", "long", "short"});
    const std::string digest = m_server->command({"DEBUG", "DIGEST-VALUE", "hash"});
    const UndoRecord record = recordOf("hash");
    archive(record);
    m_server->command({"DEL", "hash"});
    QVERIFY(undo());
    QCOMPARE(m_server->command({"DEBUG", "DIGEST-VALUE", "hash"}), digest);
    QVERIFY(m_server->command({"DUMP", "hash"}) != record.dump);
    QVERIFY(undo());
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"hash"});
}

void TestUndoRun::anArchiveWithoutAnEndIsRestored()
{
    m_server->fill(
        5000, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "v" + std::to_string(at)}; });
    const auto keys = m_server->list({"KEYS", "*"});
    for (std::size_t at = 0; at < keys.size(); at += 500) {
        remove({keys.begin() + static_cast<std::ptrdiff_t>(at), keys.begin() + static_cast<std::ptrdiff_t>(at + 500)});
    }
    QFile file(m_archive->path);
    QVERIFY(file.resize(file.size() - 10)); // as a lost disk leaves it
    QVERIFY(undo());
    QVERIFY(count(Outcome::Done) >= 4500);
    QCOMPARE(m_server->command({"DBSIZE"}), std::to_string(count(Outcome::Done)));
}

void TestUndoRun::restoresAClusterBySlot()
{
    ClusterOptions clusterOptions;
    clusterOptions.replicasPerMaster = 0;
    const auto cluster = RedisCluster::start(clusterOptions);
    cluster->fill(1000);
    const auto before = cluster->truth();
    for (const int master : cluster->masters()) {
        RemovalOptions removal;
        removal.ways.bySlot = true;
        const auto lane = laneTo(cluster->server(master));
        remove(cluster->server(master).list({"KEYS", "*"}), removal, lane.get());
    }
    QVERIFY(cluster->truth().empty());
    ConnectionOptions seed;
    seed.endpoint = Endpoint{u"127.0.0.1"_s, cluster->port(0), {}, {}};
    const auto map =
        std::make_shared<ClusterMap>(ClusterAddresses(seed, {}), std::make_shared<CommandGate>(GateRules{}));
    UndoOptions options;
    options.isCluster = true;
    for (int round = 0; round < 2; ++round) {
        QVERIFY(undo(options, [&map](int) { return makeClusterLane(map, {}); }));
        QCOMPARE(count(Outcome::Done), std::uint64_t{1000});
        QVERIFY(cluster->truth() == before);
    }
}

/// An undo has two workers: what makes its lanes, and what hears of its progress, knows of no threads.
void TestUndoRun::itsTwoWorkersCallOneAfterTheOther()
{
    constexpr int databases = 8;
    for (int database = 0; database < databases; ++database) {
        for (int at = 0; at < 3; ++at) {
            UndoRecord record;
            record.database = database;
            record.key = "k:" + std::to_string(at);
            m_server->command({"SET", record.key, "v"});
            record.dump = m_server->command({"DUMP", record.key});
            archive(record);
        }
    }
    m_server->command({"FLUSHALL"});
    m_report = std::make_unique<JobReport>();
    auto reader = UndoArchiveReader::open(m_archive->path);
    QVERIFY(reader);
    Room making;
    Room hearing;
    std::set<std::thread::id> makers;
    UndoRun run(
        [&](int database) {
            making.enter();
            makers.insert(std::this_thread::get_id());
            return laneTo(*m_server, database);
        },
        {}, *m_report);
    Gate both; // each has records in hand then
    run.setEnter([&both](const std::stop_token&) {
        both.enter();
        return std::make_shared<int>();
    });
    std::uint64_t heard = 0;
    bool isAscending = true;
    QVERIFY(run.run(**reader, {}, [&](const UndoProgress& progress) {
        hearing.enter();
        isAscending = isAscending && progress.settled >= heard;
        heard = progress.settled;
    }));
    QVERIFY(!making.wasShared());
    QVERIFY(!hearing.wasShared());
    QVERIFY(isAscending);
    QCOMPARE(heard, std::uint64_t{databases * 3});
    QCOMPARE(count(Outcome::Done), std::uint64_t{databases * 3});
    QVERIFY2(makers.size() == 2, "both workers had something to do: else nothing was shown");
}

void TestUndoRun::keepsToARateUntilItIsTakenAway()
{
    constexpr std::uint64_t keys = 300;
    std::vector<std::string> names;
    for (std::uint64_t at = 0; at < keys; ++at) {
        names.push_back("k:" + std::to_string(at));
        m_server->command({"SET", names.back(), "v"});
    }
    remove(names);
    m_report = std::make_unique<JobReport>();
    auto reader = UndoArchiveReader::open(m_archive->path);
    QVERIFY(reader);
    JobPace pace(10);
    UndoRun run([this](int database) { return laneTo(*m_server, database); }, {}, *m_report);
    run.setPace(pace);
    std::optional<std::uint64_t> first;
    QVERIFY(run.run(**reader, {}, [&](const UndoProgress& progress) {
        if (!first) {
            first = progress.settled;
            pace.setRate({}); // else this takes half a minute
        }
    }));
    QVERIFY2(first && *first <= 2, "one key for each worker, not all that a round trip can take");
    QCOMPARE(count(Outcome::Done), keys);
    QCOMPARE(m_server->command({"DBSIZE"}), std::to_string(keys));
}

void TestUndoRun::endsWhereItIsStopped()
{
    m_server->fill(2000, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "v"}; });
    std::vector<std::string> keys = m_server->list({"KEYS", "*"});
    for (std::size_t at = 0; at < keys.size(); at += 500) {
        remove({keys.begin() + static_cast<std::ptrdiff_t>(at), keys.begin() + static_cast<std::ptrdiff_t>(at + 500)});
    }
    std::stop_source stop;
    m_report = std::make_unique<JobReport>();
    auto reader = UndoArchiveReader::open(m_archive->path);
    QVERIFY(reader);
    UndoRun run([this](int database) { return laneTo(*m_server, database); }, {}, *m_report);
    const Status done = run.run(**reader, stop.get_token(), [&stop](const UndoProgress&) { stop.request_stop(); });
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Cancelled);
    const std::uint64_t told = m_report->counts().keys();
    QVERIFY(told == 500 || told == 1000); // batches of the two workers
    const std::uint64_t there = std::stoull(m_server->command({"DBSIZE"}));
    QVERIFY(there >= told && there <= 1000);
    QVERIFY(undo()); // the rest, another time
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("2000"));
}

QTEST_GUILESS_MAIN(TestUndoRun)
#include "tst_undorun.moc"
