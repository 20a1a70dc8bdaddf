// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/forecast.h"

#include "core/net/command.h"
#include "core/source/lane.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

/// Nanoseconds of a unit, in the order of ModuleWork: measured with tables of five columns, two of them indexed.
constexpr std::array<double, 6> unitTimes{8'000, 5'500, 12'000, 3'000, 60'000, 20'000};

/// What the sample takes on that machine: HGETALL in a pipeline, over a socket.
constexpr double rowTime = 20'000;
constexpr std::size_t sampledRows = 200;

} // namespace

Milliseconds timeOf(ModuleWork work, std::uint64_t units, double slowness)
{
    constexpr double perMillisecond = 1'000'000;
    const double time = unitTimes[static_cast<std::size_t>(work)] * static_cast<double>(units) * slowness;
    return Milliseconds(static_cast<Milliseconds::rep>(time / perMillisecond));
}

Result<double> measureSlowness(Lane& lane, const TableKeys& keys, std::stop_token stop)
{
    auto some = lane.call(Command{"SRANDMEMBER", keys.rows(), std::to_string(sampledRows)}, stop);
    const auto isUnknown = [](const Error& why) { // a damaged table, or one that may not be sampled
        return why.kind == ErrorKind::WrongType || why.kind == ErrorKind::Permission;
    };
    if (!some && !isUnknown(some.error())) {
        return aboutTable(std::move(some).error(), keys);
    }
    if (!some || some->elements.empty()) {
        return 1.0;
    }
    std::vector<Command> asked;
    for (const Reply& id : some->elements) {
        asked.push_back(Command{"HGETALL", keys.row(id.text)});
    }
    const auto ping = Clock::now();
    if (const auto answered = lane.call(Command{"PING"}, stop); !answered && !isUnknown(answered.error())) {
        return answered.error(); // a refusal takes its round trip, too
    }
    const auto begin = Clock::now(); // what one round trip takes is the way, not the server
    const auto replies = lane.pipeline(asked, std::move(stop));
    const auto end = Clock::now();
    if (!replies) {
        return replies.error();
    }
    const auto took = std::chrono::nanoseconds(std::max<std::int64_t>(0, ((end - begin) - (begin - ping)).count()));
    const double perRow = static_cast<double>(took.count()) / static_cast<double>(asked.size());
    return std::clamp(perRow / rowTime, 0.5, 20.0);
}

QString whyTooLong(Milliseconds standstill, const TableSurroundings& around)
{
    constexpr int share = 3;
    if (!around.nodeTimeout || standstill <= *around.nodeTimeout / share) {
        return {};
    }
    const QString assumed = around.isTimeoutAssumed ? u' '
            + QCoreApplication::translate(
                "TableForecast", "(That is the usual time: cluster-node-timeout may not be asked here.)")
                                                    : QString();
    return QCoreApplication::translate("TableForecast",
               "The server would stand still for about %1 s, and the cluster takes a node for failed after %2 s: a "
               "replica "
               "would take over that has nothing of the change.")
               .arg(static_cast<double>(standstill.count()) / 1000, 0, 'f', 1)
               .arg(static_cast<double>(around.nodeTimeout->count()) / 1000, 0, 'f', 1)
        + assumed;
}

} // namespace keyglass
