// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/ledgerpanel.h"

#include "ui/window/ledgermodel.h"

#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int mostRows = 6; // shown at once

} // namespace

LedgerPanel::LedgerPanel(Session& session, QWidget* parent)
    : QTableView(parent)
    , m_session(session)
    , m_model(new LedgerModel(session, this))
{
    setModel(m_model);
    setAccessibleName(tr("Scan ledger"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->setHighlightSections(false);
    connect(this, &QWidget::customContextMenuRequested, this, &LedgerPanel::showMenu);
    connect(m_model, &QAbstractItemModel::modelReset, this, &LedgerPanel::fit);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &LedgerPanel::fit);
    fit();
}

void LedgerPanel::fit()
{
    for (int column = 0; column < LedgerModel::Columns; ++column) { // only wider: a column that breathes can't be read
        const int wanted = std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column)) + 8;
        if (wanted > columnWidth(column) || m_model->rowCount() == 0) {
            setColumnWidth(column, std::min(wanted, 360));
        }
    }
    const int rows = std::clamp(m_model->rowCount(), 1, mostRows);
    setFixedHeight(horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize()
        + horizontalScrollBar()->sizeHint().height());
}

void LedgerPanel::showMenu(const QPoint& at)
{
    const QModelIndex row = indexAt(at);
    if (!row.isValid()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString node = m_model->nodeAt(row.row());
    QAction* resume = menu->addAction(tr("Resume this node"), this, [this, node] { m_session.retryNode(node); });
    resume->setEnabled(m_model->isGivenUp(row.row()) && m_session.state() == SessionState::Connected
        && m_session.scanState() == ScanState::Ended);
    menu->popup(viewport()->mapToGlobal(at));
}

} // namespace keyglass::ui
