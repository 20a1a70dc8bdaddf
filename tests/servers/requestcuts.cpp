// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/requestcuts.h"

#include <algorithm>
#include <charconv>

namespace keyglass::test {

namespace {

constexpr std::size_t lineEnd = 2;
constexpr std::size_t longestLine = 24;

bool isScan(std::string_view name)
{
    constexpr std::string_view scan = "scan";
    return std::ranges::equal(name, scan, [](char a, char b) { return (a | 0x20) == b; });
}

} // namespace

void RequestCuts::take(std::string_view bytes, const Emit& emit)
{
    m_bytes += bytes;
    while (m_at != At::Opaque && m_looked < m_bytes.size() && step(emit)) { }
    const bool isUndecided = m_at == At::NameSize || m_at == At::Name;
    const std::size_t decided = m_at == At::Opaque ? m_bytes.size() : isUndecided ? m_begin : m_looked;
    handOn(decided, emit);
}

/// False: more bytes are needed.
bool RequestCuts::step(const Emit& emit)
{
    switch (m_at) {
    case At::Command:
        m_begin = m_looked;
        if (!takeNumber('*', At::NameSize)) {
            return false;
        }
        m_more = m_number;
        m_at = m_at == At::NameSize && m_more == 0 ? At::Command : m_at;
        return true;
    case At::NameSize:
    case At::Size:
        if (!takeNumber('$', m_at == At::NameSize ? At::Name : At::Argument)) {
            return false;
        }
        m_left = m_number + lineEnd;
        --m_more;
        return true;
    case At::Name:
        return takeName(emit);
    case At::Argument:
        skip(std::min(m_left, m_bytes.size() - m_looked));
        return true;
    case At::Opaque:
        break;
    }
    return false;
}

/// A line of a mark and a number. What is none makes the rest opaque.
bool RequestCuts::takeNumber(char mark, At then)
{
    const std::string_view rest = std::string_view(m_bytes).substr(m_looked);
    const std::size_t end = rest.find('\n');
    if (rest.front() != mark || (end == std::string_view::npos && rest.size() > longestLine)) {
        m_at = At::Opaque;
        return true;
    }
    if (end == std::string_view::npos) {
        return false;
    }
    const auto [stoppedAt, problem] = std::from_chars(rest.data() + 1, rest.data() + end, m_number);
    m_at = problem == std::errc() && *stoppedAt == '\r' ? then : At::Opaque;
    m_looked += end + 1;
    return true;
}

bool RequestCuts::takeName(const Emit& emit)
{
    const std::size_t there = m_bytes.size() - m_looked;
    if (m_left <= longestLine && there < m_left) {
        return false;
    }
    if (isScan(std::string_view(m_bytes).substr(m_looked, m_left - lineEnd))) {
        handOn(m_begin, emit);
        m_beginsScan = true;
    }
    m_at = At::Argument;
    skip(std::min(m_left, m_bytes.size() - m_looked));
    return true;
}

void RequestCuts::skip(std::size_t size)
{
    m_looked += size;
    m_left -= size;
    if (m_left == 0) {
        m_at = m_more == 0 ? At::Command : At::Size;
    }
}

void RequestCuts::handOn(std::size_t size, const Emit& emit)
{
    if (size == 0) {
        return;
    }
    emit(m_bytes.substr(0, size), m_beginsScan);
    m_beginsScan = false;
    m_bytes.erase(0, size);
    m_looked -= std::min(size, m_looked);
    m_begin -= std::min(size, m_begin);
}

} // namespace keyglass::test
