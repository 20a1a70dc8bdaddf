// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/columneditor.h"

#include "core/base/bytes.h"
#include "ui/common/fonts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

enum Part { Name, Type, Index, Parts };

} // namespace

QComboBox* makeTypeBox(QWidget* parent)
{
    auto* box = new QComboBox(parent);
    for (const char* type : {"string", "integer", "float", "date"}) { // the module's words
        box->addItem(QLatin1String(type));
    }
    return box;
}

ColumnEditor::ColumnEditor(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QTableWidget(0, Parts, this))
{
    m_rows->setHorizontalHeaderLabels({tr("Column"), tr("Type"), tr("Index")});
    m_rows->setAccessibleName(tr("Columns"));
    m_rows->setFont(keyFont());
    m_rows->verticalHeader()->hide();
    m_rows->horizontalHeader()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_rows->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_rows->setTabKeyNavigation(false);
    auto* add = new QPushButton(tr("Add co&lumn"), this);
    auto* remove = new QPushButton(tr("&Remove column"), this);
    for (QPushButton* button : {add, remove}) {
        button->setAutoDefault(false);
    }
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_rows, 1);
    layout->addLayout(buttons);
    connect(m_rows, &QTableWidget::itemChanged, this, &ColumnEditor::changed);
    connect(add, &QPushButton::clicked, this, [this] {
        addRow({{}, "string", false});
        m_rows->setCurrentCell(m_rows->rowCount() - 1, Name);
        m_rows->setFocus();
    });
    connect(remove, &QPushButton::clicked, this, &ColumnEditor::removeRow);
    setMinimumHeight(170);
    setColumns({});
}

void ColumnEditor::addRow(const TableColumn& column)
{
    const int row = m_rows->rowCount();
    m_rows->insertRow(row);
    m_rows->setItem(row, Name, new QTableWidgetItem(displayText(column.name)));
    auto* type = makeTypeBox(m_rows);
    type->setCurrentText(displayText(column.typeName));
    type->setAccessibleName(tr("Type of column %1").arg(row + 1));
    auto* index = new QCheckBox(m_rows);
    index->setChecked(column.isIndexed);
    index->setAccessibleName(tr("Index on column %1").arg(row + 1));
    m_rows->setCellWidget(row, Type, type);
    m_rows->setCellWidget(row, Index, index);
    connect(type, &QComboBox::currentTextChanged, this, &ColumnEditor::changed);
    connect(index, &QCheckBox::toggled, this, &ColumnEditor::changed);
    Q_EMIT changed();
}

void ColumnEditor::removeRow()
{
    if (m_rows->rowCount() > 1) {
        m_rows->removeRow(std::max(0, m_rows->currentRow()));
        Q_EMIT changed();
    }
}

std::vector<TableColumn> ColumnEditor::columns() const
{
    std::vector<TableColumn> columns;
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        const auto* name = m_rows->item(row, Name);
        const auto* type = qobject_cast<const QComboBox*>(m_rows->cellWidget(row, Type));
        const auto* index = qobject_cast<const QCheckBox*>(m_rows->cellWidget(row, Index));
        if (name && type && index && !name->text().isEmpty()) {
            columns.push_back({name->text().toStdString(), type->currentText().toStdString(), index->isChecked()});
        }
    }
    return columns;
}

void ColumnEditor::setColumns(const std::vector<TableColumn>& columns)
{
    m_rows->setRowCount(0);
    for (const TableColumn& column : columns) {
        addRow(column);
    }
    if (columns.empty()) {
        addRow({{}, "string", false});
    }
}

} // namespace keyglass::ui
