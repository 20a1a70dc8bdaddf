// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keyglass {

/// Whether all of `bytes` fits a glob as MATCH takes it: `*`, `?`, `[abc]`, `[a-z]`, `[^a]`, a backslash before a byte
/// that stands for itself. For elements that no command of the server filters (lists, streams). An unclosed `[` reaches
/// to the pattern's end.
///
/// Cost: O(length) as a rule, at worst O(length of both multiplied): only the last `*` is ever gone back to.
[[nodiscard]] bool matchesGlob(std::string_view pattern, std::string_view bytes);

} // namespace keyglass
