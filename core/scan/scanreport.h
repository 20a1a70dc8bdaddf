// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QStringList>

#include <chrono>
#include <cstdint>
#include <memory>
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

/// A stretch of one server process's table that is still to be walked.
struct ScanPart {
    Cursor from;
    std::uint64_t until = 0; ///< The position (a cursor's bits reversed) at which it ends; 0: the end of the table.
    friend bool operator==(const ScanPart&, const ScanPart&) = default;
};

/// Which of the request's limits ended a scan.
enum class ScanLimit { MaxKeys, MaxIterations, MaxTime };

/// Where a node's scan is at.
enum class NodeScanState {
    Waiting,     ///< Not begun.
    Scanning,    ///< It answers.
    Silent,      ///< It owes an answer for more than 1.5 s, and is waited for.
    Retrying,    ///< Refused, reset or loading: tried again after a pause.
    Done,        ///< To the end of the keyspace.
    AtLimit,     ///< A limit of the request ended it.
    Interrupted, ///< Stopped by the user.
    GivenUp,     ///< `lastError` says why.
};

/// One node's line in the ledger of a scan: what was asked of it and how it answered. While the scan runs, a picture a
/// few times a second old at most; kept with the result.
struct NodeLedger {
    using WallTime = std::chrono::system_clock::time_point;
    using Microseconds = std::chrono::microseconds;

    QString node;       ///< "10.0.0.7:7001"
    QString role;       ///< "master", "replica"; empty for a server that is alone.
    QString slotRanges; ///< "0-5460 5462"; empty where there are none.
    std::string runId;  ///< The server process; empty where INFO is refused.
    NodeScanState state = NodeScanState::Waiting;
    std::vector<Cursor> cursors; ///< To be sent next; several where the table is walked in parts.

    std::uint64_t keys = 0;     ///< Handed on, repeats included.
    std::uint64_t calls = 0;    ///< SCANs sent.
    std::uint64_t examined = 0; ///< Sum of the COUNTs of the calls answered: what the server looked at, about.
    double callsPerSecond = 0;  ///< Over the last second or so; at the end, over the whole run.
    int count = 0;              ///< The COUNT in use.
    int largestCount = 0;
    int underWay = 0;                       ///< Calls sent at once: 1, or more where the table is walked in parts.
    int mostUnderWay = 0;                   ///< The most that there were at once.
    bool countIsMeasured = false;           ///< False: COUNT is a fixed one, or a guess.
    Microseconds lastLatency{0};            ///< From sending a call to its cursor, as seen from here.
    Microseconds meanLatency{0};            ///< The same over all calls,
    Microseconds p99Latency{0};             ///< its 99th percentile (to about 10 %),
    Microseconds maxLatency{0};             ///< and its maximum.
    Microseconds pauseBetween{0};           ///< What the pace leaves between two calls.
    std::optional<Microseconds> serverTime; ///< What a call takes the server itself, where that is known.

    std::uint64_t errors = 0;
    QString lastError;   ///< The kind and the server's or system's words.
    int wentOn = 0;      ///< How often it went on from its cursor after an interruption.
    int beganAgain = 0;  ///< How often it began again at 0.
    QString lastRestart; ///< Which of the two the last one was, and why. Empty: none.
    QString trouble;     ///< What is wrong right now: "connection refused, trying again". Empty: nothing.
    std::optional<WallTime> started;
    std::optional<WallTime> finished;
    std::optional<WallTime> silentSince; ///< When it last answered, once it owes an answer for more than 1.5 s.

    [[nodiscard]] double keysPerCall() const;
    /// The pattern's efficiency: keys handed on for each one that the server looked at; 0 before there are any.
    [[nodiscard]] double keysPerExamined() const;
};

/// "2026-11-21T11:42:07", local time; empty for nothing.
[[nodiscard]] QString isoText(const std::optional<NodeLedger::WallTime>& time);

/// How the scan of one node ended.
struct NodeScanEnd {
    QString node;                   ///< "10.0.0.7:7001"
    std::optional<Error> stoppedBy; ///< Empty at the end of the keyspace and when a limit was reached.
    std::optional<ScanLimit> limit; ///< The limit that ended it.
    Cursor resumeFrom;              ///< The first cursor whose keys were not handed on: going on there loses nothing on
                                    ///< the same process. 0 where that takes several cursors: then see `rest`.
    std::vector<ScanPart> rest; ///< What was not handed on; empty when complete. Going on there loses nothing either.
    std::string runId;          ///< The server process the cursor belongs to; empty where INFO is refused.
    std::uint64_t calls = 0;
    std::uint64_t keys = 0;         ///< Keys handed on, repeats included.
    std::uint64_t expectedKeys = 0; ///< DBSIZE at the start; 0 where it is not known.
    double share = 0;               ///< Of the table walked, 0 to 1; 1 only at the end of the keyspace.
    int largestCount = 0;           ///< The largest COUNT used.
    int restarts = 0;               ///< How often it began again at 0 because the server process had changed.
    NodeLedger ledger;              ///< Its line as it was at the end.
    std::string nodeId;             ///< In a cluster; of one among several databases, its root.
    std::size_t slots = 0;          ///< In a cluster: how many it had.
    QString replacedBy; ///< In a cluster: who owns its slots now, and was read instead. Then it misses nothing.

    [[nodiscard]] bool isComplete() const { return !stoppedBy && !limit; }
};

struct ClusterScanMemory;

/// What a scan of a cluster learnt of slots on the move.
struct ClusterFindings {
    QString orphanSlots;    ///< Slots without a master; empty: none.
    QString unsettledSlots; ///< Slots that were still on the move when the scan gave up reading them again.
    QStringList unwatched;  ///< Nodes that forbid CLUSTER NODES: whether slots moved there is not known.
    int roundsAgain = 0;    ///< How often slots that had moved were read again.
    bool hasReadBoth =
        false; ///< By request masters and replicas: what came more than once is what they have in common.
    /// What a scan that goes on from this one needs.
    std::shared_ptr<const ClusterScanMemory> memory;

    [[nodiscard]] bool hasGaps() const { return !orphanSlots.isEmpty() || !unsettledSlots.isEmpty(); }
};

/// What became of a whole scan: a partial result is a value with its gaps named.
struct ScanReport {
    std::vector<NodeScanEnd> nodes;
    std::chrono::milliseconds elapsed{0}; ///< Pauses not counted.
    std::uint64_t duplicates = 0; ///< Keys that came again and stand in the list once: of a node and its replica, of a
                                  ///< table that was rehashed, of slots that were read again.
    bool usedKeysCommand = false;
    std::optional<ClusterFindings> cluster; ///< Nothing for a server that is alone.

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
    std::vector<NodeLedger> nodes; ///< In the order of the scan's nodes.
};

} // namespace keyglass
