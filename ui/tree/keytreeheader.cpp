// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/keytreeheader.h"

#include "ui/tree/keytreemodel.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QStandardItemModel>

#include <algorithm>

namespace keyglass::ui {

KeyTreeHeader::KeyTreeHeader(const QAbstractItemModel& titles, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    auto* own = new QStandardItemModel(0, titles.columnCount(), this);
    QStringList texts;
    for (int column = 0; column < titles.columnCount(); ++column) {
        texts.append(titles.headerData(column, Qt::Horizontal).toString());
    }
    own->setHorizontalHeaderLabels(texts);
    setModel(own);
    setMinimumSectionSize(44);
    setStretchLastSection(false);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setSectionResizeMode(QHeaderView::Interactive);
    setSectionResizeMode(static_cast<int>(KeyColumn::Name), QHeaderView::Stretch);
    resizeSection(static_cast<int>(KeyColumn::Type), 48);
    resizeSection(static_cast<int>(KeyColumn::Ttl), 78);
    resizeSection(static_cast<int>(KeyColumn::Memory), 76);
    setAccessibleName(tr("Key columns"));
}

bool KeyTreeHeader::isShown(KeyColumn column) const
{
    return !isSectionHidden(static_cast<int>(column));
}

void KeyTreeHeader::setShown(KeyColumn column, bool shown)
{
    if (column == KeyColumn::Name || isShown(column) == shown) {
        return;
    }
    setSectionHidden(static_cast<int>(column), !shown);
    Q_EMIT shownChanged();
}

void KeyTreeHeader::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    for (int column = 1; column < count(); ++column) {
        QAction* action = menu.addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isSectionHidden(column));
        connect(action, &QAction::toggled, this,
            [this, column](bool shown) { setShown(static_cast<KeyColumn>(column), shown); });
    }
    menu.exec(event->globalPos());
}

} // namespace keyglass::ui
