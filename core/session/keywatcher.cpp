// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/keywatcher.h"

#include "core/index/keyroot.h"

#include <utility>

namespace keyglass {

KeyWatcher::KeyWatcher(KeyPlaces places, Listener listener)
    : m_places(std::move(places))
    , m_listener(std::move(listener))
{
}

void KeyWatcher::watch(const std::string& key, ValueSight sight)
{
    const KeyPlaces::Place place = m_places.placeOf(key);
    m_keys.insert_or_assign(key, Watched{place, sight});
    watchAt(place).watch(m_places.plain(key), std::move(sight));
}

void KeyWatcher::forget(const std::string& key)
{
    const auto at = m_keys.find(key);
    if (at == m_keys.end()) {
        return;
    }
    const auto watch = m_watches.find(at->second.place);
    m_keys.erase(at);
    watch->second->forget(m_places.plain(key));
    if (watch->second->isIdle()) {
        m_watches.erase(watch); // and its connections go
    }
}

void KeyWatcher::placeAnew()
{
    std::map<std::string, ValueSight> moved;
    for (const auto& [key, watched] : m_keys) {
        if (m_places.placeOf(key) != watched.place) {
            moved.emplace(key, watched.sight);
        }
    }
    for (auto& [key, sight] : moved) {
        forget(key);
        watch(key, std::move(sight));
        m_listener.news(KeyNews{key, KeyNews::What::Unsure, std::chrono::system_clock::now()});
    }
}

NodeWatch& KeyWatcher::watchAt(const KeyPlaces::Place& place)
{
    auto& found = m_watches[place];
    if (!found) {
        NodeWatch::Listener listener;
        const std::string root = m_places.hasRoots() ? rootOf(place.database) : std::string();
        listener.news = [this, root](
                            const KeyNews& news) { m_listener.news(KeyNews{root + news.key, news.what, news.at}); };
        listener.waysChanged = [this, place](const KeyWatching& ways) { m_listener.waysChanged(place, ways); };
        found = std::make_unique<NodeWatch>(
            [this, place] {
                const SourceAccess& source = m_places.source();
                return source.nodeLane(place.database, place.nodeId, source.sparing());
            },
            std::move(listener));
    }
    return *found;
}

} // namespace keyglass
