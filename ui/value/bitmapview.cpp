// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/bitmapview.h"

#include "ui/common/fonts.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/value/bytecontent.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int margin = 8;
constexpr int groupGap = 5; ///< Pixels between the bits of two bytes.
constexpr std::uint64_t byteBits = 8;

bool isSet(char byte, std::uint64_t bitInByte)
{
    return (static_cast<unsigned char>(byte) >> (byteBits - 1 - bitInByte) & 1U) != 0;
}

} // namespace

BitmapView::BitmapView(QWidget* parent)
    : ByteRowsView(tr("Bits"), parent)
{
    setFont(keyFont());
    connect(this, &BitmapView::cursorMoved, this, &BitmapView::describe);
}

void BitmapView::goTo(std::uint64_t bit)
{
    if (bitCount() == 0) {
        return;
    }
    m_cursor = std::min(bit, bitCount() - 1);
    showRow(m_cursor / rowBits);
    viewport()->update();
    Q_EMIT cursorMoved();
}

/// For who can't see it: where the cursor is, and what stands there. Nothing is read for it where nothing is shown.
void BitmapView::describe()
{
    if (!isVisible() || bitCount() == 0) {
        return;
    }
    const auto isSet = bitAt(m_cursor);
    setAccessibleDescription(!isSet ? tr("bit %1: loading…").arg(m_cursor)
            : *isSet                ? tr("bit %1: set").arg(m_cursor)
                                    : tr("bit %1: not set").arg(m_cursor));
}

std::uint64_t BitmapView::bitCount() const
{
    return byteCount() * byteBits;
}

std::optional<char> BitmapView::byteOf(std::uint64_t bit) const
{
    const std::string_view byte =
        content() && bit < bitCount() ? content()->window(bit / byteBits, 1) : std::string_view();
    return byte.empty() ? std::nullopt : std::optional(byte.front());
}

std::optional<bool> BitmapView::bitAt(std::uint64_t bit) const
{
    const auto byte = byteOf(bit);
    return byte ? std::optional(isSet(*byte, bit % byteBits)) : std::nullopt;
}

void BitmapView::toggle()
{
    if (const auto byte = byteOf(m_cursor)) {
        Q_EMIT toggleWanted(m_cursor, *byte);
    }
}

QSize BitmapView::sizeHint() const
{
    return {rowWidth(), 12 * rowHeight()};
}

// --- painting

void BitmapView::paintRow(QPainter& painter, std::uint64_t row, int y)
{
    const std::uint64_t firstBit = row * rowBits;
    const QRect number(margin, y, offsetWidth(), rowHeight());
    painter.setPen(toneColor(Tone::Dimmed, palette()));
    painter.drawText(number, Qt::AlignRight | Qt::AlignVCenter, numberText(firstBit));
    const std::uint64_t wanted = std::min(rowBits, bitCount() - firstBit) / byteBits;
    const std::string_view bytes = content()->window(firstBit / byteBits, wanted);
    if (bytes.empty()) {
        painter.drawText(bitColumn(0), y + fontMetrics().ascent() + 2, QStringLiteral("…"));
        return;
    }
    paintBits(painter, firstBit, bytes, y);
}

/// A set bit is a filled square, one that is not set an outline: told apart without colours.
void BitmapView::paintBits(QPainter& painter, std::uint64_t firstBit, std::string_view bytes, int y)
{
    const int side = cellWidth() - 3;
    const int top = y + (rowHeight() - side) / 2;
    for (std::uint64_t bit = 0; bit < bytes.size() * byteBits; ++bit) {
        const QRect square(bitColumn(bit), top, side, side);
        if (firstBit + bit == m_cursor) {
            painter.fillRect(square.adjusted(-2, -2, 2, 2), palette().highlight());
        }
        const bool isCurrent = firstBit + bit == m_cursor;
        const QColor ink = palette().color(isCurrent ? QPalette::HighlightedText : QPalette::Text);
        if (isSet(bytes[bit / byteBits], bit % byteBits)) {
            painter.fillRect(square, ink);
        } else {
            painter.setPen(isCurrent ? ink : toneColor(Tone::Dimmed, palette()));
            painter.drawRect(square.adjusted(0, 0, -1, -1));
        }
    }
}

// --- keys and mouse

void BitmapView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space) {
        toggle();
    } else if (const auto target = keyTarget(*event)) {
        goTo(*target);
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

std::optional<std::uint64_t> BitmapView::keyTarget(const QKeyEvent& event) const
{
    const auto back = [&](std::uint64_t bits) { return m_cursor >= bits ? m_cursor - bits : m_cursor % rowBits; };
    const std::uint64_t page = static_cast<std::uint64_t>(std::max(visibleRows() - 1, 1)) * rowBits;
    const bool control = (event.modifiers() & Qt::ControlModifier) != 0;
    switch (event.key()) {
    case Qt::Key_Left:
        return m_cursor - std::min<std::uint64_t>(m_cursor, 1);
    case Qt::Key_Right:
        return m_cursor + 1;
    case Qt::Key_Up:
        return back(rowBits);
    case Qt::Key_Down:
        return m_cursor + rowBits;
    case Qt::Key_PageUp:
        return back(page);
    case Qt::Key_PageDown:
        return m_cursor + page;
    case Qt::Key_Home:
        return control ? 0 : m_cursor - m_cursor % rowBits;
    case Qt::Key_End:
        return control ? bitCount() : m_cursor - m_cursor % rowBits + rowBits - 1;
    default:
        return std::nullopt;
    }
}

void BitmapView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        goTo(bitUnder(event->pos()));
    }
}

void BitmapView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        toggle();
    }
}

std::uint64_t BitmapView::bitUnder(const QPoint& point) const
{
    const int x = point.x() + horizontalScrollBar()->value();
    std::uint64_t inRow = 0;
    while (inRow + 1 < rowBits && x >= bitColumn(inRow + 1)) {
        ++inRow;
    }
    return rowAt(point) * rowBits + inRow;
}

// --- measures

std::uint64_t BitmapView::rowCount() const
{
    return (bitCount() + rowBits - 1) / rowBits;
}

int BitmapView::rowWidth() const
{
    return bitColumn(rowBits) + margin;
}

int BitmapView::rowHeight() const
{
    return fontMetrics().height() + 2;
}

int BitmapView::cellWidth() const
{
    return std::max(fontMetrics().horizontalAdvance(u'0') + 1, 8);
}

int BitmapView::offsetWidth() const
{
    return fontMetrics().horizontalAdvance(numberText(bitCount()));
}

int BitmapView::bitColumn(std::uint64_t bitInRow) const
{
    const auto bit = static_cast<int>(bitInRow);
    return 2 * margin + offsetWidth() + bit * cellWidth() + bit / static_cast<int>(byteBits) * groupGap;
}

} // namespace keyglass::ui
