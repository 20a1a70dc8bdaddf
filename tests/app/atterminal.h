// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <QByteArray>
#include <QElapsedTimer>
#include <QProcess>
#include <QStringList>

#include <algorithm>
#include <csignal>

namespace keyglass::test {

/// The program with a terminal as its standard input.
class AtTerminal {
public:
    AtTerminal()
    {
        if (::openpty(&m_terminal, &m_line, nullptr, nullptr, nullptr) == 0) {
            static_cast<void>(::fcntl(m_terminal, F_SETFL, O_NONBLOCK));
            m_program.setChildProcessModifier([this] { static_cast<void>(::dup2(m_line, STDIN_FILENO)); });
        }
    }
    AtTerminal(const AtTerminal&) = delete;
    AtTerminal& operator=(const AtTerminal&) = delete;
    ~AtTerminal()
    {
        m_program.kill();
        m_program.waitForFinished();
        ::close(m_terminal);
        ::close(m_line);
    }

    void start(const QStringList& words) { m_program.start(QStringLiteral(KEYGLASS_PROGRAM), words); }
    /// Types a line once `question` is asked; false where it is not.
    [[nodiscard]] bool answer(const QByteArray& question, const QByteArray& line)
    {
        const QByteArray typed = line + '\n';
        return isAsked(question)
            && ::write(m_terminal, typed.constData(), static_cast<std::size_t>(typed.size()))
            == static_cast<ssize_t>(typed.size());
    }
    [[nodiscard]] bool isAsked(const QByteArray& question)
    {
        for (QElapsedTimer timer = started(); timer.elapsed() < 30'000 && !m_err.contains(question);) {
            if (m_program.state() == QProcess::NotRunning) {
                break;
            }
            m_program.waitForReadyRead(50);
            m_err += m_program.readAllStandardError();
        }
        return m_err.contains(question);
    }
    /// As Ctrl+C does.
    void interrupt() { static_cast<void>(::kill(static_cast<pid_t>(m_program.processId()), SIGINT)); }
    [[nodiscard]] bool showsTyping() const
    {
        termios now{};
        return ::tcgetattr(m_line, &now) == 0 && (now.c_lflag & static_cast<tcflag_t>(ECHO)) != 0;
    }
    /// To its end.
    [[nodiscard]] int status()
    {
        m_program.waitForFinished(60'000);
        m_err += m_program.readAllStandardError();
        return m_program.exitCode();
    }
    [[nodiscard]] const QByteArray& err() const { return m_err; }
    /// What the terminal has shown of what was typed.
    [[nodiscard]] QByteArray shown() const
    {
        QByteArray bytes(1000, '\0');
        const ssize_t got = ::read(m_terminal, bytes.data(), static_cast<std::size_t>(bytes.size()));
        return bytes.first(std::max<ssize_t>(got, 0));
    }

private:
    static QElapsedTimer started()
    {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }

    int m_terminal = -1;
    int m_line = -1;
    QProcess m_program;
    QByteArray m_err;
};

} // namespace keyglass::test
