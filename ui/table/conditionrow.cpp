// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/conditionrow.h"

#include "core/base/bytes.h"
#include "ui/edit/bytesfield.h"
#include "ui/table/tablewords.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>

namespace keyglass::ui {

namespace {

constexpr int joinWidth = 64;
constexpr int leastValueWidth = 120;

/// In the order of Condition::Test.
QStringList testTexts()
{
    return {QStringLiteral("="), QStringLiteral(">"), QStringLiteral("<"), QStringLiteral("≥"), QStringLiteral("≤"),
        ConditionRow::tr("is empty"), ConditionRow::tr("is missing")};
}

/// What a value of such a column looks like.
QString exampleOf(const TableColumn& column)
{
    switch (column.type()) {
    case ColumnType::Integer:
        return QStringLiteral("42");
    case ColumnType::Float:
        return QStringLiteral("9.50");
    case ColumnType::Date:
        return QStringLiteral("2024-01-31");
    case ColumnType::String:
        break;
    }
    return ConditionRow::tr("text");
}

} // namespace

ConditionRow::ConditionRow(const TableSchema& schema, int number, QWidget* parent)
    : QWidget(parent)
    , m_schema(schema)
    , m_join(new QComboBox(this))
    , m_column(new QComboBox(this))
    , m_test(new QComboBox(this))
    , m_value(new BytesField(tr("Value"), this))
    , m_remove(new QToolButton(this))
{
    m_join->addItems({tr("AND"), tr("OR")});
    m_join->setFixedWidth(joinWidth);
    for (const TableColumn& column : m_schema.columns) {
        m_column->addItem(tr("%1 · %2").arg(displayText(column.name), typeText(column)));
    }
    m_test->addItems(testTexts());
    m_value->setMinimumWidth(leastValueWidth);
    m_remove->setText(QStringLiteral("×"));
    m_remove->setToolTip(tr("Remove this condition"));
    m_remove->setAutoRaise(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(m_join);
    layout->addWidget(m_column);
    layout->addWidget(m_test);
    layout->addWidget(m_value, 1);
    layout->addWidget(m_remove);
    setNumber(number);
    followColumn();
    connect(m_join, &QComboBox::currentIndexChanged, this, &ConditionRow::changed);
    connect(m_test, &QComboBox::currentIndexChanged, this, [this] {
        m_value->setEnabled(hasValue());
        Q_EMIT changed();
    });
    connect(m_column, &QComboBox::currentIndexChanged, this, [this] {
        followColumn();
        Q_EMIT changed();
    });
    connect(m_value, &QLineEdit::textChanged, this, &ConditionRow::changed);
    connect(m_value, &QLineEdit::returnPressed, this, &ConditionRow::runWanted);
    connect(m_remove, &QToolButton::clicked, this, &ConditionRow::removeWanted);
}

/// Names carry the number, so that the fields of several conditions are told apart.
void ConditionRow::setNumber(int number)
{
    m_join->setVisible(number > 1);
    m_join->setAccessibleName(tr("Join %1").arg(number));
    m_column->setAccessibleName(tr("Column %1").arg(number));
    m_test->setAccessibleName(tr("Test %1").arg(number));
    m_value->setAccessibleName(tr("Value %1").arg(number));
    m_remove->setAccessibleName(tr("Remove condition %1").arg(number));
}

void ConditionRow::followColumn()
{
    const int at = m_column->currentIndex();
    m_value->setPlaceholderText(at < 0 ? QString() : exampleOf(m_schema.columns[static_cast<std::size_t>(at)]));
}

RowFilter::Join ConditionRow::join() const
{
    return m_join->currentIndex() == 1 ? RowFilter::Join::Or : RowFilter::Join::And;
}

bool ConditionRow::hasValue() const
{
    return Condition{{}, static_cast<Condition::Test>(m_test->currentIndex())}.hasValue();
}

Result<std::optional<Condition>> ConditionRow::condition() const
{
    const int column = m_column->currentIndex();
    if (column < 0 || (hasValue() && m_value->text().isEmpty())) {
        return std::optional<Condition>();
    }
    if (!hasValue()) { // what may still stand in the field is of another test
        return std::optional(Condition{m_schema.columns[static_cast<std::size_t>(column)].name,
            static_cast<Condition::Test>(m_test->currentIndex())});
    }
    auto value = m_value->bytes();
    if (!value) {
        return std::move(value).error();
    }
    return std::optional(Condition{m_schema.columns[static_cast<std::size_t>(column)].name,
        static_cast<Condition::Test>(m_test->currentIndex()), *std::move(value)});
}

void ConditionRow::set(RowFilter::Join join, const Condition& condition)
{
    m_join->setCurrentIndex(join == RowFilter::Join::Or ? 1 : 0);
    if (const auto place = m_schema.place(condition.column)) {
        m_column->setCurrentIndex(static_cast<int>(*place));
    }
    m_test->setCurrentIndex(static_cast<int>(condition.test));
    m_value->setBytes(condition.value);
}

void ConditionRow::takeFocus()
{
    hasValue() ? m_value->setFocus() : m_test->setFocus();
}

} // namespace keyglass::ui
