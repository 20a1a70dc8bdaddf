// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interruption.h"

#include "core/base/clock.h"

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>

namespace keyglass::cli {

namespace {

using namespace std::chrono_literals;

std::atomic<bool> signalled = false; // the only thing the handler may touch
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void noteInterruption(int number)
{
    signalled = true;
    std::signal(number, SIG_DFL);
}

/// Waits until `end` is requested, calling `tick` in between. A plain wait would never see what a signal handler set.
template <typename Tick> void tickUntil(const std::stop_token& end, std::chrono::milliseconds every, const Tick& tick)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!end.stop_requested()) {
        never.wait_for(lock, end, every, [] { return false; });
        if (!end.stop_requested()) {
            tick();
        }
    }
}

} // namespace

bool isInterrupted()
{
    return signalled;
}

EverySecond::EverySecond(std::function<void()> what)
    : m_thread([what = std::move(what)](const std::stop_token& end) { tickUntil(end, 1s, what); })
{
}

Interruption::Interruption()
{
    signalled = false;
    std::signal(SIGINT, noteInterruption);
    std::signal(SIGTERM, noteInterruption);
    m_thread = std::jthread([this](const std::stop_token& end) { watch(end); });
}

Interruption::~Interruption()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    signalled = false;
}

void Interruption::watch(const std::stop_token& end)
{
    tickUntil(end, 10ms, [this] {
        if (signalled) {
            m_stop.request_stop();
        }
    });
}

} // namespace keyglass::cli
