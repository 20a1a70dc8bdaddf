// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/filterworker.h"

namespace keyglass {

namespace {
constexpr int filterThreads = 2;
}

FilterWorker::FilterWorker(std::function<void(FilterResult&&)> tell)
    : m_tell(std::move(tell))
    , m_thread([this](std::stop_token stop) { run(std::move(stop)); })
{
}

FilterWorker::~FilterWorker() = default;

void FilterWorker::set(const FilterSpec& spec, std::shared_ptr<const Snapshot> snapshot)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_running && m_running->first != spec) {
            m_running->second.request_stop();
        }
        m_next = Task{spec, std::move(snapshot), {}};
    }
    m_wake.notify_one();
}

void FilterWorker::run(std::stop_token stop)
{
    while (true) {
        std::unique_lock lock(m_mutex);
        if (!m_wake.wait(lock, stop, [this] { return m_next.has_value(); })) {
            return;
        }
        Task task = std::move(*m_next);
        m_next.reset();
        m_running.emplace(task.spec, task.stop);
        lock.unlock();
        filter(task, stop);
        lock.lock();
        m_running.reset();
    }
}

void FilterWorker::filter(Task& task, std::stop_token stop)
{
    const std::stop_callback both(std::move(stop), [&task] { task.stop.request_stop(); });
    const bool canNarrow =
        m_last.progress.complete && m_last.snapshot == task.snapshot && narrows(m_last.spec, task.spec);
    const auto keys = canNarrow ? m_last.progress.hits : task.snapshot;
    m_last = {}; // a snapshot held here would keep a whole generation of the index in memory
    if (task.spec.isEmpty()) {
        return;
    }
    const auto tell = [&](FilterProgress&& progress) {
        if (canNarrow && progress.complete) {
            progress.keysLookedAt = task.snapshot->keyCount();
        }
        FilterResult result{task.spec, task.snapshot, std::move(progress), std::nullopt};
        if (result.progress.complete) {
            m_last = result;
        }
        m_tell(std::move(result));
    };
    const Status done = filterKeys(keys, task.spec, filterThreads, task.stop.get_token(), tell);
    if (!done && done.error().kind != ErrorKind::Cancelled) {
        m_tell(FilterResult{task.spec, task.snapshot, {}, done.error()});
    }
}

} // namespace keyglass
