// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/editortext.h"

#include "core/value/formatters/utf8step.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace keyglass {

namespace {

struct NamedCharacter {
    char32_t character;
    std::string_view name;
};

constexpr std::array bidirectionalControls{
    NamedCharacter{0x061C, "ALM"},
    NamedCharacter{0x200E, "LRM"},
    NamedCharacter{0x200F, "RLM"},
    NamedCharacter{0x202A, "LRE"},
    NamedCharacter{0x202B, "RLE"},
    NamedCharacter{0x202C, "PDF"},
    NamedCharacter{0x202D, "LRO"},
    NamedCharacter{0x202E, "RLO"},
    NamedCharacter{0x2066, "LRI"},
    NamedCharacter{0x2067, "RLI"},
    NamedCharacter{0x2068, "FSI"},
    NamedCharacter{0x2069, "PDI"},
};

/// Characters that leave no trace on screen. Joiners and variation selectors are not among them: emoji are made of
/// them.
bool isUnseen(char32_t c)
{
    return c == 0xAD || c == 0x034F || c == 0x180E || c == 0x200B || c == 0x2028 || c == 0x2029
        || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFB)
        || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool isControl(char32_t c)
{
    const bool keptLineEndOrTab = c == U'\n' || c == U'\r' || c == U'\t';
    return (c < 0x20 && !keptLineEndOrTab) || (c >= 0x7F && c < 0xA0);
}

std::string hexEscapes(std::string_view bytes)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += {'\\', 'x', digits[byte >> 4U], digits[byte & 0x0FU]};
    }
    return out;
}

/// What to show in place of a character; empty where it is shown as it is.
std::string standInFor(char32_t c, std::string_view bytes)
{
    if (isControl(c)) {
        return hexEscapes(bytes);
    }
    const auto* named = std::find_if(bidirectionalControls.begin(), bidirectionalControls.end(),
        [&](const NamedCharacter& entry) { return entry.character == c; });
    if (named != bidirectionalControls.end()) {
        return "\u2039" + std::string(named->name) + "\u203A";
    }
    if (!isUnseen(c)) {
        return {};
    }
    std::array<char, 16> number{};
    std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned>(c));
    return "\u2039" + std::string(number.data()) + "\u203A";
}

void appendStandIn(EditorText& out, std::string_view standIn)
{
    const std::size_t from = out.utf8.size();
    if (!out.standIns.empty() && out.standIns.back().from + out.standIns.back().length == from) {
        out.standIns.back().length += standIn.size();
    } else {
        out.standIns.push_back({from, standIn.size()});
    }
    out.utf8 += standIn;
}

bool isPlain(char c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || c == '\r';
}

} // namespace

EditorText editorText(std::string_view bytes, TextEnd end)
{
    EditorText out;
    out.utf8.reserve(bytes.size());
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t plainFrom = at;
        while (at < bytes.size() && isPlain(bytes[at])) {
            ++at;
        }
        out.utf8 += bytes.substr(plainFrom, at - plainFrom);
        if (at == bytes.size()) {
            break;
        }
        const Utf8Step step = utf8StepAt(bytes, at);
        if (step.kind == Utf8Step::Kind::Cut && end == TextEnd::MoreFollows) {
            break;
        }
        const std::string_view piece = bytes.substr(at, step.length);
        const bool isCharacter = step.kind == Utf8Step::Kind::Character;
        const std::string standIn = isCharacter ? standInFor(step.codePoint, piece) : hexEscapes(piece);
        if (standIn.empty()) {
            out.utf8 += piece;
        } else {
            appendStandIn(out, standIn);
        }
        at += step.length;
    }
    out.consumed = at;
    return out;
}

} // namespace keyglass
