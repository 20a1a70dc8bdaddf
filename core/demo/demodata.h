// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/command.h"

#include <functional>

namespace keyglass {

/// Databases that the demo fills: 0 is the shop, 1 a small cache.
inline constexpr int demoDatabases = 2;

/// Makes the commands that fill one database of the demo: in database 0 about 50,000 keys as a shop has them, of every
/// type, with TTLs, nested names, binary and foreign names, one hash of 100,000 fields and a stream. The same commands
/// every time.
void makeDemoData(int database, const std::function<void(Command&&)>& take);

} // namespace keyglass
