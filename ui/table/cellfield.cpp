// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/cellfield.h"

#include "core/base/bytes.h"
#include "ui/edit/bytesfield.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

namespace keyglass::ui {

CellField::CellField(const TableColumn& column, bool canLeave, QWidget* parent)
    : QWidget(parent)
    , m_choice(new QComboBox(this))
    , m_value(new BytesField(displayText(column.name), this))
{
    m_choice->setAccessibleName(tr("Kind of %1").arg(displayText(column.name)));
    m_choice->addItem(tr("Value"), static_cast<int>(Choice::Value));
    m_choice->addItem(tr("No cell"), static_cast<int>(Choice::None));
    if (canLeave) {
        m_choice->insertItem(0, tr("As it is"), static_cast<int>(Choice::Leave));
        m_choice->setCurrentIndex(0);
    }
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(m_value, 1);
    layout->addWidget(m_choice);
    setFocusProxy(m_value);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &CellField::changed);
    connect(m_value, &QLineEdit::textEdited, this, [this] {
        m_choice->setCurrentIndex(m_choice->findData(static_cast<int>(Choice::Value)));
        Q_EMIT changed();
    });
}

CellField::Choice CellField::choice() const
{
    return static_cast<Choice>(m_choice->currentData().toInt());
}

void CellField::setCell(const std::optional<std::string>& cell)
{
    const QSignalBlocker blocker(m_choice);
    m_choice->setCurrentIndex(m_choice->findData(static_cast<int>(cell ? Choice::Value : Choice::None)));
    m_value->setBytes(cell.value_or(std::string()));
}

Result<std::optional<std::optional<std::string>>> CellField::cell() const
{
    using Cell = std::optional<std::string>;
    switch (choice()) {
    case Choice::Leave:
        return std::optional<Cell>();
    case Choice::None:
        return std::optional<Cell>(Cell());
    case Choice::Value:
        break;
    }
    auto bytes = m_value->bytes();
    if (!bytes) {
        return std::move(bytes).error();
    }
    return std::optional<Cell>(Cell(*std::move(bytes)));
}

} // namespace keyglass::ui
