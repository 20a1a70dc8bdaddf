// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/ledgerkeeper.h"

#include "core/base/errortext.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <cmath>

namespace keyglass {

namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

constexpr auto publishEvery = 100ms;

QString failureText(const Error& error)
{
    const QString kind = errorKindText(error.kind);
    return error.detail.isEmpty() ? kind : QStringLiteral("%1: %2").arg(kind, error.detail);
}

double perSecond(std::uint64_t calls, Clock::duration time)
{
    const double seconds = std::chrono::duration<double>(time).count();
    return seconds > 0 ? static_cast<double>(calls) / seconds : 0;
}

} // namespace

/// Below one doubling's worth the steps are single microseconds; above, the three bits after the leading one choose.
std::size_t LatencyHistogram::stepOf(std::uint64_t value)
{
    if (value < stepsPerDoubling) {
        return static_cast<std::size_t>(value);
    }
    const auto width = static_cast<std::size_t>(std::bit_width(value));
    const auto step = (width - 3) * stepsPerDoubling + static_cast<std::size_t>((value >> (width - 4)) & 7U);
    return std::min(step, steps - 1);
}

std::uint64_t LatencyHistogram::endOf(std::size_t step)
{
    if (step < stepsPerDoubling) {
        return step;
    }
    const std::size_t width = step / stepsPerDoubling + 3;
    const std::uint64_t begin = (stepsPerDoubling + step % stepsPerDoubling) << (width - 4);
    return begin + (std::uint64_t{1} << (width - 4)) - 1;
}

void LatencyHistogram::add(microseconds latency)
{
    const auto value = std::max<microseconds::rep>(0, latency.count());
    ++m_entries[stepOf(static_cast<std::uint64_t>(value))];
    ++m_count;
    m_sum += latency;
    m_largest = std::max(m_largest, latency);
}

microseconds LatencyHistogram::percentile(double share) const
{
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(m_count)));
    std::uint64_t seen = 0;
    for (std::size_t step = 0; step < steps && m_count > 0; ++step) {
        seen += m_entries[step];
        if (seen >= wanted) {
            return std::min(m_largest, microseconds(static_cast<microseconds::rep>(endOf(step))));
        }
    }
    return m_largest;
}

microseconds LatencyHistogram::mean() const
{
    return m_count == 0 ? microseconds{0} : m_sum / static_cast<microseconds::rep>(m_count);
}

LedgerKeeper::LedgerKeeper(NodeProgress& progress)
    : m_progress(progress)
{
}

void LedgerKeeper::begins()
{
    m_began = Clock::now();
    m_line.started = std::chrono::system_clock::now();
    m_line.state = NodeScanState::Scanning;
    publish(m_began);
}

bool LedgerKeeper::isDue(Clock::time_point now) const
{
    return m_line.state != NodeScanState::Scanning || now - m_publishedAt >= publishEvery;
}

void LedgerKeeper::answered(int count, Clock::duration latency, Clock::time_point now)
{
    m_line.examined += static_cast<std::uint64_t>(count);
    m_line.lastLatency = std::chrono::duration_cast<microseconds>(latency);
    m_latencies.add(m_line.lastLatency);
    if (isDue(now)) {
        m_line.state = NodeScanState::Scanning;
        m_line.trouble.clear();
        publish(now);
    }
}

void LedgerKeeper::failed(const Error& error, bool retrying)
{
    if (error.kind == ErrorKind::Cancelled) {
        return;
    }
    ++m_line.errors;
    m_line.lastError = failureText(error);
    m_line.trouble = retrying ? QCoreApplication::translate("NodeScanner", "%1; trying again").arg(m_line.lastError)
                              : m_line.lastError;
    m_line.state = retrying ? NodeScanState::Retrying : NodeScanState::GivenUp;
    publish(Clock::now());
}

void LedgerKeeper::goesOn()
{
    ++m_line.wentOn;
    m_line.lastRestart = QCoreApplication::translate("NodeScanner", "went on from its cursor");
}

void LedgerKeeper::beginsAgain(const QString& reason)
{
    ++m_line.beganAgain;
    m_line.lastRestart = reason;
}

void LedgerKeeper::ends(NodeScanState state)
{
    m_line.state = state;
    m_line.finished = std::chrono::system_clock::now();
    if (state != NodeScanState::GivenUp) {
        m_line.trouble.clear();
    }
    const auto now = Clock::now();
    publish(now);
    m_line.callsPerSecond = perSecond(m_progress.calls, now - m_began);
    m_progress.publish(m_line);
    m_line = m_progress.ledger(); // with who the node is
}

void LedgerKeeper::publish(Clock::time_point now)
{
    sampleRate(now);
    m_line.meanLatency = m_latencies.mean();
    m_line.p99Latency = m_latencies.percentile(0.99);
    m_line.maxLatency = m_latencies.largest();
    m_progress.publish(m_line);
    m_publishedAt = now;
}

void LedgerKeeper::sampleRate(Clock::time_point now)
{
    if (m_sampled > 0 && now - m_samples[(m_sampled - 1) % m_samples.size()].at < publishEvery) {
        return;
    }
    const std::size_t next = m_sampled % m_samples.size();
    const Sample oldest = m_sampled >= m_samples.size() ? m_samples[next] : m_samples[0];
    const std::uint64_t calls = m_progress.calls;
    if (m_sampled > 0) {
        m_line.callsPerSecond = perSecond(calls - oldest.calls, now - oldest.at);
    }
    m_samples[next] = Sample{now, calls};
    ++m_sampled;
}

} // namespace keyglass
