// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/reply.h"
#include "core/value/valuepage.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keyglass {

/// How a reply's elements become rows.
struct RowShape {
    enum class Kind {
        Flat,    ///< [cell, cell, …]: LRANGE, ZRANGE, HKEYS.
        Scan,    ///< [cursor, [cell, cell, …]]: HSCAN, SSCAN, ZSCAN.
        Entries, ///< [[ID, [cell, cell, …]], …]: XRANGE.
    };
    Kind kind = Kind::Flat;
    std::size_t columns = 1; ///< Cells that make a row; not used for Entries.
    /// The first cell of a row is what the row is addressed by (field, member): it is kept however long it is.
    bool namedByFirst = false;
};

/// What of a page's content may still be kept, and what it took so far.
struct PageBudget {
    std::uint64_t keepLeft = 0;
    std::uint64_t received = 0;
};

/// Turns a reply into rows while it arrives: what is too long for a cell becomes a placeholder and is never stored.
///
/// When a reply is cut off by the lane's cap, the rows that came before stand; the last one may lack cells (see
/// isCut()).
class RowSink : public ReplySink {
public:
    RowSink(const RowShape& shape, PageBudget& budget, std::vector<ValueRow>& rows);

    void arrayBegins(int depth, std::size_t index, std::size_t size) override;
    void text(Reply::Type type, int depth, std::size_t index, std::string_view bytes) override;
    void integer(int depth, std::size_t index, std::int64_t value) override;
    void nil(int depth, std::size_t index) override;

    /// Tells of each row whether any of its cells pass `test`, those as well that are too long to be kept.
    void lookFor(std::function<bool(std::string_view)> test) { m_test = std::move(test); }
    /// Of the reply's row so numbered.
    [[nodiscard]] bool isFound(std::size_t row) const { return row < m_found.size() && m_found[row]; }

    /// The server's error reply, if that is what came.
    [[nodiscard]] const std::optional<Error>& failure() const { return m_failure; }
    /// The cursor of a Scan reply; nothing before it arrived.
    [[nodiscard]] std::optional<std::uint64_t> cursor() const { return m_cursor; }
    /// True if the last row has not got all its cells.
    [[nodiscard]] bool isCut() const;
    /// Makes a row of a stream's entry that was cut off behind its ID: placeholders of unknown length stand for some of
    /// what did not come. False where there is none.
    [[nodiscard]] bool closeCutEntry();
    [[nodiscard]] std::size_t rowsTaken() const { return m_rows.size() - m_firstRow; }
    /// Forgets the rows of this reply.
    void dropRows()
    {
        m_rows.resize(m_firstRow);
        m_found.clear();
    }

private:
    void addCell(std::string_view bytes, bool startsRow, bool isName);
    void beginRow();
    void malformed();

    const RowShape m_shape;
    PageBudget& m_budget;
    std::vector<ValueRow>& m_rows;
    const std::size_t m_firstRow;
    std::function<bool(std::string_view)> m_test;
    std::vector<bool> m_found;    ///< Of the reply's rows; empty without a test.
    std::size_t m_entryCells = 0; ///< Of the entry under way, as announced.
    std::optional<std::uint64_t> m_cursor;
    std::optional<Error> m_failure;
};

} // namespace keyglass
