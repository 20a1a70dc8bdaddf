// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/console/commandparts.h"
#include "core/console/consoleanswer.h"
#include "core/console/scanbound.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "core/source/redis/clustermap.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class ScanRun;

/// What a console talks to.
struct ConsoleSource {
    std::shared_ptr<const CommandGate> gate;
    std::shared_ptr<ClusterMap> cluster; ///< Null where it is none.
    /// A lane to the server; in a cluster, to the cluster from the side of this node (by id; empty: any).
    std::function<std::unique_ptr<Lane>(const std::string& nodeId)> makeLane;
    Milliseconds longestWait{5000}; ///< How long these lanes wait for a reply.
    CommandLimits limits{};
};

/// Runs command lines as they are typed: anything a server knows, and scans with operations (RCP 6), which the client
/// does. What the gate says of a command holds here, too; what a connection with one reply per command can't do is
/// refused (checkForConsole()).
///
/// A plain command goes where its keys are. Its connection is kept for the next, so that MULTI and WATCH work; in a
/// cluster they need a node. A transaction is done whole or not at all: where a line was refused here since MULTI, or
/// could not even be read (missLine()), EXEC ends it and does nothing; scans with operations have no place in one.
/// Blocks; belongs to one thread.
class Console {
public:
    /// Takes the elements of a scan as they come, or the pairs of element and reply; an Error ends the scan with it.
    using Items = std::function<Status(std::vector<Reply>&&)>;
    struct Listener {
        Items items; ///< Not set: they stand in the answer's reply.
        std::function<void(const ConsoleProgress&)>
            progress; ///< After each reply of a scan and each slice of operations.
    };

    explicit Console(ConsoleSource source);

    /// The server's errors are replies. Errors: Input for what can't be run; ReadOnly and Confirm as the gate says,
    /// before anything is sent (a production server asks for every operation of a scan that does not just read);
    /// Network, Timeout, Cancelled, Limit where the lane or a scan's first step fails. A scan to the end that breaks
    /// off later is an answer with gaps, whose cursor is where it can be gone on with: those of that step may have been
    /// done.
    [[nodiscard]] Result<ConsoleAnswer> run(
        const ConsoleCommand& command, std::stop_token stop, const Listener& listener);
    [[nodiscard]] Result<ConsoleAnswer> run(const ConsoleCommand& command, std::stop_token stop);
    /// A line was typed that could not be taken apart into words: a transaction is missing it.
    void missLine();
    /// A command was stopped before it was sent: the same.
    void missCommand(const std::vector<std::string>& words) { missFromAll(words); }
    /// MULTI or WATCH has begun what would be lost with the console.
    [[nodiscard]] bool holdsState() const;
    /// What is told where it was lost.
    [[nodiscard]] static Error lostState(const QString& where);

private:
    struct Line {
        std::unique_ptr<Lane> lane;
        bool holdsState = false;                       ///< Between MULTI or WATCH and EXEC: lost with the connection.
        bool inTransaction = false;                    ///< Between MULTI and EXEC.
        std::optional<QString> missing{};              ///< The first command of the transaction that was refused.
        std::vector<std::vector<std::string>> asked{}; ///< Its commands that wait for the user's yes.
    };

    [[nodiscard]] Result<ConsoleAnswer> runPlain(const ConsoleCommand& command, std::stop_token stop);
    [[nodiscard]] Result<ConsoleAnswer> runOn(Line& line, const ConsoleCommand& request, std::stop_token stop) const;
    [[nodiscard]] Result<std::optional<ScanBound>> read(const ConsoleCommand& command) const;
    void missFromAll(const std::vector<std::string>& words);
    static void miss(Line& line, const std::vector<std::string>& words, ErrorKind why);
    [[nodiscard]] static Error abandon(Line& line, std::stop_token stop);
    [[nodiscard]] Status allowScanNow(const ConsoleCommand& command) const;
    [[nodiscard]] Result<ConsoleAnswer> runScan(
        const ConsoleCommand& command, const ScanBound& scan, std::stop_token stop, const Listener& listener);
    struct Walk;
    [[nodiscard]] Walk walk(ScanRun& run, Lane& lane, const ScanBound& scan, const ConsoleCommand& command,
        const std::stop_token& stop) const;
    [[nodiscard]] Lane& scanLane(const std::string& node);
    [[nodiscard]] Result<std::vector<std::string>> nodesFor(const ConsoleCommand& command, const ScanBound& scan) const;
    [[nodiscard]] Result<std::string> idOf(const QString& node) const;
    [[nodiscard]] Status allowOperation(Lane& lane, const ScanBound& scan, bool confirmed) const;
    [[nodiscard]] Status allowPlace(const Command& command, QStringList& notes, const Lane& lane) const;
    [[nodiscard]] Result<Line*> lineFor(const QString& node);

    const ConsoleSource m_source;
    std::map<std::string, std::unique_ptr<Lane>> m_scanLanes; ///< By node id.
    std::map<std::string, Line> m_lines;                      ///< By node id; "" for none.
};

} // namespace keyglass
