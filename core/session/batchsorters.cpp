// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/batchsorters.h"

#include "core/base/clock.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

/// Few, as they are sorted to the end when the scan is stopped.
constexpr std::size_t waitingBatches = 16;
constexpr std::size_t keysOfRun = 32'768;
constexpr std::size_t bytesOfRun = 16U * 1024 * 1024;
constexpr std::size_t usualKeyBytes = 32;
constexpr auto companyTime = 50ms;
/// So many runs don't wait for company: somebody is looking at an empty tree.
constexpr std::size_t hurriedRuns = 8;
constexpr std::size_t mostThreads = 8;

} // namespace

BatchSorters::BatchSorters(std::size_t threads, BoundedQueue<SmallRun>& runs)
    : m_batches(waitingBatches)
    , m_runs(runs)
    , m_atWork(threads)
{
    m_threads.reserve(threads);
    for (std::size_t at = 0; at < threads; ++at) {
        m_threads.emplace_back([this] { sortAll(); });
    }
}

BatchSorters::~BatchSorters()
{
    close();
}

std::size_t BatchSorters::threadsFor(std::size_t nodes)
{
    const std::size_t half = std::max<std::size_t>(std::thread::hardware_concurrency() / 2, 1);
    return std::clamp<std::size_t>(nodes, 1, std::min(half, mostThreads));
}

void BatchSorters::sortAll()
{
    while (!m_batches.isDrained()) {
        if (auto first = m_batches.pop({}, 1s)) {
            m_runs.push(SmallRun::sorted(withCompany(*std::move(first))), {});
        }
    }
    if (--m_atWork == 0) {
        m_runs.close();
    }
}

/// `first` and what follows it soon.
KeyBatch BatchSorters::withCompany(KeyBatch&& first)
{
    if (m_runsMade++ < hurriedRuns) {
        return std::move(first);
    }
    KeyBatch batch;
    batch.reserve(keysOfRun + first.size(), (keysOfRun + first.size()) * usualKeyBytes);
    batch.append(first);
    const auto until = Clock::now() + companyTime;
    while (batch.size() < keysOfRun && batch.byteCount() < bytesOfRun) {
        const auto next = m_batches.pop({}, until - Clock::now());
        if (!next) {
            break;
        }
        batch.append(*next);
    }
    return batch;
}

} // namespace keyglass
