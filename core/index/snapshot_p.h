// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/snapshot.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace keyglass {

class Snapshot::Private {
public:
    std::vector<std::string> keys; // in byte order, distinct
    std::uint64_t generation = 0;

    std::size_t lowerBound(std::string_view key) const
    {
        return static_cast<std::size_t>(std::lower_bound(keys.begin(), keys.end(), key) - keys.begin());
    }
};

} // namespace keyglass
