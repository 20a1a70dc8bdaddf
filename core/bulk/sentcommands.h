// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobplan.h"

#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// The names of the commands that are sent for one key, in order, as a server of today gets them: with those that read
/// it for the archive, that look whether it is still the same, and that write. Nothing where they depend on what is
/// in the key or the file (imports, exports to other files than archives). `isCluster`: a key's new name is taken to be
/// of another slot, as hardly one is not. Of what overwrites: for a key whose new name, or name there, is taken.
[[nodiscard]] std::optional<std::vector<std::string>> sentForOneKey(const JobPlan& plan, bool isCluster = false);

} // namespace keyglass
