// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/keyplaces.h"
#include "core/session/nodewatch.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace keyglass {

/// All keys that a session watches, each at the node that has it, by their names in the list.
///
/// Belongs to the session's thread; the listener is called on the watches' threads.
class KeyWatcher {
public:
    struct Listener {
        std::function<void(const KeyNews&)> news;
        std::function<void(const KeyPlaces::Place&, const KeyWatching&)> waysChanged;
    };

    KeyWatcher(KeyPlaces places, Listener listener);

    void watch(const std::string& key, ValueSight sight);
    void forget(const std::string& key);
    /// The cluster's slots are elsewhere: keys are watched where they are now, and told to be Unsure.
    void placeAnew();
    [[nodiscard]] const KeyPlaces& places() const { return m_places; }

private:
    struct Watched {
        KeyPlaces::Place place;
        ValueSight sight;
    };

    [[nodiscard]] NodeWatch& watchAt(const KeyPlaces::Place& place);

    const KeyPlaces m_places;
    const Listener m_listener;
    std::map<std::string, Watched> m_keys;
    std::map<KeyPlaces::Place, std::unique_ptr<NodeWatch>> m_watches; // last: their threads use the listener
};

} // namespace keyglass
