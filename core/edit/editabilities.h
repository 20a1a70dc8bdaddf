// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keyglass {

class CommandTable;
struct ServerFacts;

/// What a server has of what edits like to use. The default takes nothing for granted and works everywhere.
struct EditAbilities {
    bool setKeepsTtl = false;   ///< SET … KEEPTTL (6.0).
    bool hasExpireTime = false; ///< PEXPIRETIME (7.0): the end of a key exactly, without a clock.
    bool hasUnlink = false;     ///< UNLINK (4.0).
    bool hasFieldExpiry = true; ///< Worth asking for: an unknown command is only an answer more.
    bool hasHsetex = false;     ///< HSETEX … KEEPTTL (Redis 8.0, Valkey 9.0).
    bool hasRestoreAbs = false; ///< RESTORE … ABSTTL (5.0).

    friend bool operator==(const EditAbilities&, const EditAbilities&) = default;
};

/// By what the server said of its commands, else by its version.
[[nodiscard]] EditAbilities editAbilities(const ServerFacts& facts, const CommandTable& table);

} // namespace keyglass
