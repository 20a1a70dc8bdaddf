// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/naturalorder.h"

#include <algorithm>

namespace keyglass {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// '0', then the number of digits, then the digits: the more digits, the larger. A '0' is met by another number or by a
/// byte that is no digit, and both compare as the first digit would have. 255 and more digits count on in further
/// bytes.
void appendNumber(std::string& out, std::string_view digits)
{
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    out += '0';
    std::size_t length = digits.size();
    for (; length >= 255; length -= 255) {
        out += '\xFF';
    }
    out += static_cast<char>(static_cast<unsigned char>(length));
    out += digits;
}

} // namespace

void appendNaturalKey(std::string& out, std::string_view label)
{
    while (!label.empty()) {
        const auto* const digit = std::find_if(label.begin(), label.end(), isDigit);
        out.append(label.begin(), digit);
        const auto* const rest = std::find_if_not(digit, label.end(), isDigit);
        if (digit != rest) {
            appendNumber(out, {digit, static_cast<std::size_t>(rest - digit)});
        }
        label = {rest, static_cast<std::size_t>(label.end() - rest)};
    }
}

std::uint64_t leadingBytes(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        number = number << 8U | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    }
    return number;
}

} // namespace keyglass
