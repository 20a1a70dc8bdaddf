// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/budgetsearch.h"

#include <algorithm>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr auto trialTime = 100ms;
constexpr int trialCalls = 16;
constexpr int trialsAtRest = 30;
constexpr double nearlyBest = 0.99;
constexpr double newRateWeight = 0.3;

} // namespace

BudgetSearch::BudgetSearch(const Budgets& budgets)
    : m_budgets(budgets)
    , m_at(budgets.size() - 1) // until the first trial ends: what most likely is good
    , m_nextTrial(budgets.size() - 1)
{
}

bool BudgetSearch::examined(std::uint64_t count, Clock::time_point now)
{
    if (m_since == Clock::time_point{}) {
        m_since = now;
        return false;
    }
    m_sum += count;
    ++m_calls;
    const auto took = now - m_since;
    if (took < trialTime || m_calls < trialCalls) {
        return false;
    }
    const std::size_t before = m_at;
    closeTrial(static_cast<double>(m_sum) / std::chrono::duration<double>(took).count());
    m_sum = 0;
    m_calls = 0;
    m_since = now;
    return m_at != before;
}

void BudgetSearch::closeTrial(double rate)
{
    double& known = m_rates[m_at];
    known = known == 0 ? rate : known + (rate - known) * newRateWeight;
    const bool isExploring = std::ranges::find(m_rates, 0.0) != m_rates.end();
    if (!isExploring && m_restingFor-- > 0) {
        m_at = best();
        return;
    }
    m_nextTrial = (m_nextTrial + m_budgets.size() - 1) % m_budgets.size();
    m_at = m_nextTrial;
    m_restingFor = isExploring ? 0 : trialsAtRest;
}

std::size_t BudgetSearch::best() const
{
    const double most = *std::ranges::max_element(m_rates);
    const auto found = std::ranges::find_if(m_rates, [most](double rate) { return rate >= most * nearlyBest; });
    return static_cast<std::size_t>(found - m_rates.begin());
}

} // namespace keyglass
