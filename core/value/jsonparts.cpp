// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/jsonparts.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace keyglass {

namespace {

std::size_t behindSpaces(std::string_view text, std::size_t at)
{
    return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

/// `at`: the opening quote.
std::size_t behindString(std::string_view text, std::size_t at)
{
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        at += text[at] == '\\' ? 1 : 0;
    }
    return std::min(at + 1, text.size());
}

/// `at`: the opening bracket.
std::size_t behindContainer(std::string_view text, std::size_t at)
{
    std::size_t depth = 0;
    while (at < text.size()) {
        switch (text[at]) {
        case '"':
            at = behindString(text, at);
            continue;
        case '{':
        case '[':
            ++depth;
            break;
        case '}':
        case ']':
            if (--depth == 0) {
                return at + 1;
            }
            break;
        default:
            break;
        }
        ++at;
    }
    return text.size();
}

JsonSpan spanAt(std::string_view text, std::size_t at)
{
    JsonSpan span;
    span.at = at;
    switch (text[at]) {
    case '{':
    case '[':
        span.kind = text[at] == '{' ? JsonSpan::Kind::Object : JsonSpan::Kind::Array;
        span.size = behindContainer(text, at) - at;
        break;
    case '"':
        span.kind = JsonSpan::Kind::String;
        span.size = behindString(text, at) - at;
        break;
    default:
        span.size = std::min(text.find_first_of(",]} \t\r\n", at), text.size()) - at;
        break;
    }
    return span;
}

} // namespace

std::optional<JsonSpan> jsonSpan(std::string_view text)
{
    const std::size_t at = behindSpaces(text, 0);
    return at < text.size() ? std::optional(spanAt(text, at)) : std::nullopt;
}

JsonParts::JsonParts(const JsonSpan& container)
    : m_at(container.at + 1)
    , m_end(container.isContainer() && container.size > 1 ? container.at + container.size - 1 : m_at)
    , m_hasNames(container.kind == JsonSpan::Kind::Object)
{
}

std::optional<JsonSpan> JsonParts::next(std::string_view text)
{
    text = text.substr(0, m_end);
    std::size_t at = behindSpaces(text, m_at);
    if (at < text.size() && text[at] == ',') {
        at = behindSpaces(text, at + 1);
    }
    const std::size_t nameAt = at;
    std::size_t nameSize = 0;
    if (m_hasNames && at < text.size() && text[at] == '"') {
        nameSize = behindString(text, at) - at;
        at = behindSpaces(text, at + nameSize);
        at = at < text.size() && text[at] == ':' ? behindSpaces(text, at + 1) : text.size();
    }
    m_at = m_end;
    if (at >= text.size() || (m_hasNames && nameSize == 0)) {
        return std::nullopt;
    }
    JsonSpan span = spanAt(text, at);
    if (span.size == 0) {
        return std::nullopt; // a comma or bracket where a value should be
    }
    span.nameAt = nameAt;
    span.nameSize = nameSize;
    m_at = at + span.size;
    return span;
}

std::optional<std::vector<std::string_view>> jsonElements(std::string_view text)
{
    const auto whole = jsonSpan(text);
    if (!whole || whole->kind != JsonSpan::Kind::Array) {
        return std::nullopt;
    }
    std::vector<std::string_view> all;
    JsonParts parts(*whole);
    while (const auto part = parts.next(text)) {
        all.push_back(part->in(text));
    }
    return all;
}

std::optional<JsonPlaceInArray> jsonPlaceInArray(const std::string& path)
{
    const std::size_t open = path.rfind('[');
    if (open == std::string::npos || path.back() != ']') {
        return std::nullopt;
    }
    JsonPlaceInArray place{path.substr(0, open)};
    const char* const end = path.data() + path.size() - 1;
    const auto read = std::from_chars(path.data() + open + 1, end, place.index);
    const bool isNumber = read.ec == std::errc() && read.ptr == end;
    return isNumber ? std::optional(std::move(place)) : std::nullopt;
}

std::string fullJsonPath(std::string_view typed)
{
    if (typed.starts_with('$')) {
        return std::string(typed);
    }
    if (typed.empty() || typed == ".") {
        return "$";
    }
    return (typed.front() == '.' || typed.front() == '[' ? "$" : "$.") + std::string(typed);
}

std::string jsonMemberPath(std::string_view parent, std::string_view quotedName)
{
    return std::string(parent) + '[' + std::string(quotedName) + ']';
}

std::string jsonElementPath(std::string_view parent, std::size_t index)
{
    return std::string(parent) + '[' + std::to_string(index) + ']';
}

} // namespace keyglass
