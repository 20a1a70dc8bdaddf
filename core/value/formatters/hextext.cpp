// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/hextext.h"

#include <algorithm>

namespace keyglass {

namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

void appendByte(std::string& out, char c)
{
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 0x0FU];
}

} // namespace

std::string hexOffset(std::uint64_t offset, std::uint64_t total)
{
    std::size_t width = 8;
    while (width < 16 && (total > 0 ? total - 1 : 0) >> (4 * width) != 0) {
        ++width;
    }
    std::string out(width, '0');
    for (std::size_t i = width; i > 0; --i) {
        out[i - 1] = digits[offset & 0x0FU];
        offset >>= 4U;
    }
    return out;
}

std::string hexBytes(std::string_view bytes)
{
    std::string out;
    const std::size_t count = std::min<std::size_t>(bytes.size(), hexRowBytes);
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) {
            out += i == hexRowBytes / 2 ? "  " : " ";
        }
        appendByte(out, bytes[i]);
    }
    return out;
}

std::string hexAscii(std::string_view bytes)
{
    std::string out(bytes.substr(0, hexRowBytes));
    std::replace_if(out.begin(), out.end(), [](char c) { return c < 0x20 || c > 0x7E; }, '.');
    return out;
}

std::string hexDigits(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        appendByte(out, c);
    }
    return out;
}

} // namespace keyglass
