// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/source/lane.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// Hears from the server itself when keys are written, expire or go: one line reads the keys' types with CLIENT
/// TRACKING, which is redirected to a second one that has subscribed to `__redis__:invalidate` (RESP2, as described at
/// https://redis.io/docs/latest/develop/reference/client-side-caching/). Costs the server an entry for each key.
///
/// The server forgets a key with the first write that it tells of: who wants to hear of the next one watches it again.
/// It does not tell databases apart: a write to a key of the same name in another database is told, too. Both lanes
/// have to lead to the same server process, and to nothing else. Blocks; belongs to one thread.
class KeyTracking {
public:
    KeyTracking(std::unique_ptr<Lane> listener, std::unique_ptr<Lane> reader);

    /// Connects and subscribes; again after a failure. Permission (CLIENT TRACKING, SUBSCRIBE or the channel), Server
    /// or Unsupported where the server has no tracking; else as Lane::call.
    [[nodiscard]] Status open(std::stop_token stop);
    [[nodiscard]] bool isOpen() const;

    /// From now on the next write to each of these keys is told. The server's words for their types as of now ("none":
    /// not there), in their order; empty for a key that it did not answer for (MOVED, NOPERM). A failure of the line:
    /// nothing is told any more, open() has to come first.
    [[nodiscard]] Result<std::vector<std::string>> watch(std::span<const std::string> keys, std::stop_token stop);

    /// The line that tracks: what is read over it is tracked from then on, as by watch(). Only while it isOpen().
    [[nodiscard]] Lane& reader() { return *m_reader; }

    /// What was written.
    struct Written {
        bool everything = false; ///< FLUSHDB, FLUSHALL, or the server has lost count.
        std::vector<std::string> keys;
    };
    /// Waits up to `patience`; empty where nothing was written. A silent line is asked whether it still stands, so that
    /// a dead one is noticed. A stop is Cancelled and changes nothing. A failure of the line: as watch().
    [[nodiscard]] Result<Written> wait(Milliseconds patience, std::stop_token stop);

private:
    void close();
    [[nodiscard]] static Written writtenIn(const Reply& message);

    const std::unique_ptr<Lane> m_listener;
    const std::unique_ptr<Lane> m_reader;
    bool m_isTracking = false;
    std::uint64_t m_readerOpenings = 0; ///< Of the connection that tracks.
};

} // namespace keyglass
