// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keyglass {

/// Names for keys that are made and then get their own: nobody else's, and in a cluster in their key's slot.
class PassingNames {
public:
    explicit PassingNames(bool isCluster);
    [[nodiscard]] std::string nameFor(std::string_view key);

private:
    const bool m_isCluster;
    const std::string m_start; ///< Of this object alone.
    std::uint64_t m_count = 0;
};

} // namespace keyglass
