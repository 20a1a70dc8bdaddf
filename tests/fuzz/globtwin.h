// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keyglass::test {

/// Whether a class in brackets (what stands between them) takes `byte`: single bytes, ranges, `^` for all others, a
/// backslash for the next byte as it is.
[[nodiscard]] inline bool classTakes(std::string_view content, char byte)
{
    const bool isTurned = content.starts_with('^');
    content.remove_prefix(isTurned ? 1 : 0);
    bool isIn = false;
    while (!content.empty()) {
        if (content.size() > 1 && content[0] == '\\') {
            content.remove_prefix(1);
        } else if (content.size() > 2 && content[1] == '-') {
            const auto low = static_cast<unsigned char>(content[0]);
            const auto high = static_cast<unsigned char>(content[2]);
            const auto wanted = static_cast<unsigned char>(byte);
            isIn = isIn || (wanted >= low && wanted <= high);
            content.remove_prefix(3);
            continue;
        }
        isIn = isIn || content[0] == byte;
        content.remove_prefix(1);
    }
    return isIn != isTurned;
}

/// How a server reads the pattern of SCAN MATCH (https://redis.io/commands/keys), the plain and slow way.
[[nodiscard]] inline bool globMatches(std::string_view glob, std::string_view key)
{
    if (glob.empty()) {
        return key.empty();
    }
    if (glob[0] == '*') {
        return globMatches(glob.substr(1), key) || (!key.empty() && globMatches(glob, key.substr(1)));
    }
    if (key.empty()) {
        return false;
    }
    std::size_t length = 1;
    bool takes = glob[0] == '?' || glob[0] == key[0];
    if (glob[0] == '\\' && glob.size() > 1) {
        length = 2;
        takes = glob[1] == key[0];
    } else if (glob[0] == '[') {
        std::size_t close = 1;
        while (close < glob.size() && glob[close] != ']') {
            close += glob[close] == '\\' ? 2 : 1;
        }
        length = close + 1;
        takes = close < glob.size() && classTakes(glob.substr(1, close - 1), key[0]);
    }
    return takes && globMatches(glob.substr(length), key.substr(1));
}

} // namespace keyglass::test
