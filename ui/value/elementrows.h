// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"
#include "ui/value/fieldendclock.h"

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace keyglass::ui {

/// One row of a table of elements.
struct ElementRow {
    ValueRow cells;
    std::uint64_t number = 0;                       ///< Index or rank; else its place in the order of arrival.
    FieldEndClock::Time end = FieldEndClock::never; ///< Of a hash's field.
};

/// The rows of a collection that are loaded, found again by what names them. Grows at both ends at the cost of what is
/// added.
class ElementRows {
public:
    /// Begins anew. `named`: the first cell of a row is what it is addressed by (all but lists).
    void reset(bool named);

    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] const ElementRow& operator[](std::size_t row) const { return m_rows[row]; }
    /// Other cells for a row of the same name.
    void replace(std::size_t row, const ElementRow& by);
    void append(std::vector<ElementRow>&& rows);
    void prepend(std::vector<ElementRow>&& rows);
    /// New order: row `order[i]` becomes row i.
    void permute(const std::vector<std::uint32_t>& order);
    /// How much memory the rows take, about.
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

    [[nodiscard]] bool isNamed() const { return m_named; }
    [[nodiscard]] std::string nameOf(std::size_t row) const;
    /// -1: not loaded.
    [[nodiscard]] int rowOfName(const std::string& name) const;
    /// O(1) where the numbers grow or fall from row to row without gaps.
    [[nodiscard]] int rowOfNumber(std::uint64_t number) const;

private:
    void index(std::size_t row);

    std::deque<ElementRow> m_rows;
    std::unordered_multimap<std::size_t, std::int64_t>
        m_byHash;             ///< From the hash of a name to a row, counted from where row 0 was at first.
    std::int64_t m_first = 0; ///< What row 0 is counted as; falls with what is put before it.
    std::uint64_t m_bytes = 0;
    bool m_named = true;
};

} // namespace keyglass::ui
