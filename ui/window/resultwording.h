// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/resultset.h"

#include <QString>

namespace keyglass::ui {

/// Which keys a set is made of: "keys that begin with “user:”, of type hash, no TTL, found by “prof”"; "selected from
/// all keys".
[[nodiscard]] QString originText(const ResultSetInfo& info);
/// "Result set “old”: 12 keys selected from all keys, taken 2026-05-03 10:11:12."
[[nodiscard]] QString headingText(const ResultSetInfo& info);
/// What may be missing in it: "10.0.0.9:7003 could not be read"; empty: nothing.
[[nodiscard]] QString gapsText(const ResultSetInfo& info);
/// A name to begin with: the pattern, what was looked for, else the connection and the day.
[[nodiscard]] QString suggestedName(const ResultSetInfo& info);

} // namespace keyglass::ui
