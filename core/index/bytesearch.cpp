// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/bytesearch.h"

#include <QtGlobal>

#include <algorithm>
#include <bit>

#ifdef __SSE2__
#include <immintrin.h>
#endif

// Compares the first and the last byte of the needle at 16 or 32 places at once, and looks closer only where both fit.
// ASCII letters differ in case by the bit 0x20 alone, and (b | 0x20) is a given lower-case letter for no other byte: so
// searching without case costs one "or" more, done with a mask of 0 where case counts.

namespace keyglass {

namespace {

constexpr std::size_t blockSize = 16; // what fitsSse2() compares at once
constexpr char caseBit = 0x20;

bool isAsciiLetter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool fits(char byte, char mask, char wanted)
{
    return static_cast<char>(byte | mask) == wanted;
}

} // namespace

ByteSearch::ByteSearch(std::string_view needle, bool caseSensitive, Unit unit)
    : m_needle{{needle.begin(), needle.end()}, std::vector<char>(needle.size(), 0), needle.size()}
    , m_find(finder(unit))
{
    Q_ASSERT(!needle.empty());
    for (std::size_t at = 0; at < needle.size() && !caseSensitive; ++at) {
        if (isAsciiLetter(needle[at])) {
            m_needle.masks[at] = caseBit;
            m_needle.wanted[at] = static_cast<char>(needle[at] | caseBit);
        }
    }
    const std::size_t padded = (needle.size() + blockSize - 1) / blockSize * blockSize;
    m_needle.wanted.resize(padded);
    m_needle.masks.resize(padded);
}

std::size_t ByteSearch::find(std::string_view bytes, std::size_t from) const noexcept
{
    if (bytes.size() < m_needle.size) {
        return npos;
    }
    return m_find(m_needle, bytes.data(), bytes.size() - m_needle.size + 1, from);
}

bool ByteSearch::fitsPlain(const Needle& needle, const char* bytes)
{
    for (std::size_t at = 0; at < needle.size; ++at) {
        if (!fits(bytes[at], needle.masks[at], needle.wanted[at])) {
            return false;
        }
    }
    return true;
}

std::size_t ByteSearch::findPlain(const Needle& needle, const char* bytes, std::size_t end, std::size_t from)
{
    for (std::size_t at = from; at < end; ++at) {
        if (fits(bytes[at], needle.masks[0], needle.wanted[0]) && fitsPlain(needle, bytes + at)) {
            return at;
        }
    }
    return npos;
}

#ifdef __SSE2__

bool ByteSearch::fitsSse2(const Needle& needle, const char* bytes)
{
    for (std::size_t at = 0; at < needle.size; at += blockSize) {
        const auto load = [at](const char* from) {
            return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at));
        };
        const __m128i same =
            _mm_cmpeq_epi8(_mm_or_si128(load(bytes), load(needle.masks.data())), load(needle.wanted.data()));
        const std::size_t counted = std::min(blockSize, needle.size - at);
        const unsigned different = ~static_cast<unsigned>(_mm_movemask_epi8(same));
        if ((different & ((1U << counted) - 1)) != 0) {
            return false;
        }
    }
    return true;
}

std::size_t ByteSearch::findSse2(const Needle& needle, const char* bytes, std::size_t end, std::size_t from)
{
    const std::size_t last = needle.size - 1;
    const __m128i firstMask = _mm_set1_epi8(needle.masks[0]);
    const __m128i firstWanted = _mm_set1_epi8(needle.wanted[0]);
    const __m128i lastMask = _mm_set1_epi8(needle.masks[last]);
    const __m128i lastWanted = _mm_set1_epi8(needle.wanted[last]);
    for (std::size_t at = from; at < end; at += 16) {
        const __m128i firsts = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
        const __m128i lasts = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at + last));
        const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(_mm_or_si128(firsts, firstMask), firstWanted),
            _mm_cmpeq_epi8(_mm_or_si128(lasts, lastMask), lastWanted));
        for (auto places = static_cast<unsigned>(_mm_movemask_epi8(both)); places != 0; places &= places - 1) {
            const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(places));
            if (place >= end) {
                return npos;
            }
            if (fitsSse2(needle, bytes + place)) {
                return place;
            }
        }
    }
    return npos;
}

__attribute__((target("avx2"))) std::size_t ByteSearch::findAvx2(
    const Needle& needle, const char* bytes, std::size_t end, std::size_t from)
{
    const std::size_t last = needle.size - 1;
    const __m256i firstMask = _mm256_set1_epi8(needle.masks[0]);
    const __m256i firstWanted = _mm256_set1_epi8(needle.wanted[0]);
    const __m256i lastMask = _mm256_set1_epi8(needle.masks[last]);
    const __m256i lastWanted = _mm256_set1_epi8(needle.wanted[last]);
    for (std::size_t at = from; at < end; at += 32) {
        const __m256i firsts = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at));
        const __m256i lasts = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at + last));
        const __m256i both = _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_or_si256(firsts, firstMask), firstWanted),
            _mm256_cmpeq_epi8(_mm256_or_si256(lasts, lastMask), lastWanted));
        for (auto places = static_cast<unsigned>(_mm256_movemask_epi8(both)); places != 0; places &= places - 1) {
            const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(places));
            if (place >= end) {
                return npos;
            }
            if (fitsSse2(needle, bytes + place)) {
                return place;
            }
        }
    }
    return npos;
}

std::vector<ByteSearch::Unit> ByteSearch::supportedUnits()
{
    std::vector<Unit> units{Unit::Plain, Unit::Sse2};
    if (__builtin_cpu_supports("avx2")) {
        units.push_back(Unit::Avx2);
    }
    return units;
}

ByteSearch::Find ByteSearch::finder(Unit unit)
{
    switch (unit) {
    case Unit::Avx2:
        return findAvx2;
    case Unit::Sse2:
        return findSse2;
    case Unit::Plain:
        break;
    }
    return findPlain;
}

#else

std::vector<ByteSearch::Unit> ByteSearch::supportedUnits()
{
    return {Unit::Plain};
}

ByteSearch::Find ByteSearch::finder(Unit)
{
    return findPlain;
}

#endif

ByteSearch::Unit ByteSearch::fastestUnit()
{
    static const Unit fastest = supportedUnits().back();
    return fastest;
}

} // namespace keyglass
