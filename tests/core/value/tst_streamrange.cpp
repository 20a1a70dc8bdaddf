// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/streamrange.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;

class TestStreamRange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void rangesAreReadFromEitherEnd_data();
    void rangesAreReadFromEitherEnd();
    void pagesAreBoundedInRowsAndBytes_data();
    void pagesAreBoundedInRowsAndBytes();
    void longValuesArePlaceholders();
    void whatCameSinceIsReadFromWhereItEnded();
    void whatIsNotThereIsTold();

private:
    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

void TestStreamRange::init()
{
    m_server = RedisServer::start();
    m_lane = readingLane(*m_server);
}

namespace {

std::vector<std::string> idsOf(const StreamRange& range)
{
    std::vector<std::string> ids;
    for (const ValueRow& row : range.rows) {
        ids.push_back(row.front().bytes);
    }
    return ids;
}

} // namespace

void TestStreamRange::rangesAreReadFromEitherEnd_data()
{
    QTest::addColumn<std::string>("from");
    QTest::addColumn<std::string>("to");
    QTest::addColumn<bool>("newestFirst");
    QTest::addColumn<std::vector<std::string>>("ids");
    using Ids = std::vector<std::string>;
    QTest::addRow("all") << std::string() << std::string() << false << Ids{"1-1", "2-1", "2-2", "3-1"};
    QTest::addRow("all, newest first") << std::string() << std::string() << true << Ids{"3-1", "2-2", "2-1", "1-1"};
    QTest::addRow("from") << std::string("2-2") << std::string() << false << Ids{"2-2", "3-1"};
    QTest::addRow("to") << std::string() << std::string("2-1") << true << Ids{"2-1", "1-1"};
    QTest::addRow("both") << std::string("2-1") << std::string("2-2") << true << Ids{"2-2", "2-1"};
    QTest::addRow("nothing") << std::string("4-0") << std::string() << false << Ids{};
}

void TestStreamRange::rangesAreReadFromEitherEnd()
{
    QFETCH(const std::string, from);
    QFETCH(const std::string, to);
    QFETCH(const bool, newestFirst);
    QFETCH(const std::vector<std::string>, ids);
    for (const char* id : {"1-1", "2-1", "2-2", "3-1"}) {
        m_server->command({"XADD", "s", id, "f", "v"});
    }
    const auto range = fetchStreamRange(*m_lane, {"s", from, to, newestFirst}, {});
    QVERIFY(range);
    QCOMPARE(idsOf(*range), ids);
    QVERIFY(range->complete);
}

void TestStreamRange::pagesAreBoundedInRowsAndBytes_data()
{
    QTest::addColumn<bool>("newestFirst");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("isBoundInBytes");
    QTest::addRow("short, oldest first") << false << 10 << false;
    QTest::addRow("short, newest first") << true << 10 << false;
    QTest::addRow("long, oldest first") << false << 20'000 << true;
    QTest::addRow("long, newest first") << true << 20'000 << true;
}

void TestStreamRange::pagesAreBoundedInRowsAndBytes()
{
    QFETCH(const bool, newestFirst);
    QFETCH(const int, bytes);
    QFETCH(const bool, isBoundInBytes);
    constexpr std::size_t count = 1200;
    m_server->fill(count, [bytes](std::size_t n) {
        return RedisServer::Args{"XADD", "s", std::to_string(n + 1) + "-0", "f", std::string(std::size_t(bytes), 'x')};
    });
    StreamRangeRequest request{"s", {}, {}, newestFirst};
    std::vector<std::string> ids;
    for (bool isComplete = false; !isComplete;) {
        const auto range = fetchStreamRange(*m_lane, request, {});
        QVERIFY(range);
        QVERIFY(range->rows.size() <= (isBoundInBytes ? 450 : 500));
        const auto page = idsOf(*range);
        ids.insert(ids.end(), page.begin(), page.end());
        isComplete = range->complete;
        (newestFirst ? request.to : request.from) = range->next;
    }
    QCOMPARE(ids.size(), count);
    if (newestFirst) {
        std::ranges::reverse(ids);
    }
    for (std::size_t at = 0; at < count; ++at) {
        QCOMPARE(ids[at], std::to_string(at + 1) + "-0");
    }
}

void TestStreamRange::longValuesArePlaceholders()
{
    m_server->command({"XADD", "s", "1-1", "f", std::string(100'000, 'x')});
    const auto range = fetchStreamRange(*m_lane, {"s", {}, {}, true}, {});
    QVERIFY(range);
    const ValueCell& cell = range->rows.front()[2];
    QVERIFY(!cell.isWhole());
    QCOMPARE(cell.size, std::optional<std::uint64_t>(100'000));
}

void TestStreamRange::whatCameSinceIsReadFromWhereItEnded()
{
    m_server->command({"XADD", "s", "1-1", "f", "v"});
    const auto first = fetchStreamRange(*m_lane, {"s", {}, {}, false}, {});
    QVERIFY(first && first->complete);
    QVERIFY(fetchStreamRange(*m_lane, {"s", first->next, {}, false}, {})->rows.empty());
    m_server->command({"XADD", "s", "1-2", "f", "v"});
    const auto second = fetchStreamRange(*m_lane, {"s", first->next, {}, false}, {});
    QVERIFY(second);
    QCOMPARE(idsOf(*second), std::vector<std::string>{"1-2"});
}

void TestStreamRange::whatIsNotThereIsTold()
{
    const auto gone = fetchStreamRange(*m_lane, {"s", {}, {}, true}, {});
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::Gone);
    m_server->command({"SET", "s", "text"});
    const auto other = fetchStreamRange(*m_lane, {"s", {}, {}, true}, {});
    QVERIFY(!other);
    QCOMPARE(other.error().kind, ErrorKind::WrongType);
    m_server->command({"DEL", "s"});
    m_server->command({"XADD", "s", "1-1", "f", "v"});
    m_server->command({"XDEL", "s", "1-1"});
    const auto empty = fetchStreamRange(*m_lane, {"s", {}, {}, true}, {});
    QVERIFY(empty && empty->rows.empty() && empty->complete);
}

QTEST_GUILESS_MAIN(TestStreamRange)
#include "tst_streamrange.moc"
