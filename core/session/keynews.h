// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"

#include <chrono>
#include <optional>
#include <string>

namespace keyglass {

/// That something has happened to a key that is watched.
struct KeyNews {
    enum class What {
        Written, ///< Its value, its type or its time to live was written; it may be a write of our own.
        Gone,    ///< Deleted, expired or evicted.
        Unsure,  ///< The line was lost for a while, and nobody was told what happened meanwhile.
    };
    std::string key; ///< As the list names it.
    What what = What::Written;
    std::chrono::system_clock::time_point at; ///< When it was heard of.
};

/// How it is known that a key changes.
struct KeyWatching {
    bool isTold = false; ///< By the server, at once; else it is looked at every `interval`.
    Milliseconds interval{0};
    std::optional<Error> whyNotTold; ///< Permission, Unsupported, Server.

    friend bool operator==(const KeyWatching&, const KeyWatching&) = default;
};

} // namespace keyglass
