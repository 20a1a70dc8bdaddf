// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/handshake.h"

#include "core/net/nettext.h"

#include <algorithm>

namespace keyglass {

namespace {

/// Refused for everything that will be asked, not only for this command.
bool concernsAll(const Error& error, const Reply& reply)
{
    return error.kind == ErrorKind::Auth || error.kind == ErrorKind::Loading || reply.text.starts_with("DENIED")
        || reply.text.starts_with("ERR max number of clients");
}

} // namespace

Handshake::Handshake(const ConnectionOptions& options)
    : m_password(options.password.toStdString())
{
    if (!options.password.isEmpty() && options.user.isEmpty()) {
        m_commands.push_back(Command{"AUTH", m_password});
    } else if (!options.user.isEmpty()) {
        m_commands.push_back(Command{"AUTH", options.user.toStdString(), m_password});
    }
    if (!options.clientName.isEmpty()) {
        m_commands.push_back(Command{"CLIENT", "SETNAME", options.clientName.toStdString()});
    }
    if (options.database != 0) {
        m_commands.push_back(Command{"SELECT", std::to_string(options.database)});
    }
}

std::optional<Error> Handshake::judge(std::size_t n, const Reply& reply) const
{
    if (!reply.isError()) {
        return {};
    }
    const std::string_view name = m_commands[n].name();
    Error error = name == "AUTH" ? authError(reply) : replyError(reply.text);
    if (name == "CLIENT" && !concernsAll(error, reply)) {
        return {}; // the name is for the administrator's eyes; a server without the command, or that forbids it, will
                   // do
    }
    if (mayHoldSecret(name, reply.text)) {
        error.detail.clear();
    }
    return error;
}

Error Handshake::authError(const Reply& reply)
{
    Error error = replyError(reply.text);
    if (concernsAll(error, reply)) {
        return error;
    }
    error.kind = error.kind == ErrorKind::Server ? ErrorKind::Auth : error.kind;
    if (reply.text.starts_with("ERR unknown command")) { // goes on with what it was given, the password among it
        error.detail = netText("The server does not know the AUTH command.");
    }
    return error;
}

/// A server may cut what it echoes: the secret's beginning tells as well. A short one stands in many texts by chance;
/// only what answers AUTH is doubted for that.
bool Handshake::mayHoldSecret(std::string_view command, std::string_view text) const
{
    constexpr std::size_t telling = 8;
    constexpr std::size_t hardlyByChance = 6;
    if (command != "AUTH" && m_password.size() < hardlyByChance) {
        return false;
    }
    const std::string_view beginning = std::string_view(m_password).substr(0, telling);
    return !beginning.empty() && text.find(beginning) != std::string_view::npos;
}

} // namespace keyglass
