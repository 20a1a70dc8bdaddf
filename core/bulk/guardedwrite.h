// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

namespace keyglass {

class Lane;

/// A script keeps the server from others for as long as it reads a value and digests it, which takes some 10 ms for
/// such a DUMP: larger values are compared here, under WATCH.
inline constexpr std::size_t largestInScript = 1024U * 1024;

/// What a key was, by which it is told later whether it is that still.
struct SeenState {
    std::string digest;        ///< SHA-1 of its DUMP, as scripts can make it.
    std::uint64_t content = 0; ///< dumpDigest(): the same for tables that only stand in another order.
    std::size_t bytes = 0;     ///< Of its DUMP.
    std::string end;           ///< As PEXPIRETIME told it ("-1": never); empty: not known exactly.
    std::string format{};      ///< Of its DUMP, as its last bytes name it: two servers' are alike where these are.

    /// Whether a script may compare it.
    [[nodiscard]] bool isForScript() const { return bytes <= largestInScript; }
};
[[nodiscard]] SeenState seenState(const std::string& dump, std::string end);

/// Whether an error is of EVAL itself, and not of what a script does: it is missing, or not allowed.
[[nodiscard]] bool isWithoutScripts(const Reply& reply);

/// What became of a write that was only for a key as it was seen.
struct GuardedReply {
    bool isChanged = false; ///< The key is another by now: nothing was done.
    Reply reply;            ///< Else what the write was answered, or the error that kept it from being done.
    bool isGone = false;    ///< Of a key that is another: there is none any more.
};

/// Sends `write` if `key` is still what was seen: by WATCH, over `node`, the one connection to the key's node. Three
/// round trips. Fails as Lane::pipeline(); `isSent` is set before the write may have reached the server.
[[nodiscard]] Result<GuardedReply> writeIfUnchanged(Lane& node, std::string_view key, const SeenState& seen,
    const Command& write, bool& isSent, const std::stop_token& stop);

} // namespace keyglass
