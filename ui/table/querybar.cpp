// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/querybar.h"

#include "core/base/errortext.h"
#include "ui/table/conditionrow.h"
#include "ui/table/plainrows.h"
#include "ui/table/tablewords.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto stillAfter = 300ms;

} // namespace

QueryBar::QueryBar(QWidget* parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout)
    , m_plan(makeStateLabel(tr("How the query is answered"), this))
{
    m_plan->setWordWrap(true);
    m_plan->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_still.setSingleShot(true);
    m_still.setInterval(stillAfter);
    m_list->setSpacing(4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(m_list);
    layout->addWidget(makeButtons());
    layout->addWidget(m_plan);
    connect(&m_still, &QTimer::timeout, this, [this] {
        if (const auto typed = filter(); typed && !typed->isEmpty()) {
            Q_EMIT forecastWanted(*typed);
        }
    });
}

QWidget* QueryBar::makeButtons()
{
    auto* bar = new QWidget(this);
    m_run = makeBarButton(tr("&Run query"), bar);
    m_stop = makeBarButton(tr("Sto&p query"), bar);
    m_clear = makeBarButton(tr("All r&ows"), bar);
    m_add = makeBarButton(tr("Add con&dition"), bar);
    m_select = makeBarButton(tr("TABLE.&SELECT…"), bar);
    m_stop->hide();
    m_select->setToolTip(tr("Have the module answer the query, while everybody else waits"));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(m_add);
    layout->addWidget(m_run);
    layout->addWidget(m_stop);
    layout->addWidget(m_clear);
    layout->addWidget(m_select);
    layout->addStretch(1);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow();
        m_conditions.back()->takeFocus();
    });
    connect(m_run, &QPushButton::clicked, this, &QueryBar::runWanted);
    connect(m_stop, &QPushButton::clicked, this, &QueryBar::stopWanted);
    connect(m_clear, &QPushButton::clicked, this, &QueryBar::clearWanted);
    connect(m_select, &QPushButton::clicked, this, &QueryBar::selectWanted);
    return bar;
}

void QueryBar::setTable(const TableSchema& schema, std::uint64_t rows)
{
    m_rowCount = rows;
    if (m_schema.table == schema.table && m_schema.columns == schema.columns && !m_conditions.empty()) {
        showPlan();
        return;
    }
    m_schema = schema;
    for (ConditionRow* row : m_conditions) {
        delete row;
    }
    m_conditions.clear();
    addRow();
}

void QueryBar::addRow()
{
    auto* row = new ConditionRow(m_schema, static_cast<int>(m_conditions.size()) + 1, this);
    m_conditions.push_back(row);
    m_list->addWidget(row);
    row->show();
    connect(row, &ConditionRow::changed, this, &QueryBar::follow);
    connect(row, &ConditionRow::runWanted, this, &QueryBar::runWanted);
    connect(row, &ConditionRow::removeWanted, this, [this, row] { removeRow(row); });
    follow();
}

void QueryBar::removeRow(ConditionRow* row)
{
    std::erase(m_conditions, row);
    row->hide();
    row->deleteLater(); // its own button was clicked
    if (m_conditions.empty()) {
        addRow();
    }
    for (std::size_t n = 0; n < m_conditions.size(); ++n) {
        m_conditions[n]->setNumber(static_cast<int>(n) + 1);
    }
    m_conditions.back()->takeFocus();
    follow();
}

Result<RowFilter> QueryBar::filter() const
{
    RowFilter filter;
    for (const ConditionRow* row : m_conditions) {
        auto condition = row->condition();
        if (!condition) {
            return std::move(condition).error();
        }
        if (!*condition) {
            continue; // nothing is typed in it
        }
        if (!filter.isEmpty()) {
            filter.joins.push_back(row->join());
        }
        filter.conditions.push_back(**std::move(condition));
    }
    if (Status good = checkFilter(filter, m_schema); !good) {
        return std::move(good).error();
    }
    return filter;
}

void QueryBar::setFilter(const RowFilter& filter)
{
    while (m_conditions.size() < filter.conditions.size()) {
        addRow();
    }
    for (std::size_t n = 0; n < filter.conditions.size(); ++n) {
        m_conditions[n]->set(n == 0 ? RowFilter::Join::And : filter.joins[n - 1], filter.conditions[n]);
    }
}

void QueryBar::setRunning(bool running)
{
    const bool hadFocus = m_run->hasFocus() || m_stop->hasFocus();
    m_isRunning = running;
    m_run->setVisible(!running);
    m_stop->setVisible(running);
    if (hadFocus) {
        (running ? m_stop : m_run)->setFocus();
    }
    showPlan();
}

void QueryBar::setForecast(const QString& text, bool mayRun)
{
    m_forecast = text;
    m_mayRun = mayRun;
    showPlan();
}

void QueryBar::takeFocus()
{
    if (!m_conditions.empty()) {
        m_conditions.front()->takeFocus();
    }
}

void QueryBar::follow()
{
    m_forecast.clear();
    m_mayRun = false;
    showPlan();
    m_still.start();
}

void QueryBar::showPlan()
{
    const auto typed = filter();
    const bool isUsable = typed && !typed->isEmpty();
    m_run->setEnabled(isUsable);
    m_select->setEnabled(isUsable && m_mayRun && !m_isRunning);
    QString text;
    if (!typed) {
        text = errorText(typed.error());
    } else if (!typed->isEmpty()) {
        text = planText(planQuery(*typed, m_schema), m_rowCount);
        text += m_forecast.isEmpty() ? QString() : u' ' + m_forecast;
    }
    m_plan->setText(text);
    m_plan->setVisible(!text.isEmpty());
}

} // namespace keyglass::ui
