// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bulk/operationfields.h"

namespace keyglass::ui {

/// One field of hashes and its value.
class SetFieldFields : public OperationFields {
    Q_OBJECT

public:
    explicit SetFieldFields(QWidget* parent = nullptr);
    [[nodiscard]] Result<JobOperation> operation() const override;

private:
    QLineEdit* m_field;
    QLineEdit* m_value;
};

/// A command for each key.
class TemplateFields : public OperationFields {
    Q_OBJECT

public:
    explicit TemplateFields(QWidget* parent = nullptr);
    [[nodiscard]] Result<JobOperation> operation() const override;

private:
    QLineEdit* m_command;
};

/// An operation of a plan that was saved: told, and not to be changed.
class PlanFields : public OperationFields {
    Q_OBJECT

public:
    explicit PlanFields(JobOperation operation, QWidget* parent = nullptr);
    [[nodiscard]] Result<JobOperation> operation() const override { return m_operation; }

private:
    const JobOperation m_operation;
};

} // namespace keyglass::ui
