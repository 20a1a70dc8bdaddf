// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/jobreport.h"

#include <QString>

#include <functional>
#include <stop_token>

namespace keyglass {

/// Gives each key's outcome of a file that ReportFile has written, in its order, one at a time however large the file
/// is; false from `take` ends it. File; Input with the line where it is no report, or was cut; Cancelled.
[[nodiscard]] Status forEachOutcome(
    const QString& path, const std::stop_token& stop, const std::function<bool(const KeyOutcome&)>& take);

} // namespace keyglass
