// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/profilelist.h"

#include "core/profile/profilestore.h"
#include "core/profile/uri.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int padding = 8;
constexpr int dotSize = 8;
constexpr int textLeft = padding + dotSize + padding;

QStringList marksOf(const QModelIndex& index)
{
    QStringList marks;
    const auto environment = static_cast<Environment>(index.data(ProfileList::EnvironmentRole).toInt());
    if (environment != Environment::Development) {
        marks.append(environmentText(environment));
    }
    if (index.data(ProfileList::ReadOnlyRole).toBool()) {
        marks.append(ProfileList::tr("read-only"));
    }
    return marks;
}

} // namespace

void ProfileList::read(const ProfileStore& profiles)
{
    beginResetModel();
    m_rows.clear();
    for (const Profile& profile : profiles.recentlyUsed()) {
        m_rows.push_back({profile, profiles.lastUsed(profile.id)});
    }
    endResetModel();
}

int ProfileList::rowOf(const QString& id) const
{
    const auto hasId = [&id](const Row& row) { return row.profile.id == id; };
    const auto found = std::ranges::find_if(m_rows, hasId);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ProfileList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ProfileList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const Row& row = m_rows.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return row.profile.title();
    case Qt::ToolTipRole:
        return toolTip(row);
    case Qt::AccessibleTextRole:
        return spoken(row);
    case AddressRole:
        return toUri(row.profile);
    case EnvironmentRole:
        return static_cast<int>(row.profile.environment);
    case ReadOnlyRole:
        return row.profile.readOnly;
    case LastUsedRole:
        return row.lastUsed ? agoText(*row.lastUsed, QDateTime::currentDateTime()) : QString();
    default:
        return {};
    }
}

QString ProfileList::toolTip(const Row& row)
{
    const QString uri = toUri(row.profile).toHtmlEscaped();
    return row.lastUsed ? tr("%1<br>last used %2").arg(uri, isoTimeText(*row.lastUsed)) : uri;
}

QString ProfileList::spoken(const Row& row)
{
    QStringList parts{row.profile.title(), row.profile.address(), environmentText(row.profile.environment)};
    if (row.profile.readOnly) {
        parts.append(tr("read-only"));
    }
    return parts.join(u", "_s);
}

QSize ProfileDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    return {200, 2 * option.fontMetrics.height() + 2 * padding};
}

void ProfileDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem plain = option;
    initStyleOption(&plain, index);
    plain.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &plain, painter, plain.widget);
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    const QColor text = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor dimmed = selected ? text : toneColor(Tone::Dimmed, option.palette);
    const QRect inner = option.rect.adjusted(textLeft, padding, -padding, -padding);
    const int line = option.fontMetrics.height();
    const QRect upper(inner.left(), inner.top(), inner.width(), line);
    const QRect lower = upper.translated(0, line);
    const auto environment = static_cast<Environment>(index.data(ProfileList::EnvironmentRole).toInt());
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(selected ? text : environmentColor(environment, option.palette));
    painter->drawEllipse(option.rect.left() + padding, upper.center().y() - dotSize / 2, dotSize, dotSize);

    const QString used = index.data(ProfileList::LastUsedRole).toString();
    const QString marks = marksOf(index).join(u" · "_s);
    const auto right = [&](const QRect& rect, const QString& what) {
        painter->setPen(dimmed);
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, what);
        return what.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(what) + 2 * padding;
    };
    const int usedWidth = right(upper, used);
    const int marksWidth = right(lower, marks);
    const auto left = [&](const QRect& rect, int taken, const QString& what, Qt::TextElideMode mode) {
        const QRect room = rect.adjusted(0, 0, -taken, 0);
        painter->drawText(
            room, Qt::AlignLeft | Qt::AlignVCenter, painter->fontMetrics().elidedText(what, mode, room.width()));
    };
    left(lower, marksWidth, index.data(ProfileList::AddressRole).toString(), Qt::ElideMiddle);
    QFont strong = option.font;
    strong.setWeight(QFont::DemiBold);
    painter->setFont(strong);
    painter->setPen(text);
    left(upper, usedWidth, index.data().toString(), Qt::ElideRight);
    painter->restore();
}

} // namespace keyglass::ui
