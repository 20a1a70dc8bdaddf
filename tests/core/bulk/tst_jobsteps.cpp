// SPDX-License-Identifier: GPL-3.0-or-later
// What the operations do to keys of real servers and clusters, and what they tell of each.
#include "core/base/bytes.h"
#include "core/bulk/archivedstep.h"
#include "core/bulk/archivereader.h"
#include "core/bulk/copystep.h"
#include "core/bulk/expirystep.h"
#include "core/bulk/jobexecutor.h"
#include "core/bulk/jobplan.h"
#include "core/bulk/jobpreview.h"
#include "core/source/laneview.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/bulk/busylane.h"
#include "tests/core/bulk/jobfixture.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::JobOperation)

namespace {

using Args = RedisServer::Args;

JobExecutor::MakeStep expiring(ExpireKeys expiry)
{
    return [expiry] { return std::make_unique<ExpiryStep>(expiry); };
}

/// A string, a hash with its listpack, a stream with a group: with and without time to live.
std::vector<std::string> fillAllTypes(RedisServer& server)
{
    server.command({"SET", "t:string", std::string("\0\xff binary", 9)});
    server.command({"HSET", "t:hash", "f", "v", "g", "w"});
    server.command({"RPUSH", "t:list", "a", "b"});
    server.command({"SADD", "t:set", "1", "2", "3"});
    server.command({"ZADD", "t:zset", "1.5", "m"});
    server.command({"XADD", "t:stream", "1-1", "f", "v"});
    server.command({"XGROUP", "CREATE", "t:stream", "g", "0"});
    server.command({"XREADGROUP", "GROUP", "g", "c", "STREAMS", "t:stream", ">"});
    server.command({"PEXPIREAT", "t:hash", "4102444800123"});
    return {"t:string", "t:hash", "t:list", "t:set", "t:zset", "t:stream"};
}

/// A server that may know no PEXPIRETIME, and at which somebody else is at work once ends have been read.
class EndsLane final : public LaneView {
public:
    EndsLane(std::unique_ptr<Lane> lane, bool hasExpireTime, std::function<void()> meddle = {})
        : LaneView(*lane)
        , m_own(std::move(lane))
        , m_hasExpireTime(hasExpireTime)
        , m_meddle(std::move(meddle))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        for (std::size_t at = 0; replies && !m_hasExpireTime && at < commands.size(); ++at) {
            if (commands[at].name() == "PEXPIRETIME") {
                (*replies)[at] = {};
                (*replies)[at].type = Reply::Type::Error;
                (*replies)[at].text = "ERR unknown command 'PEXPIRETIME'";
            }
        }
        if (m_meddle) {
            std::exchange(m_meddle, {})();
        }
        return replies;
    }

private:
    const std::unique_ptr<Lane> m_own;
    const bool m_hasExpireTime;
    std::function<void()> m_meddle;
};

} // namespace

class TestJobSteps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s}); }
    void setsATimeToLive_data();
    void setsATimeToLive();
    void putsOffAnEndToTheMillisecond_data();
    void putsOffAnEndToTheMillisecond();
    void anEndThatChangesMeanwhileIsPutOffFromThere_data();
    void anEndThatChangesMeanwhileIsPutOffFromThere();
    void spreadsByJitter();
    void aCapMakesNoTimeLonger();
    void persists();
    void archivesBeforeAnExpiry();
    void copiesAllTypes_data();
    void copiesAllTypes();
    void copiesLeaveWhatIsThere();
    void copiesIntoACluster();
    void previewsWithoutWriting();
    void aPreviewForetellsWhatIsSkipped_data();
    void aPreviewForetellsWhatIsSkipped();
    void aPreviewNamesWhatCannotBeReplaced_data();
    void aPreviewNamesWhatCannotBeReplaced();
    void aPreviewDoesNotTakeARefusalForAFreeName_data();
    void aPreviewDoesNotTakeARefusalForAFreeName();
    void plansComeBackFromJson_data();
    void plansComeBackFromJson();
    void refusesDatabasesThatAreNone_data();
    void refusesDatabasesThatAreNone();
    void refusesPlansThatSayStrangeThings_data();
    void refusesPlansThatSayStrangeThings();
    void refusesPlansThatDelete();
    void refusesNamesOfGroupsThatAreNotThere_data();
    void refusesNamesOfGroupsThatAreNotThere();
    void refusesPlansWithoutTheirKeys_data();
    void refusesPlansWithoutTheirKeys();

private:
    std::string ask(const Args& command) { return m_server->command(command); }
    std::unique_ptr<RedisServer> m_server;
};

void TestJobSteps::setsATimeToLive_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("outcomes");
    QTest::addColumn<qint64>("never"); // PTTL of the key without, with 1000 s, and with 100 s, about
    QTest::addColumn<qint64>("longer");
    QTest::addColumn<qint64>("brief");
    const auto mode = [](ExpireKeys::Mode which) { return static_cast<int>(which); };
    const qint64 later = QDateTime::currentMSecsSinceEpoch() + 500'000;
    QTest::addRow("from now") << mode(ExpireKeys::Mode::In) << qint64{60'000} << u"done 3 missing 1 "_s
                              << qint64{60'000} << qint64{60'000} << qint64{60'000};
    QTest::addRow("at a time") << mode(ExpireKeys::Mode::At) << later << u"done 3 missing 1 "_s << qint64{500'000}
                               << qint64{500'000} << qint64{500'000};
    QTest::addRow("more") << mode(ExpireKeys::Mode::Add) << qint64{100'000} << u"done 2 missing 1 skipped 1 "_s
                          << qint64{-1} << qint64{1'100'000} << qint64{200'000};
    QTest::addRow("less, but not over") << mode(ExpireKeys::Mode::Add) << qint64{-500'000}
                                        << u"done 1 missing 1 skipped 2 "_s << qint64{-1} << qint64{500'000}
                                        << qint64{100'000};
    QTest::addRow("at most") << mode(ExpireKeys::Mode::Cap) << qint64{300'000} << u"done 2 missing 1 skipped 1 "_s
                             << qint64{300'000} << qint64{300'000} << qint64{100'000};
}

void TestJobSteps::setsATimeToLive()
{
    QFETCH(const int, mode);
    QFETCH(const qint64, ms);
    QFETCH(const QString, outcomes);
    ask({"SET", "never", "v"});
    ask({"SET", "long", "v", "PX", "1000000"});
    ask({"SET", "brief", "v", "PX", "100000"});
    const ExpireKeys expiry{static_cast<ExpireKeys::Mode>(mode), Milliseconds{ms}, 0ms};
    QCOMPARE(done(nodesOf(*m_server), expiring(expiry), {"never", "long", "brief", "missing"}), outcomes.toStdString());
    QFETCH(const qint64, never);
    QFETCH(const qint64, longer);
    QFETCH(const qint64, brief);
    for (const auto& [key, about] : {std::pair{"never", never}, std::pair{"long", longer}, std::pair{"brief", brief}}) {
        const qint64 ttl = std::stoll(ask({"PTTL", key}));
        QVERIFY2(ttl <= about && ttl > about - 60'000, (std::string(key) + ' ' + std::to_string(ttl)).c_str());
    }
}

void TestJobSteps::putsOffAnEndToTheMillisecond_data()
{
    QTest::addColumn<bool>("hasExpireTime");
    QTest::addColumn<bool>("isArchived");
    QTest::addRow("by PEXPIRETIME") << true << false;
    QTest::addRow("by PEXPIRETIME, with an archive") << true << true;
    QTest::addRow("before 7.0") << false << false;
    QTest::addRow("before 7.0, with an archive") << false << true;
}

/// From where it is, and not from what was left of it when we knew of it.
void TestJobSteps::putsOffAnEndToTheMillisecond()
{
    QFETCH(const bool, hasExpireTime);
    QFETCH(const bool, isArchived);
    ask({"SET", "k", "v", "PXAT", farAway});
    EndsLane lane(laneTo(*m_server), hasExpireTime);
    TestArchive archive;
    std::unique_ptr<BatchStep> step =
        std::make_unique<ExpiryStep>(ExpireKeys{ExpireKeys::Mode::Add, Milliseconds{12'345}, 0ms});
    if (isArchived) {
        ArchivingOptions options;
        options.reason = UndoReason::ExpiryChanged;
        options.ways.hasExpireTime = hasExpireTime;
        options.showsWrites = true;
        step = std::make_unique<ArchivedStep>(std::move(step), *archive.writer, options, false);
    }
    OutcomeList outcomes;
    QVERIFY(step->apply({lane, lane}, batchOf({"k", "missing"}), outcomes, {}));
    QCOMPARE(outcomes.all.at("k"), "done");
    QCOMPARE(outcomes.all.at("missing"), "missing");
    const qint64 apart = std::stoll(ask({"PEXPIRETIME", "k"})) - std::stoll(farAway) - 12'345;
    QVERIFY2(std::abs(apart) <= (hasExpireTime ? 0 : 5), std::to_string(apart).c_str()); // TIME and PTTL are two looks
}

void TestJobSteps::anEndThatChangesMeanwhileIsPutOffFromThere_data()
{
    QTest::addColumn<qint64>("by");
    QTest::addColumn<QStringList>("theirs");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<qint64>("end");
    const qint64 far = std::stoll(farAway);
    QTest::addRow("another end") << qint64{1000} << QStringList{u"PEXPIREAT"_s, u"k"_s, QString::number(far + 500'000)}
                                 << u"done"_s << far + 501'000;
    QTest::addRow("none") << qint64{1000} << QStringList{u"PERSIST"_s, u"k"_s} << u"skipped: it has no time to live"_s
                          << qint64{-1};
    QTest::addRow("another value without an end") << qint64{1000} << QStringList{u"SET"_s, u"k"_s, u"theirs"_s}
                                                  << u"skipped: it has no time to live"_s << qint64{-1};
    QTest::addRow("deleted") << qint64{1000} << QStringList{u"DEL"_s, u"k"_s} << u"missing"_s << qint64{-2};
    const qint64 soon = QDateTime::currentMSecsSinceEpoch() + 600'000;
    QTest::addRow("it would be over") << qint64{-3'600'000}
                                      << QStringList{u"PEXPIREAT"_s, u"k"_s, QString::number(soon)}
                                      << u"skipped: it would be over already"_s << soon;
}

void TestJobSteps::anEndThatChangesMeanwhileIsPutOffFromThere()
{
    QFETCH(const qint64, by);
    QFETCH(const QStringList, theirs);
    QFETCH(const QString, outcome);
    QFETCH(const qint64, end);
    ask({"SET", "k", "v", "PXAT", farAway});
    Args words;
    for (const QString& word : theirs) {
        words.push_back(word.toStdString());
    }
    EndsLane lane(laneTo(*m_server), true, [&] { ask(words); });
    ExpiryStep step(ExpireKeys{ExpireKeys::Mode::Add, Milliseconds{by}, 0ms});
    OutcomeList outcomes;
    QVERIFY(step.apply({lane, lane}, batchOf({"k"}), outcomes, {}));
    QCOMPARE(outcomes.all.at("k"), outcome.toStdString());
    QCOMPARE(std::stoll(ask({"PEXPIRETIME", "k"})), end);
}

void TestJobSteps::spreadsByJitter()
{
    const auto names = namesOf("k:", 200);
    m_server->fill(names.size(), [&](std::size_t at) { return Args{"SET", names[at], "v"}; });
    QCOMPARE(done(nodesOf(*m_server), expiring({ExpireKeys::Mode::In, 1'000'000ms, 1'000'000ms}), names), "done 200 ");
    int early = 0;
    for (const std::string& name : names) {
        const auto ttl = std::stoll(ask({"PTTL", name}));
        QVERIFY(ttl > 900'000 && ttl <= 2'000'000);
        early += ttl < 1'450'000 ? 1 : 0;
    }
    QVERIFY2(early > 40 && early < 160, "they are spread over the time");
}

/// However far its jitter reaches.
void TestJobSteps::aCapMakesNoTimeLonger()
{
    const auto keys = namesOf("k:", 200);
    m_server->fill(keys.size(), [&keys](std::size_t at) { return Args{"SET", keys[at], "v", "PX", "2000000"}; });
    const ExpireKeys expiry{ExpireKeys::Mode::Cap, 1'000'000ms, 1'000'000'000ms};
    const std::string outcome = done(nodesOf(*m_server), expiring(expiry), keys);
    for (const std::string& key : keys) {
        const auto ttl = std::stoll(ask({"PTTL", key}));
        QVERIFY2(ttl > 0 && ttl <= 2'000'000, std::to_string(ttl).c_str());
    }
    QVERIFY2(outcome.find("skipped") != std::string::npos, outcome.c_str());
}

void TestJobSteps::persists()
{
    ask({"SET", "ends", "v", "EX", "1000"});
    ask({"SET", "stays", "v"});
    const auto persisting = [] { return std::make_unique<ExpiryStep>(PersistKeys{}); };
    QCOMPARE(done(nodesOf(*m_server), persisting, {"ends", "stays", "missing"}), "done 1 missing 1 skipped 1 ");
    QCOMPARE(ask({"TTL", "ends"}), "-1");
}

void TestJobSteps::archivesBeforeAnExpiry()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.kga"_s);
    ask({"SET", "ends", "v", "PXAT", "4102444800123"});
    {
        const auto archive = UndoArchiveWriter::create(path, {});
        QVERIFY(archive);
        const auto step = [&archive] {
            ArchivingOptions options;
            options.reason = UndoReason::ExpiryChanged;
            return std::make_unique<ArchivedStep>(
                std::make_unique<ExpiryStep>(PersistKeys{}), **archive, options, false);
        };
        QCOMPARE(done(nodesOf(*m_server), step, {"ends", "missing"}), "done 1 missing 1 ");
        QVERIFY((*archive)->finish());
        QCOMPARE((*archive)->totals().records, 1U);
    }
    QCOMPARE(ask({"TTL", "ends"}), "-1");
}

void TestJobSteps::copiesAllTypes_data()
{
    QTest::addColumn<bool>("moves");
    QTest::addRow("copied") << false;
    QTest::addRow("moved") << true;
}

void TestJobSteps::copiesAllTypes()
{
    QFETCH(const bool, moves);
    const auto other = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    const auto keys = fillAllTypes(*m_server);
    std::map<std::string, std::string> before;
    for (const std::string& key : keys) {
        before[key] = ask({"DEBUG", "DIGEST-VALUE", key});
    }
    const auto target = nodesOf(*other);
    const auto step = [&] {
        TransferWays ways;
        ways.moves = moves;
        return std::make_unique<CopyStep>([&target] { return target.node({}); }, ways);
    };
    auto given = keys;
    given.emplace_back("missing");
    QCOMPARE(done(nodesOf(*m_server), step, given), "done 6 missing 1 ");
    for (const auto& [key, digest] : before) {
        QCOMPARE(other->command({"DEBUG", "DIGEST-VALUE", key}), digest);
    }
    QCOMPARE(other->command({"PEXPIRETIME", "t:hash"}), "4102444800123");
    QCOMPARE(other->command({"TTL", "t:list"}), "-1");
    QVERIFY(other->command({"XPENDING", "t:stream", "g"}).starts_with("1\n"));
    QCOMPARE(ask({"DBSIZE"}), moves ? "0" : "6");
}

void TestJobSteps::copiesLeaveWhatIsThere()
{
    const auto other = RedisServer::start();
    ask({"MSET", "k", "new", "l", "new"});
    other->command({"SET", "k", "old"});
    const auto target = nodesOf(*other);
    const auto step = [&](bool replaces) {
        return [&target, replaces] {
            TransferWays ways;
            ways.replaces = replaces;
            ways.moves = true;
            return std::make_unique<CopyStep>([&target] { return target.node({}); }, ways);
        };
    };
    QCOMPARE(done(nodesOf(*m_server), step(false), {"k", "l"}), "done 1 skipped 1 ");
    QCOMPARE(other->command({"GET", "k"}), "old");
    QCOMPARE(ask({"GET", "k"}), "new");
    QCOMPARE(done(nodesOf(*m_server), step(true), {"k"}), "done 1 ");
    QCOMPARE(other->command({"GET", "k"}), "new");
    QCOMPARE(ask({"DBSIZE"}), "0");
}

void TestJobSteps::copiesIntoACluster()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    const auto names = namesOf("k:", 1000);
    m_server->fill(names.size(), [&](std::size_t at) { return Args{"SET", names[at], "v"}; });
    const auto target = nodesOf(*cluster);
    const auto step = [&target] {
        return std::make_unique<CopyStep>([&target] { return target.routed({}); }, TransferWays{});
    };
    QCOMPARE(done(nodesOf(*m_server), step, names), "done 1000 ");
    QCOMPARE(cluster->truth().size(), std::size_t{1000});
}

void TestJobSteps::previewsWithoutWriting()
{
    const auto keys = fillAllTypes(*m_server);
    ask({"SET", "t:brief", "v", "EX", "30"});
    const std::string before = ask({"DEBUG", "DIGEST"});
    PreviewTally tally;
    auto given = keys;
    given.emplace_back("t:brief");
    given.emplace_back("t:missing");
    const auto step = [&tally] {
        return std::make_unique<PreviewStep>(PersistKeys{}, PreviewWays{true, ByteCount{80}}, tally);
    };
    QCOMPARE(done(nodesOf(*m_server, GateRules{true, {}}), step, given), "done 7 missing 1 ");
    const JobPreview preview = tally.preview();
    QCOMPARE(preview.keys, 7U);
    QCOMPARE(preview.types.at("string"), 2U);
    QCOMPARE(preview.types.at("stream"), 1U);
    QCOMPARE(preview.ttls[0], 5U);
    QCOMPARE(preview.ttls[1], 1U);
    QCOMPARE(preview.ttls[6], 1U);
    QCOMPARE(preview.skipped.at("it has no time to live"), 5U);
    QVERIFY(preview.memory->value > 200);
    QVERIFY(preview.inParts > 0);
    QCOMPARE(preview.notUndoable, std::uint64_t{0});
    QCOMPARE(preview.samples.size(), std::size_t{2});
    QCOMPARE(ask({"DEBUG", "DIGEST"}), before);
}

void TestJobSteps::aPreviewForetellsWhatIsSkipped_data()
{
    QTest::addColumn<JobOperation>("operation");
    QTest::addColumn<QString>("why");
    QTest::addColumn<quint64>("skipped");
    QTest::addColumn<quint64>("inTheWay");
    const auto rename = [](Collision collision, const char* to = "n:") {
        return JobOperation(RenameKeys{false, "k:", to, collision});
    };
    QTest::addRow("a name is taken") << rename(Collision::Skip) << u"there is a key of the new name already"_s
                                     << quint64{1} << quint64{1};
    QTest::addRow("a name is taken, and written over")
        << rename(Collision::Overwrite) << QString() << quint64{0} << quint64{1};
    QTest::addRow("a name is taken, and another is found")
        << rename(Collision::Number) << QString() << quint64{0} << quint64{1};
    QTest::addRow("a name that is given away")
        << rename(Collision::Skip, "k:k:") << QString() << quint64{0} << quint64{0};
    QTest::addRow("no hash") << JobOperation(SetField{"f", "v"}) << u"it is no hash, but a string"_s << quint64{3}
                             << quint64{0};
    QTest::addRow("less than it has") << JobOperation(ExpireKeys{ExpireKeys::Mode::Add, -100s, 0ms})
                                      << u"it would be over already"_s << quint64{1} << quint64{0};
    QTest::addRow("less than it has, with a jitter that may make up for it")
        << JobOperation(ExpireKeys{ExpireKeys::Mode::Add, -100s, 100s}) << QString() << quint64{0} << quint64{0};
}

/// In the words of the job itself.
void TestJobSteps::aPreviewForetellsWhatIsSkipped()
{
    QFETCH(const JobOperation, operation);
    QFETCH(const QString, why);
    QFETCH(const quint64, skipped);
    QFETCH(const quint64, inTheWay);
    ask({"MSET", "k:1", "v", "k:2", "v", "k:k:1", "v", "n:1", "theirs"});
    ask({"HSET", "k:h", "f", "v"});
    ask({"EXPIRE", "k:2", "50"});
    ask({"EXPIRE", "k:h", "5000"});
    PreviewTally tally;
    const auto step = [&] { return std::make_unique<PreviewStep>(operation, PreviewWays{}, tally); };
    QCOMPARE(done(nodesOf(*m_server, GateRules{true, {}}), step, {"k:1", "k:2", "k:k:1", "k:h"}), "done 4 ");
    const JobPreview preview = tally.preview();
    QCOMPARE(preview.inTheWay, inTheWay);
    QCOMPARE(preview.skipped.contains(why.toStdString()) ? preview.skipped.at(why.toStdString()) : 0U, skipped);
    QVERIFY(!why.isEmpty() || !preview.skipped.contains("there is a key of the new name already"));
    QVERIFY(!why.isEmpty() || !preview.skipped.contains("it would be over already"));
    QCOMPARE(ask({"DBSIZE"}), "5");
}

void TestJobSteps::aPreviewNamesWhatCannotBeReplaced_data()
{
    QTest::addColumn<JobOperation>("operation");
    QTest::addColumn<bool>("asks");
    QTest::addColumn<quint64>("notUndoable");
    CopyKeys copy;
    copy.replaces = true;
    QTest::addRow("by a copy") << JobOperation(copy) << true << quint64{1};
    QTest::addRow("by a rename") << JobOperation(RenameKeys{false, "k:", "n:", Collision::Overwrite}) << true
                                 << quint64{1};
    QTest::addRow("by a copy without an archive") << JobOperation(copy) << false << quint64{0};
}

/// It can't be archived: the job would leave it alone.
void TestJobSteps::aPreviewNamesWhatCannotBeReplaced()
{
    QFETCH(const JobOperation, operation);
    QFETCH(const bool, asks);
    QFETCH(const quint64, notUndoable);
    const auto target = RedisServer::start();
    const bool isCopy = std::holds_alternative<CopyKeys>(operation);
    ask({"MSET", "k:1", "v", "k:2", "v", "k:3", "v"});
    for (const std::string name : {"1", "2"}) { // the third name is free
        const RedisServer::Args large{"SET", (isCopy ? "k:" : "n:") + name, std::string(name == "1" ? 5000 : 5, 'x')};
        static_cast<void>(isCopy ? target->command(large) : m_server->command(large));
    }
    PreviewTally tally;
    PreviewWays ways;
    ways.largest = ByteCount{1000};
    ways.asksTakenSizes = asks;
    if (isCopy) {
        ways.makeTarget = [&] { return laneTo(*target); };
    }
    const auto step = [&] { return std::make_unique<PreviewStep>(operation, ways, tally); };
    QCOMPARE(done(nodesOf(*m_server, GateRules{true, {}}), step, {"k:1", "k:2", "k:3"}), "done 3 ");
    const JobPreview preview = tally.preview();
    QCOMPARE(preview.inTheWay, 2U);
    QCOMPARE(preview.notUndoable, notUndoable);
    QCOMPARE(preview.leftAlone.size(), std::size_t{notUndoable});
    if (asks) {
        QCOMPARE(preview.leftAlone.front().key, std::string("k:1"));
        const std::string& why = preview.leftAlone.front().why;
        QVERIFY2(why.starts_with("the key that it would replace: it can't be undone: "), why.c_str());
    }
}

void TestJobSteps::aPreviewDoesNotTakeARefusalForAFreeName_data()
{
    QTest::addColumn<bool>("isCopy");
    QTest::addRow("of a copy") << true;
    QTest::addRow("of a rename") << false;
}

/// Who may not ask is told so; a server that runs a script is asked again by the job.
void TestJobSteps::aPreviewDoesNotTakeARefusalForAFreeName()
{
    QFETCH(const bool, isCopy);
    ServerOptions options;
    options.aclLines = {u"user default on nopass ~* &* +@all -exists"_s};
    const auto strict = RedisServer::start(options);
    strict->command({"SET", "k:1", "v"});
    const JobOperation operation =
        isCopy ? JobOperation(CopyKeys{}) : JobOperation(RenameKeys{false, "k:", "n:", Collision::Skip});
    PreviewTally tally;
    PreviewWays ways;
    if (isCopy) {
        ways.makeTarget = [&] { return laneTo(*strict); };
    }
    PreviewStep step(operation, ways, tally);
    const auto lane = laneTo(*strict);
    OutcomeList outcomes;
    QVERIFY(step.apply({*lane, *lane}, batchOf({"k:1"}), outcomes, {}));
    const std::string told = outcomes.all.at("k:1");
    QVERIFY2(told.starts_with("failed: it is not known whether its new name is taken: NOPERM"), told.c_str());
    QCOMPARE(tally.preview().keys, 0U);

    ask({"SET", "k:1", "v"});
    ways.makeTarget = [&]() -> std::unique_ptr<Lane> { return std::make_unique<BusyLane>(laneTo(*m_server), 0, 1); };
    PreviewStep patient(JobOperation(CopyKeys{}), ways, tally);
    const auto plain = laneTo(*m_server);
    outcomes.all.clear();
    const Status refused = patient.apply({*plain, *plain}, batchOf({"k:1"}), outcomes, {});
    QVERIFY(!refused && refused.error().kind == ErrorKind::Timeout);
    QVERIFY(refused.error().detail.startsWith(u"BUSY"_s));
    UnsettledKeys left = patient.takeUnsettled();
    QCOMPARE(left.notSent.size(), std::size_t{1});
    QVERIFY(patient.apply({*plain, *plain}, std::move(left.notSent), outcomes, {}));
    QCOMPARE(outcomes.all.at("k:1"), "done");
    QCOMPARE(tally.preview().inTheWay, 1U);
}

void TestJobSteps::plansComeBackFromJson_data()
{
    QTest::addColumn<int>("which");
    QTest::addRow("delete") << 0;
    QTest::addRow("expire") << 1;
    QTest::addRow("persist") << 2;
    QTest::addRow("rename") << 3;
    QTest::addRow("copy") << 4;
}

void TestJobSteps::plansComeBackFromJson()
{
    QFETCH(const int, which);
    const std::vector<JobOperation> operations{DeleteKeys{}, ExpireKeys{ExpireKeys::Mode::Cap, 4102444800123ms, 5ms},
        PersistKeys{}, RenameKeys{true, "\xff(", "\xfe", Collision::Number}, CopyKeys{"there", true, true}};
    JobPlan plan;
    plan.operation = operations.at(static_cast<std::size_t>(which));
    plan.keys = {KeyQuery::Kind::Prefix, std::string("a[1]\0\xff", 7), {}, false, "hash"};
    plan.database = 3;
    plan.databases = {3, 4};
    plan.archives = false;
    plan.keysPerSecond = 1234;
    plan.pace = ScanPace::Gentle;
    plan.refusesChanged = true;
    const auto back = planFromJson(QJsonDocument(planJson(plan)).toJson());
    QVERIFY(back);
    QVERIFY(*back == plan);
    QVERIFY(!planFromJson("{}"));
    QVERIFY(!planFromJson("nothing of the kind"));
    const QByteArray whole = QJsonDocument(planJson(plan)).toJson();
    const auto cut = planFromJson(whole.first(whole.size() / 2));
    QVERIFY(!cut);
    QVERIFY2(
        cut.error().detail.contains(u"cut off"_s), qPrintable(cut.error().detail)); // and not which member it lacks
    const auto shown =
        planFromJson(QJsonDocument(QJsonObject{{u"dry_run"_s, true}, {u"plan"_s, planJson(plan)}}).toJson());
    QVERIFY(shown && *shown == plan);
}

void TestJobSteps::refusesDatabasesThatAreNone_data()
{
    QTest::addColumn<QJsonValue>("databases");
    QTest::addColumn<bool>("isGood");
    QTest::addRow("numbers") << QJsonValue(QJsonArray{3, 0}) << true;
    QTest::addRow("none") << QJsonValue(QJsonArray{}) << true;
    QTest::addRow("text") << QJsonValue(QJsonArray{u"3"_s}) << false;
    QTest::addRow("null") << QJsonValue(QJsonArray{QJsonValue()}) << false;
    QTest::addRow("one twice") << QJsonValue(QJsonArray{3, 3}) << false;
    QTest::addRow("below zero") << QJsonValue(QJsonArray{-1}) << false;
    QTest::addRow("no list") << QJsonValue(3) << false;
}

void TestJobSteps::refusesDatabasesThatAreNone()
{
    QFETCH(const QJsonValue, databases);
    QFETCH(const bool, isGood);
    QJsonObject plan = planJson(JobPlan{});
    QCOMPARE(plan[u"keyglass_plan"_s].toInt(), 1);
    plan[u"databases"_s] = databases;
    QCOMPARE(static_cast<bool>(planFromJson(QJsonDocument(plan).toJson())), isGood);
}

void TestJobSteps::refusesPlansThatSayStrangeThings_data()
{
    QTest::addColumn<QByteArray>("object"); // of the plan, empty: itself
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<bool>("isGood");
    const auto row = [](const char* name, const char* object, const char* member, const QJsonValue& value,
                         bool isGood = false) {
        QTest::addRow("%s", name) << QByteArray(object) << QByteArray(member) << value << isGood;
    };
    row("another database", "", "database", 3, true);
    row("a database that is a text", "", "database", u"3"_s);
    row("a database below zero", "", "database", -1);
    row("half a database", "", "database", 1.5);
    row("a flag that is a text", "", "archive", u"no"_s);
    row("a flag", "", "archive", false, true);
    row("a member by another name", "", "archives", false);
    row("a rate", "", "rate", 100, true);
    row("no rate", "", "rate", QJsonValue(), true);
    row("a rate of nothing", "", "rate", 0);
    row("a rate that is a text", "", "rate", u"slow"_s);
    row("keys with a member by another name", "keys", "pattern", u"k:*"_s);
    row("keys of a type that is a number", "keys", "type", 1);
    row("bytes in base64", "keys", "bytes", QJsonObject{{u"base64"_s, u"azo="_s}}, true);
    row("bytes in something else", "keys", "bytes", QJsonObject{{u"hex"_s, u"6b"_s}});
    row("an operation with a member by another name", "operation", "ttl", 60);
}

/// Whoever has written that means something, which would not be done: on other keys, or without an archive.
void TestJobSteps::refusesPlansThatSayStrangeThings()
{
    QFETCH(const QByteArray, object);
    QFETCH(const QByteArray, member);
    QFETCH(const QJsonValue, value);
    QFETCH(const bool, isGood);
    JobPlan meant;
    meant.keys.kind = KeyQuery::Kind::Prefix;
    meant.keys.bytes = "k:";
    QJsonObject plan = planJson(meant);
    const QString name = QString::fromLatin1(member);
    if (object.isEmpty()) {
        plan.insert(name, value);
    } else {
        QJsonObject inner = plan.value(QString::fromLatin1(object)).toObject();
        inner.insert(name, value);
        plan.insert(QString::fromLatin1(object), inner);
    }
    const auto read = planFromJson(QJsonDocument(plan).toJson());
    QCOMPARE(read.has_value(), isGood);
    if (!isGood) {
        QVERIFY2(read.error().detail.contains(name), qPrintable(read.error().detail));
    }
}

void TestJobSteps::refusesPlansThatDelete()
{
    JobPlan plan;
    plan.operation = ExpireKeys{ExpireKeys::Mode::At, 1000ms, 0ms};
    QVERIFY(!checkPlan(plan));
    plan.operation = ExpireKeys{ExpireKeys::Mode::In, 0ms, 0ms};
    QVERIFY(!checkPlan(plan));
    plan.operation = RenameKeys{true, "(", "x", Collision::Skip};
    QVERIFY(!checkPlan(plan));
    plan.operation = ExpireKeys{ExpireKeys::Mode::In, 1ms, 0ms};
    QVERIFY(checkPlan(plan));
}

void TestJobSteps::refusesNamesOfGroupsThatAreNotThere_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("isGood");
    QTest::addRow("the whole match") << "^a"_ba << "\\0:b"_ba << true;
    QTest::addRow("its only group") << "^(a)"_ba << "\\1:b"_ba << true;
    QTest::addRow("one more than there are") << "^(a)"_ba << "\\1\\2"_ba << false;
    QTest::addRow("one where there are none") << "^a"_ba << "x\\1"_ba << false;
    QTest::addRow("a backslash before a digit") << "^a"_ba << "x\\\\1"_ba << true;
    QTest::addRow("a group that takes no part") << "^a|(b)"_ba << "x\\1"_ba << true;
}

/// Every key would lose that part of its name, and all might get the same.
void TestJobSteps::refusesNamesOfGroupsThatAreNotThere()
{
    QFETCH(const QByteArray, expression);
    QFETCH(const QByteArray, to);
    JobPlan plan;
    plan.operation = RenameKeys{true, expression.toStdString(), to.toStdString(), Collision::Overwrite};
    const Status checked = checkPlan(plan);
    QTEST(checked.has_value(), "isGood");
    if (!checked) {
        QCOMPARE(checked.error().subject, displayText(to.toStdString()));
    }
}

void TestJobSteps::refusesPlansWithoutTheirKeys_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<bool>("isGood");
    QTest::addRow("a prefix") << R"({"kind": "prefix", "bytes": "k:"})"_ba << true;
    QTest::addRow("all") << R"({"kind": "all"})"_ba << true;
    QTest::addRow("the empty key") << R"({"kind": "exact", "bytes": ""})"_ba << true;
    QTest::addRow("a prefix that is not there") << R"({"kind": "prefix"})"_ba << false;
    QTest::addRow("a prefix by another name") << R"({"kind": "prefix", "prefix": "k:"})"_ba << false;
    QTest::addRow("a prefix that is a number") << R"({"kind": "prefix", "bytes": 7})"_ba << false;
    QTest::addRow("a pattern that is not there") << R"({"kind": "glob", "bytes": ""})"_ba << false;
    QTest::addRow("a key that is not there") << R"({"kind": "exact"})"_ba << false;
}

/// A file that somebody has written: no prefix at all would be that of all keys.
void TestJobSteps::refusesPlansWithoutTheirKeys()
{
    QFETCH(const QByteArray, keys);
    QFETCH(const bool, isGood);
    QJsonObject plan = planJson(JobPlan{});
    plan.insert("keys"_L1, QJsonDocument::fromJson(keys).object());
    const auto read = planFromJson(QJsonDocument(plan).toJson());
    QCOMPARE(read.has_value(), isGood);
    if (!isGood) {
        QCOMPARE(read.error().kind, ErrorKind::Input);
    }
}

QTEST_GUILESS_MAIN(TestJobSteps)
#include "tst_jobsteps.moc"
