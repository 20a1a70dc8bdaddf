// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/keystable.h"
#include "app/cli/options.h"
#include "core/base/bytes.h"
#include "core/scan/scanrequest.h"
#include "core/session/sourceaccess.h"

#include <optional>
#include <string>
#include <vector>

namespace keyglass::cli {

enum class KeysFormat { Json, Lines, JsonLines, Count };

/// What `keyglass keys` is asked for.
struct KeysRequest {
    ScanRequest scan;
    std::string patternText;
    KeysFormat format = KeysFormat::Json;
    bool ledger = false;
    std::optional<ByteCount> maxMemory{};   ///< Of the keys; nothing: what the machine has to spare.
    std::optional<ScanReplicas> replicas{}; ///< Nothing: as the profile says.
    std::optional<TableColumns> columns;    ///< A table of the keys, as CSV.
};

/// Its options, beside those that name the server.
[[nodiscard]] std::vector<OptionSpec> keysOptions();

/// Reads them; Input names the option that can't be used.
[[nodiscard]] Result<KeysRequest> keysRequest(const Options& options);

} // namespace keyglass::cli
