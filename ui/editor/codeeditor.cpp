// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codeeditor.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/editor/codecolors.h"
#include "ui/editor/qsci.h"

#include <QEvent>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace keyglass::ui {

namespace {

using Sci = QsciScintillaBase;

constexpr unsigned long problemIndicator = 8; // the first that lexers leave to the application
constexpr int textMargin = 8;
constexpr std::size_t mostWrapped = 256ULL * 1024; // wrapping takes Scintilla about a second per megabyte

/// Keys of Scintilla's own that stay its own; all other letters with Ctrl are the window's.
constexpr std::array ownLetters{Qt::Key_Z, Qt::Key_Y, Qt::Key_X, Qt::Key_C, Qt::Key_V, Qt::Key_A};

bool isWindows(int key)
{
    if ((key & int(Qt::CTRL)) == 0) {
        return false;
    }
    const int base = key & ~int(Qt::KeyboardModifierMask);
    const bool isSign = base < Qt::Key_Escape && (base < Qt::Key_A || base > Qt::Key_Z);
    const bool isOwn = std::any_of(ownLetters.begin(), ownLetters.end(), [base](int letter) { return letter == base; });
    return base < Qt::Key_Escape && (isSign || !isOwn);
}

} // namespace

CodeEditor::CodeEditor(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_sci(new QsciScintilla(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_sci);
    setFocusProxy(m_sci);
    m_sci->setAccessibleName(name);
    m_sci->setFrameShape(QFrame::NoFrame);
    m_sci->setUtf8(true);
    m_sci->setFolding(QsciScintilla::NoFoldStyle);
    m_sci->setWrapVisualFlags(QsciScintilla::WrapFlagInMargin);
    m_sci->setTabWidth(4);
    m_sci->setIndentationsUseTabs(false);
    m_sci->setAutoIndent(true);
    for (int margin = 1; margin < 5; ++margin) {
        m_sci->setMarginWidth(margin, 0);
    }
    m_sci->setMarginType(0, QsciScintilla::NumberMargin);
    send(Sci::SCI_SETMARGINLEFT, 0, textMargin);
    send(Sci::SCI_SETSCROLLWIDTHTRACKING, 1);
    send(Sci::SCI_INDICSETSTYLE, problemIndicator, Sci::INDIC_SQUIGGLE);
    takeKeys();
    m_sci->installEventFilter(this);
    connect(m_sci, &QsciScintilla::textChanged, this, [this] {
        if (!m_isBeginning) {
            fitLineNumbers();
            Q_EMIT changed();
        }
    });
    connect(m_sci, &QsciScintilla::cursorPositionChanged, this, &CodeEditor::caretMoved);
    applyLook();
}

CodeEditor::~CodeEditor() = default;

long CodeEditor::send(unsigned message, unsigned long w, long l) const
{
    return m_sci->SendScintilla(message, w, l);
}

void CodeEditor::takeKeys()
{
    for (QsciCommand* command : m_sci->standardCommands()->commands()) {
        if (isWindows(command->key())) {
            command->setKey(0);
        }
        if (isWindows(command->alternateKey())) {
            command->setAlternateKey(0);
        }
    }
    if (QsciCommand* redo = m_sci->standardCommands()->find(QsciCommand::Redo)) {
        redo->setAlternateKey(int(Qt::CTRL) | int(Qt::SHIFT) | int(Qt::Key_Z)); // the desktop's, beside Ctrl+Y
    }
}

void CodeEditor::setText(const std::string& text, EditForm form)
{
    m_isBeginning = true;
    m_form = form;
    applyLook();
    const bool wasReadOnly = m_sci->isReadOnly();
    m_sci->setReadOnly(false);
    m_sci->setWrapMode(QsciScintilla::WrapNone); // else all of the text is laid out here and now
    send(Sci::SCI_SETUNDOCOLLECTION, 0);
    send(Sci::SCI_CLEARALL);
    send(Sci::SCI_SETSCROLLWIDTH, 1);
    m_sci->SendScintilla(Sci::SCI_APPENDTEXT, static_cast<unsigned long>(text.size()), text.c_str());
    send(Sci::SCI_SETUNDOCOLLECTION, 1);
    send(Sci::SCI_EMPTYUNDOBUFFER);
    send(Sci::SCI_SETSAVEPOINT);
    send(Sci::SCI_GOTOPOS, 0);
    applyLineEnds(text);
    m_sci->setWrapMode(text.size() <= mostWrapped ? QsciScintilla::WrapWord : QsciScintilla::WrapNone);
    m_sci->setReadOnly(wasReadOnly);
    fitLineNumbers();
    m_isBeginning = false;
}

/// What Return puts in is what stands there already.
void CodeEditor::applyLineEnds(const std::string& text)
{
    const std::size_t line = text.find('\n');
    const bool isWindows = line != std::string::npos && line > 0 && text[line - 1] == '\r';
    const bool isMac = line == std::string::npos && text.find('\r') != std::string::npos;
    m_sci->setEolMode(isWindows ? QsciScintilla::EolWindows : isMac ? QsciScintilla::EolMac : QsciScintilla::EolUnix);
}

void CodeEditor::fitLineNumbers()
{
    const bool hasLines = m_form != EditForm::Escaped;
    const int digits = std::max(2, static_cast<int>(QString::number(m_sci->lines()).size()));
    const int width = hasLines ? QFontMetrics(keyFont()).horizontalAdvance(QString(digits, u'0')) + 10 : 0;
    if (m_sci->marginWidth(0) != width) {
        m_sci->setMarginWidth(0, width);
    }
}

std::string CodeEditor::text() const
{
    const auto length = static_cast<std::size_t>(send(Sci::SCI_GETLENGTH));
    if (length == 0) {
        return {};
    }
    const auto* bytes = static_cast<const char*>(m_sci->SendScintillaPtrResult(Sci::SCI_GETCHARACTERPOINTER));
    return {bytes, length};
}

void CodeEditor::replaceText(const std::string& text)
{
    const std::string old = this->text();
    const std::size_t shorter = std::min(old.size(), text.size());
    std::size_t head = 0;
    while (head < shorter && old[head] == text[head]) {
        ++head;
    }
    std::size_t tail = 0;
    while (tail < shorter - head && old[old.size() - 1 - tail] == text[text.size() - 1 - tail]) {
        ++tail;
    }
    send(Sci::SCI_BEGINUNDOACTION);
    replaceRange(
        static_cast<long>(head), static_cast<long>(old.size() - tail), text.substr(head, text.size() - head - tail));
    send(Sci::SCI_ENDUNDOACTION);
}

void CodeEditor::replaceRange(long from, long to, const std::string& by)
{
    send(Sci::SCI_SETTARGETSTART, static_cast<unsigned long>(from));
    send(Sci::SCI_SETTARGETEND, static_cast<unsigned long>(to));
    m_sci->SendScintilla(Sci::SCI_REPLACETARGET, static_cast<unsigned long>(by.size()), by.c_str());
}

void CodeEditor::setReadOnly(bool readOnly)
{
    m_sci->setReadOnly(readOnly);
}

void CodeEditor::setForm(EditForm form)
{
    m_form = form;
    applyLook();
    fitLineNumbers();
}

bool CodeEditor::isModified() const
{
    return send(Sci::SCI_GETMODIFY) != 0;
}

void CodeEditor::setUnmodified()
{
    send(Sci::SCI_SETSAVEPOINT);
}

bool CodeEditor::canUndo() const
{
    return m_sci->isUndoAvailable();
}

bool CodeEditor::canRedo() const
{
    return m_sci->isRedoAvailable();
}

void CodeEditor::undo()
{
    m_sci->undo();
}

void CodeEditor::redo()
{
    m_sci->redo();
}

void CodeEditor::goTo(std::size_t byte)
{
    send(Sci::SCI_GOTOPOS, static_cast<unsigned long>(byte));
    m_sci->ensureCursorVisible();
}

void CodeEditor::select(std::size_t from, std::size_t to)
{
    send(Sci::SCI_SETSEL, static_cast<unsigned long>(from), static_cast<long>(to));
}

std::size_t CodeEditor::caret() const
{
    return static_cast<std::size_t>(send(Sci::SCI_GETCURRENTPOS));
}

bool CodeEditor::takePlaceOf(const QWidget* other)
{
    const auto* view = qobject_cast<const QsciScintilla*>(other);
    if (view == nullptr) {
        return false;
    }
    const auto ask = [view](unsigned message) { return view->SendScintilla(message); };
    const long length = ask(Sci::SCI_GETLENGTH);
    const bool selectsAll =
        length > 0 && ask(Sci::SCI_GETSELECTIONSTART) == 0 && ask(Sci::SCI_GETSELECTIONEND) == length;
    const auto* bytes = static_cast<const char*>(view->SendScintillaPtrResult(Sci::SCI_GETCHARACTERPOINTER));
    if (selectsAll) {
        m_sci->selectAll();
        return true;
    }
    if (text() != std::string_view(bytes, static_cast<std::size_t>(length))) {
        return length == 0; // an empty value shows a sentence instead
    }
    send(Sci::SCI_SETSEL, static_cast<unsigned long>(ask(Sci::SCI_GETANCHOR)), ask(Sci::SCI_GETCURRENTPOS));
    send(Sci::SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(ask(Sci::SCI_GETFIRSTVISIBLELINE)));
    return true;
}

void CodeEditor::type(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    m_sci->SendScintilla(Sci::SCI_REPLACESEL, bytes.constData());
}

void CodeEditor::markProblem(std::optional<std::size_t> byte)
{
    send(Sci::SCI_SETINDICATORCURRENT, problemIndicator);
    const long length = send(Sci::SCI_GETLENGTH);
    send(Sci::SCI_INDICATORCLEARRANGE, 0, length);
    if (byte && length > 0) {
        const long at = std::min(static_cast<long>(*byte), length - 1); // at the very end there is nothing to underline
        const long end = send(Sci::SCI_POSITIONAFTER, static_cast<unsigned long>(at));
        send(Sci::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(at), std::max(end - at, 1L));
    }
}

// --- finding

std::optional<std::pair<long, long>> CodeEditor::search(const FindQuestion& question, long from, long to) const
{
    const QByteArray wanted = question.text.toUtf8();
    send(Sci::SCI_SETSEARCHFLAGS, question.caseCounts ? static_cast<unsigned long>(Sci::SCFIND_MATCHCASE) : 0UL);
    send(Sci::SCI_SETTARGETSTART, static_cast<unsigned long>(from));
    send(Sci::SCI_SETTARGETEND, static_cast<unsigned long>(to));
    const long at =
        m_sci->SendScintilla(Sci::SCI_SEARCHINTARGET, static_cast<unsigned long>(wanted.size()), wanted.constData());
    if (wanted.isEmpty() || at < 0) {
        return std::nullopt;
    }
    return std::pair(send(Sci::SCI_GETTARGETSTART), send(Sci::SCI_GETTARGETEND));
}

bool CodeEditor::find(const FindQuestion& question, Direction direction)
{
    const bool isNext = direction == Direction::Next;
    const long length = send(Sci::SCI_GETLENGTH);
    const long from = send(isNext ? Sci::SCI_GETSELECTIONEND : Sci::SCI_GETSELECTIONSTART);
    auto place = search(question, from, isNext ? length : 0);
    if (!place) {
        place = search(question, isNext ? 0 : length, isNext ? length : 0); // around the end
    }
    if (!place) {
        return false;
    }
    send(Sci::SCI_SETSEL, static_cast<unsigned long>(place->first), place->second);
    m_sci->ensureCursorVisible();
    return true;
}

bool CodeEditor::replace(const FindQuestion& question, const QString& by)
{
    const long from = send(Sci::SCI_GETSELECTIONSTART);
    const long to = send(Sci::SCI_GETSELECTIONEND);
    if (search(question, from, to) == std::pair(from, to)) {
        type(by);
    }
    return find(question, Direction::Next);
}

int CodeEditor::replaceAll(const FindQuestion& question, const QString& by)
{
    const std::string bytes = by.toStdString();
    int count = 0;
    long from = 0;
    send(Sci::SCI_BEGINUNDOACTION);
    while (const auto place = search(question, from, send(Sci::SCI_GETLENGTH))) {
        replaceRange(place->first, place->second, bytes);
        from = place->first + static_cast<long>(bytes.size());
        ++count;
    }
    send(Sci::SCI_ENDUNDOACTION);
    return count;
}

QString CodeEditor::selectedText() const
{
    return m_sci->selectedText();
}

// --- keys and look

bool CodeEditor::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (key == Qt::Key_Escape) {
        Q_EMIT escapePressed();
    } else if (modifiers == Qt::ControlModifier && key == Qt::Key_F) {
        Q_EMIT findWanted();
    } else if (modifiers == Qt::ControlModifier && key == Qt::Key_H) {
        Q_EMIT replaceWanted();
    } else if (key == Qt::Key_F3) {
        Q_EMIT findAgainWanted(modifiers & Qt::ShiftModifier ? Direction::Previous : Direction::Next);
    } else {
        return false;
    }
    return true;
}

bool CodeEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_sci && (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress)) {
        const auto* press = static_cast<QKeyEvent*>(event);
        const bool isOurs = press->key() == Qt::Key_Escape || press->key() == Qt::Key_F3
            || (press->modifiers() == Qt::ControlModifier && (press->key() == Qt::Key_F || press->key() == Qt::Key_H));
        if (isOurs && event->type() == QEvent::ShortcutOverride) {
            event->accept(); // the window's shortcut of the same name is for its tree
            return true;
        }
        if (isOurs) {
            return handleKey(press->key(), press->modifiers());
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CodeEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange
        || event->type() == QEvent::FontChange) {
        applyLook();
    }
}

void CodeEditor::applyLook()
{
    const QColor paper = palette().color(QPalette::Active, QPalette::Base);
    const QColor ink = palette().color(QPalette::Active, QPalette::Text);
    QsciLexer* old = std::exchange(m_lexer, makeLexer(m_form, this));
    if (m_lexer) {
        colorLexer(*m_lexer, m_form, palette());
    }
    m_sci->setLexer(m_lexer);
    delete old;
    m_sci->setFont(keyFont());
    m_sci->setPaper(paper);
    m_sci->setColor(ink);
    m_sci->setCaretForegroundColor(ink);
    m_sci->setCaretLineVisible(false);
    m_sci->setSelectionBackgroundColor(palette().color(QPalette::Active, QPalette::Highlight));
    m_sci->setSelectionForegroundColor(palette().color(QPalette::Active, QPalette::HighlightedText));
    m_sci->setMarginsBackgroundColor(paper);
    m_sci->setMarginsForegroundColor(toneColor(Tone::Dimmed, palette()));
    m_sci->setMarginsFont(keyFont());
    m_sci->setIndicatorForegroundColor(toneColor(Tone::Error, palette()), static_cast<int>(problemIndicator));
}

} // namespace keyglass::ui
