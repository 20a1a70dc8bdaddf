// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bulk/jobdialog.h"

#include <vector>

namespace keyglass::ui {

class SessionPage;

/// Whether "delete" means more than the current key: a folder, or several selected keys.
[[nodiscard]] bool meansSeveralKeys(SessionPage& page);
/// The keys that a job can be meant for, as the page shows them now; the most likely ones first. A folder by its bytes
/// comes after its keys in the list where the list shows only some of them.
[[nodiscard]] std::vector<JobScope> jobScopesOf(SessionPage& page);
/// Keys chosen by hand: these, as of now.
[[nodiscard]] JobScope chosenKeys(const QString& text, KeyChoice keys);

} // namespace keyglass::ui
