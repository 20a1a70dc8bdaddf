// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bulk/operationfields.h"

class QPushButton;

namespace keyglass::ui {

/// A file and its format.
class TransferFileFields : public OperationFields {
    Q_OBJECT

protected:
    enum class Use { Write, Read };
    TransferFileFields(Use use, const QString& file, QWidget* parent);
    /// Input where there is none yet.
    [[nodiscard]] Result<QString> file() const;
    [[nodiscard]] TransferFormat format() const;
    void addRow(const QString& text, QWidget* field);

private:
    void browse();
    void fileChanged();
    void formatChanged();
    void showNote();

    const Use m_use;
    QLineEdit* m_file;
    QComboBox* m_format;
    QLabel* m_note;
    bool m_isFollowing = false; ///< One of the two is being set by the other.
};

/// Where keys are written to with their values.
class ExportFields : public TransferFileFields {
    Q_OBJECT

public:
    /// `file`: what stands there at first.
    explicit ExportFields(const QString& file, QWidget* parent = nullptr);
    [[nodiscard]] Result<JobOperation> operation() const override;
};

/// Which file's keys are made, and what is done where one is there already.
class ImportFields : public TransferFileFields {
    Q_OBJECT

public:
    explicit ImportFields(QWidget* parent = nullptr);
    [[nodiscard]] Result<JobOperation> operation() const override;

private:
    QComboBox* m_conflict;
};

} // namespace keyglass::ui
