// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace keyglass::test {

/// A TABLE.* command of the RedisTABLE module as an EVAL of plain commands that does the same in one go, mistakes
/// included: half tables, ghosts, patterns in DROP INDEX, an OR that is an AND. Like the module it writes neither to
/// the AOF nor to replicas.
///
/// `command`: the name in any case and its arguments.
[[nodiscard]] std::vector<std::string> tableCommandAsScript(
    const std::vector<std::string>& command, std::size_t scanLimit);

/// What the server would say of the module: MODULE LIST, and COMMAND with the module's commands added.
[[nodiscard]] std::vector<std::string> moduleListAsScript(const std::string& scanLimitArgument);
[[nodiscard]] std::vector<std::string> commandListAsScript();
/// COMMAND INFO, for the names that are asked for.
[[nodiscard]] std::vector<std::string> commandInfoAsScript(const std::vector<std::string>& names);
/// A command that is answered with this error.
[[nodiscard]] std::vector<std::string> errorAsScript(const std::string& text);

[[nodiscard]] std::string lower(std::string text);

} // namespace keyglass::test
