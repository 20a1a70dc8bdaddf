// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/lane.h"

#include <memory>

namespace keyglass {

/// A lane to the node that a slot is on its way to, which takes commands for the keys that have arrived: each command,
/// and each transaction as a whole, is sent after an ASKING (https://redis.io/commands/asking). Of several keys in one
/// command all have to be there, else the node answers TRYAGAIN.
///
/// A MULTI and its EXEC have to be in one pipeline(). send() asks for nothing: the node sends its keys elsewhere.
/// `node`: a lane to that node alone, which it owns.
[[nodiscard]] std::unique_ptr<Lane> makeAskingLane(std::unique_ptr<Lane> node);

} // namespace keyglass
