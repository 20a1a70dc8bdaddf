// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/nodeprogress.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

bool isOver(NodeScanState state)
{
    return state != NodeScanState::Waiting && state != NodeScanState::Scanning && state != NodeScanState::Silent
        && state != NodeScanState::Retrying;
}

} // namespace

double NodeProgress::share() const
{
    if (atEnd) {
        return 1;
    }
    const auto expected = expectedKeys.load();
    return expected == 0 ? 0 : std::min(0.99, static_cast<double>(walked.load()) / static_cast<double>(expected));
}

QString NodeProgress::waitingFor() const
{
    const NodeLedger line = ledger();
    if (line.state == NodeScanState::Silent) {
        const QString since = isoText(line.silentSince).section(u'T', 1);
        return QCoreApplication::translate("NodeScanner", "%1: no answer since %2").arg(line.node, since);
    }
    const std::lock_guard lock(m_mutex);
    return m_waitingFor;
}

NodeLedger NodeProgress::ledger() const
{
    NodeLedger line;
    {
        const std::lock_guard lock(m_mutex);
        line = m_line;
    }
    line.keys = keys;
    line.calls = calls;
    const auto since = owesSince();
    if (isOver(line.state) || !since) {
        return line;
    }
    const auto silentFor = Clock::now() - *since;
    if (silentFor > silenceShown) {
        line.silentSince = std::chrono::system_clock::now()
            - std::chrono::duration_cast<std::chrono::system_clock::duration>(silentFor);
        line.callsPerSecond = 0;
        line.state = line.state == NodeScanState::Retrying ? line.state : NodeScanState::Silent;
    }
    return line;
}

void NodeProgress::describe(const QString& node, const QString& role, const QString& slotRanges)
{
    const std::lock_guard lock(m_mutex);
    m_line.node = node;
    m_line.role = role;
    m_line.slotRanges = slotRanges;
}

void NodeProgress::setWaitingFor(const QString& what)
{
    const std::lock_guard lock(m_mutex);
    m_waitingFor = what;
}

void NodeProgress::publish(const NodeLedger& line)
{
    const std::lock_guard lock(m_mutex);
    NodeLedger published = line;
    published.node = m_line.node;
    published.role = m_line.role;
    published.slotRanges = m_line.slotRanges;
    m_line = std::move(published);
}

void NodeProgress::asked(Clock::time_point now)
{
    Clock::rep nothing = 0;
    m_owesSince.compare_exchange_strong(nothing, now.time_since_epoch().count(), std::memory_order_relaxed);
}

void NodeProgress::answered(Clock::time_point now, bool owesMore)
{
    m_owesSince.store(owesMore ? now.time_since_epoch().count() : 0, std::memory_order_relaxed);
}

std::optional<Clock::time_point> NodeProgress::owesSince() const
{
    const auto ticks = m_owesSince.load(std::memory_order_relaxed);
    return ticks == 0 ? std::nullopt : std::optional(Clock::time_point(Clock::duration(ticks)));
}

} // namespace keyglass
