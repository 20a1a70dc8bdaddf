// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/tabletarget.h"
#include "core/table/schemareport.h"
#include "core/table/tablearchive.h"

#include <memory>

namespace keyglass::cli {

/// --at TIME, --quiet-below N [--quiet-for SECONDS]. Input.
[[nodiscard]] Result<SchemaWait> schemaWait(const Options& options);
/// --bgsave before|after|both, --bgrewriteaof before|after|both. Input.
[[nodiscard]] Result<SchemaSaves> schemaSaves(const Options& options);

/// Where what is dropped is kept: --archive FILE, else a new name; null with --no-archive. `plan`: of a change, else
/// null. Input where a passphrase is wanted and missing.
[[nodiscard]] Result<std::unique_ptr<TableArchive>> tableArchive(
    const Options& options, const TableTarget& target, const QString& job, const SchemaPlan* plan);

/// Tells on stderr once a second how far a change, its waiting and its verifying have come, until it is destroyed.
class StageTeller {
public:
    /// `stage` must outlive it.
    explicit StageTeller(const SchemaStage& stage);

private:
    EverySecond m_ticking;
};

/// How a change or its undo went, as JSON.
[[nodiscard]] int writeReport(const SchemaReport& report);

/// `keyglass table undo ARCHIVE`.
[[nodiscard]] int runTableUndo(const Options& options, TableTarget& target, const std::stop_token& stop);

/// Texts as a JSON array.
[[nodiscard]] std::string textsJson(const std::vector<std::string>& texts);
[[nodiscard]] std::string textsJson(const std::vector<QString>& texts);

} // namespace keyglass::cli
