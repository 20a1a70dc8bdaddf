// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/runcursor.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace keyglass {

/// What an entry of a run says: the key is there, or one such key is taken away (a tombstone).
enum class RunKind { Keys, Tombstones };

/// What an entry counts for.
[[nodiscard]] constexpr int sign(RunKind kind)
{
    return kind == RunKind::Keys ? 1 : -1;
}

/// Gives the keys of several runs in order, equal ones after each other.
///
/// A loser tree that remembers, for each key that waits, how much it shares with the key given last (Bingmann, Eberle,
/// Sanders: "Engineering Parallel String Sorting", LCP loser tree). The key that shares more is smaller, without a
/// look at its bytes; only where two share the same are bytes compared, and only from there on.
class MergeTree {
public:
    /// A run's cursor, at its first key; before start().
    void add(RunCursor&& cursor, RunKind kind);
    /// Plays all against all: after the last add(), and after moving cursors by hand.
    void start();

    [[nodiscard]] bool isValid() const { return m_winner < m_streams.size() && m_streams[m_winner].cursor.isValid(); }
    [[nodiscard]] std::string_view key() const { return m_streams[m_winner].cursor.key(); }
    [[nodiscard]] RunKind kind() const { return m_streams[m_winner].kind; }
    /// What key() shares with the key before; 0 after start().
    [[nodiscard]] std::size_t shared() const { return static_cast<std::size_t>(m_shared); }
    /// Goes to the next key.
    void next();

    [[nodiscard]] std::size_t winner() const { return m_winner; } ///< The run that key() is from, as counted by add().
    [[nodiscard]] std::size_t size() const { return m_streams.size(); }
    [[nodiscard]] RunCursor& cursor(std::size_t stream) { return m_streams[stream].cursor; }
    [[nodiscard]] const RunCursor& cursor(std::size_t stream) const { return m_streams[stream].cursor; }
    [[nodiscard]] RunKind kind(std::size_t stream) const { return m_streams[stream].kind; }
    /// The smallest key of the runs other than the winner's; nothing where they are all read.
    [[nodiscard]] std::optional<std::string_view> runnerUp() const;

private:
    using Shared = std::ptrdiff_t; // with the key given last; `exhausted` where a run is read to its end
    static constexpr Shared exhausted = -1;

    struct Stream {
        RunCursor cursor;
        RunKind kind;
    };
    struct Loser {
        std::size_t stream = 0;
        Shared shared = exhausted;
    };
    void play(std::size_t node, Loser& contender);
    [[nodiscard]] Loser playBelow(std::size_t node);

    std::vector<Stream> m_streams;
    std::vector<Loser> m_losers; // of the matches 1 .. streams - 1; match n is between the winners of 2n and 2n + 1
    std::size_t m_winner = 0;
    Shared m_shared = 0;
};

} // namespace keyglass
