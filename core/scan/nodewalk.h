// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/noderun.h"
#include "core/scan/pacer.h"
#include "core/scan/scanparts.h"
#include "core/scan/scanreply.h"

#include <deque>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace keyglass {

/// Walks one node's table with SCAN: which cursor is sent when, and what becomes of the answers.
///
/// Calls are sent ahead where that is allowed: the next one of a part from within the reply to the one before, and
/// calls of other parts beside it. Replies come in the order of the calls, those of INFO among them.
class NodeWalk {
public:
    /// `rest`: what is to be walked, of the process `end.runId` of the run; empty for all.
    NodeWalk(NodeRun& run, std::vector<ScanPart> rest);

    /// Walks to the end or a limit, or until something fails. Called again, it goes on where it was, after it has made
    /// sure that this is the same server process.
    [[nodiscard]] Status walk();
    /// The connection was closed: nothing is under way any more.
    void connectionLost();
    /// What is still to be walked for all keys that were not taken.
    [[nodiscard]] std::vector<ScanPart> rest();
    [[nodiscard]] std::vector<Cursor> cursors() const { return m_parts.cursors(); }
    /// Whether a SCAN was answered, or the user had paused the scan, since the last time this was asked: waits between
    /// tries begin short again, and patience is whole.
    [[nodiscard]] bool isPatienceWhole() { return std::exchange(m_isPatienceWhole, false); }
    /// After a reply that was more than the lane takes: whether smaller calls can be tried, which are sent from now on.
    [[nodiscard]] bool goesSmaller();

private:
    /// What was sent and is not answered yet.
    struct Owed {
        std::optional<std::size_t> part; ///< Nothing: the stats were asked for.
        ScanCall call;
        bool withType = false;
    };

    Status verifyProcess();
    void beginAgain(const QString& reason);
    Status sendAll();
    Status sendScan(std::size_t part, Cursor cursor, int others);
    void sendEarly(Cursor cursor);
    Status sendStats();
    [[nodiscard]] bool waitUntilDue();
    [[nodiscard]] bool mayBeSent() const;
    [[nodiscard]] bool reachedLimit();
    [[nodiscard]] int countFor(std::size_t part, Cursor from);
    void splitFor(int underWay);
    Status receiveNext();
    Status receiveStats();
    Status receiveScan();
    Status take(std::size_t part, Cursor cursor);
    [[nodiscard]] bool goesRound(Cursor cursor);
    void callAnswered(const Owed& owed);
    [[nodiscard]] bool typesByPipeline() const { return !m_run.request.type.empty() && !m_scanTakesType; }
    /// Each key has to be asked for something, so that nothing can be sent ahead.
    [[nodiscard]] bool asksKeys() const { return typesByPipeline() || !m_run.request.predicate.isEmpty(); }
    [[nodiscard]] int window() const;
    [[nodiscard]] bool mayUseParts(bool isProven) const;

    NodeRun& m_run;
    ScanParts m_parts;
    std::optional<Pacer> m_pacer; ///< Made with the first connection; none for a fixed COUNT.
    std::deque<Owed> m_owed;
    int m_scansOwed = 0;              ///< Those of m_owed that are SCANs.
    std::optional<Error> m_sendError; ///< Why sending early failed; told by the next wait.
    std::uint64_t m_opening = 0;      ///< The lane's opening that the cursors were verified on; 0: none yet.
    std::uint64_t m_examinedSent = 0;
    std::uint64_t m_scansSent = 0;
    Clock::time_point m_dueAt{}; ///< The next call is not sent before.
    Clock::time_point m_receiveBegan{};
    bool m_sizeKnown = false;
    bool m_scanTakesType = true;
    bool m_isProven = false;
    bool m_isDisordered = false; ///< Its cursors went backwards: no parts any more.
    bool m_isPatienceWhole = false;
    Cursor m_mark; ///< One that came lately. No cursor comes twice, but from a server that never comes to an end.
    std::uint64_t m_answersSinceMark = 0;
    std::uint64_t m_answersToMark = 1; ///< Then the mark is set anew; doubles, so that no circle is too large for it.
    int m_countCap = std::numeric_limits<int>::max(); ///< Less where replies were larger than the lane takes.
    int m_tooLarge = 0;                               ///< The COUNT whose reply was just too large; 0: none was.
    ScanReply m_reply;
};

} // namespace keyglass
