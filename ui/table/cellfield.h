// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/table/roweditor.h"
#include "core/table/tableschema.h"

#include <QWidget>

#include <optional>
#include <string>

class QComboBox;

namespace keyglass::ui {

class BytesField;

/// What becomes of one cell: a value, no cell at all, or what is there.
class CellField : public QWidget {
    Q_OBJECT

public:
    /// `canLeave`: of several rows, whose cells may be left as they are; it begins so.
    CellField(const TableColumn& column, bool canLeave, QWidget* parent);

    /// What is there now.
    void setCell(const std::optional<std::string>& cell);
    /// What the row gets; nothing: the cell is left as it is. Input for what can't be read.
    [[nodiscard]] Result<std::optional<std::optional<std::string>>> cell() const;

Q_SIGNALS:
    void changed();

private:
    enum class Choice { Value, None, Leave };
    [[nodiscard]] Choice choice() const;

    QComboBox* m_choice;
    BytesField* m_value;
};

} // namespace keyglass::ui
