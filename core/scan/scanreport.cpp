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
    return !nodes.empty() && !(cluster && cluster->hasGaps())
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
    double toldKeys = 0;
    double toldSlots = 0;
    for (const NodeScanEnd& end : nodes) {
        toldKeys += static_cast<double>(end.expectedKeys);
        toldSlots += end.expectedKeys > 0 ? static_cast<double>(end.slots) : 0;
    }
    // A node that was never reached is taken to hold as many keys per slot as the others.
    const double keysPerSlot = toldSlots > 0 ? toldKeys / toldSlots : 0;
    double walked = 0;
    double whole = 0;
    for (const NodeScanEnd& end : nodes) {
        if (end.replacedBy.isEmpty()) {
            const auto told = static_cast<double>(end.expectedKeys);
            const double weight = std::max(1.0, told > 0 ? told : static_cast<double>(end.slots) * keysPerSlot);
            walked += end.share * weight;
            whole += weight;
        }
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
