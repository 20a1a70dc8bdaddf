// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QObject>

#include <functional>
#include <span>

class QAction;
class QMenu;
class QMenuBar;
class QToolBar;
class QWidget;

namespace keyglass::ui {

class ActionTable;

/// Everything that can be done in the window. Tab1 to Tab9 are in a row.
enum class ActionId {
    NewConnection,
    NewSession,
    NewWindow,
    TryDemo,
    EditConnection,
    Connect,
    Disconnect,
    CloseTab,
    CloseSession,
    Quit,
    CopyName,
    CopyEscaped,
    SelectAll,
    Find,
    Pattern,
    ShowAll,
    Settings,
    ShowSessions,
    ShowLog,
    ShowMemory,
    KeyTable,
    FolderTable,
    Tables,
    PlainTableKeys,
    ExpandFolder,
    CollapseFolder,
    Separator,
    LargerText,
    SmallerText,
    OpenKey,
    PreviewKey,
    KeepTab,
    ReloadValue,
    NewKey,
    RenameKey,
    KeyExpiry,
    FieldExpiry,
    EditValue,
    SaveValue,
    CopyValueText,
    CopyValueHex,
    CopyValueEscaped,
    CopyValueCommand,
    CopyValueJson,
    CopyValueCsv,
    LoadValue,
    AddElement,
    ChangeRows,
    DeleteElement,
    DeleteKey,
    DeleteKeys,
    ExpireKeys,
    RenameKeys,
    CopyKeysTo,
    SetFieldOfKeys,
    RunForKeys,
    ExportValues,
    ImportKeysFrom,
    OpenPlan,
    PastJobs,
    UndoArchives,
    GoToKey,
    GoToRow,
    Back,
    Forward,
    StartScan,
    PauseScan,
    StopScan,
    Rescan,
    RescanFolder,
    LoadMore,
    LoadAll,
    RetryNodes,
    ScanLimits,
    KeysCommand,
    SaveResult,
    ResultSets,
    ExportKeys,
    CreateNamespace,
    CreateTable,
    ChangeTable,
    CheckTable,
    SchemaPlanFile,
    UndoSchema,
    Console,
    Commands,
    NextSession,
    PreviousSession,
    Tab1,
    Tab2,
    Tab3,
    Tab4,
    Tab5,
    Tab6,
    Tab7,
    Tab8,
    Tab9,
    Escape,
    About,
    AboutQt,
};

/// What an action needs before it can be triggered.
enum class ActionNeed {
    Nothing,
    Session,
    Content, ///< A session whose keys are shown, connected or not.
    Connected,
    Disconnected,
    Open,          ///< A session that is connected, or tries to be.
    Keys,          ///< A tree with keys.
    CurrentFolder, ///< A folder current in the tree.
    RowToRescan,   ///< A current row in the tree, key or folder, while no scan is under way.
    CurrentKey,    ///< A key current in the tree or shown in a tab.
    CanOpen,       ///< The same, or a table's row current in the tree.
    ConnectedKey,  ///< The same, connected.
    Writable,      ///< Connected, with a profile that may write.
    WritableKey,   ///< The same with a current key.
    EditedTab,     ///< A value in the tab in front that has been changed and not saved.
    WritableKeys,  ///< Connected, with a profile that may write, and a tree with keys.
    WritableTab,   ///< The same with a value shown in the tab in front.
    Tab,
    Back,
    Forward,
    CanStart,
    Running,
    Active,  ///< A scan that runs or is paused.
    CanGoOn, ///< A scan that ended at a limit or was stopped.
    FailedNodes,
    SeveralSessions,
};

/// One line of the action table.
struct ActionRow {
    enum class Menu { File, Edit, View, Key, CopyValue, Bulk, Tools, Tables, Window, Help, None };

    ActionId id;
    Menu menu;
    const char* name; ///< Stable, for tests: the QAction's objectName.
    const char* text; ///< To be translated; empty: a line in the menu, and the rest means nothing.
    const char* keys; ///< Portable key sequence; empty: none.
    const char* icon; ///< Name of the icon; empty: none.
    ActionNeed need;
    bool checkable = false;
    bool inToolBar = false;
    const char* hint = ""; ///< A key the focused view handles by itself, shown beside the text.
};

/// The table all menus, tool bar and palette are made from, in the order of the menus.
[[nodiscard]] std::span<const ActionRow> actionTable();

/// The actions of one window, made from the table.
class WindowActions : public QObject {
    Q_OBJECT

public:
    /// `window` gets the shortcuts.
    explicit WindowActions(QWidget* window);

    [[nodiscard]] QAction* action(ActionId id) const { return m_actions.value(id); }
    /// In the order of the table.
    [[nodiscard]] QList<QAction*> all() const;
    void fillMenuBar(QMenuBar* bar) const;
    void fillToolBar(QToolBar* bar) const;
    /// The entries of the Key menu, in its order, for a right click on a row.
    void fillKeyMenu(QMenu* menu) const;
    /// What the Key menu has for the rows of a value, for a right click on one of them.
    void fillElementMenu(QWidget& table) const;
    void on(ActionId id, std::function<void()> run);
    /// Enables what `isMet` says is possible now.
    void refresh(const std::function<bool(ActionNeed)>& isMet);
    /// Where it is read-only, the menus of what changes keys say so.
    void setReadOnly(bool isReadOnly);

private:
    void add(const ActionRow& row);
    void fill(QMenu* menu, ActionRow::Menu which) const;
    void addCopyMenu(QMenu* menu) const;
    void addTablesMenu(QMenu* menu) const;

    ActionTable* m_table;
    QAction* m_readOnly; ///< Above what can't be done for that.
    QMap<ActionId, QAction*> m_actions;
};

} // namespace keyglass::ui
