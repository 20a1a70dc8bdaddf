// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/hyperloglog.h"

#include "core/value/formatters/formatdecoder.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <cmath>

namespace keyglass {

namespace {

constexpr std::string_view magic = "HYLL";
constexpr std::size_t headerBytes = 16;
constexpr std::size_t registerBits = 6;
constexpr std::size_t denseBytes = headerBytes + hyperLogLogRegisters * registerBits / 8;
constexpr std::uint32_t mostLeadingZeros = 50; ///< 64 bits of hash, 14 of which choose the register.

/// How many registers hold each number: all that the estimate takes.
using Histogram = std::array<std::uint32_t, 64>;

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

unsigned byteAt(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

Histogram denseRegisters(std::string_view bytes)
{
    Histogram counts{};
    const std::string_view registers = bytes.substr(headerBytes);
    for (std::size_t at = 0; at < hyperLogLogRegisters; ++at) {
        const std::size_t bit = at * registerBits;
        const unsigned low = byteAt(registers, bit / 8) >> (bit % 8);
        const bool isSplit = bit % 8 > 8 - registerBits;
        const unsigned high = isSplit ? byteAt(registers, bit / 8 + 1) << (8 - bit % 8) : 0U;
        ++counts[(low | high) & 63U];
    }
    return counts;
}

/// Runs of registers: 00xxxxxx and 01xxxxxx yyyyyyyy of empty ones, 1vvvvvxx of one value.
std::optional<Histogram> sparseRegisters(std::string_view bytes)
{
    Histogram counts{};
    std::uint32_t total = 0;
    for (std::size_t at = headerBytes; at < bytes.size(); ++at) {
        const unsigned code = byteAt(bytes, at);
        std::uint32_t run = (code & 0x3FU) + 1;
        unsigned value = 0;
        if ((code & 0x80U) != 0) {
            value = ((code >> 2U) & 0x1FU) + 1;
            run = (code & 0x3U) + 1;
        } else if ((code & 0x40U) != 0) {
            if (++at == bytes.size()) {
                return std::nullopt;
            }
            run = ((code & 0x3FU) << 8U | byteAt(bytes, at)) + 1;
        }
        total += run;
        if (total > hyperLogLogRegisters) {
            return std::nullopt;
        }
        counts[value] += run;
    }
    return total == hyperLogLogRegisters ? std::optional(counts) : std::nullopt;
}

double sigma(double x)
{
    if (x == 1.0) {
        return INFINITY;
    }
    double y = 1;
    double z = x;
    for (double before = -1; z != before; y += y) {
        before = z;
        x *= x;
        z += x * y;
    }
    return z;
}

double tau(double x)
{
    if (x == 0.0 || x == 1.0) {
        return 0;
    }
    double y = 1;
    double z = 1 - x;
    for (double before = -1; z != before;) {
        before = z;
        x = std::sqrt(x);
        y *= 0.5;
        z -= (1 - x) * (1 - x) * y;
    }
    return z / 3;
}

std::uint64_t estimateOf(const Histogram& counts)
{
    constexpr double alpha = 0.721347520444481703680; // 1 / (2 ln 2)
    const double m = hyperLogLogRegisters;
    double z = m * tau((m - counts[mostLeadingZeros + 1]) / m);
    for (std::uint32_t value = mostLeadingZeros; value >= 1; --value) {
        z = 0.5 * (z + counts[value]);
    }
    z += m * sigma(counts[0] / m);
    return static_cast<std::uint64_t>(std::llround(alpha * m * m / z));
}

/// Little endian; the highest bit says that it is outdated.
std::optional<std::uint64_t> cachedCount(std::string_view bytes)
{
    std::uint64_t count = 0;
    for (std::size_t at = 8; at-- > 0;) {
        count = count << 8U | byteAt(bytes, 8 + at);
    }
    return (count >> 63U) != 0 ? std::nullopt : std::optional(count);
}

Result<std::string> describe(std::string_view bytes)
{
    const auto facts = readHyperLogLog(bytes);
    if (!facts) {
        return facts.error();
    }
    QStringList lines;
    lines << tr("About %1 distinct elements (an estimate; its standard error is 0.81 %)").arg(facts->estimate);
    lines << (facts->isDense ? tr("HyperLogLog, dense, %1 bytes") : tr("HyperLogLog, sparse, %1 bytes"))
                 .arg(bytes.size());
    lines << tr("%1 of %2 registers in use").arg(facts->registersInUse).arg(hyperLogLogRegisters);
    lines << (facts->cached
            ? tr("Counted last by the server: %1").arg(*facts->cached)
            : tr("Elements were added since the server has counted last; PFCOUNT would write the new count "
                 "into the value"));
    return lines.join(u'\n').toStdString();
}

Confidence detect(std::string_view bytes, TextEnd end)
{
    const bool isWhole = end == TextEnd::MoreFollows || readHyperLogLog(bytes);
    return isHyperLogLog(bytes) && isWhole ? Confidence::Certain : Confidence::No;
}

} // namespace

bool isHyperLogLog(std::string_view bytes)
{
    return bytes.size() >= headerBytes && bytes.starts_with(magic) && byteAt(bytes, magic.size()) <= 1;
}

Result<HyperLogLogFacts> readHyperLogLog(std::string_view bytes)
{
    if (!isHyperLogLog(bytes)) {
        return notThis(tr("It does not begin with HYLL and an encoding"));
    }
    HyperLogLogFacts facts;
    facts.isDense = byteAt(bytes, magic.size()) == 0;
    if (facts.isDense && bytes.size() != denseBytes) {
        return notThis(tr("It is dense and not %1 bytes long").arg(denseBytes));
    }
    const auto counts = facts.isDense ? std::optional(denseRegisters(bytes)) : sparseRegisters(bytes);
    if (!counts) {
        return notThis(tr("Its runs are not %1 registers").arg(hyperLogLogRegisters));
    }
    facts.registersInUse = hyperLogLogRegisters - (*counts)[0];
    facts.estimate = estimateOf(*counts);
    facts.cached = cachedCount(bytes);
    return facts;
}

DecoderPtr hyperLogLogDecoder()
{
    return makeDecoder(TextFormat{"hyperloglog", "HyperLogLog", detect, describe});
}

} // namespace keyglass
