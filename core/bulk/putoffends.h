// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/bulk/batchstep.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// When a key ends, by the server's clock, and not by what is left of it once we know of it.
struct KeyEnd {
    Reply ttl;                         ///< PTTL, or why it is not known.
    std::optional<Milliseconds> end{}; ///< Unix time.
};
/// One for each key, in order. `hasExpireTime`: PEXPIRETIME (7.0), over `lanes.routed`; else PTTL with TIME in one
/// transaction, over `lanes.node`; it loses what the server turns out not to have. Fails as Lane::pipeline().
[[nodiscard]] Result<std::vector<KeyEnd>> readEnds(
    const StepLanes& lanes, const KeyBatch& keys, bool& hasExpireTime, const std::stop_token& stop);

/// A key's end that is put off, or brought nearer where `by` is negative.
struct PutOffEnd {
    std::string key;
    Milliseconds from{0}; ///< Where it was seen.
    Milliseconds by{0};
};
[[nodiscard]] Command endingAt(std::string_view key, Milliseconds end);

/// Puts ends off, each in a transaction that shows where it was until then: where somebody has changed it since it was
/// seen, it is put off from there, and one that somebody took away stays away. Redirects go to
/// OutcomeSink::elsewhere(). Fails as BatchStep::apply(), with what has no outcome in `unsettled`.
[[nodiscard]] Status putOffEnds(const StepLanes& lanes, std::span<const PutOffEnd> keys, bool hasExpireTime,
    OutcomeSink& outcomes, UnsettledKeys& unsettled, const std::stop_token& stop);

} // namespace keyglass
