// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/keynews.h"
#include "core/source/lane.h"
#include "core/source/redis/keytracking.h"
#include "core/value/valuesight.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace keyglass {

/// Watches keys of one database on one node: has the server tell of writes where it can and may (KeyTracking), else
/// looks at what is on screen of them every few seconds. Has a thread and lines of its own; idle, and without a
/// connection, while no key is watched.
///
/// All public functions may be called from any thread and return at once.
class NodeWatch {
public:
    using MakeLane = std::function<std::unique_ptr<Lane>()>;

    /// Called on the watch's thread, with no lock held.
    struct Listener {
        std::function<void(const KeyNews&)> news;            ///< The keys by the server's names.
        std::function<void(const KeyWatching&)> waysChanged; ///< How keys are watched from now on.
    };

    /// `makeLane` leads to this node alone.
    NodeWatch(MakeLane makeLane, Listener listener, Milliseconds lookEvery = Milliseconds{2000});
    NodeWatch(const NodeWatch&) = delete;
    NodeWatch& operator=(const NodeWatch&) = delete;
    ~NodeWatch(); ///< Within 100 ms.

    /// Watches `key`, or another sight of it.
    void watch(const std::string& key, ValueSight sight);
    void forget(const std::string& key);
    [[nodiscard]] bool isIdle();

private:
    struct Watched {
        ValueSight sight;
        bool isNew = true; ///< The server has not been asked to tell of it.
        std::optional<ValueGlance>
            lastSeen; ///< By looking; nothing before the first look. Without digest: of another sight.
    };

    void wake();
    void run(std::stop_token stop);
    void followTracking(const std::stop_token& stop);
    void followByLooking(const std::stop_token& stop);
    [[nodiscard]] bool openTracking(const std::stop_token& stop);
    void watchAllAnew();
    void watchNew(const std::stop_token& stop);
    void compareWithShown(const std::string& key, const std::stop_token& stop);
    void hear(const KeyTracking::Written& written, const std::stop_token& stop);
    void look(Lane& lane, const std::string& key, const std::stop_token& stop);
    void tell(const std::string& key, KeyNews::What what) const;
    void pause(Milliseconds time, const std::stop_token& stop);
    [[nodiscard]] std::vector<std::string> watchedAmong(const KeyTracking::Written& written);
    [[nodiscard]] std::vector<std::string> keysThatAre(bool onlyNew);

    const MakeLane m_makeLane;
    const Listener m_listener;
    const Milliseconds m_lookEvery;
    std::unique_ptr<KeyTracking> m_tracking; ///< On the thread only; null once it turned out not to work.
    bool m_wasLost = false;                  ///< On the thread only: what was watched is unsure until it is again.

    std::mutex m_mutex; ///< Guards what follows: callers change it, the thread follows.
    std::condition_variable_any m_wake;
    std::map<std::string, Watched> m_keys;
    bool m_isWoken = false;
    std::stop_source m_listening; ///< Ends a wait for messages, because there is something to do.
    std::jthread m_thread;        // last: joined first
};

} // namespace keyglass
