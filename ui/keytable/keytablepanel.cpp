// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keytable/keytablepanel.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/index/keyroot.h"
#include "ui/common/noticebar.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/keytable/keytablecolumns.h"
#include "ui/keytable/keytablegrid.h"
#include "ui/keytable/keytablewords.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostCopied = 16U << 20U; // bytes of names in the clipboard
constexpr std::size_t longestFolder = 60;      // bytes of its name in the title

SortDirection opposite(SortDirection direction)
{
    return direction == SortDirection::Ascending ? SortDirection::Descending : SortDirection::Ascending;
}

/// What people look for first: the largest, the longest unused; what ends soonest.
SortDirection firstDirection(SortColumn column)
{
    switch (column) {
    case SortColumn::Memory:
    case SortColumn::Length:
    case SortColumn::Idle:
    case SortColumn::Frequency:
        return SortDirection::Descending;
    default:
        return SortDirection::Ascending;
    }
}

QPushButton* flatButton(const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    return button;
}

} // namespace

KeyTablePanel::KeyTablePanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_filter(session.filter())
    , m_notice(new NoticeBar(tr("Sorting"), this))
    , m_view(new KeyTableView(this))
    , m_columns(new KeyTableColumns(*m_view->grid().horizontalHeader(), this))
    , m_sorter(new KeyTableSorter(session, this))
{
    setFocusProxy(m_view);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_notice);
    layout->addWidget(m_view, 1);
    m_notice->hide();
    wire();
    wireSession();
    m_columns->setServer(session.server());
    toNames(SortDirection::Ascending);
}

KeyTablePanel::~KeyTablePanel() = default;

QWidget* KeyTablePanel::makeHead()
{
    auto* head = new QWidget(this);
    m_title = new QLabel(head);
    m_state = new QLabel(head);
    m_title->setTextFormat(Qt::PlainText);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_title->setAccessibleName(tr("Keys of the table"));
    m_state->setAccessibleName(tr("State of the table"));
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_all = flatButton(tr("&All keys"), head);
    m_refresh = flatButton(tr("&Sort again"), head);
    auto* save = flatButton(tr("E&xport…"), head);
    save->setToolTip(tr("Write the table's columns to a CSV file"));
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_state, 1);
    layout->addWidget(m_refresh);
    layout->addWidget(m_all);
    layout->addWidget(save);
    connect(m_all, &QPushButton::clicked, this, [this] { setFolder(std::nullopt); });
    connect(m_refresh, &QPushButton::clicked, this, &KeyTablePanel::sortAgain);
    connect(save, &QPushButton::clicked, this, &KeyTablePanel::exportWanted);
    return head;
}

void KeyTablePanel::wire()
{
    connect(m_view, &KeyTableView::keyActivated, this, &KeyTablePanel::keyActivated);
    connect(m_view, &KeyTableView::keyPreviewed, this, &KeyTablePanel::keyPreviewed);
    connect(m_view, &KeyTableView::copyWanted, this, &KeyTablePanel::copyNames);
    connect(m_view, &KeyTableView::menuWanted, this, &KeyTablePanel::showMenu);
    connect(m_view, &KeyTableView::selectionChanged, this, [this] {
        showState();
        Q_EMIT selectionChanged();
    });
    connect(m_view, &KeyTableView::selectionDropped, this, [this](quint64 rows) {
        Q_EMIT said(LogLevel::Info,
            tr("%1 rows are not selected any more, as they stand in another order now.").arg(numberText(rows)));
    });
    connect(m_view, &KeyTableView::detailsWanted, this, [this](const std::vector<std::string>& keys) {
        m_session.requestTableDetails(keys, detailsOf(m_view->columns()));
    });
    connect(&m_view->grid(), &KeyTableGrid::resized, m_columns,
        [this] { m_columns->fit(m_view->grid().viewport()->width()); });
    connect(m_view->grid().horizontalHeader(), &QHeaderView::sectionClicked, this,
        [this](int section) { sortBy(static_cast<SortColumn>(section)); });
    connect(m_columns, &KeyTableColumns::changed, this, [this] { m_view->setColumns(m_columns->shown()); });
    connect(m_sorter, &KeyTableSorter::changed, this, &KeyTablePanel::followSorter);
    connect(m_sorter, &KeyTableSorter::sorted, this, &KeyTablePanel::takeOrder);
}

void KeyTablePanel::wireSession()
{
    connect(&m_session, &Session::tableDetailsLoaded, this,
        [this](const std::shared_ptr<const std::vector<KeyDetails>>& details) { m_view->setDetails(*details); });
    connect(&m_session, &Session::snapshotChanged, this, &KeyTablePanel::followList);
    connect(&m_session, &Session::filterChanged, this, &KeyTablePanel::followList);
    connect(&m_session, &Session::stateChanged, this, [this](SessionState state) {
        if (state == SessionState::Connected) {
            m_columns->setServer(m_session.server());
            m_view->reloadDetails();
        }
    });
    connect(&m_session, &Session::jobsChanged, m_view, &KeyTableView::reloadDetails); // what a job did is seen
    const auto leave = [this] {
        m_folder.reset();
        m_view->clearDetails();
        m_view->setSelection({});
        toNames(SortDirection::Ascending);
    };
    connect(&m_session, &Session::databaseChanged, this, leave);
    connect(&m_session, &Session::resultChanged, this, leave);
}

/// The keys that the list shows now, or of them those of the folder.
ColumnScope KeyTablePanel::scopeNow() const
{
    const auto hits = m_session.filteredSnapshot();
    const bool isFiltered = !m_session.filter().isEmpty();
    return {isFiltered && hits ? hits
            : isFiltered       ? emptySnapshot()
                               : m_session.shownKeys(),
        m_folder ? prefixRange(*m_folder) : KeyRange{}};
}

void KeyTablePanel::followList()
{
    if (m_session.filter() != m_filter) {
        m_filter = m_session.filter();
        toNames(m_view->rows().order() ? SortDirection::Ascending : m_view->rows().direction());
        return;
    }
    const ColumnScope now = scopeNow();
    if (m_view->rows().order()) {
        followOrder(now);
        return;
    }
    m_view->setRows(TableRows(now, m_view->rows().direction()), KeyTableView::Place::Keep);
}

/// Sorted rows stay as they are; a worker counts what they miss.
void KeyTablePanel::followOrder(const ColumnScope& now)
{
    const ColumnScope before = m_view->rows().scope();
    if (before.keys == now.keys) {
        return;
    }
    m_counter.post(
        [this, before, now, generation = m_generation](const std::stop_token& stop) {
            const auto changes = changesBetween(before, now, stop);
            if (!changes) {
                return;
            }
            QMetaObject::invokeMethod(this, [this, generation, changes = *changes] {
                if (generation == m_generation) {
                    showChanges(changes);
                }
            });
        },
        false);
}

void KeyTablePanel::showChanges(const KeyChanges& changes)
{
    m_changes = changesText(changes);
    followSorter();
}

void KeyTablePanel::setFolder(const std::optional<std::string>& prefix)
{
    m_folder = prefix;
    toNames(SortDirection::Ascending);
}

void KeyTablePanel::toNames(SortDirection direction)
{
    ++m_generation;
    m_changes.clear();
    if (m_sorter->state() != KeyTableSorter::State::Idle) {
        m_sorter->cancel();
    }
    m_view->setHasRoots(m_session.hasSeveralDatabases());
    m_view->setRows(TableRows(scopeNow(), direction), KeyTableView::Place::Top);
    followSorter();
}

void KeyTablePanel::takeOrder(const std::shared_ptr<const ColumnOrder>& order, SortDirection direction)
{
    ++m_generation;
    m_changes.clear();
    m_view->setRows(TableRows(order, direction), KeyTableView::Place::Top);
    m_view->reloadDetails();
    followSorter();
    followOrder(scopeNow());
}

void KeyTablePanel::sortBy(SortColumn column)
{
    const TableRows& rows = m_view->rows();
    const SortColumn sorted = rows.order() ? rows.order()->column() : SortColumn::Name;
    const SortDirection direction = column == sorted ? opposite(rows.direction()) : firstDirection(column);
    if (column == SortColumn::Name) {
        toNames(direction);
    } else if (column == sorted) {
        m_view->setRows(TableRows(rows.order(), direction), KeyTableView::Place::Top);
        followSorter();
    } else {
        m_sorter->sort(scopeNow(), column, direction);
    }
}

void KeyTablePanel::sortAgain()
{
    const TableRows& rows = m_view->rows();
    if (rows.order()) {
        m_sorter->sort(scopeNow(), rows.order()->column(), rows.direction());
    }
}

bool KeyTablePanel::isSorting() const
{
    return m_sorter->state() != KeyTableSorter::State::Idle;
}

void KeyTablePanel::cancelSort()
{
    m_sorter->cancel();
}

void KeyTablePanel::followSorter()
{
    using State = KeyTableSorter::State;
    using Level = NoticeBar::Level;
    const auto cancel = [this] { m_sorter->cancel(); };
    const bool wasInNotice = m_notice->isAncestorOf(QApplication::focusWidget());
    switch (m_sorter->state()) {
    case State::Idle:
        m_changes.isEmpty() ? m_notice->hide()
                            : m_notice->say(Level::Info, m_changes,
                                  {{tr("Sort again"), [this] { sortAgain(); }},
                                      {tr("Show by name"), [this] { toNames(SortDirection::Ascending); }}});
        break;
    case State::Measuring:
        m_notice->say(Level::Info, tr("Looking at some of the keys…"), {{tr("Cancel"), cancel}});
        break;
    case State::Asking:
        m_notice->say(Level::Info, costText(*m_sorter),
            {{tr("Sort %1").arg(keyCountText(m_sorter->cost().keys)), [this] { m_sorter->begin(); }},
                {tr("Cancel"), cancel}});
        break;
    case State::Sorting:
        m_notice->say(Level::Info, sortingText(*m_sorter), {{tr("Cancel"), cancel}});
        break;
    case State::Failed:
        m_notice->say(Level::Warning,
            tr("The keys can't be sorted by %1. %2")
                .arg(columnWords(m_sorter->column()), errorText(m_sorter->failure())),
            {{tr("Close"), cancel}});
        break;
    }
    if (wasInNotice && !m_notice->isAncestorOf(QApplication::focusWidget())) {
        m_view->setFocus(); // the button that was pressed is gone
    }
    showState();
}

void KeyTablePanel::showState()
{
    const TableRows& rows = m_view->rows();
    QString title = keyCountText(rows.count());
    if (m_folder) {
        const KeyName name = m_session.nameOf(*m_folder);
        const QString folder = displayText(std::string_view(name.key).substr(0, longestFolder));
        title = tr("%1 · %2").arg(
            m_session.hasSeveralDatabases() ? u"db %1 · "_s.arg(name.database) + folder : folder, title);
    } else if (!m_filter.isEmpty()) {
        title = tr("Found by “%1” · %2").arg(displayText(m_filter.needle), title);
    } else if (m_session.openedResult()) {
        title = tr("%1 · %2").arg(m_session.openedResult()->info.name, title);
    }
    m_title->setText(title);
    QString state = orderText(rows);
    if (const std::uint64_t selected = selectedCount(); selected > 1) {
        state += u" · "_s + tr("%1 selected").arg(numberText(selected));
    }
    m_state->setText(state);
    m_state->setToolTip(state);
    m_all->setVisible(m_folder.has_value());
    m_refresh->setVisible(rows.order() != nullptr);
    const auto sorted = rows.order() ? rows.order()->column() : SortColumn::Name;
    m_view->grid().horizontalHeader()->setSortIndicator(static_cast<int>(sorted),
        rows.direction() == SortDirection::Ascending ? Qt::AscendingOrder : Qt::DescendingOrder);
}

void KeyTablePanel::showMenu(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto key = currentKey()) {
        menu->addAction(tr("&Open"), this, [this, key = *key] { Q_EMIT keyActivated(key); });
        menu->addAction(tr("&Preview"), this, [this, key = *key] { Q_EMIT keyPreviewed(key); });
        menu->addAction(tr("Show in the &tree"), this, [this, key = *key] { Q_EMIT keyRevealed(key); });
        menu->addSeparator();
        menu->addAction(tr("&Copy names"), this, &KeyTablePanel::copyNames);
        menu->addAction(tr("Copy as CS&V"), this, &KeyTablePanel::copyCsv);
    }
    menu->addAction(tr("E&xport the table…"), this, &KeyTablePanel::exportWanted);
    menu->addSeparator();
    addSortMenu(*menu->addMenu(tr("&Sort by")));
    m_columns->fillMenu(*menu->addMenu(tr("Colu&mns")));
    if (currentKey()) {
        menu->addSeparator();
        menu->addAction(
            selectedCount() > 1 ? tr("&Delete keys…") : tr("&Delete key…"), this, &KeyTablePanel::deleteWanted);
    }
    menu->popup(at);
}

/// What a click on a head does, for the keyboard.
void KeyTablePanel::addSortMenu(QMenu& menu)
{
    const SortColumn sorted = m_view->rows().order() ? m_view->rows().order()->column() : SortColumn::Name;
    auto* oneOf = new QActionGroup(&menu);
    for (const SortColumn column : allTableColumns) {
        QAction* action = menu.addAction(columnTitle(column), this, [this, column] { sortBy(column); });
        action->setCheckable(true);
        action->setChecked(column == sorted);
        action->setActionGroup(oneOf);
        action->setEnabled(m_columns->whyMissing(column).isEmpty());
    }
}

// --- selected keys

void KeyTablePanel::chooseSelected(std::function<void(KeyChoice)> then)
{
    m_worker.post(
        [this, rows = m_view->rows(), selection = m_view->selection(), then = std::move(then)](
            const std::stop_token& stop) {
            if (auto choice = rows.choiceOf(selection, stop)) {
                QMetaObject::invokeMethod(
                    this, [then, choice = *std::move(choice)] { then(choice); }, Qt::QueuedConnection);
            }
        },
        true);
}

/// The exact names, one a line; those that are no text escaped as files of keys have them.
void KeyTablePanel::copyNames()
{
    const auto make = [rows = m_view->rows(), selection = m_view->selection(),
                          hasRoots = m_session.hasSeveralDatabases()](
                          const std::stop_token& stop) -> Result<std::string> {
        std::string text;
        rows.forEachSelected(selection, stop, [&](std::uint64_t /*row*/, std::string_view key) {
            key.remove_prefix(hasRoots ? std::min(rootLength(key), key.size()) : 0);
            const bool isPlain = isUtf8(key) && key.find('\0') == key.npos && key.find('\n') == key.npos;
            text += text.empty() ? "" : "\n";
            text += isPlain ? std::string(key) : escapeLine(key);
            return text.size() <= mostCopied;
        });
        if (text.size() > mostCopied) {
            return Error{ErrorKind::Limit, tr("The selected rows"),
                tr("Their names are more than 16 MB; export them to a file")};
        }
        return text;
    };
    const QString what = keyCountText(selectedCount());
    m_worker.post(
        [this, make, what](const std::stop_token& stop) {
            QMetaObject::invokeMethod(
                this, [this, what, text = make(stop)] { copied(what, text); }, Qt::QueuedConnection);
        },
        true);
}

void KeyTablePanel::copyCsv()
{
    const auto work = m_session.tableText(TableExport{m_view->rows(), m_view->selection(), m_view->columns(), false});
    whenReady(this, work.answer,
        [this, what = keyCountText(selectedCount())](const Result<std::string>& text) { copied(what, text); });
}

void KeyTablePanel::copied(const QString& what, const Result<std::string>& text)
{
    if (!text) {
        Q_EMIT said(LogLevel::Error, errorText(text.error()));
        return;
    }
    if (!text->empty()) {
        QApplication::clipboard()->setText(QString::fromStdString(*text));
        Q_EMIT said(LogLevel::Info, tr("Copied: %1").arg(what));
    }
}

QByteArray KeyTablePanel::saveColumns() const
{
    return m_columns->save();
}

void KeyTablePanel::restoreColumns(const QByteArray& state)
{
    if (!state.isEmpty()) {
        m_columns->restore(state);
    }
    showState();
}

} // namespace keyglass::ui
