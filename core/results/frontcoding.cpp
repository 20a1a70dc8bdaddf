// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/frontcoding.h"

#include <algorithm>
#include <optional>

namespace keyglass {

namespace {

/// No server takes a longer key.
constexpr std::uint64_t longestKey = 512ULL * 1024 * 1024;

void appendLength(std::string& out, std::size_t length)
{
    for (; length >= 128; length >>= 7U) {
        out += static_cast<char>(length | 128U);
    }
    out += static_cast<char>(length);
}

enum class Length { There, NeedsMore, Bad };

/// Takes a length off the front of `bytes`.
Length takeLength(std::string_view& bytes, std::uint64_t& length)
{
    length = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        length |= std::uint64_t{byte & 127U} << (7 * at);
        if (length > longestKey) {
            return Length::Bad;
        }
        if (byte < 128) {
            bytes.remove_prefix(at + 1);
            return Length::There;
        }
        if (at >= 4) {
            return Length::Bad; // no length takes more than five bytes
        }
    }
    return Length::NeedsMore;
}

} // namespace

void FrontEncoder::add(std::string_view key, std::string& out)
{
    const auto differs = std::ranges::mismatch(m_previous, key);
    const auto shared = static_cast<std::size_t>(differs.in1 - m_previous.begin());
    appendLength(out, shared);
    appendLength(out, key.size() - shared);
    out += key.substr(shared);
    m_previous.resize(shared);
    m_previous += key.substr(shared);
}

FrontDecoder::Step FrontDecoder::take(std::string_view& bytes)
{
    std::string_view rest = bytes;
    std::uint64_t shared = 0;
    std::uint64_t length = 0;
    for (std::uint64_t* each : {&shared, &length}) {
        if (const Length taken = takeLength(rest, *each); taken != Length::There) {
            return taken == Length::Bad ? Step::Bad : Step::NeedsMore;
        }
    }
    if (shared > m_key.size()) {
        return Step::Bad;
    }
    if (rest.size() < length) {
        m_needed = bytes.size() - rest.size() + static_cast<std::size_t>(length);
        return Step::NeedsMore;
    }
    const std::string_view tail = rest.substr(0, length);
    const bool isGreater = m_isFirst
        || (!tail.empty()
            && (shared == m_key.size()
                || static_cast<unsigned char>(tail[0]) > static_cast<unsigned char>(m_key[shared])));
    if (!isGreater) {
        return Step::Bad; // not in order
    }
    m_isFirst = false;
    m_key.resize(shared);
    m_key += tail;
    bytes = rest.substr(length);
    return Step::Key;
}

bool FrontDecoder::add(std::string_view bytes, const std::function<bool(std::string_view)>& use)
{
    std::string joined;
    if (!m_waiting.empty()) {
        m_waiting += bytes;
        if (m_waiting.size() < m_needed) {
            return true;
        }
        joined.swap(m_waiting);
        bytes = joined;
    }
    m_needed = 0;
    while (!bytes.empty()) {
        const Step step = take(bytes);
        if (step == Step::Bad || (step == Step::Key && !use(m_key))) {
            return false;
        }
        if (step == Step::NeedsMore) {
            break;
        }
    }
    m_waiting = bytes;
    return true;
}

} // namespace keyglass
