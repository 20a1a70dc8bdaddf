// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass::cli {

/// One option that a command takes.
struct OptionSpec {
    std::string_view name; ///< "--format"
    bool takesValue = true;
    bool repeats = false; ///< May be given several times: values().
};

/// The words after a command, sorted into options and the rest. Bytes stay bytes: a key need not be UTF-8.
class Options {
public:
    /// `--name value`, `--name=value`, `--switch`; everything after `--` is no option. Input for an unknown option, a
    /// missing value, or the same option twice where it does not repeat. A value that is called like an option is given
    /// with `=`: in `--archive --yes` it is the value that was forgotten.
    [[nodiscard]] static Result<Options> parse(std::span<char* const> words, std::span<const OptionSpec> known);

    [[nodiscard]] bool has(std::string_view name) const;
    /// The value as given, the first of several; nothing where the option is not.
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
    /// All values, in their order.
    [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
    /// Input where one of these is given with an empty value, as by a variable of a script that is not set: to go on as
    /// if it were not there is not what was meant.
    [[nodiscard]] Status checkFilled(std::initializer_list<std::string_view> names) const;
    /// The value as a whole number of at least 1. Input where it is none.
    [[nodiscard]] Result<std::optional<std::uint64_t>> number(std::string_view name) const;
    /// The value's place in `choices`; `fallback` where the option is not given. Input where it is none of them.
    [[nodiscard]] Result<std::size_t> choice(
        std::string_view name, std::initializer_list<std::string_view> choices, std::size_t fallback) const;
    [[nodiscard]] const std::vector<std::string>& rest() const { return m_rest; }

private:
    std::map<std::string, std::vector<std::string>, std::less<>> m_values;
    std::vector<std::string> m_rest;
};

} // namespace keyglass::cli
