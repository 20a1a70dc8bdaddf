// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody else writes to a key between the moment it was archived and the moment an import takes its place.
#include "core/bulk/jobpace.h"
#include "core/bulk/jobreport.h"
#include "core/source/laneview.h"
#include "core/transfer/importbatch.h"
#include "core/transfer/partreader.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/bulk/busylane.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <set>
#include <stop_token>
#include <string>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Does something once keys were dumped (or what else is to be waited for), and before anybody knows of it.
class DisturbedLane final : public LaneView {
public:
    DisturbedLane(Lane& lane, std::function<void()> disturb, std::set<std::string, std::less<>> after = {"DUMP"})
        : LaneView(lane)
        , m_disturb(std::move(disturb))
        , m_after(std::move(after))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        if (std::ranges::any_of(
                commands, [this](const Command& command) { return m_after.contains(command.name()); })) {
            m_disturb();
        }
        return replies;
    }

private:
    const std::function<void()> m_disturb;
    const std::set<std::string, std::less<>> m_after;
};

} // namespace

class TestImportRace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anothersWriteIsNotLost_data();
    void anothersWriteIsNotLost();
    void aBusyServerIsWaitedFor_data();
    void aBusyServerIsWaitedFor();
    void whatAnOlderServerDoesNotTakeIsToldWithAWayOut();
    void aCancelledImportLeavesNothingHalfMade_data();
    void aCancelledImportLeavesNothingHalfMade();
};

void TestImportRace::anothersWriteIsNotLost_data()
{
    QTest::addColumn<QStringList>("write");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("left");
    const QString changed = u"changed: the key of this name changed after it was archived: it was left alone"_s;
    QTest::addRow("nobody writes") << QStringList{u"PING"_s} << u"done"_s << u"new"_s;
    QTest::addRow("another value") << QStringList{u"SET"_s, u"k"_s, u"theirs"_s} << changed << u"theirs"_s;
    QTest::addRow("another end") << QStringList{u"PEXPIREAT"_s, u"k"_s, QString::fromStdString(farAway)} << changed
                                 << u"old"_s;
    QTest::addRow("deleted") << QStringList{u"DEL"_s, u"k"_s} << changed << QString();
}

void TestImportRace::anothersWriteIsNotLost()
{
    QFETCH(const QStringList, write);
    QFETCH(const QString, outcome);
    QFETCH(const QString, left);
    const auto server = RedisServer::start();
    server->command({"SET", "k", "old"});
    TestArchive archive;
    const auto plain = laneTo(*server);
    DisturbedLane owner(*plain, [&] {
        Args words;
        for (const QString& word : write) {
            words.push_back(word.toStdString());
        }
        server->command(words);
    });
    ImportLanes lanes{*plain, [&owner](const std::string&) -> Lane& { return owner; }};
    ImportOptions options;
    options.conflict = ImportConflict::Replace;
    ImportSteps steps(lanes, options, archive.writer.get());
    KeyPart part;
    part.key = "k";
    part.type = KeyType::String;
    part.rows = {{"new"}};
    std::vector<ImportedKey> keys(1);
    keys.front().part = part;
    QVERIFY(steps.look(keys, {}) && steps.make(keys, {}) && steps.name(keys, {}) && steps.clean(keys, {}));
    const std::string said = std::string(outcomeName(*keys.front().outcome)) + (keys.front().detail.empty() ? "" : ": ")
        + keys.front().detail;
    QCOMPARE(QString::fromStdString(said), outcome);
    QCOMPARE(server->command({"DBSIZE"}), left.isEmpty() ? "0" : "1");
    if (!left.isEmpty()) {
        QCOMPARE(server->command({"GET", "k"}), left.toStdString());
    }
    QVERIFY(archive.writer->finish());
    QCOMPARE(archive.records().size(), std::size_t{1});
}

void TestImportRace::aBusyServerIsWaitedFor_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<bool>("isOwnerBusy");
    QTest::addColumn<QString>("user");
    QTest::addColumn<bool>("comes");
    QTest::addColumn<QString>("outcome");
    const QString all = u"user default on nopass ~* &* +@all"_s;
    const QString changed = u"changed: the key of this name changed after it was archived: it was left alone"_s;
    QTest::addRow("while it is made") << 1 << false << all << false << u"done"_s;
    QTest::addRow("while it is named") << 2 << false << all << false << u"done"_s;
    QTest::addRow("while it is cleaned away") << 3 << false << all << true << changed;
    QTest::addRow("while it is archived") << 0 << true << all << false << u"done"_s;
    QTest::addRow("before it is named under WATCH") << 2 << true << all + u" -eval"_s << false << u"done"_s;
    QTest::addRow("while it is named under WATCH") << 3 << true << all + u" -eval"_s << false << u"done"_s;
}

/// It runs a script, and is asked again until it does no more.
void TestImportRace::aBusyServerIsWaitedFor()
{
    QFETCH(const int, before);
    QFETCH(const bool, isOwnerBusy);
    QFETCH(const QString, user);
    QFETCH(const bool, comes);
    QFETCH(const QString, outcome);
    ServerOptions serverOptions;
    serverOptions.aclLines = {user};
    const auto server = RedisServer::start(serverOptions);
    server->command({"SET", "k", "old"});
    TestArchive archive;
    BusyLane busy(laneTo(*server), before, 2);
    const auto plain = laneTo(*server);
    DisturbedLane other(*plain, [&] {
        if (comes) {
            server->command({"SET", "k", "theirs"});
        }
    });
    Lane& owner = isOwnerBusy ? static_cast<Lane&>(busy) : other;
    ImportLanes lanes{
        isOwnerBusy ? *plain : static_cast<Lane&>(busy), [&owner](const std::string&) -> Lane& { return owner; }};
    ImportOptions options;
    options.conflict = ImportConflict::Replace;
    ImportSteps steps(lanes, options, archive.writer.get());
    std::vector<ImportedKey> keys(1);
    keys.front().part.key = "k";
    keys.front().part.type = KeyType::String;
    keys.front().part.rows = {{"new"}};
    keys.front().part.expireAt = Milliseconds{std::stoll(farAway)};
    QVERIFY(steps.look(keys, {}) && steps.make(keys, {}) && steps.name(keys, {}) && steps.clean(keys, {}));
    const std::string said = std::string(outcomeName(*keys.front().outcome)) + (keys.front().detail.empty() ? "" : ": ")
        + keys.front().detail;
    QCOMPARE(QString::fromStdString(said), outcome);
    QCOMPARE(busy.refused, 2);
    QCOMPARE(server->list({"KEYS", "*"}), std::vector<std::string>{"k"}); // nothing under a passing name
    QCOMPARE(server->command({"GET", "k"}), comes ? "theirs" : "new");
    QCOMPARE(server->command({"PEXPIRETIME", "k"}), comes ? "-1" : farAway);
}

void TestImportRace::whatAnOlderServerDoesNotTakeIsToldWithAWayOut()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    KeyPart part;
    part.key = "k";
    part.dump = server->command({"DUMP", "k"});
    part.dump[part.dump.size() - 10] = '\x7f'; // the version of what was dumped
    server->command({"DEL", "k"});
    const auto lane = laneTo(*server);
    ImportLanes lanes{*lane, [&lane](const std::string&) -> Lane& { return *lane; }};
    ImportOptions options;
    ImportSteps steps(lanes, options, nullptr);
    std::vector<ImportedKey> keys(1);
    keys.front().part = part;
    QVERIFY(steps.look(keys, {}) && steps.make(keys, {}) && steps.name(keys, {}) && steps.clean(keys, {}));
    QCOMPARE(*keys.front().outcome, Outcome::Failed);
    QVERIFY2(keys.front().detail.find("payload version") != std::string::npos, keys.front().detail.c_str());
    QVERIFY2(keys.front().detail.find("JSON lines") != std::string::npos, keys.front().detail.c_str());
    QCOMPARE(server->command({"DBSIZE"}), "0");
}

void TestImportRace::aCancelledImportLeavesNothingHalfMade_data()
{
    QTest::addColumn<QByteArray>("file");
    QByteArray small;
    for (int at = 0; at < 100; ++at) {
        small += "SET k:" + QByteArray::number(at) + " v\n";
    }
    QByteArray large;
    for (int at = 0; at < 3; ++at) {
        large += "RPUSH k";
        for (int element = 0; element < 800; ++element) {
            large += ' ' + QByteArray(1000, 'x');
        }
        large += '\n';
    }
    QTest::addRow("small keys, made and not named") << small;
    QTest::addRow("a large key, of which the first part is made") << large;
}

void TestImportRace::aCancelledImportLeavesNothingHalfMade()
{
    QFETCH(const QByteArray, file);
    const auto server = RedisServer::start();
    const QTemporaryDir folder;
    QFile out(folder.filePath(u"keys.txt"_s));
    QVERIFY(out.open(QIODevice::WriteOnly) && out.write(file) == file.size());
    out.close();
    std::stop_source stop;
    const auto plain = laneTo(*server);
    DisturbedLane routed(*plain, [&stop] { stop.request_stop(); }, {"SET", "RPUSH"});
    ImportLanes lanes{routed, [&plain](const std::string&) -> Lane& { return *plain; }};
    JobPace pace;
    JobReport report;
    auto reader = PartReader::open(out.fileName(), TransferFormat::Commands);
    QVERIFY(reader);
    const Status done = ImportRun(lanes, {}, nullptr, pace, report).run(**reader, stop.get_token());
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Cancelled);
    QTRY_COMPARE(server->command({"DBSIZE"}), "0"); // the passing names are taken away
    QVERIFY(report.counts().keys() > 0);
    QCOMPARE(report.counts().done(), 0U);
}

QTEST_GUILESS_MAIN(TestImportRace)
#include "tst_importrace.moc"
