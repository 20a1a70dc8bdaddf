// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is deleted that does not stand in the archive, whatever happens in between.
#include "core/base/dumpdigest.h"
#include "core/bulk/archivebefore.h"
#include "core/bulk/archivedstep.h"
#include "core/bulk/guardedremoval.h"
#include "core/bulk/keylook.h"
#include "core/bulk/stepreplies.h"
#include "core/source/laneview.h"
#include "core/source/redis/slots.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/bulk/busylane.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/rediscluster.h"

#include <sys/resource.h>

#include <QFileInfo>

#include <csignal>
#include <random>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Lets a test act before commands go out.
class HookedLane final : public LaneView {
public:
    using Hook = std::function<void(std::span<const Command> commands)>;
    HookedLane(Lane& lane, Hook hook)
        : LaneView(lane)
        , m_hook(std::move(hook))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        m_hook(commands);
        return LaneView::pipeline(commands, std::move(stop));
    }

private:
    Hook m_hook;
};

/// Tells how many bytes the most talkative pipeline was answered with.
class WeighingLane final : public LaneView {
public:
    explicit WeighingLane(Lane& lane)
        : LaneView(lane)
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        std::size_t bytes = 0;
        for (std::size_t at = 0; replies && at < replies->size(); ++at) {
            bytes += bytesOf((*replies)[at]);
        }
        most = std::max(most, bytes);
        return replies;
    }

    std::size_t most = 0;

private:
    static std::size_t bytesOf(const Reply& reply)
    {
        std::size_t bytes = reply.text.size();
        for (const Reply& one : reply.elements) {
            bytes += bytesOf(one);
        }
        return bytes;
    }
};

bool has(std::span<const Command> commands, std::string_view name)
{
    return std::ranges::any_of(commands, [name](const Command& command) { return command.name() == name; });
}

std::vector<std::string> numbered(std::size_t count)
{
    std::vector<std::string> keys;
    for (std::size_t at = 0; at < count; ++at) {
        keys.push_back("key:" + std::to_string(at));
    }
    return keys;
}

} // namespace

class TestGuardedRemoval : public QObject {
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
    void tablesCountInAnyOrder();
    void deletesWhatIsArchived_data();
    void deletesWhatIsArchived();
    void everyKeyHasOneOutcome_data();
    void everyKeyHasOneOutcome();
    void aKeyThatIsGivenTwiceIsDeletedOnce_data();
    void aKeyThatIsGivenTwiceIsDeletedOnce();
    void transactionsAreAsLargeAsTheyMay_data();
    void transactionsAreAsLargeAsTheyMay();
    void nothingIsDeletedBeforeItIsOnTheDisk();
    void aFullDiskStopsBeforeTheNextDelete();
    void aKeyChangedMeanwhileIsArchivedOnceMore_data();
    void aKeyChangedMeanwhileIsArchivedOnceMore();
    void aResizedTableIsNoChange();
    void aKeyChangedMeanwhileIsLeftAlone_data();
    void aKeyChangedMeanwhileIsLeftAlone();
    void aKeyChangedUnderWatchIsLeftAlone();
    void fewKeysAreWatchedAtOnce();
    void aLargeKeyIsNamed_data();
    void aLargeKeyIsNamed();
    void sizesAreToldByLengthsWhereTheyAreNotAllowed_data();
    void sizesAreToldByLengthsWhereTheyAreNotAllowed();
    void valuesAreHeldAFewMegabytesAtATime();
    void oneRefusalIsNotThatOfOthers();
    void withoutMultiNothingIsDeleted();
    void aServerThatRunsAScriptIsTriedAgain_data();
    void aServerThatRunsAScriptIsTriedAgain();
    void aReadOnlyGateLetsNothingThrough();
    void aLostLineLosesNoKey_data();
    void aLostLineLosesNoKey();
    void endsWhereItIsStopped();
    void aClusterTakesOneSlotATime();
    void whatWasArchivedBeforeALostAnswerCounts();
    void archivesBeforeSomethingElse_data();
    void archivesBeforeSomethingElse();

private:
    void fill(std::size_t count)
    {
        m_server->fill(count,
            [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "value " + std::to_string(at)}; });
    }
    /// All of a removal, in batches.
    Status remove(GuardedRemoval& removal, Lane& lane, const std::vector<std::string>& keys, std::size_t batch = 50)
    {
        const StepLanes lanes{lane, lane};
        for (std::size_t at = 0; at < keys.size(); at += batch) {
            const auto end = std::min(at + batch, keys.size());
            KeyBatch part = batchOf(
                {keys.begin() + static_cast<std::ptrdiff_t>(at), keys.begin() + static_cast<std::ptrdiff_t>(end)});
            if (Status applied = removal.apply(lanes, std::move(part), m_outcomes, {}); !applied) {
                return applied;
            }
        }
        return removal.finish(lanes, m_outcomes, {});
    }
    Status remove(RemovalOptions options, const std::vector<std::string>& keys, Lane* lane = nullptr)
    {
        m_outcomes.all.clear();
        GuardedRemoval removal(*m_archive->writer, options);
        return remove(removal, lane ? *lane : *m_lane, keys);
    }
    static RemovalOptions oldServer()
    {
        RemovalOptions options;
        options.ways.hasExpireTime = false;
        options.ways.hasUnlink = false;
        return options;
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    std::unique_ptr<TestArchive> m_archive;
    OutcomeList m_outcomes;
};

void TestGuardedRemoval::tablesCountInAnyOrder()
{
    const std::string footer(10, 'f');
    const auto number = [](char n) { return std::string("\xC0") + n; }; // 8 bits
    const std::string one = std::string("\x02\x03", 2) + number(1)
        + std::string("\x01"
                      "a",
            2)
        + std::string("\x40\x02xy", 4);
    const std::string other = std::string("\x02\x03", 2) + std::string("\x40\x02xy", 4) + number(1)
        + std::string("\x01"
                      "a",
            2);
    const std::string third = std::string("\x02\x03", 2) + std::string("\x40\x02xz", 4) + number(1)
        + std::string("\x01"
                      "a",
            2);
    QCOMPARE(dumpDigest(one + footer), dumpDigest(other + footer));
    QVERIFY(dumpDigest(one + footer) != dumpDigest(third + footer));
    const std::string hash = std::string("\x04\x02\x01"
                                         "a\x01"
                                         "b\x01"
                                         "c\x01"
                                         "d",
        10);
    const std::string turned = std::string("\x04\x02\x01"
                                           "c\x01"
                                           "d\x01"
                                           "a\x01"
                                           "b",
        10);
    const std::string swapped = std::string("\x04\x02\x01"
                                            "a\x01"
                                            "d\x01"
                                            "c\x01"
                                            "b",
        10);
    QCOMPARE(dumpDigest(hash + footer), dumpDigest(turned + footer));
    QVERIFY(dumpDigest(hash + footer) != dumpDigest(swapped + footer));
    for (std::size_t length = 0; length < one.size(); ++length) { // cut anywhere, it is a value like any other
        QVERIFY(dumpDigest(one.substr(0, length) + footer) != dumpDigest(one + footer));
    }
}

void TestGuardedRemoval::deletesWhatIsArchived_data()
{
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<bool>("refuses");
    QTest::addRow("PEXPIRETIME and UNLINK") << false << false;
    QTest::addRow("before 7.0") << true << false;
    QTest::addRow("by WATCH") << false << true;
    QTest::addRow("by WATCH, before 7.0") << true << true;
}

void TestGuardedRemoval::deletesWhatIsArchived()
{
    QFETCH(const bool, isOld);
    QFETCH(const bool, refuses);
    for (const Args& command : everyType()) {
        m_server->command(command);
    }
    std::map<std::string, std::string> before;
    std::vector<std::string> keys = m_server->list({"KEYS", "*"});
    for (const std::string& key : keys) {
        before[key] = stateOf(*m_server, key);
    }
    RemovalOptions options = isOld ? oldServer() : RemovalOptions{};
    options.refuseChanged = refuses;
    QVERIFY(remove(options, keys));
    QCOMPARE(m_outcomes.count("done"), keys.size());
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    const auto archived = m_archive->newest();
    QCOMPARE(archived.size(), keys.size());
    for (const auto& [key, record] : archived) {
        QCOMPARE(record.type, key.empty() ? std::string("string") : key.substr(0, key.find(':')));
        QCOMPARE(record.reason, UndoReason::Deleted);
        m_server->command({"RESTORE", key, "0", record.dump});
        if (record.expireAt) {
            const auto apart = record.expireAt->count() - std::stoll(farAway);
            QVERIFY(std::abs(apart) <= (isOld ? 20 : 0));
            m_server->command({"PEXPIREAT", key, farAway});
        }
        QCOMPARE(stateOf(*m_server, key), before.at(key));
    }
    QCOMPARE(m_archive->records().size(), keys.size()); // nothing was taken for changed
}

void TestGuardedRemoval::everyKeyHasOneOutcome_data()
{
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<bool>("refuses");
    QTest::addColumn<bool>("asksSizes");
    for (const bool isOld : {false, true}) {
        for (const bool refuses : {false, true}) {
            for (const bool asksSizes : {false, true}) {
                QTest::addRow("old %d, by WATCH %d, sizes %d", isOld, refuses, asksSizes)
                    << isOld << refuses << asksSizes;
            }
        }
    }
}

void TestGuardedRemoval::everyKeyHasOneOutcome()
{
    QFETCH(const bool, isOld);
    QFETCH(const bool, refuses);
    QFETCH(const bool, asksSizes);
    fill(1000);
    RemovalOptions options = isOld ? oldServer() : RemovalOptions{};
    options.refuseChanged = refuses;
    options.ways.asksSizes = asksSizes;
    QVERIFY(remove(options, numbered(1500)));
    QCOMPARE(m_outcomes.all.size(), std::size_t{1500});
    QCOMPARE(m_outcomes.count("done"), std::size_t{1000});
    QCOMPARE(m_outcomes.count("missing"), std::size_t{500});
    QCOMPARE(m_outcomes.all.at("key:999"), std::string("done"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    QCOMPARE(m_archive->records().size(), std::size_t{1000});
}

void TestGuardedRemoval::aKeyThatIsGivenTwiceIsDeletedOnce_data()
{
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<bool>("refuses");
    QTest::addRow("PEXPIRETIME and UNLINK") << false << false;
    QTest::addRow("before 7.0") << true << false;
    QTest::addRow("by WATCH") << false << true;
}

/// A file may name it twice. The server's number is smaller then, and still is each key's own outcome known.
void TestGuardedRemoval::aKeyThatIsGivenTwiceIsDeletedOnce()
{
    QFETCH(const bool, isOld);
    QFETCH(const bool, refuses);
    fill(3);
    RemovalOptions options = isOld ? oldServer() : RemovalOptions{};
    options.refuseChanged = refuses;
    QVERIFY(remove(options, {"key:0", "key:0", "missing", "key:1", "key:2", "key:0", "missing"}));
    QStringList ofTheFirst = QString::fromStdString(m_outcomes.all.at("key:0")).split(u", "_s);
    ofTheFirst.sort();
    QCOMPARE(ofTheFirst, QStringList({u"done"_s, u"skipped: it was given twice"_s, u"skipped: it was given twice"_s}));
    QCOMPARE(m_outcomes.all.at("key:1"), "done");
    QCOMPARE(m_outcomes.all.at("key:2"), "done");
    QCOMPARE(m_outcomes.all.at("missing"), "missing, missing");
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    QCOMPARE(m_archive->newest().size(), 3U);
}

void TestGuardedRemoval::transactionsAreAsLargeAsTheyMay_data()
{
    QTest::addColumn<std::size_t>("keys");
    QTest::addColumn<std::uint64_t>("bytes");
    QTest::addColumn<std::uint64_t>("transactions");
    QTest::newRow("by keys") << std::size_t{10} << std::uint64_t{10'000'000} << std::uint64_t{20};
    QTest::newRow("by bytes: four values of some 10 KB")
        << std::size_t{100} << std::uint64_t{45'000} << std::uint64_t{52}; // of batches of 50
    QTest::newRow("larger than that: alone") << std::size_t{100} << std::uint64_t{1000} << std::uint64_t{200};
}

void TestGuardedRemoval::transactionsAreAsLargeAsTheyMay()
{
    QFETCH(const std::size_t, keys);
    QFETCH(const std::uint64_t, bytes);
    QFETCH(const std::uint64_t, transactions);
    std::mt19937 random(3);
    std::string value(10'000, '\0');
    std::ranges::generate(value, [&random] { return static_cast<char>(random()); }); // nothing to be compressed
    std::vector<std::string> names;
    for (int at = 0; at < 200; ++at) {
        names.push_back("key:" + std::to_string(at));
        m_server->command({"SET", names.back(), value});
    }
    GuardedRemoval removal(*m_archive->writer, {});
    removal.setCallSize({keys, bytes});
    QCOMPARE(removal.pacedCommands(), std::vector<std::string>{"exec"});
    m_server->command({"CONFIG", "RESETSTAT"});
    m_outcomes.all.clear();
    QVERIFY(remove(removal, *m_lane, names));
    QCOMPARE(m_outcomes.count("done"), names.size());
    const auto stats = commandTime(m_server->command({"INFO", "commandstats"}), {"exec"});
    QVERIFY(stats);
    QCOMPARE(stats->calls - 1, transactions); // one tries whether MULTI may be used
}

void TestGuardedRemoval::nothingIsDeletedBeforeItIsOnTheDisk()
{
    fill(2000);
    std::size_t removals = 0;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        const auto archived = m_archive->newest();
        for (const Command& command : commands) {
            if (command.name() == "UNLINK") {
                ++removals;
                for (const std::string& key : std::span(command.arguments()).subspan(1)) {
                    QVERIFY(archived.contains(key));
                }
            }
        }
    });
    QVERIFY(remove({}, numbered(2000), &lane));
    QVERIFY(removals >= 20);
    QCOMPARE(m_outcomes.count("done"), std::size_t{2000});
}

void TestGuardedRemoval::aFullDiskStopsBeforeTheNextDelete()
{
    std::mt19937_64 random(5);
    m_server->fill(3000, [&](std::size_t at) {
        std::string value(1000, '\0');
        std::ranges::generate(value, [&] { return static_cast<char>(random()); });
        return Args{"SET", "key:" + std::to_string(at), value};
    });
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit full = before;
    full.rlim_cur = 1'500'000;
    ::setrlimit(RLIMIT_FSIZE, &full);
    GuardedRemoval removal(*m_archive->writer, {});
    m_outcomes.all.clear();
    const Status done = remove(removal, *m_lane, numbered(3000));
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::File);
    QCOMPARE(done.error().subject, m_archive->path);
    const auto archived = m_archive->newest();
    for (const std::string& key : numbered(3000)) {
        QVERIFY(archived.contains(key) || m_server->command({"EXISTS", key}) == "1");
    }
    QVERIFY(m_server->command({"DBSIZE"}) != "0");
    UnsettledKeys left = removal.takeUnsettled();
    QVERIFY(!left.notSent.isEmpty());
    QVERIFY(left.maybeDone.isEmpty());
}

void TestGuardedRemoval::aKeyChangedMeanwhileIsArchivedOnceMore_data()
{
    QTest::addColumn<Args>("change");
    QTest::addColumn<std::string>("key");
    QTest::addColumn<std::string>("outcome");
    const std::string changed = "done_though_changed";
    QTest::addRow("another value") << Args{"SET", "string", "new"} << std::string("string") << changed;
    QTest::addRow("another end") << Args{"PEXPIREAT", "string", "4102444800124"} << std::string("string") << changed;
    QTest::addRow("no end any more") << Args{"PERSIST", "hash:table"} << std::string("hash:table") << changed;
    QTest::addRow("a field of many") << Args{"HSET", "hash:table", "field 7", "x"} << std::string("hash:table")
                                     << changed;
    QTest::addRow("a member of many") << Args{"SREM", "set:table", "member 7"} << std::string("set:table") << changed;
    QTest::addRow("an entry delivered") << Args{"XREADGROUP", "GROUP", "g", "me", "STREAMS", "stream", ">"}
                                        << std::string("stream") << changed;
    QTest::addRow("deleted by somebody") << Args{"DEL", "list"} << std::string("list") << std::string("missing");
}

void TestGuardedRemoval::aKeyChangedMeanwhileIsArchivedOnceMore()
{
    QFETCH(const Args, change);
    QFETCH(const std::string, key);
    QFETCH(const std::string, outcome);
    for (const Args& command : everyType()) {
        m_server->command(command);
    }
    const auto keys = m_server->list({"KEYS", "*"});
    std::string changed;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        if (has(commands, "EXEC") && has(commands, "UNLINK")) {
            m_server->command(change);
            changed = m_server->command({"EXISTS", key}) == "1" ? stateOf(*m_server, key) : std::string();
        }
    });
    QVERIFY(remove({}, keys, &lane));
    QCOMPARE(m_outcomes.all.at(key), outcome);
    QCOMPARE(m_outcomes.count("done"), keys.size() - 1);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    const bool isChanged = outcome != "missing";
    QCOMPARE(m_archive->records().size(), keys.size() + (isChanged ? 1 : 0));
    if (isChanged) {
        const UndoRecord record = m_archive->newest().at(key);
        QVERIFY(record.supersedes);
        const std::string end = record.expireAt ? std::to_string(record.expireAt->count()) : "0";
        m_server->command({"RESTORE", key, end, record.dump, "ABSTTL"});
        QCOMPARE(stateOf(*m_server, key), changed);
    }
}

/// DUMP gives a table's fields in another order after it was resized.
void TestGuardedRemoval::aResizedTableIsNoChange()
{
    Args set{"SADD", "set"};
    for (int at = 0; at < 5000; ++at) {
        set.push_back("member " + std::to_string(at));
    }
    m_server->command(set);
    const std::string before = m_server->command({"DUMP", "set"});
    std::string after;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        if (has(commands, "UNLINK")) { // the same members in a table of another size
            Args more{"SADD", "set"};
            Args less{"SREM", "set"};
            for (int at = 0; at < 20'000; ++at) {
                more.push_back("other " + std::to_string(at));
                less.push_back("other " + std::to_string(at));
            }
            m_server->command(more);
            m_server->command(less);
            after = m_server->command({"DUMP", "set"});
        }
    });
    QVERIFY(remove({}, {"set"}, &lane));
    QVERIFY(before != after);
    QCOMPARE(m_outcomes.all.at("set"), std::string("done"));
    QCOMPARE(m_archive->records().size(), std::size_t{1});
}

void TestGuardedRemoval::aKeyChangedMeanwhileIsLeftAlone_data()
{
    QTest::addColumn<std::size_t>("others");
    QTest::addRow("alone") << std::size_t{0};
    QTest::addRow("among others") << std::size_t{40};
    QTest::addRow("among more than WATCH is given at once") << std::size_t{500};
}

void TestGuardedRemoval::aKeyChangedMeanwhileIsLeftAlone()
{
    QFETCH(const std::size_t, others);
    fill(others + 1);
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        if (has(commands, "WATCH")) {
            m_server->command({"SET", "key:0", "new"});
        }
    });
    RemovalOptions options;
    options.refuseChanged = true;
    QVERIFY(remove(options, numbered(others + 1), &lane));
    QCOMPARE(m_outcomes.all.at("key:0"), std::string("changed"));
    QCOMPARE(m_outcomes.count("done"), others);
    QCOMPARE(m_server->command({"GET", "key:0"}), std::string("new"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
}

void TestGuardedRemoval::aKeyChangedUnderWatchIsLeftAlone()
{
    fill(200);
    int changes = 0;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        if (has(commands, "UNLINK")) {
            m_server->command({"SET", "key:7", "new " + std::to_string(++changes)});
        }
    });
    RemovalOptions options;
    options.refuseChanged = true;
    QVERIFY(remove(options, numbered(200), &lane));
    QCOMPARE(m_outcomes.all.at("key:7"), std::string("changed"));
    QCOMPARE(m_outcomes.count("done"), std::size_t{199});
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
}

/// WATCH looks through all that its connection watches already, for each key.
void TestGuardedRemoval::fewKeysAreWatchedAtOnce()
{
    fill(720);
    std::size_t watching = 0;
    std::size_t most = 0;
    std::size_t groups = 0;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        for (const Command& command : commands) {
            if (command.name() == "WATCH") {
                ++groups;
                watching += command.arguments().size() - 1;
                most = std::max(most, watching);
            } else if (command.name() == "EXEC" || command.name() == "UNWATCH") {
                watching = 0;
            }
        }
    });
    RemovalOptions options;
    options.refuseChanged = true;
    QVERIFY(remove(options, numbered(720), &lane));
    QCOMPARE(m_outcomes.count("done"), std::size_t{720});
    QVERIFY(groups >= 15);
    QVERIFY2(most <= 50, std::to_string(most).c_str());
}

void TestGuardedRemoval::aLargeKeyIsNamed_data()
{
    QTest::addColumn<bool>("deletesUnarchived");
    QTest::addRow("left alone") << false;
    QTest::addRow("deleted all the same") << true;
}

void TestGuardedRemoval::aLargeKeyIsNamed()
{
    QFETCH(const bool, deletesUnarchived);
    fill(100);
    m_server->command({"SET", "large", std::string(3'000'000, 'x')});
    std::vector<std::string> keys = numbered(100);
    keys.insert(keys.begin() + 50, "large");
    RemovalOptions options;
    options.largest = ByteCount{1'000'000};
    options.deletesUnarchived = deletesUnarchived;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        for (const Command& command : commands) {
            QVERIFY(command.name() != "DUMP" || command.arguments()[1] != "large");
        }
    });
    QVERIFY(remove(options, keys, &lane));
    QCOMPARE(m_outcomes.count("done"), std::size_t{deletesUnarchived ? 101U : 100U});
    QVERIFY(deletesUnarchived || QByteArray::fromStdString(m_outcomes.all.at("large")).startsWith("not_undoable: "));
    QCOMPARE(m_server->command({"EXISTS", "large"}), std::string(deletesUnarchived ? "0" : "1"));
    QVERIFY(!m_archive->newest().contains("large"));
}

void TestGuardedRemoval::sizesAreToldByLengthsWhereTheyAreNotAllowed_data()
{
    QTest::addColumn<bool>("refuseChanged");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<bool>("asksSizes");
    QTest::addRow("not allowed, shown") << false << true << true;
    QTest::addRow("not allowed, watched") << true << true << true;
    QTest::addRow("not known, shown") << false << false << true; // as before 4.0, or renamed
    QTest::addRow("not known, watched") << true << false << true;
    QTest::addRow("not asked for, as that is known before") << false << false << false;
}

/// A large value is not read unasked, whatever the user may ask for, and the server can tell.
void TestGuardedRemoval::sizesAreToldByLengthsWhereTheyAreNotAllowed()
{
    QFETCH(const bool, refuseChanged);
    QFETCH(const bool, isKnown);
    QFETCH(const bool, asksSizes);
    ServerOptions serverOptions;
    if (isKnown) {
        serverOptions.aclLines = {u"user default on nopass ~* &* +@all -memory"_s};
    } else {
        serverOptions.arguments = {u"--rename-command"_s, u"MEMORY"_s, u""_s};
    }
    const auto server = RedisServer::start(serverOptions);
    server->command({"SET", "small", "v"});
    server->command({"SET", "large", std::string(3'000'000, 'x')});
    server->fill(20'000, [](std::size_t at) { return Args{"RPUSH", "long", std::to_string(at)}; });
    const auto lane = laneTo(*server);
    RemovalOptions options;
    options.largest = ByteCount{1'000'000};
    options.refuseChanged = refuseChanged;
    options.ways.asksSizes = asksSizes;
    QVERIFY(remove(options, {"small", "large", "long", "gone"}, lane.get()));
    QCOMPARE(m_outcomes.all.at("small"), "done");
    QCOMPARE(m_outcomes.all.at("gone"), "missing");
    QVERIFY2(m_outcomes.all.at("large").starts_with("not_undoable"), m_outcomes.all.at("large").c_str());
    QVERIFY2(m_outcomes.all.at("long").starts_with("not_undoable"), m_outcomes.all.at("long").c_str());
    QCOMPARE(server->command({"DBSIZE"}), "2");
    QCOMPARE(m_archive->records().size(), std::size_t{1});
    ArchivingOptions archiving; // of what is changed otherwise
    archiving.largest = options.largest;
    archiving.ways.asksSizes = asksSizes;
    const auto archived = archiveBefore(*lane, batchOf({"large", "gone"}), archiving, *m_archive->writer, {});
    QVERIFY(archived);
    QCOMPARE((*archived)[0].kind, ArchivedKey::Kind::TooLarge);
    QCOMPARE((*archived)[1].kind, ArchivedKey::Kind::Missing);
    LookWays ways; // and of what a preview looks at
    ways.asksMemory = true;
    const auto looks = lookAtKeys(*lane, batchOf({"large", "long"}), ways, {});
    QVERIFY(looks);
    QCOMPARE((*looks)[0].memory->value, 3'000'000U);
    QVERIFY((*looks)[1].memory->value > options.largest.value);
}

void TestGuardedRemoval::valuesAreHeldAFewMegabytesAtATime()
{
    constexpr std::size_t megabyte = 1024U * 1024;
    std::string value(megabyte, '\0');
    std::minstd_rand random(1);
    std::ranges::generate(value, [&random] { return static_cast<char>(random() >> 8U); }); // not to be compressed
    m_server->fill(60, [&value](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), value}; });
    WeighingLane lane(*m_lane);
    QVERIFY(remove({}, numbered(60), &lane));
    QCOMPARE(m_outcomes.count("done"), std::size_t{60});
    QVERIFY2(lane.most < 12 * megabyte, std::to_string(lane.most).c_str());
    QCOMPARE(m_archive->records().size(), std::size_t{60});
}

void TestGuardedRemoval::oneRefusalIsNotThatOfOthers()
{
    ServerOptions serverOptions;
    serverOptions.aclLines = {u"user bob on >pw ~key:1* %R~* &* +@all"_s};
    const auto server = RedisServer::start(serverOptions);
    ConnectionOptions options;
    options.endpoint.socketPath = server->socketPath();
    options.user = u"bob"_s;
    options.password = u"pw"_s;
    const auto lane = makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{}));
    server->fill(200, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "v"}; });
    for (const bool refuses : {false, true}) {
        RemovalOptions removal;
        removal.refuseChanged = refuses;
        QVERIFY(remove(removal, numbered(200), lane.get()));
        QCOMPARE(m_outcomes.count(refuses ? "missing" : "done"), std::size_t{111}); // 1, 10 to 19, 100 to 199
        QVERIFY(QByteArray::fromStdString(m_outcomes.all.at("key:2")).startsWith("failed: NOPERM"));
        QCOMPARE(server->command({"DBSIZE"}), std::string("89"));
    }
}

void TestGuardedRemoval::withoutMultiNothingIsDeleted()
{
    ServerOptions serverOptions;
    serverOptions.aclLines = {u"user bob on >pw ~* &* +@all -multi"_s};
    const auto server = RedisServer::start(serverOptions);
    ConnectionOptions options;
    options.endpoint.socketPath = server->socketPath();
    options.user = u"bob"_s;
    options.password = u"pw"_s;
    const auto lane = makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{}));
    server->fill(20, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "v"}; });
    const Status done = remove({}, numbered(20), lane.get());
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Permission);
    QCOMPARE(server->command({"DBSIZE"}), std::string("20"));
}

void TestGuardedRemoval::aServerThatRunsAScriptIsTriedAgain_data()
{
    QTest::addColumn<bool>("refuseChanged");
    QTest::addRow("shown") << false;
    QTest::addRow("watched") << true;
}

/// It takes MULTI, and says at EXEC that it is busy: as where the line is lost, all of it is given again.
void TestGuardedRemoval::aServerThatRunsAScriptIsTriedAgain()
{
    QFETCH(const bool, refuseChanged);
    fill(20);
    BusyLane lane(*m_lane, 0, 2);
    RemovalOptions options;
    options.refuseChanged = refuseChanged;
    GuardedRemoval removal(*m_archive->writer, options);
    m_outcomes.all.clear();
    for (int at = 0; at < 2; ++at) {
        const Status done = remove(removal, lane, numbered(20));
        QVERIFY(!done);
        QVERIFY(isLostLine(done.error().kind));
        QVERIFY2(done.error().detail.startsWith(u"BUSY "), qPrintable(done.error().detail));
        const UnsettledKeys left = removal.takeUnsettled();
        QCOMPARE(left.notSent.size(), std::size_t{20});
        QVERIFY(left.maybeDone.isEmpty());
    }
    QVERIFY(m_outcomes.all.empty());
    QVERIFY(remove(removal, lane, numbered(20)));
    QCOMPARE(m_outcomes.count("done"), std::size_t{20});
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestGuardedRemoval::aReadOnlyGateLetsNothingThrough()
{
    fill(20);
    const auto lane = laneTo(*m_server, 0, GateRules{true, Environment::Development});
    const Status done = remove({}, numbered(20), lane.get());
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::ReadOnly);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("20"));
}

void TestGuardedRemoval::aLostLineLosesNoKey_data()
{
    QTest::addColumn<std::size_t>("cutAfter");
    for (const std::size_t cutAfter : {5U, 100U, 3000U, 20'000U, 40'000U, 60'000U, 80'000U}) {
        QTest::addRow("cut after %zu bytes", cutAfter) << cutAfter;
    }
}

void TestGuardedRemoval::aLostLineLosesNoKey()
{
    QFETCH(const std::size_t, cutAfter);
    fill(1000);
    Faults faults;
    faults.cutAfter = cutAfter;
    FaultProxy proxy(ProxyTarget{m_server->socketPath()}, faults);
    ConnectionOptions options;
    options.endpoint.socketPath = proxy.socketPath();
    const auto lane = makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{}));
    GuardedRemoval removal(*m_archive->writer, {});
    m_outcomes.all.clear();
    std::vector<std::string> keys = numbered(1000);
    for (int tries = 0; !keys.empty() && tries < 100; ++tries) {
        const Status done = remove(removal, *lane, keys);
        const auto archived = m_archive->newest();
        for (const std::string& key : numbered(1000)) { // at every moment
            QVERIFY(archived.contains(key) || m_server->command({"EXISTS", key}) == "1");
        }
        if (done) {
            break;
        }
        UnsettledKeys left = removal.takeUnsettled();
        for (const std::string& key : keysOf(left.notSent)) {
            QCOMPARE(m_server->command({"EXISTS", key}), std::string("1"));
        }
        std::vector<std::string> again = keysOf(left.notSent);
        for (const std::string& key : keysOf(left.maybeDone)) {
            again.push_back(key);
        }
        for (const std::string& key : keys) { // those that were not given to it
            if (!m_outcomes.all.contains(key) && std::ranges::find(again, key) == again.end()) {
                again.push_back(key);
            }
        }
        keys = again;
        faults.cutAfter = *faults.cutAfter * 2;
        proxy.setFaults(faults);
    }
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    QCOMPARE(m_outcomes.count("done"), std::size_t{1000});
}

void TestGuardedRemoval::endsWhereItIsStopped()
{
    fill(2000);
    GuardedRemoval removal(*m_archive->writer, {});
    m_outcomes.all.clear();
    std::stop_source stop;
    const StepLanes lanes{*m_lane, *m_lane};
    for (std::size_t at = 0; at < 10; ++at) {
        const auto keys = numbered(2000);
        QVERIFY(removal.apply(lanes,
            batchOf({keys.begin() + static_cast<std::ptrdiff_t>(at * 100),
                keys.begin() + static_cast<std::ptrdiff_t>(at * 100 + 100)}),
            m_outcomes, stop.get_token()));
    }
    stop.request_stop();
    const Status done = removal.finish(lanes, m_outcomes, stop.get_token());
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Cancelled);
    const UnsettledKeys left = removal.takeUnsettled();
    QCOMPARE(left.notSent.size() + left.maybeDone.size() + m_outcomes.all.size(), std::size_t{1000});
}

void TestGuardedRemoval::aClusterTakesOneSlotATime()
{
    ClusterOptions clusterOptions;
    clusterOptions.replicasPerMaster = 0;
    const auto cluster = RedisCluster::start(clusterOptions);
    cluster->fill(900);
    for (const bool refuses : {false, true}) {
        const std::string prefix = refuses ? "again:" : "key:";
        if (refuses) {
            cluster->fill(900, prefix);
        }
        std::size_t deleted = 0;
        for (const int master : cluster->masters()) {
            const auto lane = laneTo(cluster->server(master));
            std::vector<std::string> keys;
            std::size_t own = 0;
            for (std::size_t at = 0; at < 900; ++at) {
                keys.push_back(prefix + std::to_string(at));
                own += cluster->ownerOf(keyglass::slotOf(keys.back())) == master ? 1 : 0;
            }
            RemovalOptions options;
            options.ways.bySlot = true;
            options.refuseChanged = refuses;
            QVERIFY(remove(options, keys, lane.get()));
            QCOMPARE(m_outcomes.count("done"), own);
            QCOMPARE(m_outcomes.count("elsewhere: MOVED"), 900 - own);
            deleted += own;
        }
        QCOMPARE(deleted, std::size_t{900});
        QVERIFY(cluster->truth().empty());
    }
}

namespace {

/// Overwrites the keys; the answers to the first batch are lost.
class LosingStep final : public BatchStep {
public:
    Status apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override
    {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            const auto reply = lanes.node.call(Command{"SET", keys[at], "ours"}, stop);
            if (!reply) {
                return reply.error();
            }
        }
        if (!std::exchange(m_hasLost, true)) {
            m_maybeDone = std::move(keys);
            return Error{ErrorKind::Network, {}, {}};
        }
        for (std::size_t at = 0; at < keys.size(); ++at) {
            outcomes.add(keys[at], Outcome::Done);
        }
        return ok();
    }
    Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    UnsettledKeys takeUnsettled() override { return {{}, std::exchange(m_maybeDone, {})}; }

private:
    bool m_hasLost = false;
    KeyBatch m_maybeDone;
};

} // namespace

/// And not what we had made of the keys by then: an undo would bring that back.
void TestGuardedRemoval::whatWasArchivedBeforeALostAnswerCounts()
{
    fill(10);
    const auto dump = m_server->command({"DUMP", "key:3"});
    const StepLanes lanes{*m_lane, *m_lane};
    ArchivedStep step(std::make_unique<LosingStep>(), *m_archive->writer, {}, false);
    m_outcomes.all.clear();
    QVERIFY(!step.apply(lanes, batchOf(numbered(10)), m_outcomes, {}));
    UnsettledKeys left = step.takeUnsettled();
    QCOMPARE(left.maybeDone.size(), std::size_t{10});
    QVERIFY(step.apply(lanes, std::move(left.maybeDone), m_outcomes, {}));
    QCOMPARE(m_outcomes.count("done"), std::size_t{10});
    QVERIFY(m_archive->writer->finish());
    QCOMPARE(m_archive->records().size(), std::size_t{10});
    QCOMPARE(m_archive->newest().at("key:3").dump, dump);
}

void TestGuardedRemoval::archivesBeforeSomethingElse_data()
{
    QTest::addColumn<bool>("hasExpireTime");
    QTest::addRow("PEXPIRETIME") << true;
    QTest::addRow("before 7.0") << false;
}

void TestGuardedRemoval::archivesBeforeSomethingElse()
{
    QFETCH(const bool, hasExpireTime);
    fill(300);
    m_server->command({"SET", "large", std::string(3'000'000, 'x')});
    std::vector<std::string> keys = numbered(301); // one more than there are
    keys.emplace_back("large");
    ArchivingOptions options;
    options.reason = UndoReason::ExpiryChanged;
    options.largest = ByteCount{1'000'000};
    options.ways.hasExpireTime = hasExpireTime;
    const auto archived = archiveBefore(*m_lane, batchOf(keys), options, *m_archive->writer, {});
    QVERIFY(archived);
    QCOMPARE(archived->size(), std::size_t{302});
    for (std::size_t at = 0; at < 300; ++at) {
        QCOMPARE((*archived)[at].kind, ArchivedKey::Kind::Archived);
    }
    QCOMPARE((*archived)[300].kind, ArchivedKey::Kind::Missing);
    QCOMPARE((*archived)[301].kind, ArchivedKey::Kind::TooLarge);
    const auto records = m_archive->records(); // already on the disk
    QCOMPARE(records.size(), std::size_t{300});
    QCOMPARE(records.front().reason, UndoReason::ExpiryChanged);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("301"));
}

QTEST_GUILESS_MAIN(TestGuardedRemoval)
#include "tst_guardedremoval.moc"
