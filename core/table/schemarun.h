// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemapreview.h"
#include "core/table/tablecheck.h"

#include <stop_token>

namespace keyglass {

/// Makes a previewed change: compares the table with the preview in the same transaction that changes the schema, then
/// does what belongs to rows and indexes in batches, each guarded and cancellable between two, then verifies.
///
/// Each step leaves a table that works, or none: what is not done yet can be run again. A table is dropped schema
/// first, so that nobody works with half of it. With an archive in `place`, every key that is dropped or changed by a
/// drop stands in it, on the disk, before. Errors: those of the gate, and of the line before anything was done;
/// Refused where `preview` has a refusal.
[[nodiscard]] Result<SchemaReport> runChange(
    SchemaPlace& place, const SchemaPreview& preview, std::stop_token stop, const SchemaProgress& progress = {});

} // namespace keyglass
