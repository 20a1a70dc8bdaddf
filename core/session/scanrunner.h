// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/mailbox.h"
#include "core/session/scanindexer.h"

#include <atomic>
#include <memory>
#include <thread>

namespace keyglass {

/// A ScanIndexer on a thread of its own, for a session: publishes into a mailbox, tells when it ended, then compacts
/// and takes over what comes and goes by other ways.
class ScanRunner {
public:
    struct Listener {
        std::function<void(std::shared_ptr<const Snapshot>)> published; ///< On the runner's thread.
        std::function<void(ScanReport)> ended; ///< On the runner's thread; compacting goes on after it.
    };

    ScanRunner(std::unique_ptr<ScanIndexer> indexer, Listener listener);
    ScanRunner(const ScanRunner&) = delete;
    ScanRunner& operator=(const ScanRunner&) = delete;
    ~ScanRunner(); ///< Stops (within 100 ms) and joins.

    void stop();
    void pause() { m_indexer->pause(); }
    void resume() { m_indexer->resume(); }
    /// As ScanIndexer::amend().
    void amend(std::vector<std::string> added, std::vector<std::string> removed)
    {
        m_indexer->amend(std::move(added), std::move(removed));
    }
    [[nodiscard]] ScanProgress progress() const { return m_indexer->progress(); }

    /// Stops, joins, and gives the index on to the next run.
    [[nodiscard]] std::unique_ptr<IndexBuilder> finish();
    /// How it ended; only after finish().
    [[nodiscard]] const std::optional<ScanReport>& report() const { return m_report; }

private:
    void run(std::stop_token stop);

    const std::unique_ptr<ScanIndexer> m_indexer;
    const Listener m_listener;
    std::optional<ScanReport> m_report; ///< Written by the thread, read once it is joined.
    std::jthread m_thread;              // last: joined first
};

} // namespace keyglass
