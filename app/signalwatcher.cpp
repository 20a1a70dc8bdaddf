// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/signalwatcher.h"

#include <fcntl.h>
#include <unistd.h>

#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <csignal>

namespace keyglass {

namespace {

std::atomic<int> writeEnd = -1; // the only thing the handler may touch
constexpr std::array watchedSignals{SIGINT, SIGTERM, SIGHUP};

extern "C" void noteSignal(int number)
{
    const char byte = static_cast<char>(number);
    [[maybe_unused]] const auto written = ::write(writeEnd.load(), &byte, 1);
}

void handle(void (*handler)(int))
{
    for (const int number : watchedSignals) {
        struct sigaction action{};
        action.sa_handler = handler;
        // The handler is good for one signal only: a second one ends the process.
        action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
        ::sigaction(number, &action, nullptr);
    }
}

} // namespace

SignalWatcher::SignalWatcher(QObject* parent)
    : QObject(parent)
{
    if (::pipe2(m_ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        return; // out of descriptors: signals then end the process as they always did
    }
    writeEnd = m_ends[1];
    m_notifier = new QSocketNotifier(m_ends[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &SignalWatcher::readSignal);
    handle(noteSignal);
}

SignalWatcher::~SignalWatcher()
{
    if (m_ends[0] >= 0) {
        handle(SIG_DFL);
        ::close(m_ends[0]);
        ::close(m_ends[1]);
    }
}

void SignalWatcher::readSignal()
{
    char bytes[16];
    while (::read(m_ends[0], bytes, sizeof bytes) > 0) { }
    Q_EMIT endRequested();
}

} // namespace keyglass
