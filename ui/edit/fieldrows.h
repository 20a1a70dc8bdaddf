// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"

#include <QJsonArray>
#include <QWidget>

#include <vector>

class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace keyglass::ui {

class BytesField;

/// Further fields with their values, a row each; none at first.
class FieldRows : public QWidget {
    Q_OBJECT

public:
    explicit FieldRows(QWidget* parent);

    /// In the order of the rows. Input where an escape in one of them can't be read.
    [[nodiscard]] Result<FieldValues> fields() const;
    /// The rows as they are typed, also where they mean nothing yet.
    [[nodiscard]] QJsonArray typed() const;
    void retype(const QJsonArray& rows);

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QWidget* widget;
        BytesField* field;
        BytesField* value;
        QPushButton* remove;
    };
    void addRow();
    void removeRow(const QWidget* widget);
    /// What the rows are called, and how much room they have.
    void settle();

    QScrollArea* m_area;
    QVBoxLayout* m_layout;
    QPushButton* m_add;
    std::vector<Row> m_rows;
};

} // namespace keyglass::ui
