// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/guardedwrite.h"
#include "core/bulk/outcome.h"
#include "core/bulk/stepreplies.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <functional>
#include <map>
#include <optional>
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
    bool hasUnlink = true;                ///< The same: UNLINK (4.0), else DEL.
    bool hasScripts = true;               ///< The same: EVAL is there, and allowed.
    ByteCount largest{32U * 1024 * 1024}; ///< By MEMORY USAGE: DUMP of more would block the server.
    /// Names that are written over whatever `replaces` says, if they are still this, which a script may compare;
    /// nothing: whatever they are.
    std::map<std::string, std::optional<SeenState>, std::less<>> onto{};
    /// Of the new place: a lane to the owner of a key alone, by which what no script may compare is compared under
    /// WATCH; not set: such keys are not written over.
    std::function<Lane&(const std::string& key)> ownerThere{};
    bool hasScriptsThere = true; ///< Of the new place: EVAL is there, and allowed.
    /// Where it failed: what may have come to which names, by then.
    std::map<std::string, SeenState, std::less<>> sent{};
    /// How long the source is asked again where it refuses for now to delete what was carried.
    Milliseconds patience{30'000};
};

/// A key, and what it is to be called at the new place.
struct Carried {
    std::string_view key;
    std::string_view name;
};

/// Carries keys by DUMP and RESTORE with their times to live, and tells what became of each. They are read from
/// `from.node`, which is where they are compared before they are deleted: those that are elsewhere are left to whoever
/// asks there. `to` may be `from.routed`. Values are held a few megabytes at a time. Where it fails (Network,
/// Timeout, Cancelled), `settled` says how many of `keys`, from the front, have their outcome; the others may be at the
/// new place, or not.
///
/// A moved key is deleted if it is still what was read (removeCarried()): one that changed stays, told as
/// Outcome::Changed, and its copy is what it was.
[[nodiscard]] Status transferKeys(const StepLanes& from, Lane& to, std::span<const Carried> keys, TransferWays& ways,
    OutcomeSink& outcomes, std::size_t& settled, const std::stop_token& stop);

/// The outcome's text of a key whose new name is taken at the new place.
inline constexpr std::string_view nameIsTaken = "there is a key of this name already";
/// How the outcome of a key that is too large for transferKeys() begins.
inline constexpr std::string_view tooLargeToCarry = "it is too large to be copied at once";

/// A key that is at its new place, and what it was when it was read.
struct CarriedKey {
    std::string_view key;
    SeenState seen;
};
/// What came of deleting it at the old one.
struct RemovedCarried {
    Outcome outcome = Outcome::Done;
    std::string detail{};
};
/// Deletes keys that are still what was read: small ones by a script, others, and where there are no scripts, under
/// WATCH. Where the server refuses for now (it runs a script, …), it is asked again while the patience lasts, or until
/// `stop`: else they would be at both places. One answer for each, in order. Fails as Lane::pipeline().
[[nodiscard]] Result<std::vector<RemovedCarried>> removeCarried(
    const StepLanes& lanes, std::span<const CarriedKey> keys, TransferWays& ways, const std::stop_token& stop);
/// What the answer to a guarded UNLINK says of a key that was carried.
[[nodiscard]] RemovedCarried removedCarried(const GuardedReply& answer);

/// Renames a key onto another, if that is still what was archived: 1; 0 where it is another by now. For values that a
/// script may compare.
[[nodiscard]] Command renamingOntoArchived(std::string_view key, std::string_view name, const SeenState& archived);

} // namespace keyglass
