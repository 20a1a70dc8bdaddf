// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/slicepace.h"

#include <algorithm>

namespace keyglass {

namespace {

constexpr double bytesAtOnce = 16'384;          // PROTO_IOBUF_LEN of the server
constexpr std::size_t slicesBetweenProbes = 64; // each of a single key
constexpr std::size_t fewest = 8;
constexpr std::size_t first = 32;
constexpr double newShare = 0.25; // of the last pipeline in what is remembered

std::chrono::duration<double> budgetOf(ScanPace pace)
{
    constexpr std::chrono::duration<double> gentle(0.00015);
    constexpr std::chrono::duration<double> balanced(0.0004);
    constexpr std::chrono::duration<double> full(0.0007);
    return pace == ScanPace::Gentle ? gentle : pace == ScanPace::Balanced ? balanced : full;
}

} // namespace

SlicePace::SlicePace(ScanPace pace)
    : m_budget(budgetOf(pace))
    , m_most(pace == ScanPace::Gentle      ? 100
              : pace == ScanPace::Balanced ? 250
                                           : 500)
{
}

std::size_t SlicePace::next() const
{
    if (m_slices % slicesBetweenProbes == 0) {
        return 1;
    }
    if (m_cost.count() <= 0) {
        return first;
    }
    const double keysInTurn = bytesAtOnce / std::max(1.0, m_bytesPerKey);
    if (m_cost * keysInTurn <= m_budget) {
        return m_most;
    }
    return std::clamp(static_cast<std::size_t>(m_budget / m_cost), fewest, m_most);
}

void SlicePace::answered(std::size_t keys, std::size_t bytes, Clock::duration took)
{
    const Seconds time = took;
    ++m_slices;
    if (keys == 1) {
        m_base = m_base.count() > 0 && m_slices > 1 ? std::min(2 * m_base, time) : time;
        return;
    }
    const Seconds cost = std::max(Seconds(1e-8), (time - m_base) / static_cast<double>(keys - 1));
    const bool isFirst = m_cost.count() <= 0;
    const auto smooth = [isFirst](
                            auto& known, auto now) { known = isFirst ? now : (1 - newShare) * known + newShare * now; };
    smooth(m_perKey, time / static_cast<double>(keys));
    smooth(m_bytesPerKey, static_cast<double>(bytes) / static_cast<double>(keys));
    smooth(m_cost, cost);
}

} // namespace keyglass
