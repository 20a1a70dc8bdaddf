// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/elementsorting.h"
#include "ui/value/rowchunks.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace keyglass::ui {

/// The rows of a collection that are loaded, found again by what names them. Grows at both ends at the cost of what is
/// added.
///
/// They stay where they came to be; an order laid over them says which is shown where, so that a new one costs nothing.
class ElementRows {
public:
    using Rows = RowChunks;

    /// Begins anew. `named`: the first cell of a row is what it is addressed by (all but lists).
    void reset(bool named);

    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] const ElementRow& operator[](std::size_t row) const { return m_rows[sourceOf(row)]; }
    /// Other cells for a row of the same name.
    void replace(std::size_t row, const ElementRow& by);
    void append(std::vector<ElementRow>&& rows);
    void prepend(std::vector<ElementRow>&& rows);

    /// The rows in the order they came in, for another thread to read: what changes here until they are given back,
    /// changes in a copy of the chunk it is in.
    [[nodiscard]] std::shared_ptr<const Rows> lend() const { return m_rows.lend(); }
    /// How they are shown; null: as they came.
    [[nodiscard]] std::shared_ptr<const RowOrder> order() const { return m_order; }
    /// `order`: of all rows that are there. O(1).
    void setOrder(std::shared_ptr<const RowOrder> order) { m_order = std::move(order); }
    /// How much memory the rows take, about.
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

    [[nodiscard]] bool isNamed() const { return m_named; }
    [[nodiscard]] std::string nameOf(std::size_t row) const;
    /// -1: not loaded.
    [[nodiscard]] int rowOfName(const std::string& name) const;
    /// As operator[], of rows that were lent, with the order laid over them then.
    [[nodiscard]] static const ElementRow& rowOf(const Rows& rows, const RowOrder* order, std::size_t row)
    {
        return rows[order ? order->sources[row] : row];
    }
    /// Of a list, whose numbers grow or fall from row to row as they come: O(1) without gaps, O(log n) with some, and
    /// whatever order is laid over them.
    [[nodiscard]] int rowOfNumber(std::uint64_t number) const;
    /// The same of rows that were lent: its place in the order they came in.
    [[nodiscard]] static std::optional<std::size_t> sourceOfNumber(const Rows& rows, std::uint64_t number);

private:
    void index(std::size_t source);
    [[nodiscard]] std::size_t sourceOf(std::size_t row) const { return m_order ? m_order->sources[row] : row; }
    [[nodiscard]] int rowOfSource(std::size_t source) const;

    Rows m_rows;
    std::shared_ptr<const RowOrder> m_order;
    std::unordered_multimap<std::size_t, std::int64_t>
        m_byHash;             ///< From the hash of a name to a source, counted from where source 0 was at first.
    std::int64_t m_first = 0; ///< What source 0 is counted as; falls with what is put before it.
    std::uint64_t m_bytes = 0;
    bool m_named = true;
};

} // namespace keyglass::ui
