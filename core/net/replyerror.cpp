// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"
#include "core/base/redact.h"
#include "core/net/nettext.h"
#include "core/net/reply.h"

namespace keyglass {

namespace {

struct Beginning {
    std::string_view text;
    ErrorKind kind;
};

/// How servers begin the errors a user or a program acts differently on: Redis from 2.8 and Valkey.
constexpr Beginning beginnings[] = {
    {"WRONGPASS", ErrorKind::Auth},
    {"ERR invalid password", ErrorKind::Auth},
    {"NOPERM", ErrorKind::Permission},
    {"DENIED", ErrorKind::Permission},
    {"LOADING", ErrorKind::Loading},
    {"WRONGTYPE", ErrorKind::WrongType},
    {"READONLY", ErrorKind::ReadOnly},
};

constexpr std::string_view noPasswordThere = "ERR AUTH <password> called without any password";
constexpr std::string_view noPasswordThereBefore6 = "ERR Client sent AUTH, but no password is set";

ErrorKind kindOf(std::string_view errorReply)
{
    const std::string_view reason = reasonOf(errorReply);
    for (const Beginning& beginning : beginnings) {
        if (reason.starts_with(beginning.text)) {
            return beginning.kind;
        }
    }
    return ErrorKind::Server;
}

} // namespace

std::string_view reasonOf(std::string_view errorReply)
{
    constexpr std::string_view leadIn = "because of: ";
    const std::size_t at = errorReply.starts_with("EXECABORT") ? errorReply.find(leadIn) : std::string_view::npos;
    return at == std::string_view::npos ? errorReply : errorReply.substr(at + leadIn.size());
}

Error replyError(std::string_view errorReply)
{
    if (errorReply.starts_with("DENIED ") && errorReply.find("protected mode") != std::string_view::npos) {
        return {ErrorKind::Permission, {},
            netText("The server is in protected mode: it takes connections from its own machine only, until its "
                    "default user "
                    "gets a password or protected mode is switched off there.")};
    }
    if (errorReply.starts_with("NOAUTH")) {
        return {ErrorKind::Auth, {}, netText("The server wants a password, and none was given.")};
    }
    if (errorReply.starts_with(noPasswordThere) || errorReply.starts_with(noPasswordThereBefore6)) {
        return {ErrorKind::Auth, {}, netText("A password was given, but the server has none for its default user.")};
    }
    return {kindOf(errorReply), {}, redacted(displayText(errorReply))};
}

} // namespace keyglass
