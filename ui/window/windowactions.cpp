// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowactions.h"

#include "ui/common/actiontable.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

namespace keyglass::ui {

namespace {

using enum ActionId;
using M = ActionRow::Menu;
using N = ActionNeed;

// A row without a text is a line in its menu.
constexpr ActionRow separator(M menu)
{
    return {Quit, menu, "", "", "", "", N::Nothing};
}

#define TEXT(words) QT_TRANSLATE_NOOP("keyglass::ui::WindowActions", words)

constexpr ActionRow table[] = {
    {NewConnection, M::File, "connection.new", TEXT("&New connection…"), "Ctrl+N", "add", N::Nothing, false, true},
    {NewSession, M::File, "session.new", TEXT("New &tab on this server"), "Ctrl+T", "", N::Session},
    {NewWindow, M::File, "window.new", TEXT("New &window"), "Ctrl+Shift+N", "", N::Nothing},
    {TryDemo, M::File, "app.demo", TEXT("Try the &demo"), "", "", N::Nothing},
    separator(M::File),
    {Connect, M::File, "connection.open", TEXT("&Connect again"), "Ctrl+Shift+R", "connect", N::Disconnected, false,
        true},
    {Disconnect, M::File, "connection.close", TEXT("D&isconnect"), "", "disconnect", N::Open, false, true},
    {EditConnection, M::File, "connection.edit", TEXT("&Edit connection…"), "", "edit", N::Session},
    separator(M::File),
    {CloseTab, M::File, "tab.close", TEXT("C&lose key tab"), "Ctrl+W", "", N::Tab},
    {CloseSession, M::File, "session.close", TEXT("Close &session"), "Ctrl+Shift+W", "", N::Session},
    {Quit, M::File, "app.quit", TEXT("&Quit"), "Ctrl+Q", "", N::Nothing},

    {CopyName, M::Edit, "key.copy", TEXT("&Copy key name"), "Ctrl+Shift+C", "copy", N::CurrentKey},
    {CopyEscaped, M::Edit, "key.copyEscaped", TEXT("Copy key name &escaped"), "", "", N::CurrentKey},
    {SelectAll, M::Edit, "keys.selectAll", TEXT("Select &all keys"), "", "", N::Keys, false, false, "Ctrl+A"},
    separator(M::Edit),
    {Find, M::Edit, "keys.find", TEXT("&Find in loaded keys"), "Ctrl+F", "find", N::Content, false, true},
    {Pattern, M::Edit, "keys.pattern", TEXT("&Pattern"), "Ctrl+L", "", N::Content},
    {ShowAll, M::Edit, "keys.showAll", TEXT("&Show all keys"), "", "", N::Connected},
    separator(M::Edit),
    {Settings, M::Edit, "app.settings", TEXT("Settin&gs…"), "Ctrl+,", "settings", N::Nothing, false, true},

    {ShowSessions, M::View, "view.sessions", TEXT("&Sessions"), "", "", N::Nothing, true},
    {ShowLog, M::View, "view.log", TEXT("Message &log"), "Ctrl+Shift+L", "", N::Nothing, true},
    {ShowMemory, M::View, "view.memory", TEXT("&Memory column"), "", "", N::Nothing, true},
    separator(M::View),
    {KeyTable, M::View, "view.keyTable", TEXT("Key ta&ble"), "Ctrl+Shift+B", "table", N::Content},
    {FolderTable, M::View, "folder.keyTable", TEXT("&Folder as key table"), "", "", N::CurrentFolder},
    {Tables, M::View, "view.tables", TEXT("&Tables"), "Ctrl+Shift+D", "table", N::Content},
    {PlainTableKeys, M::View, "view.plainTableKeys", TEXT("Plain keys &of tables"), "", "", N::Nothing, true},
    separator(M::View),
    {ExpandFolder, M::View, "folder.expand", TEXT("&Expand folder"), "", "", N::CurrentFolder, false, false, "Right"},
    {CollapseFolder, M::View, "folder.collapse", TEXT("&Collapse folder"), "", "", N::CurrentFolder, false, false,
        "Left"},
    {Separator, M::View, "view.separator", TEXT("Se&parator…"), "", "", N::Content},
    separator(M::View),
    {LargerText, M::View, "view.larger", TEXT("La&rger text"), "Ctrl++", "", N::Nothing},
    {SmallerText, M::View, "view.smaller", TEXT("Sm&aller text"), "Ctrl+-", "", N::Nothing},

    {OpenKey, M::Key, "key.open", TEXT("&Open"), "", "", N::CanOpen, false, false, "Return"},
    {PreviewKey, M::Key, "key.preview", TEXT("&Preview"), "", "", N::CurrentKey, false, false, "Space"},
    {KeepTab, M::Key, "tab.keep", TEXT("&Keep tab open"), "Ctrl+K", "", N::Tab},
    {ReloadValue, M::Key, "key.reload", TEXT("Read &value again"), "Ctrl+R", "", N::Tab},
    {CopyValueText, M::CopyValue, "value.copyText", TEXT("Copy value as &text"), "", "", N::ConnectedKey},
    {CopyValueHex, M::CopyValue, "value.copyHex", TEXT("Copy value as &hex"), "", "", N::ConnectedKey},
    {CopyValueEscaped, M::CopyValue, "value.copyEscaped", TEXT("Copy value &escaped"), "", "", N::ConnectedKey},
    {CopyValueCommand, M::CopyValue, "value.copyCommand", TEXT("Copy value as &command for redis-cli"), "", "",
        N::ConnectedKey},
    {CopyValueJson, M::CopyValue, "value.copyJson", TEXT("Copy value as &JSON"), "", "", N::ConnectedKey},
    {CopyValueCsv, M::CopyValue, "value.copyCsv", TEXT("Copy value as C&SV"), "", "", N::ConnectedKey},
    separator(M::Key),
    {NewKey, M::Key, "key.new", TEXT("&New key…"), "Ctrl+I", "key", N::Writable, false, true},
    {RenameKey, M::Key, "key.rename", TEXT("Rena&me…"), "F2", "", N::WritableKey},
    {KeyExpiry, M::Key, "key.expiry", TEXT("&Time to live…"), "Ctrl+Shift+T", "", N::WritableKey},
    {FieldExpiry, M::Key, "field.expiry", TEXT("Time to live of &hash field…"), "Ctrl+Shift+X", "", N::WritableTab},
    {EditValue, M::Key, "value.edit", TEXT("&Edit value"), "Ctrl+E", "edit", N::WritableTab},
    {SaveValue, M::Key, "value.save", TEXT("&Save value"), "Ctrl+S", "save", N::EditedTab},
    {LoadValue, M::Key, "value.load", TEXT("Load value from a f&ile…"), "", "", N::WritableTab},
    {AddElement, M::Key, "element.add", TEXT("&Add element…"), "Ctrl+Shift+I", "", N::WritableTab},
    {ChangeRows, M::Key, "element.change", TEXT("&Change selected rows…"), "", "", N::WritableTab},
    separator(M::Key),
    {Back, M::Key, "key.back", TEXT("&Back"), "Alt+Left", "back", N::Back, false, true},
    {Forward, M::Key, "key.forward", TEXT("&Forward"), "Alt+Right", "forward", N::Forward, false, true},
    {GoToKey, M::Key, "key.goTo", TEXT("&Go to key…"), "Ctrl+G", "jump", N::Connected, false, true},
    {GoToRow, M::Key, "row.goTo", TEXT("Go to &row or share…"), "Ctrl+Shift+G", "", N::Keys},
    separator(M::Key),
    {DeleteElement, M::Key, "element.delete", TEXT("De&lete element…"), "Ctrl+Del", "", N::WritableTab},
    {DeleteKey, M::Key, "key.delete", TEXT("&Delete key…"), "", "", N::WritableKey, false, false, "Del"},

    {DeleteKeys, M::Bulk, "bulk.delete", TEXT("&Delete keys…"), "Ctrl+Shift+Del", "delete", N::WritableKeys},
    {ExpireKeys, M::Bulk, "bulk.expire", TEXT("&Time to live of keys…"), "", "clock", N::WritableKeys},
    {RenameKeys, M::Bulk, "bulk.rename", TEXT("&Rename keys…"), "Ctrl+Shift+F2", "edit", N::WritableKeys},
    {CopyKeysTo, M::Bulk, "bulk.copy", TEXT("&Copy or move keys…"), "", "", N::WritableKeys},
    {SetFieldOfKeys, M::Bulk, "bulk.setField", TEXT("&Set a field…"), "", "", N::WritableKeys},
    {RunForKeys, M::Bulk, "bulk.template", TEXT("Run a comma&nd for keys…"), "", "", N::WritableKeys},
    separator(M::Bulk),
    {ExportValues, M::Bulk, "bulk.export", TEXT("E&xport keys with their values…"), "", "", N::Keys},
    {ImportKeysFrom, M::Bulk, "bulk.import", TEXT("&Import keys…"), "", "", N::Writable},
    separator(M::Bulk),
    {OpenPlan, M::Bulk, "bulk.plan", TEXT("&Open a plan…"), "", "", N::Writable},
    {PastJobs, M::Bulk, "bulk.history", TEXT("Job &history…"), "", "", N::Nothing},
    separator(M::Bulk),
    {UndoArchives, M::Bulk, "bulk.archives", TEXT("Undo &archives…"), "Ctrl+Shift+U", "", N::Content},

    {StartScan, M::Tools, "scan.start", TEXT("&Start scan"), "", "start", N::CanStart},
    {PauseScan, M::Tools, "scan.pause", TEXT("&Pause scan"), "", "pause", N::Running},
    {StopScan, M::Tools, "scan.stop", TEXT("S&top scan"), "", "stop", N::Active, false, false, "Esc"},
    {Rescan, M::Tools, "scan.again", TEXT("Scan &again"), "F5", "refresh", N::Connected, false, true},
    {RescanFolder, M::Tools, "scan.folder", TEXT("Scan this &folder again"), "Shift+F5", "", N::RowToRescan},
    separator(M::Tools),
    {LoadMore, M::Tools, "scan.more", TEXT("Load &more"), "", "", N::CanGoOn},
    {LoadAll, M::Tools, "scan.all", TEXT("Load a&ll"), "", "", N::CanGoOn},
    {RetryNodes, M::Tools, "scan.retry", TEXT("&Retry missing nodes"), "", "", N::FailedNodes},
    {ScanLimits, M::Tools, "scan.limits", TEXT("Scan l&imits…"), "", "", N::Connected},
    {KeysCommand, M::Tools, "scan.keys", TEXT("Read all at once with &KEYS…"), "", "", N::Connected},
    separator(M::Tools),
    {SaveResult, M::Tools, "result.save", TEXT("Save res&ult as…"), "Ctrl+Shift+S", "", N::Keys},
    {ResultSets, M::Tools, "result.list", TEXT("R&esult sets…"), "Ctrl+Shift+O", "", N::Content},
    {ExportKeys, M::Tools, "keys.export", TEXT("E&xport keys…"), "Ctrl+Shift+E", "", N::Keys},
    {CreateNamespace, M::Tables, "schema.namespace", TEXT("Create a &namespace…"), "", "", N::Writable},
    {CreateTable, M::Tables, "schema.create", TEXT("Create a &table…"), "", "", N::Writable},
    {ChangeTable, M::Tables, "schema.change", TEXT("&Change or drop a table…"), "", "", N::Writable},
    {CheckTable, M::Tables, "schema.check", TEXT("C&heck a table…"), "", "", N::Connected},
    separator(M::Tables),
    {SchemaPlanFile, M::Tables, "schema.plan", TEXT("Run a schema &plan…"), "", "", N::Writable},
    {UndoSchema, M::Tables, "schema.undo", TEXT("&Undo a change of a table…"), "", "", N::Writable},
    separator(M::Tools),
    {Console, M::Tools, "tools.console", TEXT("C&onsole"), "Ctrl+Shift+K", "", N::Content},
    {Commands, M::Tools, "tools.commands", TEXT("&Commands…"), "Ctrl+Shift+P", "", N::Nothing},

    {NextSession, M::Window, "session.next", TEXT("&Next session"), "Ctrl+PgDown", "", N::SeveralSessions},
    {PreviousSession, M::Window, "session.previous", TEXT("&Previous session"), "Ctrl+PgUp", "", N::SeveralSessions},

    {About, M::Help, "app.about", TEXT("&About Keyglass"), "", "", N::Nothing},
    {AboutQt, M::Help, "app.aboutQt", TEXT("About &Qt"), "", "", N::Nothing},

    {Tab1, M::None, "tab.1", TEXT("Key tab 1"), "Ctrl+1", "", N::Tab},
    {Tab2, M::None, "tab.2", TEXT("Key tab 2"), "Ctrl+2", "", N::Tab},
    {Tab3, M::None, "tab.3", TEXT("Key tab 3"), "Ctrl+3", "", N::Tab},
    {Tab4, M::None, "tab.4", TEXT("Key tab 4"), "Ctrl+4", "", N::Tab},
    {Tab5, M::None, "tab.5", TEXT("Key tab 5"), "Ctrl+5", "", N::Tab},
    {Tab6, M::None, "tab.6", TEXT("Key tab 6"), "Ctrl+6", "", N::Tab},
    {Tab7, M::None, "tab.7", TEXT("Key tab 7"), "Ctrl+7", "", N::Tab},
    {Tab8, M::None, "tab.8", TEXT("Key tab 8"), "Ctrl+8", "", N::Tab},
    {Tab9, M::None, "tab.9", TEXT("Key tab 9"), "Ctrl+9", "", N::Tab},
    {Escape, M::None, "window.escape", TEXT("Stop the scan, then clear the find field"), "Esc", "", N::Content},
};

#undef TEXT

bool isSeparator(const ActionRow& row)
{
    return *row.text == '\0';
}

} // namespace

std::span<const ActionRow> actionTable()
{
    return table;
}

WindowActions::WindowActions(QWidget* window)
    : QObject(window)
    , m_table(new ActionTable(window))
    , m_readOnly(new QAction(tr("This connection is read-only"), this))
{
    m_readOnly->setEnabled(false);
    m_readOnly->setVisible(false);
    for (const ActionRow& row : table) {
        if (!isSeparator(row)) {
            add(row);
        }
    }
}

void WindowActions::add(const ActionRow& row)
{
    ActionSpec spec;
    spec.id = QLatin1StringView(row.name);
    spec.text = tr(row.text);
    if (*row.hint) {
        spec.text += u'\t' + QLatin1StringView(row.hint);
        spec.tip = tr(row.text).remove(u'&');
    }
    if (*row.keys) {
        spec.shortcuts = {QKeySequence(QLatin1StringView(row.keys), QKeySequence::PortableText)};
    }
    spec.icon = QLatin1StringView(row.icon);
    spec.checkable = row.checkable;
    m_actions.insert(row.id, m_table->add(std::move(spec)));
}

QList<QAction*> WindowActions::all() const
{
    QList<QAction*> actions;
    for (const ActionRow& row : table) {
        if (!isSeparator(row)) {
            actions << m_actions.value(row.id);
        }
    }
    return actions;
}

void WindowActions::fill(QMenu* menu, ActionRow::Menu which) const
{
    if (which == M::Key || which == M::Bulk) {
        menu->addAction(m_readOnly);
    }
    for (const ActionRow& row : table) {
        if (row.menu != which) {
            continue;
        }
        if (isSeparator(row)) {
            menu->addSeparator();
        } else {
            menu->addAction(m_actions.value(row.id));
        }
        if (row.id == ReloadValue) {
            addCopyMenu(menu);
        }
        if (row.id == ExportKeys) {
            addTablesMenu(menu);
        }
    }
}

void WindowActions::addCopyMenu(QMenu* menu) const
{
    fill(menu->addMenu(tr("Cop&y value as")), M::CopyValue);
}

void WindowActions::addTablesMenu(QMenu* menu) const
{
    fill(menu->addMenu(tr("Re&disTABLE")), M::Tables);
}

void WindowActions::fillMenuBar(QMenuBar* bar) const
{
    fill(bar->addMenu(tr("&File")), M::File);
    fill(bar->addMenu(tr("&Edit")), M::Edit);
    fill(bar->addMenu(tr("&View")), M::View);
    fill(bar->addMenu(tr("&Key")), M::Key);
    fill(bar->addMenu(tr("&Bulk")), M::Bulk);
    fill(bar->addMenu(tr("&Tools")), M::Tools);
    fill(bar->addMenu(tr("&Window")), M::Window);
    fill(bar->addMenu(tr("&Help")), M::Help);
}

void WindowActions::fillToolBar(QToolBar* bar) const
{
    ActionRow::Menu group = M::File;
    for (const ActionRow& row : table) {
        if (!row.inToolBar) {
            continue;
        }
        if (row.menu != group) {
            bar->addSeparator();
            group = row.menu;
        }
        bar->addAction(m_actions.value(row.id));
    }
}

void WindowActions::fillKeyMenu(QMenu* menu) const
{
    fill(menu, M::Key);
    for (const ActionRow& row : table) { // what is in the tab in front may be another key's than the row's
        if (!isSeparator(row) && (row.need == N::WritableTab || row.need == N::EditedTab)) {
            menu->removeAction(m_actions.value(row.id));
        }
    }
    menu->removeAction(m_actions.value(DeleteKey)); // it comes last, never next to copying
    menu->addSeparator();
    for (const ActionId id : {CopyName, CopyEscaped, ExpandFolder, CollapseFolder, FolderTable, RescanFolder}) {
        menu->addAction(m_actions.value(id));
    }
    menu->addSeparator();
    for (const ActionId id : {ExpireKeys, RenameKeys}) {
        menu->addAction(m_actions.value(id));
    }
    menu->addSeparator();
    for (const ActionId id : {DeleteKey, DeleteKeys}) {
        menu->addAction(m_actions.value(id));
    }
}

void WindowActions::fillElementMenu(QWidget& table) const
{
    const auto addLine = [&table] {
        auto* line = new QAction(&table);
        line->setSeparator(true);
        table.addAction(line);
    };
    addLine();
    for (const ActionId id : {EditValue, AddElement, ChangeRows}) {
        table.addAction(m_actions.value(id));
    }
    addLine(); // what deletes stands last, apart
    table.addAction(m_actions.value(DeleteElement));
}

void WindowActions::on(ActionId id, std::function<void()> run)
{
    connect(m_actions.value(id), &QAction::triggered, this, [run = std::move(run)] { run(); });
}

void WindowActions::refresh(const std::function<bool(ActionNeed)>& isMet)
{
    for (const ActionRow& row : table) {
        if (!isSeparator(row)) {
            m_actions.value(row.id)->setEnabled(isMet(row.need));
        }
    }
}

void WindowActions::setReadOnly(bool isReadOnly)
{
    m_readOnly->setVisible(isReadOnly);
}

} // namespace keyglass::ui
