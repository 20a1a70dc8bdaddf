// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/command.h"

#include <QString>

#include <optional>
#include <string_view>

namespace keyglass {

/// Something that a command of the RedisTABLE module does and nobody means.
struct TableTrap {
    bool mayBeConfirmed = false; ///< It can be meant; else it only does harm and is never sent.
    QString why;
};

/// Whether `command`, which is called `name` (lower case, "table.select"), is a trap of the module: arguments that
/// crash the server, names that it answers twice or loses, half-made tables and rows, words that are forgotten.
/// Version 1.1.
[[nodiscard]] std::optional<TableTrap> tableTrap(const Command& command, std::string_view name);

/// Commands of the module that change many keys, though they name one.
[[nodiscard]] bool isLargeTableCommand(std::string_view name);

} // namespace keyglass
