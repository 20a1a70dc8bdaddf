// SPDX-License-Identifier: GPL-3.0-or-later
// What stands right beside the rows of a list's page, so that an element is known again by its neighbours.
#include "core/value/pagejump.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

#include <map>

using namespace keyglass;
using namespace keyglass::test;

using Args = RedisServer::Args;
using Beside = ValuePageRequest::Beside;

namespace {

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

Q_DECLARE_METATYPE(Beside)

class TestPageBeside : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = RedisServer::start(); }
    void init();
    void bordersOfAPage_data();
    void bordersOfAPage();
    void borderOfASearch();
    void whatIsFoundHasItsNeighbours_data();
    void whatIsFoundHasItsNeighbours();
    void whatIsTooLongIsLeftOut();
    void otherTypesHaveNone();

private:
    [[nodiscard]] static ValuePageRequest request(Beside beside)
    {
        ValuePageRequest request;
        request.key = "k";
        request.type = KeyType::List;
        request.beside = beside;
        return request;
    }
    [[nodiscard]] ValuePage page(const ValuePageRequest& request)
    {
        auto read = fetchValuePage(*m_lane, request, {});
        [&] { QVERIFY(read); }();
        return read ? *std::move(read) : ValuePage();
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
    QTest::addColumn<Beside>("beside");
    QTest::addColumn<quint64>("from");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<Shown>("expected");
    const auto row = [](const char* name, Beside beside, quint64 from, bool descending, const Shown& expected) {
        QTest::addRow("%s", name) << beside << from << descending << expected;
    };
    row("nobody asks", Beside::None, 100, false, {});
    row("from the start", Beside::Both, 0, false, {{200, "e200"}});
    row("in the middle", Beside::Both, 100, false, {{99, "e99"}, {300, "e300"}});
    row("the far border alone", Beside::Far, 100, false, {{300, "e300"}});
    row("to the end", Beside::Both, 900, false, {{899, "e899"}, {1000, "(none)"}});
    row("from the end", Beside::Both, ValuePosition::end, true, {{799, "e799"}, {1000, "(none)"}});
    row("backwards in the middle", Beside::Both, 500, true, {{299, "e299"}, {500, "e500"}});
    row("backwards, the far border alone", Beside::Far, 500, true, {{299, "e299"}});
    row("backwards to the start", Beside::Both, 150, true, {{150, "e150"}});
}

void TestPageBeside::bordersOfAPage()
{
    QFETCH(const Beside, beside);
    QFETCH(const quint64, from);
    QFETCH(const bool, descending);
    QFETCH(const Shown, expected);
    ValuePageRequest wanted = request(beside);
    wanted.from.offset = from;
    wanted.descending = descending;
    wanted.maxRows = 200;
    QCOMPARE(shown(page(wanted)), expected);
}

/// All of the list in one page: what is found at its edges has no neighbour there.
void TestPageBeside::borderOfASearch()
{
    ValuePageRequest wanted = request(Beside::Both);
    wanted.match = "e999";
    QCOMPARE(shown(page(wanted)), (Shown{{998, "e998"}, {1000, "(none)"}}));
    wanted.match = "e0";
    QCOMPARE(shown(page(wanted)), (Shown{{1, "e1"}}));
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
        ValuePageRequest wanted = request(Beside::Both);
        wanted.match = "e" + std::to_string(found);
        wanted.from = startOf(descending);
        wanted.descending = descending;
        const auto number = static_cast<std::uint64_t>(found);
        const Shown expected{
            {number - 1, "e" + std::to_string(found - 1)}, {number + 1, "e" + std::to_string(found + 1)}};
        QCOMPARE(shown(page(wanted)), expected);
    }
    ValuePageRequest wanted = request(Beside::Both);
    wanted.match = "e50[0-2]"; // between two that were found, nothing is missing
    wanted.descending = descending;
    wanted.from = startOf(descending);
    QCOMPARE(shown(page(wanted)), (Shown{{499, "e499"}, {503, "e503"}}));
}

void TestPageBeside::whatIsTooLongIsLeftOut()
{
    m_server->command({"LSET", "k", "200", std::string(largestCellInPage.value + 1, 'x')});
    ValuePageRequest wanted = request(Beside::Both);
    wanted.from.offset = 100;
    wanted.maxRows = 100;
    QCOMPARE(shown(page(wanted)), (Shown{{99, "e99"}}));
}

void TestPageBeside::otherTypesHaveNone()
{
    m_server->command({"DEL", "k"});
    m_server->command({"ZADD", "k", "1", "a", "2", "b", "3", "c"});
    ValuePageRequest wanted = request(Beside::Both);
    wanted.type = KeyType::SortedSet;
    wanted.from.offset = 1;
    wanted.maxRows = 1;
    QVERIFY(page(wanted).beside.empty());
}

QTEST_GUILESS_MAIN(TestPageBeside)
#include "tst_pagebeside.moc"
