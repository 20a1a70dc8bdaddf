// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/scanreport.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace keyglass {

double NodeLedger::keysPerCall() const
{
    return calls == 0 ? 0 : static_cast<double>(keys) / static_cast<double>(calls);
}

double NodeLedger::keysPerExamined() const
{
    return examined == 0 ? 0 : static_cast<double>(keys) / static_cast<double>(examined);
}

QString isoText(const std::optional<NodeLedger::WallTime>& time)
{
    if (!time) {
        return {};
    }
    const auto sinceEpoch = std::chrono::duration_cast<std::chrono::milliseconds>(time->time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count()).toString(Qt::ISODate);
}

bool ScanReport::isComplete() const
{
    return !nodes.empty()
        && std::all_of(nodes.begin(), nodes.end(), [](const NodeScanEnd& end) { return end.isComplete(); });
}

std::optional<ScanLimit> ScanReport::limit() const
{
    for (const NodeScanEnd& end : nodes) {
        if (end.limit) {
            return end.limit;
        }
    }
    return std::nullopt;
}

std::vector<const NodeScanEnd*> ScanReport::partialNodes() const
{
    std::vector<const NodeScanEnd*> partial;
    for (const NodeScanEnd& end : nodes) {
        if (end.stoppedBy) {
            partial.push_back(&end);
        }
    }
    return partial;
}

std::uint64_t ScanReport::calls() const
{
    return std::accumulate(nodes.begin(), nodes.end(), std::uint64_t{0},
        [](std::uint64_t sum, const NodeScanEnd& end) { return sum + end.calls; });
}

std::uint64_t ScanReport::keys() const
{
    return std::accumulate(nodes.begin(), nodes.end(), std::uint64_t{0},
        [](std::uint64_t sum, const NodeScanEnd& end) { return sum + end.keys; });
}

double ScanReport::share() const
{
    double walked = 0;
    double whole = 0;
    for (const NodeScanEnd& end : nodes) {
        const double weight = std::max<double>(1, static_cast<double>(end.expectedKeys));
        walked += end.share * weight;
        whole += weight;
    }
    return whole > 0 ? walked / whole : 0;
}

int ScanReport::largestCount() const
{
    int largest = 0;
    for (const NodeScanEnd& end : nodes) {
        largest = std::max(largest, end.largestCount);
    }
    return largest;
}

std::optional<std::uint64_t> ScanReport::limitToFinish() const
{
    const auto reached = limit();
    const double seen = share();
    if (!reached || seen <= 0) {
        return std::nullopt;
    }
    const auto scaled = [seen](double used) {
        // A tenth more than the share says: keys don't lie evenly, and a second "limit reached" annoys.
        return static_cast<std::uint64_t>(std::ceil(used / seen * 1.1));
    };
    switch (*reached) {
    case ScanLimit::MaxKeys:
        return scaled(static_cast<double>(keys()));
    case ScanLimit::MaxIterations:
        return scaled(static_cast<double>(calls()));
    case ScanLimit::MaxTime:
        return scaled(static_cast<double>(elapsed.count()) / 1000.0);
    }
    return std::nullopt;
}

} // namespace keyglass
