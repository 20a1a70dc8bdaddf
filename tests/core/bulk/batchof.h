// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"

#include <string>
#include <vector>

namespace keyglass::test {

inline KeyBatch batchOf(const std::vector<std::string>& keys)
{
    KeyBatch batch;
    for (const std::string& key : keys) {
        batch.append(key);
    }
    return batch;
}

} // namespace keyglass::test
