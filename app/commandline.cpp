// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "app/cli/commands.h"
#include "app/usage.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cstdio>
#include <span>
#include <string_view>

namespace keyglass {

namespace {

int printed(const char* text)
{
    std::fputs(text, stdout);
    return 0;
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
            const QCoreApplication application(argc, argv);
            QLocale::setDefault(QLocale::c()); // what scripts read is the same everywhere
            QCoreApplication::setApplicationName(QStringLiteral("keyglass"));
            return command.run(std::span<char* const>(argv, static_cast<std::size_t>(argc)).subspan(2));
        }
    }
    if (!first.starts_with('-')) {
        std::fprintf(stderr, "keyglass: there is no command \"%s\"\n\n%s", argv[1], usageText());
        return 2;
    }
    return std::nullopt;
}

} // namespace keyglass
