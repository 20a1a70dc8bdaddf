// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/globmatch.h"

#include <algorithm>
#include <cstddef>

namespace keyglass {

namespace {

/// What one byte is compared with, and where the pattern goes on behind it.
struct Step {
    bool fits = false;
    std::size_t next = 0;
};

bool within(unsigned char byte, unsigned char from, unsigned char to)
{
    return byte >= std::min(from, to) && byte <= std::max(from, to);
}

/// `at` stands behind the `[`.
Step matchClass(std::string_view pattern, std::size_t at, unsigned char byte)
{
    const bool negated = at < pattern.size() && pattern[at] == '^';
    at += negated ? 1 : 0;
    bool found = false;
    while (at < pattern.size() && pattern[at] != ']') {
        if (pattern[at] == '\\' && at + 1 < pattern.size()) {
            found = found || static_cast<unsigned char>(pattern[at + 1]) == byte;
            at += 2;
        } else if (at + 2 < pattern.size() && pattern[at + 1] == '-') {
            found = found
                || within(byte, static_cast<unsigned char>(pattern[at]), static_cast<unsigned char>(pattern[at + 2]));
            at += 3;
        } else {
            found = found || static_cast<unsigned char>(pattern[at]) == byte;
            ++at;
        }
    }
    return {found != negated, std::min(at + 1, pattern.size())};
}

/// `at` stands at anything but a `*`.
Step matchOne(std::string_view pattern, std::size_t at, unsigned char byte)
{
    switch (pattern[at]) {
    case '?':
        return {true, at + 1};
    case '[':
        return matchClass(pattern, at + 1, byte);
    case '\\':
        at += at + 1 < pattern.size() ? 1 : 0;
        break;
    default:
        break;
    }
    return {static_cast<unsigned char>(pattern[at]) == byte, at + 1};
}

} // namespace

bool matchesGlob(std::string_view pattern, std::string_view bytes)
{
    constexpr std::size_t none = std::string_view::npos;
    std::size_t at = 0;
    std::size_t byte = 0;
    std::size_t afterStar = none; // where the pattern goes on behind the last star, and from which byte it was tried
    std::size_t tried = 0;
    while (byte < bytes.size()) {
        if (at < pattern.size() && pattern[at] == '*') {
            afterStar = ++at;
            tried = byte;
            continue;
        }
        const Step step =
            at < pattern.size() ? matchOne(pattern, at, static_cast<unsigned char>(bytes[byte])) : Step{false, at};
        if (step.fits) {
            at = step.next;
            ++byte;
        } else if (afterStar != none) {
            at = afterStar;
            byte = ++tried;
        } else {
            return false;
        }
    }
    while (at < pattern.size() && pattern[at] == '*') {
        ++at;
    }
    return at == pattern.size();
}

} // namespace keyglass
