// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemareport.h"

#include <QWidget>

class QCheckBox;
class QDateTimeEdit;
class QSpinBox;

namespace keyglass::ui {

/// When a change of a schema begins, what is saved around it, and whether what it drops can be brought back.
class SchemaOptions : public QWidget {
    Q_OBJECT

public:
    explicit SchemaOptions(QWidget* parent = nullptr);

    [[nodiscard]] SchemaWait wait() const;
    [[nodiscard]] SchemaSaves saves() const;
    [[nodiscard]] bool archives() const;
    /// Whether the change drops something that is archived.
    void setDrops(bool drops);

private:
    QCheckBox* m_atTime;
    QDateTimeEdit* m_time;
    QCheckBox* m_atQuiet;
    QSpinBox* m_below;
    QSpinBox* m_seconds;
    QCheckBox* m_rdbBefore;
    QCheckBox* m_aofBefore;
    QCheckBox* m_rdbAfter;
    QCheckBox* m_aofAfter;
    QCheckBox* m_archives;
};

} // namespace keyglass::ui
