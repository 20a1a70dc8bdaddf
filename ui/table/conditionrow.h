// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/condition.h"
#include "core/table/tableschema.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QToolButton;

namespace keyglass::ui {

class BytesField;

/// One condition of a query: how it is joined to the one before, its column, its test and its value.
class ConditionRow : public QWidget {
    Q_OBJECT

public:
    /// `number`: from 1; the first is joined to nothing.
    ConditionRow(const TableSchema& schema, int number, QWidget* parent);

    [[nodiscard]] RowFilter::Join join() const;
    /// Nothing while it wants a value and none stands in it. Input for an escape that is cut or unknown.
    [[nodiscard]] Result<std::optional<Condition>> condition() const;
    void set(RowFilter::Join join, const Condition& condition);
    /// It stands elsewhere now.
    void setNumber(int number);
    void takeFocus();

Q_SIGNALS:
    void changed();
    void removeWanted();
    void runWanted();

private:
    [[nodiscard]] bool hasValue() const; ///< Of the chosen test.
    void followColumn();

    const TableSchema m_schema;
    QComboBox* m_join;
    QComboBox* m_column;
    QComboBox* m_test;
    BytesField* m_value;
    QToolButton* m_remove;
};

} // namespace keyglass::ui
