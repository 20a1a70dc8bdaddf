// SPDX-License-Identifier: GPL-3.0-or-later
// Pages at the limits: the last IDs there can be, hashes that HSCAN can't bring or may not.
#include "core/value/pagejump.h"
#include "core/value/streamgroups.h"
#include "core/value/streamrange.h"
#include "core/value/valuepage.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

using Args = RedisServer::Args;

namespace {

constexpr std::size_t overCap = 70U * 1024 * 1024; ///< More than one reply may hold.
const std::string greatestId = "18446744073709551615-18446744073709551615";

ValuePageRequest pageOf(const std::string& key, KeyType type)
{
    ValuePageRequest request;
    request.key = key;
    request.type = type;
    return request;
}

std::set<std::string> firstCells(const WholeRead& read)
{
    std::set<std::string> names;
    for (const auto& row : read.rows) {
        names.insert(row.front());
    }
    return names;
}

} // namespace

class TestPageLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void streamsUpToTheGreatestId_data();
    void streamsUpToTheGreatestId();
    void nothingIsBehindTheGreatestId();
    void pendingEntriesUpToTheGreatestId();
    void anEntryLongerThanAReplyHidesNothingElse_data();
    void anEntryLongerThanAReplyHidesNothingElse();
    void anEntryLongerThanAReplyInARange();
    void aHugeFieldAmongAFewThousand_data();
    void aHugeFieldAmongAFewThousand();
    void sizesComeBeforeTheValuesOfAFewThousand();
    void hashesWithoutHscan_data();
    void hashesWithoutHscan();

private:
    /// "1-0", "2-0" … and last the greatest ID.
    static void fillStream(RedisServer& server, std::size_t entries);
};

void TestPageLimits::fillStream(RedisServer& server, std::size_t entries)
{
    server.fill(entries - 1, [](std::size_t n) { return Args{"XADD", "s", std::to_string(n + 1) + "-0", "f", "v"}; });
    server.command({"XADD", "s", greatestId, "f", "last"});
}

void TestPageLimits::streamsUpToTheGreatestId_data()
{
    QTest::addColumn<int>("entries");
    QTest::addColumn<bool>("descending");
    for (const int entries : {1, 7, 8, 9, 72, 73, 500, 501}) {
        QTest::addRow("%d entries", entries) << entries << false;
        QTest::addRow("%d entries, the last first", entries) << entries << true;
    }
}

void TestPageLimits::streamsUpToTheGreatestId()
{
    QFETCH(const int, entries);
    QFETCH(const bool, descending);
    const auto server = RedisServer::start();
    fillStream(*server, static_cast<std::size_t>(entries));
    const auto lane = readingLane(*server);
    ValuePageRequest request = pageOf("s", KeyType::Stream);
    request.descending = descending;
    request.from = startOf(descending);
    const WholeRead read = readAll(*lane, request);
    QVERIFY2(!read.error, read.error ? qPrintable(read.error->detail) : "");
    QCOMPARE(read.rows.size(), static_cast<std::size_t>(entries));
    QCOMPARE((descending ? read.rows.front() : read.rows.back()).front(), greatestId);
}

void TestPageLimits::nothingIsBehindTheGreatestId()
{
    const auto server = RedisServer::start();
    fillStream(*server, 3);
    const auto lane = readingLane(*server);
    ValuePageRequest request = pageOf("s", KeyType::Stream);
    request.from.id = greatestId;
    const auto page = fetchValuePage(*lane, request, {});
    QVERIFY(page.has_value());
    QVERIFY(page->rows.empty() && page->complete);
    request.from = positionAtEntry(greatestId, false).value_or(ValuePosition{});
    const auto last = fetchValuePage(*lane, request, {});
    QVERIFY(last.has_value());
    QCOMPARE(last->rows.size(), std::size_t{1});
}

void TestPageLimits::pendingEntriesUpToTheGreatestId()
{
    const auto server = RedisServer::start();
    fillStream(*server, 4);
    server->command({"XGROUP", "CREATE", "s", "g", "0"});
    server->command({"XREADGROUP", "GROUP", "g", "ann", "COUNT", "10", "STREAMS", "s", ">"});
    const auto lane = readingLane(*server);
    PendingRequest request{.key = "s", .group = "g", .consumer = {}, .after = {}};
    request.maxEntries = 2;
    std::vector<std::string> ids;
    for (int pages = 0; pages < 5; ++pages) {
        const auto page = fetchPendingEntries(*lane, request, {});
        QVERIFY(page.has_value());
        for (const PendingEntry& entry : page->entries) {
            ids.push_back(entry.id);
        }
        if (page->complete) {
            break;
        }
        request.after = page->entries.back().id;
    }
    QCOMPARE(ids, (std::vector<std::string>{"1-0", "2-0", "3-0", greatestId}));
}

void TestPageLimits::anEntryLongerThanAReplyHidesNothingElse_data()
{
    QTest::addColumn<bool>("descending");
    QTest::newRow("from the first") << false;
    QTest::newRow("from the last") << true;
}

void TestPageLimits::anEntryLongerThanAReplyHidesNothingElse()
{
    QFETCH(const bool, descending);
    const auto server = RedisServer::start();
    for (const char* id : {"1-0", "2-0", "3-0", "4-0", "5-0"}) {
        server->command({"XADD", "s", id, "f", id == "3-0"s ? std::string(overCap, 'x') : "v", "g", "w"});
    }
    const auto lane = readingLane(*server);
    ValuePageRequest request = pageOf("s", KeyType::Stream);
    request.descending = descending;
    request.from = startOf(descending);
    WholeRead read = readAll(*lane, request);
    QVERIFY2(!read.error, read.error ? qPrintable(read.error->detail) : "");
    QVERIFY(read.hasGaps);
    if (descending) {
        std::ranges::reverse(read.rows);
    }
    QCOMPARE(read.rows.size(), std::size_t{5});
    for (std::size_t at = 0; at < read.rows.size(); ++at) {
        QCOMPARE(read.rows[at].front(), std::to_string(at + 1) + "-0");
    }
    QCOMPARE(read.rows[2], (std::vector<std::string>{"3-0", "f", ""}));
    QCOMPARE(read.placeholders, std::size_t{1});
    QCOMPARE(read.rows[3], (std::vector<std::string>{"4-0", "f", "v", "g", "w"}));
    const auto slice = fetchValueSlice(*lane, {"s", KeyType::Stream, "3-0", 2}, {});
    QVERIFY(!slice.has_value());
    QCOMPARE(slice.error().kind, ErrorKind::Limit);
}

void TestPageLimits::anEntryLongerThanAReplyInARange()
{
    const auto server = RedisServer::start();
    for (const char* id : {"1-0", "2-0", "3-0"}) {
        server->command({"XADD", "s", id, "f", id == "2-0"s ? std::string(overCap, 'x') : "v"});
    }
    const auto lane = readingLane(*server);
    StreamRangeRequest request;
    request.key = "s";
    const auto range = fetchStreamRange(*lane, request, {});
    QVERIFY2(range.has_value(), range ? "" : qPrintable(range.error().detail));
    QCOMPARE(range->rows.size(), std::size_t{3});
    QCOMPARE(range->rows[1].front().bytes, "2-0"s);
    QVERIFY(!range->rows[1].back().isWhole());
    QVERIFY(range->complete);
}

void TestPageLimits::aHugeFieldAmongAFewThousand_data()
{
    QTest::addColumn<std::string>("match");
    QTest::addColumn<std::size_t>("rows");
    QTest::newRow("all") << ""s << std::size_t{3001};
    QTest::newRow("some, with the huge one") << "*hu*"s << std::size_t{1};
    QTest::newRow("some others") << "f1*"s << std::size_t{1111};
}

/// Also where HSCAN has no NOVALUES (before 7.4) nothing is missing.
void TestPageLimits::aHugeFieldAmongAFewThousand()
{
    QFETCH(const std::string, match);
    QFETCH(const std::size_t, rows);
    const auto server = RedisServer::start();
    server->fill(3000, [](std::size_t n) { return Args{"HSET", "k", "f" + std::to_string(n), "v"}; });
    server->command({"HSET", "k", "huge", std::string(overCap, 'x')});
    const auto lane = readingLane(*server);
    ValuePageRequest request = pageOf("k", KeyType::Hash);
    request.match = match;
    const WholeRead read = readAll(*lane, request);
    QVERIFY2(!read.error, read.error ? qPrintable(read.error->detail) : "");
    QVERIFY(!read.hasGaps);
    const auto names = firstCells(read);
    QCOMPARE(names.size(), rows);
    QCOMPARE(names.contains("huge"), match != "f1*");
    QCOMPARE(read.placeholders, std::size_t{names.contains("huge") ? 1U : 0U});
}

/// Ten values of some megabytes among a few thousand fields: sizes come first, whatever HSCAN knows.
void TestPageLimits::sizesComeBeforeTheValuesOfAFewThousand()
{
    constexpr std::uint64_t large = 3'000'000;
    const auto server = RedisServer::start();
    server->fill(2000, [](std::size_t n) { return Args{"HSET", "k", "f" + std::to_string(n), "v"}; });
    for (int at = 0; at < 10; ++at) {
        server->command({"HSET", "k", "large" + std::to_string(at), std::string(large, 'x')});
    }
    const auto lane = readingLane(*server);
    const WholeRead read = readAll(*lane, pageOf("k", KeyType::Hash));
    QVERIFY2(!read.error, read.error ? qPrintable(read.error->detail) : "");
    QVERIFY(!read.hasGaps);
    QCOMPARE(firstCells(read).size(), std::size_t{2010});
    QCOMPARE(read.placeholders, std::size_t{10});
    QVERIFY2(read.largestReceived < large, std::to_string(read.largestReceived).c_str());
}

void TestPageLimits::hashesWithoutHscan_data()
{
    QTest::addColumn<int>("fields");
    QTest::addColumn<std::string>("match");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("a page") << 400 << ""s << true;
    QTest::newRow("more than a page") << 600 << ""s << true;
    QTest::newRow("some of more than a page") << 600 << "f5*"s << true;
    QTest::newRow("too many for their names at once") << 10'001 << ""s << false;
}

void TestPageLimits::hashesWithoutHscan()
{
    QFETCH(const int, fields);
    QFETCH(const std::string, match);
    QFETCH(const bool, isRead);
    const auto server =
        RedisServer::start(ServerOptions{.aclLines = {QStringLiteral("user bob on >pw ~* +@all -hscan")}});
    server->fill(static_cast<std::size_t>(fields),
        [](std::size_t n) { return Args{"HSET", "k", "f" + std::to_string(n), "v" + std::to_string(n)}; });
    const auto lane = readingLane(*server, QStringLiteral("bob"));
    ValuePageRequest request = pageOf("k", KeyType::Hash);
    request.match = match;
    const WholeRead read = readAll(*lane, request);
    QCOMPARE(!read.error.has_value(), isRead);
    if (!isRead) {
        QCOMPARE(read.error->kind, ErrorKind::Permission);
        QVERIFY2(read.error->detail.startsWith(QStringLiteral("HSCAN")), qPrintable(read.error->detail));
        return;
    }
    QCOMPARE(firstCells(read).size(), match.empty() ? static_cast<std::size_t>(fields) : std::size_t{111});
    for (const auto& row : read.rows) {
        QCOMPARE(row[1], "v" + row[0].substr(1));
    }
}

QTEST_GUILESS_MAIN(TestPageLimits)
#include "tst_pagelimits.moc"
