// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/applyedit.h"
#include "core/session/editarchive.h"
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
    /// `source` is copied. `archive`: for edits that want to be archived.
    explicit EditWorker(const SourceAccess& source, EditArchive::Setting archive = {});
    EditWorker(const EditWorker&) = delete;
    EditWorker& operator=(const EditWorker&) = delete;
    ~EditWorker(); ///< Ends what runs (within 100 ms); edits not begun get Cancelled.

    /// As applyEdit(), after archiving where the edit wants that; then also as EditArchive::keep(). The future always
    /// gets exactly one result. `passphrase`: what the archive is sealed by; empty: it is not.
    [[nodiscard]] QFuture<Result<EditOutcome>> apply(
        KeyEdit edit, int database, Confirmation confirmation, QByteArray passphrase = {});

    /// Nothing runs and nothing waits.
    [[nodiscard]] bool isIdle();

private:
    struct Job {
        KeyEdit edit;
        int database = 0;
        Confirmation confirmation;
        QByteArray passphrase;
        QPromise<Result<EditOutcome>> promise;
    };

    void run(std::stop_token stop);
    [[nodiscard]] Result<EditOutcome> carryOut(const Job& job, std::stop_token stop);
    [[nodiscard]] Result<EditOutcome> carryOutArchived(const Job& job, const std::stop_token& stop);
    [[nodiscard]] EditLanes& lanesOf(int database);

    const SourceAccess m_source;
    const EditAbilities m_abilities;
    EditArchive m_archive;                             ///< Used on the worker's thread only, as the next.
    std::map<int, std::unique_ptr<EditLanes>> m_lanes; ///< By database.

    std::mutex m_mutex; ///< Guards m_jobs and m_isWorking: many callers.
    std::condition_variable_any m_wake;
    std::deque<std::unique_ptr<Job>> m_jobs;
    bool m_isWorking = false;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
