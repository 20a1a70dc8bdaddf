// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that can't be copied by DUMP and RESTORE are copied by the commands of their types; on real servers, of which
// one refuses RESTORE as a server of an older version does.
#include "core/source/laneview.h"
#include "core/transfer/typedcopystep.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/bulk/busylane.h"
#include "tests/core/bulk/jobfixture.h"
#include "tests/core/transfer/olderserver.h"
#include "tests/servers/slotmove.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <utility>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestTypedCopy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void bringsEveryTypeThere_data();
    void bringsEveryTypeThere();
    void leavesAloneWhatIsThere_data();
    void leavesAloneWhatIsThere();
    void aMovedKeyThatChangesMeanwhileStays_data();
    void aMovedKeyThatChangesMeanwhileStays();
    void movesWithoutScripts_data();
    void movesWithoutScripts();
    void largeValuesAreComparedWithoutAScript();
    void whatCanNotBeMadeWholeIsNotMovedAway_data();
    void whatCanNotBeMadeWholeIsNotMovedAway();
    void goesFromClusterToCluster_data();
    void goesFromClusterToCluster();
    void withoutMultiNothingIsMovedAway_data();
    void withoutMultiNothingIsMovedAway();
    void aBusySourceIsWaitedForBeforeALargeKeyIsDeleted();
    void aMovedKeyThatGoesMeanwhileIsDone_data();
    void aMovedKeyThatGoesMeanwhileIsDone();
    void movesKeysOfASlotOnItsWay_data();
    void movesKeysOfASlotOnItsWay();

private:
    /// Copies the keys, and tells what became of each.
    void copy(const std::vector<std::string>& keys, const TransferWays& ways, bool isOlder, OutcomeList& outcomes);

    std::unique_ptr<RedisServer> m_from;
    std::unique_ptr<RedisServer> m_to;
};

void TestTypedCopy::init()
{
    m_from = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    m_to = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
}

void TestTypedCopy::copy(
    const std::vector<std::string>& keys, const TransferWays& ways, bool isOlder, OutcomeList& outcomes)
{
    CopyTarget target;
    target.makeLane = [this, isOlder]() -> std::unique_ptr<Lane> {
        auto lane = laneTo(*m_to);
        return isOlder ? std::make_unique<OlderServer>(std::move(lane)) : std::move(lane);
    };
    TypedCopyStep step(std::move(target), ways, {});
    const auto from = laneTo(*m_from);
    const Status done = step.apply({*from, *from}, batchOf(keys), outcomes, {});
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
}

void TestTypedCopy::bringsEveryTypeThere_data()
{
    QTest::addColumn<bool>("isOlder");
    QTest::addColumn<bool>("moves");
    QTest::addRow("an older server") << true << false;
    QTest::addRow("an older server, moved") << true << true;
    QTest::addRow("keys too large for one DUMP") << false << false;
    QTest::addRow("keys too large for one DUMP, moved") << false << true;
}

void TestTypedCopy::bringsEveryTypeThere()
{
    QFETCH(const bool, isOlder);
    QFETCH(const bool, moves);
    for (const Args& command : everyType()) {
        m_from->command(command);
    }
    std::map<std::string, std::string> states;
    std::vector<std::string> keys;
    for (const std::string& key : m_from->list({"KEYS", "*"})) {
        states[key] = stateOf(*m_from, key);
        keys.push_back(key);
    }
    TransferWays ways;
    ways.moves = moves;
    ways.largest = isOlder ? ways.largest : ByteCount{1000};
    OutcomeList outcomes;
    copy(keys, ways, isOlder, outcomes);
    QCOMPARE(outcomes.count("done"), keys.size());
    for (const auto& [key, state] : states) {
        QCOMPARE(stateOf(*m_to, key), state);
    }
    QCOMPARE(m_to->command({"DBSIZE"}), std::to_string(keys.size())); // no passing name is left
    QCOMPARE(m_from->command({"DBSIZE"}), moves ? "0" : std::to_string(keys.size()));
}

void TestTypedCopy::leavesAloneWhatIsThere_data()
{
    QTest::addColumn<bool>("replaces");
    QTest::addRow("skip") << false;
    QTest::addRow("replace") << true;
}

void TestTypedCopy::leavesAloneWhatIsThere()
{
    QFETCH(const bool, replaces);
    m_from->command({"HSET", "k", "f", "new"});
    m_to->command({"SET", "k", "old"});
    TransferWays ways;
    ways.replaces = replaces;
    OutcomeList outcomes;
    copy({"k", "missing"}, ways, true, outcomes);
    QCOMPARE(outcomes.all.at("k"), replaces ? "done" : "skipped: there is a key of this name already");
    QCOMPARE(outcomes.all.at("missing"), "missing");
    QCOMPARE(m_to->command({"TYPE", "k"}), replaces ? "hash" : "string");
    QCOMPARE(m_to->command({"DBSIZE"}), "1");
}

namespace {

/// The source; when a command of this name has been answered, somebody else changes the key.
class Meddling final : public LaneView {
public:
    Meddling(Lane& lane, std::string after, std::function<void()> meddle)
        : LaneView(lane)
        , m_after(std::move(after))
        , m_meddle(std::move(meddle))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        const auto isIt = [this](const Command& command) { return command.name() == m_after; };
        if (m_meddle && std::ranges::any_of(commands, isIt)) {
            std::exchange(m_meddle, {})();
        }
        return replies;
    }

private:
    const std::string m_after;
    std::function<void()> m_meddle;
};

} // namespace

void TestTypedCopy::aMovedKeyThatChangesMeanwhileStays_data()
{
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<bool>("isLarge");
    QTest::addRow("after its DUMP") << "DUMP"_ba << false;
    QTest::addRow("once it is watched, as it is too large for one DUMP") << "WATCH"_ba << true;
}

void TestTypedCopy::aMovedKeyThatChangesMeanwhileStays()
{
    QFETCH(const QByteArray, after);
    QFETCH(const bool, isLarge);
    m_from->command({"SET", "k", std::string(5000, 'x')});
    CopyTarget target;
    target.makeLane = [this] { return laneTo(*m_to); };
    TransferWays ways;
    ways.moves = true;
    ways.largest = isLarge ? ByteCount{1000} : ways.largest;
    TypedCopyStep step(std::move(target), ways, {});
    const auto plain = laneTo(*m_from);
    Meddling from(*plain, after.toStdString(), [this] { m_from->command({"APPEND", "k", "y"}); });
    OutcomeList outcomes;
    QVERIFY(step.apply({from, from}, batchOf({"k"}), outcomes, {}));
    QCOMPARE(outcomes.all.at("k"), "changed: it changed while it was copied: it was not deleted here");
    QCOMPARE(m_from->command({"STRLEN", "k"}), "5001");
}

void TestTypedCopy::movesWithoutScripts_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("outcome");
    QTest::addRow("not allowed") << u"user default on nopass ~* &* +@all -eval"_s << u"done"_s;
    QTest::addRow("neither is WATCH")
        << u"user default on nopass ~* &* +@all -eval -watch"_s
        << u"failed: copied, but not deleted here: NOPERM this user has no permissions to run the 'watch' command"_s;
}

/// By WATCH; what can't be deleted says so, and stays.
void TestTypedCopy::movesWithoutScripts()
{
    QFETCH(const QString, user);
    QFETCH(const QString, outcome);
    ServerOptions options;
    options.aclLines = {user};
    m_from = RedisServer::start(options);
    m_from->command({"SET", "k", "v"});
    m_from->command({"HSET", "h", "f", "v"});
    TransferWays ways;
    ways.moves = true;
    OutcomeList outcomes;
    copy({"k", "h"}, ways, false, outcomes);
    // A server's words differ with its version: how they begin is the same.
    const std::string begin =
        outcome.toStdString().substr(0, std::string("failed: copied, but not deleted here: N").size());
    QVERIFY2(outcomes.all.at("k").starts_with(begin), outcomes.all.at("k").c_str());
    QVERIFY2(outcomes.all.at("h").starts_with(begin), outcomes.all.at("h").c_str());
    QCOMPARE(m_from->command({"DBSIZE"}), outcome == u"done"_s ? "0" : "2");
    QCOMPARE(m_to->command({"DBSIZE"}), "2");
}

/// A script would keep the server from others for as long as it digests them.
void TestTypedCopy::largeValuesAreComparedWithoutAScript()
{
    std::mt19937 random; // nothing that DUMP makes smaller
    std::string bytes(3'000'000, 'x');
    std::ranges::generate(bytes, [&random] { return static_cast<char>(random() & 0xFFU); });
    m_from->command({"SET", "k", bytes});
    TransferWays ways;
    ways.moves = true;
    OutcomeList outcomes;
    copy({"k"}, ways, false, outcomes);
    QCOMPARE(outcomes.all.at("k"), "done");
    QCOMPARE(m_from->command({"EXISTS", "k"}), "0");
    QVERIFY(m_from->command({"INFO", "commandstats"}).find("cmdstat_eval:") == std::string::npos);
}

void TestTypedCopy::whatCanNotBeMadeWholeIsNotMovedAway_data()
{
    QTest::addColumn<bool>("moves");
    QTest::addColumn<bool>("isLarge");
    QTest::addRow("copied") << false << false;
    QTest::addRow("moved") << true << false;
    QTest::addRow("moved, too large for one DUMP") << true << true;
}

/// An entry that was deleted while it was pending: no command makes that again.
void TestTypedCopy::whatCanNotBeMadeWholeIsNotMovedAway()
{
    QFETCH(const bool, moves);
    QFETCH(const bool, isLarge);
    for (const Args& command : {Args{"XADD", "x", "1-1", "f", "v"}, Args{"XADD", "x", "2-1", "f", "v"},
             Args{"XGROUP", "CREATE", "x", "g", "0"}, Args{"XREADGROUP", "GROUP", "g", "me", "STREAMS", "x", ">"},
             Args{"XDEL", "x", "1-1"}}) {
        m_from->command(command);
    }
    TransferWays ways;
    ways.moves = moves;
    ways.largest = isLarge ? ByteCount{100} : ways.largest;
    OutcomeList outcomes;
    copy({"x"}, ways, !isLarge, outcomes);
    const std::string why = "what was pending of deleted entries can't be made again";
    QCOMPARE(outcomes.all.at("x"), (moves ? "failed: copied, but not deleted here: " : "done: ") + why);
    QVERIFY(m_from->command({"XPENDING", "x", "g"}).find("1-1") != std::string::npos);
    QCOMPARE(m_to->command({"XLEN", "x"}), "1");
}

void TestTypedCopy::goesFromClusterToCluster_data()
{
    QTest::addColumn<bool>("isOlder");
    QTest::addColumn<bool>("moves");
    QTest::addRow("by DUMP, moved") << false << true;
    QTest::addRow("by type") << true << false;
    QTest::addRow("by type, moved") << true << true;
}

void TestTypedCopy::goesFromClusterToCluster()
{
    QFETCH(const bool, isOlder);
    QFETCH(const bool, moves);
    struct Kind {
        Args make;
        Args read; ///< The key comes second.
    };
    const std::vector<Kind> kinds{{{"SET", "", "v"}, {"GET", ""}}, {{"RPUSH", "", "a", "b"}, {"LRANGE", "", "0", "-1"}},
        {{"SADD", "", "m"}, {"SMEMBERS", ""}}, {{"HSET", "", "f", "v"}, {"HGETALL", ""}},
        {{"ZADD", "", "1.5", "m"}, {"ZRANGE", "", "0", "-1", "WITHSCORES"}},
        {{"XADD", "", "1-1", "f", "v"}, {"XRANGE", "", "-", "+"}}};
    const auto of = [](Args command, const std::string& key) {
        command[1] = key;
        return command;
    };
    const auto from = RedisCluster::start({.replicasPerMaster = 0});
    const auto to = RedisCluster::start({.replicasPerMaster = 0});
    const std::vector<std::string> keys = namesOf("k:", 120);
    from->fill(keys.size(), [&](std::size_t at) { return of(kinds[at % kinds.size()].make, keys[at]); });
    CopyTarget target;
    target.isCluster = true;
    target.makeLane = [nodes = nodesOf(*to), home = to->id(0), isOlder]() -> std::unique_ptr<Lane> {
        auto lane = nodes.routed(home);
        return isOlder ? std::make_unique<OlderServer>(std::move(lane)) : std::move(lane);
    };
    TransferWays ways;
    ways.moves = moves;
    QCOMPARE(done(
                 nodesOf(*from), [&] { return std::make_unique<TypedCopyStep>(target, ways, ReadingWays{}); }, keys),
        "done 120 ");
    QCOMPARE(to->truth(), std::set<std::string>(keys.begin(), keys.end())); // and no passing name
    QCOMPARE(from->truth().size(), moves ? std::size_t{0} : keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const Kind& kind = kinds[at % kinds.size()];
        m_to->command(of(kind.make, "twin"));
        RedisServer& owner = to->server(to->ownerOf(test::slotOf(keys[at])));
        QCOMPARE(owner.command(of(kind.read, keys[at])), m_to->command(of(kind.read, "twin")));
        m_to->command({"DEL", "twin"});
    }
}

void TestTypedCopy::withoutMultiNothingIsMovedAway_data()
{
    QTest::addColumn<int>("largest");
    QTest::addRow("compared under WATCH") << 100'000;
    QTest::addRow("watched while it is copied") << 1000;
}

/// The delete would be done without the transaction, and told as if it had not been.
void TestTypedCopy::withoutMultiNothingIsMovedAway()
{
    QFETCH(const int, largest);
    ServerOptions options;
    options.aclLines = {u"user default on nopass ~* &* +@all -eval -multi"_s};
    m_from = RedisServer::start(options);
    m_from->command({"SET", "k", std::string(5000, 'x')});
    TransferWays ways;
    ways.moves = true;
    ways.largest = ByteCount{static_cast<std::uint64_t>(largest)};
    OutcomeList outcomes;
    copy({"k"}, ways, false, outcomes);
    const std::string told = outcomes.all.at("k");
    QVERIFY2(told.starts_with("failed: copied, but not deleted here: NOPERM"), told.c_str());
    QCOMPARE(m_from->command({"EXISTS", "k"}), "1");
}

void TestTypedCopy::aBusySourceIsWaitedForBeforeALargeKeyIsDeleted()
{
    m_from->command({"RPUSH", "k", "a", "b", "c"});
    TransferWays ways;
    ways.moves = true;
    ways.largest = ByteCount{10};
    CopyTarget target;
    target.makeLane = [this] { return laneTo(*m_to); };
    TypedCopyStep step(std::move(target), ways, {});
    BusyLane busy(laneTo(*m_from), 2, 3); // its size, and WATCH
    const auto plain = laneTo(*m_from);
    OutcomeList outcomes;
    QVERIFY(step.apply({busy, *plain}, batchOf({"k"}), outcomes, {}));
    QCOMPARE(outcomes.all.at("k"), "done");
    QCOMPARE(busy.refused, 3);
    QCOMPARE(m_from->command({"EXISTS", "k"}), "0");
    QCOMPARE(m_to->command({"LLEN", "k"}), "3");
}

void TestTypedCopy::aMovedKeyThatGoesMeanwhileIsDone_data()
{
    QTest::addColumn<bool>("hasScripts");
    QTest::addRow("by a script") << true;
    QTest::addRow("under WATCH") << false;
}

void TestTypedCopy::aMovedKeyThatGoesMeanwhileIsDone()
{
    QFETCH(const bool, hasScripts);
    m_from->command({"SET", "k", "v"});
    CopyTarget target;
    target.makeLane = [this] { return laneTo(*m_to); };
    TransferWays ways;
    ways.moves = true;
    ways.hasScripts = hasScripts;
    TypedCopyStep step(std::move(target), ways, {});
    const auto plain = laneTo(*m_from);
    Meddling from(*plain, "DUMP", [this] { m_from->command({"DEL", "k"}); });
    OutcomeList outcomes;
    QVERIFY(step.apply({from, from}, batchOf({"k"}), outcomes, {}));
    QCOMPARE(outcomes.all.at("k"), "done");
    QCOMPARE(m_to->command({"GET", "k"}), "v");
}

void TestTypedCopy::movesKeysOfASlotOnItsWay_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("hasScripts");
    QTest::addColumn<bool>("isOlder");
    QTest::addColumn<int>("largest");
    constexpr int dumped = 32 * 1024 * 1024;
    QTest::addRow("compared by a script") << 100 << true << false << dumped;
    QTest::addRow("compared under WATCH") << 100 << false << false << dumped;
    QTest::addRow("too large to be compared by a script") << 2'000'000 << true << false << dumped;
    QTest::addRow("by type") << 100 << true << true << dumped;
    QTest::addRow("by type, compared under WATCH") << 100 << false << true << dumped;
    QTest::addRow("too large for one DUMP") << 2'000'000 << true << false << 100'000;
}

/// Wherever a key is by then, it is moved as a whole, and not left standing in both places.
void TestTypedCopy::movesKeysOfASlotOnItsWay()
{
    QFETCH(const int, bytes);
    QFETCH(const bool, hasScripts);
    QFETCH(const bool, isOlder);
    QFETCH(const int, largest);
    std::mt19937_64 random(5);
    std::string value(static_cast<std::size_t>(bytes), '\0');
    std::ranges::generate(value, [&random] { return static_cast<char>(random()); }); // nothing makes it smaller
    const auto from = RedisCluster::start({.replicasPerMaster = 0});
    const std::vector<std::string> keys = namesOf("{tag}:", 6);
    from->fill(keys.size(), [&](std::size_t at) { return Args{"SET", keys[at], value}; });
    const int slot = test::slotOf("{tag}");
    const int owner = from->ownerOf(slot);
    SlotMove move(*from, owner, (owner + 1) % 3, {slot});
    move.moveHalfOfNextSlot();
    CopyTarget target;
    target.makeLane = [this, isOlder]() -> std::unique_ptr<Lane> {
        auto lane = laneTo(*m_to);
        return isOlder ? std::make_unique<OlderServer>(std::move(lane)) : std::move(lane);
    };
    TransferWays ways;
    ways.moves = true;
    ways.hasScripts = hasScripts;
    ways.largest = ByteCount{static_cast<std::uint64_t>(largest)};
    QCOMPARE(done(
                 nodesOf(*from), [&] { return std::make_unique<TypedCopyStep>(target, ways, ReadingWays{}); }, keys),
        "done 6 ");
    QVERIFY(from->truth().empty());
    for (const std::string& key : keys) {
        QCOMPARE(m_to->command({"GET", key}), value);
    }
}

QTEST_GUILESS_MAIN(TestTypedCopy)
#include "tst_typedcopy.moc"
