// SPDX-License-Identifier: GPL-3.0-or-later
// What a TableView is put together from, and what it says of its table's server.
#include "core/base/bytes.h"
#include "ui/common/noticebar.h"
#include "ui/common/texts.h"
#include "ui/table/columnorder.h"
#include "ui/table/plainrows.h"
#include "ui/table/querybar.h"
#include "ui/table/rowmodel.h"
#include "ui/table/tableview.h"
#include "ui/table/tablewords.h"
#include "ui/table/worknotice.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

constexpr int findWidth = 180;

} // namespace

TableView::TableView(Session& session, std::string table, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_table(std::move(table))
    , m_loader(new RowLoader(session, this))
    , m_model(new RowModel(this))
    , m_grid(makeRowGrid(m_model, tr("Rows"), this))
    , m_query(new QueryBar(this))
    , m_factsBar(new NoticeBar(tr("About the table"), this))
    , m_notice(new NoticeBar(tr("Work on the table"), this))
    , m_work(new WorkNotice(*m_notice, this))
{
    setFocusProxy(m_grid);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_query);
    layout->addWidget(m_factsBar);
    layout->addWidget(m_notice);
    layout->addWidget(m_grid, 1);
    layout->addWidget(makeActions());
    m_factsBar->hide();
    m_notice->hide();
    wire();
    wireKeys();
    reload();
}

TableView::~TableView() = default;

QWidget* TableView::makeHead()
{
    auto* head = new QWidget(this);
    m_title = new QLabel(displayText(m_table), head);
    m_title->setAccessibleName(tr("Table"));
    m_title->setTextFormat(Qt::PlainText);
    m_state = makeStateLabel(tr("State of the table"), head);
    m_find = new QLineEdit(head);
    m_find->setAccessibleName(tr("Find in loaded rows"));
    m_find->setPlaceholderText(tr("find in loaded rows"));
    m_find->setClearButtonEnabled(true);
    m_find->setFixedWidth(findWidth);
    m_order = new QComboBox(head);
    m_order->setAccessibleName(tr("Order of reading"));
    m_order->addItems({tr("server's order"), tr("by id")});
    m_order->setToolTip(tr("In which order rows are read; a click on a head sorts those that are loaded"));
    auto* again = makeBarButton(tr("Read a&gain"), head);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_state, 1);
    layout->addWidget(m_find);
    layout->addWidget(m_order);
    layout->addWidget(again);
    connect(again, &QPushButton::clicked, this, &TableView::readAgain);
    return head;
}

QWidget* TableView::makeActions()
{
    auto* bar = new QWidget(this);
    m_insert = makeBarButton(tr("&Insert row…"), bar);
    m_change = makeBarButton(tr("&Change…"), bar);
    m_delete = makeBarButton(tr("De&lete…"), bar);
    m_import = makeBarButton(tr("I&mport CSV…"), bar);
    m_export = makeBarButton(tr("E&xport…"), bar);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    for (QPushButton* button : {m_insert, m_change, m_delete}) {
        layout->addWidget(button);
    }
    layout->addStretch(1);
    layout->addWidget(m_import);
    layout->addWidget(m_export);
    connect(m_insert, &QPushButton::clicked, this, &TableView::insertRow);
    connect(m_change, &QPushButton::clicked, this, &TableView::changeRows);
    connect(m_delete, &QPushButton::clicked, this, &TableView::deleteRows);
    connect(m_import, &QPushButton::clicked, this, &TableView::askImport);
    connect(m_export, &QPushButton::clicked, this, &TableView::askExport);
    return bar;
}

void TableView::wire()
{
    connect(m_loader, &RowLoader::loaded, this, &TableView::takePage);
    connect(m_model, &RowModel::moreWanted, m_loader, &RowLoader::more);
    connect(m_query, &QueryBar::runWanted, this, &TableView::runQuery);
    connect(m_query, &QueryBar::stopWanted, this, &TableView::cancel);
    connect(m_query, &QueryBar::clearWanted, this, &TableView::clearQuery);
    connect(m_query, &QueryBar::selectWanted, this, &TableView::askSelect);
    connect(m_query, &QueryBar::forecastWanted, this, &TableView::askForecast);
    connect(m_work, &WorkNotice::changed, this, &TableView::showState);
    connect(m_find, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->find(text);
        showState();
    });
    connect(m_order, &QComboBox::currentIndexChanged, this, &TableView::browse);
    connect(m_grid, &QTableView::doubleClicked, this, &TableView::changeRows);
    connect(m_grid, &QWidget::customContextMenuRequested, this,
        [this](const QPoint& at) { showMenu(m_grid->viewport()->mapToGlobal(at)); });
    connect(m_grid->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TableView::showState);
    QHeaderView* header = m_grid->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, m_model, &RowModel::sort);
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        if (!m_isOrdering) {
            m_columns = columnOrder(*m_grid->horizontalHeader(), m_model->schema());
            Q_EMIT columnsMoved(m_columns);
        }
    });
    connect(&m_session, &Session::databaseChanged, this, &TableView::reload);
    connect(&m_session, &Session::stateChanged, this, [this](SessionState state) {
        if (state == SessionState::Connected && !m_opened) {
            reload();
        }
        showState();
    });
}

void TableView::wireKeys()
{
    const auto on = [this](const QKeySequence& keys, auto what) {
        auto* shortcut = new QShortcut(keys, m_grid, this, what, Qt::WidgetShortcut);
        shortcut->setAutoRepeat(false);
    };
    on(Qt::Key_Return, [this] { changeRows(); });
    on(Qt::Key_Enter, [this] { changeRows(); });
    on(QKeySequence::Delete, [this] { deleteRows(); });
    on(Qt::Key_Insert, [this] { insertRow(); });
    on(QKeySequence::Copy, [this] { copy(std::nullopt); });
    on(Qt::CTRL | Qt::SHIFT | Qt::Key_Left, [this] { moveColumn(-1); });
    on(Qt::CTRL | Qt::SHIFT | Qt::Key_Right, [this] { moveColumn(1); });
    on(Qt::Key_Menu, [this] { showMenu(m_grid->viewport()->mapToGlobal(QPoint(8, 8))); });
}

/// What keeps rows from being edited, and what TABLE commands would do to replicas and the AOF.
void TableView::showFacts()
{
    QStringList words;
    const bool isOld = m_opened && m_opened->schema.layout == TableLayout::Plain;
    if (isOld) {
        words << tr("This table was made by RedisTABLE 1.0: it is only looked at.");
    }
    if (m_facts) {
        if (const QString module = moduleText(m_facts->module); !module.isEmpty()) {
            words << module;
        }
        if (!m_facts->permissions.missing.empty() && !m_session.profile().readOnly) {
            QStringList missing(m_facts->permissions.missing.begin(), m_facts->permissions.missing.end());
            words << tr("This user lacks %1.").arg(missing.join(QStringLiteral(", ")));
        }
        if (const auto limit = m_facts->module.scanLimit; limit && m_opened && m_opened->extent.rows > *limit) {
            words << scanLimitText(*limit);
        }
        if (m_facts->permissions.isWritingUnknown && !m_session.profile().readOnly) {
            words << tr("Whether this user may edit rows can't be asked here (ACL DRYRUN).");
        }
        const bool isTold = m_facts->module.mayBeUsed() || !m_facts->around.isMaster; // old rows are there without it
        if (const QString warning = warningText(m_facts->around); isTold && !warning.isEmpty()) {
            words << warning;
        }
    }
    if (m_opened) {
        for (const IndexAdvice& advice : m_history.advice(m_opened->schema)) {
            words << advice.text();
        }
    }
    words.isEmpty() ? m_factsBar->hide() : m_factsBar->say(NoticeBar::Level::Info, words.join(u' '), {});
    showState();
}

void TableView::fillCopyMenu(QMenu& menu)
{
    menu.addAction(tr("Copy as &text"), this, [this] { copy(std::nullopt); });
    menu.addAction(tr("Copy as &JSON"), this, [this] { copy(RowFormat::Json); });
    menu.addAction(tr("Copy as CS&V"), this, [this] { copy(RowFormat::Csv); });
    menu.addAction(tr("Copy as S&QL"), this, [this] { copy(RowFormat::Sql); });
}

void TableView::showMenu(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool hasRows = !selectedRows(false).empty();
    const bool isEditable = whyNotEditable().isEmpty();
    if (hasRows) {
        fillCopyMenu(*menu);
        menu->addSeparator();
    }
    menu->addAction(tr("&Insert row…"), this, &TableView::insertRow)->setEnabled(m_insert->isEnabled());
    if (hasRows) {
        menu->addAction(tr("&Change…"), this, &TableView::changeRows)->setEnabled(isEditable);
    }
    menu->addAction(tr("E&xport…"), this, &TableView::askExport)->setEnabled(m_export->isEnabled());
    if (m_grid->currentIndex().isValid()) {
        menu->addAction(tr("Move column le&ft"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Left), this,
            [this] { moveColumn(-1); });
        menu->addAction(tr("Move column &right"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Right), this,
            [this] { moveColumn(1); });
    }
    if (hasRows) {
        menu->addSeparator();
        menu->addAction(tr("De&lete…"), this, &TableView::deleteRows)->setEnabled(isEditable);
    }
    menu->popup(at);
}

} // namespace keyglass::ui
