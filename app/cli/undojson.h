// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/bulk/undopreview.h"

#include <QString>

#include <string>

namespace keyglass::cli {

[[nodiscard]] std::string jsonText(const QString& text);

/// How far an archive could be read, as an object.
[[nodiscard]] std::string conditionJson(const ArchiveCondition& condition);
/// What an archive says of itself, as members of an object.
[[nodiscard]] std::string infoJson(const ArchiveInfo& info);
/// What `bulk undo --dry-run` prints.
[[nodiscard]] std::string undoPreviewJson(
    const UndoPreview& preview, const UndoOptions& undo, const ArchiveInfo& info, Clock::duration elapsed);

} // namespace keyglass::cli
