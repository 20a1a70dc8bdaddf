// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/fieldrows.h"

#include "ui/edit/bytesfield.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr int fieldWidth = 150;
constexpr int mostRowsShown = 5; ///< More are scrolled.
constexpr int firstNumber = 2;   ///< The first field stands before these.

} // namespace

FieldRows::FieldRows(QWidget* parent)
    : QWidget(parent)
    , m_area(new QScrollArea(this))
    , m_add(new QPushButton(tr("Add &another field"), this))
{
    auto* rows = new QWidget;
    m_layout = new QVBoxLayout(rows);
    m_layout->setContentsMargins({});
    m_layout->setSpacing(4);
    m_area->setWidget(rows);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_add->setAutoDefault(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(m_area);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, &FieldRows::addRow);
    settle();
}

void FieldRows::addRow()
{
    auto* widget = new QWidget(m_area->widget());
    const Row row{
        widget, new BytesField({}, widget), new BytesField({}, widget), new QPushButton(tr("Remove"), widget)};
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins({});
    for (BytesField* each : {row.field, row.value}) {
        each->setMinimumWidth(fieldWidth);
        connect(each, &QLineEdit::textChanged, this, &FieldRows::changed);
        layout->addWidget(each, 1);
    }
    row.field->setPlaceholderText(tr("Field"));
    row.value->setPlaceholderText(tr("Value"));
    row.remove->setAutoDefault(false);
    layout->addWidget(row.remove);
    connect(row.remove, &QPushButton::clicked, this, [this, widget] { removeRow(widget); });
    m_layout->addWidget(widget);
    m_rows.push_back(row);
    settle();
    row.field->setFocus();
    Q_EMIT changed();
}

void FieldRows::removeRow(const QWidget* widget)
{
    const auto found = std::ranges::find(m_rows, widget, &Row::widget);
    if (found == m_rows.end()) {
        return;
    }
    const Row row = *found;
    const auto next = m_rows.erase(found);
    (next != m_rows.end() ? static_cast<QWidget*>(next->field) : m_add)->setFocus();
    row.widget->hide();
    m_layout->removeWidget(row.widget);
    row.widget->deleteLater(); // its button is still being clicked
    settle();
    Q_EMIT changed();
}

void FieldRows::settle()
{
    int number = firstNumber;
    for (const Row& row : m_rows) {
        row.field->setAccessibleName(tr("Field %1").arg(number));
        row.value->setAccessibleName(tr("Value %1").arg(number));
        row.remove->setAccessibleName(tr("Remove field %1").arg(number));
        ++number;
    }
    const int shown = std::min(static_cast<int>(m_rows.size()), mostRowsShown);
    const int height = shown == 0 ? 0 : m_rows.front().widget->sizeHint().height();
    m_area->setFixedHeight(shown * height + std::max(shown - 1, 0) * m_layout->spacing());
    m_area->setVisible(shown > 0);
}

QJsonArray FieldRows::typed() const
{
    QJsonArray rows;
    for (const Row& row : m_rows) {
        rows.append(QJsonArray{row.field->text(), row.value->text()});
    }
    return rows;
}

void FieldRows::retype(const QJsonArray& rows)
{
    while (!m_rows.empty()) {
        removeRow(m_rows.back().widget);
    }
    for (const QJsonValue& row : rows) {
        addRow();
        m_rows.back().field->setText(row[0].toString());
        m_rows.back().value->setText(row[1].toString());
    }
}

Result<FieldValues> FieldRows::fields() const
{
    FieldValues all;
    for (const Row& row : m_rows) {
        auto field = row.field->bytes();
        auto value = row.value->bytes();
        if (!field || !value) {
            return field ? std::move(value).error() : std::move(field).error();
        }
        all.emplace_back(*std::move(field), *std::move(value));
    }
    return all;
}

} // namespace keyglass::ui
