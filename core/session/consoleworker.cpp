// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/consoleworker.h"

#include <exception>
#include <new>
#include <utility>

namespace keyglass {

namespace {

constexpr Milliseconds tellEvery{150};

void give(QPromise<Result<ConsoleAnswer>>& promise, Result<ConsoleAnswer> result)
{
    promise.addResult(std::move(result));
    promise.finish();
}

Error cancelled()
{
    return Error{ErrorKind::Cancelled, QStringLiteral("console"), {}};
}

} // namespace

ConsoleWorker::ConsoleWorker(const SourceAccess& source, Milliseconds longestWait, Progress progress)
    : m_source(source)
    , m_longestWait(longestWait)
    , m_progress(std::move(progress))
    , m_thread([this](std::stop_token stop) { work(std::move(stop)); })
{
}

ConsoleWorker::~ConsoleWorker()
{
    m_thread.request_stop();
    stop();
    m_thread.join();
    stop(); // what came in between
}

QFuture<Result<ConsoleAnswer>> ConsoleWorker::run(ConsoleCommand command, int database)
{
    auto job = std::make_unique<Job>();
    job->command = std::move(command);
    job->database = database;
    job->promise.start();
    auto future = job->promise.future();
    add(std::move(job));
    return future;
}

void ConsoleWorker::missLine(int database)
{
    auto job = std::make_unique<Job>();
    job->database = database;
    job->isRead = false;
    add(std::move(job));
}

void ConsoleWorker::add(std::unique_ptr<Job> job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void ConsoleWorker::stop()
{
    std::deque<std::unique_ptr<Job>> dropped;
    std::shared_ptr<Job> current;
    {
        const std::lock_guard lock(m_mutex);
        for (auto& job : m_jobs) {
            if (job->isRead) { // what is only noted is not stopped
                auto note = std::make_unique<Job>();
                note->command.words = job->command.words;
                note->database = job->database;
                note->isRead = false;
                dropped.push_back(std::exchange(job, std::move(note)));
            }
        }
        current = m_current;
    }
    if (current) {
        current->stop.request_stop();
    }
    for (const auto& job : dropped) {
        give(job->promise, cancelled());
    }
}

bool ConsoleWorker::isIdle()
{
    const std::lock_guard lock(m_mutex);
    return m_jobs.empty() && !m_current;
}

std::set<int> ConsoleWorker::heldStates()
{
    const std::lock_guard lock(m_mutex);
    return m_held;
}

void ConsoleWorker::work(std::stop_token stop)
{
    for (;;) {
        std::shared_ptr<Job> job;
        {
            std::unique_lock lock(m_mutex);
            m_current.reset();
            if (!m_wake.wait(lock, stop, [this] { return !m_jobs.empty(); }) || stop.stop_requested()) {
                break;
            }
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
            m_current = job;
        }
        if (!job->isRead) {
            if (const auto console = m_consoles.find(job->database); console != m_consoles.end()) {
                const std::vector<std::string>& words = job->command.words;
                words.empty() ? console->second->missLine() : console->second->missCommand(words);
            }
            continue;
        }
        const std::stop_callback end(stop, [&job] { job->stop.request_stop(); });
        auto result = carryOut(*job);
        {
            const std::lock_guard lock(m_mutex);
            m_current.reset(); // who hears of the answer finds the worker idle
            const auto console = m_consoles.find(job->database);
            const bool holdsState = console != m_consoles.end() && console->second->holdsState();
            holdsState ? static_cast<void>(m_held.insert(job->database))
                       : static_cast<void>(m_held.erase(job->database));
        }
        give(job->promise, std::move(result));
    }
    m_consoles.clear(); // on the thread that has used them
}

Result<ConsoleAnswer> ConsoleWorker::carryOut(const Job& job)
{
    Console::Listener listener;
    Clock::time_point lastTold;
    listener.progress = [this, &lastTold](const ConsoleProgress& progress) {
        if (Clock::now() - lastTold >= tellEvery) {
            lastTold = Clock::now();
            m_progress(progress);
        }
    };
    try {
        return consoleOf(job.database).run(job.command, job.stop.get_token(), listener);
    } catch (const std::bad_alloc&) {
        return Error{ErrorKind::Limit, QStringLiteral("console"), QStringLiteral("Out of memory")};
    } catch (const std::exception& problem) {
        return Error{ErrorKind::Server, QStringLiteral("console"), QString::fromUtf8(problem.what())};
    }
}

Console& ConsoleWorker::consoleOf(int database)
{
    auto& console = m_consoles[database];
    if (!console) {
        console = std::make_unique<Console>(ConsoleSource{m_source.gate, m_source.cluster,
            [this, database](const std::string& node) { return m_source.lane(database, {}, node); }, m_longestWait,
            {}});
    }
    return *console;
}

} // namespace keyglass
