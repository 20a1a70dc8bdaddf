// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tree/privatedesktop.h"

#include <signal.h>
#include <sys/prctl.h>

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace keyglass::test {

namespace {

constexpr int readyWithinMs = 30'000;
/// Where the package at-spi2-core has it, which is in nobody's PATH.
const QStringList launcherFolders{u"/usr/libexec"_s, u"/usr/lib/at-spi2-core"_s};

} // namespace

PrivateDesktop::~PrivateDesktop()
{
    for (auto process = m_processes.rbegin(); process != m_processes.rend(); ++process) {
        (*process)->terminate();
        if (!(*process)->waitForFinished(readyWithinMs)) {
            (*process)->kill();
            (*process)->waitForFinished(readyWithinMs);
        }
    }
}

QByteArray PrivateDesktop::launch(const QString& program, const QStringList& arguments, bool isAwaited)
{
    QProcess& process = *m_processes.emplace_back(std::make_unique<QProcess>());
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, arguments, QIODevice::ReadOnly);
    bool isReady = process.waitForStarted(readyWithinMs);
    while (isReady && isAwaited && !process.canReadLine()) {
        isReady = process.waitForReadyRead(readyWithinMs);
    }
    if (!isReady) {
        m_trouble = u"%1: %2"_s.arg(program, process.errorString());
        return {};
    }
    return isAwaited ? process.readLine().trimmed() : QByteArray();
}

bool PrivateDesktop::start()
{
    const QString launcher = QStandardPaths::findExecutable(u"at-spi-bus-launcher"_s, launcherFolders);
    if (launcher.isEmpty()) {
        m_trouble = u"at-spi-bus-launcher is missing (package at-spi2-core)"_s;
        return false;
    }
    const auto display = launch(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-nolisten"_s, u"tcp"_s, u"-noreset"_s}, true);
    qputenv("DISPLAY", ':' + display);
    qputenv("XDG_RUNTIME_DIR", m_folder.path().toLocal8Bit()); // sockets: their paths have to be short
    if (m_trouble.isEmpty()) {
        const QStringList session{u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s};
        qputenv("DBUS_SESSION_BUS_ADDRESS", launch(u"dbus-daemon"_s, session, true));
    }
    qputenv("QT_QPA_PLATFORM", "xcb");
    qputenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1");
    for (const char* inherited : {"AT_SPI_BUS_ADDRESS", "WAYLAND_DISPLAY", "NO_AT_BRIDGE"}) {
        qunsetenv(inherited);
    }
    if (m_trouble.isEmpty()) {
        launch(launcher, {u"--launch-immediately"_s}, false);
    }
    return m_trouble.isEmpty();
}

} // namespace keyglass::test
