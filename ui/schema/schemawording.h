// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/schemasession.h"

#include <QString>

namespace keyglass::ui {

/// "Drop a column": what a dialog for it is called.
[[nodiscard]] QString titleOf(SchemaChange::Kind kind);
/// "Drop the column": what its button says.
[[nodiscard]] QString buttonOf(SchemaChange::Kind kind);

/// What is known before a change, as several lines. `drift`: driftOf() the plan, where it came from a file.
[[nodiscard]] QString previewText(const SchemaPreview& preview, const std::vector<std::string>& drift = {});
/// "Bring the table back": what the button says that undoes a change by its archive.
[[nodiscard]] QString undoButtonOf(SchemaChange::Kind kind);
/// What is known of a sealed archive before it is opened.
[[nodiscard]] QString sealedText(const UndoPreview& preview);
/// What is known before an undo, as several lines. `connection`: where it would be run.
[[nodiscard]] QString undoPreviewText(const UndoPreview& preview, const QString& connection);
/// Of a change that another one undoes: which it was.
[[nodiscard]] QString undoneByText(const UndoPreview& preview);
/// How it went, as several lines; the first says it in short.
[[nodiscard]] QString reportText(const SchemaReport& report, bool isUndo = false);
/// "Waiting for a quiet moment: 5,200 commands/s now", "1,200 of 3,000"
[[nodiscard]] QString stageText(const SchemaStage& stage);

/// "3 rows are not found by their column's index"
[[nodiscard]] QString countText(TableFinding::Kind kind, std::uint64_t count);
/// What a check has found, as several lines.
[[nodiscard]] QString checkText(const CheckedTable& checked);

} // namespace keyglass::ui
