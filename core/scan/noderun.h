// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/scan/ledgerkeeper.h"
#include "core/scan/nodescanner.h"

#include <span>

namespace keyglass {

/// One run of a scanner: what the ways of finding keys share, and the keys on their way to the sink.
class NodeRun {
public:
    NodeRun(Lane& lane, const ScanRequest& request, ScanControl& control, NodeProgress& progress, std::stop_token stop,
        const NodeScanner::Sink& sink);

    Lane& lane;
    const ScanRequest& request;
    ScanControl& control;
    NodeProgress& progress;
    const std::stop_token stop;
    LedgerKeeper ledger;
    NodeScanEnd end;
    KeyBatch arriving; ///< Keys of the reply being received.

    /// Takes the keys that arrived into the gathered ones and hands those on when they are enough. False: the run is
    /// over, by a limit (`end.limit`) or because the sink takes no more.
    [[nodiscard]] bool gather();
    /// Hands on what is gathered. False: the sink takes no more.
    [[nodiscard]] bool flush();
    /// The sink has taken the keys of every reply that was gathered.
    [[nodiscard]] bool isAllTaken() const { return m_gathered.isEmpty() && !m_refused; }
    /// Asks of each arrived key what SCAN can't tell (its type only with `asksType`) and keeps those wanted. Replies
    /// that are owed are dropped.
    [[nodiscard]] Status keepWanted(bool asksType);
    [[nodiscard]] Error cancelled() const;
    /// How a step ended whose gather() gave `goesOn`.
    [[nodiscard]] Status ended(bool goesOn) const;

private:
    [[nodiscard]] Result<bool> wants(std::span<const Reply> answers, bool asksType) const;

    const NodeScanner::Sink& m_sink;
    KeyBatch m_gathered; ///< Keys of whole replies, not handed on yet.
    Clock::time_point m_gatheringSince{};
    bool m_handedOnAny = false;
    bool m_refused = false;
};

} // namespace keyglass
