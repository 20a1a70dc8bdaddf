// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/laneworker.h"

#include "core/base/clock.h"

#include <QCoreApplication>

#include <exception>
#include <new>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

/// Keys per pipeline of details: a window's rows come in two or three, and a value asked for meanwhile waits for one.
constexpr std::size_t detailsAtOnce = 32;
constexpr auto pingEvery = 5s;

bool endsTheLine(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::Protocol
        || kind == ErrorKind::Tls;
}

} // namespace

LaneWorker::LaneWorker(MakeLane makeLane, Listener listener)
    : m_makeLane(std::move(makeLane))
    , m_listener(std::move(listener))
    , m_thread([this](std::stop_token stop) { run(std::move(stop)); })
{
}

LaneWorker::~LaneWorker() = default;

void LaneWorker::post(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void LaneWorker::wishDetails(DetailsFor whom, std::vector<std::string> keys, DetailColumns columns)
{
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_wishes, [whom](const Wish& wish) { return wish.whom == whom; });
        if (!keys.empty()) {
            m_wishes.push_front(
                {whom, {std::make_move_iterator(keys.begin()), std::make_move_iterator(keys.end())}, columns});
        }
    }
    m_wake.notify_one();
}

void LaneWorker::run(std::stop_token stop)
{
    const auto lane = m_makeLane();
    while (!stop.stop_requested()) {
        const Job job = nextJob(stop);
        if (!job) {
            break;
        }
        std::optional<Error> error;
        try {
            error = job(*lane, stop);
        } catch (const std::bad_alloc&) {
            error = Error{ErrorKind::Limit, lane->nodeText(), QCoreApplication::translate("Session", "Out of memory")};
        } catch (const std::exception& problem) {
            error = Error{ErrorKind::Server, lane->nodeText(), QString::fromUtf8(problem.what())};
        }
        if (error && endsTheLine(error->kind) && !stop.stop_requested()) {
            m_listener.lineLost(*error);
        }
    }
    lane->close();
}

/// The next thing to do: what was asked for, else a part of the details wished for, else now and then a PING.
LaneWorker::Job LaneWorker::nextJob(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    const auto idle = m_hasPinged ? Milliseconds{pingEvery} : Milliseconds{0}; // the first round trip is shown at once
    m_wake.wait_for(lock, stop, idle, [this] { return !m_jobs.empty() || !m_wishes.empty(); });
    if (stop.stop_requested()) {
        return {};
    }
    if (!m_jobs.empty()) {
        Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        return job;
    }
    if (!m_wishes.empty()) {
        return [this](Lane& lane, std::stop_token own) { return loadSomeDetails(lane, std::move(own)); };
    }
    return [this](Lane& lane, std::stop_token own) { return ping(lane, std::move(own)); };
}

std::optional<Error> LaneWorker::loadSomeDetails(Lane& lane, std::stop_token stop)
{
    std::vector<std::string> keys;
    DetailColumns columns;
    DetailsFor whom = DetailsFor::Tree;
    {
        const std::lock_guard lock(m_mutex);
        if (m_wishes.empty()) {
            return std::nullopt; // it was dropped meanwhile
        }
        Wish& wish = m_wishes.front();
        columns = wish.columns;
        whom = wish.whom;
        while (!wish.keys.empty() && keys.size() < detailsAtOnce) {
            keys.push_back(std::move(wish.keys.front()));
            wish.keys.pop_front();
        }
        if (wish.keys.empty()) {
            m_wishes.pop_front();
        }
    }
    auto details = fetchKeyDetails(lane, keys, columns, std::move(stop));
    if (!details) {
        return std::move(details).error();
    }
    m_listener.details(whom, std::make_shared<const std::vector<KeyDetails>>(*std::move(details)));
    return std::nullopt;
}

std::optional<Error> LaneWorker::ping(Lane& lane, std::stop_token stop)
{
    m_hasPinged = true;
    const bool wasOpen = lane.isOpen();
    auto sent = Clock::now();
    auto answer = lane.call(Command{"PING"}, stop);
    if (!wasOpen && answer) { // what was measured is the connecting
        sent = Clock::now();
        answer = lane.call(Command{"PING"}, std::move(stop));
    }
    const bool answered = answer || !endsTheLine(answer.error().kind); // NOPERM is an answer as well
    if (answered) {
        m_listener.answered(std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - sent));
        return std::nullopt;
    }
    return answer.error();
}

} // namespace keyglass
