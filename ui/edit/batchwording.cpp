// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/batchwording.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/edit/uncompared.h"
#include "ui/common/texts.h"
#include "ui/edit/batchdialog.h"
#include "ui/edit/dialogwords.h"

#include <QStringList>

#include <algorithm>
#include <span>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr qsizetype shownProblems = 5;

ShownRow shownOf(const EditAction& action)
{
    if (const auto* field = std::get_if<SetHashField>(&action)) {
        return {field->field, field->seen.bytes, field->value};
    }
    if (const auto* member = std::get_if<ReplaceSetMember>(&action)) {
        return {{}, member->from, member->to};
    }
    if (const auto* score = std::get_if<SetScore>(&action)) {
        return {score->member, scoreText(score->seen.value_or(0)), scoreText(score->score)};
    }
    if (const auto* gone = std::get_if<DeleteHashField>(&action)) {
        return {gone->field, gone->seen.bytes, {}};
    }
    if (const auto* gone = std::get_if<RemoveSetMember>(&action)) {
        return {{}, gone->member, {}};
    }
    if (const auto* gone = std::get_if<RemoveSortedMember>(&action)) {
        return {gone->member, scoreText(gone->seen), {}};
    }
    const auto* entry = std::get_if<DeleteStreamEntry>(&action);
    return {entry ? entry->id : std::string(), {}, {}};
}

QStringList told(const std::vector<BatchRun::Trouble>& rows, const Session& session)
{
    QStringList lines;
    for (const auto& row : rows) {
        if (lines.size() == shownProblems) {
            lines += BatchDialog::tr("And so on: %1 rows in all.").arg(rows.size());
            break;
        }
        KeyEdit named = row.edit;
        named.key = session.nameOf(named.key).key;
        EditOutcome outcome = row.outcome;
        outcome.expiryChanged = false; // said once for all of them
        const ShownRow shown = shownOf(named.action);
        const std::string& name = shown.name.empty() ? shown.before : shown.name; // members are what they are called
        lines += (name.empty() ? QString() : shownBytes(name) + QStringLiteral(": ")) + outcomeText(named, outcome);
    }
    return lines;
}

} // namespace

PlannedRows plannedRows(BatchPlan plan)
{
    PlannedRows planned;
    planned.rows = plan.rows();
    for (const KeyEdit& edit : plan.edits) {
        planned.together = std::max(planned.together, rowsOf(edit));
    }
    planned.uncompared = uncomparedText(plan);
    planned.plan = std::move(plan);
    return planned;
}

std::vector<ShownRow> firstRows(const BatchPlan& plan, std::size_t most)
{
    std::vector<ShownRow> rows;
    const bool isList = !plan.edits.empty() && std::holds_alternative<ChangeListElements>(plan.edits.front().action);
    for (std::size_t at = 0; at < plan.edits.size() && rows.size() < most; ++at) {
        const EditAction& action = plan.edits[isList ? plan.edits.size() - 1 - at : at].action;
        const auto* list = std::get_if<ChangeListElements>(&action);
        if (!list) {
            rows.push_back(shownOf(action));
            continue;
        }
        for (const auto& [seen, value] : std::span(list->changes).first(std::min(list->changes.size(), most))) {
            rows.push_back({std::to_string(seen.index), seen.element, value});
        }
    }
    rows.resize(std::min(rows.size(), most));
    return rows;
}

QString countedText(std::size_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(count);
}

QString comparedText(KeyType type, const PlannedRows& planned)
{
    if (type != KeyType::List) {
        return BatchDialog::tr(
            "Each row is compared with what is shown here before it is written. This can't be undone.");
    }
    if (planned.plan.edits.size() == 1) {
        return BatchDialog::tr("All rows and their neighbours are compared with what was seen before the first is "
                               "written: where one is another, none is changed. This can't be undone.");
    }
    return BatchDialog::tr(
        "The rows are written in %1 steps of up to %2 rows, from the end of the list on, so that the "
        "server has time for others. All rows of a step and their neighbours are compared with what "
        "was seen before the first of them is written: where one is another, none of that step is "
        "changed, and no later step is begun. What the steps before it did stays. This can't be "
        "undone.")
        .arg(planned.plan.edits.size())
        .arg(planned.together);
}

QString reportText(const BatchRun& run, const Session& session)
{
    QStringList lines{BatchDialog::tr("%1 of %2 rows are done.").arg(run.done()).arg(run.total())};
    if (const auto& error = run.error()) {
        lines += error->kind == ErrorKind::Cancelled
            ? countedText(run.notBegun(), BatchDialog::tr("Cancelled: 1 row was not begun."),
                  BatchDialog::tr("Cancelled: %1 rows were not begun."))
            : BatchDialog::tr("Ended by: %1").arg(errorText(*error));
    }
    if (run.isExpiryChanged()) {
        lines += BatchDialog::tr("Somebody else has changed the key's time to live meanwhile; that was kept.");
    }
    lines += told(run.troubles(), session);
    if (!run.error() && run.notBegun() > 0) {
        lines += countedText(run.notBegun(), BatchDialog::tr("It ended there: 1 row was not begun."),
            BatchDialog::tr("It ended there: %1 rows were not begun."));
    }
    lines += told(run.notes(), session);
    return lines.join(u'\n');
}

} // namespace keyglass::ui
