// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace keyglass {

/// Indexes of a list from one to another, both included.
struct ListStretch {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

/// Those that touch or overlap as one: each is a question of its own, for which a server walks there from the nearer
/// end. `all`: by ascending first index.
[[nodiscard]] std::vector<ListStretch> joined(const std::vector<ListStretch>& all);

/// LRANGE.
[[nodiscard]] Command stretchQuestion(const std::string& key, const ListStretch& stretch);

/// What stands at an index, by the answers to the questions for `stretches`, as joined() gave them; nothing where
/// nothing does, or it was not asked for.
[[nodiscard]] std::optional<std::string> elementAt(
    const std::vector<ListStretch>& stretches, std::span<const Reply> answers, std::uint64_t index);

} // namespace keyglass
