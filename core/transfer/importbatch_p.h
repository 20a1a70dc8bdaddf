// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/bulk/stepreplies.h"
#include "core/net/reply.h"

namespace keyglass {

/// Before a server that refuses for now is asked again; each time twice as long.
inline constexpr Milliseconds firstPause{50};
inline constexpr Milliseconds longestPause{1000};

/// Whether the server refuses for now: it runs a script, loads, ….
[[nodiscard]] inline bool isForNow(const Reply& reply)
{
    return reply.isError() && isRefusedForNow(reasonOf(reply.text));
}

} // namespace keyglass
