// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/keyselection.h"
#include "core/index/treerows.h"
#include "core/value/keydetails.h"
#include "ui/tree/detailscache.h"
#include "ui/tree/keytreemodel.h"
#include "ui/tree/latestjob.h"
#include "ui/tree/rowname.h"
#include "ui/tree/rowpainter.h"
#include "ui/tree/treelayouter.h"

#include <QAbstractItemView>
#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keyglass::ui {

class KeyTreeHeader;

/// The key tree: costs the same for a thousand and for a hundred million keys.
///
/// Shows TreeRows over the newest snapshot and asks only for the rows on screen; its model holds these and no others.
/// What the user holds (current row, selection, open folders, the row at the top) is kept by bytes, so a new snapshot
/// moves none of it. Scrolls by rows; while row numbers of large folders are estimates, the scroll bar is in key ranks
/// and rows move one by one all the same. The selection is a KeySelection: Qt's selection model carries only the
/// current row. Thread: GUI; layouts that take longer than some milliseconds come from a worker.
class KeyTreeView : public QAbstractItemView {
    Q_OBJECT

public:
    explicit KeyTreeView(QWidget* parent = nullptr);
    ~KeyTreeView() override;

    /// Shows the keys of `snapshot`; null: none.
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot);
    void setTreeOptions(const TreeOptions& options);
    [[nodiscard]] const TreeOptions& treeOptions() const;
    /// What is on screen now: an older snapshot than the newest for as long as that is being laid out.
    [[nodiscard]] const std::shared_ptr<const TreeRows>& rows() const;
    /// True once the newest snapshot is on screen, with exact row numbers.
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] const KeyTreeModel& keyModel() const { return m_model; }

    // --- folders
    void expandFolder(const std::string& prefix);
    void collapseFolder(const std::string& prefix);
    void collapseAll();
    [[nodiscard]] const ExpandedFolders& expandedFolders() const;
    void setExpandedFolders(ExpandedFolders expanded);

    // --- current row and place
    [[nodiscard]] std::optional<RowId> currentRow() const { return m_current; }
    /// Makes the row current and shows it, and selects it if that is asked for.
    void setCurrentRow(const RowId& id, bool select = true);
    /// Opens the folders to `key`, scrolls to it, makes it current, and marks it for a moment. False if it is not among
    /// the keys on screen.
    bool goToKey(const std::string& key);
    void goToRow(quint64 number);
    /// 0 to 100 of all rows.
    void goToPercent(double percent);
    [[nodiscard]] quint64 firstVisibleRow() const { return m_model.firstRow(); }
    /// Rows that fit whole.
    [[nodiscard]] int pageRows() const;

    // --- selection
    [[nodiscard]] const KeySelection& selectedKeys() const { return m_selection; }
    void setSelectedKeys(KeySelection selection);
    /// Two ranks per part of the selection.
    [[nodiscard]] quint64 selectedCount() const;
    /// The folder around the current row as a rule; all keys where that is selected already, or at the top.
    void selectFolderOfCurrent();

    // --- details
    void setDetails(const std::vector<KeyDetails>& details);
    /// Asks anew for what is on screen; old answers stay until the new ones come.
    void reloadDetails();
    /// Says which row shows a key that has none of its own.
    using RowOfKey = std::function<RowId(const std::string& key)>;
    /// Which rows stand for tables: these are opened (tableActivated()) where others are expanded; null: none.
    void setTables(KeyTreeModel::TableOf tableOf, RowOfKey rowOfKey = {});
    /// The table that the current row stands for.
    [[nodiscard]] std::optional<std::string> currentTable() const;
    /// As Return on such a row; false where it is none.
    bool activateTable(const TreeRow& row);
    /// Forgets all details: another database.
    void clearDetails();
    /// Which columns are shown, for whoever reads the details.
    [[nodiscard]] DetailColumns shownColumns() const;
    void setColumnShown(KeyColumn column, bool shown);
    /// Widths and hidden columns.
    [[nodiscard]] QByteArray saveColumns() const;
    bool restoreColumns(const QByteArray& state);

    // --- QAbstractItemView
    [[nodiscard]] QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint& point) const override;
    [[nodiscard]] QSize sizeHint() const override { return {340, 480}; }

Q_SIGNALS:
    /// The keys on screen whose details are not known, top first: replaces what was asked for before.
    void detailsWanted(const std::vector<std::string>& keys);
    void keyActivated(const std::string& key); ///< Double click, Return.
    void keyPreviewed(const std::string& key); ///< Single click, Space.
    void tableActivated(const std::string& table);
    void currentRowChanged(const keyglass::RowId& id);
    void contextMenuWanted(const keyglass::RowId& id, const QPoint& globalPosition);
    void selectedKeysChanged(quint64 count); ///< A little later where a scattered selection takes long to count.
    /// Rows came or went, or their number became exact.
    void rowsChanged(quint64 rows, bool isExact);
    void revealed(const std::string& key); ///< goToKey() has arrived.
    void shownColumnsChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void updateGeometries() override;
    void scrollContentsBy(int /*dx*/, int /*dy*/) override { }
    void verticalScrollbarValueChanged(int /*value*/) override { }
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void startDrag(Qt::DropActions actions) override;

    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override { return 0; }
    [[nodiscard]] bool isIndexHidden(const QModelIndex& /*index*/) const override { return false; }
    void setSelection(const QRect& /*rect*/, QItemSelectionModel::SelectionFlags /*flags*/) override { }
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection& selection) const override;

private:
    enum class Choice { Replace, Extend, Toggle, Keep }; // what a move does to the selection

    // keytreeview.cpp
    void takeRows();
    void finishReveal();
    [[nodiscard]] std::vector<std::string> foldersTo(const RowId& id) const;
    void changeExpanded(ExpandedFolders expanded);
    [[nodiscard]] RowLook lookOf(int at) const;
    void updateNames();
    void askForDetails();
    [[nodiscard]] KeyRange keysOf(const RowId& id) const { return childKeys(id.bytes, id.isFolder); }
    void selectionEdited();
    void countSelected();

    // keytreescrolling.cpp
    void showWindow(TreeWindow window);
    void showFrom(quint64 number);
    void showAround(const RowId& id, int before);
    void scrollBy(qint64 rows);
    void scrollToEnd();
    void updateScrollBar();
    void scrollBarMoved(int value);
    void ensureVisible(const RowId& id);
    [[nodiscard]] int lineOf(const RowId& id) const;

    // keytreekeyboard.cpp
    void moveBy(qint64 rows, Choice choice);
    void moveTo(const RowId& id, Choice choice);
    void choose(const RowId& id, Choice choice);
    void extendTo(const RowId& id);
    bool navigate(QKeyEvent* event);
    bool act(QKeyEvent* event);
    bool typeAhead(QKeyEvent* event);
    void collapseOrGoOut();
    void expandOrGoIn();
    void expandAllBelow();
    void activateCurrent();
    [[nodiscard]] std::optional<TreeRow> currentTreeRow() const;
    [[nodiscard]] static Choice choiceOf(Qt::KeyboardModifiers modifiers);

    // keytreemouse.cpp
    [[nodiscard]] int rowAtY(int y) const;
    [[nodiscard]] bool isOnExpander(const QPoint& at) const;
    void setHovered(int row);

    DetailsCache m_details;
    KeyTreeModel m_model;
    KeyTreeHeader* m_header;
    KeySelection m_selection;
    std::optional<RowId> m_current;
    std::optional<RowId> m_anchor;     // where extending a selection starts
    std::optional<RowId> m_extendBase; // the end of the last extension
    RowOfKey m_rowOfKey;
    std::optional<RowId> m_revealing; // where to go to once its folders are laid out
    std::optional<RowId> m_marked;
    QTimer m_markTimer;
    QTimer m_detailsTimer;
    QTimer m_ttlTimer;
    std::vector<std::string> m_asked;

    std::vector<RowName> m_names; // of the rows on screen, cut to their room
    bool m_namesAreOld = true;
    int m_hovered = -1;
    int m_wheelRest = 0; // eighths of a degree
    bool m_settingScrollBar = false;
    qint64 m_scrollBarScale = 1; // rows per step of the scroll bar
    int m_scrollBarValue = 0;    // as we set it last

    QString m_typed;
    QElapsedTimer m_sinceTyped;
    QPoint m_pressedAt;
    std::optional<RowId> m_chooseOnRelease;
    bool m_mayDrag = false;

    quint64 m_selectionVersion = 0;
    LatestJob m_selectionCounter;
    TreeLayouter m_layouter; // last: their workers end first
};

} // namespace keyglass::ui
