// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of RedisTABLE by their keys: how long the first page takes, how many rows a second a filter without index
// looks at, what an edit takes, and the longest command of ours by the server's own SLOWLOG; beside that TABLE.SELECT
// of the same filter, where KEYGLASS_TEST_REDISTABLE names the module. JSON on stdout.
//
//   bench_table [ROWS]      1000000 where nothing else is said
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "core/table/roweditor.h"
#include "core/table/rowquery.h"
#include "core/table/tablelist.h"
#include "tests/bench/measuring.h"
#include "tests/bench/tablerows.h"
#include "tests/servers/tableserver.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <cstdlib>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 3;

/// Seconds of the fastest round.
template <typename Work> double fastest(const Work& work)
{
    double best = 1e9;
    for (int n = 0; n < rounds; ++n) {
        const auto start = Clock::now();
        work();
        best = std::min(best, bench::secondsSince(start));
    }
    return best;
}

std::uint64_t query(Lane& lane, const TableSchema& schema, const std::vector<std::string>& words)
{
    const auto tally = runQuery(lane, schema, RowQuery{*parseFilter(words)}, {},
        [](std::vector<TableRow>&&, const QueryTally&) { return true; });
    if (!tally) {
        qFatal("the query failed");
    }
    return tally->looked;
}

struct SlowCommand {
    double milliseconds = 0;
    QString name;
};

/// The longest command of the server since the last SLOWLOG RESET: wall time, which a busy machine makes longer.
SlowCommand longestCommand(test::RedisServer& server)
{
    SlowCommand longest;
    for (const std::string& entry : server.list({"SLOWLOG", "GET", "128"})) { // id, time, microseconds, words, …
        const QStringList lines = QString::fromStdString(entry).split(u'\n');
        const double milliseconds = lines.value(2).toDouble() / 1000;
        if (milliseconds > longest.milliseconds) {
            longest = {milliseconds, lines.value(3).left(80)};
        }
    }
    return longest;
}

/// By LATENCY HISTOGRAM, for each of the commands that tables are read and edited with: how many calls there were, and
/// below how many microseconds (a power of two) 999 of 1,000 of them stayed.
QJsonObject histograms(test::RedisServer& server)
{
    QJsonObject all;
    for (const char* name : {"sscan", "scan", "hgetall", "hmget", "smembers", "smismember", "hset", "exec", "watch"}) {
        // name, "calls", n, "histogram_usec", then pairs of an upper bound and how many took no longer
        const QStringList words =
            QString::fromStdString(server.command({"LATENCY", "HISTOGRAM", name})).split(u'\n', Qt::SkipEmptyParts);
        const double calls = words.value(2).toDouble();
        for (qsizetype at = 4; at + 1 < words.size(); at += 2) {
            if (words.at(at + 1).toDouble() >= calls * 0.999) {
                all[QString::fromLatin1(name)] =
                    QJsonObject{{u"calls"_s, calls}, {u"p999_us_below"_s, words.at(at).toDouble()}};
                break;
            }
        }
    }
    return all;
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    test::ServerOptions serverOptions;
    serverOptions.arguments = QStringList{u"--slowlog-log-slower-than"_s, u"1000"_s, u"--slowlog-max-len"_s, u"128"_s};
    test::TableServer server(test::TableHazards{.scanLimitArgument = "10000000"}, serverOptions);
    bench::fillTable(server.server(), rows);
    ConnectionOptions options;
    options.endpoint.socketPath = server.server().socketPath();
    options.callTimeout = std::chrono::seconds(120);
    const auto lane = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
    server.server().command({"SLOWLOG", "RESET"});
    server.server().command({"CONFIG", "RESETSTAT"});

    const double firstPage = fastest([&] {
        const auto fresh = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
        const auto schema = fetchTableSchema(*fresh, "shop.items", {});
        RowReader reader(*fresh, *schema);
        if (reader.page({}, {}, {})->rows.size() < 200) {
            qFatal("no page");
        }
    });
    const auto schema = *fetchTableSchema(*lane, "shop.items", {});
    std::uint64_t looked = 0;
    const double filter = fastest([&] { looked = query(*lane, schema, {"qty>998"}); });
    const double byIds = fastest([&] { // as "by id" is scrolled
        RowReader reader(*lane, schema);
        for (std::uint64_t from = 1; from <= 10'000 && from <= rows; from += 200) {
            if (!reader.byIds(from, from + 199, {})) {
                qFatal("no rows by their ids");
            }
        }
    });
    const double listed = fastest([&] {
        if (!listTables({{lane.get(), u"here"_s}}, {}, {})) {
            qFatal("no list");
        }
    });
    const double byIndex = fastest([&] { query(*lane, schema, {"sku=SKU-17"}); });
    EditLanes lanes(*lane);
    RowEditor editor(lanes, "shop.items");
    int edits = 0;
    const double edit = fastest([&] {
        for (int n = 0; n < 100; ++n) {
            static_cast<void>(editor.apply(
                {RowEdit::Kind::Change, std::to_string(n + 1), {{"sku", "new-" + std::to_string(++edits)}}}, {}));
        }
    });
    const SlowCommand longest = longestCommand(server.server());
    QJsonObject json{{u"rows"_s, double(rows)}, {u"first_page_ms"_s, firstPage * 1000},
        {u"filter_rows_per_s"_s, double(looked) / filter}, {u"index_query_ms"_s, byIndex * 1000},
        {u"edit_ms"_s, edit * 10}, {u"rows_by_id_per_s"_s, double(std::min<std::size_t>(rows, 10'000)) / byIds},
        {u"list_ms"_s, listed * 1000}, {u"longest_command_ms"_s, longest.milliseconds},
        {u"longest_command"_s, longest.name}, {u"histograms"_s, histograms(server.server())}};
    if (test::TableServer::isReal()) {
        const auto start = Clock::now();
        const auto reply = lane->call(Command{"TABLE.SELECT", "shop.items", "WHERE", "qty>998"}, {});
        json[u"table_select_ms"_s] = reply ? bench::secondsSince(start) * 1000 : -1;
    }
    std::fputs(QJsonDocument(json).toJson().constData(), stdout);
    return 0;
}
