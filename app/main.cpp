// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"
#include "app/usage.h"
#include "app/windowapplication.h"
#include "app/windowoptions.h"

#include <QStringList>

#include <cstdio>

namespace {

QStringList argumentsOf(int argc, char** argv)
{
    QStringList arguments;
    for (int at = 1; at < argc; ++at) {
        arguments << QString::fromLocal8Bit(argv[at]);
    }
    return arguments;
}

} // namespace

int main(int argc, char** argv)
{
    if (const auto status = keyglass::runCommandLine(argc, argv)) {
        return *status;
    }
    // Before there is an application object: bad usage has to be told without a display, too.
    const auto options = keyglass::parseWindowOptions(argumentsOf(argc, argv));
    if (!options) {
        std::fprintf(stderr, "keyglass: %s\n\n%s", qPrintable(options.error().subject), keyglass::usageText());
        return 2;
    }
    return keyglass::runWindow(argc, argv, *options);
}
