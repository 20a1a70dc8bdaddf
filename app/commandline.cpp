// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/usage.h"

#include <fcntl.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <iterator>
#include <span>
#include <string_view>

namespace keyglass {

namespace {

int printed(const char* text)
{
    return cli::finishOutput(cli::writeOut(text) ? 0 : 3);
}

/// A descriptor that the caller has closed would be given to the first socket that is opened, and the output written to
/// the server. Closed ones become some that can't be used, so that writing fails as it should.
void fillStandardDescriptors()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) { // open() gives the lowest one that is free
            static_cast<void>(::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY));
        }
    }
}

/// "keyglass value --help", wherever it stands but as the value of an option.
bool asksForHelp(std::span<char* const> words)
{
    const auto end = std::ranges::find(words, std::string_view("--"));
    for (auto word = words.begin(); word != end; ++word) {
        const bool isFirst = word == words.begin();
        if (isFirst && *word == std::string_view("-h")) {
            return true;
        }
        if (*word == std::string_view("--help") && (isFirst || !std::string_view(*std::prev(word)).starts_with("--"))) {
            return true;
        }
    }
    return false;
}

struct CliCommand {
    std::string_view name;
    int (*run)(std::span<char* const> words);
};
constexpr std::array commands{
    CliCommand{"bulk", cli::runBulk},
    CliCommand{"exec", cli::runExec},
    CliCommand{"keys", cli::runKeys},
    CliCommand{"nodes", cli::runNodes},
    CliCommand{"table", cli::runTable},
    CliCommand{"value", cli::runValue},
};

} // namespace

std::optional<int> runCommandLine(int argc, char** argv)
{
    fillStandardDescriptors();
    if (argc < 2) {
        return std::nullopt;
    }
    const std::string_view first = argv[1];
    if (first == "help" || first == "--help" || first == "-h") {
        return printed(usageText());
    }
    if (first == "--version" || first == "-v") {
        return printed("keyglass " KEYGLASS_VERSION "\n");
    }
    for (const CliCommand& command : commands) {
        if (first == command.name) {
            const std::span words = std::span<char* const>(argv, static_cast<std::size_t>(argc)).subspan(2);
            if (asksForHelp(words)) {
                return printed(usageText());
            }
            const QCoreApplication application(argc, argv);
            QLocale::setDefault(QLocale::c()); // what scripts read is the same everywhere
            QCoreApplication::setApplicationName(QStringLiteral("keyglass"));
            return cli::finishOutput(command.run(words));
        }
    }
    if (!first.starts_with('-')) {
        std::fprintf(stderr, "keyglass: there is no command \"%s\"\n\n%s", argv[1], usageText());
        return 2;
    }
    return std::nullopt;
}

} // namespace keyglass
