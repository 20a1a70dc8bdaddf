// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <cstdint>
#include <string>
#include <string_view>

namespace keyglass {

/// A size in bytes; a type of its own so that it is never taken for a count or a time.
struct ByteCount {
    std::uint64_t value = 0;
    friend auto operator<=>(ByteCount, ByteCount) = default;
};

/// True if `bytes` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
[[nodiscard]] bool isUtf8(std::string_view bytes);

/// How bytes from a server look on screen: the one way from a key, field or value to text, and never back.
///
/// Two different byte strings never give the same text. Bytes that are no UTF-8 come as \xHH, a backslash as \\,
/// newline, return and tab as \n, \r, \t, other control characters, line separators, bidirectional controls, zero-width
/// and other invisible characters as \xHH of their UTF-8 bytes. What is left is shown as it is, right-to-left text and
/// emoji included. Cost: O(length); cut long values before.
[[nodiscard]] QString displayText(std::string_view bytes);

/// The escaping of the `lines` format and of key files (design of the command line): backslash, control characters and
/// bytes that are no UTF-8 become `\\`, `\n`, `\r`, `\t`, `\xHH`. Everything else stays as it is. unescapeLine() is its
/// exact inverse.
[[nodiscard]] std::string escapeLine(std::string_view bytes);

/// The bytes of one line written by escapeLine(). ErrorKind::Input for an unknown or cut escape.
[[nodiscard]] Result<std::string> unescapeLine(std::string_view line);

/// `bytes` with the glob characters of SCAN MATCH (`*`, `?`, `[`, `]`, `^`, `-`, `\`) escaped where they need it, so
/// that the server matches them literally.
[[nodiscard]] std::string escapeGlob(std::string_view bytes);

/// "14.2 KB": B, KB, MB, GB, TB of 1024, one decimal from KB on, with the locale's point.
[[nodiscard]] QString sizeText(ByteCount size);

} // namespace keyglass
