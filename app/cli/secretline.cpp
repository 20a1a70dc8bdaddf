// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/secretline.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>

namespace keyglass::cli {

namespace {

/// Has the terminal of the standard input, if it is one, not show what is typed.
class Unseen {
public:
    Unseen()
        : m_isTerminal(::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (m_isTerminal) {
            termios unseen = m_before;
            unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            static_cast<void>(::tcsetattr(STDIN_FILENO, TCSANOW, &unseen));
        }
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;
    ~Unseen()
    {
        if (m_isTerminal) {
            static_cast<void>(::tcsetattr(STDIN_FILENO, TCSANOW, &m_before));
            std::fputc('\n', stderr); // that of the one who typed was not shown either
        }
    }
    [[nodiscard]] bool isTerminal() const { return m_isTerminal; }

private:
    termios m_before{};
    const bool m_isTerminal;
};

} // namespace

std::string secretLine(const QString& prompt)
{
    const Unseen unseen;
    if (unseen.isTerminal()) {
        std::fprintf(stderr, "%s ", qUtf8Printable(prompt));
    }
    std::string line;
    for (int c = std::fgetc(stdin); c != EOF && c != '\n'; c = std::fgetc(stdin)) {
        line += static_cast<char>(c);
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

} // namespace keyglass::cli
