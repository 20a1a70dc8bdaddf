// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/value/keydetails.h"

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace keyglass::ui {

/// How far the details of a key's row are known.
enum class RowDetails {
    NotAsked,
    Loading,
    There,
    Outdated, ///< There once, and to be asked again: shown as they were.
    Gone,     ///< The server said that there is no such key; struck out until the keys are read anew.
};

/// What is known of keys that were on screen lately, by their bytes. Bounded: what was not looked at longest goes
/// first.
class DetailsCache {
public:
    struct Entry {
        RowDetails state = RowDetails::NotAsked;
        KeyDetails details;
        Clock::time_point at; ///< When they came.

        /// Time left at `now`; nothing for keys without one.
        [[nodiscard]] std::optional<Milliseconds> ttl(Clock::time_point now) const;
    };

    explicit DetailsCache(std::size_t mostBytes = 16U << 20U)
        : m_mostBytes(mostBytes)
    {
    }

    /// Null if nothing is known. Valid until the next call that changes the cache.
    [[nodiscard]] const Entry* find(std::string_view key) const;
    [[nodiscard]] RowDetails state(std::string_view key) const;
    /// Marks these as asked for; those that were and are not among them are not asked any more.
    void ask(const std::vector<std::string>& keys);
    void put(const KeyDetails& details, Clock::time_point now);
    void outdate(std::string_view key);
    /// Everything is to be asked again when it is next seen; keys that were gone may be back.
    void outdateAll();
    void clear();
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view bytes) const { return std::hash<std::string_view>()(bytes); }
    };
    using Order = std::list<std::string>; // the one used last in front

    struct Place {
        Entry entry;
        Order::iterator order;
    };
    Entry& entryFor(const std::string& key);
    void forget(std::string_view key);
    static std::size_t cost(std::string_view key) { return 2 * key.size() + sizeof(Place) + 100; }

    std::unordered_map<std::string, Place, Hash, std::equal_to<>> m_entries;
    Order m_order;
    std::vector<std::string> m_asked;
    std::size_t m_bytes = 0;
    std::size_t m_mostBytes;
};

} // namespace keyglass::ui
