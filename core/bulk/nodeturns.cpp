// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/nodeturns.h"

#include <utility>

namespace keyglass {

NodeTurns::Job NodeTurns::begin()
{
    const std::lock_guard lock(m_mutex);
    return ++m_last;
}

bool NodeTurns::isFree(const Node& node, Job job)
{
    return node.holder == job || (!node.holder && (node.waiting.empty() || *node.waiting.begin() >= job));
}

bool NodeTurns::take(const std::string& node, Job job, std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    Node& wanted = m_nodes[node];
    if (!isFree(wanted, job)) {
        const auto place = wanted.waiting.insert(job);
        m_changed.wait(lock, std::move(stop), [&] { return isFree(wanted, job); });
        wanted.waiting.erase(place);
        if (!isFree(wanted, job)) { // stopped
            lock.unlock();
            m_changed.notify_all();
            return false;
        }
    }
    wanted.holder = job;
    return true;
}

bool NodeTurns::tryTake(const std::string& node, Job job)
{
    const std::lock_guard lock(m_mutex);
    Node& wanted = m_nodes[node];
    const bool isMine = isFree(wanted, job);
    wanted.holder = isMine ? std::optional(job) : wanted.holder;
    return isMine;
}

void NodeTurns::release(const std::string& node, Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        Node& held = m_nodes[node];
        if (held.holder != job) {
            return;
        }
        held.holder.reset();
    }
    m_changed.notify_all();
}

bool NodeTurns::isWantedEarlier(const std::string& node, Job job) const
{
    const std::lock_guard lock(m_mutex);
    const auto held = m_nodes.find(node);
    return held != m_nodes.end() && !held->second.waiting.empty() && *held->second.waiting.begin() < job;
}

} // namespace keyglass
