// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/index/run.h"
#include "core/scan/boundedqueue.h"

#include <atomic>
#include <cstddef>
#include <stop_token>
#include <thread>
#include <vector>

namespace keyglass {

/// Sorts what scanners hand over, on threads of its own, and passes it on as runs.
///
/// A scanner that sorted by itself would not send its next call meanwhile, and its server would wait: that cost an
/// eighth of a scan. Batches that arrive within a twentieth of a second become one run, as fewer and larger runs cost
/// the index less; the first ones are passed on at once.
class BatchSorters {
public:
    /// `threads`: at least one. `runs` is closed once the last run is in it.
    BatchSorters(std::size_t threads, BoundedQueue<SmallRun>& runs);
    /// Takes no more, drops nothing that was taken, and waits for the threads; `runs` must be drained or closed by then
    /// or meanwhile.
    ~BatchSorters();
    BatchSorters(const BatchSorters&) = delete;
    BatchSorters& operator=(const BatchSorters&) = delete;

    /// Waits for room. False, and the keys are dropped, once `stop` is requested; true: they will be in a run. Thread:
    /// any.
    bool push(KeyBatch&& keys, std::stop_token stop) { return m_batches.push(std::move(keys), std::move(stop)); }
    /// No more is coming.
    void close() { m_batches.close(); }

    /// How many threads serve so many nodes here: half of the cores at most, as the others are busy with scanning.
    [[nodiscard]] static std::size_t threadsFor(std::size_t nodes);

private:
    void sortAll();
    [[nodiscard]] KeyBatch withCompany(KeyBatch&& first);

    BoundedQueue<KeyBatch> m_batches;
    BoundedQueue<SmallRun>& m_runs;
    std::atomic<std::size_t> m_runsMade = 0;
    std::atomic<std::size_t> m_atWork;
    std::vector<std::jthread> m_threads; // last: joined first
};

} // namespace keyglass
