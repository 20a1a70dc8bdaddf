// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/streamgroups.h"
#include "core/value/streamid.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

class TestStreamGroups : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void groupsTellWhereTheyAre();
    void consumersTellWhatTheyHave();
    void pendingEntriesComeInPages();
    void pendingEntriesOfOneConsumer();
    void pendingEntriesIdleForLong();
    void whatIsGoneIsTold_data();
    void whatIsGoneIsTold();
    void refusalsNameTheCommand();
    void idsAreCounted_data();
    void idsAreCounted();

private:
    /// `count` entries "1-1", "2-1"…, a group "g" at the beginning.
    void fill(int count);
    void read(const std::string& consumer, int count);

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

void TestStreamGroups::init()
{
    m_server = RedisServer::start(ServerOptions{.aclLines = {QStringLiteral("user bob on >pw ~* &* +@all -xinfo")}});
    m_lane = readingLane(*m_server);
}

void TestStreamGroups::fill(int count)
{
    m_server->fill(static_cast<std::size_t>(count), [](std::size_t n) {
        return RedisServer::Args{"XADD", "s", std::to_string(n + 1) + "-1", "f", std::to_string(n)};
    });
    m_server->command({"XGROUP", "CREATE", "s", "g", "0"});
}

void TestStreamGroups::read(const std::string& consumer, int count)
{
    m_server->command({"XREADGROUP", "GROUP", "g", consumer, "COUNT", std::to_string(count), "STREAMS", "s", ">"});
}

void TestStreamGroups::groupsTellWhereTheyAre()
{
    fill(5);
    const std::string odd("odd \xff\n", 6);
    m_server->command({"XGROUP", "CREATE", "s", odd, "$"});
    read("ann", 2);
    const auto groups = fetchStreamGroups(*m_lane, "s", {});
    QVERIFY(groups);
    QCOMPARE(groups->size(), std::size_t{2});
    const StreamGroup& g = (*groups)[0];
    QCOMPARE(g.name, std::string("g"));
    QCOMPARE(g.consumers, std::uint64_t{1});
    QCOMPARE(g.pending, std::uint64_t{2});
    QCOMPARE(g.lastDelivered, std::string("2-1"));
    QCOMPARE(g.entriesRead, std::optional<std::uint64_t>(2));
    QCOMPARE(g.lag, std::optional<std::uint64_t>(3));
    QCOMPARE((*groups)[1].name, odd);
    QCOMPARE((*groups)[1].lastDelivered, std::string("5-1"));
}

void TestStreamGroups::consumersTellWhatTheyHave()
{
    fill(5);
    read("ann", 2);
    read("bob", 1);
    const auto consumers = fetchStreamConsumers(*m_lane, "s", "g", {});
    QVERIFY(consumers);
    QCOMPARE(consumers->size(), std::size_t{2});
    QCOMPARE((*consumers)[0].name, std::string("ann"));
    QCOMPARE((*consumers)[0].pending, std::uint64_t{2});
    QCOMPARE((*consumers)[1].pending, std::uint64_t{1});
    QVERIFY((*consumers)[1].idle >= 0ms && (*consumers)[1].idle < 60s);
}

void TestStreamGroups::pendingEntriesComeInPages()
{
    fill(2500);
    read("ann", 2500);
    PendingRequest request{.key = "s", .group = "g", .consumer = {}, .after = {}};
    request.maxEntries = 1000;
    std::set<std::string> ids;
    std::vector<std::size_t> sizes;
    for (bool isComplete = false; !isComplete;) {
        const auto page = fetchPendingEntries(*m_lane, request, {});
        QVERIFY(page);
        for (const PendingEntry& entry : page->entries) {
            QVERIFY(ids.insert(entry.id).second);
            QCOMPARE(entry.consumer, std::string("ann"));
            QCOMPARE(entry.deliveries, std::uint64_t{1});
        }
        sizes.push_back(page->entries.size());
        isComplete = page->complete;
        request.after = page->entries.empty() ? std::string() : page->entries.back().id;
    }
    QCOMPARE(ids.size(), std::size_t{2500});
    QCOMPARE(sizes, std::vector<std::size_t>({1000, 1000, 500}));
}

void TestStreamGroups::pendingEntriesOfOneConsumer()
{
    fill(10);
    read("ann", 3);
    read("bob", 4);
    const auto page = fetchPendingEntries(*m_lane, {.key = "s", .group = "g", .consumer = "bob", .after = {}}, {});
    QVERIFY(page && page->complete);
    QCOMPARE(page->entries.size(), std::size_t{4});
    QCOMPARE(page->entries.front().id, std::string("4-1"));
    const auto none = fetchPendingEntries(*m_lane, {.key = "s", .group = "g", .consumer = "nobody", .after = {}}, {});
    QVERIFY(none && none->complete && none->entries.empty());
}

void TestStreamGroups::pendingEntriesIdleForLong()
{
    fill(3);
    read("ann", 3);
    m_server->command({"XCLAIM", "s", "g", "ann", "0", "2-1", "IDLE", "700000", "JUSTID"});
    const auto page =
        fetchPendingEntries(*m_lane, {.key = "s", .group = "g", .consumer = {}, .minIdle = 600s, .after = {}}, {});
    QVERIFY(page);
    QCOMPARE(page->entries.size(), std::size_t{1});
    QCOMPARE(page->entries.front().id, std::string("2-1"));
    QVERIFY(page->entries.front().idle >= 600s);
}

void TestStreamGroups::whatIsGoneIsTold_data()
{
    QTest::addColumn<bool>("hasKey");
    QTest::addRow("no group") << true;
    QTest::addRow("no key") << false;
}

void TestStreamGroups::whatIsGoneIsTold()
{
    QFETCH(const bool, hasKey);
    if (hasKey) {
        m_server->command({"XADD", "s", "1-1", "f", "v"});
    } else {
        const auto groups = fetchStreamGroups(*m_lane, "s", {});
        QVERIFY(!groups);
        QCOMPARE(groups.error().kind, ErrorKind::Gone);
    }
    const auto consumers = fetchStreamConsumers(*m_lane, "s", "g", {});
    QVERIFY(!consumers);
    QCOMPARE(consumers.error().kind, ErrorKind::Gone);
    const auto pending = fetchPendingEntries(*m_lane, {.key = "s", .group = "g", .consumer = {}, .after = {}}, {});
    QVERIFY(!pending);
    QCOMPARE(pending.error().kind, ErrorKind::Gone);
    m_server->command({"DEL", "s"});
    m_server->command({"SET", "s", "text"});
    const auto wrong = fetchStreamGroups(*m_lane, "s", {});
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::WrongType);
}

void TestStreamGroups::refusalsNameTheCommand()
{
    fill(1);
    const auto lane = readingLane(*m_server, QStringLiteral("bob"));
    const auto groups = fetchStreamGroups(*lane, "s", {});
    QVERIFY(!groups);
    QCOMPARE(groups.error().kind, ErrorKind::Permission);
    QVERIFY((groups.error().subject + groups.error().detail).contains(QStringLiteral("XINFO")));
}

void TestStreamGroups::idsAreCounted_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("next");
    const auto row = [](const char* name, const char* text, const char* next) {
        QTest::addRow("%s", name) << std::string(text) << std::string(next);
    };
    row("whole", "5-3", "5-4");
    row("time alone", "5", "5-1");
    row("the last of a millisecond", "5-18446744073709551615", "6-0");
    row("the last of all", "18446744073709551615-18446744073709551615", "18446744073709551615-18446744073709551615");
    row("no number", "now", "");
    row("nothing", "", "");
    row("too large", "18446744073709551616-1", "");
    row("half", "5-", "");
}

void TestStreamGroups::idsAreCounted()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, next);
    const auto id = StreamId::parse(text);
    QCOMPARE(id ? id->next().text() : std::string(), next);
}

QTEST_GUILESS_MAIN(TestStreamGroups)
#include "tst_streamgroups.moc"
