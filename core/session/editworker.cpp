// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/editworker.h"

#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <exception>
#include <new>

namespace keyglass {

namespace {

void give(QPromise<Result<EditOutcome>>& promise, Result<EditOutcome> result)
{
    promise.addResult(std::move(result));
    promise.finish();
}

} // namespace

EditWorker::EditWorker(const SourceAccess& source, EditArchive::Setting archive)
    : m_source(source)
    , m_abilities(editAbilities(source.facts, source.gate->table()))
    , m_archive(std::move(archive))
    , m_thread([this](std::stop_token stop) { run(std::move(stop)); })
{
}

EditWorker::~EditWorker()
{
    m_thread.request_stop();
    m_thread.join();
    for (const auto& job : m_jobs) {
        give(job->promise, Error{ErrorKind::Cancelled, keySubject(job->edit.key), {}});
    }
}

QFuture<Result<EditOutcome>> EditWorker::apply(
    KeyEdit edit, int database, Confirmation confirmation, QByteArray passphrase)
{
    auto job = std::make_unique<Job>();
    job->edit = std::move(edit);
    job->database = database;
    job->confirmation = std::move(confirmation);
    job->passphrase = std::move(passphrase);
    job->promise.start();
    auto future = job->promise.future();
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
    return future;
}

void EditWorker::run(std::stop_token stop)
{
    for (;;) {
        std::unique_ptr<Job> job;
        {
            std::unique_lock lock(m_mutex);
            m_isWorking = false;
            if (!m_wake.wait(lock, stop, [this] { return !m_jobs.empty(); }) || stop.stop_requested()) {
                break;
            }
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
            m_isWorking = true;
        }
        give(job->promise, carryOut(*job, stop));
    }
    m_lanes.clear(); // on the thread that has used them
}

bool EditWorker::isIdle()
{
    const std::lock_guard lock(m_mutex);
    return m_jobs.empty() && !m_isWorking;
}

Result<EditOutcome> EditWorker::carryOut(const Job& job, std::stop_token stop)
{
    try {
        if (job.edit.archives && m_archive.isWanted()) {
            return carryOutArchived(job, stop);
        }
        return applyEdit(lanesOf(job.database), job.edit, {m_abilities, job.confirmation}, std::move(stop));
    } catch (const std::bad_alloc&) {
        return Error{
            ErrorKind::Limit, keySubject(job.edit.key), QCoreApplication::translate("Session", "Out of memory")};
    } catch (const std::exception& problem) {
        return Error{ErrorKind::Server, keySubject(job.edit.key), QString::fromUtf8(problem.what())};
    }
}

/// Archives what the edit destroys, then carries it out if that is still what is there; else both once more.
Result<EditOutcome> EditWorker::carryOutArchived(const Job& job, const std::stop_token& stop)
{
    constexpr int mostTries = 5;
    const auto* rename = std::get_if<RenameKey>(&job.edit.action);
    const bool destroys = std::holds_alternative<DeleteKey>(job.edit.action) || (rename && rename->overwrite);
    const std::string& lost = rename ? rename->to : job.edit.key;
    const Command probe = rename ? Command{"RENAME", job.edit.key, rename->to}
                                 : Command{m_abilities.hasUnlink ? "UNLINK" : "DEL", job.edit.key};
    if (Status allowed = m_source.gate->check(probe, job.confirmation); !allowed) {
        return std::move(allowed).error(); // nothing is archived for nothing
    }
    EditLanes& lanes = lanesOf(job.database);
    for (int attempt = 1;; ++attempt) {
        KeyEdit edit = job.edit;
        EditArchive::Kept kept;
        if (destroys) {
            auto archived = m_archive.keep(lanes, lost, job.database,
                rename ? UndoReason::Overwritten : UndoReason::Deleted, job.passphrase, stop);
            if (!archived) {
                return std::move(archived).error();
            }
            kept = *std::move(archived);
            edit.archivedIn = kept.isThere ? kept.file : QString();
            edit.seenDump = std::move(kept.dump); // empty: it was not there
        }
        auto outcome = applyEdit(lanes, edit, {m_abilities, job.confirmation}, stop);
        const bool isToTry = outcome && outcome->status == EditOutcome::Status::Conflict && destroys
            && attempt < mostTries && !isAnotherThanSeen(job.edit, outcome->now);
        if (!isToTry) {
            const bool isOrMayBe = outcome
                && (outcome->status == EditOutcome::Status::Done || outcome->status == EditOutcome::Status::Unknown);
            if (isOrMayBe && kept.isThere) {
                outcome->archiveFile = kept.file;
            }
            return outcome;
        }
    }
}

EditLanes& EditWorker::lanesOf(int database)
{
    auto& lanes = m_lanes[database];
    if (!lanes) {
        lanes = m_source.cluster ? std::make_unique<EditLanes>(m_source.cluster)
                                 : std::make_unique<EditLanes>(m_source.lane(database));
    }
    return *lanes;
}

} // namespace keyglass
