// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/session/sourceaccess.h"

#include <stop_token>

namespace keyglass {

/// Input where a copy would write to the very keys that it reads: to move them would be to delete them. Told by what
/// the servers say of themselves, by whatever addresses they are reached; in a cluster by its nodes. Blocks for a round
/// trip where one of the two is a cluster and the other one of its nodes. Network and the like.
[[nodiscard]] Status checkCopyPlace(const SourceAccess& source, int database, const SourceAccess& target,
    int targetDatabase, const std::stop_token& stop);

} // namespace keyglass
