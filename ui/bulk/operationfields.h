// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/joboperation.h"
#include "core/session/jobtarget.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace keyglass::ui {

/// The fields of one kind of operation.
/// Its focus proxy, where it has one, is the field to begin with.
class OperationFields : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;
    /// Input with why where the fields can't be used yet.
    [[nodiscard]] virtual Result<JobOperation> operation() const = 0;
    /// Of a copy.
    [[nodiscard]] virtual std::optional<JobTarget> target() const { return std::nullopt; }

Q_SIGNALS:
    void changed();
};

/// Deleting needs none.
class DeleteFields : public OperationFields {
    Q_OBJECT

public:
    using OperationFields::OperationFields;
    [[nodiscard]] Result<JobOperation> operation() const override { return JobOperation(DeleteKeys{}); }
};

/// In how long, how much longer, at most how long; or none at all.
class ExpiryFields : public OperationFields {
    Q_OBJECT

public:
    explicit ExpiryFields(QWidget* parent = nullptr);
    [[nodiscard]] Result<JobOperation> operation() const override;

private:
    void show();

    QComboBox* m_mode;
    QSpinBox* m_number;
    QComboBox* m_unit;
    QDateTimeEdit* m_end; ///< In local time.
    QLabel* m_jitterLabel;
    QSpinBox* m_jitter;
};

/// What names begin with and what that becomes, or a regular expression.
class RenameFields : public OperationFields {
    Q_OBJECT

public:
    /// `prefix`: what all keys begin with.
    explicit RenameFields(const std::string& prefix, QWidget* parent = nullptr);
    [[nodiscard]] Result<JobOperation> operation() const override;

private:
    [[nodiscard]] bool isRegex() const;

    QComboBox* m_kind;
    QLineEdit* m_from;
    QLineEdit* m_to;
    QComboBox* m_collision;
};

} // namespace keyglass::ui
