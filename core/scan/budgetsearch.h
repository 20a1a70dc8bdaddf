// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace keyglass {

/// Finds which server time per call gives the most keys a second, by trying each for a tenth of a second and again now
/// and then. The smallest that is within 1 % of the best wins: a longer call makes others wait longer for nothing.
class BudgetSearch {
public:
    using Budgets = std::array<double, 4>; ///< Microseconds, ascending.

    explicit BudgetSearch(const Budgets& budgets);

    /// The one in use.
    [[nodiscard]] double budget() const { return m_budgets[m_at]; }
    /// So many were examined by a call that was answered at `now`. True where the budget in use changed.
    bool examined(std::uint64_t count, Clock::time_point now);

private:
    void closeTrial(double rate);
    [[nodiscard]] std::size_t best() const;

    const Budgets m_budgets;
    std::array<double, 4> m_rates{}; ///< Keys a second; 0: not tried.
    std::size_t m_at = 0;
    std::size_t m_nextTrial = 0;
    int m_restingFor = 0; ///< Trials' lengths to stay with the best before another is tried.
    std::uint64_t m_sum = 0;
    int m_calls = 0;
    Clock::time_point m_since{};
};

} // namespace keyglass
