// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace keyglass {

/// What a scan asks of each key that its pattern and type let through, beside the name: every condition set has to
/// hold.
///
/// Evaluated by the client, in pipelines on the scan's own lane. The commands (PTTL, MEMORY USAGE, OBJECT IDLETIME and
/// FREQ) touch neither a key's idle time nor its frequency.
struct KeyPredicate {
    using Seconds = std::chrono::seconds;

    std::optional<bool> hasTtl{};          ///< False: only keys that never expire.
    std::optional<Seconds> ttlBelow{};     ///< Expires in less than this; keys that never expire are not meant.
    std::optional<Seconds> ttlAbove{};     ///< Expires in more than this, or never.
    std::optional<ByteCount> bytesBelow{}; ///< Memory by MEMORY USAGE with its own five samples.
    std::optional<ByteCount> bytesAbove{};
    std::optional<Seconds>
        idleBelow{}; ///< Not touched for less than this; the server tells it unless its policy is LFU.
    std::optional<Seconds> idleAbove{};
    std::optional<std::uint64_t>
        frequencyBelow{}; ///< LFU counter, 0 to 255; the server tells it only under an LFU policy.
    std::optional<std::uint64_t> frequencyAbove{};

    [[nodiscard]] bool isEmpty() const { return questions() == 0; }
    /// How many commands it takes for a key.
    [[nodiscard]] std::size_t questions() const;
    void ask(std::string_view key, std::vector<Command>& commands) const;
    /// Whether a key with these answers, one for each question in order, is wanted; not where it has gone meanwhile.
    /// Permission, or Unsupported under another maxmemory policy, where the server does not answer.
    [[nodiscard]] Result<bool> accepts(std::span<const Reply> answers) const;

    friend bool operator==(const KeyPredicate&, const KeyPredicate&) = default;

private:
    [[nodiscard]] bool asksTtl() const { return hasTtl || ttlBelow || ttlAbove; }
    [[nodiscard]] bool asksBytes() const { return bytesBelow || bytesAbove; }
    [[nodiscard]] bool asksIdle() const { return idleBelow || idleAbove; }
    [[nodiscard]] bool asksFrequency() const { return frequencyBelow || frequencyAbove; }
    [[nodiscard]] bool acceptsTtl(std::int64_t milliseconds) const;
};

} // namespace keyglass
