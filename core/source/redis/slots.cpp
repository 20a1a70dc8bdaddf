// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/slots.h"

#include "core/source/redis/infotext.h"

#include <QStringList>

#include <array>

namespace keyglass {

namespace {

constexpr std::uint16_t polynomial = 0x1021;

constexpr std::array<std::uint16_t, 256> makeTable()
{
    std::array<std::uint16_t, 256> table{};
    for (unsigned byte = 0; byte < table.size(); ++byte) {
        unsigned rest = byte << 8U;
        for (int bit = 0; bit < 8; ++bit) {
            rest = (rest & 0x8000U) != 0 ? (rest << 1U) ^ polynomial : rest << 1U;
        }
        table[byte] = static_cast<std::uint16_t>(rest);
    }
    return table;
}

constexpr auto crcTable = makeTable();

std::uint16_t crc16(std::string_view bytes)
{
    unsigned rest = 0;
    for (const char each : bytes) {
        const auto byte = static_cast<unsigned char>(each);
        rest = (rest << 8U) ^ crcTable[((rest >> 8U) ^ byte) & 0xFFU];
    }
    return static_cast<std::uint16_t>(rest);
}

std::string_view hashTag(std::string_view key)
{
    const std::size_t open = key.find('{');
    if (open == std::string_view::npos) {
        return key;
    }
    const std::size_t close = key.find('}', open + 1);
    const bool isEmpty = close == open + 1;
    return close == std::string_view::npos || isEmpty ? key : key.substr(open + 1, close - open - 1);
}

} // namespace

std::uint16_t slotOf(std::string_view key)
{
    return crc16(hashTag(key)) % slotCount;
}

bool addSlots(SlotSet& slots, std::uint64_t first, std::uint64_t last)
{
    if (first > last || last >= slotCount) {
        return false;
    }
    for (std::uint64_t slot = first; slot <= last; ++slot) {
        slots.set(slot);
    }
    return true;
}

bool addSlots(SlotSet& slots, std::string_view text)
{
    const std::size_t dash = text.find('-');
    const auto first = wholeNumber(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : wholeNumber(text.substr(dash + 1));
    return first && last && addSlots(slots, *first, *last);
}

std::optional<std::size_t> nextSlot(const SlotSet& slots, std::size_t from)
{
    while (from < slotCount && !slots.test(from)) {
        ++from;
    }
    return from < slotCount ? std::optional(from) : std::nullopt;
}

QString slotText(const SlotSet& slots, std::size_t most)
{
    QStringList ranges;
    for (auto first = nextSlot(slots, 0); first;) {
        if (static_cast<std::size_t>(ranges.size()) == most) {
            ranges << QStringLiteral("…");
            break;
        }
        std::size_t end = *first + 1;
        while (end < slotCount && slots.test(end)) {
            ++end;
        }
        ranges << (end == *first + 1 ? QString::number(*first) : QStringLiteral("%1-%2").arg(*first).arg(end - 1));
        first = nextSlot(slots, end);
    }
    return ranges.join(QStringLiteral(", "));
}

} // namespace keyglass
