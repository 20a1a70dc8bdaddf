// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/window/sessionstatus.h"
#include "ui/window/windowactions.h"

#include <QPointer>
#include <QWidget>

#include <memory>
#include <optional>
#include <string>

class QStackedWidget;

namespace keyglass {
class DraftKeeper;
class Settings;
} // namespace keyglass

namespace keyglass::ui {

class InlineEdits;
class LivePanes;
class ConnectionPage;
class KeyJumps;
class KeyPanel;
class KeyTabs;
class PageNeeds;
class PageSides;
class PageTable;
class PageTables;
class ResultJobs;
class SessionValueSource;
class ValueLoading;
class ByteEdits;
class StreamViews;
class ValueRules;
class UndoNotice;

/// All of one session in the window: keys on the left, opened keys on the right, the scan below; before the first
/// connection, how that goes.
class SessionPage : public QWidget {
    Q_OBJECT

public:
    SessionPage(std::unique_ptr<Session> session, Settings& settings, DraftKeeper& drafts, QWidget* parent = nullptr);
    ~SessionPage() override;

    [[nodiscard]] Session& session() { return *m_session; }
    [[nodiscard]] KeyPanel& keys() { return *m_keys; }
    [[nodiscard]] KeyTabs& tabs() { return *m_tabs; }
    /// The values that are edited in the tabs.
    [[nodiscard]] InlineEdits& edits() { return *m_edits; }
    [[nodiscard]] SessionStatus& status() { return *m_status; }
    /// The key table beside the tree.
    [[nodiscard]] PageTable& table() { return *m_table; }
    /// The tables of the RedisTABLE module.
    [[nodiscard]] PageTables& tables() { return *m_tables; }
    /// Where work with sets of keys is shown.
    [[nodiscard]] ResultJobs& jobs() { return *m_jobs; }

    /// Whether what an action needs is there now.
    [[nodiscard]] bool isMet(ActionNeed need) const;
    /// Whether the keys are shown, and not how the connection goes.
    [[nodiscard]] bool showsContent() const;
    /// The key that is current in the key table where the user is there, or in the tree, or else the one shown in the
    /// tab in front.
    [[nodiscard]] std::optional<std::string> currentKey() const;
    /// The table that the tree's current row stands for.
    [[nodiscard]] std::optional<std::string> currentTableRow() const;

    void focusPattern();
    void focusFind();
    /// Ends a sort of the key table where the user is there; stops a scan that is under way; clears the find field.
    void escape();
    void askKey();
    void askRow();
    /// Asks the server for the key, then shows it in the tree, if it is there, and in a tab.
    void goToKey(const std::string& key);
    void openCurrent();
    void previewCurrent();
    void reloadValue();
    /// Edits what is shown in the tab in front, in place.
    void editValue();
    void saveValue();
    /// Asks for a file to take the place of what is shown.
    void loadValue();
    void rescanFolder();
    void selectAllKeys();
    void setFolderOpen(bool open);
    void askSeparator();
    /// Shows the console and goes there; hides it where the user is in it.
    void toggleConsole();
    void saveLayout() const;

    /// An edit was done: the list, the tabs and the details follow.
    void edited(const KeyEdit& edit, const EditOutcome& outcome);
    /// Several rows of a key's value were written or deleted; `keyVanished`: with them the key.
    void rowsWritten(const std::string& key, bool keyVanished);

Q_SIGNALS:
    /// Del was pressed on a key in the tree.
    void deleteWanted();
    /// What isMet() says may have changed.
    void situationChanged();
    void editWanted();
    /// The page shows one node of a cluster, and the user wants all of it.
    void clusterWanted();
    void passwordWanted();
    void menuWanted(const QPoint& globalPosition);
    /// A tab for a key has its pane.
    void paneMade(QWidget* pane);
    /// One sentence for the status bar.
    void said(keyglass::LogLevel level, const QString& text);
    /// The user gave this session another separator.
    void separatorChosen(const QString& separator);
    /// The user gave this session other rules for decoding.
    void decoderRulesChosen(const std::vector<keyglass::DecoderRule>& rules);

private:
    [[nodiscard]] QWidget* makeContent(DraftKeeper& drafts);
    void followMemoryCap();
    void leaveDatabase();
    [[nodiscard]] QWidget* makePane(QWidget* parent);
    void wire();
    void wireTree();
    void follow(SessionState state);
    void showConnection();
    void reloadDetails();

    std::unique_ptr<Session> m_session; ///< Outlives the views, which are this widget's children: see the destructor.
    Settings& m_settings;
    std::shared_ptr<SessionValueSource> m_values;
    InlineEdits* m_edits;
    ValueLoading* m_loading;
    LivePanes* m_live;
    ByteEdits* m_bytes;
    StreamViews* m_streams;
    ValueRules* m_rules;
    UndoNotice* m_undo = nullptr;
    KeyPanel* m_keys;
    KeyJumps* m_jumps;
    KeyTabs* m_tabs;
    PageTable* m_table = nullptr;
    PageTables* m_tables = nullptr;
    const std::unique_ptr<const PageNeeds> m_needs;
    PageSides* m_sides = nullptr;
    ConnectionPage* m_connection;
    QPointer<SessionStatus> m_status; ///< A child of the window's status bar while the page is in front.
    QWidget* m_content;
    QStackedWidget* m_stack;
    ResultJobs* m_jobs = nullptr;
};

} // namespace keyglass::ui
