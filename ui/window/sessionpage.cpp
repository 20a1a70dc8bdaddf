// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sessionpage.h"

#include "core/profile/settings.h"
#include "ui/bulk/jobspanel.h"
#include "ui/bulk/undonotice.h"
#include "ui/keytable/keytablepanel.h"
#include "ui/tree/keytreeview.h"
#include "ui/value/sessionvaluesource.h"
#include "ui/value/valuecopying.h"
#include "ui/value/valuepane.h"
#include "ui/window/byteedits.h"
#include "ui/window/clusternotice.h"
#include "ui/window/connectionnotice.h"
#include "ui/window/connectionpage.h"
#include "ui/window/draftnotice.h"
#include "ui/window/filterbar.h"
#include "ui/window/findfield.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keyjumps.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/livepanes.h"
#include "ui/window/memorynotice.h"
#include "ui/window/pageneeds.h"
#include "ui/window/pagesides.h"
#include "ui/window/pagetable.h"
#include "ui/window/pagetables.h"
#include "ui/window/patternfield.h"
#include "ui/window/resultjobs.h"
#include "ui/window/rowfreshness.h"
#include "ui/window/scanstrip.h"
#include "ui/window/statepage.h"
#include "ui/window/streamviews.h"
#include "ui/window/valueloading.h"
#include "ui/window/valuerules.h"
#include "ui/window/wording.h"

#include <QInputDialog>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

const QString pageLayout = QStringLiteral("page");
const QString paneLayout = QStringLiteral("value");

QWidget* emptyTabsPage(QWidget* parent)
{
    auto* page = new StatePage(SessionPage::tr("No key open"), parent);
    page->display({SessionPage::tr("No key open"),
        SessionPage::tr("A click on a key shows it here, a double click keeps it open. Ctrl+G goes to a key by name."),
        {}, false});
    return page;
}

} // namespace

SessionPage::SessionPage(std::unique_ptr<Session> session, Settings& settings, DraftKeeper& drafts, QWidget* parent)
    : QWidget(parent)
    , m_session(std::move(session))
    , m_settings(settings)
    , m_values(std::make_shared<SessionValueSource>(*m_session))
    , m_edits(new InlineEdits(*m_session, drafts, this))
    , m_loading(new ValueLoading(*m_session, *m_edits, this))
    , m_live(new LivePanes(*m_session, m_settings, this))
    , m_bytes(new ByteEdits(*m_session, *m_edits, drafts, this))
    , m_streams(new StreamViews(*m_session, this))
    , m_rules(new ValueRules(*m_session, *m_values, this))
    , m_keys(new KeyPanel(*m_session, settings))
    , m_jumps(new KeyJumps(*m_session, m_keys->tree(), this))
    , m_needs(std::make_unique<const PageNeeds>(*this))
    , m_connection(new ConnectionPage(*m_session, this))
    , m_status(new SessionStatus(*m_session, this))
    , m_stack(new QStackedWidget(this))
{
    const KeyTabs::Panes panes{[this](QWidget* paneParent) { return makePane(paneParent); },
        [this](QWidget& pane, const std::string& key) {
            static_cast<ValuePane&>(pane).open(key);
            m_tables->shown(pane, key);
        },
        [this](const std::string& key) { return keyText(*m_session, key); },
        [this](QWidget& pane, std::function<void()> then) {
            m_edits->leave(pane, [this, &pane, then = std::move(then)] { m_loading->leave(pane, then); });
        }};
    m_tabs = new KeyTabs(panes, emptyTabsPage(nullptr));
    m_edits->setTabs(m_tabs);
    m_edits->setBytes(m_bytes);
    m_table = new PageTable(*this, settings);
    m_tables = new PageTables(*this, settings);
    m_content = makeContent(drafts);
    m_stack->addWidget(m_connection);
    m_stack->addWidget(m_content);
    m_status->hide(); // the window puts it into its status bar
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);
    if (const QByteArray sides = m_settings.layout(pageLayout); !sides.isEmpty()) {
        m_sides->restoreState(sides);
    }
    wire();
    wireTree();
    followMemoryCap();
    showConnection();
}

SessionPage::~SessionPage()
{
    // The views look at the session while they go; the session's own signals must not reach them any more.
    m_session->disconnect();
    delete m_status;
    delete m_stack;
}

void SessionPage::followMemoryCap()
{
    const auto follow = [this] { m_session->setMemoryCap(memoryCapOf(m_settings.memoryCap())); };
    follow();
    connect(&m_settings, &Settings::changed, this, follow);
}

QWidget* SessionPage::makePane(QWidget* parent)
{
    auto* pane = new ValuePane(m_values, parent);
    pane->restoreState(m_settings.layout(paneLayout));
    const auto followSettings = [this, pane] { pane->setAsksBeforeLoading(m_settings.asks(Question::LoadLargeValue)); };
    followSettings();
    connect(&m_settings, &Settings::changed, pane, followSettings);
    m_edits->attach(*pane);
    m_loading->attach(*pane);
    m_bytes->attach(*pane);
    m_rules->attach(*pane);
    connect(pane->findChild<ValueCopying*>(), &ValueCopying::said, this, &SessionPage::said);
    m_live->attach(*pane);
    m_streams->attach(*pane);
    m_tables->attach(*pane);
    connect(pane, &ValuePane::elementActivated, this, &SessionPage::editValue);
    connect(pane, &ValuePane::gone, &m_keys->tree(), &KeyTreeView::reloadDetails);
    Q_EMIT paneMade(pane);
    return pane;
}

QWidget* SessionPage::makeContent(DraftKeeper& drafts)
{
    auto* content = new QWidget(this);
    auto* notice = new ConnectionNotice(*m_session, content); // shows itself: without a parent it would be a window
    connect(notice, &ConnectionNotice::editWanted, this, &SessionPage::editWanted);
    m_sides = new PageSides(*m_session, *m_keys, *m_tabs, content);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto* cluster = new ClusterNotice(*m_session, content);
    connect(cluster, &ClusterNotice::clusterWanted, this, &SessionPage::clusterWanted);
    layout->addWidget(notice);
    layout->addWidget(cluster);
    layout->addWidget(new MemoryNotice(*m_session, content));
    layout->addWidget(m_tables->makeOffer(content));
    auto* unsaved = new DraftNotice(*m_session, drafts, content);
    connect(unsaved, &DraftNotice::openWanted, m_tabs, &KeyTabs::open);
    layout->addWidget(unsaved);
    layout->addWidget(m_sides, 1);
    m_undo = new UndoNotice(*m_session, content);
    connect(m_undo, &UndoNotice::said, this, &SessionPage::said);
    connect(m_undo, &UndoNotice::edited, this, &SessionPage::edited);
    layout->addWidget(m_undo);
    m_jobs = new ResultJobs(content);
    layout->addWidget(m_jobs);
    auto* bulk = new JobsPanel(*m_session, content);
    connect(bulk, &JobsPanel::said, this, &SessionPage::said);
    layout->addWidget(bulk);
    layout->addWidget(new ScanStrip(*m_session));
    return content;
}

void SessionPage::wire()
{
    connect(m_session.get(), &Session::stateChanged, this, &SessionPage::follow);
    connect(m_session.get(), &Session::scanStateChanged, this, &SessionPage::situationChanged);
    connect(new RowFreshness(*m_session, this), &RowFreshness::outdated, this, &SessionPage::reloadDetails);
    connect(m_session.get(), &Session::filterChanged, this, &SessionPage::situationChanged);
    connect(m_session.get(), &Session::resultChanged, this, &SessionPage::situationChanged);
    connect(m_session.get(), &Session::databaseChanged, this, &SessionPage::leaveDatabase);
    connect(m_edits, &InlineEdits::edited, this, &SessionPage::edited);
    connect(m_streams, &StreamViews::edited, this, &SessionPage::edited);
    connect(m_edits, &InlineEdits::said, this, &SessionPage::said);
    connect(m_loading, &ValueLoading::edited, this, &SessionPage::edited);
    connect(m_loading, &ValueLoading::begun, m_tabs, &KeyTabs::keep);
    connect(m_loading, &ValueLoading::said, this, &SessionPage::said);
    connect(m_loading, &ValueLoading::loaded, this, [this](const std::string& key) { rowsWritten(key, false); });
    connect(m_bytes, &ByteEdits::edited, this, &SessionPage::edited);
    connect(m_bytes, &ByteEdits::said, this, &SessionPage::said);
    connect(m_rules, &ValueRules::chosen, this, &SessionPage::decoderRulesChosen);
    connect(&m_settings, &Settings::changed, m_rules, &ValueRules::followPrograms);
    connect(m_edits, &InlineEdits::situationChanged, this, &SessionPage::situationChanged);
    connect(m_tabs, &KeyTabs::currentChanged, this, &SessionPage::situationChanged);
    connect(m_jumps, &KeyJumps::openWanted, m_tabs, &KeyTabs::open);
    connect(m_jumps, &KeyJumps::said, this, &SessionPage::said);
    connect(m_connection, &ConnectionPage::editWanted, this, &SessionPage::editWanted);
    connect(m_connection, &ConnectionPage::passwordWanted, this, &SessionPage::passwordWanted);
}

/// The tabs show keys of another database than the one that edits go to now.
void SessionPage::leaveDatabase()
{
    if (const int unsaved = m_edits->unsaved(); unsaved > 0) {
        m_edits->keepAllAsDrafts();
        Q_EMIT said(LogLevel::Info,
            unsaved == 1 ? tr("An unsaved edit was kept as a draft.")
                         : tr("%1 unsaved edits were kept as drafts.").arg(unsaved));
    }
    m_tabs->closeAll();
}

void SessionPage::wireTree()
{
    KeyTreeView& tree = m_keys->tree();
    connect(&tree, &KeyTreeView::keyActivated, m_tabs, &KeyTabs::open);
    connect(&tree, &KeyTreeView::keyPreviewed, m_tabs, &KeyTabs::preview);
    connect(&tree, &KeyTreeView::currentRowChanged, this, &SessionPage::situationChanged);
    connect(&tree, &KeyTreeView::selectedKeysChanged, m_status, &SessionStatus::setSelected);
    auto* del = new QShortcut(QKeySequence::Delete, &tree, this, &SessionPage::deleteWanted, Qt::WidgetShortcut);
    del->setAutoRepeat(false);
    connect(&tree, &KeyTreeView::contextMenuWanted, this,
        [this](const RowId&, const QPoint& at) { Q_EMIT menuWanted(at); });
}

// --- connection

void SessionPage::follow(SessionState state)
{
    const bool isFirst = m_connection->follow(state);
    showConnection();
    if (isFirst) {
        m_keys->filters().rescan();
        m_keys->tree().setFocus();
    }
    Q_EMIT situationChanged();
}

void SessionPage::showConnection()
{
    const bool isNeeded = m_connection->isNeeded();
    m_stack->setCurrentWidget(isNeeded ? static_cast<QWidget*>(m_connection) : m_content);
    if (isNeeded && isVisible()) {
        m_connection->setFocus(); // what can be done now is a key press away
    }
}

// --- what can be done

bool SessionPage::isMet(ActionNeed need) const
{
    return m_needs->isMet(need);
}

bool SessionPage::showsContent() const
{
    return m_stack->currentWidget() == m_content;
}

void SessionPage::focusPattern()
{
    m_keys->filters().pattern().takeFocus();
}

void SessionPage::focusFind()
{
    m_keys->filters().find().takeFocus();
}

void SessionPage::escape()
{
    if (KeyTablePanel* table = m_table->inUse(); table && table->isSorting()) {
        table->cancelSort();
        return;
    }
    if (m_tables->cancel()) {
        return;
    }
    if (isMet(ActionNeed::Active)) {
        m_session->stopScan();
    } else {
        m_keys->filters().find().clear();
    }
}

// --- going to keys

void SessionPage::askKey()
{
    m_jumps->ask(GoToDialog::Kind::Key);
}

void SessionPage::askRow()
{
    m_jumps->ask(GoToDialog::Kind::Row);
}

void SessionPage::goToKey(const std::string& key)
{
    m_jumps->toKey(key);
}

std::optional<std::string> SessionPage::currentKey() const
{
    if (const KeyTablePanel* table = m_table->inUse()) {
        return table->currentKey();
    }
    const auto& row = m_keys->tree().currentRow();
    return row && !row->isFolder && m_keys->showsTree() ? std::optional(row->bytes) : m_tabs->currentKey();
}

std::optional<std::string> SessionPage::currentTableRow() const
{
    return m_table->inUse() || !m_keys->showsTree() ? std::nullopt : m_keys->tree().currentTable();
}

void SessionPage::setFolderOpen(bool open)
{
    const auto row = m_keys->tree().currentRow();
    if (row && row->isFolder) {
        open ? m_keys->tree().expandFolder(row->bytes) : m_keys->tree().collapseFolder(row->bytes);
    }
}

void SessionPage::selectAllKeys()
{
    if (KeyTablePanel* table = m_table->inUse()) {
        table->view().selectAll();
        return;
    }
    KeySelection all;
    all.addRule({});
    m_keys->tree().setSelectedKeys(std::move(all));
}

void SessionPage::rescanFolder()
{
    const auto row = m_keys->tree().currentRow();
    if (!row) {
        return;
    }
    const auto folder = row->isFolder ? row : m_keys->tree().rows()->parentOf(*row);
    if (folder) {
        m_session->rescanPrefix(folder->bytes);
        m_keys->tree().reloadDetails();
    } else {
        m_keys->filters().rescan(); // a key at the top stands in no folder
    }
}

void SessionPage::openCurrent()
{
    if (const auto table = currentTableRow()) {
        m_tables->open(*table);
        return;
    }
    if (const auto key = currentKey()) {
        m_tabs->open(*key);
    }
}

void SessionPage::previewCurrent()
{
    if (const auto key = currentKey()) {
        m_tabs->preview(*key);
    }
}

void SessionPage::reloadValue()
{
    if (KeyTablePanel* table = m_table->inUse()) {
        table->view().reloadDetails();
        return;
    }
    if (m_tables->reloadCurrent()) {
        return;
    }
    if (auto* pane = static_cast<ValuePane*>(m_tabs->currentPane())) {
        pane->reload();
    }
}

void SessionPage::toggleConsole()
{
    m_sides->toggleConsole(focusWidget());
}

void SessionPage::askSeparator()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Separator"));
    dialog->setLabelText(
        tr("What parts folders in a key's name: one or several characters, or nothing for a flat list"));
    dialog->setTextValue(m_keys->separator());
    const QString before = m_keys->separator();
    connect(dialog, &QInputDialog::textValueChanged, m_keys, &KeyPanel::setSeparator);
    connect(dialog, &QInputDialog::textValueSelected, this, &SessionPage::separatorChosen);
    connect(dialog, &QDialog::rejected, m_keys, [this, before] { m_keys->setSeparator(before); });
    dialog->open();
}

// --- edits

void SessionPage::editValue()
{
    if (auto* pane = static_cast<ValuePane*>(m_tabs->currentPane())) {
        m_edits->edit(*pane);
    }
}

void SessionPage::loadValue()
{
    if (auto* pane = qobject_cast<ValuePane*>(m_tabs->currentPane())) {
        m_loading->askFile(*pane);
    }
}

void SessionPage::saveValue()
{
    if (auto* pane = static_cast<ValuePane*>(m_tabs->currentPane())) {
        m_edits->save(*pane);
    }
}

void SessionPage::edited(const KeyEdit& edit, const EditOutcome& outcome)
{
    KeyEdit named = edit; // as the server calls it
    named.key = m_session->nameOf(edit.key).key;
    m_live->wrote(edit.key);
    m_undo->follow(edit, outcome);
    m_edits->editedElsewhere(edit, outcome);
    if (std::holds_alternative<CreateKey>(edit.action)) {
        m_session->noteKeys({edit.key}, {});
        m_tabs->open(edit.key);
    } else if (const auto* rename = std::get_if<RenameKey>(&edit.action)) {
        const std::string to = m_session->listName({rename->to, m_session->nameOf(edit.key).database});
        m_session->noteKeys({to}, {edit.key});
        m_edits->renamed(edit.key, to);
        for (QWidget* each : m_tabs->panes()) {
            if (auto* pane = static_cast<ValuePane*>(each); pane->key() == edit.key) {
                pane->renamed(to);
            }
        }
        m_tabs->replace(edit.key, to);
    } else {
        if (outcome.now.type == KeyType::None) {
            m_session->noteKeys({}, {edit.key});
        }
        m_tabs->showAgain(edit.key);
    }
    reloadDetails();
    Q_EMIT said(LogLevel::Info, outcomeText(named, outcome));
}

void SessionPage::reloadDetails()
{
    m_keys->tree().reloadDetails();
    if (KeyTablePanel* table = m_table->panel()) {
        table->view().reloadDetails();
    }
}

void SessionPage::rowsWritten(const std::string& key, bool keyVanished)
{
    if (keyVanished) {
        m_session->noteKeys({}, {key});
    }
    m_live->wrote(key);
    m_tabs->showAgain(key);
    m_keys->tree().reloadDetails();
}

// --- layout

void SessionPage::saveLayout() const
{
    m_keys->saveLayout();
    m_table->saveLayout();
    m_settings.setLayout(pageLayout, m_sides->saveState());
    if (const auto* pane = static_cast<ValuePane*>(m_tabs->currentPane())) {
        m_settings.setLayout(paneLayout, pane->saveState());
    }
}

} // namespace keyglass::ui
