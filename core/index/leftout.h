// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/snapshot.h"

#include <memory>
#include <string>
#include <vector>

namespace keyglass {

/// The same keys but for `keys` (ascending, each once; those that are not there are passed over). Shares the memory of
/// `of`, and adds that of the names. O(keys x runs x log keys), however many there are otherwise.
[[nodiscard]] std::shared_ptr<const Snapshot> leavingOut(
    const std::shared_ptr<const Snapshot>& of, const std::vector<std::string>& keys);

} // namespace keyglass
