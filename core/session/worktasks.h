// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QCoreApplication>
#include <QFuture>
#include <QPromise>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <new>
#include <stop_token>
#include <thread>
#include <utility>

namespace keyglass {

/// Work under way: what comes of it, with its progress in thousandths, and the way to end it (then it is Cancelled).
template <typename T> struct ResultWork {
    QFuture<Result<T>> answer;
    std::stop_source stop{std::nostopstate};
};

/// Long work, each on a thread of its own. Lives on one thread; every answer comes, also where this goes first: then it
/// is Cancelled.
class WorkTasks {
public:
    static constexpr int wholeProgress = 1000;
    /// Tells how much of the whole is done.
    using Progress = std::function<void(std::uint64_t done)>;
    template <typename T> using Work = std::function<Result<T>(const std::stop_token&, const Progress&)>;

    WorkTasks() = default;
    WorkTasks(const WorkTasks&) = delete;
    WorkTasks& operator=(const WorkTasks&) = delete;
    ~WorkTasks() ///< Ends what runs.
    {
        stopAll();
    }

    /// `whole`: what `Progress` is a share of. `finished` is called on the work's thread, once the answer is there, if
    /// it is a good one.
    template <typename T> ResultWork<T> run(std::uint64_t whole, Work<T> work, std::function<void()> finished = {})
    {
        m_tasks.remove_if([](const auto& task) { return task->isDone.load(); });
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->setProgressRange(0, wholeProgress);
        promise->start();
        ResultWork<T> begun{promise->future(), std::stop_source()};
        m_tasks.push_back(std::make_unique<Task>(begun.stop,
            [promise, whole, work = std::move(work), finished = std::move(finished), stop = begun.stop.get_token()] {
                Result<T> result = Error{};
                try {
                    result = work(stop, [&](std::uint64_t done) {
                        const double share = whole > 0 ? static_cast<double>(done) / static_cast<double>(whole) : 0;
                        promise->setProgressValue(static_cast<int>(std::min(share, 1.0) * wholeProgress));
                    });
                } catch (const std::bad_alloc&) {
                    result = Error{ErrorKind::Limit, QCoreApplication::translate("Session", "The keys"),
                        QCoreApplication::translate("Session", "There is not enough memory.")};
                }
                const bool isGood = result.has_value();
                promise->addResult(std::move(result));
                promise->finish();
                if (isGood && finished) {
                    finished();
                }
            }));
        return begun;
    }

    /// All at once; they are joined when this goes.
    void stopAll()
    {
        for (const auto& task : m_tasks) {
            task->stop.request_stop();
        }
    }
    [[nodiscard]] bool isWorking() const
    {
        return std::ranges::any_of(m_tasks, [](const auto& task) { return !task->isDone.load(); });
    }

private:
    struct Task {
        Task(std::stop_source source, std::function<void()> work)
            : stop(std::move(source))
            , thread([this, work = std::move(work)] {
                work();
                isDone = true;
            })
        {
        }
        std::stop_source stop;
        std::atomic<bool> isDone = false;
        std::jthread thread; // last: joined first
    };

    std::list<std::unique_ptr<Task>> m_tasks;
};

} // namespace keyglass
