// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobestimate.h"

#include <QString>

namespace keyglass::ui {

/// What a job will take, how sure that is, and what the server has of it; empty where nothing was measured.
[[nodiscard]] QString estimateText(const JobEstimate& estimate);

} // namespace keyglass::ui
