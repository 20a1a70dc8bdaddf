// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/crc32c.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace keyglass {

namespace {

constexpr std::size_t stride = 8;
using Tables = std::array<std::array<std::uint32_t, 256>, stride>;

/// tables[n][b]: what byte b adds to the sum with n more bytes behind it.
constexpr Tables makeTables()
{
    constexpr std::uint32_t polynomial = 0x82F63B78U; // bits reversed
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t sum = byte;
        for (int bit = 0; bit < 8; ++bit) {
            sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? polynomial : 0U);
        }
        tables[0][byte] = sum;
    }
    for (std::size_t n = 1; n < stride; ++n) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t one = tables[n - 1][byte];
            tables[n][byte] = (one >> 8U) ^ tables[0][one & 0xFFU];
        }
    }
    return tables;
}

constexpr Tables tables = makeTables();

std::uint32_t step(std::uint32_t sum, char byte)
{
    return (sum >> 8U) ^ tables[0][(sum ^ static_cast<unsigned char>(byte)) & 0xFFU];
}

/// The sum of whole words from the front of `bytes`, which it takes off.
std::uint32_t sumOfWords(std::uint32_t sum, std::string_view& bytes)
{
    for (; bytes.size() >= stride; bytes.remove_prefix(stride)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), stride);
        word ^= sum;
        sum = 0;
        for (std::size_t n = 0; n < stride; ++n) {
            sum ^= tables[stride - 1 - n][(word >> (8 * n)) & 0xFFU];
        }
    }
    return sum;
}

#if defined(__x86_64__) && defined(__GNUC__)
/// The same by the processor's own command for it, several times as fast.
__attribute__((target("sse4.2"))) std::uint32_t sumByProcessor(std::uint32_t sum, std::string_view& bytes)
{
    std::uint64_t wide = sum;
    for (; bytes.size() >= stride; bytes.remove_prefix(stride)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), stride);
        wide = __builtin_ia32_crc32di(wide, word);
    }
    return static_cast<std::uint32_t>(wide);
}

bool hasProcessorSum()
{
    static const bool has = __builtin_cpu_supports("sse4.2") != 0;
    return has;
}
#else
std::uint32_t sumByProcessor(std::uint32_t sum, std::string_view&)
{
    return sum;
}

bool hasProcessorSum()
{
    return false;
}
#endif

} // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t before)
{
    std::uint32_t sum = ~before;
    if (hasProcessorSum()) {
        sum = sumByProcessor(sum, bytes);
    } else if (std::endian::native == std::endian::little) {
        sum = sumOfWords(sum, bytes);
    }
    for (const char byte : bytes) {
        sum = step(sum, byte);
    }
    return ~sum;
}

} // namespace keyglass
