// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/environment.h"
#include "core/base/result.h"
#include "core/net/command.h"
#include "core/source/commandtable.h"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// What the user allowed for a connection, in its profile.
struct GateRules {
    bool readOnly = false;
    Environment environment = Environment::Development;

    friend bool operator==(const GateRules&, const GateRules&) = default;
};

/// The user's yes to certain commands, by name: confirming UNLINK does not let FLUSHALL through. Never lifts read-only.
///
/// A value that is passed along with what it is for (Lane::confirmed()); nothing keeps it, so nothing is left open.
class Confirmation {
public:
    Confirmation() = default; ///< Confirms nothing.
    /// Names in any case; a subcommand as "CONFIG SET" or "config|set".
    Confirmation(std::initializer_list<std::string_view> names);
    explicit Confirmation(const std::vector<std::string>& names);

    /// `fullName` as CommandTable::nameOf() gives it.
    [[nodiscard]] bool covers(std::string_view fullName) const;

private:
    std::vector<std::string> m_names;
};

/// Decides for every command of a session whether it may be sent; no Lane exists without one.
///
/// Read-only passes what the server flags `readonly` and a fixed list of harmless commands that it does not; TOUCH
/// counts as a write, and what is not known is refused. Production asks for every write that is not to exactly one key,
/// for scripts, for what is not known, and for what is flagged admin or @dangerous and not in that list. KEYS is asked
/// for everywhere: it stops the server for as long as it takes. So are FLUSHALL, FLUSHDB and SHUTDOWN, which nothing
/// undoes. What the RedisTABLE module does and nobody means
/// (tabletraps.h) is refused or asked for everywhere too. Immutable: shared by all threads. Cost per command: one
/// or two hash look-ups.
class CommandGate {
public:
    explicit CommandGate(GateRules rules, std::shared_ptr<const CommandTable> table = CommandTable::builtIn());

    /// Good: send it. ReadOnly: refused. Confirm: ask the user, then come again with a Confirmation of nameOf(command).
    /// Input for an empty command, Refused for what only does harm. The error's subject is the command's name, without
    /// its arguments.
    [[nodiscard]] Status check(const Command& command, const Confirmation& confirmation = {}) const;

    /// Whether it ends more than keys that it names, and what no archive brings back: FLUSHALL, FLUSHDB, SHUTDOWN.
    [[nodiscard]] bool endsMoreThanKeys(const Command& command) const;
    /// What a Confirmation has to name for `command`.
    [[nodiscard]] std::string nameOf(const Command& command) const;
    [[nodiscard]] const GateRules& rules() const { return m_rules; }
    [[nodiscard]] const CommandTable& table() const { return *m_table; }

private:
    enum class Verdict { Allow, Refuse, Ask };
    [[nodiscard]] bool passesUnseen(const Command& command) const;
    [[nodiscard]] Verdict judge(const Command& command, std::string_view name) const;
    [[nodiscard]] Verdict judgeReadOnly(std::string_view name) const;
    [[nodiscard]] Verdict judgeProduction(const Command& command, std::string_view name) const;

    GateRules m_rules;
    std::shared_ptr<const CommandTable> m_table;
};

} // namespace keyglass
