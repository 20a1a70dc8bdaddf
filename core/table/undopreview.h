// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/undorecord.h"
#include "core/table/schemachange.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// What undoing the change of an undo archive would do, before it does it.
struct UndoPreview {
    SchemaPlan plan; ///< The change that is undone.
    /// It is undone by this change, which has a preview of its own: of the rest only `plan` and `info` are known then.
    std::optional<SchemaChange> inverse;
    ArchiveInfo info;
    std::optional<std::uint64_t> keys; ///< In the archive; nothing: not known without reading it.
    std::optional<TableSchema> before; ///< As it is now; nothing: there is no such table.
    std::optional<TableSchema> after;
    std::vector<std::string> diff; ///< schemaDiff()
    QString refusal;               ///< Why it can't be undone now; empty: it can.
    bool needsPassphrase = false;  ///< The archive is sealed, and not by what it was opened with: only `info` is known.
};

/// Why the undo of a table's drop does not bring it back where a table of its name is, and what to do about it.
[[nodiscard]] QString whyNotBeside(const SchemaPlan& dropped);

} // namespace keyglass
