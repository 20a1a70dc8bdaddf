// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/keybatch.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/outcome.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;

/// Tells afterwards whether a call over a lane that failed can have reached the server.
class LineWatch {
public:
    /// Begins before the call. `lane` must outlive it.
    explicit LineWatch(const Lane& lane);
    [[nodiscard]] bool mayHaveSent(const Error& failure) const;

private:
    const Lane& m_lane;
    const bool m_wasOpen;
    const std::uint64_t m_openings;
};

/// Whether a call that failed so may go well on another connection, a little later.
[[nodiscard]] bool isLostLine(ErrorKind kind);

/// Whether a RESTORE was refused since a newer server has dumped the value, or it is damaged: which of both is not
/// told.
[[nodiscard]] bool isOfAnotherVersion(std::string_view error);

/// Puts the keys of `from` behind those of `to`.
void appendKeys(KeyBatch& to, const KeyBatch& from);

/// Sends one command for each of `keys`; a reply for each, in order. Where that fails, `keys` go to `unsettled`: to
/// those that may be done where they may have reached the server. Fails as Lane::pipeline().
[[nodiscard]] Result<std::vector<Reply>> sendForKeys(Lane& lane, std::span<const Command> commands,
    const KeyBatch& keys, UnsettledKeys& unsettled, const std::stop_token& stop);

/// The same of writes, over the routed lane or as StepLanes::shown has it.
[[nodiscard]] Result<std::vector<Reply>> sendWrites(const StepLanes& lanes, std::span<const Command> commands,
    const KeyBatch& keys, UnsettledKeys& unsettled, const std::stop_token& stop);

/// Whether an error says that the server takes no such command for now: it runs a script, reads its data set, or has
/// lost its master. Nothing has been done then.
[[nodiscard]] bool isRefusedForNow(std::string_view error);
/// Such a refusal as an error by which the same is tried again a little later, as where a line is lost.
[[nodiscard]] Error refusalForNow(const Lane& lane, std::string_view error);
/// Whether an error reply says that the key is another node's, or on its way there, or that the server refuses for now;
/// also where a transaction was discarded for that.
[[nodiscard]] bool isElsewhere(const Reply& reply);
/// The same of an error's text.
[[nodiscard]] bool isElsewhere(std::string_view error);

/// Tells what a command to one key came to that answers how many keys it did something to: 1 is Done, 0 is `none`, an
/// error Failed, a redirect elsewhere; anything else is Failed, too.
void addOutcome(OutcomeSink& outcomes, std::string_view key, const Reply& reply, Outcome none = Outcome::Missing);

/// Failed with the server's words, or elsewhere where it is a redirect.
void addFailure(OutcomeSink& outcomes, std::string_view key, const Reply& reply);
void addFailure(OutcomeSink& outcomes, std::string_view key, std::string_view error);

} // namespace keyglass
