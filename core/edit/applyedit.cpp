// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/applyedit.h"

#include "core/edit/guardededit.h"
#include "core/edit/renameacross.h"
#include "core/value/pagereading.h"

namespace keyglass {

Result<EditOutcome> applyEdit(EditLanes& lanes, const KeyEdit& edit, const EditOptions& options, std::stop_token stop)
{
    auto steps = stepsOf(edit, options.abilities);
    if (!steps) {
        return std::move(steps).error().about(keySubject(edit.key));
    }
    const auto* rename = std::get_if<RenameKey>(&edit.action);
    auto outcome = rename && !lanes.areTogether(edit.key, rename->to)
        ? renameAcross(lanes, edit, options, stop)
        : GuardedEdit(lanes, edit, **steps, options.confirmation, stop).run();
    if (!outcome) {
        return std::move(outcome).error().about(keySubject(edit.key));
    }
    return outcome;
}

Result<EditOutcome> applyEdit(Lane& lane, const KeyEdit& edit, const EditOptions& options, std::stop_token stop)
{
    EditLanes lanes(lane);
    return applyEdit(lanes, edit, options, std::move(stop));
}

} // namespace keyglass
