// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemarun.h"
#include "core/table/tablearchive.h"
#include "core/table/tabletransaction.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// The steps of a change that go through rows or index entries in batches. Each batch is a guarded transaction: it is
/// called off, and looked at again, when the schema or the list of indexes is changed meanwhile.
class SchemaSteps {
public:
    /// With an `archive` (or null), what is deleted or changed stands in it before.
    SchemaSteps(TableTransaction& transaction, const TableSchema& schema, TableArchive* archive, std::stop_token stop,
        const SchemaProgress& progress);

    /// Deletes the index entries of a column that has no index any more. Refused where it has one again.
    [[nodiscard]] Status removeEntries(const std::string& column);
    /// Takes a field from every row while it is no column. Rows that have nothing else keep it: `keptRows`.
    [[nodiscard]] Status removeField(const std::string& column);
    /// Deletes all rows, index entries and ghosts, once the table's schema is gone; the counter of ids last, by which
    /// is seen that there is something left. Refused where the table is there again.
    [[nodiscard]] Status removeLeftovers();
    /// Deletes all index entries and the list of indexed columns of a table that has no schema. Refused where it has
    /// one.
    [[nodiscard]] Status removeFormerIndexes();
    /// The commands that build a column's index anew from rows that are WATCHed by the transaction until it is
    /// committed; `watched` and `seen` are what runChange() looks at beside them.
    struct Build {
        std::vector<Command> writes;
        std::vector<Reply> seen;
    };
    [[nodiscard]] Result<Build> buildIndex(
        const std::string& column, std::vector<std::string> watched, std::vector<Command> reads);

    [[nodiscard]] std::uint64_t removed() const { return m_removed; }
    [[nodiscard]] std::uint64_t keptRows() const { return m_keptRows; }
    /// Something was removed, or may have been when the line was lost.
    [[nodiscard]] bool mayHaveRemoved() const { return m_removed > 0 || m_isUncertain; }
    [[nodiscard]] bool isUncertain() const { return m_isUncertain; }

private:
    using IsOurs = std::function<bool(const std::string& key)>;
    /// `guard` has to be answered with `wanted` in the transaction of each batch.
    struct Guard {
        std::string watched;
        Command question;
        std::int64_t wanted;
        QString otherwise;
    };
    /// What a batch sends, and the keys that are archived before; by what was read of `watched`.
    struct Writes {
        std::vector<Command> commands;
        std::vector<std::string> touched;
    };
    struct Batch {
        std::vector<std::string> watched;
        std::vector<Command> reads;
        std::function<Writes(const std::vector<Reply>& seen)> writes;
    };
    [[nodiscard]] Status removeKeys(const std::string& prefix, const Guard& guard, const IsOurs& isOurs);
    [[nodiscard]] Status commitBatch(const Guard& guard, const Batch& batch);
    [[nodiscard]] Status unlink(const Guard& guard, const std::vector<std::string>& keys);
    [[nodiscard]] Status removeFieldOf(
        const Guard& guard, const std::string& column, const std::vector<std::string>& ids);
    void tell(SchemaStep::Kind kind, std::uint64_t done, std::uint64_t of);

    TableTransaction& m_transaction;
    const TableSchema& m_schema;
    const TableKeys m_keys;
    TableArchive* const m_archive;
    const std::stop_token m_stop;
    const SchemaProgress& m_progress;
    SchemaStep m_step; ///< Told last.
    std::uint64_t m_removed = 0;
    std::uint64_t m_keptRows = 0;
    bool m_isUncertain = false; ///< What became of the last batch is not known.
};

} // namespace keyglass
