// SPDX-License-Identifier: GPL-3.0-or-later
// What is written to large keys in bulk: they are archived in parts by the write itself, and the undo brings back what
// they were; on real servers.
#include "core/bulk/archivedstep.h"
#include "core/bulk/expirystep.h"
#include "core/bulk/jobpreview.h"
#include "core/bulk/setfieldstep.h"
#include "core/bulk/templatestep.h"
#include "tests/core/transfer/largefixture.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<BatchStep> running(const char* operation)
{
    const CommandGate gate{GateRules{}};
    auto parsed = OperationTemplate::parse(operation, OperationTemplate::Mode::ForEach, std::nullopt, gate.table());
    return parsed ? std::make_unique<TemplateStep>(*std::move(parsed)) : nullptr;
}

/// Loses the answer to the first pipeline that holds such a command.
class LosingLane final : public LaneView {
public:
    LosingLane(Lane& lane, std::string command)
        : LaneView(lane)
        , m_command(std::move(command))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        const bool isIt = std::ranges::any_of(commands, [this](const auto& one) { return one.name() == m_command; });
        if (isIt && !std::exchange(m_hasLost, true)) {
            close();
            return Error{ErrorKind::Network, nodeText(), {}};
        }
        return replies;
    }

private:
    const std::string m_command;
    bool m_hasLost = false;
};

} // namespace

class TestLargeWrites : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everyOperationCanBeUndone_data();
    void everyOperationCanBeUndone();
    void anEndComesBackWithoutTheValue();
    void whatChangesAllTheTimeIsLeftAlone();
    void aLostLineIsArchivedAsItWasBefore();
    void withoutMultiNothingIsWritten();
    void thePreviewAgrees();

private:
    void apply(
        std::unique_ptr<BatchStep> step, UndoReason reason, const std::vector<std::string>& keys, Lane* lane = nullptr);
    [[nodiscard]] static ArchivingOptions inParts(UndoReason reason);

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    std::unique_ptr<TestArchive> m_archive;
    OutcomeList m_outcomes;
};

void TestLargeWrites::initTestCase()
{
    m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    m_lane = laneTo(*m_server);
}

void TestLargeWrites::init()
{
    fillLarge(*m_server);
    m_archive = std::make_unique<TestArchive>();
    m_outcomes.all.clear();
}

ArchivingOptions TestLargeWrites::inParts(UndoReason reason)
{
    ArchivingOptions options;
    options.reason = reason;
    options.showsWrites = true;
    options.largest = ByteCount{100'000};
    options.largeReader = removalInParts().largeReader;
    return options;
}

void TestLargeWrites::apply(
    std::unique_ptr<BatchStep> step, UndoReason reason, const std::vector<std::string>& keys, Lane* lane)
{
    Lane& to = lane != nullptr ? *lane : *m_lane;
    ArchivedStep archived(std::move(step), *m_archive->writer, inParts(reason), false);
    QVERIFY(archived.apply({to, to}, batchOf(keys), m_outcomes, {}));
    QVERIFY(archived.finish({to, to}, m_outcomes, {}));
    QVERIFY(m_archive->writer->finish());
}

void TestLargeWrites::everyOperationCanBeUndone_data()
{
    QTest::addColumn<int>("operation");
    QTest::addColumn<std::string>("key");
    QTest::addRow("a time to live") << 0 << std::string("list");
    QTest::addRow("another time to live") << 0 << std::string("hash");
    QTest::addRow("no time to live") << 1 << std::string("with end");
    QTest::addRow("a field") << 2 << std::string("hash");
    QTest::addRow("a template") << 3 << std::string("string");
}

void TestLargeWrites::everyOperationCanBeUndone()
{
    QFETCH(const int, operation);
    QFETCH(const std::string, key);
    m_server->command({"SET", "small", "value"});
    const std::string before = wholeStateOf(*m_server, key);
    ExpireKeys expiry;
    expiry.time = Milliseconds{3'600'000};
    std::unique_ptr<BatchStep> step;
    switch (operation) {
    case 0:
        step = std::make_unique<ExpiryStep>(expiry);
        break;
    case 1:
        step = std::make_unique<ExpiryStep>(PersistKeys{});
        break;
    case 2:
        step = std::make_unique<SetFieldStep>(SetField{"field 7", "other"});
        break;
    default:
        step = running("APPEND * more");
    }
    QVERIFY(step);
    const bool isEndOnly = operation < 2;
    apply(std::move(step), isEndOnly ? UndoReason::ExpiryChanged : UndoReason::Overwritten, {key});
    QVERIFY2(m_outcomes.all.at(key).starts_with("done"), m_outcomes.all.at(key).c_str());
    QVERIFY(wholeStateOf(*m_server, key) != before);
    QVERIFY(m_archive->newest().at(key).isInParts());

    JobReport report;
    auto reader = UndoArchiveReader::open(m_archive->path);
    UndoOptions options = undoOfParts();
    options.conflict = isEndOnly ? UndoConflict::Skip : UndoConflict::Replace;
    TestArchive overwritten;
    options.overwritten = [&overwritten]() -> Result<UndoArchiveWriter*> { return overwritten.writer.get(); };
    QVERIFY(UndoRun([this](int) { return laneTo(*m_server); }, options, report).run(**reader, {}));
    QCOMPARE(report.counts()[Outcome::Done], std::uint64_t{1});
    QCOMPARE(wholeStateOf(*m_server, key), before);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("8"));
}

/// Nothing is made anew for it, and what is written over is archived.
void TestLargeWrites::anEndComesBackWithoutTheValue()
{
    ExpireKeys expiry;
    expiry.time = Milliseconds{3'600'000};
    apply(std::make_unique<ExpiryStep>(expiry), UndoReason::ExpiryChanged, {"list"});
    m_server->command({"CONFIG", "RESETSTAT"});
    JobReport report;
    auto reader = UndoArchiveReader::open(m_archive->path);
    QVERIFY(UndoRun([this](int) { return laneTo(*m_server); }, undoOfParts(), report).run(**reader, {}));
    QCOMPARE(report.counts()[Outcome::Done], std::uint64_t{1});
    QCOMPARE(m_server->command({"PTTL", "list"}), std::string("-1"));
    const std::string calls = m_server->command({"INFO", "commandstats"});
    QVERIFY(calls.find("cmdstat_rpush") == std::string::npos);
    QVERIFY(calls.find("cmdstat_rename") == std::string::npos);
}

void TestLargeWrites::whatChangesAllTheTimeIsLeftAlone()
{
    WatchedLane lane(*m_lane, "APPEND", [this] { m_server->command({"SETRANGE", "string", "0", "x"}); });
    const std::string length = m_server->command({"STRLEN", "string"});
    apply(running("APPEND * more"), UndoReason::Overwritten, {"string"}, &lane);
    QCOMPARE(m_outcomes.all.at("string"), std::string("changed"));
    QCOMPARE(m_server->command({"STRLEN", "string"}), length);
}

/// What may have been written to is neither archived once more as what was made of it, nor written to again: what
/// somebody made of it meanwhile would be lost.
void TestLargeWrites::aLostLineIsArchivedAsItWasBefore()
{
    const std::string before = wholeStateOf(*m_server, "hash");
    LosingLane lane(*m_lane, "HSET");
    const StepLanes lanes{lane, lane};
    ArchivedStep archived(running("HSET * added value"), *m_archive->writer, inParts(UndoReason::Overwritten), false);
    QVERIFY(!archived.apply(lanes, batchOf({"hash"}), m_outcomes, {}));
    QCOMPARE(m_server->command({"HGET", "hash", "added"}), std::string("value"));
    UnsettledKeys left = archived.takeUnsettled();
    QCOMPARE(keysOf(left.maybeDone), std::vector<std::string>{"hash"});
    m_server->command({"HSET", "hash", "added", "another's"});
    QVERIFY(archived.apply(lanes, std::move(left.maybeDone), m_outcomes, {}));
    QVERIFY(m_archive->writer->finish());
    const std::string& told = m_outcomes.all.at("hash");
    QVERIFY2(told.starts_with("unknown: the line was lost"), told.c_str());
    QCOMPARE(m_server->command({"HGET", "hash", "added"}), std::string("another's"));

    JobReport report;
    auto reader = UndoArchiveReader::open(m_archive->path);
    UndoOptions options = undoOfParts();
    options.conflict = UndoConflict::Replace;
    QVERIFY(UndoRun([this](int) { return laneTo(*m_server); }, options, report).run(**reader, {}));
    QCOMPARE(report.counts()[Outcome::Done], std::uint64_t{1});
    QCOMPARE(wholeStateOf(*m_server, "hash"), before);
}

void TestLargeWrites::withoutMultiNothingIsWritten()
{
    ServerOptions options;
    options.aclLines = {u"user default on nopass ~* &* +@all -multi"_s};
    const auto server = RedisServer::start(options);
    server->command({"SET", "string", noise(300'000, 1)});
    const auto lane = laneTo(*server);
    apply(running("APPEND * more"), UndoReason::Overwritten, {"string"}, lane.get());
    QVERIFY2(m_outcomes.all.at("string").starts_with("failed: NOPERM"), m_outcomes.all.at("string").c_str());
    QCOMPARE(server->command({"STRLEN", "string"}), std::string("300000"));
}

void TestLargeWrites::thePreviewAgrees()
{
    m_server->command({"SET", "small", "value"});
    PreviewWays ways;
    ways.asksMemory = true;
    ways.largest = ByteCount{100'000};
    for (const JobOperation& operation : {JobOperation(DeleteKeys{}), JobOperation(PersistKeys{})}) {
        PreviewTally tally;
        PreviewStep step(operation, ways, tally);
        QVERIFY(step.apply({*m_lane, *m_lane}, batchOf({"list", "string", "small"}), m_outcomes, {}));
        QCOMPARE(tally.preview().inParts, std::uint64_t{2});
        QCOMPARE(tally.preview().notUndoable, std::uint64_t{0});
    }
}

QTEST_GUILESS_MAIN(TestLargeWrites)
#include "tst_largewrites.moc"
