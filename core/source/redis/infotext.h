// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keyglass {

/// The reply to INFO, taken apart: lines "name:value" (https://redis.io/commands/info). Lines without a colon are
/// skipped.
class InfoText {
public:
    explicit InfoText(std::string text);
    InfoText(const InfoText&) = delete; // the lines point into the text
    InfoText& operator=(const InfoText&) = delete;

    /// Nothing where there is no such line; of several the first.
    [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const;
    /// The value as a whole number; nothing where it is none, is negative or does not fit.
    [[nodiscard]] std::optional<std::uint64_t> number(std::string_view name) const;
    /// All lines in order, as name and value.
    [[nodiscard]] const std::vector<std::pair<std::string_view, std::string_view>>& lines() const { return m_lines; }

    /// `name` within a value like "keys=5,expires=0" or "calls=1,usec=12".
    [[nodiscard]] static std::optional<std::uint64_t> part(std::string_view value, std::string_view name);

private:
    std::string m_text;
    std::vector<std::pair<std::string_view, std::string_view>> m_lines;
};

/// The whole of `text` as a number without sign; nothing where it is none.
[[nodiscard]] std::optional<std::uint64_t> wholeNumber(std::string_view text);

} // namespace keyglass
