// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/rowpainter.h"

#include "ui/common/badge.h"
#include "ui/common/texts.h"
#include "ui/tree/nameformats.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace keyglass::ui {

namespace {

class RowPicture {
public:
    RowPicture(QPainter& painter, const TreeRow& row, const RowLook& look, const DetailsCache::Entry* details)
        : m_painter(painter)
        , m_row(row)
        , m_look(look)
        , m_details(details)
        , m_isGone(details != nullptr && details->state == RowDetails::Gone)
    {
        const auto group = look.hasFocus ? QPalette::Active : QPalette::Inactive;
        m_highlight = look.palette.color(group, QPalette::Highlight);
        const bool isOnHighlight = look.selected == SelectedShare::All;
        m_text = look.palette.color(group, isOnHighlight ? QPalette::HighlightedText : QPalette::Text);
    }

    void paintGround()
    {
        if (m_look.selected == SelectedShare::All) {
            m_painter.fillRect(m_look.rect, m_highlight);
        } else if (m_look.selected == SelectedShare::Some) {
            m_painter.fillRect(m_look.rect, withAlpha(m_highlight, 0.22));
        } else if (m_look.isMarked) {
            m_painter.fillRect(m_look.rect, withAlpha(m_highlight, 0.35));
        } else if (m_look.isHovered) {
            m_painter.fillRect(m_look.rect, withAlpha(m_look.palette.color(QPalette::Text), 0.06));
        }
        if (m_look.isCurrent && m_look.hasFocus) {
            m_painter.setPen(withAlpha(m_look.selected == SelectedShare::All ? m_text : m_highlight, 0.8));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRect(m_look.rect.adjusted(0, 0, -1, -1));
        }
    }

    void paintExpander()
    {
        if (!m_row.isFolder || m_look.isTable) {
            return;
        }
        const QRectF place = TreeMetrics::expanderRect(m_look.rect, m_row.depth);
        const QPointF middle = place.center();
        QPainterPath arrow;
        if (m_row.isExpanded) {
            arrow.moveTo(middle.x() - 4, middle.y() - 2);
            arrow.lineTo(middle.x(), middle.y() + 2);
            arrow.lineTo(middle.x() + 4, middle.y() - 2);
        } else {
            arrow.moveTo(middle.x() - 2, middle.y() - 4);
            arrow.lineTo(middle.x() + 2, middle.y());
            arrow.lineTo(middle.x() - 2, middle.y() + 4);
        }
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(dimmed(m_text), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(arrow);
        m_painter.restore();
    }

    void paintName(const RowName& name)
    {
        const RowName isolated = isolatedRuns(name);
        QTextLayout layout(isolated.text, m_look.font);
        QTextOption option;
        option.setTextDirection(Qt::LeftToRight);
        option.setWrapMode(QTextOption::NoWrap);
        layout.setTextOption(option);
        layout.setFormats(nameFormats(isolated, m_text, m_isGone));
        layout.beginLayout();
        QTextLine line = layout.createLine();
        line.setLineWidth(1e6);
        layout.endLayout();
        const QRect cell = m_look.cells[0];
        m_painter.save();
        m_painter.setClipRect(QRectF(cell.left(), cell.top(), nameRight() - cell.left(), cell.height()));
        m_painter.setPen(m_isGone ? dimmed(m_text) : m_text);
        const QPointF at(cell.left() + TreeMetrics::nameLeft(m_row.depth),
            std::round(cell.top() + (cell.height() - line.height()) / 2));
        layout.draw(&m_painter, at);
        m_painter.restore();
    }

    /// Grouped and right-aligned over the columns a folder has nothing to say in.
    void paintKeyCount()
    {
        m_painter.setPen(dimmed(m_text));
        const QRect place(m_look.rect.left(), m_look.rect.top(), m_look.rect.width() - 8, m_look.rect.height());
        m_painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, numberText(m_row.keyCount));
    }

    /// In place of a type, which a folder has none of.
    void paintTableBadge(const KeyTreeModel& model)
    {
        const QRect cell = m_look.cells[static_cast<std::size_t>(KeyColumn::Type)];
        if (!cell.isEmpty()) {
            paintBadge(&m_painter, cell.adjusted(8, 0, 0, 0), KeyType::Hash, model.cellText(m_row, KeyColumn::Type),
                m_look.palette);
        }
    }

    void paintDetails(const KeyTreeModel& model)
    {
        const bool isLoading =
            m_details == nullptr || m_details->state == RowDetails::Loading || m_details->state == RowDetails::NotAsked;
        for (const KeyColumn column : {KeyColumn::Type, KeyColumn::Ttl, KeyColumn::Memory}) {
            const QRect cell = m_look.cells[static_cast<std::size_t>(column)];
            if (cell.isEmpty() || m_isGone) {
                continue;
            }
            if (isLoading) {
                paintPlaceholder(cell, column);
            } else if (column == KeyColumn::Type && m_details->details.typeState == DetailState::There) {
                m_painter.save();
                m_painter.setOpacity(m_details->state == RowDetails::Outdated ? 0.6 : 1);
                paintBadge(&m_painter, cell.adjusted(8, 0, 0, 0), m_details->details.type,
                    keyTypeBadge(m_details->details.type), m_look.palette);
                m_painter.restore();
            } else {
                paintCellText(cell, column, model.cellText(m_row, column));
            }
        }
    }

private:
    [[nodiscard]] double nameRight() const
    {
        return m_look.cells[0].left() + TreeMetrics::nameLeft(m_row.depth) + nameWidth(m_row, m_look) + 1;
    }

    void paintPlaceholder(const QRect& cell, KeyColumn column)
    {
        const int width = std::min(column == KeyColumn::Type ? 30 : 36, cell.width() - 16);
        QRectF bar(0, 0, width, 6);
        bar.moveCenter(QRectF(cell).center());
        column == KeyColumn::Type ? bar.moveLeft(cell.left() + 8) : bar.moveRight(cell.right() - 7);
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(withAlpha(m_text, 0.1));
        m_painter.drawRoundedRect(bar, 3, 3);
        m_painter.restore();
    }

    void paintCellText(const QRect& cell, KeyColumn column, const QString& text)
    {
        const bool isSure = m_details->state == RowDetails::There && !m_details->details.isPersistent();
        m_painter.setPen(isSure || column != KeyColumn::Ttl ? withAlpha(m_text, 0.85) : dimmed(m_text));
        const QRect place = cell.adjusted(4, 0, -8, 0);
        const QString shown = m_painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width());
        m_painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, shown);
    }

    QPainter& m_painter;
    const TreeRow& m_row;
    const RowLook& m_look;
    const DetailsCache::Entry* m_details;
    bool m_isGone;
    QColor m_text;
    QColor m_highlight;
};

} // namespace

void paintRow(QPainter& painter, const TreeRow& row, const RowName& name, const RowLook& look,
    const DetailsCache::Entry* details, const KeyTreeModel& model)
{
    RowPicture picture(painter, row, look, details);
    picture.paintGround();
    picture.paintExpander();
    picture.paintName(name);
    if (look.isTable) {
        picture.paintTableBadge(model);
    }
    if (row.isFolder) {
        picture.paintKeyCount();
    } else if (!look.isTable) {
        picture.paintDetails(model);
    }
}

double nameWidth(const TreeRow& row, const RowLook& look)
{
    double right = look.cells[0].right() - 4;
    if (row.isFolder && !look.isTable) {
        const double count = QFontMetricsF(look.font).horizontalAdvance(numberText(row.keyCount));
        right = std::min(look.rect.right() - 8 - count - 8, right + (look.rect.right() - look.cells[0].right()));
    }
    return std::max(24.0, right - look.cells[0].left() - TreeMetrics::nameLeft(row.depth));
}

} // namespace keyglass::ui
