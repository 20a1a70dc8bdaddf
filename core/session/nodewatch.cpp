// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/nodewatch.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds listenFor{5000};
constexpr Milliseconds tryAgainAfter{2000};
/// A key that is written all the time is told of this often at most.
constexpr Milliseconds gatherFor{150};

/// Whether another try may go better: what a server does not know or does not allow stays so.
bool isOfTheLine(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Protocol:
    case ErrorKind::Limit:
    case ErrorKind::Loading:
    case ErrorKind::Auth:
    case ErrorKind::Cancelled:
        return true;
    default:
        return false;
    }
}

} // namespace

NodeWatch::NodeWatch(MakeLane makeLane, Listener listener, Milliseconds lookEvery)
    : m_makeLane(std::move(makeLane))
    , m_listener(std::move(listener))
    , m_lookEvery(lookEvery)
    , m_thread([this](std::stop_token stop) { run(std::move(stop)); })
{
}

NodeWatch::~NodeWatch()
{
    m_thread.request_stop();
    wake();
}

void NodeWatch::watch(const std::string& key, ValueSight sight)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto [at, isNew] = m_keys.try_emplace(key);
        if (!isNew && at->second.sight == sight) {
            return;
        }
        const bool isSamePlace = at->second.sight.isSamePlace(sight);
        at->second.sight = std::move(sight);
        if (at->second.lastSeen && !isSamePlace) { // of other elements; type, length and end are still compared
            at->second.lastSeen->digest.clear();
            at->second.lastSeen->ends.clear();
        }
    }
    wake();
}

void NodeWatch::forget(const std::string& key)
{
    const std::lock_guard lock(m_mutex);
    m_keys.erase(key);
}

bool NodeWatch::isIdle()
{
    const std::lock_guard lock(m_mutex);
    return m_keys.empty();
}

void NodeWatch::wake()
{
    std::stop_source listening;
    {
        const std::lock_guard lock(m_mutex);
        m_isWoken = true;
        listening = m_listening;
    }
    listening.request_stop();
    m_wake.notify_one();
}

void NodeWatch::run(std::stop_token stop)
{
    m_tracking = std::make_unique<KeyTracking>(m_makeLane(), m_makeLane());
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this] { return !m_keys.empty(); });
        }
        if (stop.stop_requested()) {
            break;
        }
        if (m_tracking) {
            followTracking(stop);
        } else {
            followByLooking(stop);
        }
    }
    m_tracking.reset(); // on the thread that has used it
}

// --- told by the server

void NodeWatch::followTracking(const std::stop_token& stop)
{
    if (!m_tracking->isOpen() && !openTracking(stop)) {
        return;
    }
    watchNew(stop);
    std::stop_source listening;
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_isWoken, false)) {
            return; // something came while the others were seen to
        }
        m_listening = listening;
    }
    const std::stop_callback end(stop, [&listening] { listening.request_stop(); });
    const auto written = m_tracking->wait(listenFor, listening.get_token());
    if (written) {
        hear(*written, stop);
    }
    m_wasLost = m_wasLost || !m_tracking->isOpen();
}

bool NodeWatch::openTracking(const std::stop_token& stop)
{
    const Status opened = m_tracking->open(stop);
    if (opened) {
        watchAllAnew();
        m_listener.waysChanged(KeyWatching{true, {}, {}});
        return true;
    }
    if (isOfTheLine(opened.error())) {
        m_wasLost = true;
        pause(tryAgainAfter, stop);
        return false;
    }
    m_tracking.reset();
    m_listener.waysChanged(KeyWatching{false, m_lookEvery, opened.error()});
    return false;
}

void NodeWatch::watchAllAnew()
{
    const std::lock_guard lock(m_mutex);
    for (auto& [key, watched] : m_keys) {
        watched.isNew = true;
    }
}

std::vector<std::string> NodeWatch::keysThatAre(bool onlyNew)
{
    std::vector<std::string> keys;
    const std::lock_guard lock(m_mutex);
    for (auto& [key, watched] : m_keys) {
        if (!onlyNew || std::exchange(watched.isNew, false)) {
            keys.push_back(key);
        }
    }
    return keys;
}

void NodeWatch::watchNew(const std::stop_token& stop)
{
    const auto keys = keysThatAre(true);
    if (keys.empty()) {
        return;
    }
    const auto types = m_tracking->watch(keys, stop);
    if (!types) {
        m_wasLost = true;
        return;
    }
    if (std::exchange(m_wasLost, false)) {
        std::ranges::for_each(keys, [this](const std::string& key) { tell(key, KeyNews::What::Unsure); });
        return;
    }
    std::ranges::for_each(keys, [&](const std::string& key) { compareWithShown(key, stop); });
}

/// The value was read before it was watched: what was written in between is told by nobody.
void NodeWatch::compareWithShown(const std::string& key, const std::stop_token& stop)
{
    ValueSight sight;
    {
        const std::lock_guard lock(m_mutex);
        const auto at = m_keys.find(key);
        if (at == m_keys.end() || !at->second.sight.shown) {
            return;
        }
        sight = at->second.sight;
    }
    const auto now = lookAgain(m_tracking->reader(), key, sight, stop);
    m_wasLost = m_wasLost || !m_tracking->isOpen();
    if (now && differs(*sight.shown, *now)) {
        tell(key, now->isGone() ? KeyNews::What::Gone : KeyNews::What::Written);
    }
}

std::vector<std::string> NodeWatch::watchedAmong(const KeyTracking::Written& written)
{
    if (written.everything) {
        return keysThatAre(false);
    }
    std::vector<std::string> keys;
    const std::lock_guard lock(m_mutex);
    std::ranges::copy_if(
        written.keys, std::back_inserter(keys), [this](const std::string& key) { return m_keys.contains(key); });
    return keys;
}

/// Told once the key is watched again, so that who looks at it then is told of every later write.
void NodeWatch::hear(const KeyTracking::Written& written, const std::stop_token& stop)
{
    const auto keys = watchedAmong(written);
    if (keys.empty()) {
        return;
    }
    pause(gatherFor, stop);
    const auto types = m_tracking->watch(keys, stop);
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const std::string type = types ? (*types)[at] : std::string();
        tell(keys[at], type == "none" ? KeyNews::What::Gone : KeyNews::What::Written);
    }
    m_wasLost = m_wasLost || !types;
}

// --- by looking

void NodeWatch::followByLooking(const std::stop_token& stop)
{
    const auto lane = m_makeLane();
    while (!stop.stop_requested()) {
        const auto keys = keysThatAre(false);
        if (keys.empty()) {
            return; // and its connection goes
        }
        for (const std::string& key : keys) {
            look(*lane, key, stop);
        }
        pause(m_lookEvery, stop);
    }
}

void NodeWatch::look(Lane& lane, const std::string& key, const std::stop_token& stop)
{
    ValueSight sight;
    {
        const std::lock_guard lock(m_mutex);
        const auto at = m_keys.find(key);
        if (at == m_keys.end()) {
            return;
        }
        sight = at->second.sight;
    }
    const auto now = lookAgain(lane, key, sight, stop);
    if (!now) {
        return; // the session tells of a line that is lost; the next look goes on from what was seen before
    }
    std::optional<ValueGlance> before;
    {
        const std::lock_guard lock(m_mutex);
        const auto at = m_keys.find(key);
        if (at == m_keys.end() || at->second.sight != sight) {
            return;
        }
        before = std::exchange(at->second.lastSeen, *now);
    }
    if (!before) {
        before = sight.shown;
    } else if (before->digest.empty() && sight.shown) { // other elements, of which is known how they were read
        before->digest = sight.shown->digest;
        before->ends = sight.shown->ends;
    }
    if (before && differs(*before, *now)) {
        tell(key, now->isGone() ? KeyNews::What::Gone : KeyNews::What::Written);
    }
}

void NodeWatch::tell(const std::string& key, KeyNews::What what) const
{
    m_listener.news(KeyNews{key, what, std::chrono::system_clock::now()});
}

/// Less, where there is something to do.
void NodeWatch::pause(Milliseconds time, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, stop, time, [this] { return m_isWoken; });
    m_isWoken = false;
}

} // namespace keyglass
