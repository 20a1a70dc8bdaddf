// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/table/roweditdialog.h"

#include <vector>

namespace keyglass::ui {

class CellField;
class RowConflict;

/// A new row, or other cells in one row or in several.
class RowDialog : public RowEditDialog {
    Q_OBJECT

public:
    /// `seen`: the rows that are changed; empty: a new row.
    RowDialog(Session& session, const TableSchema& schema, std::vector<TableRow> seen, QWidget* parent);
    [[nodiscard]] Result<std::vector<RowEdit>> edits() const override;

protected:
    bool notDone(const std::vector<RowResult>& left) override;

private:
    void addConflict();
    void showConflict(bool shows);
    /// Of one row: only what is not as it was seen.
    [[nodiscard]] Result<RowEdit::Cells> cells() const;

    std::vector<TableRow> m_seen;
    const bool m_isNew;
    QWidget* m_area = nullptr;         ///< With the fields.
    RowConflict* m_conflict = nullptr; ///< In their place, until the user has said what becomes of it.
    std::vector<CellField*> m_fields;  ///< One for each column.
};

/// Rows go. Asks once; in production several ask for the connection's name.
class DeleteRowsDialog : public RowEditDialog {
    Q_OBJECT

public:
    DeleteRowsDialog(Session& session, const TableSchema& schema, std::vector<TableRow> seen, QWidget* parent);
    [[nodiscard]] Result<std::vector<RowEdit>> edits() const override;

protected:
    bool notDone(const std::vector<RowResult>& left) override;

private:
    std::vector<TableRow> m_seen;
};

} // namespace keyglass::ui
