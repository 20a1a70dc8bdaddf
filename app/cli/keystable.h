// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "app/cli/target.h"
#include "core/columns/sortcolumn.h"

#include <stop_token>

namespace keyglass::cli {

struct KeysResult;

/// The columns of `--columns type,ttl_ms,…`, by the names that stand in the head of the CSV; nothing without the
/// option. Input, naming those there are, for one that is unknown.
[[nodiscard]] Result<std::optional<TableColumns>> columnsFrom(const Options& options);

/// Writes the keys with these columns as CSV to stdout, in byte order, some hundred asked for at once; of databases
/// that were named the number is the first column. File once stdout takes no more; else as writeTable().
[[nodiscard]] Status writeKeyTable(
    const Target& target, const KeysResult& result, const TableColumns& columns, const std::stop_token& stop);

} // namespace keyglass::cli
