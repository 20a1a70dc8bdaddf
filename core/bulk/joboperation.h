// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace keyglass {

struct DeleteKeys {
    friend bool operator==(const DeleteKeys&, const DeleteKeys&) = default;
};

/// A new time to live.
struct ExpireKeys {
    enum class Mode {
        At,  ///< `time` since 1970: then it ends.
        In,  ///< `time` from now.
        Add, ///< `time` more, or less, than it has; keys without a time to live are skipped.
        Cap, ///< `time` from now where it has more than that, or none.
    };
    Mode mode = Mode::In;
    Milliseconds time{0};
    Milliseconds jitter{0}; ///< Each key gets up to so much more, at random, so that not all end at once.

    friend bool operator==(const ExpireKeys&, const ExpireKeys&) = default;
};

/// No time to live any more.
struct PersistKeys {
    friend bool operator==(const PersistKeys&, const PersistKeys&) = default;
};

/// What is done where the new name is taken.
enum class Collision {
    Skip,
    Overwrite,
    Number, ///< The first of name:2, name:3 … that is free.
};

/// New names, made of the old ones.
struct RenameKeys {
    bool isRegex = false; ///< `from` is a regular expression and `to` may hold \1 …; else a prefix and what it becomes.
    std::string from;
    std::string to;
    Collision collision = Collision::Skip;

    friend bool operator==(const RenameKeys&, const RenameKeys&) = default;
};

/// The same keys elsewhere: in another database, on another server.
struct CopyKeys {
    std::string target; ///< Where to, as the user may see it: no secrets.
    bool replaces = false;
    bool moves = false; ///< Deleted here once it is there.

    friend bool operator==(const CopyKeys&, const CopyKeys&) = default;
};

/// What a job does to each of its keys.
using JobOperation = std::variant<DeleteKeys, ExpireKeys, PersistKeys, RenameKeys, CopyKeys>;

/// "delete", "expire", "persist", "rename", "copy".
[[nodiscard]] std::string_view operationName(const JobOperation& operation);

/// Whether it can take from a key of the source what an archive would hold: not renaming to names that are free, nor
/// copying.
[[nodiscard]] bool destroys(const JobOperation& operation);

/// The write commands it may send, for the gate and for people.
[[nodiscard]] std::vector<std::string> commandsOf(const JobOperation& operation);

} // namespace keyglass
