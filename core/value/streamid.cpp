// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/streamid.h"

#include <algorithm>
#include <charconv>

namespace keyglass {

namespace {

std::optional<std::uint64_t> wholeNumber(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = failed == std::errc() && end == text.data() + text.size();
    return isNumber ? std::optional(number) : std::nullopt;
}

} // namespace

std::optional<StreamId> StreamId::parse(std::string_view text, std::uint64_t sequence)
{
    const std::size_t dash = std::min(text.find('-'), text.size());
    const auto time = wholeNumber(text.substr(0, dash));
    const auto given = dash < text.size() ? wholeNumber(text.substr(dash + 1)) : std::optional(sequence);
    return time && given ? std::optional(StreamId{*time, *given}) : std::nullopt;
}

std::string StreamId::text() const
{
    return std::to_string(time) + '-' + std::to_string(sequence);
}

StreamId StreamId::next() const
{
    if (sequence < largest) {
        return {time, sequence + 1};
    }
    return time < largest ? StreamId{time + 1, 0} : *this;
}

std::optional<StreamId> StreamId::previous() const
{
    if (sequence > 0) {
        return StreamId{time, sequence - 1};
    }
    return time > 0 ? std::optional(StreamId{time - 1, largest}) : std::nullopt;
}

} // namespace keyglass
