// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/archiveentry.h"
#include "core/bulk/archivereader.h"

#include <stop_token>

namespace keyglass {

/// The folder of the user's undo archives: ~/.local/share/keyglass/archives.
[[nodiscard]] QString archiveFolder();

/// The archives (*.kga) of a folder, newest first; none where there is no such folder. Reads their headers only.
/// Blocks for the disk.
[[nodiscard]] std::vector<ArchiveEntry> listArchives(const QString& folder, const std::stop_token& stop);

/// The keys of an archive that are wanted. Reads all of it, and leaves it at its beginning; holds the rows. Errors as
/// UndoArchiveReader::next(); Cancelled.
[[nodiscard]] Result<ArchivedKeys> findArchivedKeys(
    UndoArchiveReader& reader, const ArchiveSearch& wanted, const std::stop_token& stop);

/// Deletes one archive. File, also where it is in use.
[[nodiscard]] Status removeArchive(const QString& file);

/// Deletes the archives of a folder that need not be kept any more: never the newest, none in use, none that can't be
/// read.
[[nodiscard]] PrunedArchives pruneArchives(
    const QString& folder, const ArchiveKeeping& keeping, const QDateTime& now, const std::stop_token& stop);

} // namespace keyglass
