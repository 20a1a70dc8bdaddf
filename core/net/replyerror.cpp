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
    {"NOAUTH", ErrorKind::Auth},
    {"WRONGPASS", ErrorKind::Auth},
    {"ERR invalid password", ErrorKind::Auth},
    {"ERR Client sent AUTH, but no password is set", ErrorKind::Auth},
    {"ERR AUTH <password> called without any password", ErrorKind::Auth},
    {"NOPERM", ErrorKind::Permission},
    {"DENIED", ErrorKind::Permission},
    {"LOADING", ErrorKind::Loading},
    {"WRONGTYPE", ErrorKind::WrongType},
    {"READONLY", ErrorKind::ReadOnly},
};

ErrorKind kindOf(std::string_view errorReply)
{
    for (const Beginning& beginning : beginnings) {
        if (errorReply.starts_with(beginning.text)) {
            return beginning.kind;
        }
    }
    return ErrorKind::Server;
}

} // namespace

Error replyError(std::string_view errorReply)
{
    if (errorReply.starts_with("DENIED ") && errorReply.find("protected mode") != std::string_view::npos) {
        return {ErrorKind::Permission, {},
            netText("The server is in protected mode: it takes connections from its own machine only, until its "
                    "default user "
                    "gets a password or protected mode is switched off there.")};
    }
    return {kindOf(errorReply), {}, redacted(displayText(errorReply))};
}

} // namespace keyglass
