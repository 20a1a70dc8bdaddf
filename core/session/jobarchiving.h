// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/bulk/keyreading.h"
#include "core/session/sourceaccess.h"
#include "core/transfer/partcommands.h"

#include <QString>

#include <optional>

namespace keyglass {

/// What is free for an undo archive. It takes less than its keys take in memory (JobPreview::memory).
struct ArchiveSpace {
    QString folder;
    ByteCount free;
};

/// What is free where this file will be (empty: where archives are by default); nothing where that can't be told.
[[nodiscard]] std::optional<ArchiveSpace> spaceForArchive(const QString& file);

/// What this server has of what archiving likes to use, as far as its facts tell.
[[nodiscard]] ArchivingWays waysOf(const SourceAccess& source);

/// What a server has of what making keys by commands likes to use.
[[nodiscard]] MakingWays makingWaysOf(const ServerVersion& version);

} // namespace keyglass
