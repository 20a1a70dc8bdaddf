// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/draftkeeper.h"

#include <algorithm>
#include <utility>

namespace keyglass {

DraftKeeper::DraftKeeper(QString folder)
    : m_store(std::move(folder))
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

DraftKeeper::~DraftKeeper()
{
    m_thread.request_stop(); // it writes what waits before it ends
}

void DraftKeeper::keep(Draft draft, Told told)
{
    Waiting waiting{draft.key, draft.cell, {}, std::move(told), 0};
    waiting.draft = std::move(draft);
    put(std::move(waiting));
}

void DraftKeeper::remove(const DraftKey& key, const EditedCell& cell)
{
    put({key, cell, std::nullopt, {}, 0});
}

void DraftKeeper::put(Waiting waiting)
{
    const QString name = DraftStore::fileName(waiting.key, waiting.cell);
    const std::scoped_lock lock(m_mutex);
    waiting.number = ++m_numbers;
    m_waiting[name] = std::move(waiting);
    m_wake.notify_all();
}

void DraftKeeper::claim(const DraftKey& key, const EditedCell& cell)
{
    const std::scoped_lock lock(m_mutex);
    m_claimed.insert(DraftStore::fileName(key, cell));
}

void DraftKeeper::release(const DraftKey& key, const EditedCell& cell)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto at = m_claimed.find(DraftStore::fileName(key, cell)); at != m_claimed.end()) {
        m_claimed.erase(at);
    }
}

std::vector<Draft> DraftKeeper::of(const DraftKey& key)
{
    const auto waiting = waitingNow();
    return offered(m_store.of(key), waiting, [&](const DraftKey& other) { return other == key; });
}

std::vector<Draft> DraftKeeper::ofProfile(const std::string& profile)
{
    const auto waiting = waitingNow();
    return offered(
        m_store.ofProfile(profile), waiting, [&](const DraftKey& other) { return other.profile == profile; });
}

/// To be asked before the files are read: what is written meanwhile is in one of the two.
std::map<QString, DraftKeeper::Waiting> DraftKeeper::waitingNow()
{
    const std::scoped_lock lock(m_mutex);
    return m_waiting;
}

/// What waits is newer than its file.
std::vector<Draft> DraftKeeper::offered(std::vector<Draft> stored, const std::map<QString, Waiting>& waiting,
    const std::function<bool(const DraftKey&)>& isWanted)
{
    std::erase_if(
        stored, [&](const Draft& draft) { return waiting.contains(DraftStore::fileName(draft.key, draft.cell)); });
    for (const auto& [name, one] : waiting) {
        if (one.draft && isWanted(one.key)) {
            stored.push_back(*one.draft);
        }
    }
    const std::scoped_lock lock(m_mutex);
    std::erase_if(
        stored, [&](const Draft& draft) { return m_claimed.contains(DraftStore::fileName(draft.key, draft.cell)); });
    std::stable_sort(stored.begin(), stored.end(), [](const Draft& a, const Draft& b) { return a.time > b.time; });
    return stored;
}

void DraftKeeper::flush()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_waiting.empty(); });
}

void DraftKeeper::run(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); })) {
        const auto [name, waiting] = *m_waiting.begin(); // copies: it stays to be found while it is written
        lock.unlock();
        write(waiting);
        lock.lock();
        if (const auto at = m_waiting.find(name); at != m_waiting.end() && at->second.number == waiting.number) {
            m_waiting.erase(at); // else there is a newer one by now
        }
        m_wake.notify_all();
    }
}

void DraftKeeper::write(const Waiting& waiting)
{
    Status written = ok();
    try {
        written = waiting.draft ? m_store.save(*waiting.draft) : m_store.remove(waiting.key, waiting.cell);
    } catch (const std::exception& trouble) {
        written = Error{ErrorKind::Limit, {}, QString::fromLatin1(trouble.what())};
    }
    if (waiting.told) {
        waiting.told(written);
    }
}

} // namespace keyglass
