// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that are too large for one DUMP: archived in parts before they are deleted, on real servers.
#include "core/bulk/stepreplies.h"
#include "core/transfer/exportstep.h"
#include "core/transfer/partbytes.h"
#include "core/transfer/partreader.h"
#include "tests/core/transfer/largefixture.h"

#include <QCoreApplication>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestLargeArchive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everyTypeIsArchivedAndDeleted();
    void noCallIsLarge();
    void aPageThatIsTooMuchForAReply();
    void aKeyThatIsLargerThanTold();
    void aKeyThatIsWrittenToIsReadAgain_data();
    void aKeyThatIsWrittenToIsReadAgain();
    void whatIsWrittenToAllTheTimeIsLeftAlone();
    void noHalfReadKeyStandsInTheArchive_data();
    void noHalfReadKeyStandsInTheArchive();
    void whatNoWatchNoticesIsNoticed();
    void nothingIsDeletedBeforeItIsOnTheDisk();
    void withoutAReaderItIsNamed_data();
    void withoutAReaderItIsNamed();
    void aLostLineLosesNoKey_data();
    void aLostLineLosesNoKey();
    void aKeyOfAnotherTypeThanAtThePreviewIsLeftAlone();
    void anExportedArchiveHoldsThemToo();

private:
    void remove(const RemovalOptions& options, const std::vector<std::string>& keys, Lane* lane = nullptr);
    void finishArchive() { QVERIFY(m_archive->writer->finish()); }
    /// How many elements, or bytes, stand in the archive for a key; 0: it does not.
    std::size_t elementsInArchive(const std::string& key);

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    std::unique_ptr<TestArchive> m_archive;
    OutcomeList m_outcomes;
};

void TestLargeArchive::initTestCase()
{
    m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    m_lane = laneTo(*m_server);
}

void TestLargeArchive::init()
{
    m_server->command({"FLUSHALL"});
    m_archive = std::make_unique<TestArchive>();
    m_outcomes.all.clear();
}

void TestLargeArchive::remove(const RemovalOptions& options, const std::vector<std::string>& keys, Lane* lane)
{
    Lane& to = lane != nullptr ? *lane : *m_lane;
    GuardedRemoval removal(*m_archive->writer, options);
    const StepLanes lanes{to, to};
    QVERIFY(removal.apply(lanes, batchOf(keys), m_outcomes, {}));
    QVERIFY(removal.finish(lanes, m_outcomes, {}));
}

std::size_t TestLargeArchive::elementsInArchive(const std::string& key)
{
    const auto reader = UndoArchiveReader::open(m_archive->path);
    std::size_t found = 0;
    UndoRecord record;
    for (auto got = (*reader)->next(record); got && *got; got = (*reader)->next(record)) {
        if (record.key != key || !record.isInParts()) {
            continue;
        }
        found = 0;
        const auto parts = (*reader)->parts(record);
        for (auto part = (*parts)->next(); part && *part; part = (*parts)->next()) {
            const auto stored = partOfBytes(**part);
            if (!stored) {
                return 0;
            }
            for (const KeyPart::Row& row : stored->part.rows) {
                found += stored->part.type == KeyType::String ? row.front().size() : 1;
            }
        }
    }
    return found;
}

void TestLargeArchive::everyTypeIsArchivedAndDeleted()
{
    fillLarge(*m_server);
    m_server->command({"SET", "small", "value"});
    std::vector<std::string> keys = largeKeys();
    keys.insert(keys.end(), {"small", "missing"});
    remove(removalInParts(), keys);
    finishArchive();

    QCOMPARE(m_outcomes.count("done"), std::size_t{8});
    QCOMPARE(m_outcomes.all.at("missing"), std::string("missing"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    const std::map<std::string, UndoRecord> records = m_archive->newest();
    QCOMPARE(records.size(), std::size_t{8});
    QVERIFY(!records.at("small").isInParts());
    for (const std::string& key : largeKeys()) {
        const UndoRecord& record = records.at(key);
        QVERIFY2(record.isInParts(), key.c_str());
        QCOMPARE(record.type, key == "with end" ? std::string("string") : key);
        const bool ends = key == "with end" || key == "hash" || key == "stream";
        QCOMPARE(record.expireAt.has_value(), ends);
        QVERIFY(!ends || record.expireAt->count() == std::stoll(farAway));
    }
    QCOMPARE(elementsInArchive("string"), std::size_t{2'500'000});
    QVERIFY(records.at("string").place.parts >= 3);
    QCOMPARE(elementsInArchive("list"), std::size_t{2500});
    QVERIFY(elementsInArchive("set") >= 2500); // a scan may give one twice
    QVERIFY(elementsInArchive("hash") >= 2500);
    QVERIFY(elementsInArchive("zset") >= 2501);
    QCOMPARE(elementsInArchive("stream"), std::size_t{2499});
}

/// Nobody else waits for one of them: no DUMP, and no page of more than some megabytes.
void TestLargeArchive::noCallIsLarge()
{
    m_server->command({"SET", "string", noise(40'000'000, 3)});
    bool hasDumped = false;
    WatchedLane lane(*m_lane, "DUMP", [&hasDumped] { hasDumped = true; });
    remove(removalInParts(32ULL * 1024 * 1024), {"string"}, &lane);
    finishArchive();
    QCOMPARE(m_outcomes.all.at("string"), std::string("done"));
    QVERIFY(!hasDumped);
    QCOMPARE(elementsInArchive("string"), std::size_t{40'000'000});
    QVERIFY(m_archive->newest().at("string").place.parts > 20);
}

/// MEMORY USAGE looks at a few fields only. What DUMP brings is more than a reply may have, which ends the line: the
/// job gives its keys again.
void TestLargeArchive::aKeyThatIsLargerThanTold()
{
    m_server->command({"CONFIG", "SET", "rdbcompression", "no"});
    m_server->command({"EVAL",
        "for i = 1, 20000 do redis.call('HSET', KEYS[1], 'field:' .. i, string.rep('s', 60)) end "
        "for i = 1, 70 do redis.call('HSET', KEYS[1], 'large:' .. i, string.rep('L', 1048576 + i)) end return 'OK'",
        "1", "hash"});
    std::vector<std::string> keys = {"hash"};
    for (int at = 0; at < 100; ++at) {
        keys.push_back("k:" + std::to_string(at));
        m_server->command({"SET", keys.back(), "v"});
    }
    GuardedRemoval removal(*m_archive->writer, removalInParts(32ULL * 1024 * 1024));
    const StepLanes lanes{*m_lane, *m_lane};
    int lost = 0;
    for (; lost < 5; ++lost) {
        Status done = removal.apply(lanes, batchOf(keys), m_outcomes, {});
        done = done ? removal.finish(lanes, m_outcomes, {}) : std::move(done);
        if (done) {
            break;
        }
        QCOMPARE(done.error().kind, ErrorKind::Network);
        const UnsettledKeys left = removal.takeUnsettled();
        keys = keysOf(left.notSent);
        for (const std::string& key : keysOf(left.maybeDone)) {
            keys.push_back(key);
        }
    }
    m_server->command({"CONFIG", "SET", "rdbcompression", "yes"});
    finishArchive();
    QVERIFY(lost == 1 || lost == 2); // with the others, then alone
    QCOMPARE(m_outcomes.count("done"), std::size_t{101});
    QVERIFY(elementsInArchive("hash") >= 20'070);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

/// It ends the connection, and with it the watch: the key is read once more, in smaller pages.
void TestLargeArchive::aPageThatIsTooMuchForAReply()
{
    m_server->command({"EVAL",
        "for i = 1, 20000 do redis.call('RPUSH', KEYS[1], string.rep('s', 90)) end "
        "for i = 1, 80 do redis.call('RPUSH', KEYS[1], string.rep('L', 1048576)) end return 'OK'",
        "1", "list"});
    m_server->command({"SET", "small", "value"});
    const std::uint64_t opening = m_lane->openings();
    remove(removalInParts(), {"list", "small"});
    finishArchive();
    QVERIFY(m_lane->openings() > opening); // else this tests nothing
    QCOMPARE(m_outcomes.all.at("list"), std::string("done"));
    QCOMPARE(m_outcomes.all.at("small"), std::string("done"));
    QCOMPARE(elementsInArchive("list"), std::size_t{20'080});
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestLargeArchive::aKeyThatIsWrittenToIsReadAgain_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<Args>("write");
    QTest::addColumn<std::string>("at");
    QTest::addRow("while its pages are read")
        << std::string("list") << Args{"RPUSH", "list", "more"} << std::string("LRANGE");
    QTest::addRow("once it is archived") << std::string("list") << Args{"RPUSH", "list", "more"}
                                         << std::string("MULTI");
    QTest::addRow("in place") << std::string("hash") << Args{"HSET", "hash", "field 1", "other"}
                              << std::string("HSCAN");
    QTest::addRow("its end") << std::string("string") << Args{"PEXPIREAT", "string", farAway} << std::string("MULTI");
}

void TestLargeArchive::aKeyThatIsWrittenToIsReadAgain()
{
    QFETCH(const std::string, key);
    QFETCH(const Args, write);
    QFETCH(const std::string, at);
    fillLarge(*m_server);
    int seen = 0; // the first MULTI asks only whether there is one
    WatchedLane lane(*m_lane, at, [&] {
        if (++seen == 2) {
            m_server->command(write);
        }
    });
    remove(removalInParts(), {key}, &lane);
    finishArchive();
    QVERIFY(seen >= 2);
    QCOMPARE(m_outcomes.all.at(key), std::string("done"));
    const auto records = m_archive->newest();
    QCOMPARE(elementsInArchive("list"), std::size_t{key == "list" ? 2501U : 0U});
    QVERIFY(key != "string" || records.at(key).expireAt == Milliseconds{std::stoll(farAway)});
    const auto reader = UndoArchiveReader::open(m_archive->path);
    QCOMPARE((*reader)->total().value_or(0) - (*reader)->superseding().value_or(0), std::uint64_t{1});
}

void TestLargeArchive::whatIsWrittenToAllTheTimeIsLeftAlone()
{
    fillLarge(*m_server);
    WatchedLane lane(*m_lane, "MULTI", [this] { m_server->command({"RPUSH", "list", "more"}); });
    remove(removalInParts(), {"list"}, &lane);
    QVERIFY2(m_outcomes.all.at("list").starts_with("changed: "), m_outcomes.all.at("list").c_str());
    QCOMPARE(m_server->command({"EXISTS", "list"}), std::string("1"));
    m_outcomes.all.clear(); // nothing watches on: another key's transaction is its own
    m_server->command({"RPUSH", "list", "more"});
    remove(removalInParts(), {"set"});
    QCOMPARE(m_outcomes.all.at("set"), std::string("done"));
}

void TestLargeArchive::noHalfReadKeyStandsInTheArchive_data()
{
    QTest::addColumn<Args>("write");
    QTest::addColumn<std::string>("at");
    QTest::addColumn<bool>("isRemoval");
    for (const bool isRemoval : {true, false}) {
        const char* const how = isRemoval ? "removed" : "kept";
        QTest::addRow("a list, %s", how) << Args{"RPUSH", "list", "more"} << std::string("LRANGE") << isRemoval;
        QTest::addRow("a string, %s", how) << Args{"APPEND", "string", "more"} << std::string("GETRANGE") << isRemoval;
    }
}

/// A key that grew each time that it was read is left alone, and no reading of it counts as whole.
void TestLargeArchive::noHalfReadKeyStandsInTheArchive()
{
    QFETCH(const Args, write);
    QFETCH(const std::string, at);
    QFETCH(const bool, isRemoval);
    const std::string& key = write[1];
    fillLarge(*m_server);
    WatchedLane lane(*m_lane, at, [&] { m_server->command(write); });
    if (isRemoval) {
        remove(removalInParts(), {key}, &lane);
    } else {
        ArchivingOptions options;
        options.largest = ByteCount{100'000};
        options.largeReader = removalInParts().largeReader;
        ArchiveStep step(*m_archive->writer, options);
        QVERIFY(step.apply({lane, lane}, batchOf({key}), m_outcomes, {}));
    }
    finishArchive();
    QVERIFY2(m_outcomes.all.at(key).starts_with("changed: "), m_outcomes.all.at(key).c_str());
    QCOMPARE(m_server->command({"EXISTS", key}), std::string("1"));
    const auto reader = UndoArchiveReader::open(m_archive->path);
    QVERIFY(reader);
    QCOMPARE((*reader)->total(), std::optional<std::uint64_t>(0));
    UndoRecord record;
    const auto got = (*reader)->next(record);
    QVERIFY(got && !*got);
    QCOMPARE((*reader)->condition().unfinished, std::uint64_t{0});
}

void TestLargeArchive::whatNoWatchNoticesIsNoticed()
{
    fillLarge(*m_server);
    int seen = 0;
    WatchedLane lane(*m_lane, "XPENDING", [&] {
        if (++seen == 2) { // it has been read, and is looked at once more
            m_server->command({"XCLAIM", "stream", "g", "thief", "0", "0-1"});
        }
    });
    remove(removalInParts(), {"stream"}, &lane);
    QVERIFY(seen > 2);
    QCOMPARE(m_outcomes.all.at("stream"), std::string("done"));
    finishArchive();
    const auto reader = UndoArchiveReader::open(m_archive->path);
    UndoRecord record;
    std::optional<StoredPart> last;
    for (auto got = (*reader)->next(record); got && *got; got = (*reader)->next(record)) {
        const auto parts = (*reader)->parts(record);
        for (auto part = (*parts)->next(); part && *part; part = (*parts)->next()) {
            last = partOfBytes(**part);
        }
    }
    QVERIFY(last && last->part.stream);
    const auto& pending = last->part.stream->groups.front().pending;
    QVERIFY(std::ranges::any_of(pending, [](const PendingPart& one) { return one.consumer == "thief"; }));
}

void TestLargeArchive::nothingIsDeletedBeforeItIsOnTheDisk()
{
    fillLarge(*m_server);
    std::size_t found = 0;
    int seen = 0;
    WatchedLane lane(*m_lane, "MULTI", [&] { found = ++seen == 2 ? elementsInArchive("list") : found; });
    remove(removalInParts(), {"list"}, &lane);
    QCOMPARE(found, std::size_t{2500});
}

void TestLargeArchive::withoutAReaderItIsNamed_data()
{
    QTest::addColumn<bool>("hasReader");
    QTest::addColumn<bool>("deletesUnarchived");
    QTest::addRow("no reader") << false << false;
    QTest::addRow("no reader, deleted all the same") << false << true;
    QTest::addRow("deleted all the same, but in parts") << true << true;
}

void TestLargeArchive::withoutAReaderItIsNamed()
{
    QFETCH(const bool, hasReader);
    QFETCH(const bool, deletesUnarchived);
    fillLarge(*m_server);
    RemovalOptions options = removalInParts();
    options.deletesUnarchived = deletesUnarchived;
    options.largeReader = hasReader ? options.largeReader : MakeLargeReader();
    remove(options, {"list"});
    finishArchive();
    const bool isDeleted = hasReader || deletesUnarchived;
    QCOMPARE(m_server->command({"EXISTS", "list"}), std::string(isDeleted ? "0" : "1"));
    QVERIFY(m_outcomes.all.at("list").starts_with(isDeleted ? "done" : "not_undoable: "));
    QCOMPARE(elementsInArchive("list"), std::size_t{hasReader ? 2500U : 0U});
}

void TestLargeArchive::aLostLineLosesNoKey_data()
{
    QTest::addColumn<std::string>("at");
    QTest::addRow("before its pages") << std::string("LRANGE");
    QTest::addRow("before its removal") << std::string("UNLINK");
}

/// Given once more, as an executor does, all are deleted, and what is archived is whole.
void TestLargeArchive::aLostLineLosesNoKey()
{
    QFETCH(const std::string, at);
    fillLarge(*m_server);
    bool isCut = false;
    WatchedLane lane(*m_lane, at, [&] {
        if (!std::exchange(isCut, true)) {
            m_server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        }
    });
    GuardedRemoval removal(*m_archive->writer, removalInParts());
    const StepLanes lanes{lane, lane};
    KeyBatch keys = batchOf({"list", "set"});
    for (int tries = 0; tries < 5 && !keys.isEmpty(); ++tries) {
        Status done = removal.apply(lanes, std::exchange(keys, {}), m_outcomes, {});
        done = done ? removal.finish(lanes, m_outcomes, {}) : std::move(done);
        UnsettledKeys left = removal.takeUnsettled();
        appendKeys(keys, left.notSent);
        appendKeys(keys, left.maybeDone);
        QCOMPARE(keys.isEmpty(), done.has_value());
    }
    QVERIFY(isCut);
    finishArchive();
    QCOMPARE(m_outcomes.count("done"), std::size_t{2});
    QCOMPARE(m_server->command({"EXISTS", "list", "set"}), std::string("0"));
    QCOMPARE(elementsInArchive("list"), std::size_t{2500});
    const auto reader = UndoArchiveReader::open(m_archive->path);
    UndoRecord record;
    for (auto got = (*reader)->next(record); got && *got; got = (*reader)->next(record)) { }
    QCOMPARE((*reader)->condition().unfinished, std::uint64_t{0});
}

void TestLargeArchive::aKeyOfAnotherTypeThanAtThePreviewIsLeftAlone()
{
    fillLarge(*m_server);
    const auto marks = std::make_shared<PreviewMarks>(false);
    const std::vector<PreviewMarks::Mark> seen{
        PreviewMarks::markOf("list", "hash", std::nullopt), PreviewMarks::markOf("set", "set", std::nullopt)};
    marks->add(seen);
    QVERIFY(marks->seal());
    RemovalOptions options = removalInParts();
    options.marks = marks;
    remove(options, {"list", "set"});
    QVERIFY(m_outcomes.all.at("list").starts_with("changed: "));
    QCOMPARE(m_outcomes.all.at("set"), std::string("done"));
}

/// And gives them back as parts, with which an import makes them.
void TestLargeArchive::anExportedArchiveHoldsThemToo()
{
    fillLarge(*m_server);
    m_server->command({"SET", "small", "value"});
    ArchivingOptions options;
    options.largest = ByteCount{100'000};
    options.largeReader = removalInParts().largeReader;
    ArchiveStep step(*m_archive->writer, options);
    std::vector<std::string> keys = largeKeys();
    keys.emplace_back("small");
    QVERIFY(step.apply({*m_lane, *m_lane}, batchOf(keys), m_outcomes, {}));
    finishArchive();
    QCOMPARE(m_outcomes.count("done"), std::size_t{8});
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("8"));

    const auto reader = PartReader::open(m_archive->path, TransferFormat::Archive);
    QVERIFY(reader);
    std::map<std::string, std::size_t> rows;
    std::string open;
    for (;;) {
        const auto part = (*reader)->next();
        QVERIFY(part);
        if (!*part) {
            break;
        }
        QVERIFY((*part)->isFirst || (*part)->key == open);
        open = (*part)->isLast ? std::string() : (*part)->key;
        rows[(*part)->key] += (*part)->rows.size();
        QCOMPARE((*part)->expireAt.has_value(), m_server->command({"PTTL", (*part)->key}) != "-1");
    }
    QCOMPARE(rows.size(), std::size_t{8});
    QCOMPARE(rows["list"], std::size_t{2500});
    QCOMPARE(rows["stream"], std::size_t{2499});
    QVERIFY(rows["hash"] >= 2500);
}

QTEST_GUILESS_MAIN(TestLargeArchive)
#include "tst_largearchive.moc"
