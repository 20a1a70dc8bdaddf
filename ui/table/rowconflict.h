// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/roweditor.h"

#include <QWidget>

#include <cstddef>

class QLabel;
class QPushButton;
class QTableWidget;

namespace keyglass::ui {

/// A row that somebody has changed since it was seen: what was seen, what is there and what is to be written, column by
/// column, and what becomes of it.
class RowConflict : public QWidget {
    Q_OBJECT

public:
    RowConflict(TableSchema schema, QWidget* parent);

    /// `written`: the cells that the user has changed.
    void setRows(const TableRow& seen, const TableRow& now, const RowEdit::Cells& written);

Q_SIGNALS:
    void overwriteWanted(); ///< Write all the same.
    void reloadWanted();    ///< Give up what was typed, go on with what is there.
    void editWanted();      ///< Go on with what was typed.

private:
    void fillLine(int line, const TableRow& seen, const TableRow& now, const RowEdit::Cells& written);

    const TableSchema m_schema;
    QLabel* m_text;
    QTableWidget* m_grid;
    QPushButton* m_edit;
};

} // namespace keyglass::ui
