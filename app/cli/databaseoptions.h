// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "core/base/result.h"
#include "core/session/sourceaccess.h"

#include <vector>

namespace keyglass::cli {

/// The databases that --databases names, each once, in the order named: numbers and ranges of them ("0,2-4", "0..15"),
/// or "all" that have keys, which may be none. Input where they can't be meant, and for a cluster, which has one.
[[nodiscard]] Result<std::vector<int>> databasesOf(const Options& options, const SourceAccess& access);

} // namespace keyglass::cli
