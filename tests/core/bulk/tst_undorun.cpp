// SPDX-License-Identifier: GPL-3.0-or-later
// What was deleted comes back as it was: value, end, groups of streams; and nothing else is harmed by that.
#include "core/bulk/guardedremoval.h"
#include "core/bulk/jobpace.h"
#include "core/bulk/reportfile.h"
#include "core/bulk/undorun.h"
#include "core/source/laneview.h"
#include "core/source/redis/clusterlane.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/bulk/busylane.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/rediscluster.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

std::int64_t nowAt(RedisServer& server)
{
    return std::stoll(server.list({"TIME"}).front()) * 1000;
}

} // namespace

class TestUndoRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
        m_lane = laneTo(*m_server);
    }
    void cleanupTestCase()
    {
        m_lane.reset();
        m_server.reset();
    }
    void init()
    {
        m_server->command({"FLUSHALL"});
        m_archive = std::make_unique<TestArchive>();
    }
    void restoresEveryTypeAsItWas_data();
    void restoresEveryTypeAsItWas();
    void restoresSingleKeys();
    void restoresEachDatabase();
    void aChangedKeyComesBackInItsNewerState();
    void whatAnotherWroteBetweenTwoTriesStandsAside();
    void keysThatAreThereUnchangedAreDone();
    void aKeyOfAnotherEncodingIsTheSame();
    void keysThatAreThereAgain_data();
    void keysThatAreThereAgain();
    void aKeyThatChangesBeforeItIsReplacedIsArchived_data();
    void aKeyThatChangesBeforeItIsReplacedIsArchived();
    void keysWhoseTimeIsOver_data();
    void keysWhoseTimeIsOver();
    void fieldsWhoseTimeIsOver_data();
    void fieldsWhoseTimeIsOver();
    void aKeyThatIsOverMayHaveFieldsThatAreOver();
    void anEndThatIsOverDeletesNothing();
    void setsEndsBack_data();
    void setsEndsBack();
    void anArchiveWithoutAnEndIsRestored();
    void aRefusalIsOneKeysOwn();
    void aLostLineIsOpenedAgain_data();
    void aLostLineIsOpenedAgain();
    void aServerThatStaysAwayIsNamed();
    void aServerThatRunsAScriptIsTriedAgain_data();
    void aServerThatRunsAScriptIsTriedAgain();
    void aServerThatStaysBusyIsNamed();
    void endsWhereItIsStopped();
    void restoresAClusterBySlot();
    void itsTwoWorkersCallOneAfterTheOther();
    void keepsToARateUntilItIsTakenAway();

private:
    /// Archives and deletes.
    void remove(const std::vector<std::string>& keys, RemovalOptions options = {}, Lane* lane = nullptr)
    {
        GuardedRemoval removal(*m_archive->writer, options);
        OutcomeList outcomes;
        const StepLanes lanes{lane ? *lane : *m_lane, lane ? *lane : *m_lane};
        QVERIFY(removal.apply(lanes, batchOf(keys), outcomes, {}));
        QVERIFY(removal.finish(lanes, outcomes, {}));
        QCOMPARE(outcomes.count("done") + outcomes.count("done_though_changed"), keys.size());
    }
    void archive(const UndoRecord& record)
    {
        const std::vector<UndoRecordView> views{record.view()};
        const auto ticket = m_archive->writer->append(views);
        QVERIFY(m_archive->writer->waitDurable(ticket, {}));
    }
    UndoRecord recordOf(const std::string& key)
    {
        UndoRecord record;
        record.key = key;
        record.dump = m_server->command({"DUMP", key});
        const std::int64_t end = std::stoll(m_server->command({"PEXPIRETIME", key}));
        record.expireAt = end >= 0 ? std::optional(Milliseconds{end}) : std::nullopt;
        return record;
    }
    Status undo(UndoOptions options = {}, UndoRun::MakeLane makeLane = {}, std::stop_token stop = {})
    {
        m_report = std::make_unique<JobReport>();
        auto reader = UndoArchiveReader::open(m_archive->path);
        if (!reader) {
            return std::move(reader).error();
        }
        if (!makeLane) {
            makeLane = [this](int database) { return laneTo(*m_server, database); };
        }
        return UndoRun(std::move(makeLane), std::move(options), *m_report).run(**reader, std::move(stop));
    }
    [[nodiscard]] std::uint64_t count(Outcome outcome) const { return m_report->counts()[outcome]; }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    std::unique_ptr<TestArchive> m_archive;
    std::unique_ptr<JobReport> m_report;
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

void TestUndoRun::keysThatAreThereAgain_data()
{
    QTest::addColumn<Args>("again");
    QTest::addColumn<bool>("replaces");
    QTest::addRow("another value, left alone") << Args{"SET", "key", "new"} << false;
    QTest::addRow("another value, replaced") << Args{"SET", "key", "new"} << true;
    QTest::addRow("another type, left alone") << Args{"RPUSH", "key", "new"} << false;
    QTest::addRow("another type, replaced") << Args{"RPUSH", "key", "new"} << true;
    QTest::addRow("another end, left alone") << Args{"SET", "key", "old", "PX", "900000"} << false;
    QTest::addRow("another end, replaced") << Args{"SET", "key", "old", "PX", "900000"} << true;
}

void TestUndoRun::keysThatAreThereAgain()
{
    QFETCH(const Args, again);
    QFETCH(const bool, replaces);
    m_server->command({"SET", "key", "old"});
    m_server->command({"SET", "other", "old"});
    m_server->command({"PEXPIREAT", "key", farAway});
    remove({"key", "other"});
    m_server->command(again);
    const std::string before = m_server->command({"DUMP", "key"});
    UndoOptions options;
    options.conflict = replaces ? UndoConflict::Replace : UndoConflict::Skip;
    QVERIFY(undo(options));
    QCOMPARE(m_server->command({"GET", "other"}), std::string("old"));
    if (replaces) {
        QCOMPARE(count(Outcome::Done), std::uint64_t{2});
        QCOMPARE(m_server->command({"GET", "key"}), std::string("old"));
        QCOMPARE(m_server->command({"PEXPIRETIME", "key"}), farAway);
    } else {
        QCOMPARE(count(Outcome::Done), std::uint64_t{1});
        QCOMPARE(count(Outcome::Changed), std::uint64_t{1});
        QCOMPARE(m_report->troubles().front().key, std::string("key"));
        QCOMPARE(m_server->command({"DUMP", "key"}), before);
        QVERIFY(m_server->command({"PEXPIRETIME", "key"}) != farAway);
    }
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("2"));
}

namespace {

/// Somebody else writes to the key once it has been looked at.
class MeddledLane final : public LaneView {
public:
    MeddledLane(std::unique_ptr<Lane> lane, std::function<void()> meddle)
        : LaneView(*lane)
        , m_own(std::move(lane))
        , m_meddle(std::move(meddle))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        const auto isLook = [](const Command& command) { return command.name() == "DUMP"; };
        if (m_meddle && std::ranges::any_of(commands, isLook)) {
            std::exchange(m_meddle, {})();
        }
        return replies;
    }
    std::unique_ptr<Lane> confirmed(Confirmation) override
    {
        return std::make_unique<LaneView>(static_cast<Lane&>(*this));
    }

private:
    std::unique_ptr<Lane> m_own;
    std::function<void()> m_meddle;
};

} // namespace

void TestUndoRun::aKeyThatChangesBeforeItIsReplacedIsArchived_data()
{
    QTest::addColumn<bool>("isCluster");
    QTest::addColumn<Args>("newest");
    QTest::addColumn<Outcome>("outcome");
    const Args newest{"SET", "key", "newest"};
    QTest::addRow("by a transaction") << false << newest << Outcome::DoneThoughChanged;
    QTest::addRow("by a script, as in a cluster") << true << newest << Outcome::DoneThoughChanged;
    QTest::addRow("its end alone") << false << Args{"PEXPIREAT", "key", farAway} << Outcome::DoneThoughChanged;
    QTest::addRow("it does not change") << false << Args{"PING"} << Outcome::Done;
    QTest::addRow("it does not change, in a cluster") << true << Args{"PING"} << Outcome::Done;
}

/// Between the look that is archived and the RESTORE that writes over it.
void TestUndoRun::aKeyThatChangesBeforeItIsReplacedIsArchived()
{
    QFETCH(const bool, isCluster);
    QFETCH(const Args, newest);
    QFETCH(const Outcome, outcome);
    m_server->command({"SET", "key", "old"});
    remove({"key"});
    m_server->command({"SET", "key", "new"});
    TestArchive lost;
    UndoOptions options;
    options.isCluster = isCluster;
    options.conflict = UndoConflict::Replace;
    options.overwritten = [&lost] { return Result<UndoArchiveWriter*>(lost.writer.get()); };
    std::string before;
    const auto meddled = [&](int database) -> std::unique_ptr<Lane> {
        return std::make_unique<MeddledLane>(laneTo(*m_server, database), [&] {
            m_server->command(newest);
            before = stateOf(*m_server, "key");
        });
    };
    QVERIFY(undo(options, meddled));
    QCOMPARE(count(outcome), std::uint64_t{1});
    QCOMPARE(m_server->command({"GET", "key"}), "old");
    QVERIFY(lost.writer->finish());
    const auto records = lost.newest();
    QCOMPARE(records.size(), std::size_t{1});
    const UndoRecord& record = records.at("key");
    const std::string end = record.expireAt ? std::to_string(record.expireAt->count()) : "0";
    m_server->command({"RESTORE", "key", end, record.dump, "REPLACE", "ABSTTL"});
    QCOMPARE(stateOf(*m_server, "key"), before);
}

void TestUndoRun::keysWhoseTimeIsOver_data()
{
    QTest::addColumn<bool>("keepsExpired");
    QTest::addColumn<bool>("hasRestoreAbs");
    QTest::addRow("told") << false << true;
    QTest::addRow("restored without an end") << true << true;
    QTest::addRow("told, without ABSTTL") << false << false;
    QTest::addRow("restored, without ABSTTL") << true << false;
}

void TestUndoRun::keysWhoseTimeIsOver()
{
    QFETCH(const bool, keepsExpired);
    QFETCH(const bool, hasRestoreAbs);
    m_server->command({"SET", "over", "v"});
    UndoRecord over = recordOf("over");
    over.expireAt = Milliseconds{nowAt(*m_server) - 60'000};
    archive(over);
    m_server->command({"SET", "ends", "v", "PXAT", farAway});
    archive(recordOf("ends"));
    m_server->command({"FLUSHALL"});
    UndoOptions options;
    options.keepsExpired = keepsExpired;
    options.hasRestoreAbs = hasRestoreAbs;
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::Done), std::uint64_t{keepsExpired ? 2U : 1U});
    QCOMPARE(count(Outcome::ExpiredMeanwhile), std::uint64_t{keepsExpired ? 0U : 1U});
    QCOMPARE(m_server->command({"PTTL", "over"}), std::string(keepsExpired ? "-1" : "-2"));
    QCOMPARE(m_server->command({"EXISTS", "ends"}), std::string("1"));
}

/// RESTORE … REPLACE with a past end deletes the key that is there.
void TestUndoRun::fieldsWhoseTimeIsOver_data()
{
    QTest::addColumn<int>("fields");
    QTest::addColumn<int>("ending");
    QTest::addColumn<bool>("isSwept");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<std::string>("left");
    for (const bool isSwept : {false, true}) {
        for (const int fields : {3, 700}) { // as a list, as a table
            const char* const how = isSwept ? "swept" : "not swept";
            QTest::addRow("all of %d, %s", fields, how)
                << fields << fields << isSwept << Outcome::ExpiredMeanwhile << std::string("0");
            QTest::addRow("one of %d, %s", fields, how)
                << fields << 1 << isSwept << Outcome::Done << std::to_string(fields - 1);
        }
    }
}

/// RESTORE says +OK, and EXISTS finds the key, until the server sweeps what is over.
void TestUndoRun::fieldsWhoseTimeIsOver()
{
    QFETCH(const int, fields);
    QFETCH(const int, ending);
    QFETCH(const bool, isSwept);
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "0"}); // so that they are whole when they are archived
    Args made{"HSET", "key"};
    Args ends{"HPEXPIRE", "key", "100", "FIELDS", std::to_string(ending)};
    for (int at = 0; at < fields; ++at) {
        made.insert(made.end(), {"f" + std::to_string(at), "v"});
        if (at < ending) {
            ends.push_back("f" + std::to_string(at));
        }
    }
    m_server->command(made);
    if (m_server->command(ends).starts_with('-')) {
        m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "1"});
        QSKIP("this server has no fields that end (Redis 7.4)");
    }
    archive(recordOf("key"));
    m_server->command({"DEL", "key"});
    const std::int64_t later = std::stoll(m_server->command({"TIME"})) + 1;
    QTRY_VERIFY_WITH_TIMEOUT(std::stoll(m_server->command({"TIME"})) > later, 20'000);
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", isSwept ? "1" : "0"});
    QVERIFY(undo());
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "1"});
    QFETCH(const Outcome, outcome);
    QFETCH(const std::string, left);
    QCOMPARE(count(outcome), std::uint64_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"HLEN", "key"}), left, 20'000);
}

/// It is for the key's own end that it is restored without one; which of its fields are over comes after.
void TestUndoRun::aKeyThatIsOverMayHaveFieldsThatAreOver()
{
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "0"});
    m_server->command({"HSET", "key", "a", "1", "b", "2"});
    if (m_server->command({"HPEXPIRE", "key", "400", "FIELDS", "1", "a"}).starts_with('-')) {
        m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "1"});
        QSKIP("this server has no fields that end (Redis 7.4)");
    }
    m_server->command({"PEXPIRE", "key", "500"});
    archive(recordOf("key"));
    m_server->command({"DEL", "key"});
    const std::int64_t later = std::stoll(m_server->command({"TIME"})) + 1;
    QTRY_VERIFY_WITH_TIMEOUT(std::stoll(m_server->command({"TIME"})) > later, 20'000);
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "1"});
    UndoOptions options;
    options.keepsExpired = true;
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"HLEN", "key"}), std::string("1"), 20'000);
    QCOMPARE(m_server->command({"PTTL", "key"}), std::string("-1"));
}

void TestUndoRun::anEndThatIsOverDeletesNothing()
{
    m_server->command({"SET", "key", "old"});
    UndoRecord over = recordOf("key");
    over.expireAt = Milliseconds{nowAt(*m_server) - 60'000};
    archive(over);
    m_server->command({"SET", "key", "new"});
    UndoOptions options;
    options.conflict = UndoConflict::Replace;
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::ExpiredMeanwhile), std::uint64_t{1});
    QCOMPARE(m_server->command({"GET", "key"}), std::string("new"));
    options.keepsExpired = true;
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QCOMPARE(m_server->command({"GET", "key"}), std::string("old"));
    QCOMPARE(m_server->command({"PTTL", "key"}), std::string("-1"));
}

void TestUndoRun::setsEndsBack_data()
{
    QTest::addColumn<std::string>("end");
    QTest::addColumn<Args>("change");
    QTest::addColumn<Outcome>("outcome");
    QTest::addRow("one was set") << std::string() << Args{"PEXPIRE", "key", "900000"} << Outcome::Done;
    QTest::addRow("another was set") << farAway << Args{"PEXPIRE", "key", "900000"} << Outcome::Done;
    QTest::addRow("it was taken away") << farAway << Args{"PERSIST", "key"} << Outcome::Done;
    QTest::addRow("it came and the key went") << farAway << Args{"DEL", "key"} << Outcome::Done;
    QTest::addRow("the value is another by now") << farAway << Args{"SET", "key", "new"} << Outcome::Changed;
}

void TestUndoRun::setsEndsBack()
{
    QFETCH(const std::string, end);
    QFETCH(const Args, change);
    QFETCH(const Outcome, outcome);
    m_server->command({"SET", "key", "value"});
    if (!end.empty()) {
        m_server->command({"PEXPIREAT", "key", end});
    }
    UndoRecord record = recordOf("key");
    record.reason = UndoReason::ExpiryChanged;
    archive(record);
    m_server->command(change);
    QVERIFY(undo());
    QCOMPARE(count(outcome), std::uint64_t{1});
    if (outcome == Outcome::Done) {
        QCOMPARE(m_server->command({"GET", "key"}), std::string("value"));
        QCOMPARE(m_server->command({"PEXPIRETIME", "key"}), end.empty() ? std::string("-1") : end);
    } else {
        QCOMPARE(m_server->command({"GET", "key"}), std::string("new"));
    }
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

void TestUndoRun::aRefusalIsOneKeysOwn()
{
    m_server->command({"SET", "a", "a"});
    UndoRecord good = recordOf("a");
    UndoRecord bad = good;
    bad.key = "b";
    bad.dump[1] = static_cast<char>(bad.dump[1] ^ 1);
    archive(bad);
    archive(good);
    m_server->command({"FLUSHALL"});
    QVERIFY(undo());
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QCOMPARE(count(Outcome::Failed), std::uint64_t{1});
    const QByteArray detail = QByteArray::fromStdString(m_report->troubles().front().detail);
    QVERIFY2(detail.contains("checksum"), detail.constData()); // the server's words
    QVERIFY2(detail.contains("no older"), detail.constData()); // and what they may mean
}

void TestUndoRun::aLostLineIsOpenedAgain_data()
{
    QTest::addColumn<std::size_t>("cutAfter");
    for (const std::size_t cutAfter : {500U, 1000U, 2000U, 3500U}) {
        QTest::addRow("cut after each %zu bytes", cutAfter) << cutAfter;
    }
}

void TestUndoRun::aLostLineIsOpenedAgain()
{
    QFETCH(const std::size_t, cutAfter);
    m_server->fill(2000, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "v", "PXAT", farAway}; });
    std::vector<std::string> keys = m_server->list({"KEYS", "*"});
    for (std::size_t at = 0; at < keys.size(); at += 500) {
        remove({keys.begin() + static_cast<std::ptrdiff_t>(at), keys.begin() + static_cast<std::ptrdiff_t>(at + 500)});
    }
    Faults faults;
    faults.cutAfter = cutAfter;
    FaultProxy proxy(ProxyTarget{m_server->socketPath()}, faults);
    std::mutex mutex; // there are two workers
    int opened = 0;
    const Status done = undo({}, [&](int) -> std::unique_ptr<Lane> {
        ConnectionOptions options;
        options.endpoint.socketPath = proxy.socketPath();
        return makeLane(
            [&mutex, &proxy, &faults, &opened, options](const std::stop_token&) {
                const std::lock_guard lock(mutex);
                if (++opened > 2) {                         // after those of the two workers
                    faults.cutAfter = *faults.cutAfter * 2; // else a batch that takes more never ends
                    proxy.setFaults(faults);
                }
                return Result(options);
            },
            u"proxy"_s, std::make_shared<CommandGate>(GateRules{}));
    });
    QVERIFY(done);
    QVERIFY(opened > 2);
    QCOMPARE(count(Outcome::Done), std::uint64_t{2000});
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("2000"));
    QVERIFY(m_report->nodes().front().retries > 0);
}

void TestUndoRun::aServerThatStaysAwayIsNamed()
{
    m_server->command({"SET", "key", "v"});
    remove({"key"});
    UndoOptions options;
    options.patience = Milliseconds{200};
    const Status done = undo(options, [](int) {
        ConnectionOptions away;
        away.endpoint.socketPath = u"/nonexistent/socket"_s;
        return makeLane(std::move(away), std::make_shared<CommandGate>(GateRules{}));
    });
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Network);
    QCOMPARE(count(Outcome::NotDone), std::uint64_t{1});
    QVERIFY(m_report->nodes().front().givenUp.has_value());
}

void TestUndoRun::aServerThatRunsAScriptIsTriedAgain_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<bool>("isCluster");
    QTest::addColumn<bool>("hasRestoreAbs");
    QTest::addRow("restored") << 0 << false << false << true;
    QTest::addRow("restored, in a cluster") << 0 << false << true << true;
    QTest::addRow("asked for its time") << 0 << false << false << false;
    QTest::addRow("there already") << 0 << true << false << true;
    QTest::addRow("looked at") << 1 << true << false << true;
    QTest::addRow("compared") << 2 << true << false << true;
    QTest::addRow("replaced") << 3 << true << false << true;
    QTest::addRow("replaced by a script, as in a cluster") << 3 << true << true << true;
}

/// Whatever it was asked when the script began.
void TestUndoRun::aServerThatRunsAScriptIsTriedAgain()
{
    QFETCH(const int, before);
    QFETCH(const bool, isThere);
    QFETCH(const bool, isCluster);
    QFETCH(const bool, hasRestoreAbs);
    m_server->command({"SET", "key", "old"});
    remove({"key"});
    if (isThere) {
        m_server->command({"SET", "key", "new"});
    }
    const std::string dump = m_server->command({"DUMP", "key"});
    TestArchive lost;
    UndoOptions options;
    options.isCluster = isCluster;
    options.hasRestoreAbs = hasRestoreAbs;
    options.conflict = UndoConflict::Replace;
    options.overwritten = [&lost] { return Result<UndoArchiveWriter*>(lost.writer.get()); };
    const auto busy = [&](int database) -> std::unique_ptr<Lane> {
        return std::make_unique<BusyLane>(laneTo(*m_server, database), before, 2);
    };
    QVERIFY(undo(options, busy));
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QVERIFY(m_report->nodes().front().retries == 2);
    QCOMPARE(m_server->command({"GET", "key"}), "old");
    QCOMPARE(m_server->command({"PTTL", "key"}), "-1");
    QVERIFY(!isThere || lost.writer->finish());
    const auto records = lost.newest();
    QCOMPARE(records.size(), std::size_t{isThere ? 1U : 0U});
    if (isThere) {
        QVERIFY(records.at("key").dump == dump);
    }
}

void TestUndoRun::aServerThatStaysBusyIsNamed()
{
    m_server->command({"SET", "key", "v"});
    remove({"key"});
    UndoOptions options;
    options.patience = Milliseconds{200};
    const Status done = undo(options, [this](int database) -> std::unique_ptr<Lane> {
        return std::make_unique<BusyLane>(laneTo(*m_server, database), 0, 1'000'000);
    });
    QVERIFY(!done);
    QVERIFY2(done.error().detail.startsWith(u"BUSY "), qPrintable(done.error().detail));
    QCOMPARE(count(Outcome::NotDone), std::uint64_t{1});
    QVERIFY(m_report->nodes().front().givenUp.has_value());
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

QTEST_GUILESS_MAIN(TestUndoRun)
#include "tst_undorun.moc"
