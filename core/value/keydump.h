// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <stop_token>
#include <string>

namespace keyglass {

class Lane;

/// The value of a key of any type as the server itself writes it (DUMP): RESTORE of the same or a newer server, with
/// the same modules, makes the key of it again.
///
/// Blocks for two round trips. Limit where its memory, or the reply, is above largestWholeValue; Gone; Permission. Its
/// errors do not name the key.
[[nodiscard]] Result<std::string> fetchKeyDump(Lane& lane, const std::string& key, const std::stop_token& stop);

} // namespace keyglass
