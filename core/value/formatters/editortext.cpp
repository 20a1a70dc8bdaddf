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
    return (c >= 0x20 && c < 0x7F) || c == '\t';
}

/// Takes the bytes of a value piece by piece, each a run of plain characters, a line end or one other character.
class EditorTextBuilder {
public:
    EditorTextBuilder(std::string_view bytes, TextEnd end, std::size_t longestLine)
        : m_bytes(bytes)
        , m_end(end)
        , m_longestLine(longestLine == 0 ? std::string_view::npos : longestLine)
    {
        m_out.utf8.reserve(bytes.size());
    }

    EditorText build()
    {
        while (m_out.consumed < m_bytes.size() && takePiece()) { }
        return std::move(m_out);
    }

private:
    std::size_t lineLength() const { return m_out.utf8.size() - m_lineFrom; }

    void endLine() { m_lineFrom = m_out.utf8.size(); }

    void breakLine()
    {
        m_out.utf8 += '\n';
        ++m_out.brokenLines;
        endLine();
    }

    bool takePiece()
    {
        const char first = m_bytes[m_out.consumed];
        if (lineLength() >= m_longestLine && first != '\n' && first != '\r') {
            breakLine();
        }
        if (isPlain(first)) {
            takePlain();
        } else if (first == '\n' || first == '\r') {
            m_out.utf8 += first;
            ++m_out.consumed;
            endLine();
        } else {
            return takeOther();
        }
        return true;
    }

    void takePlain()
    {
        const std::size_t most = std::min(m_bytes.size() - m_out.consumed, m_longestLine - lineLength());
        std::size_t length = 1;
        while (length < most && isPlain(m_bytes[m_out.consumed + length])) {
            ++length;
        }
        m_out.utf8 += m_bytes.substr(m_out.consumed, length);
        m_out.consumed += length;
    }

    bool takeOther()
    {
        const Utf8Step step = utf8StepAt(m_bytes, m_out.consumed);
        if (step.kind == Utf8Step::Kind::Cut && m_end == TextEnd::MoreFollows) {
            return false;
        }
        const std::string_view piece = m_bytes.substr(m_out.consumed, step.length);
        const bool isCharacter = step.kind == Utf8Step::Kind::Character;
        const std::string standIn = isCharacter ? standInFor(step.codePoint, piece) : hexEscapes(piece);
        if (standIn.empty()) {
            m_out.utf8 += piece;
        } else {
            appendStandIn(m_out, standIn);
        }
        m_out.consumed += step.length;
        return true;
    }

    const std::string_view m_bytes;
    const TextEnd m_end;
    const std::size_t m_longestLine;
    EditorText m_out;
    std::size_t m_lineFrom = 0; ///< Where the line under way begins in m_out.utf8.
};

} // namespace

EditorText editorText(std::string_view bytes, TextEnd end, std::size_t longestLine)
{
    return EditorTextBuilder(bytes, end, longestLine).build();
}

} // namespace keyglass
