// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/bulk/outcome.h"
#include "core/bulk/stepreplies.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;

/// How keys are carried from one place to another.
struct TransferWays {
    bool replaces = false;                ///< What is there already is written over; else the key is skipped.
    bool moves = false;                   ///< Deleted at the old place, if it is still what was carried.
    bool hasExpireTime = true;            ///< Of the source: PEXPIRETIME (7.0), else PTTL.
    ByteCount largest{32U * 1024 * 1024}; ///< By MEMORY USAGE: DUMP of more would block the server.
};

/// A key, and what it is to be called at the new place.
struct Carried {
    std::string_view key;
    std::string_view name;
};

/// Carries keys by DUMP and RESTORE with their times to live, and tells what became of each. `from` and `to` may be one
/// lane. Values are held a few megabytes at a time. Where it fails (Network, Timeout, Cancelled), `settled` says how
/// many of `keys`, from the front, have their outcome; the others may be at the new place, or not.
///
/// A moved key is deleted by a script that compares a digest of its DUMP first: one that changed after it was read
/// stays, told as Outcome::Changed, and its copy is what it was.
[[nodiscard]] Status transferKeys(Lane& from, Lane& to, std::span<const Carried> keys, TransferWays& ways,
    OutcomeSink& outcomes, std::size_t& settled, const std::stop_token& stop);

/// The outcome's text of a key whose new name is taken at the new place.
inline constexpr std::string_view nameIsTaken = "there is a key of this name already";
/// How the outcome of a key that is too large for transferKeys() begins.
inline constexpr std::string_view tooLargeToCarry = "it is too large to be copied at once";

/// What removingCarried() compares.
[[nodiscard]] std::string carriedDigest(const std::string& dump);
/// Deletes a key if its DUMP is still what the digest is of.
[[nodiscard]] Command removingCarried(std::string_view key, const std::string& digest);
/// Renames a key onto another, if that is still what was archived: 1; 0 where it is another by now. `digest`:
/// carriedDigest() of what was archived; `end`: when that ended, Unix time in ms, "-1" for never, or empty where it is
/// not known exactly.
[[nodiscard]] Command renamingOntoArchived(
    std::string_view key, std::string_view name, const std::string& digest, std::string_view end);
/// What it came to.
struct RemovedCarried {
    Outcome outcome = Outcome::Done;
    std::string detail{};
};
[[nodiscard]] RemovedCarried removedCarried(const Reply& reply);

} // namespace keyglass
