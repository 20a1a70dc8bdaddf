// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"

#include <cstdint>
#include <vector>

namespace keyglass {

/// A batch, sorted: what a scanner's thread hands to the index. Duplicates within the batch are gone. Moved, never
/// copied.
class SmallRun {
public:
    SmallRun() = default;
    /// Sorts `keys` on the calling thread (about 70 ns/key); gathers several replies' keys when given a larger batch.
    [[nodiscard]] static SmallRun sorted(KeyBatch&& keys);

    [[nodiscard]] std::size_t size() const { return m_order.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t at) const { return m_keys[m_order[at]]; }

private:
    KeyBatch m_keys;
    std::vector<std::uint32_t> m_order;
};

} // namespace keyglass
