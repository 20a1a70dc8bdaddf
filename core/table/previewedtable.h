// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/command.h"
#include "core/table/schemareport.h"
#include "core/table/tablename.h"
#include "core/table/tableschema.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// Tells whether a table is still as the preview of a change has seen it, or by now as the change is to leave it: by
/// what is asked in the transaction that changes the schema, and again after it.
class PreviewedTable {
public:
    /// Places of the answers to questions().
    enum At : std::size_t { AtSchema, AtIndexed, AtRows };

    /// `moveProbe`: as TableTransaction::moveProbe(). The preview outlives it.
    PreviewedTable(const SchemaPreview& preview, TableKeys keys, Command moveProbe);

    /// The keys that the answers hang on.
    [[nodiscard]] std::vector<std::string> watched() const;
    [[nodiscard]] std::vector<Command> questions() const;
    [[nodiscard]] bool isAsPreviewed(const std::vector<Reply>& seen) const;
    [[nodiscard]] bool isAsPlanned(const std::optional<TableSchema>& now) const;
    /// Nothing where there is no table, or a damaged one that is not to be dropped.
    [[nodiscard]] std::optional<TableSchema> schemaIn(const std::vector<Reply>& replies) const;

private:
    [[nodiscard]] const SchemaChange& change() const { return m_preview.plan.change; }

    const SchemaPreview& m_preview;
    const TableKeys m_keys;
    const Command m_moveProbe;
};

} // namespace keyglass
