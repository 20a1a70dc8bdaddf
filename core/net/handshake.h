// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/command.h"
#include "core/net/connection.h"

#include <optional>
#include <vector>

namespace keyglass {

/// What is said to a server before anything else, and what its answers mean.
class Handshake {
public:
    explicit Handshake(const ConnectionOptions& options);

    /// AUTH, CLIENT SETNAME and SELECT, as far as they are needed: sent in one go, so that connecting takes one round
    /// trip.
    [[nodiscard]] const std::vector<Command>& commands() const { return m_commands; }

    /// Why the answer to the n-th command ends the connection, or nothing. Holds no secret, whatever the server echoes.
    [[nodiscard]] std::optional<Error> judge(std::size_t n, const Reply& reply) const;

private:
    [[nodiscard]] static Error authError(const Reply& reply);
    [[nodiscard]] bool mayHoldSecret(std::string_view command, std::string_view text) const;

    std::vector<Command> m_commands;
    std::string m_password;
};

} // namespace keyglass
