// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemarun.h"

#include <stop_token>

namespace keyglass {

/// Blocks until a change may begin: until the time has come, and the table's node has been quiet for as long as is
/// wanted, by INFO's instantaneous_ops_per_sec each second. Cancelled; as the line does.
[[nodiscard]] Status waitFor(
    SchemaPlace& place, const std::string& table, const SchemaWait& wait, std::stop_token stop, SchemaStage& stage);

/// Has the table's node write its RDB or AOF file, and blocks until it has: Server where it says that it failed.
[[nodiscard]] Status saveServer(SchemaPlace& place, const std::string& table, bool isAof, std::stop_token stop);

/// runChange() at its time and between its saves. After a wait the preview is made again: what is another one then is
/// Changed, with nothing done. A save before that fails is an Error, one after a finding. Is it stopped with something
/// done, the saves after it are begun and not waited for.
[[nodiscard]] Result<SchemaReport> runSchemaJob(SchemaPlace& place, const SchemaPreview& preview,
    const SchemaWait& wait, const SchemaSaves& saves, std::stop_token stop, SchemaStage& stage);

} // namespace keyglass
