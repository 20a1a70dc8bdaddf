// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/batchedit.h"
#include "core/edit/keyedit.h"

#include <QString>

namespace keyglass {

/// What of the place where an edit is done nobody has read, so that its length alone is compared before the writing, or
/// nothing of it. A sentence or two to be shown before it is sent, translated; empty: all that is there is compared.
[[nodiscard]] QString uncomparedText(const KeyEdit& edit);
/// The same of all rows of a plan. O(rows).
[[nodiscard]] QString uncomparedText(const BatchPlan& plan);

} // namespace keyglass
