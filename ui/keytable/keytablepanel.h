// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/keytable/keytablesorter.h"
#include "ui/keytable/keytableview.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <string>

class QLabel;
class QMenu;
class QPushButton;

namespace keyglass::ui {

class KeyTableColumns;
class NoticeBar;

/// The keys that a session's list shows, or those of one folder of it, as a flat table that can be sorted by any
/// column.
///
/// By name it follows the list while that grows. Sorted by a column it stays as of then and says what has changed
/// since; another list (a filter, a saved set, another database) brings it back to names.
class KeyTablePanel : public QWidget {
    Q_OBJECT

public:
    explicit KeyTablePanel(Session& session, QWidget* parent = nullptr);
    ~KeyTablePanel() override;

    [[nodiscard]] KeyTableView& view() { return *m_view; }
    [[nodiscard]] KeyTableColumns& columns() { return *m_columns; }
    [[nodiscard]] const KeyTableSorter& sorter() const { return *m_sorter; }

    /// Only keys with this prefix; nothing: all of the list.
    void setFolder(const std::optional<std::string>& prefix);
    [[nodiscard]] const std::optional<std::string>& folder() const { return m_folder; }
    /// As a click on the column's head.
    void sortBy(SortColumn column);
    /// True while it is measured or sorted, or asked about.
    [[nodiscard]] bool isSorting() const;
    void cancelSort();

    [[nodiscard]] std::optional<std::string> currentKey() const { return m_view->currentKey(); }
    [[nodiscard]] std::uint64_t selectedCount() const { return m_view->selectedCount(); }
    /// The selected keys for what is done to many keys, found on a worker; `then` is called on this thread, unless this
    /// is gone by then.
    void chooseSelected(std::function<void(KeyChoice)> then);

    void copyNames();
    void copyCsv();

    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& state);

Q_SIGNALS:
    void keyActivated(const std::string& key);
    void keyPreviewed(const std::string& key);
    /// Show the key in the tree.
    void keyRevealed(const std::string& key);
    void menuWanted(const QPoint& globalPosition);
    void deleteWanted();
    void exportWanted();
    /// The current row or the selection are others.
    void selectionChanged();
    /// A sentence for the status bar.
    void said(keyglass::LogLevel level, const QString& text);

private:
    [[nodiscard]] QWidget* makeHead();
    void wire();
    void wireSession();
    [[nodiscard]] ColumnScope scopeNow() const;
    void followList();
    void followOrder(const ColumnScope& now);
    void showChanges(const KeyChanges& changes);
    void takeOrder(const std::shared_ptr<const ColumnOrder>& order, SortDirection direction);
    void toNames(SortDirection direction);
    void sortAgain();
    void followSorter();
    void showState();
    void showMenu(const QPoint& at);
    void addSortMenu(QMenu& menu);
    void copied(const QString& what, const Result<std::string>& text);

    Session& m_session;
    std::optional<std::string> m_folder;
    FilterSpec m_filter; ///< Of the list that is shown.
    QLabel* m_title = nullptr;
    QLabel* m_state = nullptr;
    QPushButton* m_all = nullptr;
    QPushButton* m_refresh = nullptr;
    NoticeBar* m_notice;
    KeyTableView* m_view;
    KeyTableColumns* m_columns;
    KeyTableSorter* m_sorter;
    QString m_changes; ///< What the list has that the sorted rows have not.
    std::uint64_t m_generation = 0;
    LatestJob m_counter; ///< Looks for changes of the list.
    LatestJob m_worker;  ///< Gathers keys; last, its work ends first.
};

} // namespace keyglass::ui
