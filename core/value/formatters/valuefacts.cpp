// SPDX-License-Identifier: GPL-3.0-or-later
// What short values may mean: points in time, UUIDs, flags.
#include "core/value/formatters/formatdecoder.h"

#include <QByteArray>
#include <QCoreApplication>

#include <array>
#include <charconv>

namespace keyglass {

namespace {

constexpr std::size_t mostBitsNamed = 10'000;
constexpr std::size_t mostFlagBytes = 1024ULL * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

struct TimeUnit {
    const char* name;
    std::int64_t perSecond;
    std::int64_t most; ///< Numbers up to here are taken for it: the year 5138 in each.
};
constexpr std::array units{TimeUnit{QT_TRANSLATE_NOOP("decoders", "seconds since 1970"), 1, 99'999'999'999},
    TimeUnit{QT_TRANSLATE_NOOP("decoders", "milliseconds since 1970"), 1000, 99'999'999'999'999},
    TimeUnit{QT_TRANSLATE_NOOP("decoders", "microseconds since 1970"), 1'000'000, 99'999'999'999'999'999},
    TimeUnit{QT_TRANSLATE_NOOP("decoders", "nanoseconds since 1970"), 1'000'000'000, INT64_MAX}};

std::string timeOf(std::int64_t number)
{
    for (const TimeUnit& unit : units) {
        if (number > unit.most || number < -unit.most) {
            continue;
        }
        const std::int64_t rest = ((number % unit.perSecond) + unit.perSecond) % unit.perSecond;
        const std::int64_t seconds = (number - rest) / unit.perSecond;
        const std::string text = timeText(seconds, static_cast<std::uint32_t>(rest * (1'000'000'000 / unit.perSecond)));
        return text.empty() ? text : text + " (" + tr(unit.name).toStdString() + ')';
    }
    return {};
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = failed == std::errc() && end == text.data() + text.size();
    return isNumber ? std::optional(number) : std::nullopt;
}

/// A number in digits, also with a fraction; or one of four or eight bytes in either order.
Result<std::string> describeTime(std::string_view bytes)
{
    if (const auto number = wholeNumber(bytes.substr(0, bytes.find('.')))) {
        const std::string text = timeOf(*number);
        return text.empty() ? Result<std::string>(notThis(tr("That is too far away for a point in time"))) : text;
    }
    std::string all;
    if (bytes.size() == 4 || bytes.size() == 8) {
        const auto big = static_cast<std::int64_t>(TreeReader(bytes, {}).takeBig(bytes.size()));
        const auto little = static_cast<std::int64_t>(TreeReader(bytes, {}).takeLittle(bytes.size()));
        const std::string first = timeOf(big);
        const std::string second = timeOf(little);
        all = first.empty() ? "" : first + tr(", big endian").toStdString();
        all += second.empty() ? "" : (all.empty() ? "" : "\n") + second + tr(", little endian").toStdString();
    }
    return all.empty() ? Result<std::string>(notThis(tr("It is no number of seconds, nor 4 or 8 bytes of one"))) : all;
}

Confidence detectTime(std::string_view bytes, TextEnd end)
{
    const bool couldBe = end == TextEnd::Whole && (bytes.size() == 10 || bytes.size() == 13) && bytes.front() == '1';
    return couldBe && wholeNumber(bytes) ? Confidence::Possible : Confidence::No;
}

unsigned uuidVersion(std::string_view bytes)
{
    return static_cast<unsigned char>(bytes[6]) >> 4U;
}

Result<std::string> describeUuid(std::string_view bytes)
{
    if (bytes.size() != 16) {
        return notThis(tr("A UUID has 16 bytes, and these are %1").arg(bytes.size()));
    }
    const std::string hex = QByteArray(bytes.data(), 16).toHex().toStdString();
    std::string text = hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4)
        + '-' + hex.substr(20);
    const unsigned version = uuidVersion(bytes);
    const bool isStandard = (static_cast<unsigned char>(bytes[8]) & 0xC0U) == 0x80;
    if (!isStandard || version == 0 || version > 8) {
        return text;
    }
    text += " (" + tr("version %1").arg(version).toStdString();
    if (version == 7) { // RFC 9562: milliseconds in front
        const auto milliseconds = static_cast<std::int64_t>(TreeReader(bytes, {}).takeBig(6));
        const auto rest = static_cast<std::uint32_t>(milliseconds % 1000);
        text += ", " + timeText(milliseconds / 1000, rest * 1'000'000);
    }
    return text + ')';
}

Confidence detectUuid(std::string_view bytes, TextEnd end)
{
    const bool couldBe = end == TextEnd::Whole && bytes.size() == 16 && !looksLikeText(bytes, end);
    return couldBe && uuidVersion(bytes) >= 1 && uuidVersion(bytes) <= 8 ? Confidence::Possible : Confidence::No;
}

/// Names the set bits of `count` ones, `isSet` telling each.
template <typename IsSet> std::string setBits(std::size_t count, const IsSet& isSet)
{
    std::string names;
    std::size_t named = 0;
    for (std::size_t bit = 0; bit < count; ++bit) {
        if (!isSet(bit)) {
            continue;
        }
        if (++named > mostBitsNamed) {
            return names + ", …";
        }
        names += (names.empty() ? "" : ", ") + std::to_string(bit);
    }
    return names.empty() ? tr("none").toStdString() : names;
}

/// Flags in a number: bit 0 is its lowest. In bytes as SETBIT counts them: bit 0 is the highest of the first byte.
Result<std::string> describeFlags(std::string_view bytes)
{
    if (bytes.empty() || bytes.size() > mostFlagBytes) {
        return notThis(tr("Flags are 1 byte to 1 MB"));
    }
    if (const auto number = wholeNumber(bytes)) {
        const auto value = static_cast<std::uint64_t>(*number);
        std::string binary = "0b";
        for (int bit = 63; bit >= 0; --bit) {
            const bool isSet = ((value >> static_cast<unsigned>(bit)) & 1U) != 0;
            binary += isSet || binary.size() > 2 || bit == 0 ? (isSet ? "1" : "0") : "";
        }
        const std::string bits = setBits(64, [value](std::size_t bit) { return ((value >> bit) & 1U) != 0; });
        return binary + '\n' + tr("set, from the lowest: ").toStdString() + bits;
    }
    const auto isSet = [bytes](std::size_t bit) {
        return ((static_cast<unsigned char>(bytes[bit / 8]) >> (7 - bit % 8)) & 1U) != 0;
    };
    return tr("set, as GETBIT counts: ").toStdString() + setBits(bytes.size() * 8, isSet);
}

Confidence detectNothing(std::string_view /*bytes*/, TextEnd /*end*/)
{
    return Confidence::No;
}

} // namespace

DecoderPtr unixTimeDecoder()
{
    return makeDecoder(TextFormat{"unix-time", "Unix time", detectTime, describeTime});
}

DecoderPtr uuidDecoder()
{
    return makeDecoder(TextFormat{"uuid", "UUID", detectUuid, describeUuid});
}

DecoderPtr flagsDecoder()
{
    return makeDecoder(TextFormat{"flags", "flags", detectNothing, describeFlags});
}

} // namespace keyglass
