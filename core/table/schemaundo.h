// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivereader.h"
#include "core/table/schemarun.h"
#include "core/table/undopreview.h"

#include <stop_token>

namespace keyglass {

/// Brings back what dropping a column or a table has put into an undo archive: `archive` says itself which change it
/// was (ArchiveInfo::plan).
///
/// A table comes back with all keys that are not there any more, its schema last, so that nobody sees half of it;
/// Refused where there is a table of that name. A column comes back with its type and index; each row that is still
/// there and has no such cell gets the one that it had, guarded, with its index entry; other cells stay as they are
/// now. Both can be run again after a stop. Input where the archive is of no such change; as UndoArchiveReader::next();
/// as the line does.
[[nodiscard]] Result<SchemaReport> undoChange(
    SchemaPlace& place, UndoArchiveReader& archive, std::stop_token stop, const SchemaProgress& progress = {});

/// What that would do, with nothing done. Input where the archive is of no change that can be undone, or sealed and not
/// opened; as UndoArchiveReader::next(); as the line does.
[[nodiscard]] Result<UndoPreview> previewUndo(SchemaPlace& place, UndoArchiveReader& archive, std::stop_token stop);

/// The change of a schema that an archive belongs to, if it can be undone: by the archive, or by its inverseOf().
/// Input.
[[nodiscard]] Result<SchemaPlan> undonePlan(const ArchiveInfo& info);

/// Input where the archive is of another database: a table's keys would come back where nobody looks for them.
[[nodiscard]] Status checkUndoDatabase(const ArchiveInfo& info, int database);

} // namespace keyglass
