// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/keychoice.h"
#include "core/results/resultset.h"

#include <memory>
#include <stop_token>

namespace keyglass {

/// Writes the keys as a file of their own that only its user can read: whole or not at all, whatever happens. `info`
/// tells the rest; its count, its size and its file name are found out here. Takes a few megabytes of memory. File
/// where the disk refuses, Cancelled by `stop` or where `done` says so.
[[nodiscard]] Result<ResultSetInfo> writeResultFile(
    const QString& path, ResultSetInfo info, const KeyChoice& keys, const std::stop_token& stop, const KeysDone& done);

/// What the file says of itself, without reading the keys. File where it is cut off or damaged, Unsupported where a
/// newer version wrote it.
[[nodiscard]] Result<ResultSetInfo> readResultInfo(const QString& path);

/// The keys of the file as an index, merged to its smallest form. Errors as readResultInfo(), Limit where the index
/// would take more than `most`, Cancelled. Every byte is checked: there are either all keys or none.
[[nodiscard]] Result<std::shared_ptr<const Snapshot>> readResultKeys(
    const QString& path, ByteCount most, const std::stop_token& stop, const KeysDone& done);

/// Gives the set another name. The keys are copied as they are; File as above.
[[nodiscard]] Result<ResultSetInfo> renameResultFile(
    const QString& path, const QString& name, const std::stop_token& stop);

} // namespace keyglass
