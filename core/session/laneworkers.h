// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/keyplaces.h"
#include "core/session/laneworker.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// The interactive lanes of a session: one worker with its thread, or in a cluster one for each master in use, so that
/// a silent node holds up nobody but its own keys.
///
/// Belongs to the session's thread; the listener is called on the workers'.
class LaneWorkers {
public:
    struct Listener {
        std::function<void(const std::string& nodeId, const Error&)> lineLost;
        std::function<void(const std::string& nodeId, std::chrono::microseconds)> answered;
        std::function<void(DetailsFor, LaneWorker::Details)> details;
    };

    /// A worker is begun as it is needed. `source` is copied. With several databases there is one for each in use, and
    /// keys stand behind their database's root (keyroot.h) wherever they are given or told.
    LaneWorkers(const SourceAccess& source, std::vector<int> databases, Listener listener);

    /// Whose thread a key's requests go to.
    [[nodiscard]] LaneWorker& forKey(std::string_view key);
    /// For what concerns no key.
    [[nodiscard]] LaneWorker& any();
    /// Replaces one's wish with all workers.
    void wishDetails(DetailsFor whom, const std::vector<std::string>& keys, DetailColumns columns);
    /// Ends the workers of nodes that are no masters any more; what they have not begun is answered with Cancelled.
    void dropVanished();

private:
    using Place = KeyPlaces::Place;

    [[nodiscard]] LaneWorker& worker(const Place& place);
    void tellDetails(int database, DetailsFor whom, const LaneWorker::Details& details) const;

    const KeyPlaces m_places;
    const Listener m_listener;
    std::map<Place, std::unique_ptr<LaneWorker>> m_workers;
};

} // namespace keyglass
