// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace keyglass {

/// Finds which size of calls gives the most keys a second, by trying each for a tenth of a second and again now and
/// then. The first that is within 1 % of the best wins: what makes others wait longer for nothing stands behind.
class BudgetSearch {
public:
    struct Budget {
        double microseconds = 0; ///< Server time of a call.
        int underWay = 1;        ///< Calls at once.
    };
    /// By how long others may have to wait, ascending; the last is begun with.
    using Budgets = std::array<Budget, 4>;

    explicit BudgetSearch(const Budgets& budgets);

    /// The one in use.
    [[nodiscard]] const Budget& budget() const { return m_budgets[m_at]; }
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
