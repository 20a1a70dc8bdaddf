// SPDX-License-Identifier: GPL-3.0-or-later
// Set-field and templates over an archive: a key that somebody changes between the archive and the write is noticed, as
// by a delete; on real servers.
#include "core/bulk/archivedstep.h"
#include "core/bulk/setfieldstep.h"
#include "core/bulk/shownwrites.h"
#include "core/bulk/templatestep.h"
#include "core/source/laneview.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/bulk/jobfixture.h"
#include "tests/core/bulk/lostlane.h"
#include "tests/core/bulk/meddledlane.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <utility>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

std::size_t bytesIn(const Reply& reply)
{
    std::size_t bytes = reply.text.size();
    for (const Reply& element : reply.elements) {
        bytes += bytesIn(element);
    }
    return bytes;
}

/// Knows the most that one call has brought.
class WeighedLane final : public LaneView {
public:
    using LaneView::LaneView;
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        std::size_t bytes = 0;
        for (const Reply& reply : replies ? *replies : std::vector<Reply>()) {
            bytes += bytesIn(reply);
        }
        most = std::max(most, bytes);
        ++calls;
        return replies;
    }

    std::size_t most = 0;
    int calls = 0;
};

std::unique_ptr<BatchStep> running(const std::string& operation)
{
    const CommandGate gate{GateRules{}};
    auto parsed = OperationTemplate::parse(operation, OperationTemplate::Mode::ForEach, std::nullopt, gate.table());
    Q_ASSERT(parsed);
    return std::make_unique<TemplateStep>(*std::move(parsed));
}

ArchivingOptions showing(bool refusesChanged = false)
{
    ArchivingOptions options;
    options.showsWrites = true;
    options.refusesChanged = refusesChanged;
    return options;
}

} // namespace

class TestShownWrites : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
        m_archive = std::make_unique<TestArchive>();
        m_outcomes.all.clear();
    }
    void aKeyThatChangesAfterItIsArchived_data();
    void aKeyThatChangesAfterItIsArchived();
    void whatOthersWriteBeforeTheRepeatIsNotLost_data();
    void whatOthersWriteBeforeTheRepeatIsNotLost();
    void manyKeysHaveAnOutcomeEach_data();
    void manyKeysHaveAnOutcomeEach();
    void aKeyThatGoesMeanwhileIsNotMade_data();
    void aKeyThatGoesMeanwhileIsNotMade();
    void aClusterTakesCommandsOfOtherSlotsToo_data();
    void aClusterTakesCommandsOfOtherSlotsToo();
    void aTemplateNeedsNoRightToExists_data();
    void aTemplateNeedsNoRightToExists();
    void valuesComeAFewMegabytesAtATime_data();
    void valuesComeAFewMegabytesAtATime();
    void whatHasChangedIsGivenAwayAsItComes();
    void whatIsTooLargeForTheArchiveIsWrittenAsItIs_data();
    void whatIsTooLargeForTheArchiveIsWrittenAsItIs();
    void whatCanNotBeWatchedIsNotWritten_data();
    void whatCanNotBeWatchedIsNotWritten();

private:
    /// With somebody else at work after the archive's look.
    void apply(std::unique_ptr<BatchStep> step, const ArchivingOptions& options, const std::vector<std::string>& keys,
        std::function<void()> meddle = {})
    {
        ArchivedStep archived(std::move(step), *m_archive->writer, options, false);
        const auto plain = laneTo(*m_server);
        MeddledLane lane(*plain, std::move(meddle));
        const Status done = archived.apply({lane, lane}, batchOf(keys), m_outcomes, {});
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
        QVERIFY(m_archive->writer->finish());
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<TestArchive> m_archive;
    OutcomeList m_outcomes;
};

void TestShownWrites::aKeyThatChangesAfterItIsArchived_data()
{
    QTest::addColumn<bool>("isTemplate");
    QTest::addColumn<bool>("refuses");
    QTest::addColumn<bool>("hasExpireTime");
    QTest::addColumn<QString>("outcome");
    QTest::addRow("a field") << false << false << true << u"done_though_changed"_s;
    QTest::addRow("a field, refused") << false << true << true << u"changed"_s;
    QTest::addRow("a template") << true << false << true << u"done_though_changed"_s;
    QTest::addRow("a template, refused") << true << true << true << u"changed"_s;
    QTest::addRow("a template, before 7.0") << true << false << false << u"done_though_changed"_s;
    QTest::addRow("a template, before 7.0, refused") << true << true << false << u"changed"_s;
}

/// The newer state is archived, too, and so the undo brings it back; or it is left alone.
void TestShownWrites::aKeyThatChangesAfterItIsArchived()
{
    QFETCH(const bool, isTemplate);
    QFETCH(const bool, refuses);
    QFETCH(const bool, hasExpireTime);
    QFETCH(const QString, outcome);
    m_server->command({"HSET", "changed", "f", "old"});
    m_server->command({"HSET", "same", "f", "old"});
    ArchivingOptions options = showing(refuses);
    options.ways.hasExpireTime = hasExpireTime;
    std::string newest;
    apply(isTemplate ? running("HSET * f ours") : std::make_unique<SetFieldStep>(SetField{"f", "ours"}), options,
        {"changed", "same"}, [&] {
            m_server->command({"HSET", "changed", "f", "theirs"});
            newest = stateOf(*m_server, "changed");
        });
    const std::string told = m_outcomes.all.at("changed");
    QCOMPARE(told.substr(0, told.find(':')), outcome.toStdString());
    QVERIFY2(m_outcomes.all.at("same").starts_with("done"), m_outcomes.all.at("same").c_str());
    QVERIFY(!m_outcomes.all.at("same").starts_with("done_though"));
    QCOMPARE(m_server->command({"HGET", "same", "f"}), "ours");
    QCOMPARE(m_server->command({"HGET", "changed", "f"}), refuses ? "theirs" : "ours");
    if (!refuses) {
        m_server->command({"RESTORE", "changed", "0", m_archive->newest().at("changed").dump, "REPLACE"});
        QCOMPARE(stateOf(*m_server, "changed"), newest);
    }
}

void TestShownWrites::whatOthersWriteBeforeTheRepeatIsNotLost_data()
{
    QTest::addColumn<bool>("refuses");
    QTest::addColumn<bool>("isDone");
    QTest::addColumn<QString>("theirs");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("left");
    for (const bool refuses : {false, true}) {
        const char* const how = refuses ? ", refused" : "";
        const QString changed = refuses ? u"changed"_s : u"done_though_changed"_s;
        const QString left = refuses ? u"theirs"_s : u"ours"_s;
        QTest::addRow("nobody else, done%s", how) << refuses << true << QString() << u"done"_s << u"ours"_s;
        QTest::addRow("nobody else, not done%s", how) << refuses << false << QString() << u"done"_s << u"ours"_s;
        QTest::addRow("the field, done%s", how) << refuses << true << u"f"_s << changed << left;
        QTest::addRow("the field, not done%s", how) << refuses << false << u"f"_s << changed << left;
        QTest::addRow("another field, done%s", how) << refuses << true << u"g"_s << u"done"_s << u"ours"_s;
        QTest::addRow("another field, not done%s", how)
            << refuses << false << u"g"_s << changed << (refuses ? u"old"_s : u"ours"_s);
    }
}

/// The line is lost with the write on its way, and comes back after somebody else has written: the undo brings back
/// what was there before the job, and what the other wrote stands in the archive, too.
void TestShownWrites::whatOthersWriteBeforeTheRepeatIsNotLost()
{
    QFETCH(const bool, refuses);
    QFETCH(const bool, isDone);
    QFETCH(const QString, theirs);
    QFETCH(const QString, outcome);
    QFETCH(const QString, left);
    m_server->command({"HSET", "k", "f", "old"});
    const std::string before = m_server->command({"DUMP", "k"});
    std::string newest;
    LostLane lane(laneTo(*m_server), {"EVAL", 1, isDone, [&] {
                                          if (!theirs.isEmpty()) {
                                              m_server->command({"HSET", "k", theirs.toStdString(), "theirs"});
                                          }
                                          newest = m_server->command({"DUMP", "k"});
                                      }});
    ArchivedStep step(
        std::make_unique<SetFieldStep>(SetField{"f", "ours"}), *m_archive->writer, showing(refuses), false);
    const Status lost = step.apply({lane, lane}, batchOf({"k"}), m_outcomes, {});
    QVERIFY(!lost && lost.error().kind == ErrorKind::Network);
    UnsettledKeys unsettled = step.takeUnsettled();
    QCOMPARE(unsettled.maybeDone.size(), std::size_t{1});
    QVERIFY(step.apply({lane, lane}, std::move(unsettled.maybeDone), m_outcomes, {}));
    QVERIFY(m_archive->writer->finish());
    const std::string told = m_outcomes.all.at("k");
    QCOMPARE(told.substr(0, told.find(':')), outcome.toStdString());
    QCOMPARE(m_server->command({"HGET", "k", "f"}), left.toStdString());
    const std::vector<UndoRecord> records = m_archive->records();
    QVERIFY(!records.empty() && !records[0].isAside);
    QCOMPARE(records[0].dump, before);
    for (std::size_t at = 1; at < records.size(); ++at) {
        QVERIFY(records[at].isAside);
    }
    QVERIFY(theirs.isEmpty() || std::ranges::any_of(records, [&](const UndoRecord& record) {
        return record.isAside && record.dump == newest;
    }));
}

void TestShownWrites::manyKeysHaveAnOutcomeEach_data()
{
    QTest::addColumn<bool>("refuses");
    QTest::addRow("shown") << false;
    QTest::addRow("watched, in groups") << true;
}

/// One key's refusal is not that of its group, nor is one's change.
void TestShownWrites::manyKeysHaveAnOutcomeEach()
{
    QFETCH(const bool, refuses);
    std::vector<std::string> keys;
    for (int at = 0; at < 300; ++at) {
        keys.push_back("k:" + std::to_string(at));
        if (at != 7) {
            m_server->command({at == 8 ? "LPUSH" : "SET", keys.back(), "1"});
        }
    }
    apply(running("INCR *"), showing(refuses), keys, [&] { m_server->command({"SET", "k:9", "10"}); });
    QCOMPARE(m_outcomes.count("done: (integer) 2"), std::size_t{297});
    QCOMPARE(m_outcomes.all.at("k:7"), "missing");
    QVERIFY(m_outcomes.all.at("k:8").starts_with("failed: WRONGTYPE"));
    QCOMPARE(m_outcomes.all.at("k:9"), refuses ? "changed" : "done_though_changed: (integer) 11");
    QCOMPARE(m_server->command({"GET", "k:9"}), refuses ? "10" : "11");
    QCOMPARE(m_server->command({"GET", "k:299"}), "2");
}

void TestShownWrites::aKeyThatGoesMeanwhileIsNotMade_data()
{
    QTest::addColumn<bool>("refuses");
    QTest::addRow("shown") << false;
    QTest::addRow("watched") << true;
}

void TestShownWrites::aKeyThatGoesMeanwhileIsNotMade()
{
    QFETCH(const bool, refuses);
    m_server->command({"HSET", "h", "f", "old"});
    apply(std::make_unique<SetFieldStep>(SetField{"f", "ours"}), showing(refuses), {"h"},
        [&] { m_server->command({"DEL", "h"}); });
    QCOMPARE(m_outcomes.all.at("h"), "missing");
    QCOMPARE(m_server->command({"EXISTS", "h"}), "0");
}

void TestShownWrites::aClusterTakesCommandsOfOtherSlotsToo_data()
{
    QTest::addColumn<bool>("refuses");
    QTest::addRow("shown") << false;
    QTest::addRow("watched") << true;
}

/// A template may write to another key than the one it is for, which no transaction of a cluster takes.
void TestShownWrites::aClusterTakesCommandsOfOtherSlotsToo()
{
    QFETCH(const bool, refuses);
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(200, "k:");
    ArchivingOptions options = showing(refuses);
    options.ways.bySlot = true;
    for (const std::string operation : {"APPEND * x", "SADD index *"}) {
        const auto step = [&] {
            return std::make_unique<ArchivedStep>(running(operation), *m_archive->writer, options, false);
        };
        QCOMPARE(done(nodesOf(*cluster), step, namesOf("k:", 201)), "done 200 missing 1 ");
    }
    RedisServer& owner = cluster->server(cluster->ownerOf(keyglass::slotOf("index")));
    QCOMPARE(owner.command({"SCARD", "index"}), "200");
    RedisServer& other = cluster->server(cluster->ownerOf(keyglass::slotOf("k:5")));
    QCOMPARE(other.command({"GET", "k:5"}), "vx");
}

void TestShownWrites::aTemplateNeedsNoRightToExists_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("outcome");
    QTest::addRow("all but EXISTS") << u"user default on nopass ~* &* +@all -exists"_s << u"done: (integer) 2"_s;
    QTest::addRow("its own command only")
        << u"user default on nopass ~* &* -@all +hello +select +ping +client +incr"_s << u"done: (integer) 2"_s;
    QTest::addRow("not its own command") << u"user default on nopass ~* &* +@all -incr"_s << u"failed: NOPERM"_s;
}

void TestShownWrites::aTemplateNeedsNoRightToExists()
{
    QFETCH(const QString, user);
    QFETCH(const QString, outcome);
    ServerOptions options;
    options.aclLines = {user};
    m_server = RedisServer::start(options);
    m_server->command({"SET", "k", "1"});
    const auto lane = laneTo(*m_server);
    QVERIFY(running("INCR *")->apply({*lane, *lane}, batchOf({"k"}), m_outcomes, {}));
    const std::string told = m_outcomes.all.at("k");
    QVERIFY2(told.starts_with(outcome.toStdString()), told.c_str());
    QCOMPARE(m_server->command({"GET", "k"}), outcome.startsWith(u"done"_s) ? "2" : "1");
}

void TestShownWrites::valuesComeAFewMegabytesAtATime_data()
{
    QTest::addColumn<bool>("refuses");
    QTest::addRow("shown") << false;
    QTest::addRow("watched") << true;
}

/// However many keys are in a batch.
void TestShownWrites::valuesComeAFewMegabytesAtATime()
{
    QFETCH(const bool, refuses);
    constexpr std::size_t megabyte = 1024U * 1024;
    std::mt19937_64 random(11);
    std::string value(megabyte, '\0');
    std::ranges::generate(value, [&random] { return static_cast<char>(random()); }); // nothing makes it smaller
    const auto keys = namesOf("k:", 24);
    for (const std::string& key : keys) {
        m_server->command({"SET", key, value});
    }
    ArchivedStep archived(running("APPEND * x"), *m_archive->writer, showing(refuses), false);
    const auto plain = laneTo(*m_server);
    WeighedLane lane(*plain);
    QVERIFY(archived.apply({lane, lane}, batchOf(keys), m_outcomes, {}));
    QCOMPARE(m_outcomes.count("done: (integer) " + std::to_string(megabyte + 1)), keys.size());
    QVERIFY(lane.most > megabyte);
    QVERIFY2(lane.most < 8 * megabyte, std::to_string(lane.most).c_str());
}

/// However many have changed meanwhile: they are not gathered until the batch is over.
void TestShownWrites::whatHasChangedIsGivenAwayAsItComes()
{
    constexpr std::size_t megabyte = 1024U * 1024;
    const auto keys = namesOf("k:", 12);
    std::vector<Command> commands;
    for (const std::string& key : keys) {
        m_server->command({"SET", key, std::string(10, 'x')});
        commands.push_back(Command{"APPEND", key, "y"});
    }
    const auto plain = laneTo(*m_server);
    WeighedLane lane(*plain);
    std::map<std::string, int> callOf; // in which it was given away
    ShownWrites shown({}, false, [&](std::string_view key, const SeenKey& newer) {
        QVERIFY(!newer.dump.empty());
        callOf[std::string(key)] = lane.calls;
    });
    for (const std::string& key : keys) {
        SeenState other = seenState("another value", "-1");
        other.bytes = megabyte;
        shown.expect(key, other);
    }
    UnsettledKeys unsettled;
    const auto replies = shown.send({lane, lane}, commands, batchOf(keys), unsettled, {});
    QVERIFY(replies);
    QCOMPARE(callOf.size(), keys.size());
    QVERIFY(lane.calls > 1);
    for (int call = 1; call <= lane.calls; ++call) {
        const auto givenAway = std::ranges::count_if(callOf, [call](const auto& one) { return one.second == call; });
        QVERIFY2(givenAway > 0 && givenAway <= 5, std::to_string(givenAway).c_str());
    }
}

void TestShownWrites::whatIsTooLargeForTheArchiveIsWrittenAsItIs_data()
{
    QTest::addColumn<bool>("refuses");
    QTest::addColumn<bool>("evenUnarchived");
    QTest::addColumn<QString>("outcome");
    QTest::addRow("shown") << false << true << u"done: (integer) 5001"_s;
    QTest::addRow("watched") << true << true << u"done: (integer) 5001"_s;
    QTest::addRow("not wanted") << false << false << u"not_undoable"_s;
}

/// Nothing is compared with what nobody has kept, and its value is not read.
void TestShownWrites::whatIsTooLargeForTheArchiveIsWrittenAsItIs()
{
    QFETCH(const bool, refuses);
    QFETCH(const bool, evenUnarchived);
    QFETCH(const QString, outcome);
    m_server->command({"SET", "small:1", "1"});
    m_server->command({"SET", "large", std::string(5000, 'x')});
    m_server->command({"SET", "small:2", "1"});
    ArchivingOptions options = showing(refuses);
    options.largest = ByteCount{1000};
    ArchivedStep archived(running("APPEND * x"), *m_archive->writer, options, evenUnarchived);
    const auto plain = laneTo(*m_server);
    WeighedLane lane(*plain);
    QVERIFY(archived.apply({lane, lane}, batchOf({"small:1", "large", "small:2"}), m_outcomes, {}));
    QVERIFY(m_archive->writer->finish());
    QCOMPARE(m_outcomes.all.at("small:1"), "done: (integer) 2");
    QCOMPARE(m_outcomes.all.at("small:2"), "done: (integer) 2");
    const std::string told = m_outcomes.all.at("large");
    QVERIFY2(told.starts_with(outcome.toStdString()), told.c_str());
    QCOMPARE(m_server->command({"STRLEN", "large"}), evenUnarchived ? "5001" : "5000");
    QVERIFY(lane.most < 1000);
    QCOMPARE(m_archive->records().size(), 2U);
}

void TestShownWrites::whatCanNotBeWatchedIsNotWritten_data()
{
    QTest::addColumn<QString>("forbidden");
    QTest::addRow("MULTI") << u"-multi"_s;
    QTest::addRow("WATCH") << u"-watch"_s;
}

/// Without its MULTI the write would be done all the same.
void TestShownWrites::whatCanNotBeWatchedIsNotWritten()
{
    QFETCH(const QString, forbidden);
    ServerOptions options;
    options.aclLines = {u"user default on nopass ~* &* +@all "_s + forbidden};
    m_server = RedisServer::start(options);
    m_server->command({"SET", "k", "1"});
    apply(running("INCR *"), showing(true), {"k"});
    const std::string told = m_outcomes.all.at("k");
    QVERIFY2(told.starts_with("failed: NOPERM"), told.c_str());
    QCOMPARE(m_server->command({"GET", "k"}), "1");
}

QTEST_GUILESS_MAIN(TestShownWrites)
#include "tst_shownwrites.moc"
