// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several databases in one list
//
// An index knows keys only. Where it holds the keys of several databases, each key stands behind the root of its own:
// the text "db 3" and a byte 0, which no root's text holds. So order, folders, selections and counts work as they do, a
// database is a folder at the top whose name needs no translation back, and front coding makes the root nearly free.
// Which lists are so, their owner knows (TreeOptions, FilterSpec): a key of a single database may look like a root.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// "db 3" and its end.
[[nodiscard]] inline std::string rootOf(int database)
{
    return "db " + std::to_string(database) + '\0';
}

/// How long the root is that `bytes` begin with, its end included; npos where they have none.
[[nodiscard]] inline std::size_t rootLength(std::string_view bytes)
{
    const std::size_t end = bytes.find('\0');
    return end == std::string_view::npos ? end : end + 1;
}

/// A key, or the prefix of a folder, and where it stands.
struct RootedKey {
    int database = 0;
    std::string_view key; ///< Empty for a root itself.
};

/// Parts `bytes` of a list with roots; nothing where they do not begin with a root.
[[nodiscard]] std::optional<RootedKey> splitRoot(std::string_view bytes);

} // namespace keyglass
