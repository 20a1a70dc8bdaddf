// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/reply.h"

#include <QString>

#include <cstddef>

namespace keyglass {

/// One reply, or the head of an array, in a line: `"text"`, `(integer) 3`, `(nil)`, `(error) ERR …`, `(array of 3)`.
/// Bytes look as displayText() makes them; at most `longest` of them are shown.
[[nodiscard]] QString replyLine(const Reply& reply, std::size_t longest = 4096);

/// A whole reply as lines, arrays numbered and indented as redis-cli does; after `mostLines` it says how much is left
/// out.
[[nodiscard]] QString replyText(const Reply& reply, std::size_t mostLines = 1000);

} // namespace keyglass
