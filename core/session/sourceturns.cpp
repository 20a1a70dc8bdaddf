// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sourceturns.h"

#include <algorithm>
#include <utility>

namespace keyglass {

SourceTurns::SourceTurns(std::shared_ptr<NodeTurns> turns, const SourceAccess& source)
    : m_turns(std::move(turns))
    , m_source(source)
    , m_job(m_turns ? m_turns->begin() : 0)
{
}

std::shared_ptr<void> SourceTurns::enter(const std::stop_token& stop)
{
    const std::lock_guard lock(m_mutex);
    if (m_turns && m_held.empty() && !take(stop)) {
        return nullptr;
    }
    ++m_users;
    return {this, [](SourceTurns* turns) { turns->leave(); }};
}

std::set<std::string> turnNamesOf(const SourceAccess& source)
{
    if (!source.cluster) {
        std::set<std::string> names{source.name.toStdString()};
        if (!source.facts.runId.empty()) {
            names.insert(source.facts.runId);
        }
        return names;
    }
    std::set<std::string> nodes;
    const auto topology = source.cluster->topology();
    for (const ClusterNode* master : topology->masters()) {
        nodes.insert(master->id);
    }
    return nodes;
}

bool SourceTurns::take(const std::stop_token& stop)
{
    const std::set<std::string> wanted = turnNamesOf(m_source);
    const bool isMine = std::ranges::all_of(wanted, [&](const std::string& node) {
        bool isTaken = m_turns->tryTake(node, m_job);
        if (!isTaken) {
            m_isWaiting = true;
            isTaken = m_turns->take(node, m_job, stop);
        }
        if (isTaken) {
            m_held.insert(node);
        }
        return isTaken;
    });
    m_isWaiting = false;
    if (!isMine) {
        release();
    }
    return isMine;
}

void SourceTurns::release()
{
    for (const std::string& node : std::exchange(m_held, {})) {
        m_turns->release(node, m_job);
    }
}

void SourceTurns::leave()
{
    const std::lock_guard lock(m_mutex);
    if (--m_users == 0) {
        release();
    }
}

} // namespace keyglass
