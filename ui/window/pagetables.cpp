// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pagetables.h"

#include "core/base/bytes.h"
#include "core/profile/settings.h"
#include "core/session/tablekeys.h"
#include "ui/common/noticebar.h"
#include "ui/common/texts.h"
#include "ui/table/tablelistview.h"
#include "ui/table/tableview.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/sessionpage.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

const QString plainKeys = QStringLiteral("plaintablekeys");
const QString paneNotice = QStringLiteral("tableNotice");

QString columnsLayout(const Profile& profile, const std::string& table)
{
    return QStringLiteral("tablecolumns/%1/%2").arg(profile.id, displayText(table));
}

TableKeyNames namesOf(const Session& session)
{
    return {session.shownKeys(), session.hasSeveralDatabases()};
}

/// Of rows of the tree: folders with all keys of a table, and its schema.
std::optional<std::string> tableOfRow(const Session& session, const TreeRow& row)
{
    const TableKeyNames names = namesOf(session);
    const bool isSchema = !row.isFolder && session.nameOf(row.bytes).key.starts_with("schema:{");
    return row.isFolder ? names.tableOfFolder(row.bytes) : isSchema ? names.tableOf(row.bytes) : std::nullopt;
}

} // namespace

PageTables::PageTables(SessionPage& page, Settings& settings)
    : QObject(&page)
    , m_page(page)
    , m_settings(settings)
{
    followSettings();
    connect(&m_page.keys().tree(), &KeyTreeView::tableActivated, this, &PageTables::open);
    connect(&m_page.session(), &Session::scanStateChanged, this, &PageTables::offer);
    connect(&m_page.session(), &Session::snapshotChanged, this, &PageTables::offer);
}

PageTables::~PageTables() = default;

TableListView* PageTables::list() const
{
    return m_list;
}

TableView* PageTables::current() const
{
    return qobject_cast<TableView*>(m_page.tabs().currentPage());
}

std::optional<std::string> PageTables::currentTable() const
{
    const KeyTreeView& tree = m_page.keys().tree();
    const auto inTree = m_page.keys().showsTree() ? tree.currentTable() : std::nullopt;
    if (inTree && tree.hasFocus()) {
        return inTree;
    }
    if (const TableView* view = current()) {
        return view->table();
    }
    const auto inList = m_list && m_page.tabs().currentPage() == m_list ? m_list->currentTable() : std::nullopt;
    return inList ? inList : inTree;
}

void PageTables::show(QWidget* view)
{
    m_page.tabs().selectPage(*view);
    view->setFocus();
    Q_EMIT m_page.situationChanged();
}

/// A closed tab's page lives a little longer.
bool PageTables::isOpen(const QWidget* page) const
{
    return page != nullptr && m_page.tabs().holds(*page);
}

void PageTables::openList()
{
    if (!isOpen(m_list)) {
        m_list = new TableListView(m_page.session());
        m_page.tabs().addPage(m_list, tr("Tables"));
        connect(m_list, &TableListView::tableActivated, this, &PageTables::open);
    }
    if (m_offer != nullptr) {
        m_offer->hide();
    }
    show(m_list);
}

void PageTables::open(const std::string& table)
{
    std::erase_if(m_views, [this](const QPointer<TableView>& view) { return !isOpen(view); });
    const auto found = std::ranges::find_if(m_views, [&](const auto& view) { return view->table() == table; });
    if (found != m_views.end()) {
        show(*found);
        return;
    }
    auto* view = new TableView(m_page.session(), table);
    m_views.emplace_back(view);
    m_page.tabs().addPage(view, tr("Table %1").arg(displayText(table)));
    connect(view, &TableView::said, &m_page, &SessionPage::said);
    const QString layout = columnsLayout(m_page.session().profile(), table);
    view->setColumns(m_settings.layout(layout));
    connect(view, &TableView::columnsMoved, this,
        [this, layout](const QByteArray& order) { m_settings.setLayout(layout, order); });
    show(view);
}

void PageTables::reload()
{
    if (m_list) {
        m_list->reload();
    }
    for (const QPointer<TableView>& view : m_views) {
        if (view) {
            view->reload();
        }
    }
}

bool PageTables::reloadCurrent()
{
    if (TableView* view = current()) {
        view->readAgain();
        return true;
    }
    if (m_list && m_page.tabs().currentPage() == m_list) {
        m_list->reload();
        return true;
    }
    return false;
}

bool PageTables::cancel()
{
    TableView* view = current();
    return view != nullptr && view->cancel();
}

// --- the tree

bool PageTables::showsPlainKeys(const Settings& settings)
{
    return !settings.layout(plainKeys).isEmpty();
}

void PageTables::setShowsPlainKeys(Settings& settings, bool shows)
{
    settings.setLayout(plainKeys, shows ? QByteArray("1") : QByteArray());
}

void PageTables::followSettings()
{
    KeyTreeView& tree = m_page.keys().tree();
    if (showsPlainKeys(m_settings)) {
        tree.setTables({}, {});
        m_page.keys().setFold({});
        return;
    }
    tree.setTables([this](const TreeRow& row) { return tableOfRow(m_page.session(), row); },
        [this, &tree](const std::string& key) { return namesOf(m_page.session()).rowOf(key, tree.treeOptions()); });
    m_page.keys().setFold(foldedTables);
}

NoticeBar* PageTables::makeOffer(QWidget* parent)
{
    m_offer = new NoticeBar(tr("Tables were seen"), parent);
    m_offer->hide();
    return m_offer;
}

/// Once for a session: who closes it has seen it.
void PageTables::offer()
{
    Session& session = m_page.session();
    if (m_hasOffered || m_list || session.scanState() != ScanState::Ended) {
        return;
    }
    constexpr std::size_t most = 1000;
    const auto tables = namesOf(session).tablesBelow(session.listName({{}, session.database()}), most);
    if (tables.empty()) {
        return;
    }
    m_hasOffered = true;
    m_offer->say(NoticeBar::Level::Info,
        tables.size() == 1         ? tr("A table of RedisTABLE is here: %1.").arg(displayText(tables.front()))
            : tables.size() < most ? tr("%1 tables of RedisTABLE are here.").arg(numberText(tables.size()))
                                   : tr("More than %1 tables of RedisTABLE are here.").arg(numberText(most - 1)),
        {{tr("Show tables"), [this] { openList(); }}, {tr("Close"), [this] { m_offer->hide(); }}});
}

// --- panes

void PageTables::attach(QWidget& pane)
{
    auto* notice = new NoticeBar(tr("About the table"), &pane);
    notice->setObjectName(paneNotice);
    notice->hide();
    static_cast<QVBoxLayout*>(pane.layout())->insertWidget(0, notice);
}

void PageTables::shown(QWidget& pane, const std::string& key)
{
    auto* notice = pane.findChild<NoticeBar*>(paneNotice, Qt::FindDirectChildrenOnly);
    const auto table = namesOf(m_page.session()).tableOf(key);
    if (!table) {
        notice->hide();
        return;
    }
    notice->say(NoticeBar::Level::Info,
        tr("This key is a part of table %1 of RedisTABLE; an edit here may damage its rows and indexes.")
            .arg(displayText(*table)),
        {{tr("Open table"), [this, table = *table] { open(table); }}});
}

} // namespace keyglass::ui
