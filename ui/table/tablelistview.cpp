// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/tablelistview.h"

#include "core/base/errortext.h"
#include "ui/common/noticebar.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/table/plainrows.h"
#include "ui/table/tablelistmodel.h"
#include "ui/table/tablewords.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace keyglass::ui {

TableListView::TableListView(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new TableListModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_notice(new NoticeBar(tr("About the tables"), this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(TableListModel::sortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_grid = makeRowGrid(m_sorted, tr("Tables"), this);
    m_grid->setSelectionMode(QAbstractItemView::SingleSelection);
    m_grid->setSortingEnabled(true);
    m_grid->sortByColumn(TableListModel::Table, Qt::AscendingOrder);
    setFocusProxy(m_grid);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_notice);
    layout->addWidget(m_grid, 1);
    m_notice->hide();
    connect(m_grid, &QTableView::doubleClicked, this, &TableListView::openCurrent);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        new QShortcut(QKeySequence(key), m_grid, this, &TableListView::openCurrent, Qt::WidgetShortcut);
    }
    connect(m_grid->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this] { m_open->setEnabled(currentTable().has_value()); });
    connect(&m_session, &Session::databaseChanged, this, &TableListView::reload);
    connect(&m_session, &Session::stateChanged, this, [this](SessionState state) {
        if (state == SessionState::Connected && !m_found) {
            reload();
        }
    });
    reload();
}

TableListView::~TableListView()
{
    m_stop.request_stop();
}

QWidget* TableListView::makeHead()
{
    auto* head = new QWidget(this);
    m_state = makeStateLabel(tr("State of the tables"), head);
    m_open = makeBarButton(tr("&Open table"), head);
    m_reload = makeBarButton(tr("&Read again"), head);
    m_open->setEnabled(false);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_state, 1);
    layout->addWidget(m_open);
    layout->addWidget(m_reload);
    connect(m_open, &QPushButton::clicked, this, &TableListView::openCurrent);
    connect(m_reload, &QPushButton::clicked, this, &TableListView::reload);
    return head;
}

void TableListView::reload()
{
    m_stop.request_stop();
    m_isLoading = true;
    auto work = m_session.tables().list();
    m_stop = work.stop;
    whenReady(this, work.answer, [this, generation = ++m_generation](const Result<TablesFound>& found) {
        if (generation == m_generation) {
            take(found);
        }
    });
    showState();
}

void TableListView::take(const Result<TablesFound>& found)
{
    m_isLoading = false;
    m_error = found ? std::nullopt : std::optional(found.error());
    if (found) {
        const auto before = currentTable();
        m_found = *found;
        m_model->setTables(found->list.tables);
        const bool isCluster = !m_session.nodes().empty();
        m_grid->setColumnHidden(TableListModel::Node, !isCluster);
        m_grid->setColumnHidden(TableListModel::Slot, !isCluster);
        m_grid->resizeColumnsToContents();
        int current = 0;
        for (int row = 0; before && row < m_sorted->rowCount(); ++row) {
            const TableEntry* entry = m_model->table(m_sorted->mapToSource(m_sorted->index(row, 0)).row());
            current = entry->schema.table == *before ? row : current;
        }
        if (m_sorted->rowCount() > 0) {
            m_grid->setCurrentIndex(m_sorted->index(current, TableListModel::Table));
        }
    }
    showState();
    showNotice();
    Q_EMIT listed();
}

void TableListView::showState()
{
    QString state;
    if (m_isLoading) {
        state = tr("Looking for tables…");
    } else if (m_found) {
        const std::size_t tables = m_found->list.tables.size();
        const std::size_t spaces = m_found->list.namespaces.size();
        state = tables == 0 ? tr("No tables here")
            : tables == 1   ? tr("1 table")
                            : tr("%1 tables").arg(numberText(tables));
        state += QStringLiteral(", ") + (spaces == 1 ? tr("1 namespace") : tr("%1 namespaces").arg(numberText(spaces)));
        if (const auto limit = m_found->facts.module.scanLimit) {
            state += QStringLiteral(", ") + tr("scan limit %1 rows").arg(numberText(*limit));
        }
    }
    m_state->setText(state);
    m_state->setToolTip(state);
    m_open->setEnabled(currentTable().has_value());
}

void TableListView::showNotice()
{
    QStringList words;
    bool isWarning = false;
    if (m_error) {
        isWarning = true;
        words << tr("The tables can't be listed. %1").arg(errorText(*m_error));
    }
    if (m_found) {
        for (const Error& gap : m_found->list.gaps) {
            isWarning = true;
            words << tr("Tables may be missing. %1").arg(errorText(gap));
        }
        const NodeFacts& facts = m_found->facts;
        const bool isPartly = facts.isMissingInPart();
        if (const QString module = moduleText(facts.module); !module.isEmpty() && !isPartly) {
            words << module;
        }
        if (isPartly) {
            isWarning = true;
            words << tr("The RedisTABLE module is not loaded on %1.")
                         .arg(QStringList(facts.missingOn.begin(), facts.missingOn.end()).join(QStringLiteral(", ")));
        }
        if (const QString warning = warningText(facts.around);
            !warning.isEmpty() && (facts.module.mayBeUsed() || isPartly || !facts.around.isMaster)) {
            isWarning = true;
            words << warning;
        }
        for (const std::string& clash : m_found->list.clashes) {
            words << tr("Namespace %1 is called like a table, and keeps one of that name from being made.")
                         .arg(cellText(clash));
        }
    }
    if (words.isEmpty()) {
        m_notice->hide();
        return;
    }
    std::vector<NoticeBar::Button> buttons;
    if (m_error) {
        buttons.push_back({tr("Try again"), [this] { reload(); }});
    }
    m_notice->say(isWarning ? NoticeBar::Level::Warning : NoticeBar::Level::Info, words.join(u' '), std::move(buttons));
}

std::optional<std::string> TableListView::currentTable() const
{
    const TableEntry* entry = m_model->table(m_sorted->mapToSource(m_grid->currentIndex()).row());
    return entry ? std::optional(entry->schema.table) : std::nullopt;
}

void TableListView::openCurrent()
{
    if (const auto table = currentTable()) {
        Q_EMIT tableActivated(*table);
    }
}

} // namespace keyglass::ui
