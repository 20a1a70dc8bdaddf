// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace keyglass {

/// Holds the newest of what a worker publishes, for a reader who may be slower: older ones are replaced, never queued.
///
/// put() wakes the reader once, and not again before it has taken what is there. Any threads.
template <typename T> class Mailbox {
public:
    /// `wake` is called by put() on the putting thread with no lock held, when the box was empty.
    explicit Mailbox(std::function<void()> wake)
        : m_wake(std::move(wake))
    {
    }

    void put(T newest)
    {
        bool wasEmpty = false;
        {
            const std::lock_guard lock(m_mutex);
            wasEmpty = !m_newest;
            m_newest = std::move(newest);
        }
        if (wasEmpty) {
            m_wake();
        }
    }

    [[nodiscard]] std::optional<T> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_newest, std::nullopt);
    }

private:
    const std::function<void()> m_wake;
    std::mutex m_mutex; ///< Guards m_newest: replacing what was not yet taken needs both sides at once.
    std::optional<T> m_newest;
};

} // namespace keyglass
