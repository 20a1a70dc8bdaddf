// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/applyedit.h"
#include "core/session/sourceaccess.h"

#include <QFuture>
#include <QPromise>

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace keyglass {

/// The transaction lanes of a session and their thread: carries out one edit after the other, so that a second edit of
/// a key sees the first. Connects with the first edit of a database.
///
/// apply() may be called from any thread and returns at once.
class EditWorker {
public:
    /// `source` is copied.
    explicit EditWorker(const SourceAccess& source);
    EditWorker(const EditWorker&) = delete;
    EditWorker& operator=(const EditWorker&) = delete;
    ~EditWorker(); ///< Ends what runs (within 100 ms); edits not begun get Cancelled.

    /// As applyEdit(). The future always gets exactly one result.
    [[nodiscard]] QFuture<Result<EditOutcome>> apply(KeyEdit edit, int database, Confirmation confirmation);

    /// Nothing runs and nothing waits.
    [[nodiscard]] bool isIdle();

private:
    struct Job {
        KeyEdit edit;
        int database = 0;
        Confirmation confirmation;
        QPromise<Result<EditOutcome>> promise;
    };

    void run(std::stop_token stop);
    [[nodiscard]] Result<EditOutcome> carryOut(const Job& job, std::stop_token stop);
    [[nodiscard]] EditLanes& lanesOf(int database);

    const SourceAccess m_source;
    const EditAbilities m_abilities;
    std::map<int, std::unique_ptr<EditLanes>> m_lanes; ///< By database; used on the worker's thread only.

    std::mutex m_mutex; ///< Guards m_jobs and m_isWorking: many callers.
    std::condition_variable_any m_wake;
    std::deque<std::unique_ptr<Job>> m_jobs;
    bool m_isWorking = false;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
