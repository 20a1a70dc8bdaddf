// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/source/lane.h"
#include "core/value/keydetails.h"

#include <QFuture>
#include <QPromise>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace keyglass {

/// Who wants the details of keys: each has a wish of his own.
enum class DetailsFor { Tree, Table };

/// The interactive lane's thread: does one request after the other on a lane of its own, values before columns.
///
/// Every public function may be called from any thread and returns at once. What a request meets is told to the
/// listener, so that whoever owns the worker learns of a lost line from whatever met it first.
class LaneWorker {
public:
    using MakeLane = std::function<std::unique_ptr<Lane>()>;
    using Details = std::shared_ptr<const std::vector<KeyDetails>>;

    /// Called on the worker's thread with no lock held.
    struct Listener {
        std::function<void(const Error&)> lineLost; ///< Network, Timeout, Protocol, Limit: the lane was closed.
        std::function<void(std::chrono::microseconds)>
            answered; ///< Round trip of a PING, as soon as there is time for one, then every few idle seconds.
        std::function<void(DetailsFor, Details)> details; ///< A part of the details asked for.
    };

    LaneWorker(MakeLane makeLane, Listener listener);
    LaneWorker(const LaneWorker&) = delete;
    LaneWorker& operator=(const LaneWorker&) = delete;
    ~LaneWorker(); ///< Ends what runs (within 100 ms); requests not begun get Cancelled.

    /// Does `work` on the worker's thread when its turn comes. The future always gets exactly one result.
    template <typename T> [[nodiscard]] QFuture<Result<T>> ask(std::function<Result<T>(Lane&, std::stop_token)> work)
    {
        auto answer = std::make_shared<Answer<T>>();
        auto future = answer->future();
        post([answer, work = std::move(work)](Lane& lane, std::stop_token stop) -> std::optional<Error> {
            Result<T> result = work(lane, std::move(stop));
            std::optional<Error> error = result ? std::nullopt : std::optional<Error>(result.error());
            answer->give(std::move(result));
            return error;
        });
        return future;
    }

    /// Replaces a wish for details: what was wished before by the same and not sent yet is dropped. The newest wish
    /// comes first.
    void wishDetails(DetailsFor whom, std::vector<std::string> keys, DetailColumns columns);

private:
    using Job = std::function<std::optional<Error>(Lane&, std::stop_token)>;

    /// A promise that is kept in any case: dropped unanswered, it answers Cancelled.
    template <typename T> class Answer {
    public:
        Answer() { m_promise.start(); }
        Answer(const Answer&) = delete;
        Answer& operator=(const Answer&) = delete;
        ~Answer()
        {
            if (!m_given) {
                give(Error{ErrorKind::Cancelled, {}, {}});
            }
        }
        [[nodiscard]] QFuture<Result<T>> future() { return m_promise.future(); }
        void give(Result<T> result)
        {
            m_given = true;
            m_promise.addResult(std::move(result));
            m_promise.finish();
        }

    private:
        QPromise<Result<T>> m_promise;
        bool m_given = false;
    };

    struct Wish {
        DetailsFor whom = DetailsFor::Tree;
        std::deque<std::string> keys;
        DetailColumns columns;
    };

    void post(Job job);
    void run(std::stop_token stop);
    [[nodiscard]] Job nextJob(std::stop_token stop);
    std::optional<Error> loadSomeDetails(Lane& lane, std::stop_token stop);
    std::optional<Error> ping(Lane& lane, std::stop_token stop);

    const MakeLane m_makeLane;
    const Listener m_listener;
    bool m_hasPinged = false; ///< Used on the worker's thread only.

    std::mutex m_mutex; ///< Guards m_jobs and m_wishes: many callers, and a wish is replaced as a whole.
    std::condition_variable_any m_wake;
    std::deque<Job> m_jobs;
    std::deque<Wish> m_wishes; ///< At most one for each who wishes, none empty, the newest in front.
    std::jthread m_thread;     // last: joined first
};

} // namespace keyglass
