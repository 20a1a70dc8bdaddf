// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/columns/tablerows.h"
#include "ui/keytable/keytablemodel.h"
#include "ui/tree/detailscache.h"
#include "ui/tree/latestjob.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

class QScrollBar;

namespace keyglass::ui {

class KeyTableGrid;

/// The rows of a key table with their scroll bar, selection and keyboard: the same for a thousand and for a hundred
/// million keys, as it holds and asks for those on screen only.
///
/// Scrolls by rows; above a thousand million rows a step of the scroll bar is several rows. What the user holds (the
/// current row, what is selected, the row at the top) is kept by the keys' bytes. Thread: GUI.
class KeyTableView : public QWidget {
    Q_OBJECT

public:
    explicit KeyTableView(QWidget* parent = nullptr);
    ~KeyTableView() override;

    [[nodiscard]] KeyTableGrid& grid() const { return *m_grid; }
    [[nodiscard]] const KeyTableModel& model() const { return m_model; }
    void setHasRoots(bool hasRoots) { m_model.setHasRoots(hasRoots); }

    /// Other rows: newer keys of the same, which move nothing the user holds, or another order, shown from its top.
    enum class Place { Keep, Top };
    void setRows(TableRows rows, Place place);
    [[nodiscard]] const TableRows& rows() const { return m_rows; }
    [[nodiscard]] std::uint64_t firstVisibleRow() const { return m_first; }
    void showFrom(std::uint64_t row);

    // --- current row and selection
    [[nodiscard]] std::optional<std::string> currentKey() const { return m_currentKey; }
    [[nodiscard]] const TableSelection& selection() const { return m_selection; }
    void setSelection(TableSelection selection);
    [[nodiscard]] std::uint64_t selectedCount() const { return m_rows.selectedCount(m_selection); }
    void setCurrentRow(std::uint64_t row);
    void selectAll();

    // --- details
    /// What the columns that are shown need.
    void setColumns(const TableColumns& columns);
    [[nodiscard]] const TableColumns& columns() const { return m_columns; }
    void setDetails(const std::vector<KeyDetails>& details);
    void reloadDetails();
    void clearDetails();

Q_SIGNALS:
    /// The keys on screen whose details are not known, top first: replaces what was asked for before.
    void detailsWanted(const std::vector<std::string>& keys);
    void keyActivated(const std::string& key); ///< Double click, Return.
    void keyPreviewed(const std::string& key); ///< Space.
    void copyWanted();
    void selectionChanged(); ///< Or the current row.
    /// Rows stand otherwise now, and these were too many to be found again.
    void selectionDropped(quint64 rows);
    void menuWanted(const QPoint& globalPosition);

private:
    enum class Choice { Replace, Extend, Toggle, Keep };

    // keytableview.cpp
    void wire();
    void showWindow();
    void updateScrollBar();
    void scrollBy(std::int64_t rows);
    void askForDetails();
    void markSelected();
    [[nodiscard]] std::uint64_t lastFirst() const;

    // keytableinput.cpp
    void press(int line, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
    void drag(int line);
    void pressKey(QKeyEvent* event);
    [[nodiscard]] bool navigate(QKeyEvent* event);
    [[nodiscard]] bool act(QKeyEvent* event);
    void openMenu(const QPoint& at, bool byKeyboard);
    void moveTo(std::uint64_t row, Choice choice);
    void choose(std::uint64_t row, Choice choice);
    void extendTo(std::uint64_t row);
    [[nodiscard]] bool isSelected(std::uint64_t row, const std::string& key) const;

    DetailsCache m_details;
    KeyTableModel m_model;
    KeyTableGrid* m_grid;
    QScrollBar* m_bar;
    TableRows m_rows;
    TableColumns m_columns;
    TableSelection m_selection;
    std::uint64_t m_first = 0;
    std::optional<std::uint64_t> m_current;
    std::optional<std::string> m_currentKey;
    std::optional<std::uint64_t> m_anchor; ///< Where extending a selection starts.
    std::optional<std::string> m_anchorKey;
    std::vector<std::string> m_asked;
    std::int64_t m_barScale = 1; ///< Rows for each step of the scroll bar.
    bool m_settingBar = false;
    QTimer m_detailsTimer;
    QTimer m_ttlTimer;
};

} // namespace keyglass::ui
