// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace keyglass {

/// Places of rows, as disjoint stretches: a million rows in one go cost as much as one row. A value.
class RowSet {
public:
    struct Stretch {
        std::uint64_t first = 0;
        std::uint64_t end = 0;
        friend bool operator==(const Stretch&, const Stretch&) = default;
    };

    void clear();
    void add(const Stretch& rows);
    void remove(const Stretch& rows);
    [[nodiscard]] bool contains(std::uint64_t row) const;
    [[nodiscard]] bool isEmpty() const { return m_ends.empty(); }
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    /// In order.
    [[nodiscard]] std::vector<Stretch> stretches() const;

private:
    void splitAt(std::uint64_t row);

    std::map<std::uint64_t, std::uint64_t> m_ends; // by their first rows; none touch
    std::uint64_t m_count = 0;
};

} // namespace keyglass
