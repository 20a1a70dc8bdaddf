// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/texteditor.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>

// QScintilla's headers need Qt's keywords, which we do without.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#include <Qsci/qscilexerjson.h>
#include <Qsci/qsciscintilla.h>
#undef signals
#undef slots
#include <algorithm>
#include <array>

namespace keyglass::ui {

namespace {

using Sci = QsciScintillaBase;

constexpr int standInIndicator = 8;        // the first that lexers leave to the application
constexpr std::size_t mostMarked = 20'000; // a text with more stand-ins is hardly one; each mark costs Scintilla time
constexpr int textMargin = 8;
constexpr std::size_t mostWrapped = 1024ULL * 1024; // wrapping takes Scintilla about a second per megabyte

struct JsonColor {
    int style;
    QRgb light;
    QRgb dark;
};

// All at least 4.5:1 on the base colours of our palettes.
constexpr std::array jsonColors{
    JsonColor{QsciLexerJSON::Property, 0xFF0B5CAD, 0xFF7CB7FF},
    JsonColor{QsciLexerJSON::String, 0xFF1E6B2E, 0xFF8FD19E},
    JsonColor{QsciLexerJSON::UnclosedString, 0xFF1E6B2E, 0xFF8FD19E},
    JsonColor{QsciLexerJSON::EscapeSequence, 0xFF7A4B00, 0xFFE0B36A},
    JsonColor{QsciLexerJSON::IRI, 0xFF1E6B2E, 0xFF8FD19E},
    JsonColor{QsciLexerJSON::IRICompact, 0xFF1E6B2E, 0xFF8FD19E},
    JsonColor{QsciLexerJSON::Number, 0xFF8A3B12, 0xFFF0A37E},
    JsonColor{QsciLexerJSON::Keyword, 0xFF7A2E8C, 0xFFD6A0E8},
    JsonColor{QsciLexerJSON::KeywordLD, 0xFF0B5CAD, 0xFF7CB7FF},
};

} // namespace

TextEditor::TextEditor(QWidget* parent)
    : QWidget(parent)
    , m_editor(new QsciScintilla(this))
    , m_json(new QsciLexerJSON(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_editor);
    setFocusProxy(m_editor);
    m_editor->setAccessibleName(tr("Value"));
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setUtf8(true);
    m_editor->setReadOnly(true);
    m_editor->setFolding(QsciScintilla::NoFoldStyle);
    m_editor->setWrapVisualFlags(QsciScintilla::WrapFlagInMargin);
    m_editor->setContextMenuPolicy(Qt::NoContextMenu);
    for (int margin = 0; margin < 5; ++margin) {
        m_editor->setMarginWidth(margin, 0);
    }
    m_editor->SendScintilla(Sci::SCI_SETMARGINLEFT, 0UL, static_cast<long>(textMargin));
    m_editor->SendScintilla(Sci::SCI_SETUNDOCOLLECTION, 0UL);
    m_editor->SendScintilla(Sci::SCI_SETSCROLLWIDTHTRACKING, 1UL);
    m_editor->SendScintilla(
        Sci::SCI_INDICSETSTYLE, static_cast<unsigned long>(standInIndicator), static_cast<long>(Sci::INDIC_TEXTFORE));
    m_editor->installEventFilter(this);
    connect(m_editor, &QsciScintilla::selectionChanged, this, &TextEditor::selectionChanged);
    connect(m_editor->verticalScrollBar(), &QScrollBar::valueChanged, this, &TextEditor::scrolled);
    setWrapping(true);
    applyLook();
}

TextEditor::~TextEditor() = default;

void TextEditor::setText(const EditorText& text, Language language, Place place)
{
    if (m_language != language) {
        m_language = language;
        applyLook();
    }
    const long firstLine = m_editor->SendScintilla(Sci::SCI_GETFIRSTVISIBLELINE);
    m_editor->setWrapMode(QsciScintilla::WrapNone); // else all of the text is laid out here and now
    m_editor->SendScintilla(Sci::SCI_SETREADONLY, 0UL);
    m_editor->SendScintilla(Sci::SCI_CLEARALL);
    m_editor->SendScintilla(Sci::SCI_SETSCROLLWIDTH, 1UL);
    m_editor->SendScintilla(Sci::SCI_APPENDTEXT, static_cast<unsigned long>(text.utf8.size()), text.utf8.c_str());
    m_editor->SendScintilla(Sci::SCI_SETREADONLY, 1UL);
    markStandIns(text);
    m_isWrappable = text.utf8.size() <= mostWrapped;
    applyWrapping();
    if (place == Place::Keep) {
        m_editor->SendScintilla(Sci::SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(firstLine));
    }
}

QString TextEditor::text() const
{
    return m_editor->text();
}

void TextEditor::markStandIns(const EditorText& text)
{
    m_editor->SendScintilla(Sci::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(standInIndicator));
    const std::size_t count = std::min(text.standIns.size(), mostMarked);
    for (std::size_t i = 0; i < count; ++i) {
        const EditorText::Span& span = text.standIns[i];
        m_editor->SendScintilla(
            Sci::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(span.from), static_cast<long>(span.length));
    }
}

void TextEditor::setWrapping(bool wrap)
{
    m_wrapping = wrap;
    applyWrapping();
}

void TextEditor::applyWrapping()
{
    m_editor->setWrapMode(m_wrapping && m_isWrappable ? QsciScintilla::WrapWord : QsciScintilla::WrapNone);
}

bool TextEditor::hasSelection() const
{
    return m_editor->hasSelectedText();
}

void TextEditor::copySelection() const
{
    m_editor->copy();
}

double TextEditor::scrolledShare() const
{
    const long length = m_editor->SendScintilla(Sci::SCI_GETLENGTH);
    const long first = m_editor->SendScintilla(Sci::SCI_POSITIONFROMPOINT, 0UL, 0L);
    return length > 0 ? static_cast<double>(first) / static_cast<double>(length) : 0;
}

/// Tab leads on to the next widget: in a text that can't be edited it has nothing else to do.
bool TextEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_editor && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Tab || key == Qt::Key_Backtab) {
            focusNextPrevChild(key == Qt::Key_Tab);
            return true;
        }
        if (key == Qt::Key_Escape) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TextEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange
        || event->type() == QEvent::FontChange) {
        applyLook();
    }
}

void TextEditor::applyLook()
{
    const QColor paper = palette().color(QPalette::Active, QPalette::Base);
    const QColor ink = palette().color(QPalette::Active, QPalette::Text);
    applyJsonColors();
    m_editor->setLexer(m_language == Language::Json ? m_json : nullptr);
    m_editor->setFont(keyFont());
    m_editor->setPaper(paper);
    m_editor->setColor(ink);
    m_editor->setCaretForegroundColor(ink);
    m_editor->setCaretLineVisible(false);
    m_editor->setSelectionBackgroundColor(palette().color(QPalette::Active, QPalette::Highlight));
    m_editor->setSelectionForegroundColor(palette().color(QPalette::Active, QPalette::HighlightedText));
    m_editor->setMarginsBackgroundColor(paper);
    m_editor->setIndicatorForegroundColor(toneColor(Tone::Dimmed, palette()), standInIndicator);
}

void TextEditor::applyJsonColors()
{
    const bool dark = isDark(palette());
    m_json->setDefaultPaper(palette().color(QPalette::Active, QPalette::Base));
    m_json->setDefaultColor(palette().color(QPalette::Active, QPalette::Text));
    m_json->setPaper(palette().color(QPalette::Active, QPalette::Base), -1);
    m_json->setColor(palette().color(QPalette::Active, QPalette::Text), -1);
    m_json->setFont(keyFont(), -1);
    for (const JsonColor& entry : jsonColors) {
        m_json->setColor(QColor::fromRgb(dark ? entry.dark : entry.light), entry.style);
    }
    m_json->setHighlightEscapeSequences(true);
}

} // namespace keyglass::ui
