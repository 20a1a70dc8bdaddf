// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyroot.h"

#include <charconv>

namespace keyglass {

std::optional<RootedKey> splitRoot(std::string_view bytes)
{
    constexpr std::string_view word = "db ";
    const std::size_t length = rootLength(bytes);
    if (length == std::string_view::npos || !bytes.starts_with(word)) {
        return std::nullopt;
    }
    const std::string_view digits = bytes.substr(word.size(), length - 1 - word.size());
    RootedKey rooted;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), rooted.database);
    if (error != std::errc() || end != digits.data() + digits.size() || rooted.database < 0) {
        return std::nullopt;
    }
    rooted.key = bytes.substr(length);
    return rooted;
}

} // namespace keyglass
