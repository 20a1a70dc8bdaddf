// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace keyglass {

/// One row as it is stored.
struct TableRow {
    enum class State {
        Whole,
        Gone,      ///< Its id is listed and its hash is not there.
        WrongType, ///< Its key is no hash.
        Unread,    ///< It could not be read: `trouble` says why.
    };
    std::string id;
    State state = State::Whole;
    /// One for each column of the schema, in its order; nothing where the row has no such cell, which is not an empty
    /// one.
    std::vector<std::optional<std::string>> cells;
    std::vector<std::pair<std::string, std::string>> strays{}; ///< Fields that are no column.
    std::string trouble{};                                     ///< The server's words, of Unread.
    /// Column and value of the index entry that led to it, where the row does not have that value (any more).
    std::optional<std::pair<std::string, std::string>> staleEntry{};

    [[nodiscard]] bool isDamaged() const { return state != State::Whole; }
    /// How it was found is no part of it.
    friend bool operator==(const TableRow& one, const TableRow& other)
    {
        return std::tie(one.id, one.state, one.cells, one.strays, one.trouble)
            == std::tie(other.id, other.state, other.cells, other.strays, other.trouble);
    }
};

/// Which ids have come already: SSCAN may give one twice. Takes about a bit for each id that is a number.
class SeenIds {
public:
    /// False where it was there before.
    bool add(std::string_view id);
    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    static constexpr std::uint64_t perChunk = 65536;
    using Chunk = std::bitset<perChunk>;
    std::map<std::uint64_t, std::unique_ptr<Chunk>> m_numbers;
    std::set<std::string, std::less<>> m_others;
    std::uint64_t m_size = 0;
};

} // namespace keyglass
