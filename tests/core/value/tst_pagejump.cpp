// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/globmatch.h"
#include "core/value/pagejump.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

Q_DECLARE_METATYPE(keyglass::KeyType)

using Args = RedisServer::Args;
using Rows = std::vector<std::vector<std::string>>;

namespace {

ValuePageRequest pageOf(const std::string& key, KeyType type)
{
    ValuePageRequest request;
    request.key = key;
    request.type = type;
    return request;
}

Rows reversed(Rows rows)
{
    std::reverse(rows.begin(), rows.end());
    return rows;
}

std::vector<std::string> names(const ValuePage& page, std::size_t cell = 0)
{
    std::vector<std::string> all;
    for (const ValueRow& row : page.rows) {
        all.push_back(row[cell].bytes);
    }
    return all;
}

std::vector<std::uint64_t> numbers(const ValuePage& page)
{
    std::vector<std::uint64_t> all;
    for (std::size_t row = 0; row < page.rows.size(); ++row) {
        all.push_back(page.numberOf(row));
    }
    return all;
}

using Names = std::vector<std::string>;
using Numbers = std::vector<std::uint64_t>;

} // namespace

class TestPageJump : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void descendingGivesTheSameRowsBackwards_data();
    void descendingGivesTheSameRowsBackwards();
    void bothSidesOfABorderAreTheWhole_data();
    void bothSidesOfABorderAreTheWhole();
    void scoresAreARange_data();
    void scoresAreARange();
    void ranksAreARange();
    void aScoreIsAPlace();
    void anEntryOrItsTimeIsAPlace_data();
    void anEntryOrItsTimeIsAPlace();
    void whatIsNoEntryIsTold();
    void anElementLongerThanAReplyHidesNothingBackwards();
    void listsAndStreamsAreLookedThrough();
    void aSearchBackwardsHasTheSameIndexes();
    void aSearchSaysHowFarItCame();
    void theEndOfAForbiddenLengthIsNotGuessed();
    void globsFitAsTheServersDo_data();
    void globsFitAsTheServersDo();

private:
    void fill(KeyType type, std::size_t elements);

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

void TestPageJump::initTestCase()
{
    m_server = RedisServer::start();
}

void TestPageJump::init()
{
    m_lane.reset();
    m_server->command({"FLUSHALL"});
    m_lane = readingLane(*m_server);
}

void TestPageJump::fill(KeyType type, std::size_t elements)
{
    m_server->fill(elements, [&](std::size_t n) -> Args {
        const std::string number = std::to_string(n);
        switch (type) {
        case KeyType::List:
            return {"RPUSH", "k", "e" + number};
        case KeyType::SortedSet:
            return {"ZADD", "k", number, "m" + number};
        default:
            return {"XADD", "k", number + "-1", "f", number};
        }
    });
}

void TestPageJump::descendingGivesTheSameRowsBackwards_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<int>("elements");
    for (const int elements : {1, 500, 2001}) {
        QTest::addRow("list of %d", elements) << KeyType::List << elements;
        QTest::addRow("sorted set of %d", elements) << KeyType::SortedSet << elements;
        QTest::addRow("stream of %d", elements) << KeyType::Stream << elements;
    }
}

void TestPageJump::descendingGivesTheSameRowsBackwards()
{
    QFETCH(KeyType, type);
    QFETCH(int, elements);
    fill(type, static_cast<std::size_t>(elements));
    ValuePageRequest request = pageOf("k", type);
    const WholeRead forward = readAll(*m_lane, request);
    request.descending = true;
    request.from = startOf(true);
    const WholeRead back = readAll(*m_lane, request);
    QVERIFY(!back.error);
    QCOMPARE(forward.rows.size(), static_cast<std::size_t>(elements));
    QCOMPARE(back.rows, reversed(forward.rows));
    const auto first = fetchValuePage(*m_lane, request, {});
    QVERIFY(first);
    const std::uint64_t last = type == KeyType::Stream ? 0 : static_cast<std::uint64_t>(elements) - 1;
    QCOMPARE(first->numberOf(0), last);
}

void TestPageJump::bothSidesOfABorderAreTheWhole_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<bool>("descending");
    for (const bool descending : {false, true}) {
        const char* order = descending ? "descending" : "ascending";
        QTest::addRow("list, %s", order) << KeyType::List << descending;
        QTest::addRow("sorted set, %s", order) << KeyType::SortedSet << descending;
        QTest::addRow("stream, %s", order) << KeyType::Stream << descending;
    }
}

void TestPageJump::bothSidesOfABorderAreTheWhole()
{
    QFETCH(KeyType, type);
    QFETCH(bool, descending);
    fill(type, 1500);
    ValuePageRequest request = pageOf("k", type);
    const WholeRead whole = readAll(*m_lane, request);
    for (const std::uint64_t place : {0ULL, 1ULL, 700ULL, 1499ULL}) {
        request.descending = descending;
        request.from = type == KeyType::Stream ? *positionAtEntry(std::to_string(place) + "-1", descending)
                                               : positionAt(place, descending);
        const auto page = fetchValuePage(*m_lane, request, {});
        QVERIFY(page);
        const WholeRead there = readAll(*m_lane, request);
        request.descending = !descending;
        request.from = otherSide(type, page->began, descending);
        const WholeRead behind = readAll(*m_lane, request);
        Rows rows = reversed(behind.rows);
        rows.insert(rows.end(), there.rows.begin(), there.rows.end());
        if (type == KeyType::Stream) {
            QCOMPARE(there.rows.front().front(), std::to_string(place) + "-1");
        } else {
            QCOMPARE(page->numberOf(0), place);
        }
        QCOMPARE(rows, descending ? reversed(whole.rows) : whole.rows);
    }
}

void TestPageJump::scoresAreARange_data()
{
    QTest::addColumn<QByteArray>("min");
    QTest::addColumn<QByteArray>("max");
    QTest::addRow("all") << QByteArray("-inf") << QByteArray("+inf");
    QTest::addRow("both bounds within") << QByteArray("10") << QByteArray("20");
    QTest::addRow("both bounds left out") << QByteArray("(10") << QByteArray("(20");
    QTest::addRow("one score") << QByteArray("1500") << QByteArray("1500");
    QTest::addRow("between two") << QByteArray("10.2") << QByteArray("10.8");
    QTest::addRow("above all") << QByteArray("5000") << QByteArray("+inf");
    QTest::addRow("the wrong way round") << QByteArray("20") << QByteArray("10");
    QTest::addRow("many pages") << QByteArray("100") << QByteArray("(1900");
}

void TestPageJump::scoresAreARange()
{
    QFETCH(QByteArray, min);
    QFETCH(QByteArray, max);
    fill(KeyType::SortedSet, 2000);
    ValuePageRequest request = pageOf("k", KeyType::SortedSet);
    request.scores = ScoreRange{min.toStdString(), max.toStdString()};
    const auto truth = m_server->list({"ZRANGEBYSCORE", "k", request.scores->min, request.scores->max});
    const auto first = fetchValuePage(*m_lane, request, {});
    QVERIFY(first);
    QCOMPARE(first->total, std::optional<std::uint64_t>(truth.size()));
    if (!truth.empty()) {
        QCOMPARE(std::to_string(first->numberOf(0)), m_server->command({"ZRANK", "k", truth.front()}));
    }
    Names read;
    for (const auto& row : readAll(*m_lane, request).rows) {
        read.push_back(row[0]);
    }
    QCOMPARE(read, truth);
    request.descending = true;
    request.from = startOf(true);
    Names back;
    for (const auto& row : readAll(*m_lane, request).rows) {
        back.insert(back.begin(), row[0]);
    }
    QCOMPARE(back, truth);
}

void TestPageJump::ranksAreARange()
{
    fill(KeyType::SortedSet, 100);
    ValuePageRequest request = pageOf("k", KeyType::SortedSet);
    request.numbers = NumberRange{98, 200};
    auto page = fetchValuePage(*m_lane, request, {});
    QVERIFY(page);
    QCOMPARE(names(*page), Names({"m98", "m99"}));
    QCOMPARE(numbers(*page), Numbers({98, 99}));
    QCOMPARE(page->total, std::optional<std::uint64_t>(2));
    QVERIFY(page->complete);
    request.descending = true;
    request.from = startOf(true);
    page = fetchValuePage(*m_lane, request, {});
    QVERIFY(page);
    QCOMPARE(names(*page), Names({"m99", "m98"}));
    QCOMPARE(numbers(*page), Numbers({99, 98}));
}

void TestPageJump::aScoreIsAPlace()
{
    fill(KeyType::SortedSet, 3000);
    ValuePageRequest request = pageOf("k", KeyType::SortedSet);
    request.maxRows = 2;
    request.from.score = "2500.5";
    const std::uint64_t sent = commandsSent(*m_server);
    auto page = fetchValuePage(*m_lane, request, {});
    QVERIFY(commandsSent(*m_server) - sent < 15); // the handshake included: what stands before is not read
    QVERIFY(page);
    QCOMPARE(names(*page), Names({"m2501", "m2502"}));
    QCOMPARE(numbers(*page), Numbers({2501, 2502}));
    QVERIFY(page->next.score.empty());
    request.descending = true;
    request.from = startOf(true);
    request.from.score = "2500.5";
    page = fetchValuePage(*m_lane, request, {});
    QVERIFY(page);
    QCOMPARE(names(*page), Names({"m2500", "m2499"}));
}

void TestPageJump::anEntryOrItsTimeIsAPlace_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("upwards");
    QTest::addColumn<QByteArray>("downwards");
    QTest::addRow("an entry") << QByteArray("20-1") << QByteArray("20-1") << QByteArray("20-1");
    QTest::addRow("its time") << QByteArray("20") << QByteArray("20-1") << QByteArray("20-7");
    QTest::addRow("between entries") << QByteArray("20-3") << QByteArray("20-7") << QByteArray("20-1");
    QTest::addRow("the very first") << QByteArray("0-0") << QByteArray("10-1") << QByteArray();
    QTest::addRow("past the end") << QByteArray("99-1") << QByteArray() << QByteArray("30-1");
    QTest::addRow("sequence 0") << QByteArray("30-0") << QByteArray("30-1") << QByteArray("20-7");
}

void TestPageJump::anEntryOrItsTimeIsAPlace()
{
    QFETCH(QByteArray, id);
    for (const char* each : {"10-1", "20-1", "20-7", "30-1"}) {
        m_server->command({"XADD", "k", each, "f", "v"});
    }
    for (const bool descending : {false, true}) {
        ValuePageRequest request = pageOf("k", KeyType::Stream);
        request.descending = descending;
        const auto position = positionAtEntry(id.toStdString(), descending);
        QVERIFY(position);
        request.from = *position;
        const auto page = fetchValuePage(*m_lane, request, {});
        QVERIFY(page);
        const QByteArray first = page->rows.empty() ? QByteArray() : QByteArray::fromStdString(page->rows[0][0].bytes);
        if (descending) {
            QTEST(first, "downwards");
        } else {
            QTEST(first, "upwards");
        }
    }
}

void TestPageJump::whatIsNoEntryIsTold()
{
    for (const char* text : {"", "x", "1-", "-1", "1-2-3", "2026-05-01"}) {
        const auto position = positionAtEntry(text, false);
        QVERIFY2(!position || text == "2026-05-01"s, text);
    }
}

void TestPageJump::anElementLongerThanAReplyHidesNothingBackwards()
{
    m_server->fill(100, [](std::size_t n) -> Args { return {"RPUSH", "k", "e" + std::to_string(n)}; });
    m_server->command({"RPUSH", "k", std::string(70U * 1024 * 1024, 'x')});
    m_server->fill(3, [](std::size_t n) -> Args { return {"RPUSH", "k", "after" + std::to_string(n)}; });
    ValuePageRequest request = pageOf("k", KeyType::List);
    request.descending = true;
    request.from = startOf(true);
    const WholeRead read = readAll(*m_lane, request);
    QVERIFY(!read.error);
    QCOMPARE(read.rows.size(), std::size_t{104});
    QCOMPARE(read.rows[0][0], "after2"s);
    QCOMPARE(read.rows[3][0], std::string());
    QCOMPARE(read.rows[4][0], "e99"s);
    QCOMPARE(read.rows[103][0], "e0"s);
    QCOMPARE(read.placeholders, std::size_t{1});
}

void TestPageJump::listsAndStreamsAreLookedThrough()
{
    fill(KeyType::List, 20'000);
    m_server->command({"LSET", "k", "15000", std::string(100'000, 'a') + "needle"});
    ValuePageRequest request = pageOf("k", KeyType::List);
    request.match = "*needle*";
    ValuePage found;
    while (true) {
        auto page = fetchValuePage(*m_lane, request, {});
        QVERIFY(page);
        QVERIFY(page->rows.size() <= 1);
        found = page->rows.empty() ? found : *page;
        if (page->complete) {
            QCOMPARE(page->next.lookedThrough, std::uint64_t{20'000});
            break;
        }
        request.from = page->next;
    }
    QCOMPARE(numbers(found), Numbers({15'000}));
    QVERIFY(!found.rows[0][0].isWhole()); // too long for a page, and found all the same

    m_server->command({"DEL", "k"});
    fill(KeyType::Stream, 3000);
    request = pageOf("k", KeyType::Stream);
    request.match = "2999";
    Names ids;
    for (const auto& row : readAll(*m_lane, request).rows) {
        ids.push_back(row[0]);
    }
    QCOMPARE(ids, Names({"2999-1"}));
}

void TestPageJump::aSearchBackwardsHasTheSameIndexes()
{
    fill(KeyType::List, 3000);
    ValuePageRequest request = pageOf("k", KeyType::List);
    request.match = "e*99";
    request.descending = true;
    request.from = startOf(true);
    Numbers all;
    for (bool more = true; more;) {
        const auto page = fetchValuePage(*m_lane, request, {});
        QVERIFY(page);
        for (std::size_t row = 0; row < page->rows.size(); ++row) {
            QCOMPARE(page->rows[row][0].bytes, "e" + std::to_string(page->numberOf(row)));
            all.push_back(page->numberOf(row));
        }
        more = !page->complete;
        request.from = page->next;
    }
    QCOMPARE(all.size(), std::size_t{30});
    QCOMPARE(all.front(), std::uint64_t{2999});
    QVERIFY(std::is_sorted(all.rbegin(), all.rend()));
}

void TestPageJump::aSearchSaysHowFarItCame()
{
    m_server->fill(300'000, [](std::size_t n) -> Args { return {"SADD", "s", "member" + std::to_string(n)}; });
    ValuePageRequest request = pageOf("s", KeyType::Set);
    request.match = "nothing";
    std::uint64_t before = 0;
    int pages = 0;
    while (true) {
        const auto page = fetchValuePage(*m_lane, request, {});
        QVERIFY(page);
        ++pages;
        QVERIFY(page->next.lookedThrough > before);
        before = page->next.lookedThrough;
        if (page->complete) {
            break;
        }
        QVERIFY(before < 300'000);
        const double expected = 50'000.0 * pages; // fifty calls of a thousand
        QVERIFY2(std::abs(static_cast<double>(before) - expected) < 30'000, std::to_string(before).c_str());
        request.from = page->next;
    }
    QCOMPARE(before, std::uint64_t{300'000});
    QVERIFY(pages > 3);
}

void TestPageJump::theEndOfAForbiddenLengthIsNotGuessed()
{
    fill(KeyType::List, 10);
    m_server->command({"ACL", "SETUSER", "bob", "on", ">pw", "~*", "+@all", "-llen"});
    m_lane = readingLane(*m_server, QStringLiteral("bob"));
    ValuePageRequest request = pageOf("k", KeyType::List);
    request.descending = true;
    request.from = startOf(true);
    const auto page = fetchValuePage(*m_lane, request, {});
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::Permission);
}

void TestPageJump::globsFitAsTheServersDo_data()
{
    QTest::addColumn<QByteArray>("pattern");
    for (const char* pattern : {"*", "", "a*", "*c", "a?c", "a??", "[ab]bc", "[^a]bc", "[a-c]*", "[c-a]*", "a\\*c",
             "a*b*c", "*a*b*c*", "**", "a[", "a[b", "[]abc", "\\", "a\\", "*\\*", "[\\]]", "[a\\-c]", "???", "*[0-9]",
             "[^0-9]*", "a[b-", "[^]*", "x[^", "*\\\\*"}) {
        QTest::addRow("%s", pattern) << QByteArray(pattern);
    }
}

void TestPageJump::globsFitAsTheServersDo()
{
    QFETCH(QByteArray, pattern);
    const std::vector<std::string> texts{"a", "abc", "a*c", "aXc", "bbc", "cbc", "abbbc", "aabbcc", "c", "ab", "a[",
        "a[b", "]", "\\", "a\\", "-", "a-c", "007", "x1", "abcabc", "\xff\xfe", "a\nc"};
    for (const std::string& text : texts) {
        m_server->command({"SET", text, "v"});
    }
    auto truth = m_server->list({"KEYS", pattern.toStdString()});
    std::sort(truth.begin(), truth.end());
    Names fitting;
    std::copy_if(texts.begin(), texts.end(), std::back_inserter(fitting),
        [&](const std::string& text) { return matchesGlob(pattern.toStdString(), text); });
    std::sort(fitting.begin(), fitting.end());
    QCOMPARE(fitting, truth);
}

QTEST_GUILESS_MAIN(TestPageJump)
#include "tst_pagejump.moc"
