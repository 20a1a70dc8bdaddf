// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// Which keys a scan is for, as the user gave it: checked before anything is sent.
class KeyPattern {
public:
    enum class Kind { All, Prefix, Glob, Exact };

    /// All keys.
    KeyPattern() = default;

    /// What a bare text stands for: a glob where it holds an unescaped `*`, `?` or `[`, else a prefix. In a prefix
    /// `\\`, `\n`,
    /// `\r`, `\t`, `\*`, `\?`, `\[`, `\]` and `\xHH` stand for the byte they name. Empty text: all keys.
    /// Input for an unclosed `[` or a bad escape.
    [[nodiscard]] static Result<KeyPattern> fromText(std::string_view text);
    /// The same with the kind chosen: prefix and exact are taken with escapes as above, glob as it is.
    [[nodiscard]] static Result<KeyPattern> fromText(std::string_view text, Kind kind);
    /// These very bytes, nothing unescaped.
    [[nodiscard]] static KeyPattern prefix(std::string_view bytes);
    [[nodiscard]] static KeyPattern exact(std::string_view bytes);

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// The prefix or the exact key as bytes; a glob as it is sent.
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }
    /// The argument of MATCH; nothing where every key is wanted.
    [[nodiscard]] std::optional<std::string> matchArgument() const;
    /// True unless the bytes themselves tell that a key the server returned does not belong: a folder or prefix is
    /// matched byte for byte here again. Globs are the server's to judge.
    [[nodiscard]] bool accepts(std::string_view key) const;

    friend bool operator==(const KeyPattern&, const KeyPattern&) = default;

private:
    KeyPattern(Kind kind, std::string bytes)
        : m_kind(kind)
        , m_bytes(std::move(bytes))
    {
    }

    Kind m_kind = Kind::All;
    std::string m_bytes;
};

} // namespace keyglass
