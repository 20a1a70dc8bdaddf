// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/utf8step.h"

#include <algorithm>

namespace keyglass {

namespace {

struct LeadByte {
    std::size_t length = 0;          ///< Of the whole sequence; 0: no lead byte.
    unsigned char secondFrom = 0x80; ///< The bounds of the second byte keep out overlong forms, surrogates and what is
    unsigned char secondTo = 0xBF;   ///< above U+10FFFF (RFC 3629, section 4).
};

LeadByte leadByte(unsigned char first)
{
    if (first >= 0xC2 && first <= 0xDF) {
        return {2};
    }
    if (first >= 0xE0 && first <= 0xEF) {
        const auto from = static_cast<unsigned char>(first == 0xE0 ? 0xA0 : 0x80);
        const auto to = static_cast<unsigned char>(first == 0xED ? 0x9F : 0xBF);
        return {3, from, to};
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const auto from = static_cast<unsigned char>(first == 0xF0 ? 0x90 : 0x80);
        const auto to = static_cast<unsigned char>(first == 0xF4 ? 0x8F : 0xBF);
        return {4, from, to};
    }
    return {};
}

} // namespace

Utf8Step utf8StepAt(std::string_view bytes, std::size_t at)
{
    const auto byteAt = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    const unsigned char first = byteAt(0);
    if (first < 0x80) {
        return {Utf8Step::Kind::Character, first, 1};
    }
    const LeadByte lead = leadByte(first);
    if (lead.length == 0) {
        return {};
    }
    const std::size_t there = std::min(lead.length, bytes.size() - at);
    char32_t codePoint = first & (0xFFU >> (lead.length + 1));
    for (std::size_t i = 1; i < there; ++i) {
        const unsigned char byte = byteAt(i);
        const bool good = i == 1 ? byte >= lead.secondFrom && byte <= lead.secondTo : (byte & 0xC0U) == 0x80U;
        if (!good) {
            return {};
        }
        codePoint = (codePoint << 6U) | (byte & 0x3FU);
    }
    if (there < lead.length) {
        return {Utf8Step::Kind::Cut, 0, there};
    }
    return {Utf8Step::Kind::Character, codePoint, lead.length};
}

} // namespace keyglass
