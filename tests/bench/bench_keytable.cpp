// SPDX-License-Identifier: GPL-3.0-or-later
// The key table: how fast all keys are sorted by memory, as a ratio to a raw hiredis pipeline of the same commands in
// the same run, and how long it takes from the rows to the first picture, to the last row, and to move on while keys
// come in. JSON on stdout.
//
//   bench_keytable [SORTED [SHOWN]]      1000000 and 10000000 where nothing else is said
#include "core/columns/columnsort.h"
#include "core/index/indexbuilder.h"
#include "core/index/keystretch.h"
#include "tests/bench/measuring.h"
#include "tests/servers/hirediscalls.h"
#include "tests/servers/redisserver.h"
#include "ui/keytable/keytablegrid.h"
#include "ui/keytable/keytableview.h"

#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <cstdlib>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 3;

std::shared_ptr<const Snapshot> snapshotOf(const bench::KeyMix& keys)
{
    constexpr std::uint64_t keysPerRun = 65536;
    IndexBuilder builder(keys.size());
    for (std::uint64_t at = 0; at < keys.size(); at += keysPerRun) {
        KeyBatch batch;
        for (std::uint64_t key = at; key < std::min(at + keysPerRun, keys.size()); ++key) {
            batch.append(keys.key(key));
        }
        builder.add(SmallRun::sorted(std::move(batch)));
    }
    builder.compact({});
    return builder.publish();
}

/// Seconds for MEMORY USAGE of all keys by pipelines of 500.
double rawSeconds(const test::RedisServer& server, const std::shared_ptr<const Snapshot>& keys)
{
    redisContext* const context = redisConnectUnix(qPrintable(server.socketPath()));
    constexpr std::size_t atOnce = 500;
    std::size_t owed = 0;
    const auto take = [&] {
        for (; owed > 0; --owed) {
            static_cast<void>(test::nextReply(context));
        }
    };
    const auto start = Clock::now();
    forEachKey(keys, {}, [&](std::string_view key) {
        const char* words[] = {"MEMORY", "USAGE", key.data()};
        const std::size_t lengths[] = {6, 5, key.size()};
        redisAppendCommandArgv(context, 3, words, lengths);
        if (++owed == atOnce) {
            take();
        }
        return true;
    });
    take();
    const double seconds = bench::secondsSince(start);
    redisFree(context);
    return seconds;
}

ColumnSource sourceOf(const test::RedisServer& server)
{
    ColumnSource source;
    source.nodes = [&server](int) {
        ConnectionOptions options;
        options.endpoint.socketPath = server.socketPath();
        const auto gate = std::make_shared<CommandGate>(GateRules{});
        return serverNode([options, gate] { return makeLane(options, gate); }, u"server"_s);
    };
    return source;
}

QJsonObject measureSort(std::uint64_t count)
{
    const bench::KeyMix mix(count);
    const auto server = test::RedisServer::start();
    server->fill(static_cast<std::size_t>(count),
        [&mix](std::size_t at) { return test::RedisServer::Args{"SET", mix.key(at), std::string(1 + at % 200, 'x')}; });
    const auto keys = snapshotOf(mix);
    std::vector<double> raw;
    std::vector<double> ours;
    std::vector<double> expected;
    std::uint64_t valued = 0;
    for (int round = 0; round < rounds; ++round) {
        raw.push_back(rawSeconds(*server, keys));
        const ColumnSort sort(sourceOf(*server), {keys}, SortColumn::Memory, ScanPace::Full);
        const auto cost = sort.measure({});
        expected.push_back(cost ? static_cast<double>(cost->expected.count()) / 1e3 : 0);
        const auto start = Clock::now();
        const auto order = sort.run({}, [](std::uint64_t) { return true; });
        ours.push_back(bench::secondsSince(start));
        valued = order ? (*order)->count() - (*order)->gone() - (*order)->withoutValue() : 0;
    }
    return {{u"keys"_s, static_cast<qint64>(count)}, {u"sorted"_s, static_cast<qint64>(valued)},
        {u"raw_seconds"_s, bench::median(raw)}, {u"seconds"_s, bench::median(ours)},
        {u"expected_seconds"_s, bench::median(expected)}, {u"ratio_to_raw"_s, bench::median(raw) / bench::median(ours)},
        {u"bytes_per_key"_s, static_cast<int>(ColumnOrder::bytesFor(1))}};
}

/// Milliseconds until the table has been painted once more.
double untilPainted(ui::KeyTableView& view, const std::function<void()>& act)
{
    bool isPainted = false;
    const auto watch = QObject::connect(&view.grid(), &ui::KeyTableGrid::painted, &view, [&] { isPainted = true; });
    const auto start = Clock::now();
    act();
    while (!isPainted) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
    QObject::disconnect(watch);
    return bench::secondsSince(start) * 1e3;
}

QJsonObject measureView(std::uint64_t count)
{
    const auto keys = snapshotOf(bench::KeyMix(count));
    const std::size_t before = bench::residentBytes();
    std::vector<double> open;
    std::vector<double> jump;
    std::vector<double> follow;
    for (int round = 0; round < rounds; ++round) {
        ui::KeyTableView view;
        view.resize(820, 700);
        view.setColumns({SortColumn::Name, SortColumn::Type, SortColumn::Ttl, SortColumn::Memory});
        open.push_back(untilPainted(view, [&] {
            view.setRows(TableRows(ColumnScope{keys}), ui::KeyTableView::Place::Top);
            view.show();
        }));
        jump.push_back(untilPainted(view, [&] { view.setCurrentRow(count - 1); }));
        follow.push_back(
            untilPainted(view, [&] { view.setRows(TableRows(ColumnScope{keys}), ui::KeyTableView::Place::Keep); }));
    }
    return {{u"keys"_s, static_cast<qint64>(count)}, {u"open_to_paint_ms"_s, bench::median(open)},
        {u"open_worst_ms"_s, bench::percentile(open, 1)}, {u"last_row_ms"_s, bench::median(jump)},
        {u"new_snapshot_ms"_s, bench::median(follow)},
        {u"memory_mb"_s, static_cast<double>(bench::residentBytes() - before) / 1e6}};
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    const std::uint64_t sorted = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const std::uint64_t shown = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 10'000'000;
    if (sorted == 0 || shown == 0) {
        std::fputs("usage: bench_keytable [SORTED [SHOWN]]\n", stderr);
        return 2;
    }
    const QJsonObject report{
        {u"bench"_s, u"keytable"_s}, {u"view"_s, measureView(shown)}, {u"sort"_s, measureSort(sorted)}};
    std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    return 0;
}
