// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace keyglass {

/// A regular expression for keys, compiled once, matched by PCRE2 on the keys' own bytes.
///
/// Where the pattern is UTF-8 (it is, unless bytes were typed), keys are read as UTF-8 and bytes of a key that are none
/// match nothing; else both are plain bytes. A key is one line whatever it holds: `.` matches a line break, `$` only
/// the end. Immutable: the threads of a filter share it, each with a Matcher of its own.
class KeyRegex {
public:
    /// Input with PCRE2's own message and position for a pattern that does not compile.
    [[nodiscard]] static Result<KeyRegex> compile(const std::string& pattern, bool caseSensitive);

    class Matcher;

private:
    class Program;
    explicit KeyRegex(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> m_program;
};

/// Matches keys against a KeyRegex. Belongs to one thread.
class KeyRegex::Matcher {
public:
    explicit Matcher(const KeyRegex& regex);
    Matcher(Matcher&&) noexcept;
    Matcher& operator=(Matcher&&) noexcept;
    Matcher(const Matcher&) = delete;
    Matcher& operator=(const Matcher&) = delete;
    ~Matcher();

    /// Whether the pattern matches anywhere in `key`. Limit where finding that out takes more steps than a pattern of
    /// good will needs (a million for a common key, a second for one above 512 bytes); Cancelled within such a long
    /// key.
    [[nodiscard]] Result<bool> matches(std::string_view key, const std::stop_token& stop);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace keyglass
