// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/infotext.h"

#include <algorithm>
#include <charconv>

namespace keyglass {

namespace {

/// Takes the text up to `separator` off the front of `rest`.
std::string_view takeUntil(std::string_view& rest, char separator)
{
    const std::size_t end = rest.find(separator);
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return taken;
}

} // namespace

std::optional<std::uint64_t> wholeNumber(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = problem == std::errc{} && end == text.data() + text.size() && !text.empty();
    return isWhole ? std::optional(value) : std::nullopt;
}

InfoText::InfoText(std::string text)
    : m_text(std::move(text))
{
    std::string_view rest = m_text;
    while (!rest.empty()) {
        std::string_view value = takeUntil(rest, '\n');
        if (value.ends_with('\r')) {
            value.remove_suffix(1);
        }
        if (value.find(':') != std::string_view::npos) {
            const std::string_view name = takeUntil(value, ':');
            m_lines.emplace_back(name, value);
        }
    }
}

std::optional<std::string_view> InfoText::value(std::string_view name) const
{
    const auto found = std::ranges::find(m_lines, name, &std::pair<std::string_view, std::string_view>::first);
    return found == m_lines.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint64_t> InfoText::number(std::string_view name) const
{
    const auto text = value(name);
    return text ? wholeNumber(*text) : std::nullopt;
}

std::optional<std::uint64_t> InfoText::part(std::string_view value, std::string_view name)
{
    while (!value.empty()) {
        std::string_view number = takeUntil(value, ',');
        if (takeUntil(number, '=') == name) {
            return wholeNumber(number);
        }
    }
    return {};
}

} // namespace keyglass
