// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/undorecord.h"
#include "core/table/schemachange.h"
#include "core/table/undowrites.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// Brings a dropped column back: the column with its type and index first, then the cells of the rows that are still
/// there and have none.
class ColumnUndo {
public:
    /// `plan`: of the drop, with the schema that it was made on. Both outlive it.
    ColumnUndo(UndoWrites& writes, const SchemaPlan& plan);

    [[nodiscard]] Status add();
    /// The cells of archived rows.
    [[nodiscard]] Status fill(const std::vector<UndoRecord>& all);
    /// Cells so far.
    [[nodiscard]] std::uint64_t filled() const { return m_filled; }

private:
    [[nodiscard]] Result<std::vector<std::optional<std::string>>> cellsIn(const std::vector<UndoRecord>& records);

    UndoWrites& m_writes;
    const SchemaPlan& m_plan;
    const TableKeys& m_keys;
    std::uint64_t m_filled = 0;
};

} // namespace keyglass
