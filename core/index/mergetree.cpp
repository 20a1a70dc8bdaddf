// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/mergetree.h"

#include <algorithm>
#include <utility>

namespace keyglass {

void MergeTree::add(RunCursor&& cursor, RunKind kind)
{
    m_streams.push_back({std::move(cursor), kind});
}

void MergeTree::start()
{
    m_losers.assign(m_streams.size(), {});
    const Loser winner = m_streams.empty() ? Loser{} : playBelow(1);
    m_winner = winner.stream;
    m_shared = std::max<Shared>(winner.shared, 0);
}

/// The winner of all below a node; nodes from size() on are the runs themselves. Before the first key all share
/// nothing.
MergeTree::Loser MergeTree::playBelow(std::size_t node)
{
    if (node >= m_streams.size()) {
        const std::size_t stream = node - m_streams.size();
        return {stream, m_streams[stream].cursor.isValid() ? 0 : exhausted};
    }
    Loser contender = playBelow(2 * node);
    m_losers[node] = playBelow(2 * node + 1);
    play(node, contender);
    return contender;
}

/// Leaves the loser at the node and the winner in `contender`.
inline void MergeTree::play(std::size_t node, Loser& contender)
{
    Loser& waiting = m_losers[node];
    if (waiting.shared != contender.shared) {
        if (waiting.shared > contender.shared) {
            std::swap(waiting, contender);
        }
        return;
    }
    if (waiting.shared == exhausted) {
        return;
    }
    const std::string_view here = m_streams[contender.stream].cursor.key();
    const std::string_view there = m_streams[waiting.stream].cursor.key();
    const std::size_t shared = sharedPrefix(here, there, static_cast<std::size_t>(waiting.shared));
    if (isBelow(there, here, shared)) {
        std::swap(waiting, contender);
    }
    waiting.shared = static_cast<Shared>(shared);
}

void MergeTree::next()
{
    RunCursor& cursor = m_streams[m_winner].cursor;
    cursor.next();
    Loser contender{m_winner, cursor.isValid() ? static_cast<Shared>(cursor.shared()) : exhausted};
    for (std::size_t node = (m_winner + m_streams.size()) / 2; node > 0; node /= 2) {
        play(node, contender);
    }
    m_winner = contender.stream;
    m_shared = std::max<Shared>(contender.shared, 0);
}

std::optional<std::string_view> MergeTree::runnerUp() const
{
    std::optional<std::string_view> smallest;
    for (std::size_t node = (m_winner + m_streams.size()) / 2; node > 0; node /= 2) {
        if (m_losers[node].shared != exhausted) {
            const std::string_view key = m_streams[m_losers[node].stream].cursor.key();
            smallest = smallest ? std::min(*smallest, key) : key;
        }
    }
    return smallest;
}

} // namespace keyglass
