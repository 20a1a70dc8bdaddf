// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/plainrows.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace keyglass::ui {

QTableView* makeRowGrid(QAbstractItemModel* model, const QString& name, QWidget* parent)
{
    constexpr int rowHeight = 22;
    constexpr int measuredRows = 100;
    auto* grid = new QTableView(parent);
    grid->setModel(model);
    grid->setAccessibleName(name);
    grid->setFrameShape(QFrame::NoFrame);
    grid->setShowGrid(false);
    grid->setWordWrap(false);
    grid->setSelectionBehavior(QAbstractItemView::SelectRows);
    grid->setSelectionMode(QAbstractItemView::ExtendedSelection);
    grid->setEditTriggers(QAbstractItemView::NoEditTriggers);
    grid->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    grid->setTabKeyNavigation(false);
    grid->setContextMenuPolicy(Qt::CustomContextMenu);
    grid->verticalHeader()->hide();
    grid->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    grid->verticalHeader()->setDefaultSectionSize(std::max(rowHeight, grid->fontMetrics().height() + 6));
    grid->horizontalHeader()->setHighlightSections(false);
    grid->horizontalHeader()->setStretchLastSection(true);
    grid->horizontalHeader()->setSectionsMovable(true);
    grid->horizontalHeader()->setResizeContentsPrecision(measuredRows);
    return grid;
}

QLabel* makeStateLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setAccessibleName(name);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

QPushButton* makeBarButton(const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    return button;
}

} // namespace keyglass::ui
