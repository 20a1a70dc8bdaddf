// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/pacer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr int firstCount = 100; ///< So that first keys come at once.
constexpr int unmeasuredCount = 300;
constexpr int gentleUnmeasuredCount = 100;
constexpr int leastCount = 10;
constexpr int largestCount = 5000;
constexpr double growAtMost = 2; ///< From one choice to the next.

constexpr double gentleBudget = 150; ///< Microseconds, as all times here.
constexpr double balancedBudget = 400;
constexpr double fullBudget = 700; ///< So that hardly a call takes a millisecond.
/// What hardly a call may take: one in a hundred. Where more do, as on a server that shares its processor, all of them
/// get smaller, down to a share of the budget.
constexpr double gentleMost = 250;
constexpr double balancedMost = 500;
constexpr double lateTolerated = 0.008; ///< A little less than one in a hundred.
constexpr double cautionStep = 0.02;
constexpr double leastCaution = 0.65;
/// At full pace, where the best is searched for. A second call that waits behind the first keeps the server busy
/// without a gap, but others may have to wait for both; and where the server must share its processor, it gains
/// nothing.
constexpr BudgetSearch::Budgets aloneBudgets{{{200, 1}, {350, 1}, {500, 1}, {fullBudget, 1}}};
constexpr BudgetSearch::Budgets pairBudgets{{{500, 1}, {350, 2}, {fullBudget, 1}, {500, 2}}};

constexpr double gentleShare = 0.25; ///< Of its time that the server is busy with us.
constexpr int gentleWindow = 4;
constexpr int balancedWindow = 16;
constexpr int fullWindow = 32;

constexpr auto statsEvery = 1000ms;
constexpr auto statsSoonest = 100ms;
constexpr int callsBeforeStats = 8;
constexpr double othersTolerated = 1.1; ///< Calls the server counted for each one of ours.
constexpr auto usualTime = 5s;          ///< What the "last seconds" of the usual cost are.
constexpr double slow = 2;              ///< Times the usual cost: from here on there are pauses.
constexpr double suddenlySlow = 1.5;    ///< Times the latency that the cost explains: ask for new stats.
constexpr double unsettled = 1.25;      ///< Times the cost at the last stats, or the inverse: ask again soon.
constexpr double noticeable = 100;      ///< Microseconds of latency; less is the noise of waking up.
constexpr double mostYielding = 4;
constexpr double latencyWeight = 0.1;
constexpr auto restTime = 2500ms;

double microsecondsOf(Clock::duration time)
{
    return std::chrono::duration<double, std::micro>(time).count();
}

Clock::duration durationOf(double microseconds)
{
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::micro>(microseconds));
}

} // namespace

Pacer::Pacer(ScanPace pace, bool mayUseParts)
    : m_pace(pace)
    , m_mayUseParts(mayUseParts)
    , m_count(firstCount)
    , m_search(mayUseParts ? pairBudgets : aloneBudgets)
{
}

int Pacer::nextCount()
{
    return m_statsRefused ? m_slope.nextCount(m_count) : m_count;
}

std::optional<std::chrono::microseconds> Pacer::serverTime() const
{
    if (!m_cost) {
        return std::nullopt;
    }
    return std::chrono::microseconds(std::llround(*m_cost * m_count));
}

void Pacer::answered(const ScanCall& call)
{
    ++m_callsSinceStats;
    if (m_statsRefused && call.wasAlone && call.wasAwaited) {
        m_slope.add(call.count, microsecondsOf(call.cursorSeen - call.sentAt));
        if (const auto each = m_slope.microsecondsEach()) {
            learnCost(*each, call.cursorSeen);
        }
    }
    learnLatency(call);
    if (m_pace == ScanPace::Full && m_cost && !isFarAway()) {
        m_search.examined(static_cast<std::uint64_t>(call.count), call.cursorSeen);
    }
    choose();
}

void Pacer::learnLatency(const ScanCall& call)
{
    if (!call.wasAwaited) {
        return;
    }
    const double latency = microsecondsOf(call.cursorSeen - call.sentAt);
    m_latency = m_latency == 0 ? latency : m_latency + (latency - m_latency) * latencyWeight;
    if (!m_cost) {
        return;
    }
    const double rest = std::max(1.0, latency - *m_cost * call.count);
    if (call.cursorSeen - m_leastRestSince > restTime) {
        m_leastRest = m_leastRestNow;
        m_leastRestNow = rest;
        m_leastRestSince = call.cursorSeen;
    }
    m_leastRestNow = std::min(m_leastRestNow, rest);
    if (m_pace != ScanPace::Full && call.wasAlone) {
        learnLateness(latency - network());
    }
}

/// Steps down with each call that is late, up with each that is not, so that they balance where as many are late as is
/// tolerated. Far away nothing is told of the server's time by one call.
void Pacer::learnLateness(double serverTime)
{
    const double most = m_pace == ScanPace::Gentle ? gentleMost : balancedMost;
    if (network() < most) {
        const double step = serverTime > most ? -cautionStep : cautionStep * lateTolerated;
        m_caution = std::clamp(m_caution * (1 + step), leastCaution, 1.0);
    }
}

/// What a call takes beyond the server's time, at least: the network, both ways, and waking up.
double Pacer::network() const
{
    return m_leastRest == 0 ? m_leastRestNow : std::min(m_leastRest, m_leastRestNow);
}

bool Pacer::isFarAway() const
{
    return network() > fullBudget;
}

bool Pacer::wantsStats(Clock::time_point now) const
{
    if (m_statsRefused || m_asked) {
        return false;
    }
    if (m_statsSeen == 0) {
        return true;
    }
    if (m_callsSinceStats < callsBeforeStats) {
        return false;
    }
    const auto since = now - m_statsAskedAt;
    const bool isUnsure = m_isUnsettled || m_statsSeen < 4; // the first figures come from few calls
    return m_statsSeen == 1 || since >= statsEvery || (since >= statsSoonest && isUnsure)
        || (since >= m_soonerStats && !isExplained());
}

/// Whether calls take about as long as the known cost lets expect.
bool Pacer::isExplained() const
{
    const double expected = network() + m_cost.value_or(0) * m_count * std::min(m_window, 2);
    return m_latency <= expected * suddenlySlow + noticeable;
}

void Pacer::statsAsked(Clock::time_point now, std::uint64_t calls, std::uint64_t examined)
{
    m_asked = Mark{{}, calls, examined, now};
    m_statsAskedAt = now;
    m_callsSinceStats = 0;
}

void Pacer::statsArrived(const ScanStats& stats, Clock::time_point now)
{
    if (!m_asked) {
        return;
    }
    Mark mark = *std::exchange(m_asked, std::nullopt);
    mark.stats = stats;
    ++m_statsSeen;
    const std::optional<Mark> before = std::exchange(m_last, mark);
    if (!before || stats.calls < before->stats.calls || stats.time < before->stats.time) {
        return; // the first, or the counters were set back
    }
    const auto counted = static_cast<double>(stats.calls - before->stats.calls);
    const auto ours = static_cast<double>(mark.calls - before->calls);
    const auto examined = static_cast<double>(mark.examined - before->examined);
    // Where others scan too, the sum says nothing about ours; the cost known before stands.
    if (ours < 1 || counted < ours || counted > ours * othersTolerated + 1) {
        return;
    }
    const auto time = static_cast<double>((stats.time - before->stats.time).count());
    const double cost = std::max(0.01, time / examined * ours / counted);
    // What changed between two stats is half in these and half in the next.
    m_isUnsettled = m_cost && (cost > *m_cost * unsettled || cost * unsettled < *m_cost);
    learnCost(cost, now);
    choose();
    // Where it is not us who keep the server busy, the stats will not explain it, and are asked for less often.
    const auto later = std::min<Duration>(m_soonerStats * 2, statsEvery);
    m_soonerStats = isExplained() || m_isUnsettled ? Duration(statsSoonest) : later;
}

void Pacer::statsRefused()
{
    m_statsRefused = true;
    m_asked.reset();
    m_count = m_pace == ScanPace::Gentle ? gentleUnmeasuredCount : unmeasuredCount;
}

void Pacer::connectionLost()
{
    m_asked.reset();
    m_last.reset();
    m_statsSeen = 0;
    m_latency = 0;
    // On a line that breaks again and again, smaller replies come through; it grows back with the next measurements.
    m_count = std::max(leastCount, m_count / 2);
}

/// A change is believed by halves; while it lasts, the stats come often enough for that to be quick.
void Pacer::learnCost(double cost, Clock::time_point now)
{
    if (!m_cost) {
        m_usualCost = cost;
    } else {
        const double passed = std::chrono::duration<double>(now - m_costAt) / std::chrono::duration<double>(usualTime);
        m_usualCost += (cost - m_usualCost) * std::clamp(passed, 0.0, 1.0);
        cost = (cost + *m_cost) / 2;
    }
    m_cost = cost;
    m_costAt = now;
}

double Pacer::budget() const
{
    switch (m_pace) {
    case ScanPace::Gentle:
        return gentleBudget * m_caution;
    case ScanPace::Balanced:
        return balancedBudget * m_caution;
    case ScanPace::Full:
        return isFarAway() ? fullBudget : m_search.budget().microseconds;
    }
    return balancedBudget;
}

void Pacer::choose()
{
    if (!m_cost) {
        // A call's latency is the most that it can have taken the server.
        m_spacing = m_pace == ScanPace::Gentle ? durationOf(m_latency / gentleShare) : Duration{0};
        return;
    }
    double allowed = budget();
    double yielding = 1;
    if (m_pace != ScanPace::Full && m_window == 1) {
        // It answers much later than its own work takes: others keep it busy.
        yielding = std::clamp((m_latency - network()) / (2 * allowed), 1.0, mostYielding);
    }
    const double wanted = std::clamp(allowed / yielding / *m_cost, double{leastCount}, double{largestCount});
    m_count = static_cast<int>(std::min(wanted, m_count * growAtMost));
    const double callTime = *m_cost * m_count;
    m_window = windowFor(callTime);
    m_spacing = durationOf(spacingFor(callTime) * yielding);
}

int Pacer::windowFor(double callTime) const
{
    if (!m_mayUseParts || m_statsRefused) {
        return 1;
    }
    const double rounds = network() / callTime;
    switch (m_pace) {
    case ScanPace::Gentle:
        return static_cast<int>(std::clamp(std::ceil(rounds * gentleShare), 1.0, double{gentleWindow}));
    case ScanPace::Balanced:
        return static_cast<int>(std::clamp(std::ceil(rounds), 1.0, double{balancedWindow}));
    case ScanPace::Full:
        return isFarAway() ? static_cast<int>(std::clamp(std::ceil(rounds) + 1, 2.0, double{fullWindow}))
                           : m_search.budget().underWay;
    }
    return 1;
}

/// Several calls that arrive at once would be answered in one go, and others wait for all of them: they are sent a
/// call's time apart. Two near by are not: the second is there when the first is answered, that is all.
double Pacer::spacingFor(double callTime) const
{
    double spacing = m_pace == ScanPace::Gentle ? callTime / gentleShare : 0;
    if (m_window > 2) {
        spacing = std::max(spacing, callTime);
    }
    const double slowness = m_usualCost > 0 ? *m_cost / m_usualCost : 1;
    return slowness < slow ? spacing : std::max(spacing, callTime) * slowness;
}

} // namespace keyglass
