// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/table/schemachange.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;

namespace keyglass::ui {

class ColumnEditor;

/// What is asked for a change of a schema: its kind where that is open, the table, the column, its type. Reads the
/// table's columns to offer them.
class SchemaFields : public QWidget {
    Q_OBJECT

public:
    /// `kinds`: one, or those to choose from. `change`: what the fields begin with; a table named there stays where
    /// there is one kind.
    SchemaFields(Session& session, std::vector<SchemaChange::Kind> kinds, const SchemaChange& change, QWidget* parent);

    /// As the fields say it; Input where they do not say it yet.
    [[nodiscard]] Result<SchemaChange> change() const;
    [[nodiscard]] SchemaChange::Kind kind() const;
    /// Rows of a former table are in the way of the one that is to be made: they may be taken over.
    void offerFormerRows(bool areThere);
    /// Goes to what is to be said first: the table, else the kind, else the column.
    void focusFirst();

Q_SIGNALS:
    void changed();

private:
    void showFields();
    void nameNamespace(bool isNamespace);
    void askColumns();

    Session& m_session;
    QFormLayout* m_form;
    QComboBox* m_kind;
    QLineEdit* m_table;
    QString m_namedTable; ///< What stood there before a kind that takes a namespace; empty: nothing did.
    QComboBox* m_column;
    QComboBox* m_type;
    ColumnEditor* m_columns;
    QCheckBox* m_keepsRows;
    QTimer m_typing; ///< The table's columns are asked for once nobody types.
};

} // namespace keyglass::ui
