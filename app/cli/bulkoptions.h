// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "core/bulk/jobplan.h"

#include <string_view>
#include <vector>

namespace keyglass::cli {

/// The options that say which keys a job is for: --prefix, --pattern, --key, --keys-file, --raw-lines, --all, --type.
[[nodiscard]] std::vector<OptionSpec> keyOptions();
/// The keys that the options name. Input where they name none, or several kinds at once.
[[nodiscard]] Result<KeyQuery> keysOf(const Options& options);

/// The options of one operation ("delete", "expire" …) beside those that all have.
[[nodiscard]] std::vector<OptionSpec> operationOptions(std::string_view operation);
/// What the options make of the operation. Input.
[[nodiscard]] Result<JobOperation> operationOf(std::string_view operation, const Options& options);

/// "90", "90s", "500ms", "15m", "2h", "7d", with `mayBeNegative` also "-2h". Input.
[[nodiscard]] Result<Milliseconds> durationOf(std::string_view text, bool mayBeNegative);

} // namespace keyglass::cli
