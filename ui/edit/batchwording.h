// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/batchedit.h"
#include "ui/edit/batchrun.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// What the dialog of a batch edit says of rows: of those that will change, and of what became of them.
namespace keyglass::ui {

/// A plan, and what is told of it.
struct PlannedRows {
    BatchPlan plan;
    std::size_t rows = 0;     ///< That it changes.
    std::size_t together = 0; ///< Of those, the most that one edit changes.
    QString uncompared;       ///< As uncomparedText().
};

[[nodiscard]] PlannedRows plannedRows(BatchPlan plan);

/// What an edit changes, in the words of the sample's columns.
struct ShownRow {
    std::string name;
    std::string before;
    std::optional<std::string> after; ///< Nothing: it goes.
};

/// The first rows of a plan, `most` of them, in the order in which they are shown. Those of lists are done from the
/// end.
[[nodiscard]] std::vector<ShownRow> firstRows(const BatchPlan& plan, std::size_t most);

/// `many` has a place for the count.
[[nodiscard]] QString countedText(std::size_t count, const QString& one, const QString& many);
/// What is compared before what is written.
[[nodiscard]] QString comparedText(KeyType type, const PlannedRows& planned);
/// How far a run came, and what could not be done.
[[nodiscard]] QString reportText(const BatchRun& run, const Session& session);

} // namespace keyglass::ui
