// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/consolerules.h"

#include "core/base/bytes.h"
#include "core/console/consoletext.h"
#include "core/source/commandtable.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace keyglass {

namespace {

template <std::size_t N> bool isOneOf(std::string_view name, const std::array<std::string_view, N>& names)
{
    return std::ranges::find(names, name) != names.end();
}

/// Why a command can't be a console's; empty where it can.
QString objection(std::string_view name, const std::vector<std::string>& words)
{
    constexpr std::array<std::string_view, 9> streams{"subscribe", "psubscribe", "ssubscribe", "unsubscribe",
        "punsubscribe", "sunsubscribe", "monitor", "sync", "psync"};
    if (isOneOf(name, streams)) {
        return ConsoleText::tr("It turns the connection into a stream of messages; here each command has one reply.");
    }
    const std::string second = words.size() > 1 ? lowerAscii(words[1]) : std::string();
    if (name == "client" && second == "reply") {
        return ConsoleText::tr("It takes the replies away that are waited for here.");
    }
    if (name == "select") {
        return ConsoleText::tr(
            "The database is chosen with the connection: by /N or ?db=N in the URI, or in the window.");
    }
    if (name == "auth") {
        return ConsoleText::tr("The user is chosen with the connection: in the URI or in the profile.");
    }
    if (name == "hello" && words.size() > 1 && second != "2") {
        return ConsoleText::tr("Replies are read as RESP2 here.");
    }
    if (name == "reset" || name == "quit") {
        return ConsoleText::tr("The connection is kept for the next command.");
    }
    return {};
}

/// How a command says for how long it may wait.
struct Wait {
    std::string_view name;
    int at = 0; ///< Which word; negative: counted from the end.
    bool inMilliseconds = false;
};
constexpr std::array waits{
    Wait{"blpop", -1},
    Wait{"brpop", -1},
    Wait{"bzpopmin", -1},
    Wait{"bzpopmax", -1},
    Wait{"brpoplpush", -1},
    Wait{"blmove", -1},
    Wait{"blmpop", 1},
    Wait{"bzmpop", 1},
    Wait{"wait", 2, true},
    Wait{"waitaof", 3, true},
};

/// A time limit. One that can't be read here is taken for none: servers know more ways to write a number ("+0", "0x0"),
/// and of an operation it may be an element that is not known yet.
std::optional<double> limitIn(const std::vector<std::string>& words, std::size_t at)
{
    if (at >= words.size()) {
        return {};
    }
    double number = 0;
    const char* const end = words[at].data() + words[at].size();
    const auto [stoppedAt, problem] = std::from_chars(words[at].data(), end, number);
    return problem == std::errc() && stoppedAt == end ? number : 0;
}

/// Of XREAD and XREADGROUP: they wait where BLOCK says so, among other options before STREAMS.
std::optional<double> streamWaitOf(const std::vector<std::string>& words)
{
    for (std::size_t at = 1; at < words.size(); ++at) {
        const std::string option = lowerAscii(words[at]);
        if (option == "streams") {
            return {};
        }
        if (option == "block") {
            const auto limit = limitIn(words, at + 1);
            return limit ? std::optional(*limit / 1000) : std::nullopt;
        }
        at += option == "group" ? 2 : option == "count" ? 1 : 0; // names may be called BLOCK, too
    }
    return {};
}

/// Seconds that the command may keep its client waiting, 0 for ever; nothing where it does not wait, or has no such
/// word.
std::optional<double> waitOf(std::string_view name, const std::vector<std::string>& words)
{
    if (const auto found = std::ranges::find(waits, name, &Wait::name); found != waits.end()) {
        const int at = found->at < 0 ? static_cast<int>(words.size()) + found->at : found->at;
        const auto limit = words.size() > 2 ? limitIn(words, static_cast<std::size_t>(at)) : std::nullopt;
        return limit && found->inMilliseconds ? *limit / 1000 : limit;
    }
    return name == "xread" || name == "xreadgroup" ? streamWaitOf(words) : std::nullopt;
}

} // namespace

Status checkForConsole(const Command& command, Milliseconds longestWait)
{
    const auto& words = command.arguments();
    const std::string name = lowerAscii(command.name());
    if (const QString why = objection(name, words); !why.isEmpty()) {
        return consoleInput(displayText(command.name()).toUpper(), why);
    }
    const auto seconds = waitOf(name, words);
    const double longest = static_cast<double>(longestWait.count()) / 1000;
    if (seconds && !(*seconds > 0 && *seconds < longest)) { // also of what is no number: nan
        return consoleInput(displayText(command.name()).toUpper(),
            ConsoleText::tr(
                "It may wait for longer than a reply is waited for, and what it takes would be lost: its own time "
                "limit has to be above 0 and below %1 s.")
                .arg(longest));
    }
    return ok();
}

Status checkForOperation(const Command& command, Milliseconds longestWait)
{
    constexpr std::array<std::string_view, 5> transactions{"multi", "watch", "unwatch", "exec", "discard"};
    if (isOneOf(lowerAscii(command.name()), transactions)) {
        return consoleInput(displayText(command.name()).toUpper(),
            ConsoleText::tr("It begins or ends a transaction, which can't be done to one element after the other."));
    }
    return checkForConsole(command, longestWait);
}

} // namespace keyglass
