// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/console/console.h"
#include "core/session/sourceaccess.h"

#include <QFuture>
#include <QPromise>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

namespace keyglass {

/// The console of a session and its thread, with lanes of its own, so that a command that takes long holds up nothing
/// else. One command after the other; connects with the first of a database.
///
/// All but the constructor and the destructor may be called from any thread and returns at once.
class ConsoleWorker {
public:
    /// Called on the worker's thread, a few times a second at most.
    using Progress = std::function<void(const ConsoleProgress&)>;

    /// `source` is copied. `longestWait`: how long its lanes wait for a reply.
    ConsoleWorker(const SourceAccess& source, Milliseconds longestWait, Progress progress);
    ConsoleWorker(const ConsoleWorker&) = delete;
    ConsoleWorker& operator=(const ConsoleWorker&) = delete;
    ~ConsoleWorker(); ///< Ends what runs (within 100 ms); commands not begun get Cancelled.

    /// As Console::run(). The future always gets exactly one result.
    [[nodiscard]] QFuture<Result<ConsoleAnswer>> run(ConsoleCommand command, int database);
    /// As Console::missLine(), in its turn among the commands; stop() leaves it.
    void missLine(int database);
    /// Ends what runs and drops what waits: both are answered with Cancelled, a scan with what it has. A transaction
    /// that was begun is missing what was dropped (Console::missCommand()).
    void stop();
    /// The databases in which MULTI or WATCH has begun what is lost with this.
    [[nodiscard]] std::set<int> heldStates();
    /// Nothing runs and nothing waits.
    [[nodiscard]] bool isIdle();

private:
    struct Job {
        ConsoleCommand command;
        int database = 0;
        bool isRead = true; ///< Else only to be noted as missing, without words where it could not be read.
        std::stop_source stop;
        QPromise<Result<ConsoleAnswer>> promise;
    };

    void add(std::unique_ptr<Job> job);
    void work(std::stop_token stop);
    [[nodiscard]] Result<ConsoleAnswer> carryOut(const Job& job);
    [[nodiscard]] Console& consoleOf(int database);

    const SourceAccess m_source;
    const Milliseconds m_longestWait;
    const Progress m_progress;
    std::map<int, std::unique_ptr<Console>> m_consoles; ///< By database; used on the worker's thread only.

    std::mutex m_mutex; ///< Guards m_jobs, m_current and m_held: many callers.
    std::condition_variable_any m_wake;
    std::deque<std::unique_ptr<Job>> m_jobs;
    std::shared_ptr<Job> m_current; ///< Null while nothing runs.
    std::set<int> m_held;           ///< Databases whose console holds a state.
    std::jthread m_thread;          // last: joined first
};

} // namespace keyglass
