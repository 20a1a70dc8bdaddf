// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keytable/keytabledelegate.h"

#include "ui/common/badge.h"
#include "ui/keytable/keytablemodel.h"
#include "ui/tree/nameformats.h"
#include "ui/tree/rownames.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace keyglass::ui {

namespace {

constexpr int padding = 8;

bool isSelected(const QStyleOptionViewItem& option)
{
    return option.state.testFlag(QStyle::State_Selected);
}

QColor textColor(const QStyleOptionViewItem& option)
{
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    return option.palette.color(group, isSelected(option) ? QPalette::HighlightedText : QPalette::Text);
}

void paintGround(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    const QColor highlight = option.palette.color(group, QPalette::Highlight);
    if (isSelected(option)) {
        painter.fillRect(option.rect, highlight);
    }
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (view != nullptr && view->hasFocus() && view->currentIndex().row() == index.row()) {
        painter.setPen(withAlpha(isSelected(option) ? textColor(option) : highlight, 0.8));
        painter.drawLine(option.rect.topLeft(), option.rect.topRight());
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    }
}

void paintPlaceholder(QPainter& painter, const QStyleOptionViewItem& option, bool isRight)
{
    QRectF bar(0, 0, std::min(36, option.rect.width() - 2 * padding), 6);
    bar.moveCenter(QRectF(option.rect).center());
    isRight ? bar.moveRight(option.rect.right() - padding + 1) : bar.moveLeft(option.rect.left() + padding);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(withAlpha(textColor(option), 0.1));
    painter.drawRoundedRect(bar, 3, 3);
}

} // namespace

KeyTableDelegate::KeyTableDelegate(const KeyTableModel& model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

void KeyTableDelegate::paintName(QPainter& painter, const QStyleOptionViewItem& option, int row, bool isGone) const
{
    const double room = option.rect.width() - 2 * padding;
    const RowName name = isolatedRuns(fitted(m_model.nameOf(row), room, QFontMetricsF(option.font), -1));
    QTextLayout layout(name.text, option.font);
    QTextOption direction;
    direction.setTextDirection(Qt::LeftToRight);
    direction.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(direction);
    const QColor text = textColor(option);
    layout.setFormats(nameFormats(name, text, isGone));
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(1e6);
    layout.endLayout();
    painter.setClipRect(option.rect);
    painter.setPen(isGone ? dimmed(text) : text);
    layout.draw(&painter,
        QPointF(
            option.rect.left() + padding, std::round(option.rect.top() + (option.rect.height() - line.height()) / 2)));
}

void KeyTableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto column = static_cast<SortColumn>(index.column());
    const DetailsCache::Entry* entry = m_model.details(index.row());
    const bool isGone = entry != nullptr && entry->state == RowDetails::Gone;
    painter->save();
    painter->setFont(option.font);
    paintGround(*painter, option, index);
    const bool isMissing =
        entry == nullptr || entry->state == RowDetails::Loading || entry->state == RowDetails::NotAsked;
    if (column == SortColumn::Name) {
        paintName(*painter, option, index.row(), isGone);
    } else if (isMissing) {
        paintPlaceholder(*painter, option, isRightAligned(column));
    } else if (column == SortColumn::Type && !isGone && entry->details.typeState == DetailState::There) {
        painter->setOpacity(entry->state == RowDetails::Outdated ? 0.6 : 1);
        paintBadge(painter, option.rect.adjusted(padding, 0, 0, 0), entry->details.type,
            keyTypeBadge(entry->details.type), option.palette);
    } else {
        const QString text = index.data().toString();
        const bool isSure =
            entry->state == RowDetails::There && text != u"–" && !m_model.isRefused(index.row(), column);
        painter->setPen(isSure ? withAlpha(textColor(option), 0.9) : dimmed(textColor(option)));
        const QRect place = option.rect.adjusted(padding, 0, -padding, 0);
        painter->drawText(place, Qt::AlignVCenter | (isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft),
            painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    }
    painter->restore();
}

} // namespace keyglass::ui
