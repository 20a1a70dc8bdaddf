// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keyglass {

/// What stands beside the marks of a place that both have changed.
struct MergeNames {
    std::string mine = "my edit";
    std::string theirs = "what is there now";
};

/// Two changed texts brought together.
struct MergedText {
    std::string text;
    std::size_t conflicts = 0; ///< Places that both have changed, each another way: both stand in `text`, marked.
};

/// Merges two texts that began as `base`, line by line: what only one has changed is taken, what both have changed the
/// same way is taken once. A place that both have changed another way holds both, between lines that begin with
/// `<<<<<<< `, `=======` and `>>>>>>> `. Nothing of either text is dropped but what the other deleted.
///
/// Line ends are part of their lines. Cost: O(length) for texts with few differences; where two of them differ in more
/// than some thousand lines, what differs is one place.
[[nodiscard]] MergedText mergeLines(
    std::string_view base, std::string_view mine, std::string_view theirs, const MergeNames& names = {});

/// Whether a line of `text` is a mark of mergeLines().
[[nodiscard]] bool hasMergeMarks(std::string_view text);

} // namespace keyglass
