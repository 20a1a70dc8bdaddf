// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that are watched for what others do to them.
#include "core/session/session_p.h"

#include <utility>

namespace keyglass {

void Session::watchKey(const std::string& key, ValueSight sight)
{
    m_d->watchedKeys.insert_or_assign(key, sight);
    if (m_d->watcher) {
        m_d->watcher->watch(key, std::move(sight));
    } else if (m_d->workers) {
        m_d->startWatching();
    }
}

void Session::unwatchKey(const std::string& key)
{
    m_d->watchedKeys.erase(key);
    if (m_d->watcher) {
        m_d->watcher->forget(key);
    }
}

std::optional<KeyWatching> Session::watchingOf(const std::string& key) const
{
    if (!m_d->watcher) {
        return std::nullopt;
    }
    const auto at = m_d->watchWays.find(m_d->watcher->places().placeOf(key));
    return at == m_d->watchWays.end() ? std::nullopt : std::optional(at->second);
}

/// With each connection, and with other databases: what was watched before is unsure, as nobody was told meanwhile.
void Session::Private::startWatching()
{
    watcher.reset();
    watchWays.clear();
    if (watchedKeys.empty()) {
        return;
    }
    KeyWatcher::Listener listener;
    listener.news = [this](const KeyNews& news) {
        post([this, news] {
            if (watchedKeys.contains(news.key)) {
                Q_EMIT q.keyNews(news);
            }
        });
    };
    listener.waysChanged = [this](const KeyPlaces::Place& place, const KeyWatching& ways) {
        post([this, place, ways] {
            watchWays.insert_or_assign(place, ways);
            Q_EMIT q.watchingChanged();
        });
    };
    watcher = std::make_unique<KeyWatcher>(KeyPlaces(*source, databases), std::move(listener));
    for (const auto& [key, sight] : watchedKeys) {
        watcher->watch(key, sight);
    }
}

} // namespace keyglass
