// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/scanparts.h"

#include "core/source/redis/infotext.h"
#include "core/source/redis/serverfacts.h"

#include <algorithm>
#include <cmath>

// Several cursors over one table
//
// Redis walks a hash table of 2^n buckets by counting in reversed bits: the highest of the n bits changes first. A
// cursor's position, its 64 bits reversed, therefore grows from call to call, and a key's place in that order is the
// reversed hash of the key, whatever the size of the table: when the table grows or shrinks, a bucket becomes
// several neighbours or several neighbours become one, and the order between them stays. That is why a single cursor
// survives rehashing, and it is why a walk may also begin at any position: the bucket that the position falls into is
// given whole, then everything behind it. So a part is a range of positions, [from, until). It ends with the first
// cursor at or behind `until`, or with 0. What a call gives beyond that is repeated by the next part and falls out in
// the index; what it gives before `from` likewise.
//
// Nothing of this is promised by the protocol. It holds for Redis 7.0 without cluster (proven by tst_scanparts on the
// server the tests run with); in cluster mode, newer versions keep the slot in the low bits. So it is used for proven
// versions only, and a cursor that goes backwards ends it: then the walk begins again with one cursor.

namespace keyglass {

namespace {

constexpr double wholeTable = 18446744073709551616.0; // 2^64

/// Cursors of a walk that began anywhere need no more bits than a table has; these are more than any has.
constexpr std::uint64_t positionMask = ~std::uint64_t{0xFFFF};

double widthOf(std::uint64_t from, std::uint64_t until)
{
    const std::uint64_t width = until - from;
    return width == 0 ? wholeTable : static_cast<double>(width);
}

} // namespace

std::uint64_t positionOf(Cursor cursor)
{
    std::uint64_t bits = cursor.value;
    bits = ((bits >> 1U) & 0x5555555555555555U) | ((bits & 0x5555555555555555U) << 1U);
    bits = ((bits >> 2U) & 0x3333333333333333U) | ((bits & 0x3333333333333333U) << 2U);
    bits = ((bits >> 4U) & 0x0F0F0F0F0F0F0F0FU) | ((bits & 0x0F0F0F0F0F0F0F0FU) << 4U);
    return __builtin_bswap64(bits);
}

Cursor cursorAt(std::uint64_t position)
{
    return Cursor{positionOf(Cursor{position})}; // reversing twice is no change
}

bool provenForParts(const InfoText& serverInfo)
{
    const auto version = ServerVersion::parse(serverInfo.value("redis_version").value_or(""));
    const bool isListed = version && version->major == 7 && version->minor == 0;
    const bool isAlone = serverInfo.value("redis_mode") == "standalone";
    // Relatives of Redis claim its version, and tell their own in a line such as "valkey_version".
    const bool isAnother = std::ranges::any_of(serverInfo.lines(), [](const auto& line) {
        const bool isHarmless = line.first == "redis_version" || line.first == "gcc_version";
        return line.first.ends_with("_version") && !isHarmless;
    });
    return isListed && isAlone && !isAnother && serverInfo.value("redis_build_id") && !serverInfo.value("server_name")
        && !serverInfo.value("server_threads");
}

ScanParts::ScanParts(std::vector<ScanPart> rest)
{
    if (rest.empty()) {
        rest.emplace_back();
    }
    for (const ScanPart& part : rest) {
        m_parts.push_back(Part{part.from, part.from, part.until});
    }
}

std::optional<std::size_t> ScanParts::idle() const
{
    const auto found = std::ranges::find_if(m_parts, [](const Part& part) { return !part.underWay && !part.done; });
    return found == m_parts.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - m_parts.begin()));
}

bool ScanParts::isDone() const
{
    return std::ranges::all_of(m_parts, &Part::done);
}

bool ScanParts::isOneLeft() const
{
    return std::ranges::count(m_parts, false, &Part::done) == 1;
}

bool ScanParts::isAtStart() const
{
    return m_parts.size() == 1 && m_parts.front().next == Cursor{} && !m_parts.front().done;
}

double ScanParts::shareLeft(std::size_t part, Cursor from) const
{
    const Part& at = m_parts[part];
    return at.done ? 0 : widthOf(positionOf(from), at.until) / wholeTable;
}

bool ScanParts::isLast(std::size_t part, Cursor answer) const
{
    const std::uint64_t until = m_parts[part].until;
    return answer == Cursor{} || (until != 0 && positionOf(answer) >= until);
}

void ScanParts::lostAll()
{
    for (Part& part : m_parts) {
        part.underWay = false;
    }
}

bool ScanParts::answered(std::size_t part, Cursor answer)
{
    Part& at = m_parts[part];
    const bool isOrdered = answer == Cursor{} || positionOf(answer) > positionOf(at.next);
    at.underWay = false;
    at.done = isLast(part, answer);
    at.next = answer;
    m_isOrdered = m_isOrdered && isOrdered;
    return m_isOrdered || m_parts.size() == 1;
}

std::optional<std::size_t> ScanParts::largest() const
{
    std::optional<std::size_t> found;
    double most = 0;
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        const double share = shareLeft(part, m_parts[part].next);
        if (share > most) {
            found = part;
            most = share;
        }
    }
    return found;
}

std::size_t ScanParts::freePlace()
{
    const auto found = std::ranges::find_if(m_parts, &Part::doneAndTaken);
    if (found != m_parts.end()) {
        return static_cast<std::size_t>(found - m_parts.begin());
    }
    m_parts.emplace_back();
    return m_parts.size() - 1;
}

bool ScanParts::split(double leastShare)
{
    const auto part = largest();
    if (!m_isOrdered || !part || shareLeft(*part, m_parts[*part].next) <= leastShare) {
        return false;
    }
    const std::uint64_t from = positionOf(m_parts[*part].next);
    const std::uint64_t until = m_parts[*part].until;
    const auto half = static_cast<std::uint64_t>(std::ldexp(widthOf(from, until), -1));
    const std::uint64_t middle = (from + half) & positionMask;
    if (middle <= from) {
        return false;
    }
    const std::size_t added = freePlace();
    m_parts[added] = Part{cursorAt(middle), cursorAt(middle), until};
    m_parts[*part].until = middle;
    return true;
}

void ScanParts::taken()
{
    for (Part& part : m_parts) {
        part.safe = part.next;
        part.doneAndTaken = part.done;
    }
}

std::vector<ScanPart> ScanParts::rest() const
{
    std::vector<ScanPart> rest;
    for (const Part& part : m_parts) {
        if (!part.doneAndTaken) {
            rest.push_back(ScanPart{part.safe, part.until});
        }
    }
    return rest;
}

std::vector<Cursor> ScanParts::cursors() const
{
    std::vector<Cursor> cursors;
    for (const Part& part : m_parts) {
        if (!part.done) {
            cursors.push_back(part.next);
        }
    }
    return cursors;
}

} // namespace keyglass
