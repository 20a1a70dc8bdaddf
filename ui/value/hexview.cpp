// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/hexview.h"

#include "core/value/formatters/hextext.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/value/bytecontent.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <map>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr int margin = 8;
constexpr int gap = 2; // characters between the parts of a row
constexpr std::uint64_t mostCopied = 1024ULL * 1024;

QString latin(const std::string& text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

HexView::HexView(QWidget* parent)
    : ByteRowsView(tr("Hex"), parent)
{
    setFont(keyFont());
    viewport()->setCursor(Qt::IBeamCursor);
    connect(this, &HexView::cursorMoved, this, &HexView::describe);
    addActions();
}

void HexView::addActions()
{
    setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto add = [this](const QString& text, const QKeySequence& key) { // which keyPressEvent() takes
        auto* action = new QAction(text + u'\t' + key.toString(QKeySequence::NativeText), this);
        addAction(action);
        return action;
    };
    connect(add(tr("&Copy as hex"), QKeySequence::Copy), &QAction::triggered, this, &HexView::copySelection);
    m_insert = add(tr("&Insert bytes…"), Qt::Key_Insert);
    m_append = add(tr("&Append bytes…"), Qt::ALT | Qt::Key_Insert);
    connect(m_insert, &QAction::triggered, this, [this] { askInsertion(m_cursor); });
    connect(m_append, &QAction::triggered, this, [this] { askInsertion(size()); });
    m_write = add(tr("&Save the typed bytes"), Qt::Key_Return);
    m_takeBack = add(tr("&Take the typed bytes back"), Qt::Key_Escape);
    m_undo = add(tr("&Undo"), QKeySequence::Undo);
    m_redo = add(tr("&Redo"), QKeySequence::Redo);
    connect(m_write, &QAction::triggered, this, &HexView::writeWanted);
    connect(m_takeBack, &QAction::triggered, this, &HexView::takeBack);
    connect(m_undo, &QAction::triggered, this, &HexView::undo);
    connect(m_redo, &QAction::triggered, this, &HexView::redo);
}

void HexView::contentChanged()
{
    m_cursor = 0;
    m_anchor = 0;
}

void HexView::copySelection() const
{
    const auto [first, last] = std::minmax(m_cursor, m_anchor);
    if (!content() || last >= size()) {
        return;
    }
    std::string bytes;
    for (std::uint64_t at = first; at <= last && at - first < mostCopied;) {
        const std::uint64_t toPieceEnd = ByteContent::pieceBytes - at % ByteContent::pieceBytes;
        const std::string_view piece = content()->window(at, std::min(last - at + 1, toPieceEnd));
        if (piece.empty()) {
            break;
        }
        bytes += piece;
        at += piece.size();
    }
    QGuiApplication::clipboard()->setText(latin(hexDigits(bytes)));
}

void HexView::goTo(std::uint64_t offset)
{
    moveCursor(offset, Anchor::Moves);
}

QSize HexView::sizeHint() const
{
    return {rowWidth(), 12 * rowHeight()};
}

void HexView::paintRow(QPainter& painter, std::uint64_t row, int y)
{
    const std::uint64_t offset = row * hexRowBytes;
    const int baseline = y + (rowHeight() - fontMetrics().height()) / 2 + fontMetrics().ascent();
    painter.setPen(toneColor(Tone::Dimmed, palette()));
    painter.drawText(margin, baseline, latin(hexOffset(offset, size())));
    const std::uint64_t wanted = std::min(hexRowBytes, size() - offset);
    const std::string_view bytes = content()->window(offset, wanted);
    if (bytes.empty()) {
        painter.drawText(hexColumn(0), baseline, QStringLiteral("…"));
        return;
    }
    paintBytes(painter, offset, bytes, baseline);
}

void HexView::paintBytes(QPainter& painter, std::uint64_t first, std::string_view stored, int y)
{
    std::string bytes(stored);
    static const std::map<std::uint64_t, HexChanges::Change> none;
    const auto& changes = m_overwrites ? m_changes.all() : none;
    for (auto at = changes.lower_bound(first); at != changes.end() && at->first < first + bytes.size(); ++at) {
        bytes[at->first - first] = at->second.now;
    }
    const auto [from, to] = std::minmax(m_cursor, m_anchor);
    const QString ascii = latin(hexAscii(bytes));
    const int top = y - fontMetrics().ascent();
    for (std::uint64_t i = 0; i < bytes.size(); ++i) {
        const QString hex = latin(hexBytes(bytes.substr(i, 1)));
        const bool selected = first + i >= from && first + i <= to && (hasFocus() || from != to);
        if (selected) {
            const int height = fontMetrics().height();
            const bool toNext = first + i < to && i + 1 < bytes.size();
            const int right = toNext ? hexColumn(i + 1) : hexColumn(i) + 2 * charWidth();
            painter.fillRect(hexColumn(i), top, right - hexColumn(i), height, palette().highlight());
            painter.fillRect(asciiColumn(i), top, charWidth(), height, palette().highlight());
        }
        if (changes.contains(first + i)) {
            painter.setPen(toneColor(Tone::Warning, palette()));
            painter.drawLine(hexColumn(i), y + 2, hexColumn(i) + 2 * charWidth(), y + 2);
        }
        const bool printable = bytes[i] >= 0x20 && bytes[i] < 0x7F;
        const QColor plain = bytes[i] == 0 ? toneColor(Tone::Dimmed, palette()) : palette().color(QPalette::Text);
        painter.setPen(selected ? palette().color(QPalette::HighlightedText) : plain);
        painter.drawText(hexColumn(i), y, hex);
        if (!selected && !printable) {
            painter.setPen(toneColor(Tone::Dimmed, palette()));
        }
        painter.drawText(asciiColumn(i), y, ascii.mid(static_cast<qsizetype>(i), 1));
    }
}

bool HexView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && takesShortcut(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void HexView::keyPressEvent(QKeyEvent* event)
{
    if (takeKey(*event)) {
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
    } else if (event->key() == Qt::Key_Insert && m_overwrites) {
        askInsertion((event->modifiers() & Qt::AltModifier) != 0 ? size() : m_cursor);
    } else if (event->matches(QKeySequence::SelectAll) && size() > 0) {
        m_anchor = 0;
        moveCursor(size() - 1, Anchor::Stays);
    } else if (const auto target = keyTarget(*event)) {
        moveCursor(*target, (event->modifiers() & Qt::ShiftModifier) != 0 ? Anchor::Stays : Anchor::Moves);
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

std::optional<std::uint64_t> HexView::keyTarget(const QKeyEvent& event) const
{
    const auto back = [&](std::uint64_t bytes) { return m_cursor - std::min(m_cursor, bytes); };
    const std::uint64_t page = static_cast<std::uint64_t>(std::max(visibleRows() - 1, 1)) * hexRowBytes;
    const bool control = (event.modifiers() & Qt::ControlModifier) != 0;
    switch (event.key()) {
    case Qt::Key_Left:
        return back(1);
    case Qt::Key_Right:
        return m_cursor + 1;
    case Qt::Key_Up:
        return m_cursor >= hexRowBytes ? back(hexRowBytes) : m_cursor;
    case Qt::Key_Down:
        return m_cursor + hexRowBytes;
    case Qt::Key_PageUp:
        return back(page);
    case Qt::Key_PageDown:
        return m_cursor + page;
    case Qt::Key_Home:
        return control ? 0 : m_cursor - m_cursor % hexRowBytes;
    case Qt::Key_End:
        return control ? size() : m_cursor - m_cursor % hexRowBytes + hexRowBytes - 1;
    default:
        return std::nullopt;
    }
}

void HexView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        const bool extend = (event->modifiers() & Qt::ShiftModifier) != 0;
        moveCursor(offsetAt(event->pos()), extend ? Anchor::Stays : Anchor::Moves);
    }
}

void HexView::mouseMoveEvent(QMouseEvent* event)
{
    if ((event->buttons() & Qt::LeftButton) != 0) {
        moveCursor(offsetAt(event->pos()), Anchor::Stays);
    }
}

void HexView::moveCursor(std::uint64_t offset, Anchor anchor)
{
    if (size() == 0) {
        return;
    }
    m_cursor = std::min(offset, size() - 1);
    m_anchor = anchor == Anchor::Moves ? m_cursor : m_anchor;
    showRow(m_cursor / hexRowBytes);
    viewport()->update();
    Q_EMIT cursorMoved();
}

/// For who can't see it: where the cursor is, and what stands there. Nothing is read for it where nothing is shown.
void HexView::describe()
{
    if (!isVisible()) {
        return;
    }
    const std::string_view there = content() ? content()->window(m_cursor, 1) : std::string_view();
    const auto changed = m_overwrites ? m_changes.all().find(m_cursor) : m_changes.all().end();
    const std::string byte =
        changed != m_changes.all().end() ? std::string(1, changed->second.now) : std::string(there);
    setAccessibleDescription(byte.empty()
            ? tr("byte %1: loading…").arg(m_cursor)
            : tr("byte %1: %2, %3").arg(m_cursor).arg(latin(hexDigits(byte)), latin(hexAscii(byte))));
}

std::uint64_t HexView::offsetAt(const QPoint& point) const
{
    const int x = point.x() + horizontalScrollBar()->value();
    std::uint64_t inRow = 0;
    if (x >= asciiColumn(0)) {
        inRow =
            std::min<std::uint64_t>(static_cast<std::uint64_t>((x - asciiColumn(0)) / charWidth()), hexRowBytes - 1);
    } else {
        while (inRow + 1 < hexRowBytes && x >= hexColumn(inRow + 1)) {
            ++inRow;
        }
    }
    return rowAt(point) * hexRowBytes + inRow;
}

std::uint64_t HexView::rowCount() const
{
    return (size() + hexRowBytes - 1) / hexRowBytes;
}

int HexView::rowWidth() const
{
    return lineChars() * charWidth() + 2 * margin;
}

std::uint64_t HexView::rowBytes() const
{
    return hexRowBytes;
}

int HexView::rowHeight() const
{
    return fontMetrics().height() + 4;
}

int HexView::charWidth() const
{
    return std::max(fontMetrics().horizontalAdvance(u'0'), 1);
}

int HexView::offsetDigits() const
{
    return static_cast<int>(hexOffset(0, size()).size());
}

int HexView::hexColumn(std::uint64_t byteInRow) const
{
    const int halves = byteInRow >= hexRowBytes / 2 ? 1 : 0;
    return margin + (offsetDigits() + gap + static_cast<int>(byteInRow) * 3 + halves) * charWidth();
}

int HexView::asciiColumn(std::uint64_t byteInRow) const
{
    const int hexChars = static_cast<int>(hexRowBytes) * 3;
    return margin + (offsetDigits() + gap + hexChars + gap + static_cast<int>(byteInRow)) * charWidth();
}

int HexView::lineChars() const
{
    return offsetDigits() + gap + static_cast<int>(hexRowBytes) * 4 + gap;
}

} // namespace keyglass::ui
