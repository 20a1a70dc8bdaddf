// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/keyfilter.h"
#include "core/index/snapshot.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace keyglass {

/// What the filter worker has to tell: hits of `spec` in `snapshot`, or why there are none.
struct FilterResult {
    FilterSpec spec;
    std::shared_ptr<const Snapshot> snapshot;
    FilterProgress progress;
    std::optional<Error> failure; ///< Limit: the expression takes too long.
};

/// Filters the newest snapshot on a thread of its own, as often as it changes.
///
/// set() may be called from any thread and returns at once; `tell` is called on the worker's thread with no lock held.
class FilterWorker {
public:
    explicit FilterWorker(std::function<void(FilterResult&&)> tell);
    FilterWorker(const FilterWorker&) = delete;
    FilterWorker& operator=(const FilterWorker&) = delete;
    ~FilterWorker();

    /// Filters `snapshot` by `spec`. Another spec ends what runs; the same spec lets it finish first, so that while
    /// keys stream in there are hits to see. An empty spec ends it all.
    void set(const FilterSpec& spec, std::shared_ptr<const Snapshot> snapshot);

private:
    struct Task {
        FilterSpec spec;
        std::shared_ptr<const Snapshot> snapshot;
        std::stop_source stop;
    };

    void run(std::stop_token stop);
    void filter(Task& task, std::stop_token stop);

    const std::function<void(FilterResult&&)> m_tell;
    std::mutex
        m_mutex; ///< Guards m_next and m_running: the newest task replaces one that waits, and stops one that runs.
    std::condition_variable_any m_wake;
    std::optional<Task> m_next;
    std::optional<std::pair<FilterSpec, std::stop_source>> m_running;
    FilterResult
        m_last; ///< The last complete result, on the worker's thread only: a narrower spec looks at its hits alone.
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
