// SPDX-License-Identifier: GPL-3.0-or-later
// What a copy writes over at its target stands in the archive before; on real servers.
#include "core/bulk/archivedstep.h"
#include "core/bulk/expirystep.h"
#include "core/transfer/typedcopystep.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/bulk/busylane.h"
#include "tests/core/bulk/jobfixture.h"
#include "tests/core/bulk/lostlane.h"
#include "tests/core/transfer/olderserver.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <random>
#include <string_view>
#include <utility>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Bytes that DUMP makes no smaller.
std::string randomBytes(int count)
{
    std::mt19937 random(3);
    std::string bytes(static_cast<std::size_t>(count), '\0');
    std::ranges::generate(bytes, [&random] { return static_cast<char>(random() & 0xFFU); });
    return bytes;
}

/// A target at which somebody else writes once what is there has been read for the archive (`atDump`), or once it was
/// seen that there is nothing.
class MeddledTarget final : public LaneView {
public:
    MeddledTarget(std::unique_ptr<Lane> lane, bool atDump, std::function<void()> meddle)
        : LaneView(*lane)
        , m_own(std::move(lane))
        , m_atDump(atDump)
        , m_meddle(std::move(meddle))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        const auto isDump = [](const Command& command) { return command.name() == "DUMP"; };
        if (m_meddle && (!m_atDump || std::ranges::any_of(commands, isDump))) {
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
    const bool m_atDump;
    std::function<void()> m_meddle;
};

/// The line is lost once, when values are read for the second time, or when one is written.
class LosingLane final : public LaneView {
public:
    explicit LosingLane(std::unique_ptr<Lane> lane, std::string_view word = "DUMP", int lostAt = 2)
        : LaneView(*lane)
        , m_own(std::move(lane))
        , m_word(word)
        , m_lostAt(lostAt)
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        const auto isIt = [this](const Command& command) { return command.name() == m_word; };
        if (std::ranges::any_of(commands, isIt) && ++m_times == m_lostAt) {
            return Error{ErrorKind::Network, {}, {}};
        }
        return LaneView::pipeline(commands, std::move(stop));
    }
    std::unique_ptr<Lane> confirmed(Confirmation) override
    {
        return std::make_unique<LaneView>(static_cast<Lane&>(*this));
    }

private:
    std::unique_ptr<Lane> m_own;
    const std::string_view m_word;
    const int m_lostAt;
    int m_times = 0;
};

} // namespace

class TestCopyOver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatIsWrittenOverIsArchived_data();
    void whatIsWrittenOverIsArchived();
    void whatChangesAfterItWasArchivedIsLeftAlone_data();
    void whatChangesAfterItWasArchivedIsLeftAlone();
    void whatIsTooLargeForTheArchive_data();
    void whatIsTooLargeForTheArchive();
    void anArchiveIsGoneOnWithAfterALostLine_data();
    void anArchiveIsGoneOnWithAfterALostLine();
    void whatCameAtAFreeNameIsArchived();
    void whatOthersWriteBeforeTheRepeatIsNotLost_data();
    void whatOthersWriteBeforeTheRepeatIsNotLost();
    void aBusyTargetIsComeBackTo();
    void goesIntoACluster_data();
    void goesIntoACluster();

private:
    [[nodiscard]] CopyTarget target(bool isOlder)
    {
        CopyTarget target;
        target.makeLane = [this, isOlder]() -> std::unique_ptr<Lane> {
            auto lane = laneTo(*m_to);
            return isOlder ? std::make_unique<OlderServer>(std::move(lane)) : std::move(lane);
        };
        target.over.archive = m_archive->writer.get();
        return target;
    }
    void startTarget(const QString& user)
    {
        ServerOptions options;
        options.aclLines = {user};
        m_to = RedisServer::start(options);
    }

    std::unique_ptr<RedisServer> m_from;
    std::unique_ptr<RedisServer> m_to;
    std::unique_ptr<TestArchive> m_archive;
};

void TestCopyOver::init()
{
    m_from = RedisServer::start();
    m_to = RedisServer::start();
    m_archive = std::make_unique<TestArchive>();
}

void TestCopyOver::whatIsWrittenOverIsArchived_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("isOlder");
    QTest::addColumn<int>("largest");
    const QString all = u"user default on nopass ~* &* +@all"_s;
    constexpr int dumped = 32 * 1024 * 1024;
    QTest::addRow("by DUMP") << all << 100 << false << dumped;
    QTest::addRow("by DUMP, without scripts") << all + u" -eval"_s << 100 << false << dumped;
    QTest::addRow("by DUMP, too large for a script") << all << 3'000'000 << false << dumped;
    QTest::addRow("by type") << all << 100 << true << dumped;
    QTest::addRow("by type, without scripts") << all + u" -eval"_s << 100 << true << dumped;
    QTest::addRow("too large for one DUMP") << all << 100 << false << 10;
}

void TestCopyOver::whatIsWrittenOverIsArchived()
{
    QFETCH(const QString, user);
    QFETCH(const int, bytes);
    QFETCH(const bool, isOlder);
    QFETCH(const int, largest);
    startTarget(user);
    const std::string old = randomBytes(bytes);
    m_from->command({"HSET", "k", "f", "new"});
    m_from->command({"SET", "free", "new"});
    m_to->command({"SET", "k", old, "PXAT", farAway});
    TransferWays ways;
    ways.replaces = true;
    ways.moves = true;
    ways.largest = ByteCount{static_cast<std::uint64_t>(largest)};
    OutcomeList outcomes;
    {
        TypedCopyStep step(target(isOlder), ways, {});
        const auto from = laneTo(*m_from);
        const Status done = step.apply({*from, *from}, batchOf({"k", "free"}), outcomes, {});
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }
    QCOMPARE(outcomes.all.at("k"), "done");
    QCOMPARE(outcomes.all.at("free"), "done");
    QCOMPARE(m_from->command({"DBSIZE"}), "0");
    QCOMPARE(m_to->command({"HGET", "k", "f"}), "new");
    QCOMPARE(m_to->command({"TTL", "k"}), "-1");
    QCOMPARE(m_to->command({"DBSIZE"}), "2"); // no passing name
    QVERIFY(m_archive->writer->finish());
    const auto records = m_archive->records();
    QCOMPARE(records.size(), std::size_t{1}); // though it is read again where its type's commands are used
    QCOMPARE(records[0].key, "k");
    QVERIFY(!records[0].supersedes);
    QCOMPARE(records[0].reason, UndoReason::Overwritten);
    QCOMPARE(std::to_string(records[0].expireAt.value_or(Milliseconds{0}).count()), farAway);
    m_to->command({"RESTORE", "back", "0", records.back().dump});
    QVERIFY(m_to->command({"GET", "back"}) == old);
}

void TestCopyOver::whatChangesAfterItWasArchivedIsLeftAlone_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<QString>("why");
    const QString all = u"user default on nopass ~* &* +@all"_s;
    const QString changed = u"the key of this name there changed after it was archived: it was left alone"_s;
    QTest::addRow("by a script") << all << true << changed;
    QTest::addRow("under WATCH") << all + u" -eval"_s << true << changed;
    QTest::addRow("it came meanwhile") << all << false
                                       << u"a key of this name came there while it was copied: it was left alone"_s;
}

/// What is not in the archive could not be brought back; and what was not copied is not moved away.
void TestCopyOver::whatChangesAfterItWasArchivedIsLeftAlone()
{
    QFETCH(const QString, user);
    QFETCH(const bool, isThere);
    QFETCH(const QString, why);
    startTarget(user);
    m_from->command({"SET", "k", "new"});
    if (isThere) {
        m_to->command({"SET", "k", "old"});
    }
    CopyTarget to = target(false);
    to.makeLane = [this, isThere] {
        return std::make_unique<MeddledTarget>(
            laneTo(*m_to), isThere, [this] { m_to->command({"SET", "k", "another"}); });
    };
    TransferWays ways;
    ways.replaces = true;
    ways.moves = true;
    TypedCopyStep step(std::move(to), ways, {});
    const auto from = laneTo(*m_from);
    OutcomeList outcomes;
    QVERIFY(step.apply({*from, *from}, batchOf({"k"}), outcomes, {}));
    QCOMPARE(outcomes.all.at("k"), "changed: " + why.toStdString());
    QCOMPARE(m_to->command({"GET", "k"}), "another");
    QCOMPARE(m_from->command({"GET", "k"}), "new");
}

void TestCopyOver::whatIsTooLargeForTheArchive_data()
{
    QTest::addColumn<bool>("even");
    QTest::addColumn<bool>("isOlder");
    QTest::addRow("is not written over") << false << false;
    QTest::addRow("by type neither") << false << true;
    QTest::addRow("but where that is wanted") << true << false;
    QTest::addRow("by type, where that is wanted") << true << true;
}

void TestCopyOver::whatIsTooLargeForTheArchive()
{
    QFETCH(const bool, even);
    QFETCH(const bool, isOlder);
    m_from->command({"SET", "k", "new"});
    m_to->command({"SET", "k", std::string(5000, 'x')});
    CopyTarget to = target(isOlder);
    to.over.options.largest = ByteCount{1000};
    to.over.evenUnarchived = even;
    TransferWays ways;
    ways.replaces = true;
    TypedCopyStep step(std::move(to), ways, {});
    const auto from = laneTo(*m_from);
    OutcomeList outcomes;
    QVERIFY(step.apply({*from, *from}, batchOf({"k"}), outcomes, {}));
    const std::string told = outcomes.all.at("k");
    QVERIFY2(even ? told == "done" : told.starts_with("not_undoable: the key of this name there: "), told.c_str());
    QCOMPARE(m_to->command({"STRLEN", "k"}), even ? "3" : "5000");
}

void TestCopyOver::anArchiveIsGoneOnWithAfterALostLine_data()
{
    QTest::addColumn<bool>("isCopy");
    QTest::addRow("of a copy") << true;
    QTest::addRow("of a step that changes keys where they are") << false;
}

/// What was archived by then, and is written to only later, counts as it is then.
void TestCopyOver::anArchiveIsGoneOnWithAfterALostLine()
{
    QFETCH(const bool, isCopy);
    for (const char* key : {"a", "b"}) { // too large to be read together
        m_from->command({"SET", key, "new"});
        m_to->command({"SET", key, randomBytes(3'000'000), "PXAT", farAway});
    }
    TransferWays ways;
    ways.replaces = true;
    CopyTarget to = target(false);
    to.makeLane = [this] { return std::make_unique<LosingLane>(laneTo(*m_to)); };
    LosingLane own(laneTo(*m_to));
    const auto from = laneTo(*m_from);
    const StepLanes lanes = isCopy ? StepLanes{*from, *from} : StepLanes{own, own};
    std::unique_ptr<BatchStep> step;
    if (isCopy) {
        step = std::make_unique<TypedCopyStep>(std::move(to), ways, ReadingWays{});
    } else {
        step = std::make_unique<ArchivedStep>(
            std::make_unique<ExpiryStep>(PersistKeys{}), *m_archive->writer, ArchivingOptions{}, false);
    }
    OutcomeList outcomes;
    const Status lost = step->apply(lanes, batchOf({"a", "b"}), outcomes, {});
    QVERIFY(!lost && lost.error().kind == ErrorKind::Network);
    QVERIFY(outcomes.all.empty());
    UnsettledKeys left = step->takeUnsettled();
    QCOMPARE(left.notSent.size(), std::size_t{2});
    m_to->command({"SET", "a", "changed", "PXAT", farAway});
    QVERIFY(step->apply(lanes, std::move(left.notSent), outcomes, {}));
    QCOMPARE(outcomes.count("done"), std::size_t{2});
    QVERIFY(m_archive->writer->finish());
    std::vector<UndoRecord> ofA = m_archive->records();
    std::erase_if(ofA, [](const UndoRecord& record) { return record.key != "a"; });
    QCOMPARE(ofA.size(), std::size_t{2});
    QVERIFY(!ofA[0].supersedes);
    QVERIFY(ofA[1].supersedes);
    m_to->command({"RESTORE", "back", "0", ofA[1].dump});
    QCOMPARE(m_to->command({"GET", "back"}), "changed");
    std::vector<UndoRecord> ofB = m_archive->records(); // it was not read before the line was lost
    std::erase_if(ofB, [](const UndoRecord& record) { return record.key != "b"; });
    QCOMPARE(ofB.size(), std::size_t{1});
    QVERIFY(!ofB[0].supersedes);
}

/// The name was free when the line was lost, so there is no record that would have to be kept.
void TestCopyOver::whatCameAtAFreeNameIsArchived()
{
    m_from->command({"SET", "k", "new"});
    TransferWays ways;
    ways.replaces = true;
    CopyTarget to = target(false);
    to.makeLane = [this] { return std::make_unique<LosingLane>(laneTo(*m_to), "RESTORE", 1); };
    TypedCopyStep step(std::move(to), ways, ReadingWays{});
    const auto from = laneTo(*m_from);
    OutcomeList outcomes;
    const Status lost = step.apply({*from, *from}, batchOf({"k"}), outcomes, {});
    QVERIFY(!lost && lost.error().kind == ErrorKind::Network);
    UnsettledKeys left = step.takeUnsettled();
    QCOMPARE(left.maybeDone.size(), std::size_t{1});
    m_to->command({"SET", "k", "precious"});
    QVERIFY(step.apply({*from, *from}, std::move(left.maybeDone), outcomes, {}));
    QCOMPARE(outcomes.all.at("k"), "done");
    QCOMPARE(m_to->command({"GET", "k"}), "new");
    QVERIFY(m_archive->writer->finish());
    const std::vector<UndoRecord> records = m_archive->records();
    QCOMPARE(records.size(), std::size_t{1});
    m_to->command({"RESTORE", "back", "0", records[0].dump});
    QCOMPARE(m_to->command({"GET", "back"}), "precious");
}

void TestCopyOver::whatOthersWriteBeforeTheRepeatIsNotLost_data()
{
    QTest::addColumn<bool>("isOlder");
    QTest::addColumn<bool>("isDone");
    QTest::addColumn<bool>("isMeddled");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("left");
    const QString both = u"done_though_changed"_s; // whose it is can't be told
    QTest::addRow("by DUMP, done") << false << true << false << u"done"_s << u"new"_s;
    QTest::addRow("by DUMP, not done") << false << false << false << u"done"_s << u"new"_s;
    QTest::addRow("by DUMP, done, and another wrote") << false << true << true << u"changed"_s << u"theirs"_s;
    QTest::addRow("by DUMP, not done, and another wrote") << false << false << true << u"changed"_s << u"theirs"_s;
    QTest::addRow("by type, done") << true << true << false << both << u"new"_s;
    QTest::addRow("by type, not done") << true << false << false << u"done"_s << u"new"_s;
    QTest::addRow("by type, done, and another wrote") << true << true << true << both << u"new"_s;
    QTest::addRow("by type, not done, and another wrote") << true << false << true << both << u"new"_s;
}

/// The line is lost with the write on its way. What was there before the job is what the undo restores; what another
/// wrote until the line was back is left alone, or stands in the archive as well.
void TestCopyOver::whatOthersWriteBeforeTheRepeatIsNotLost()
{
    QFETCH(const bool, isOlder);
    QFETCH(const bool, isDone);
    QFETCH(const bool, isMeddled);
    QFETCH(const QString, outcome);
    QFETCH(const QString, left);
    m_from->command({"SET", "k", "new", "PXAT", farAway});
    m_to->command({"SET", "k", "old"});
    const std::string before = m_to->command({"DUMP", "k"});
    std::string newest;
    CopyTarget to = target(isOlder);
    to.makeLane = [&, make = to.makeLane] {
        const LostLane::Loss loss{isOlder ? "PEXPIREAT" : "EVAL", 1, isDone, [&] {
                                      if (isMeddled) {
                                          m_to->command({"SET", "k", "theirs"});
                                      }
                                      newest = m_to->command({"DUMP", "k"});
                                  }};
        return std::make_unique<LostLane>(make(), loss);
    };
    TransferWays ways;
    ways.replaces = true;
    TypedCopyStep step(std::move(to), ways, ReadingWays{});
    const auto from = laneTo(*m_from);
    OutcomeList outcomes;
    const Status lost = step.apply({*from, *from}, batchOf({"k"}), outcomes, {});
    QVERIFY(!lost && lost.error().kind == ErrorKind::Network);
    UnsettledKeys unsettled = step.takeUnsettled();
    QCOMPARE(unsettled.maybeDone.size(), std::size_t{1});
    QVERIFY(step.apply({*from, *from}, std::move(unsettled.maybeDone), outcomes, {}));
    QVERIFY(m_archive->writer->finish());
    const std::string told = outcomes.all.at("k");
    QCOMPARE(told.substr(0, told.find(':')), outcome.toStdString());
    QCOMPARE(m_to->command({"GET", "k"}), left.toStdString());
    const std::vector<UndoRecord> records = m_archive->records();
    QVERIFY(!records.empty());
    std::vector<UndoRecord> counting = records;
    std::erase_if(counting, [](const UndoRecord& record) { return record.isAside; });
    QVERIFY(!counting.empty() && counting.back().dump == before);
    const bool isKept =
        std::ranges::any_of(records, [&](const UndoRecord& record) { return record.isAside && record.dump == newest; });
    QVERIFY(isKept || !isMeddled);
}

/// It can't be asked for what is to be archived: the key comes again.
void TestCopyOver::aBusyTargetIsComeBackTo()
{
    m_from->command({"SET", "k", "new"});
    m_to->command({"SET", "k", "old"});
    CopyTarget to = target(false);
    to.makeLane = [this] { return std::make_unique<BusyLane>(laneTo(*m_to), 0, 1); };
    TransferWays ways;
    ways.replaces = true;
    TypedCopyStep step(std::move(to), ways, ReadingWays{});
    const auto from = laneTo(*m_from);
    OutcomeList outcomes;
    QVERIFY(step.apply({*from, *from}, batchOf({"k"}), outcomes, {}));
    QCOMPARE(outcomes.all.at("k"), "elsewhere: BUSY");
    outcomes.all.clear();
    QVERIFY(step.apply({*from, *from}, batchOf({"k"}), outcomes, {}));
    QCOMPARE(outcomes.all.at("k"), "done");
    QCOMPARE(m_to->command({"GET", "k"}), "new");
}

void TestCopyOver::goesIntoACluster_data()
{
    QTest::addColumn<bool>("isOlder");
    QTest::addColumn<bool>("hasScripts");
    QTest::addRow("by DUMP") << false << true;
    QTest::addRow("by DUMP, under WATCH") << false << false;
    QTest::addRow("by type") << true << true;
}

void TestCopyOver::goesIntoACluster()
{
    QFETCH(const bool, isOlder);
    QFETCH(const bool, hasScripts);
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    const auto names = namesOf("k:", 60);
    cluster->fill(30, [&names](std::size_t at) { return Args{"SET", names[at], "old"}; });
    m_from->fill(names.size(), [&names](std::size_t at) { return Args{"SET", names[at], "new"}; });
    const auto nodes = nodesOf(*cluster);
    CopyTarget to;
    to.isCluster = true;
    to.makeLane = [&nodes, home = cluster->id(0), isOlder]() -> std::unique_ptr<Lane> {
        auto lane = nodes.routed(home);
        return isOlder ? std::make_unique<OlderServer>(std::move(lane)) : std::move(lane);
    };
    to.over.archive = m_archive->writer.get();
    to.over.makeOwners = [&] {
        auto lanes = std::make_shared<std::map<int, std::unique_ptr<Lane>>>();
        return [&cluster, lanes](const std::string& key) -> Lane& {
            const int owner = cluster->ownerOf(test::slotOf(key));
            std::unique_ptr<Lane>& lane = (*lanes)[owner];
            lane = lane ? std::move(lane) : laneTo(cluster->server(owner));
            return *lane;
        };
    };
    TransferWays ways;
    ways.replaces = true;
    ways.hasScriptsThere = hasScripts;
    QCOMPARE(done(
                 nodesOf(*m_from), [&] { return std::make_unique<TypedCopyStep>(to, ways, ReadingWays{}); }, names),
        "done 60 ");
    for (const std::string& name : names) {
        RedisServer& owner = cluster->server(cluster->ownerOf(test::slotOf(name)));
        QCOMPARE(owner.command({"GET", name}), "new");
    }
    QVERIFY(m_archive->writer->finish());
    const auto archived = m_archive->newest();
    QCOMPARE(archived.size(), std::size_t{30});
    for (const auto& [key, record] : archived) {
        m_to->command({"RESTORE", key, "0", record.dump});
        QCOMPARE(m_to->command({"GET", key}), "old");
    }
}

QTEST_GUILESS_MAIN(TestCopyOver)
#include "tst_copyover.moc"
