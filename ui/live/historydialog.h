// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/seendifference.h"
#include "ui/live/seenhistory.h"

#include <QAbstractTableModel>
#include <QDialog>

#include <vector>

class QCheckBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QStackedWidget;
class QTableView;

namespace keyglass::ui {

/// Two states of a value, row by row.
class SeenDifferenceModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Before, After, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void show(std::vector<SeenDifference> rows, bool onlyChanges);
    [[nodiscard]] const SeenDifference& row(int at) const { return m_rows[static_cast<std::size_t>(at)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<SeenDifference> m_rows;
};

/// What was seen of one key in this window, beside what was seen last. For reading and copying.
class HistoryDialog : public QDialog {
    Q_OBJECT

public:
    /// `seen`: oldest first, at least one.
    HistoryDialog(const QString& keyName, std::vector<SeenValue> seen, QWidget* parent = nullptr);

private:
    [[nodiscard]] QWidget* makeTimes();
    [[nodiscard]] QWidget* makeContent();
    void showChosen();
    void copy() const;

    const std::vector<SeenValue> m_seen;
    QListWidget* m_times;
    QLabel* m_about;
    QCheckBox* m_onlyChanges;
    SeenDifferenceModel* m_model;
    QTableView* m_table;
    QPlainTextEdit* m_before;
    QPlainTextEdit* m_after;
    QStackedWidget* m_stack;
};

} // namespace keyglass::ui
