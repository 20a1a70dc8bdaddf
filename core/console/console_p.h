// SPDX-License-Identifier: GPL-3.0-or-later
// What console.cpp and consoleplaces.cpp share.
#pragma once

#include "core/base/bytes.h"
#include "core/net/command.h"
#include "core/source/commandgate.h"

#include <QString>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// The gate of a connection like this one that only reads: what it passes changes nothing.
inline CommandGate readingGate(const std::shared_ptr<const CommandGate>& gate)
{
    return CommandGate(
        GateRules{true, gate->rules().environment}, std::shared_ptr<const CommandTable>(gate, &gate->table()));
}

/// Commands by which the connection comes to hold something, and by which it lets it go.
inline bool takesState(std::string_view name)
{
    return name == "multi" || name == "watch";
}
inline bool dropsState(std::string_view name)
{
    return name == "exec" || name == "discard";
}

inline QString spoken(const Command& command)
{
    return displayText(command.name()).toUpper();
}

inline QString spoken(const std::vector<std::string>& words)
{
    return displayText(words.front()).toUpper();
}

} // namespace keyglass
