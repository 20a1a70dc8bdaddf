// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that an archive has in parts come back as they were, and nothing else comes with them; on real servers.
#include "tests/core/transfer/largefixture.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// A lane of its own, that calls somebody before each pipeline that holds such a command.
class OwnWatchedLane final : public LaneView {
public:
    OwnWatchedLane(std::unique_ptr<Lane> own, std::string command, std::function<void()> before)
        : LaneView(*own)
        , m_own(std::move(own))
        , m_command(std::move(command))
        , m_before(std::move(before))
    {
    }
    std::unique_ptr<Lane> confirmed(Confirmation) override
    {
        return std::make_unique<WatchedLane>(*m_own, m_command, m_before);
    }

private:
    const std::unique_ptr<Lane> m_own;
    const std::string m_command;
    const std::function<void()> m_before;
};

} // namespace

class TestLargeUndo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everyTypeComesBack();
    void fieldsThatEndComeBack();
    void whatIsThereUnchangedIsDone();
    void whatIsThereAndChanged_data();
    void whatIsThereAndChanged();
    void whatIsReplacedIsArchived_data();
    void whatIsReplacedIsArchived();
    void keysWhoseTimeIsOver_data();
    void keysWhoseTimeIsOver();
    void aLostLineLeavesNothingBehind_data();
    void aLostLineLeavesNothingBehind();
    void aStoppedUndoLeavesNothingBehind();
    void whatCanNotBeMadeLeavesNothingBehind();
    void aNewerStateCounts();
    void withoutAMakerItFails();

private:
    void remove(const std::vector<std::string>& keys);
    Status undo(UndoOptions options, TestArchive* archive = nullptr, std::stop_token stop = {});
    [[nodiscard]] std::string outcomes() const;

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<TestArchive> m_archive;
    std::unique_ptr<JobReport> m_report;
    std::function<std::unique_ptr<Lane>()> m_makeLane;
};

void TestLargeUndo::initTestCase()
{
    m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
}

void TestLargeUndo::init()
{
    m_server->command({"FLUSHALL"});
    m_archive = std::make_unique<TestArchive>();
    m_report = std::make_unique<JobReport>();
    m_makeLane = [this] { return laneTo(*m_server); };
}

void TestLargeUndo::remove(const std::vector<std::string>& keys)
{
    const auto lane = laneTo(*m_server);
    OutcomeList outcomes;
    GuardedRemoval removal(*m_archive->writer, removalInParts());
    const StepLanes lanes{*lane, *lane};
    QVERIFY(removal.apply(lanes, batchOf(keys), outcomes, {}));
    QVERIFY(removal.finish(lanes, outcomes, {}));
    QCOMPARE(outcomes.count("done"), keys.size());
    QVERIFY(m_archive->writer->finish());
}

Status TestLargeUndo::undo(UndoOptions options, TestArchive* archive, std::stop_token stop)
{
    m_report = std::make_unique<JobReport>();
    auto reader = UndoArchiveReader::open(archive != nullptr ? archive->path : m_archive->path);
    if (!reader) {
        return reader.error();
    }
    return UndoRun([this](int) { return m_makeLane(); }, std::move(options), *m_report).run(**reader, std::move(stop));
}

std::string TestLargeUndo::outcomes() const
{
    std::string text;
    const OutcomeCounts counts = m_report->counts();
    for (std::size_t at = 0; at < outcomeCount; ++at) {
        if (const auto count = counts[static_cast<Outcome>(at)]; count > 0) {
            text += (text.empty() ? "" : ", ") + std::string(outcomeName(static_cast<Outcome>(at))) + " "
                + std::to_string(count);
        }
    }
    return text;
}

void TestLargeUndo::everyTypeComesBack()
{
    fillLarge(*m_server);
    m_server->command({"SET", "small", "value"});
    std::vector<std::string> keys = largeKeys();
    keys.emplace_back("small");
    std::map<std::string, std::string> before;
    for (const std::string& key : keys) {
        before[key] = wholeStateOf(*m_server, key);
    }
    remove(keys);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));

    QVERIFY(undo(undoOfParts()));
    QCOMPARE(outcomes(), std::string("done 8"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("8"));
    for (const std::string& key : keys) {
        QCOMPARE(wholeStateOf(*m_server, key), before[key]);
    }
    QVERIFY(undo(undoOfParts())); // once more: all is there
    QCOMPARE(outcomes(), std::string("done 8"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("8"));
}

void TestLargeUndo::fieldsThatEndComeBack()
{
    fillLarge(*m_server);
    if (m_server->command({"HPEXPIREAT", "hash", farAway, "FIELDS", "1", "field 7"}).starts_with('-')) {
        QSKIP("fields of this server's hashes do not end");
    }
    m_server->command({"HPEXPIRE", "hash", "100", "FIELDS", "1", "field 8"});
    remove({"hash"});
    QTest::qWait(200); // its time passes meanwhile, by the server's clock
    QVERIFY(undo(undoOfParts()));
    QCOMPARE(outcomes(), std::string("done 1"));
    QCOMPARE(m_server->command({"HPEXPIRETIME", "hash", "FIELDS", "1", "field 7"}), farAway);
    QCOMPARE(m_server->command({"HEXISTS", "hash", "field 8"}), std::string("0"));
    QCOMPARE(m_server->command({"HLEN", "hash"}), std::string("2499"));
}

/// As after a job that was killed between the archive and the removal.
void TestLargeUndo::whatIsThereUnchangedIsDone()
{
    fillLarge(*m_server);
    remove(largeKeys());
    fillLarge(*m_server);
    bool isRenamed = false;
    m_makeLane = [&] {
        return std::make_unique<OwnWatchedLane>(laneTo(*m_server), "RENAMENX", [&isRenamed] { isRenamed = true; });
    };
    QVERIFY(undo(undoOfParts()));
    QCOMPARE(outcomes(), std::string("done 7"));
    QVERIFY(!isRenamed);
}

void TestLargeUndo::whatIsThereAndChanged_data()
{
    QTest::addColumn<Args>("write");
    QTest::addRow("a byte of a string") << Args{"SETRANGE", "string", "2000000", "other"};
    QTest::addRow("a longer string") << Args{"APPEND", "string", "x"};
    QTest::addRow("the end of a string") << Args{"PERSIST", "with end"};
    QTest::addRow("an element") << Args{"LSET", "list", "2000", "other"};
    QTest::addRow("a field's value") << Args{"HSET", "hash", "field 1234", "other"};
    QTest::addRow("a field") << Args{"HDEL", "hash", "field 1234"};
    QTest::addRow("a member") << Args{"SADD", "set", "other"};
    QTest::addRow("a score") << Args{"ZADD", "zset", "1", "least"};
    QTest::addRow("an entry") << Args{"XDEL", "stream", "1000-1"};
    QTest::addRow("what is pending") << Args{"XACK", "stream", "g", "0-1"};
    QTest::addRow("a group") << Args{"XGROUP", "DESTROY", "stream", "h"};
    QTest::addRow("another type") << Args{"SET", "list", "text"};
}

void TestLargeUndo::whatIsThereAndChanged()
{
    QFETCH(const Args, write);
    const std::string& key = write[0] == "XGROUP" ? write[2] : write[1];
    fillLarge(*m_server);
    remove({key});
    fillLarge(*m_server);
    m_server->command(write);
    const std::string changed = wholeStateOf(*m_server, key);
    QVERIFY(undo(undoOfParts()));
    QCOMPARE(outcomes(), std::string("changed 1"));
    QCOMPARE(wholeStateOf(*m_server, key), changed);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("7"));
}

void TestLargeUndo::whatIsReplacedIsArchived_data()
{
    QTest::addColumn<Args>("before");
    QTest::addRow("a large key") << Args{"RPUSH", "list", "one more"};
    QTest::addRow("a small key of another type") << Args{"SET", "list", "text"};
    QTest::addRow("its end only") << Args{"PEXPIREAT", "list", farAway};
}

void TestLargeUndo::whatIsReplacedIsArchived()
{
    QFETCH(const Args, before);
    fillLarge(*m_server);
    const std::string original = wholeStateOf(*m_server, "list");
    remove({"list"});
    fillLarge(*m_server);
    m_server->command(before);
    const std::string changed = wholeStateOf(*m_server, "list");

    TestArchive overwritten;
    UndoOptions options = undoOfParts();
    options.conflict = UndoConflict::Replace;
    options.overwritten = [&overwritten]() -> Result<UndoArchiveWriter*> { return overwritten.writer.get(); };
    QVERIFY(undo(options));
    QCOMPARE(outcomes(), std::string("done 1"));
    QCOMPARE(wholeStateOf(*m_server, "list"), original);
    QVERIFY(overwritten.writer->finish());

    TestArchive again; // what was replaced comes back by its own archive
    options.overwritten = [&again]() -> Result<UndoArchiveWriter*> { return again.writer.get(); };
    QVERIFY(undo(options, &overwritten));
    QCOMPARE(outcomes(), std::string("done 1"));
    QCOMPARE(wholeStateOf(*m_server, "list"), changed);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("7"));
}

void TestLargeUndo::keysWhoseTimeIsOver_data()
{
    QTest::addColumn<bool>("keepsExpired");
    QTest::addColumn<std::string>("told");
    QTest::addRow("told") << false << std::string("expired_meanwhile 1");
    QTest::addRow("kept") << true << std::string("done 1");
}

void TestLargeUndo::keysWhoseTimeIsOver()
{
    QFETCH(const bool, keepsExpired);
    QFETCH(const std::string, told);
    fillLarge(*m_server);
    const std::string digest = m_server->command({"DEBUG", "DIGEST-VALUE", "list"});
    m_server->command({"PEXPIRE", "list", "1500"});
    remove({"list"});
    m_server->command({"SET", "clock", "", "PX", "1500"});
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"EXISTS", "clock"}), std::string("0"), 10'000);
    UndoOptions options = undoOfParts();
    options.keepsExpired = keepsExpired;
    QVERIFY(undo(options));
    QCOMPARE(outcomes(), told);
    QCOMPARE(m_server->command({"PTTL", "list"}), std::string(keepsExpired ? "-1" : "-2"));
    QVERIFY(!keepsExpired || m_server->command({"DEBUG", "DIGEST-VALUE", "list"}) == digest);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string(keepsExpired ? "7" : "6"));
}

void TestLargeUndo::aLostLineLeavesNothingBehind_data()
{
    QTest::addColumn<std::string>("at");
    QTest::addRow("while it is made") << std::string("RPUSH");
    QTest::addRow("when it is to be named") << std::string("RENAMENX");
    QTest::addRow("when it is looked at last") << std::string("LLEN");
}

void TestLargeUndo::aLostLineLeavesNothingBehind()
{
    QFETCH(const std::string, at);
    fillLarge(*m_server);
    const std::string before = wholeStateOf(*m_server, "list");
    remove({"list"});
    int seen = 0;
    m_makeLane = [&] {
        return std::make_unique<OwnWatchedLane>(laneTo(*m_server), at, [&] {
            if (++seen == 1) {
                m_server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            }
        });
    };
    QVERIFY(undo(undoOfParts()));
    QVERIFY(seen > 0);
    QCOMPARE(outcomes(), std::string("done 1"));
    QCOMPARE(wholeStateOf(*m_server, "list"), before);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("7"));
}

void TestLargeUndo::aStoppedUndoLeavesNothingBehind()
{
    fillLarge(*m_server);
    remove({"list"});
    std::stop_source stop;
    int seen = 0;
    m_makeLane = [&] {
        return std::make_unique<OwnWatchedLane>(laneTo(*m_server), "RPUSH", [&] {
            if (++seen == 2) {
                stop.request_stop();
            }
        });
    };
    const Status done = undo(undoOfParts(), nullptr, stop.get_token());
    QVERIFY(!done && done.error().kind == ErrorKind::Cancelled);
    QCOMPARE(seen, 2);
    QTRY_COMPARE(m_server->command({"DBSIZE"}), std::string("6"));
}

void TestLargeUndo::whatCanNotBeMadeLeavesNothingBehind()
{
    fillLarge(*m_server);
    remove({"list"});
    TestArchive spoiled; // the same with a last part that can't be read
    const auto reader = UndoArchiveReader::open(m_archive->path);
    UndoRecord record;
    QVERIFY((*reader)->next(record));
    const auto parts = (*reader)->parts(record);
    QVERIFY(parts);
    UndoRecordView view{record.key, {}, record.type, std::nullopt};
    RecordPart place{spoiled.writer->newSet()};
    const std::string first = **(*parts)->next();
    view.dump = first;
    view.part = place;
    static_cast<void>(spoiled.writer->append(std::span(&view, 1)));
    place = {place.set, 1, true};
    view.dump = "\x63 of a later version";
    view.part = place;
    static_cast<void>(spoiled.writer->append(std::span(&view, 1)));
    QVERIFY(spoiled.writer->finish());

    QVERIFY(undo(undoOfParts(), &spoiled));
    QCOMPARE(outcomes(), std::string("failed 1"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("6"));
}

void TestLargeUndo::aNewerStateCounts()
{
    fillLarge(*m_server);
    const auto lane = laneTo(*m_server);
    int seen = 0;
    WatchedLane watched(*lane, "MULTI", [&] {
        if (++seen == 2) { // it is archived, and changes before it is deleted
            m_server->command({"RPUSH", "list", "newer"});
        }
    });
    OutcomeList outcomesOfRemoval;
    GuardedRemoval removal(*m_archive->writer, removalInParts());
    const StepLanes lanes{watched, watched};
    QVERIFY(removal.apply(lanes, batchOf({"list"}), outcomesOfRemoval, {}));
    QVERIFY(removal.finish(lanes, outcomesOfRemoval, {}));
    QVERIFY(m_archive->writer->finish());
    QVERIFY(undo(undoOfParts()));
    QCOMPARE(outcomes(), std::string("done 1"));
    QCOMPARE(m_server->command({"LLEN", "list"}), std::string("2501"));
    QCOMPARE(m_server->command({"LINDEX", "list", "-1"}), std::string("newer"));
}

void TestLargeUndo::withoutAMakerItFails()
{
    fillLarge(*m_server);
    remove({"list"});
    QVERIFY(undo({}));
    QCOMPARE(outcomes(), std::string("failed 1"));
}

QTEST_GUILESS_MAIN(TestLargeUndo)
#include "tst_largeundo.moc"
