// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/forecast.h"
#include "core/table/rowquery.h"
#include "tests/core/table/tablefixture.h"

#include <QObject>
#include <QTest>

#include <random>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

std::vector<std::string> words(const QByteArray& line)
{
    std::vector<std::string> all;
    for (const QByteArray& word : line.split(' ')) {
        if (!word.isEmpty()) {
            all.push_back(word.toStdString());
        }
    }
    return all;
}

struct Answer {
    std::vector<std::string> rows; ///< Ids, in order.
    QueryTally tally;
};

} // namespace

class TestRowQueries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        beginShop(m_server, m_lane, {true, Environment::Production}, {.scanLimit = 1000, .scanLimitArgument = "1000"});
        m_schema = fetchTableSchema(*m_lane, "shop.items", {}).value();
    }
    void answers_data();
    void answers();
    void answersAsTheModuleWhereItIsRight();
    void verifiesWhatIndexesSay();
    void rowsThatAreGoneAreCounted();
    void emptyAndMissingCellsAreFound_data();
    void emptyAndMissingCellsAreFound();
    void rowsThatGoMeanwhileAreNoFault();
    void givesFaultyRowsWhereTheyAreWanted();
    void givesEachRowOnce();
    void endsAtItsLimit();
    void canBeStoppedAtAnyTime();
    void looksAtMoreRowsThanTheModuleMay();
    void forecastsWhatSelectWouldDo_data();
    void forecastsWhatSelectWouldDo();
    void refusesToKeepAClusterWaiting();
    void asksTheModuleOnlyForWhatItGetsRight();
    void saysWhatSelectTakes();

private:
    Answer ask(const QByteArray& line, bool usesIndex = true) { return askFor(words(line), usesIndex); }
    Answer askFor(const std::vector<std::string>& conditions, bool usesIndex = true)
    {
        Answer answer;
        const auto filter = parseFilter(conditions, &m_schema);
        if (!filter) {
            qFatal("%s", qPrintable(errorText(filter.error())));
        }
        const auto tally = runQuery(*m_lane, m_schema, RowQuery{*filter, {}, usesIndex}, {},
            [&answer](std::vector<TableRow>&& rows, const QueryTally&) {
                for (const TableRow& row : rows) {
                    answer.rows.push_back(row.id);
                }
                return true;
            });
        if (!tally) {
            qFatal("%s", qPrintable(errorText(tally.error())));
        }
        answer.tally = *tally;
        std::ranges::sort(answer.rows);
        return answer;
    }

    std::unique_ptr<TableServer> m_server;
    std::unique_ptr<Lane> m_lane;
    TableSchema m_schema;
};

void TestRowQueries::answers_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("ids");
    QTest::addColumn<int>("looked");
    const auto row = [](const char* line, const char* ids, int looked) {
        QTest::addRow("%s", line) << QByteArray(line) << QByteArray(ids) << looked;
    };
    row("", "1 2 3", 3);
    row("sku=A1", "1 3", 2);
    row("sku=A1 AND qty>0", "1", 2);
    row("sku=A1 OR sku=B2", "1 2 3", 3);
    row("sku=none", "", 0);
    row("qty=12", "2", 3);
    row("qty<6 OR qty>10", "1 2 3", 3);
    row("price>=9.5", "1", 3);
    row("made>2024-01-31", "3", 3);
    row("sku=A1 OR qty>10", "1 2 3", 3);
}

void TestRowQueries::answers()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, ids);
    QFETCH(const int, looked);
    const Answer answer = ask(line);
    QCOMPARE(answer.rows, words(ids));
    QCOMPARE(int(answer.tally.looked), looked);
    QCOMPARE(answer.tally.matched, std::uint64_t{answer.rows.size()});
    QCOMPARE(ask(line, false).rows, words(ids)); // without indexes the same
}

/// Random filters that the module gets right by its own rules: its answer is ours.
void TestRowQueries::answersAsTheModuleWhereItIsRight()
{
    const auto seed = std::random_device{}();
    std::mt19937 random(seed);
    const auto pick = [&random](auto& list) { return list[random() % std::size(list)]; };
    for (int n = 0; n < 60; ++n) {
        const std::vector<std::string> skus{"A1", "B2", "C3"};
        m_server->command({"TABLE.INSERT", "shop.items", "sku=" + pick(skus),
            "qty=" + std::string(random() % 2 ? "0" : "") + std::to_string(random() % 9)});
    }
    const std::vector<std::string> conditions{
        "sku=A1", "sku=B2", "qty>3", "qty<=5", "qty>=04", "sku>A", "made>2020-01-01"};
    int compared = 0;
    for (int n = 0; n < 200; ++n) {
        std::vector<std::string> line{pick(conditions)};
        for (std::size_t more = random() % 3; more > 0; --more) {
            line.push_back(random() % 2 ? "AND" : "OR");
            line.push_back(pick(conditions));
        }
        const auto filter = *parseFilter(line);
        if (!planQuery(filter, m_schema).whyNotTheModule.isEmpty()) {
            continue;
        }
        ++compared;
        const auto theirs = selectByModule(*m_lane, m_schema, filter, {});
        QVERIFY2(theirs, qPrintable(filter.text()));
        std::size_t ours = 0;
        QVERIFY(runQuery(*m_lane, m_schema, RowQuery{filter}, {}, [&](std::vector<TableRow>&& rows, const QueryTally&) {
            ours += rows.size();
            return true;
        }));
        QVERIFY2(ours == theirs->size(),
            qPrintable(u"%1: %2, the module %3, seed %4"_s.arg(filter.text()).arg(ours).arg(theirs->size()).arg(seed)));
    }
    QVERIFY(compared > 20);
}

void TestRowQueries::verifiesWhatIndexesSay()
{
    m_server->server().command({"HSET", "{shop.items}:1", "sku", "Z9"}); // behind the index's back
    m_server->server().command({"DEL", "{shop.items}:3"});
    m_server->server().command({"SET", "{shop.items}:3", "x"});
    const Answer answer = ask("sku=A1");
    QVERIFY(answer.rows.empty());
    QCOMPARE(answer.tally.stale, std::uint64_t{1});
    QCOMPARE(answer.tally.damaged, std::uint64_t{1});
    QCOMPARE(ask("sku=Z9").rows, std::vector<std::string>{}); // the index does not know it
    QCOMPARE(ask("sku=Z9", false).rows, std::vector<std::string>{"1"});
}

/// Listed and without a key: no cell of it says so.
void TestRowQueries::rowsThatAreGoneAreCounted()
{
    m_server->server().command({"DEL", "{shop.items}:3"});
    m_server->server().command({"HSET", "{shop.items}:4", "sku", "only"}); // has no qty, and is there
    m_server->server().command({"SADD", "{shop.items}:rows", "4"});
    const Answer answer = ask("qty>0");
    QCOMPARE(answer.rows, (std::vector<std::string>{"1", "2"}));
    QCOMPARE(answer.tally.looked, std::uint64_t{4});
    QCOMPARE(answer.tally.damaged, std::uint64_t{1});
    RowQuery query{*parseFilter({"qty>0"})};
    query.mostFaulty = 10;
    std::vector<std::string> lines;
    QVERIFY(runQuery(*m_lane, m_schema, query, {}, [&](std::vector<TableRow>&& rows, const QueryTally&) {
        for (const TableRow& row : rows) {
            lines.push_back(shown(m_schema, row));
        }
        return true;
    }));
    QVERIFY(std::ranges::find(lines, std::string("3 gone{}")) != lines.end());
    QCOMPARE(lines.size(), std::size_t{3});
}

void TestRowQueries::emptyAndMissingCellsAreFound_data()
{
    QTest::addColumn<QStringList>("conditions");
    QTest::addColumn<QByteArray>("ids");
    const auto row = [](const QStringList& conditions, const char* ids) {
        QTest::addRow("%s", qPrintable(conditions.join(u' '))) << conditions << QByteArray(ids);
    };
    row({u"price is empty"_s}, "1");
    row({u"price is missing"_s}, "2 4");
    row({u"qty is missing"_s}, "4");
    row({u"qty is missing"_s, u"AND"_s, u"sku=only"_s}, "4");
    row({u"qty is empty"_s, u"OR"_s, u"price is missing"_s, u"AND"_s, u"sku=B2"_s}, "2");
    row({u"sku is missing"_s}, "5");
}

/// Which the module can't be asked for: an empty condition makes it crash. A row that is gone lacks no cell.
void TestRowQueries::emptyAndMissingCellsAreFound()
{
    QFETCH(const QStringList, conditions);
    QFETCH(const QByteArray, ids);
    for (const Args& line : {Args{"HSET", "{shop.items}:1", "price", ""}, Args{"DEL", "{shop.items}:3"},
             Args{"HSET", "{shop.items}:4", "sku", "only"}, Args{"HSET", "{shop.items}:5", "qty", "1", "price", "2"},
             Args{"SADD", "{shop.items}:rows", "4", "5"}}) {
        m_server->server().command(line);
    }
    std::vector<std::string> line;
    for (const QString& condition : conditions) {
        line.push_back(condition.toStdString());
    }
    const Answer answer = askFor(line);
    QCOMPARE(answer.rows, words(ids));
    QCOMPARE(answer.tally.looked, std::uint64_t{5});
    QCOMPARE(answer.tally.matched, std::uint64_t{answer.rows.size()});
    QCOMPARE(answer.tally.damaged, std::uint64_t{1}); // the third
    const auto theirs = selectByModule(*m_lane, m_schema, *parseFilter(line, &m_schema), {});
    QVERIFY(!theirs);
    QCOMPARE(theirs.error().kind, ErrorKind::Unsupported);
}

void TestRowQueries::rowsThatGoMeanwhileAreNoFault()
{
    int looks = 0;
    MeddledTableLane lane(
        *m_lane,
        [&] {
            if (++looks == 1) {
                m_server->make({"TABLE.DELETE shop.items WHERE qty>10"});
            }
        },
        "HMGET");
    const auto tally = runQuery(lane, m_schema, RowQuery{*parseFilter({"qty>0"})}, {},
        [](std::vector<TableRow>&&, const QueryTally&) { return true; });
    QVERIFY(tally);
    QCOMPARE(looks, 1);
    QCOMPARE(tally->looked, std::uint64_t{3});
    QCOMPARE(tally->matched, std::uint64_t{1});
    QCOMPARE(tally->damaged, std::uint64_t{0});
}

void TestRowQueries::givesFaultyRowsWhereTheyAreWanted()
{
    m_server->server().command({"HSET", "{shop.items}:1", "sku", "Z9"}); // behind the index's back
    m_server->server().command({"SADD", "{shop.items}:idx:sku:A1", "2", "9"});
    m_server->server().command({"DEL", "{shop.items}:3"});
    m_server->server().command({"SET", "{shop.items}:3", "x"});
    const auto faulty = [this](std::uint64_t most, QueryTally& tally) {
        RowQuery query{*parseFilter({"sku=A1", "OR", "sku=B2"})};
        query.mostFaulty = most;
        std::vector<std::string> lines;
        const auto run = runQuery(*m_lane, m_schema, query, {}, [&](std::vector<TableRow>&& rows, const QueryTally&) {
            for (const TableRow& row : rows) {
                lines.push_back(shown(m_schema, row)
                    + (row.staleEntry ? " by " + row.staleEntry->first + "=" + row.staleEntry->second : ""));
            }
            return true;
        });
        tally = run.value_or(QueryTally());
        std::ranges::sort(lines);
        return lines;
    };
    QueryTally tally;
    QCOMPARE(faulty(10, tally),
        (std::vector<std::string>{"1{sku=Z9 qty=5 price=9.50 made=2024-01-31} by sku=A1", "2{sku=B2 qty=12}",
            "3 wrong type{}", "9 gone{} by sku=A1"}));
    QCOMPARE(tally.matched, std::uint64_t{1});
    QCOMPARE(tally.stale, std::uint64_t{2});
    QCOMPARE(tally.damaged, std::uint64_t{1});
    QCOMPARE(faulty(1, tally).size(), std::size_t{2});
    QCOMPARE(tally.stale, std::uint64_t{2}); // counted all the same
    QCOMPARE(faulty(0, tally), std::vector<std::string>{"2{sku=B2 qty=12}"});
}

void TestRowQueries::givesEachRowOnce()
{
    m_server->server().command({"SADD", "{shop.items}:idx:sku:B2", "1", "3"}); // in two entries, and wrongly in one
    QCOMPARE(ask("sku=A1 OR sku=B2").rows, (std::vector<std::string>{"1", "2", "3"}));
}

void TestRowQueries::endsAtItsLimit()
{
    RowQuery query{*parseFilter({}), 2, true};
    std::size_t rows = 0;
    const auto tally =
        runQuery(*m_lane, m_schema, query, {}, [&rows](std::vector<TableRow>&& found, const QueryTally&) {
            rows += found.size();
            return true;
        });
    QVERIFY(tally);
    QCOMPARE(rows, std::size_t{2});
    QVERIFY(tally->hasMore);
}

void TestRowQueries::canBeStoppedAtAnyTime()
{
    m_server->server().fill(
        20'000, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    std::stop_source stop;
    int calls = 0;
    const auto tally = runQuery(*m_lane, m_schema, RowQuery{*parseFilter({"qty>0"})}, stop.get_token(),
        [&](std::vector<TableRow>&&, const QueryTally&) {
            if (++calls == 3) {
                stop.request_stop();
            }
            return true;
        });
    QVERIFY(!tally);
    QCOMPARE(tally.error().kind, ErrorKind::Cancelled);
    QCOMPARE(calls, 3);
}

void TestRowQueries::looksAtMoreRowsThanTheModuleMay()
{
    constexpr int count = 1500;
    m_server->server().fill(count,
        [](std::size_t n) { return Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", std::to_string(n)}; });
    m_server->server().fill(
        count, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    const auto filter = *parseFilter({"qty>=1000"});
    const auto refused = selectByModule(*m_lane, m_schema, filter, {});
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.contains(u"scan limit"_s), qPrintable(refused.error().detail));
    QCOMPARE(ask("qty>=1000").tally.matched, std::uint64_t{500});
}

void TestRowQueries::forecastsWhatSelectWouldDo_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<quint64>("tested");
    QTest::addColumn<quint64>("rows");
    QTest::addColumn<QString>("refusal"); // what it contains
    QTest::addRow("all") << QByteArray() << quint64{0} << quint64{1503} << QString();
    QTest::addRow("by index") << QByteArray("sku=A1") << quint64{0} << quint64{2} << QString();
    QTest::addRow("by index, then by row") << QByteArray("sku=A1 AND qty>1") << quint64{2} << quint64{2} << QString();
    QTest::addRow("too many to test") << QByteArray("qty>1") << quint64{1503} << quint64{1503}
                                      << u"limit in force is 1000"_s;
    QTest::addRow("no index") << QByteArray("qty=1") << quint64{1503} << quint64{1503} << u"no index"_s;
    QTest::addRow("OR") << QByteArray("qty<1 OR qty>5") << quint64{1503} << quint64{1503} << u"for an AND"_s;
}

void TestRowQueries::forecastsWhatSelectWouldDo()
{
    QFETCH(const QByteArray, line);
    QFETCH(const quint64, tested);
    QFETCH(const quint64, rows);
    QFETCH(const QString, refusal);
    m_server->server().fill(
        1500, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    const auto module = fetchTableModule(*m_lane, {});
    const auto around = fetchTableSurroundings(*m_lane, {});
    const auto forecast = forecastSelect(*m_lane, m_schema, *parseFilter(words(line)), *module, *around, 1, {});
    QVERIFY(forecast);
    QCOMPARE(forecast->testedRows, tested);
    QCOMPARE(forecast->rows, rows);
    QVERIFY2(refusal.isEmpty() == forecast->refusal.isEmpty() && forecast->refusal.contains(refusal),
        qPrintable(forecast->refusal));
}

void TestRowQueries::refusesToKeepAClusterWaiting()
{
    TableSurroundings around;
    QVERIFY(whyTooLong(Milliseconds(60'000), around).isEmpty());
    around.nodeTimeout = Milliseconds(15'000);
    QVERIFY(whyTooLong(Milliseconds(5'000), around).isEmpty());
    QVERIFY(!whyTooLong(Milliseconds(5'001), around).isEmpty());
    QCOMPARE(timeOf(ModuleWork::AddIndex, 1'000'000, 1), Milliseconds(12'000));
    QCOMPARE(timeOf(ModuleWork::DropIndex, 3'000'000, 2), Milliseconds(18'000));
    const auto slowness = measureSlowness(*m_lane, m_schema.keys(), {});
    QVERIFY(slowness && *slowness >= 0.5 && *slowness <= 20);
}

void TestRowQueries::asksTheModuleOnlyForWhatItGetsRight()
{
    const auto rows = selectByModule(*m_lane, m_schema, *parseFilter({"sku=A1", "AND", "qty>0"}), {});
    QVERIFY(rows);
    QCOMPARE(shown(m_schema, *rows), std::vector<std::string>{"{sku=A1 qty=5 price=9.50 made=2024-01-31}"});
    const auto wrong = selectByModule(*m_lane, m_schema, *parseFilter({"qty<6", "OR", "qty>10"}), {});
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::Unsupported);
    m_server->server().command({"DEL", "{shop.items}:1", "{shop.items}:3"});
    m_server->server().command({"SET", "{shop.items}:3", "x"});
    const auto damaged = selectByModule(*m_lane, m_schema, {}, {});
    QVERIFY(damaged);
    QCOMPARE(shown(m_schema, *damaged), (std::vector<std::string>{" gone{}", "{sku=B2 qty=12}", " wrong type{}"}));
}

/// The patterns that its keys take are of no use to who may not send it.
void TestRowQueries::saysWhatSelectTakes()
{
    class Forbidden : public LaneView {
    public:
        using LaneView::LaneView;
        Result<Reply> call(const Command&, std::stop_token) override
        {
            return Error{ErrorKind::Permission, {}, u"NOPERM no permissions to run the 'TABLE.SELECT' command."_s};
        }
    } lane(*m_lane);
    const auto rows = selectByModule(lane, m_schema, {}, {});
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, ErrorKind::Permission);
    QVERIFY2(rows.error().detail.contains(u"+table.select"_s) && rows.error().detail.contains(u"~shop.items."_s),
        qPrintable(rows.error().detail));
    QVERIFY2(!rows.error().detail.contains(u"{shop.items}"_s), qPrintable(rows.error().detail));
}

QTEST_GUILESS_MAIN(TestRowQueries)
#include "tst_rowqueries.moc"
