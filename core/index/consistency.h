// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/mergejob.h"

#include <span>

namespace keyglass {

/// Whether runs are what an index may be made of: each in order, its counts right, no key in two runs of a kind, every
/// tombstone with its key. Reads everything: for tests.
[[nodiscard]] bool areConsistent(std::span<const KindOfRun> runs);

} // namespace keyglass
