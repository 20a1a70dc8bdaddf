// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobturns.h"

#include "core/base/stopwait.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// How long a worker waits until its fellows have left for an earlier job.
constexpr Milliseconds fellowsLeave{2};

} // namespace

JobTurns::JobTurns(std::shared_ptr<NodeTurns> turns, Nodes targets)
    : m_turns(std::move(turns))
    , m_targets(std::move(targets))
    , m_job(m_turns ? m_turns->begin() : 0)
{
}

JobTurns::~JobTurns()
{
    if (m_turns) {
        releaseHeld();
    }
}

bool JobTurns::tryEnter(const std::string& node)
{
    if (!m_turns) {
        return true;
    }
    if (!m_turns->tryTake(node, m_job)) {
        return false;
    }
    if (std::string busy; tryTargets(busy)) {
        return true;
    }
    m_turns->release(node, m_job);
    return false;
}

bool JobTurns::enter(const std::string& node, const std::stop_token& stop)
{
    while (m_turns && !stop.stop_requested()) {
        if (!m_turns->take(node, m_job, stop)) {
            return false;
        }
        std::string busy;
        if (tryTargets(busy)) {
            return true;
        }
        m_turns->release(node, m_job);
        if (!m_turns->take(busy, m_job, stop)) {
            return false;
        }
        if (tryTargets(busy)) {
            if (m_turns->tryTake(node, m_job)) {
                return true;
            }
            leaveTargets();
        } else {
            waitOrStop(fellowsLeave, stop);
        }
    }
    return !m_turns;
}

void JobTurns::leave(const std::string& node)
{
    if (m_turns) {
        m_turns->release(node, m_job);
        leaveTargets();
    }
}

bool JobTurns::isWantedEarlier(const std::string& node) const
{
    if (!m_turns) {
        return false;
    }
    const std::lock_guard lock(m_mutex);
    return m_turns->isWantedEarlier(node, m_job) || isTargetWanted();
}

/// All of them, or none. `busy`: one that was waited for just now, or empty; then one that another job has.
bool JobTurns::tryTargets(std::string& busy)
{
    if (!m_targets) {
        return true;
    }
    const std::lock_guard lock(m_mutex);
    if (!busy.empty()) {
        m_held.insert(busy); // given back with the others
    }
    if (m_users > 0) {
        busy = *m_held.begin();
        if (isTargetWanted()) { // the fellows are to leave, too
            return false;
        }
        ++m_users;
        return true;
    }
    const std::set<std::string> wanted = m_targets();
    const auto taken = std::ranges::find_if_not(wanted, [this](const std::string& name) {
        const bool isMine = m_turns->tryTake(name, m_job);
        if (isMine) {
            m_held.insert(name);
        }
        return isMine;
    });
    if (taken != wanted.end()) {
        busy = *taken;
        releaseHeld();
        return false;
    }
    m_users = wanted.empty() ? 0 : 1;
    if (m_users == 0) { // what was busy is no target any more
        releaseHeld();
    }
    return true;
}

void JobTurns::leaveTargets()
{
    const std::lock_guard lock(m_mutex);
    if (m_users > 0 && --m_users == 0) {
        releaseHeld();
    }
}

void JobTurns::releaseHeld()
{
    for (const std::string& name : std::exchange(m_held, {})) {
        m_turns->release(name, m_job);
    }
}

bool JobTurns::isTargetWanted() const
{
    return std::ranges::any_of(
        m_held, [this](const std::string& name) { return m_turns->isWantedEarlier(name, m_job); });
}

} // namespace keyglass
