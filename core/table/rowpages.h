// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/net/reply.h"
#include "core/table/tablerow.h"
#include "core/table/tableschema.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// How far a walk through a set of ids has come.
struct RowCursor {
    std::string scan = "0"; ///< For SSCAN.
    bool hasBegun = false;
    std::vector<std::string> ids; ///< Given by the server and not read yet.

    [[nodiscard]] bool isAtEnd() const { return hasBegun && scan == "0" && ids.empty(); }
};

/// Some rows, and where to go on.
struct RowPage {
    std::vector<TableRow> rows;
    RowCursor next;
};

/// How much one page may be.
struct RowPageLimits {
    std::size_t rows = 200;
    ByteCount bytes{8U * 1024 * 1024}; ///< A page ends with the row that reaches it.
    /// Ids from 1 up to this one are passed over: they have come by byIds(). The page may be empty then, and not the
    /// last.
    std::uint64_t passedOver = 0;
};

/// Reads rows by their keys: no command of it takes the server long, whatever the table's size.
///
/// Borrows the lane. Thread: blocks; as the lane. Errors: those of the line, and Permission with the pattern missing.
class RowReader {
public:
    RowReader(Lane& lane, TableSchema schema);

    [[nodiscard]] const TableSchema& schema() const { return m_schema; }

    /// The next rows in the server's order. A row may come twice in a walk, if the table shrinks meanwhile: SeenIds.
    [[nodiscard]] Result<RowPage> page(RowCursor from, const RowPageLimits& limits, std::stop_token stop);
    /// The next ids of the rows, or of an index entry, without the rows; at least one round trip, maybe no id.
    [[nodiscard]] Status moreIds(RowCursor& cursor, const std::string& set, std::size_t count, std::stop_token stop);

    /// Rows in the order in which they were inserted: of the ids from `first` up to `last` those that are there. Ids
    /// begin with 1.
    [[nodiscard]] Result<std::vector<TableRow>> byIds(std::uint64_t first, std::uint64_t last, std::stop_token stop);
    /// These rows, in this order, whether listed or not.
    [[nodiscard]] Result<std::vector<TableRow>> rows(const std::vector<std::string>& ids, std::stop_token stop);

    /// The id given last and how many rows there are. An id that is no number counts as 0.
    struct Extent {
        std::uint64_t lastId = 0;
        std::uint64_t rows = 0;
    };
    [[nodiscard]] Result<Extent> extent(std::stop_token stop);

private:
    /// Reads from the front of `ids` until `limits` are reached; gives how many.
    [[nodiscard]] Result<std::size_t> read(const std::vector<std::string>& ids, const RowPageLimits& limits,
        std::vector<TableRow>& rows, std::stop_token stop);

    Lane& m_lane;
    TableSchema m_schema;
    TableKeys m_keys;
};

/// A row from the reply to HGETALL of its key.
[[nodiscard]] TableRow rowFrom(const TableSchema& schema, std::string id, Reply&& reply);

} // namespace keyglass
