// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace keyglass {

/// Hands things from producing threads to a consuming one, a bounded number at a time: a producer that is ahead waits,
/// so that a server is slowed down and not our memory filled.
template <typename T> class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity)
        : m_capacity(capacity)
    {
    }

    /// Waits for room. False, and `item` is dropped, once `stop` is requested or the queue is closed.
    bool push(T&& item, std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        const bool room = m_notFull.wait(lock, stop, [this] { return m_items.size() < m_capacity || m_closed; });
        if (!room || m_closed) {
            return false;
        }
        m_items.push_back(std::move(item));
        lock.unlock();
        m_notEmpty.notify_one();
        return true;
    }

    /// Waits up to `patience` for an item. Nothing once that is over, `stop` is requested, or the queue is closed and
    /// empty.
    template <typename Duration> std::optional<T> pop(std::stop_token stop, Duration patience)
    {
        std::unique_lock lock(m_mutex);
        m_notEmpty.wait_for(lock, stop, patience, [this] { return !m_items.empty() || m_closed; });
        if (m_items.empty() || stop.stop_requested()) {
            return std::nullopt;
        }
        std::optional<T> item(std::move(m_items.front()));
        m_items.pop_front();
        lock.unlock();
        m_notFull.notify_one();
        return item;
    }

    /// No more is coming: what is in it can still be taken.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_notEmpty.notify_all();
        m_notFull.notify_all();
    }

    [[nodiscard]] bool isDrained() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed && m_items.empty();
    }

private:
    const std::size_t m_capacity;
    mutable std::mutex m_mutex; ///< Guards m_items and m_closed: many producers, one consumer.
    std::condition_variable_any m_notEmpty;
    std::condition_variable_any m_notFull;
    std::deque<T> m_items;
    bool m_closed = false;
};

} // namespace keyglass
