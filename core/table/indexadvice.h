// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/condition.h"
#include "core/table/tableschema.h"

#include <QString>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace keyglass {

/// What an index would change, or does not.
struct IndexAdvice {
    enum class Kind {
        Add,  ///< Queries ask for the column's values, and every row has to be looked at for them.
        Drop, ///< No query has used the index: it only costs memory and writes.
    };
    Kind kind = Kind::Add;
    std::string column;
    std::uint64_t queries = 0; ///< Add: that an index would have answered. Drop: that did without it.
    std::uint64_t rows = 0;    ///< Add: that were looked at for them.

    /// "3 queries for sku=… looked at 3,000 rows; …", for people.
    [[nodiscard]] QString text() const;
    friend bool operator==(const IndexAdvice&, const IndexAdvice&) = default;
};

/// The history of the queries on one table, as far as indexes are concerned. Holds no values. A plain object of one
/// thread.
class IndexHistory {
public:
    /// From how many queries on something is said.
    static constexpr std::uint64_t enoughToAdd = 3;
    static constexpr std::uint64_t enoughToDrop = 20;

    /// A query was run on the table with this schema, and this many rows were looked at for it.
    void record(const RowFilter& filter, const TableSchema& schema, std::uint64_t rowsLookedAt);
    /// Advice on the schema as it is now: indexes to add first, the most wanted first; then those to drop by name.
    [[nodiscard]] std::vector<IndexAdvice> advice(const TableSchema& now) const;
    [[nodiscard]] std::uint64_t queries() const { return m_queries; }

private:
    struct Column {
        std::uint64_t wanted = 0; ///< Queries that an index on it alone would have answered.
        std::uint64_t rows = 0;   ///< Looked at for them.
        std::uint64_t used = 0;   ///< Queries that its index has answered.
        std::uint64_t passed = 0; ///< Queries while it had an index that was not used.
    };
    std::map<std::string, Column> m_columns;
    std::uint64_t m_queries = 0;
};

} // namespace keyglass
