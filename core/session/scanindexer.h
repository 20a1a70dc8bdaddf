// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/indexbuilder.h"
#include "core/scan/scanengine.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// One scan with the index it fills: scanners on threads of their own, batches sorted beside them, the index on the
/// calling thread.
///
/// Made for one run. run(), compact() and follow() block and belong to one thread; progress(), pause(), resume() and
/// amend() to any.
class ScanIndexer {
public:
    using Publish = std::function<void(std::shared_ptr<const Snapshot>)>;

    /// `builder` holds what is already known (from an earlier scan that is gone on with), or null for a new index sized
    /// for `expectedKeys`. With `refresh` only the keys of that prefix are scanned, and keys of it that are not found
    /// go.
    ScanIndexer(std::unique_ptr<ScanEngine> engine, std::unique_ptr<IndexBuilder> builder, std::uint64_t expectedKeys,
        std::optional<std::string> refresh = std::nullopt);
    /// The same over a fixed set of nodes.
    ScanIndexer(ScanRequest request, std::vector<ScanNode> nodes, std::unique_ptr<IndexBuilder> builder,
        std::uint64_t expectedKeys, std::optional<std::string> refresh = std::nullopt);
    ~ScanIndexer();

    /// Scans to the end, a limit, or `stop`. `publish` gets a snapshot as soon as there are keys, then every 100 ms,
    /// and a last one with everything.
    [[nodiscard]] ScanReport run(std::stop_token stop, const Publish& publish);
    /// Merges the index to its smallest form, publishing now and then. What is done stays done when stopped.
    void compact(std::stop_token stop, const Publish& publish);

    /// Keys that came or went by other ways than the scan: taken over by run() and follow() as they get to it.
    void amend(std::vector<std::string> added, std::vector<std::string> removed);
    /// Takes amendments over until `stop`, publishing after each.
    void follow(std::stop_token stop, const Publish& publish);

    /// The index, to be gone on with by another run. Only after run().
    [[nodiscard]] std::unique_ptr<IndexBuilder> takeBuilder();

    [[nodiscard]] ScanProgress progress() const { return m_engine->progress(); }
    void pause() { m_engine->pause(); }
    void resume() { m_engine->resume(); }

private:
    /// False where there was none.
    bool takeAmendments();
    void removeVanished(const std::shared_ptr<const Snapshot>& before);

    const std::unique_ptr<ScanEngine> m_engine;
    std::unique_ptr<IndexBuilder> m_builder;
    std::optional<std::string> m_refresh;
    std::unique_ptr<IndexBuilder> m_found; ///< While refreshing: what the scan of the prefix returned.

    struct Amendment {
        std::vector<std::string> added;
        std::vector<std::string> removed;
    };
    std::mutex m_mutex; ///< Guards m_amendments: they come from any thread.
    std::condition_variable_any m_amended;
    std::vector<Amendment> m_amendments;
};

} // namespace keyglass
