// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/secretline.h"

#include "app/cli/interruption.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>

namespace keyglass::cli {

namespace {

termios before{}; ///< What the handler brings back; set before the handler is.

/// Those that end the program or lay it aside while something is typed.
constexpr std::array endings{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
std::array<struct sigaction, endings.size()> earlier{};

extern "C" void showAgain(int number)
{
    static_cast<void>(::tcsetattr(STDIN_FILENO, TCSANOW, &before));
    for (std::size_t at = 0; at < endings.size(); ++at) {
        if (endings[at] == number) {
            static_cast<void>(::sigaction(number, &earlier[at], nullptr));
        }
    }
    static_cast<void>(::raise(number)); // to whom it was for; comes when this returns
}

/// Has the terminal of the standard input not show what is typed; also where the program ends or is laid aside
/// meanwhile, it shows it again then. One at a time, as there is one terminal.
class Unseen {
public:
    Unseen()
    {
        static_cast<void>(::tcgetattr(STDIN_FILENO, &before));
        hide();
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;
    ~Unseen()
    {
        static_cast<void>(::tcsetattr(STDIN_FILENO, TCSANOW, &before));
        for (std::size_t at = 0; at < endings.size(); ++at) {
            struct sigaction now{};
            static_cast<void>(::sigaction(endings[at], nullptr, &now));
            if (now.sa_handler == showAgain) {
                static_cast<void>(::sigaction(endings[at], &earlier[at], nullptr));
            }
        }
        std::fputc('\n', stderr); // that of the one who typed was not shown either
    }
    /// As often as wanted: after the program was laid aside, what is typed is shown.
    void hide()
    {
        for (std::size_t at = 0; at < endings.size(); ++at) {
            struct sigaction own{};
            own.sa_handler = showAgain;
            struct sigaction there{};
            static_cast<void>(::sigaction(endings[at], &own, &there));
            if (there.sa_handler != showAgain) {
                earlier[at] = there;
            }
        }
        termios unseen = before;
        unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        static_cast<void>(::tcsetattr(STDIN_FILENO, TCSANOW, &unseen));
    }
};

/// Waits until a line has been typed; false where somebody has interrupted. `again` is called now and then.
template <typename Again> bool waitForLine(const Again& again)
{
    constexpr int everyMs = 100;
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (!isInterrupted()) {
        const int ready = ::poll(&input, 1, everyMs);
        if (ready > 0 || (ready < 0 && errno != EINTR)) {
            return true;
        }
        again();
    }
    return false;
}

std::string nextLine()
{
    std::string line;
    for (int c = std::fgetc(stdin); c != EOF && c != '\n'; c = std::fgetc(stdin)) {
        line += static_cast<char>(c);
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

} // namespace

std::string secretLine(const QString& prompt)
{
    if (::isatty(STDIN_FILENO) == 0) {
        return nextLine();
    }
    Unseen unseen;
    std::fprintf(stderr, "%s ", qUtf8Printable(prompt));
    const bool isTyped = waitForLine([&unseen] {
        if (!isInterrupted()) {
            unseen.hide(); // it may have been laid aside meanwhile
        }
    });
    return isTyped ? nextLine() : std::string();
}

std::string answerLine()
{
    return waitForLine([] { }) ? nextLine() : std::string();
}

} // namespace keyglass::cli
