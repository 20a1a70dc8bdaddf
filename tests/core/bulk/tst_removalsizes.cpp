// SPDX-License-Identifier: GPL-3.0-or-later
// Large keys and many of them: what is too large for the archive is told, and little is held at a time.
#include "core/bulk/archivebefore.h"
#include "core/bulk/keylook.h"
#include "tests/core/bulk/removalfixture.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

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

} // namespace

class TestRemovalSizes : public RemovalFixture {
    Q_OBJECT

private Q_SLOTS:
    void transactionsAreAsLargeAsTheyMay_data();
    void transactionsAreAsLargeAsTheyMay();
    void aLargeKeyIsNamed_data();
    void aLargeKeyIsNamed();
    void sizesAreToldByLengthsWhereTheyAreNotAllowed_data();
    void sizesAreToldByLengthsWhereTheyAreNotAllowed();
    void valuesAreHeldAFewMegabytesAtATime();
};

void TestRemovalSizes::transactionsAreAsLargeAsTheyMay_data()
{
    QTest::addColumn<std::size_t>("keys");
    QTest::addColumn<std::uint64_t>("bytes");
    QTest::addColumn<std::uint64_t>("transactions");
    QTest::newRow("by keys") << std::size_t{10} << std::uint64_t{10'000'000} << std::uint64_t{20};
    QTest::newRow("by bytes: four values of some 10 KB")
        << std::size_t{100} << std::uint64_t{45'000} << std::uint64_t{52}; // of batches of 50
    QTest::newRow("larger than that: alone") << std::size_t{100} << std::uint64_t{1000} << std::uint64_t{200};
}

void TestRemovalSizes::transactionsAreAsLargeAsTheyMay()
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

void TestRemovalSizes::aLargeKeyIsNamed_data()
{
    QTest::addColumn<bool>("deletesUnarchived");
    QTest::addRow("left alone") << false;
    QTest::addRow("deleted all the same") << true;
}

void TestRemovalSizes::aLargeKeyIsNamed()
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

void TestRemovalSizes::sizesAreToldByLengthsWhereTheyAreNotAllowed_data()
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
void TestRemovalSizes::sizesAreToldByLengthsWhereTheyAreNotAllowed()
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

void TestRemovalSizes::valuesAreHeldAFewMegabytesAtATime()
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

QTEST_GUILESS_MAIN(TestRemovalSizes)
#include "tst_removalsizes.moc"
