// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowoptions.h"

#include <array>

using namespace Qt::StringLiterals;

namespace keyglass {

namespace {

Error badUsage(const QString& what)
{
    return Error{ErrorKind::Input, what, {}};
}

/// Options with a value that QApplication takes out of the arguments by itself.
bool isQtOptionWithValue(const QString& argument)
{
    static const std::array known{"-platform"_L1, "-style"_L1, "-stylesheet"_L1, "-display"_L1, "-geometry"_L1,
        "-qwindowgeometry"_L1, "-qwindowtitle"_L1, "-qwindowicon"_L1, "-platformpluginpath"_L1, "-platformtheme"_L1,
        "-plugin"_L1, "-session"_L1};
    const QString single = argument.startsWith("--"_L1) ? argument.mid(1) : argument;
    return std::find(known.begin(), known.end(), single) != known.end();
}

/// Where the value of `name` goes; null for an option that has none.
QString* valueOf(WindowOptions& options, const QString& name)
{
    if (name == "--profile"_L1) {
        return &options.profile;
    }
    if (name == "--uri"_L1) {
        return &options.uri;
    }
    return name == "--config-dir"_L1 ? &options.configDir : nullptr;
}

bool* switchOf(WindowOptions& options, const QString& name)
{
    if (name == "--demo"_L1) {
        return &options.demo;
    }
    return name == "--password-stdin"_L1 ? &options.passwordStdin : nullptr;
}

/// How an argument may be repeated in an error: options by their name alone, never a value that could be a URI with a
/// password in it.
QString nameOnly(const QString& argument)
{
    if (!argument.startsWith(u'-')) {
        return u"a stray argument"_s;
    }
    return argument.section(u'=', 0, 0);
}

Status checked(const WindowOptions& options)
{
    const int targets = int(options.demo) + int(!options.profile.isEmpty()) + int(!options.uri.isEmpty());
    if (targets > 1) {
        return badUsage(u"only one of --profile, --uri and --demo can be opened at a time"_s);
    }
    if (options.passwordStdin && options.profile.isEmpty() && options.uri.isEmpty()) {
        return badUsage(u"--password-stdin needs --profile or --uri"_s);
    }
    return ok();
}

} // namespace

Result<WindowOptions> parseWindowOptions(const QStringList& arguments)
{
    WindowOptions options;
    for (qsizetype at = 0; at < arguments.size(); ++at) {
        const QString name = arguments.at(at).section(u'=', 0, 0);
        if (isQtOptionWithValue(arguments.at(at))) {
            ++at;
        } else if (bool* flag = switchOf(options, arguments.at(at))) {
            *flag = true;
        } else if (QString* value = valueOf(options, name)) {
            const bool joined = name.size() < arguments.at(at).size();
            if (!joined && at + 1 == arguments.size()) {
                return badUsage(u"%1 needs a value"_s.arg(name));
            }
            *value = joined ? arguments.at(at).mid(name.size() + 1) : arguments.at(++at);
            if (value->isEmpty()) {
                return badUsage(u"%1 needs a value"_s.arg(name));
            }
        } else {
            return badUsage(u"%1 is not known"_s.arg(nameOnly(arguments.at(at))));
        }
    }
    if (auto status = checked(options); !status) {
        return status.error();
    }
    return options;
}

} // namespace keyglass
