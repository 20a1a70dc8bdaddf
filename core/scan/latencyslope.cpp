// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/latencyslope.h"

#include <algorithm>

namespace keyglass {

namespace {

constexpr int smallerBy = 4;
constexpr unsigned smallOneIn = 8;
constexpr unsigned smallOneInAtFirst = 2;

} // namespace

int LatencySlope::nextCount(int count)
{
    m_largeCount = count;
    const unsigned oneIn = m_small.isFull() ? smallOneIn : smallOneInAtFirst;
    return ++m_sent % oneIn == 0 ? std::max(1, count / smallerBy) : count;
}

void LatencySlope::add(int count, double microseconds)
{
    (count * 2 < m_largeCount ? m_small : m_large).add(count, microseconds);
}

std::optional<double> LatencySlope::microsecondsEach() const
{
    const double counts = m_large.count() - m_small.count();
    if (!m_small.isFull() || !m_large.isFull() || counts < 1) {
        return std::nullopt;
    }
    const double difference = m_large.median() - m_small.median();
    const double noise = std::max(m_large.spread(), m_small.spread());
    return difference > noise ? std::optional(difference / counts) : std::nullopt;
}

void LatencySlope::Recent::add(int count, double microseconds)
{
    m_times[m_added % m_times.size()] = microseconds;
    m_counts[m_added % m_counts.size()] = count;
    ++m_added;
}

double LatencySlope::Recent::median() const
{
    auto sorted = m_times;
    std::ranges::nth_element(sorted, sorted.begin() + sorted.size() / 2);
    return sorted[sorted.size() / 2];
}

/// How far the middle half lies apart, of which a median of nine is off by about a third.
double LatencySlope::Recent::spread() const
{
    auto sorted = m_times;
    std::ranges::sort(sorted);
    return (sorted[6] - sorted[2]) / 3;
}

double LatencySlope::Recent::count() const
{
    double sum = 0;
    for (const double count : m_counts) {
        sum += count;
    }
    return sum / static_cast<double>(m_counts.size());
}

} // namespace keyglass
