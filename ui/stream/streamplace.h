// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <string>

namespace keyglass::ui {

/// Which end of a range is meant.
enum class RangeEnd { From, To };

/// The ID for what was typed: an ID ("1700000000000", "1700000000000-3") or a local time ("2024-05-01",
/// "2024-05-01 14:03", "2024-05-01 14:03:09", also as ISO 8601 with an offset). As the end of a range it is the last
/// one of that day, minute, second or millisecond. Empty for an empty text; Input for any other.
[[nodiscard]] Result<std::string> streamPlace(const QString& typed, RangeEnd end);

} // namespace keyglass::ui
