// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/keychoice.h"
#include "core/session/session.h"

#include <QString>

namespace keyglass::ui {

/// That keys of a job belong to tables of RedisTABLE, which plain writes damage; empty where none do.
[[nodiscard]] QString jobTablesText(const Session& session, const KeyChoice& keys);

} // namespace keyglass::ui
