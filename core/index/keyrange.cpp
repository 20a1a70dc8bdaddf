// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyrange.h"

namespace keyglass {

std::optional<std::string> upperBound(std::string_view prefix)
{
    while (!prefix.empty() && prefix.back() == '\xFF') {
        prefix.remove_suffix(1);
    }
    if (prefix.empty()) {
        return std::nullopt;
    }
    std::string bound(prefix);
    bound.back() = static_cast<char>(static_cast<unsigned char>(bound.back()) + 1);
    return bound;
}

KeyRange prefixRange(std::string_view prefix)
{
    return {std::string(prefix), upperBound(prefix)};
}

} // namespace keyglass
