// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// A place in one server process's keyspace, as the server gave it: 64 opaque bits, of which only `== 0` means
/// something.
struct Cursor {
    std::uint64_t value = 0;
    friend bool operator==(Cursor, Cursor) = default;
};

/// Which of the request's limits ended a scan.
enum class ScanLimit { MaxKeys, MaxIterations, MaxTime };

/// How the scan of one node ended.
struct NodeScanEnd {
    QString node;                   ///< "10.0.0.7:7001"
    std::optional<Error> stoppedBy; ///< Empty at the end of the keyspace and when a limit was reached.
    std::optional<ScanLimit> limit; ///< The limit that ended it.
    Cursor resumeFrom; ///< The first cursor whose keys were not handed on: going on there loses nothing on the same
                       ///< process.
    std::string runId; ///< The server process the cursor belongs to; empty where INFO is refused.
    std::uint64_t calls = 0;
    std::uint64_t keys = 0;         ///< Keys handed on, repeats included.
    std::uint64_t expectedKeys = 0; ///< DBSIZE at the start; 0 where it is not known.
    double share = 0;               ///< Of the table walked, 0 to 1; 1 only at the end of the keyspace.
    int largestCount = 0;           ///< The largest COUNT used.
    int restarts = 0;               ///< How often it began again at 0 because the server process had changed.

    [[nodiscard]] bool isComplete() const { return !stoppedBy && !limit; }
};

/// What became of a whole scan: a partial result is a value with its gaps named.
struct ScanReport {
    std::vector<NodeScanEnd> nodes;
    std::chrono::milliseconds elapsed{0}; ///< Pauses not counted.
    bool usedKeysCommand = false;

    [[nodiscard]] bool isComplete() const;
    /// True where a limit the user set ended it.
    [[nodiscard]] std::optional<ScanLimit> limit() const;
    /// Nodes that failed or were given up, in order.
    [[nodiscard]] std::vector<const NodeScanEnd*> partialNodes() const;
    [[nodiscard]] std::uint64_t calls() const;
    [[nodiscard]] std::uint64_t keys() const;
    [[nodiscard]] double share() const;
    [[nodiscard]] int largestCount() const;
    /// The value of the reached limit that would probably let the scan finish; nothing where it can't be told.
    [[nodiscard]] std::optional<std::uint64_t> limitToFinish() const;
};

/// How far a running scan is. Counters of different nodes are added; read at any time from any thread.
struct ScanProgress {
    std::uint64_t keys = 0;
    std::uint64_t calls = 0;
    std::uint64_t expectedKeys = 0;                     ///< 0: not known.
    double share = 0;                                   ///< 0 to 1; 1 only when every node is done.
    std::chrono::milliseconds elapsed{0};               ///< Pauses not counted.
    std::optional<std::chrono::milliseconds> remaining; ///< From share and elapsed; nothing before it means something.
    bool paused = false;
    QString waitingFor; ///< Not empty while a lost node is being tried again: "10.0.0.7:7001: connection refused, next
                        ///< try in 2 s".
};

} // namespace keyglass
