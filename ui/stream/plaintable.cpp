// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stream/plaintable.h"

#include "ui/stream/texttable.h"

#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace keyglass::ui {

QTableView* makePlainTable(TextTable* model, const QString& name, QWidget* parent)
{
    constexpr int rowHeight = 22;
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setAccessibleName(name);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(std::max(rowHeight, table->fontMetrics().height() + 6));
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setResizeContentsPrecision(100);
    return table;
}

} // namespace keyglass::ui
