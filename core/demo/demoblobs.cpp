// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoblobs.h"

#include <QByteArray>

#include <array>
#include <cstdint>

namespace keyglass {

namespace {

using namespace std::string_literals;

/// The checksum of gzip and PNG (ISO 3309), bit by bit: what is summed up here is small.
std::uint32_t crc32(std::string_view bytes)
{
    constexpr std::uint32_t polynomial = 0xEDB88320U;
    std::uint32_t sum = ~0U;
    for (const char byte : bytes) {
        sum ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? polynomial : 0U);
        }
    }
    return ~sum;
}

std::string bigEndian(std::uint32_t number)
{
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift));
    }
    return bytes;
}

std::string littleEndian(std::uint32_t number)
{
    const std::string bytes = bigEndian(number);
    return {bytes.rbegin(), bytes.rend()};
}

std::string chunk(std::string_view type, std::string_view content)
{
    const std::string summed = std::string(type) + std::string(content);
    return bigEndian(static_cast<std::uint32_t>(content.size())) + summed + bigEndian(crc32(summed));
}

} // namespace

std::string zlibOf(std::string_view bytes)
{
    constexpr int lengthOfQt = 4; // qCompress() puts the length before the stream
    const QByteArray packed = qCompress(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return packed.mid(lengthOfQt).toStdString();
}

std::string gzipOf(std::string_view bytes)
{
    constexpr std::size_t header = 2;   // of zlib
    constexpr std::size_t checksum = 4; // of zlib
    const std::string packed = zlibOf(bytes);
    return "\x1f\x8b\x08\0\0\0\0\0\0\xff"s + packed.substr(header, packed.size() - header - checksum)
        + littleEndian(crc32(bytes)) + littleEndian(static_cast<std::uint32_t>(bytes.size()));
}

std::string pngOf(int side, int hue)
{
    std::string rows;
    for (int y = 0; y < side; ++y) {
        rows += '\0'; // no filter
        for (int x = 0; x < side; ++x) {
            const bool inside = (2 * x - side) * (2 * x - side) + (2 * y - side) * (2 * y - side) < side * side;
            const std::array<int, 3> color{inside ? hue : 240, inside ? 255 * y / side : 240, inside ? 255 - hue : 240};
            for (const int part : color) {
                rows += static_cast<char>(part);
            }
        }
    }
    const auto length = bigEndian(static_cast<std::uint32_t>(side));
    return "\x89PNG\r\n\x1a\n"s + chunk("IHDR", length + length + "\x08\x02\0\0\0"s) + chunk("IDAT", zlibOf(rows))
        + chunk("IEND", {});
}

} // namespace keyglass
