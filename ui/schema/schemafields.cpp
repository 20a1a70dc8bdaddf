// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schemafields.h"

#include "core/base/bytes.h"
#include "core/session/schemasession.h"
#include "ui/common/fonts.h"
#include "ui/common/whenready.h"
#include "ui/schema/columneditor.h"
#include "ui/schema/schemawording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace keyglass::ui {

namespace {

using Kind = SchemaChange::Kind;

bool takesColumn(Kind kind)
{
    return !isOfNamespace(kind) && kind != Kind::CreateTable && kind != Kind::DropTable;
}

bool takesType(Kind kind)
{
    return kind == Kind::AddColumn || kind == Kind::ChangeType;
}

} // namespace

SchemaFields::SchemaFields(Session& session, std::vector<Kind> kinds, const SchemaChange& change, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_form(new QFormLayout(this))
    , m_kind(new QComboBox(this))
    , m_table(new QLineEdit(displayText(change.table), this))
    , m_column(new QComboBox(this))
    , m_type(makeTypeBox(this))
    , m_columns(new ColumnEditor(this))
    , m_keepsRows(new QCheckBox(tr("Take o&ver the rows of the former table"), this))
{
    for (const Kind kind : kinds) {
        m_kind->addItem(titleOf(kind), static_cast<int>(kind));
    }
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(static_cast<int>(change.kind))));
    m_kind->setAccessibleName(tr("Change"));
    m_table->setFont(keyFont());
    m_table->setPlaceholderText(tr("namespace.table"));
    m_table->setReadOnly(!change.table.empty() && kinds.size() == 1);
    m_column->setEditable(true);
    m_column->setFont(keyFont());
    m_column->setAccessibleName(tr("Column"));
    m_column->setCurrentText(displayText(change.column));
    m_type->setAccessibleName(tr("Type"));
    m_type->setCurrentText(displayText(change.typeName));
    m_columns->setColumns(change.columns);
    m_form->setContentsMargins({});
    m_form->addRow(tr("C&hange"), m_kind);
    m_form->addRow(tr("&Table"), m_table);
    m_form->addRow(tr("Colu&mn"), m_column);
    m_form->addRow(tr("T&ype"), m_type);
    m_form->addRow(m_columns);
    m_keepsRows->setChecked(change.keepsRows);
    m_keepsRows->setToolTip(tr("Where all their cells fit the columns. Indexes are added when the table is there."));
    m_form->addRow(m_keepsRows);
    m_form->setRowVisible(m_keepsRows, change.keepsRows);
    m_form->setRowVisible(m_kind, kinds.size() > 1);
    m_typing.setSingleShot(true);
    m_typing.setInterval(300);
    connect(&m_typing, &QTimer::timeout, this, &SchemaFields::askColumns);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SchemaFields::showFields);
    connect(m_table, &QLineEdit::textChanged, this, [this] {
        m_typing.start();
        Q_EMIT changed();
    });
    connect(m_column, &QComboBox::currentTextChanged, this, &SchemaFields::changed);
    connect(m_type, &QComboBox::currentTextChanged, this, &SchemaFields::changed);
    connect(m_columns, &ColumnEditor::changed, this, &SchemaFields::changed);
    connect(m_keepsRows, &QCheckBox::toggled, this, &SchemaFields::changed);
    showFields();
    askColumns();
}

Kind SchemaFields::kind() const
{
    return static_cast<Kind>(m_kind->currentData().toInt());
}

void SchemaFields::showFields()
{
    const Kind now = kind();
    auto* label = qobject_cast<QLabel*>(m_form->labelForField(m_table));
    label->setText(isOfNamespace(now) ? tr("&Namespace") : tr("&Table"));
    m_table->setAccessibleName(isOfNamespace(now) ? tr("Namespace") : tr("Table"));
    m_table->setPlaceholderText(isOfNamespace(now) ? tr("namespace") : tr("namespace.table"));
    nameNamespace(isOfNamespace(now));
    m_form->setRowVisible(m_column, takesColumn(now));
    m_form->setRowVisible(m_type, takesType(now));
    m_form->setRowVisible(m_columns, now == Kind::CreateTable);
    if (now != Kind::CreateTable) {
        offerFormerRows(false);
    }
    m_typing.start();
    Q_EMIT changed();
}

void SchemaFields::offerFormerRows(bool areThere)
{
    m_form->setRowVisible(m_keepsRows, areThere || (m_keepsRows->isChecked() && kind() == Kind::CreateTable));
}

/// A table's namespace ends at its first dot. Going back to a kind that takes a table brings that back.
void SchemaFields::nameNamespace(bool isNamespace)
{
    const QString text = m_table->text();
    if (isNamespace && text.contains(u'.')) {
        m_namedTable = text;
        m_table->setText(text.section(u'.', 0, 0));
    } else if (!isNamespace && !m_namedTable.isEmpty() && text == m_namedTable.section(u'.', 0, 0)) {
        m_table->setText(m_namedTable);
    }
}

void SchemaFields::focusFirst()
{
    if (m_table->text().isEmpty()) {
        m_table->setFocus();
    } else if (m_kind->count() > 1) {
        m_kind->setFocus();
    } else if (takesColumn(kind())) {
        m_column->setFocus();
    }
}

/// A column that is typed stays as it is.
void SchemaFields::askColumns()
{
    const std::string table = m_table->text().toStdString();
    if (table.empty() || !takesColumn(kind())) {
        return;
    }
    whenReady(this, m_session.schemas().schemaOf(table).answer, [this, table](const Result<TableSchema>& schema) {
        if (!schema || m_table->text().toStdString() != table) {
            return; // the preview says why
        }
        const QString typed = m_column->currentText();
        const QSignalBlocker quiet(m_column);
        m_column->clear();
        for (const TableColumn& column : schema->columns) {
            m_column->addItem(displayText(column.name));
        }
        m_column->setCurrentText(typed);
    });
}

Result<SchemaChange> SchemaFields::change() const
{
    SchemaChange change{kind(), m_table->text().toStdString()};
    if (change.table.empty()) {
        return Error{
            ErrorKind::Input, {}, isOfNamespace(change.kind) ? tr("Name the namespace.") : tr("Name the table.")};
    }
    if (takesColumn(change.kind)) {
        change.column = m_column->currentText().toStdString();
        if (change.column.empty()) {
            return Error{ErrorKind::Input, {}, tr("Name the column.")};
        }
    }
    if (takesType(change.kind)) {
        change.typeName = m_type->currentText().toStdString();
    }
    if (change.kind == Kind::CreateTable) {
        change.columns = m_columns->columns();
        change.keepsRows = m_keepsRows->isChecked();
        if (change.columns.empty()) {
            return Error{ErrorKind::Input, {}, tr("Name a column: a table has at least one.")};
        }
    }
    return change;
}

} // namespace keyglass::ui
