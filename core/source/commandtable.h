// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace keyglass {

class Lane;

/// What a server says of one command, or of one subcommand, in COMMAND (https://redis.io/commands/command).
struct CommandTraits {
    bool isReadOnly = false;
    bool isWrite = false;
    bool isAdmin = false;
    bool isDangerous = false; ///< In the ACL category @dangerous.
    bool isScripting = false; ///< In the ACL category @scripting: what it does stands in the script, not in the flags.
    bool hasMovableKeys = false; ///< Where its keys stand depends on other arguments.
    int firstKey = 0;            ///< 0: no keys at a fixed place.
    int lastKey = 0;             ///< Negative: counted from the end.
    int keyStep = 0;

    friend bool operator==(const CommandTraits&, const CommandTraits&) = default;
};

/// Names and traits of all commands that a server knows. Immutable, so that all threads may read it.
///
/// Names are lower case; a subcommand is "config|get". A command line is found whatever the case of its words.
class CommandTable {
public:
    /// The core commands of Redis up to 8.0 and Valkey 8, as they flag themselves: for servers that don't tell.
    [[nodiscard]] static std::shared_ptr<const CommandTable> builtIn();
    /// What the reply to COMMAND says. A server before 7.0 tells nothing of subcommands: then the built-in table
    /// stands, and the server adds only commands that one does not know (modules). Protocol where the reply is no such
    /// list.
    [[nodiscard]] static Result<std::shared_ptr<const CommandTable>> fromServer(const Reply& commandReply);

    /// The full name of what `command` calls ("config|get" for CONFIG GET maxmemory); just its first word where it is
    /// no container with a subcommand. Empty for an empty command.
    [[nodiscard]] std::string nameOf(const Command& command) const;
    /// By full name; null where it is not known.
    [[nodiscard]] const CommandTraits* find(std::string_view fullName) const;
    /// True if `name` is nothing by itself and wants a subcommand ("config").
    [[nodiscard]] bool isContainer(std::string_view name) const;
    /// How many keys `command` names; nothing where that can't be told from the traits.
    [[nodiscard]] std::optional<std::size_t> keyCount(const Command& command) const;

    [[nodiscard]] std::vector<std::string> names() const;
    /// True if the flags are the server's own word.
    [[nodiscard]] bool isFromServer() const { return m_isFromServer; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    void add(std::string name, const CommandTraits& traits);
    void addReply(const Reply& entry);
    void addGroup(std::string_view flags, int firstKey, int lastKey, int keyStep, std::string_view names);
    static std::shared_ptr<const CommandTable> makeBuiltIn();

    std::unordered_map<std::string, CommandTraits, Hash, std::equal_to<>> m_traits;
    std::unordered_set<std::string, Hash, std::equal_to<>> m_containers;
    bool m_isFromServer = false;
};

/// `text` with A to Z as a to z and every other byte as it is: how a server compares command names.
[[nodiscard]] std::string lowerAscii(std::string_view text);

/// Asks the server for its commands. The built-in table where it may not be asked (ACL), does not know COMMAND or
/// answers something else; an Error only where the line fails (Network, Timeout, Cancelled…).
/// COMMAND passes every gate, so a session can learn the table over a lane whose gate still has the built-in one.
[[nodiscard]] Result<std::shared_ptr<const CommandTable>> fetchCommandTable(Lane& lane, std::stop_token stop);

} // namespace keyglass
