// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/condition.h"
#include "core/table/tableschema.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace keyglass::ui {

class ConditionRow;

/// Builds a query of conditions, and says how it will be answered.
class QueryBar : public QWidget {
    Q_OBJECT

public:
    explicit QueryBar(QWidget* parent = nullptr);

    /// Another table, or other columns: one empty condition. `rows`: how many there are.
    void setTable(const TableSchema& schema, std::uint64_t rows);
    /// What is typed. Input where it can't be used; empty where nothing is.
    [[nodiscard]] Result<RowFilter> filter() const;
    void setFilter(const RowFilter& filter);
    /// A query runs: it can be stopped instead.
    void setRunning(bool running);
    /// Behind the sentence about indexes; empty: nothing is known of TABLE.SELECT.
    void setForecast(const QString& text, bool mayRun);
    void takeFocus();

Q_SIGNALS:
    void runWanted();
    void stopWanted();
    /// Show all rows again.
    void clearWanted();
    void selectWanted();
    /// The conditions stand still for a moment: what TABLE.SELECT would do can be asked.
    void forecastWanted(const keyglass::RowFilter& filter);

private:
    void addRow();
    void removeRow(ConditionRow* row);
    void follow();
    void showPlan();
    [[nodiscard]] QWidget* makeButtons();

    TableSchema m_schema;
    std::uint64_t m_rowCount = 0;
    std::vector<ConditionRow*> m_conditions;
    QString m_forecast;
    bool m_isRunning = false;
    bool m_mayRun = false;
    QTimer m_still;
    QVBoxLayout* m_list;
    QLabel* m_plan;
    QPushButton* m_add = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_clear = nullptr;
    QPushButton* m_select = nullptr;
};

} // namespace keyglass::ui
