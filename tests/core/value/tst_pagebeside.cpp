// SPDX-License-Identifier: GPL-3.0-or-later
// What stands right beside the rows of a list's page, so that an element is known again by its neighbours.
#include "core/value/pagejump.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

#include <map>
#include <string>
#include <vector>

using namespace keyglass;
using namespace keyglass::test;

using Args = RedisServer::Args;

namespace {

using Indexes = std::vector<std::uint64_t>;

/// By index; "(none)": nothing stood there.
using Shown = std::map<std::uint64_t, std::string>;

Shown shown(const ValuePage& page)
{
    Shown all;
    for (const auto& [index, cells] : page.beside) {
        all[index] = cells.empty() ? "(none)" : cells.front().bytes;
    }
    return all;
}

} // namespace

class TestPageBeside : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = RedisServer::start(); }
    void init();
    void bordersOfAPage_data();
    void bordersOfAPage();
    void bordersCostAPageNothing();
    void borderOfASearch();
    void whatIsFoundHasItsNeighbours_data();
    void whatIsFoundHasItsNeighbours();
    void whatIsTooLongIsLeftOut();
    void whatIsHugeIsNotReadToItsEnd();
    void besideHugeOnesNobodyLooks();
    void otherTypesHaveNone();

private:
    [[nodiscard]] static ValuePageRequest request()
    {
        ValuePageRequest request;
        request.key = "k";
        request.type = KeyType::List;
        request.beside = true;
        return request;
    }
    [[nodiscard]] ValuePage page(const ValuePageRequest& request)
    {
        auto read = fetchValuePage(*m_lane, request, {});
        [&] { QVERIFY(read); }();
        return read ? *std::move(read) : ValuePage();
    }
    [[nodiscard]] Shown at(const Indexes& indexes)
    {
        if (indexes.empty()) {
            return {};
        }
        ValuePageRequest wanted = request();
        wanted.at = indexes;
        return shown(page(wanted));
    }
    /// With what is behind the borders.
    [[nodiscard]] Shown allBeside(const ValuePageRequest& wanted)
    {
        const ValuePage read = page(wanted);
        Shown all = shown(read);
        all.merge(at(read.borders));
        return all;
    }
    /// What reading it took the server to send.
    [[nodiscard]] std::uint64_t sentFor(const ValuePageRequest& wanted)
    {
        const std::uint64_t before = bytesSent();
        static_cast<void>(page(wanted));
        return bytesSent() - before;
    }
    [[nodiscard]] std::uint64_t bytesSent()
    {
        const std::string stats = m_server->command({"INFO", "stats"});
        const std::string name = "total_net_output_bytes:";
        return std::stoull(stats.substr(stats.find(name) + name.size()));
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

void TestPageBeside::init()
{
    m_server->command({"FLUSHALL"});
    m_server->fill(1000, [](std::size_t n) -> Args { return {"RPUSH", "k", "e" + std::to_string(n)}; });
    m_lane = readingLane(*m_server);
}

void TestPageBeside::bordersOfAPage_data()
{
    QTest::addColumn<bool>("isAsked");
    QTest::addColumn<quint64>("from");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<Shown>("known");
    QTest::addColumn<Shown>("behindBorders");
    const auto row = [](const char* name, bool isAsked, quint64 from, bool descending, const Shown& known,
                         const Shown& behindBorders) {
        QTest::addRow("%s", name) << isAsked << from << descending << known << behindBorders;
    };
    row("nobody asks", false, 100, false, {}, {});
    row("from the start", true, 0, false, {}, {{200, "e200"}});
    row("in the middle", true, 100, false, {}, {{99, "e99"}, {300, "e300"}});
    row("to the end", true, 900, false, {{1000, "(none)"}}, {{899, "e899"}});
    row("from the end", true, ValuePosition::end, true, {{1000, "(none)"}}, {{799, "e799"}});
    row("backwards in the middle", true, 500, true, {}, {{299, "e299"}, {500, "e500"}});
    row("backwards to the start", true, 150, true, {}, {{150, "e150"}});
}

void TestPageBeside::bordersOfAPage()
{
    QFETCH(const bool, isAsked);
    QFETCH(const quint64, from);
    QFETCH(const bool, descending);
    QFETCH(const Shown, known);
    QFETCH(const Shown, behindBorders);
    ValuePageRequest wanted = request();
    wanted.beside = isAsked;
    wanted.from.offset = from;
    wanted.descending = descending;
    wanted.maxRows = 200;
    const ValuePage read = page(wanted);
    QCOMPARE(shown(read), known);
    QCOMPARE(read.borders.size(), behindBorders.size());
    QCOMPARE(at(read.borders), behindBorders);
}

/// The page comes before anything beside it is read: that may be as long as an element can be.
void TestPageBeside::bordersCostAPageNothing()
{
    m_server->command({"LSET", "k", "99", std::string(8'000'000, 'x')});
    m_server->command({"LSET", "k", "200", std::string(8'000'000, 'x')});
    ValuePageRequest wanted = request();
    wanted.from.offset = 100;
    wanted.maxRows = 100;
    QVERIFY(sentFor(wanted) < 1'000'000);
    const std::uint64_t before = commandsSent(*m_server);
    static_cast<void>(page(wanted));
    const std::uint64_t withBorders = commandsSent(*m_server) - before;
    wanted.beside = false;
    static_cast<void>(page(wanted));
    QCOMPARE(commandsSent(*m_server) - before, 2 * withBorders);
}

/// All of the list in one page: what is found at its edges has no neighbour there.
void TestPageBeside::borderOfASearch()
{
    ValuePageRequest wanted = request();
    wanted.match = "e999";
    QCOMPARE(allBeside(wanted), (Shown{{998, "e998"}, {1000, "(none)"}}));
    wanted.match = "e0";
    QCOMPARE(allBeside(wanted), (Shown{{1, "e1"}}));
}

void TestPageBeside::whatIsFoundHasItsNeighbours_data()
{
    QTest::addColumn<bool>("descending");
    QTest::addRow("from the start") << false;
    QTest::addRow("from the end") << true;
}

/// Wherever the borders of the windows are that the search goes by.
void TestPageBeside::whatIsFoundHasItsNeighbours()
{
    QFETCH(const bool, descending);
    for (const int found : {6, 7, 8, 9, 71, 72, 500, 991, 992, 993}) {
        ValuePageRequest wanted = request();
        wanted.match = "e" + std::to_string(found);
        wanted.from = startOf(descending);
        wanted.descending = descending;
        const auto number = static_cast<std::uint64_t>(found);
        const Shown expected{
            {number - 1, "e" + std::to_string(found - 1)}, {number + 1, "e" + std::to_string(found + 1)}};
        QCOMPARE(allBeside(wanted), expected);
    }
    ValuePageRequest wanted = request();
    wanted.match = "e50[0-2]"; // between two that were found, nothing is missing
    wanted.descending = descending;
    wanted.from = startOf(descending);
    QCOMPARE(allBeside(wanted), (Shown{{499, "e499"}, {503, "e503"}}));
}

void TestPageBeside::whatIsTooLongIsLeftOut()
{
    m_server->command({"LSET", "k", "200", std::string(largestCellInPage.value + 1, 'x')});
    QCOMPARE(at({99, 200, 201, 1000}), (Shown{{99, "e99"}, {201, "e201"}, {1000, "(none)"}}));
    QCOMPARE(m_lane->openings(), std::uint64_t{1});
}

/// The line is worth less than what would have to come over it; what was asked for behind it stays unknown.
void TestPageBeside::whatIsHugeIsNotReadToItsEnd()
{
    m_server->command({"LSET", "k", "200", std::string(32'000'000, 'x')});
    ValuePageRequest wanted = request();
    wanted.at = {99, 200, 201};
    const ValuePage read = page(wanted);
    QCOMPARE(shown(read), (Shown{{99, "e99"}}));
    QVERIFY(read.received.value < 1'000'000);
    QCOMPARE(at({201}), (Shown{{201, "e201"}}));
    QCOMPARE(m_lane->openings(), std::uint64_t{2});
}

void TestPageBeside::besideHugeOnesNobodyLooks()
{
    m_server->command({"LSET", "k", "150", std::string(2'000'000, 'x')});
    ValuePageRequest wanted = request();
    wanted.from.offset = 100;
    wanted.maxRows = 100;
    const ValuePage read = page(wanted);
    QCOMPARE(read.rows.size(), std::size_t{100});
    QVERIFY(read.borders.empty());
}

void TestPageBeside::otherTypesHaveNone()
{
    m_server->command({"DEL", "k"});
    m_server->command({"ZADD", "k", "1", "a", "2", "b", "3", "c"});
    ValuePageRequest wanted = request();
    wanted.type = KeyType::SortedSet;
    wanted.from.offset = 1;
    wanted.maxRows = 1;
    const ValuePage read = page(wanted);
    QVERIFY(read.beside.empty());
    QVERIFY(read.borders.empty());
}

QTEST_GUILESS_MAIN(TestPageBeside)
#include "tst_pagebeside.moc"
