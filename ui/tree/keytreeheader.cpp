// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/keytreeheader.h"

#include "ui/tree/keytreemodel.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDataStream>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QIODevice>
#include <QMenu>
#include <QStandardItemModel>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int leastNameWidth = 130; // pixels
constexpr int widestColumn = 10'000;
constexpr int cellMargins = 13; // pixels on both sides of a text together

/// What a text of the column needs that is as wide as they get.
int widthOf(const QString& text)
{
    return QFontMetrics(QFontDatabase::systemFont(QFontDatabase::FixedFont)).horizontalAdvance(text) + cellMargins;
}
constexpr quint32 stateVersion = 1;

} // namespace

KeyTreeHeader::KeyTreeHeader(const QAbstractItemModel& titles, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    auto* own = new QStandardItemModel(0, titles.columnCount(), this);
    QStringList texts;
    for (int column = 0; column < titles.columnCount(); ++column) {
        texts.append(titles.headerData(column, Qt::Horizontal).toString());
    }
    own->setHorizontalHeaderLabels(texts);
    for (const KeyColumn column : {KeyColumn::Ttl, KeyColumn::Memory}) {
        own->horizontalHeaderItem(static_cast<int>(column))->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    setModel(own);
    setFont(QApplication::font());
    m_shown.assign(static_cast<std::size_t>(count()), true);
    m_widths.assign(static_cast<std::size_t>(count()), 0);
    connect(this, &QHeaderView::sectionResized, this, [this](int column, int /*before*/, int width) {
        m_widths[static_cast<std::size_t>(column)] = width > 0 ? width : m_widths[static_cast<std::size_t>(column)];
    });
    setMinimumSectionSize(44);
    setStretchLastSection(false);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setSectionResizeMode(QHeaderView::Interactive);
    setSectionResizeMode(static_cast<int>(KeyColumn::Name), QHeaderView::Stretch);
    resizeSection(static_cast<int>(KeyColumn::Type), 48);
    resizeSection(static_cast<int>(KeyColumn::Ttl), widthOf(QStringLiteral("59 min 59 s")));
    resizeSection(static_cast<int>(KeyColumn::Memory), widthOf(QStringLiteral("999.9 KB")));
    setAccessibleName(tr("Key columns"));
}

void KeyTreeHeader::setShown(KeyColumn column, bool shown)
{
    if (column == KeyColumn::Name || isShown(column) == shown) {
        return;
    }
    m_shown[static_cast<std::size_t>(column)] = shown;
    fitTo(m_width);
    Q_EMIT shownChanged();
}

void KeyTreeHeader::fitTo(int width)
{
    m_width = width;
    int left = width - leastNameWidth;
    for (int column = 1; column < count(); ++column) {
        const bool isWanted = m_shown[static_cast<std::size_t>(column)];
        const int needed = std::max(m_widths[static_cast<std::size_t>(column)], minimumSectionSize());
        const bool fits = isWanted && (width == 0 || left >= needed);
        left = fits ? left - needed : isWanted ? 0 : left;
        if (isSectionHidden(column) == fits) {
            setSectionHidden(column, !fits);
        }
    }
}

QByteArray KeyTreeHeader::saveColumns() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << stateVersion << count();
    for (std::size_t column = 0; column < m_shown.size(); ++column) {
        stream << static_cast<bool>(m_shown[column]) << m_widths[column];
    }
    return state;
}

bool KeyTreeHeader::restoreColumns(const QByteArray& state)
{
    QDataStream stream(state);
    quint32 version = 0;
    int columns = 0;
    stream >> version >> columns;
    std::vector<bool> shown(m_shown.size());
    std::vector<int> widths(m_widths.size());
    for (std::size_t column = 0; columns == count() && column < shown.size(); ++column) {
        bool isColumnShown = true;
        stream >> isColumnShown >> widths[column];
        shown[column] = isColumnShown || column == 0;
    }
    const bool isSane = std::ranges::all_of(widths, [](int width) { return width >= 0 && width <= widestColumn; });
    if (version != stateVersion || columns != count() || stream.status() != QDataStream::Ok || !isSane) {
        return false;
    }
    m_shown = shown;
    for (int column = 1; column < count(); ++column) {
        m_widths[static_cast<std::size_t>(column)] = widths[static_cast<std::size_t>(column)];
        setSectionHidden(column, false);
        resizeSection(column, widths[static_cast<std::size_t>(column)]);
    }
    fitTo(m_width);
    Q_EMIT shownChanged();
    return true;
}

void KeyTreeHeader::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    for (int column = 1; column < count(); ++column) {
        QAction* action = menu.addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(isShown(static_cast<KeyColumn>(column)));
        connect(action, &QAction::toggled, this,
            [this, column](bool shown) { setShown(static_cast<KeyColumn>(column), shown); });
    }
    menu.exec(event->globalPos());
}

} // namespace keyglass::ui
