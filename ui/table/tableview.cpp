// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/tableview.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/noticebar.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/table/columnorder.h"
#include "ui/table/querybar.h"
#include "ui/table/rowmodel.h"
#include "ui/table/tablewords.h"
#include "ui/table/worknotice.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

// --- opening

void TableView::readAgain()
{
    m_asksRights = true;
    reload();
}

void TableView::reload()
{
    m_isOpening = true;
    whenReady(
        this, m_session.tables().open(m_table), [this, generation = ++m_generation](const Result<OpenedTable>& opened) {
            if (generation == m_generation) {
                take(opened);
            }
        });
    showState();
}

void TableView::take(const Result<OpenedTable>& opened)
{
    m_isOpening = false;
    if (!opened) {
        if (opened.error().kind == ErrorKind::Gone) {
            forget();
        }
        fail(tr("The table can't be read."), opened.error());
        return;
    }
    m_notice->hide();
    const bool isSame = m_opened && m_opened->schema.columns == opened->schema.columns;
    m_opened = *opened;
    if (!isSame) {
        m_model->setSchema(opened->schema);
        m_grid->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
        m_hasSizedColumns = false;
        orderColumns();
    }
    m_query->setTable(opened->schema, opened->extent.rows);
    if (m_filter.isEmpty() || !isSame) {
        browse();
    } else {
        runQuery();
    }
    using Rights = TableSession::Rights;
    const Rights rights = std::exchange(m_asksRights, false) ? Rights::AskedAnew : Rights::AsKnown;
    whenReady(this, m_session.tables().facts(opened->schema, rights), [this](const Result<TableFacts>& facts) {
        if (facts) {
            m_facts = *facts;
            showFacts();
            if (const auto typed = m_query->filter(); typed && !typed->isEmpty()) {
                askForecast(*typed);
            }
        }
    });
}

/// There is no such table (any more): nothing of it is left to be edited.
void TableView::forget()
{
    m_opened.reset();
    m_running.reset();
    m_loader->cancel();
    m_filter = {};
    m_model->setSchema({});
}

void TableView::fail(const QString& what, const Error& error)
{
    if (error.kind == ErrorKind::Cancelled) {
        showState();
        return;
    }
    m_notice->say(NoticeBar::Level::Warning, tr("%1 %2").arg(what, errorText(error)),
        {{tr("Try again"), [this] {
              m_notice->hide();
              m_loader->error() ? m_loader->more() : reload();
          }}});
    showState();
}

// --- rows

void TableView::browse()
{
    if (!m_opened) {
        return;
    }
    m_running.reset();
    m_query->setRunning(false);
    m_filter = {};
    m_isOfModule = false;
    m_model->clear();
    m_loader->begin(*m_opened, m_order->currentIndex() == 1 ? RowLoader::Order::Ids : RowLoader::Order::Server);
    showState();
}

void TableView::takePage(std::vector<TableRow>& rows)
{
    m_model->append(std::move(rows));
    m_model->setHasMore(m_loader->hasMore() && !m_loader->error());
    showColumns();
    if (m_loader->error()) {
        fail(tr("The next rows were not read."), *m_loader->error());
    }
    showState();
}

void TableView::showColumns()
{
    m_grid->setColumnHidden(m_model->troubleColumn(), !m_model->hasTroubles());
    if (m_hasSizedColumns || m_model->rowCount() == 0) {
        return;
    }
    constexpr int widest = 320;
    m_hasSizedColumns = true;
    m_grid->resizeColumnsToContents();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        m_grid->setColumnWidth(column, std::min(widest, m_grid->columnWidth(column) + 8));
    }
}

void TableView::setColumns(const QByteArray& order)
{
    m_columns = order;
    orderColumns();
}

void TableView::orderColumns()
{
    m_isOrdering = true;
    setColumnOrder(*m_grid->horizontalHeader(), m_model->schema(), m_columns);
    m_isOrdering = false;
}

void TableView::moveColumn(int by)
{
    QHeaderView* header = m_grid->horizontalHeader();
    const QModelIndex current = m_grid->currentIndex();
    const int from = current.isValid() ? header->visualIndex(current.column()) : -1;
    const int last = header->count() - 2; // what is wrong with a row stays behind all
    if (from >= 0 && from <= last && from + by >= 0 && from + by <= last) {
        header->moveSection(from, from + by);
        m_grid->scrollTo(current);
    }
}

std::vector<TableRow> TableView::selectedRows(bool needsIds) const
{
    std::vector<TableRow> rows;
    QModelIndexList selected = m_grid->selectionModel()->selectedRows();
    std::ranges::sort(selected, {}, &QModelIndex::row);
    for (const QModelIndex& index : selected) {
        const TableRow& row = m_model->row(index.row());
        if (!needsIds || !row.id.empty()) {
            rows.push_back(row);
        }
    }
    return rows;
}

// --- queries

void TableView::runQuery()
{
    const auto filter = m_query->filter();
    if (!m_opened || !filter || filter->isEmpty()) {
        return;
    }
    m_loader->cancel();
    m_model->clear();
    m_filter = *filter;
    m_isOfModule = false;
    constexpr std::uint64_t mostFaulty = 1000; // more are only counted
    m_running = m_session.tables().query(m_opened->schema, {m_filter, RowLoader::mostRows, true, mostFaulty});
    connect(m_running.get(), &TableQuery::progressed, this, &TableView::takeQueried);
    connect(m_running.get(), &TableQuery::ended, this, &TableView::queryEnded);
    m_query->setRunning(true);
    Q_EMIT queried(m_table, m_filter);
    showState();
}

void TableView::takeQueried()
{
    if (auto rows = m_running->take(); !rows.empty()) {
        m_model->append(std::move(rows));
        showColumns();
    }
    showState();
}

void TableView::queryEnded()
{
    m_query->setRunning(false);
    if (m_running->error()) {
        fail(tr("The query was not finished."), *m_running->error());
    }
    if (m_opened) {
        m_history.record(m_filter, m_opened->schema, m_running->tally().looked);
    }
    showFacts();
}

bool TableView::cancel()
{
    if (!isQuerying()) {
        return false;
    }
    m_running->stop();
    return true;
}

void TableView::clearQuery()
{
    m_query->takeFocus();
    browse();
}

void TableView::askForecast(const RowFilter& filter)
{
    if (!m_opened || !m_facts || !m_facts->module.mayBeUsed() || m_opened->schema.layout == TableLayout::Plain) {
        return;
    }
    m_forecast.reset();
    m_forecastOf = filter;
    whenReady(this, m_session.tables().forecast(m_opened->schema, filter, *m_facts),
        [this, filter](const Result<SelectForecast>& forecast) {
            if (!forecast || filter != m_forecastOf) {
                return;
            }
            m_forecast = *forecast;
            m_query->setForecast(
                forecastText(*forecast), forecast->refusal.isEmpty() && m_facts->permissions.mayModule);
        });
}

/// With what it does to everybody else, as it can't be stopped once it runs.
void TableView::askSelect()
{
    const auto filter = m_query->filter();
    if (!filter || !m_forecast || *filter != m_forecastOf) {
        return;
    }
    const Milliseconds standstill = m_forecast->standstill;
    m_notice->say(NoticeBar::Level::Warning,
        forecastText(*m_forecast) + u' ' + tr("Nobody else is served meanwhile, and it can't be stopped."),
        {{tr("Run TABLE.SELECT"), [this, filter = *filter, standstill] { select(filter, standstill); }},
            {tr("Cancel"), [this] { m_notice->hide(); }}});
}

void TableView::select(const RowFilter& filter, Milliseconds forecast)
{
    m_notice->hide();
    m_work->follow<std::vector<TableRow>>(m_session.tables().select(m_opened->schema, filter, forecast),
        tr("The module answers TABLE.SELECT"), [this, filter](const Result<std::vector<TableRow>>& rows) {
            if (!rows) {
                fail(tr("TABLE.SELECT was not answered."), rows.error());
                return;
            }
            m_loader->cancel();
            m_running.reset();
            m_filter = filter;
            m_isOfModule = true;
            m_model->clear();
            m_model->append(std::vector<TableRow>(*rows));
            showColumns();
            showState();
        });
}

// --- words

QString TableView::stateText() const
{
    if (m_isOpening && !m_opened) {
        return tr("Reading the table…");
    }
    if (!m_opened) {
        return {};
    }
    QStringList words;
    if (m_isOfModule) {
        words << tr("%1 by TABLE.SELECT, without their ids").arg(rowCountText(m_model->loaded()));
    } else if (m_running) {
        words << (isQuerying() ? tr("%1…").arg(tallyText(m_running->tally())) : tallyText(m_running->tally()));
        if (m_running->tally().hasMore) {
            words << tr("there may be more: narrow the query");
        }
    } else {
        words << rowCountText(m_opened->extent.rows);
        if (m_model->loaded() < m_opened->extent.rows) {
            words << tr("%1 loaded").arg(numberText(m_model->loaded()));
        }
        if (m_loader->isFull()) {
            words << tr("no more are loaded: narrow by a query");
        }
    }
    if (!m_model->lookedFor().isEmpty()) {
        words << tr("%1 shown").arg(numberText(static_cast<std::uint64_t>(m_model->rowCount())));
    }
    if (const auto selected = m_grid->selectionModel()->selectedRows().size(); selected > 1) {
        words << tr("%1 selected").arg(numberText(static_cast<std::uint64_t>(selected)));
    }
    return words.join(QStringLiteral(" · "));
}

QString TableView::whyNotEditable() const
{
    if (!m_opened) {
        return tr("The table is not read yet");
    }
    if (m_session.profile().readOnly) {
        return tr("The connection is read-only");
    }
    if (m_opened->schema.layout == TableLayout::Plain) {
        return tr("Tables of RedisTABLE 1.0 are only looked at");
    }
    if (m_facts && !m_facts->permissions.mayWrite) {
        return tr("This user may not write the table's keys");
    }
    return {};
}

QString TableView::whyNoInserts() const
{
    const QString why = whyNotEditable();
    return why.isEmpty() && m_facts && !m_facts->permissions.mayInsert ? tr("This user may not insert rows") : why;
}

void TableView::showState()
{
    const QString state = stateText();
    m_state->setText(state);
    m_state->setToolTip(state);
    const QString why = whyNotEditable();
    const bool hasSelection = m_grid->selectionModel()->hasSelection();
    const QString whyNotSelected = !why.isEmpty() ? why
        : m_isOfModule                            ? tr("Rows of TABLE.SELECT have no ids; run the query to edit them")
        : hasSelection                            ? QString()
                                                  : tr("No row is selected");
    const QString whyNoInsert = whyNoInserts();
    for (QPushButton* button : {m_insert, m_import}) {
        button->setEnabled(whyNoInsert.isEmpty() && !m_work->isWorking());
        button->setToolTip(whyNoInsert);
    }
    for (QPushButton* button : {m_change, m_delete}) {
        button->setEnabled(whyNotSelected.isEmpty() && !m_work->isWorking());
        button->setToolTip(whyNotSelected);
    }
    m_export->setEnabled(m_opened.has_value() && !m_work->isWorking());
}

} // namespace keyglass::ui
