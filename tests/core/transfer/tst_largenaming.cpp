// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that an archive has in parts get their own names, whatever is refused for now, and leave no passing one behind;
// on real servers.
#include "tests/core/bulk/busylane.h"
#include "tests/core/transfer/largefixture.h"

#include <QTest>

#include <map>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// How often pipelines that hold such a command are refused from now on.
using Refusals = std::map<std::string, int>;

/// A server that runs a script when it is sent some commands.
class RefusingLane final : public LaneView {
public:
    RefusingLane(Lane& lane, Refusals& refusals)
        : LaneView(lane)
        , m_refusals(refusals)
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        for (const Command& command : commands) {
            const auto left = m_refusals.find(std::string(command.name()));
            if (left != m_refusals.end() && left->second > 0) {
                --left->second;
                Reply busy;
                busy.type = Reply::Type::Error;
                busy.text = busyText;
                return std::vector<Reply>(commands.size(), busy);
            }
        }
        return LaneView::pipeline(commands, std::move(stop));
    }

private:
    Refusals& m_refusals;
};

/// A lane of its own, seen as the test wants it.
class OwnLane final : public LaneView {
public:
    using See = std::function<std::unique_ptr<Lane>(Lane&)>;
    OwnLane(std::unique_ptr<Lane> own, See see)
        : LaneView(*own)
        , m_own(std::move(own))
        , m_see(std::move(see))
    {
    }
    std::unique_ptr<Lane> confirmed(Confirmation) override { return m_see(*m_own); }

private:
    const std::unique_ptr<Lane> m_own;
    const See m_see;
};

} // namespace

class TestLargeNaming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIsRefusedForNowIsTriedAgain_data();
    void whatIsRefusedForNowIsTriedAgain();
    void untilTheyAreNamedTheyEnd_data();
    void untilTheyAreNamedTheyEnd();

private:
    /// Deletes the list; in its place comes another, or none. It is undone then over a lane that is seen so.
    void undo(bool isInTheWay, const OwnLane::See& see);

    std::unique_ptr<RedisServer> m_server;
};

void TestLargeNaming::initTestCase()
{
    m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
}

void TestLargeNaming::undo(bool isInTheWay, const OwnLane::See& see)
{
    fillLarge(*m_server);
    const std::string before = wholeStateOf(*m_server, "list");
    TestArchive archive;
    {
        const auto lane = laneTo(*m_server);
        OutcomeList outcomes;
        GuardedRemoval removal(*archive.writer, removalInParts());
        const StepLanes lanes{*lane, *lane};
        QVERIFY(removal.apply(lanes, batchOf({"list"}), outcomes, {}));
        QVERIFY(removal.finish(lanes, outcomes, {}));
        QCOMPARE(outcomes.count("done"), std::size_t{1});
        QVERIFY(archive.writer->finish());
    }
    if (isInTheWay) {
        fillLarge(*m_server);
        m_server->command({"RPUSH", "list", "one more"});
    }
    TestArchive overwritten;
    UndoOptions options = undoOfParts();
    options.conflict = UndoConflict::Replace;
    options.overwritten = [&overwritten]() -> Result<UndoArchiveWriter*> { return overwritten.writer.get(); };
    JobReport report;
    auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    UndoRun run([&](int) { return std::make_unique<OwnLane>(laneTo(*m_server), see); }, options, report);
    QVERIFY(run.run(**reader, {}));
    QCOMPARE(report.counts()[Outcome::Done], std::uint64_t{1});
    QCOMPARE(report.counts().troubled(), std::uint64_t{0});
    QCOMPARE(wholeStateOf(*m_server, "list"), before);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("7")); // no passing name among them
}

void TestLargeNaming::whatIsRefusedForNowIsTriedAgain_data()
{
    QTest::addColumn<Refusals>("refusals");
    QTest::addColumn<bool>("isInTheWay");
    QTest::addRow("its name") << Refusals{{"RENAMENX", 2}} << false;
    QTest::addRow("its name, and to take away what was made") << Refusals{{"RENAMENX", 1}, {"UNLINK", 2}} << false;
    QTest::addRow("the last look") << Refusals{{"LLEN", 2}} << false;
    QTest::addRow("whether there is a MULTI") << Refusals{{"MULTI", 1}} << true;
    QTest::addRow("its name in a transaction") << Refusals{{"RENAME", 1}} << true;
}

void TestLargeNaming::whatIsRefusedForNowIsTriedAgain()
{
    QFETCH(Refusals, refusals);
    QFETCH(const bool, isInTheWay);
    undo(isInTheWay, [&refusals](Lane& lane) { return std::make_unique<RefusingLane>(lane, refusals); });
    for (const auto& [command, left] : refusals) {
        QVERIFY2(left == 0, command.c_str());
    }
}

void TestLargeNaming::untilTheyAreNamedTheyEnd_data()
{
    QTest::addColumn<bool>("isInTheWay");
    QTest::addColumn<std::string>("at");
    QTest::addRow("there is none of their name") << false << std::string("RENAMENX");
    QTest::addRow("the one in the way is read for the archive") << true << std::string("LRANGE");
    QTest::addRow("the one in the way is replaced") << true << std::string("RENAME");
}

/// Should the undo be killed just then, nobody would take away what it made.
void TestLargeNaming::untilTheyAreNamedTheyEnd()
{
    QFETCH(const bool, isInTheWay);
    QFETCH(const std::string, at);
    const std::vector<std::string> known = largeKeys();
    int ending = 0;
    std::string forever;
    const auto look = [&] {
        for (const std::string& key : m_server->list({"KEYS", "*"})) {
            if (std::ranges::find(known, key) == known.end()) {
                const bool isEnding = m_server->command({"PTTL", key}) != "-1";
                ending += isEnding ? 1 : 0;
                forever += isEnding ? "" : key + ' ';
            }
        }
    };
    undo(isInTheWay, [&](Lane& lane) { return std::make_unique<WatchedLane>(lane, at, look); });
    QVERIFY2(forever.empty(), forever.c_str());
    QVERIFY(ending > 0);
}

QTEST_GUILESS_MAIN(TestLargeNaming)
#include "tst_largenaming.moc"
