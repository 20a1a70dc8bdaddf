// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/keybatch.h"
#include "core/base/result.h"
#include "core/bulk/outcome.h"
#include "core/transfer/keypart.h"

#include <functional>
#include <stop_token>
#include <vector>

namespace keyglass {

class Lane;

/// What the server that is read has; what turns out to be missing is given up by itself.
struct ReadingWays {
    bool hasExpireTime = true;     ///< PEXPIRETIME (7.0), else PTTL with TIME.
    bool hasFieldEnds = true;      ///< HPEXPIRETIME (Redis 7.4, Valkey 9).
    bool asksSizes = true;         ///< MEMORY USAGE (4.0), else every key is read in pages.
    bool hasStreamCounters = true; ///< XINFO STREAM tells entries-added (7.0).
};

/// Takes keys as they are read, on the reading thread. Each may fail with File.
class PartSink {
public:
    PartSink() = default;
    PartSink(const PartSink&) = delete;
    PartSink& operator=(const PartSink&) = delete;
    virtual ~PartSink() = default;

    /// Some whole keys.
    [[nodiscard]] virtual Status take(std::vector<KeyPart>&& keys, const std::stop_token& stop) = 0;
    /// A large key, in parts that follow each other; nothing else comes before endLarge().
    [[nodiscard]] virtual Status beginLarge(const std::stop_token& stop) = 0;
    [[nodiscard]] virtual Status takeLarge(KeyPart&& part) = 0;
    /// `isWhole`: it is complete; else what was given of it is to be forgotten.
    [[nodiscard]] virtual Status endLarge(bool isWhole) = 0;
};

/// Reads whole keys, of every type there are commands for: small ones many at once, large ones in pages of about a
/// megabyte. Tells what became of each that was read, or not. Where it fails (Network, Timeout, Cancelled, File),
/// `settled` says how many of `keys`, from the front, have their outcome. `lane` finds the owners of keys.
///
/// A large key whose number of elements has changed while it was read is read again; after three times it is told as
/// Outcome::Changed.
[[nodiscard]] Status readKeys(Lane& lane, const KeyBatch& keys, ReadingWays& ways, PartSink& sink,
    OutcomeSink& outcomes, std::size_t& settled, const std::stop_token& stop);

} // namespace keyglass
