// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codecolors.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/editor/qsci.h"

#include <array>
#include <span>

namespace keyglass::ui {

namespace {

struct Ink {
    QRgb light;
    QRgb dark;
};

// All at least 4.5:1 on the base colours of our palettes; the same as where values are only read.
constexpr Ink nameInk{0xFF0B5CAD, 0xFF7CB7FF};
constexpr Ink textInk{0xFF1E6B2E, 0xFF8FD19E};
constexpr Ink escapeInk{0xFF7A4B00, 0xFFE0B36A};
constexpr Ink numberInk{0xFF8A3B12, 0xFFF0A37E};
constexpr Ink keywordInk{0xFF7A2E8C, 0xFFD6A0E8};

struct StyleInk {
    int style;
    Ink ink;
    bool isComment = false;
};

constexpr std::array jsonInks{
    StyleInk{QsciLexerJSON::Property, nameInk},
    StyleInk{QsciLexerJSON::String, textInk},
    StyleInk{QsciLexerJSON::UnclosedString, textInk},
    StyleInk{QsciLexerJSON::EscapeSequence, escapeInk},
    StyleInk{QsciLexerJSON::IRI, textInk},
    StyleInk{QsciLexerJSON::IRICompact, textInk},
    StyleInk{QsciLexerJSON::Number, numberInk},
    StyleInk{QsciLexerJSON::Keyword, keywordInk},
    StyleInk{QsciLexerJSON::KeywordLD, nameInk},
};

constexpr std::array xmlInks{
    StyleInk{QsciLexerHTML::Tag, nameInk},
    StyleInk{QsciLexerHTML::UnknownTag, nameInk},
    StyleInk{QsciLexerHTML::XMLTagEnd, nameInk},
    StyleInk{QsciLexerHTML::XMLStart, keywordInk},
    StyleInk{QsciLexerHTML::XMLEnd, keywordInk},
    StyleInk{QsciLexerHTML::Attribute, keywordInk},
    StyleInk{QsciLexerHTML::UnknownAttribute, keywordInk},
    StyleInk{QsciLexerHTML::HTMLNumber, numberInk},
    StyleInk{QsciLexerHTML::HTMLDoubleQuotedString, textInk},
    StyleInk{QsciLexerHTML::HTMLSingleQuotedString, textInk},
    StyleInk{QsciLexerHTML::HTMLValue, textInk},
    StyleInk{QsciLexerHTML::Entity, escapeInk},
    StyleInk{QsciLexerHTML::CDATA, textInk},
    StyleInk{QsciLexerHTML::HTMLComment, {}, true},
    StyleInk{QsciLexerHTML::SGMLDefault, keywordInk},
    StyleInk{QsciLexerHTML::SGMLCommand, keywordInk},
};

constexpr std::array luaInks{
    StyleInk{QsciLexerLua::Comment, {}, true},
    StyleInk{QsciLexerLua::LineComment, {}, true},
    StyleInk{QsciLexerLua::Number, numberInk},
    StyleInk{QsciLexerLua::Keyword, keywordInk},
    StyleInk{QsciLexerLua::String, textInk},
    StyleInk{QsciLexerLua::Character, textInk},
    StyleInk{QsciLexerLua::LiteralString, textInk},
    StyleInk{QsciLexerLua::UnclosedString, textInk},
    StyleInk{QsciLexerLua::BasicFunctions, nameInk},
    StyleInk{QsciLexerLua::StringTableMathsFunctions, nameInk},
    StyleInk{QsciLexerLua::CoroutinesIOSystemFacilities, nameInk},
};

std::span<const StyleInk> inksOf(EditForm form)
{
    switch (form) {
    case EditForm::Json:
        return jsonInks;
    case EditForm::Xml:
        return xmlInks;
    case EditForm::Lua:
        return luaInks;
    default:
        return {};
    }
}

} // namespace

QsciLexer* makeLexer(EditForm form, QObject* parent)
{
    switch (form) {
    case EditForm::Json: {
        auto* json = new QsciLexerJSON(parent);
        json->setHighlightEscapeSequences(true);
        return json;
    }
    case EditForm::Xml:
        return new QsciLexerXML(parent);
    case EditForm::Lua:
        return new QsciLexerLua(parent);
    default:
        return nullptr;
    }
}

void colorLexer(QsciLexer& lexer, EditForm form, const QPalette& palette)
{
    const QColor paper = palette.color(QPalette::Active, QPalette::Base);
    const QColor ink = palette.color(QPalette::Active, QPalette::Text);
    const bool dark = isDark(palette);
    lexer.setDefaultPaper(paper);
    lexer.setDefaultColor(ink);
    lexer.setPaper(paper, -1);
    lexer.setColor(ink, -1);
    lexer.setFont(keyFont(), -1);
    for (const StyleInk& each : inksOf(form)) {
        const QColor own = QColor::fromRgb(dark ? each.ink.dark : each.ink.light);
        lexer.setColor(each.isComment ? toneColor(Tone::Dimmed, palette) : own, each.style);
    }
    for (int style = 0; style < 128; ++style) {
        lexer.setEolFill(false, style);
    }
}

} // namespace keyglass::ui
