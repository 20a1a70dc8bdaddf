// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/transfer/keypart.h"

#include <stop_token>
#include <string>

namespace keyglass {

class Lane;

/// Reads what a stream has beside its entries: its last ID, its counters, its groups with their consumers and what is
/// pending in them. Some round trips more for each group. Fails as Lane::call() and fetchStreamGroups().
[[nodiscard]] Result<StreamPart> readStreamPart(Lane& lane, const std::string& key, const std::stop_token& stop);

} // namespace keyglass
