// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editsteps.h"

namespace keyglass {

[[nodiscard]] std::unique_ptr<EditSteps> groupSteps(const std::string& key, const CreateGroup& action);
[[nodiscard]] std::unique_ptr<EditSteps> groupSteps(const std::string& key, const DestroyGroup& action);
[[nodiscard]] std::unique_ptr<EditSteps> groupSteps(const std::string& key, const MoveGroup& action);
[[nodiscard]] std::unique_ptr<EditSteps> groupSteps(const std::string& key, const AcknowledgeEntries& action);
[[nodiscard]] std::unique_ptr<EditSteps> groupSteps(const std::string& key, const ClaimEntries& action);
[[nodiscard]] std::unique_ptr<EditSteps> groupSteps(const std::string& key, const ClaimIdleEntries& action);

/// Input for names and IDs that can't be meant; of any other action nothing is said.
[[nodiscard]] Status checkGroupEdit(const EditAction& action);

/// outcomeText() of these actions, where it was Done or a Conflict; empty for any other.
[[nodiscard]] QString groupOutcomeText(const KeyEdit& edit, const EditOutcome& outcome);

} // namespace keyglass
