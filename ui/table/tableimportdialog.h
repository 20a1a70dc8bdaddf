// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/session/tablesession.h"

#include <QDialog>

#include <stop_token>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace keyglass::ui {

/// A CSV file becomes rows of a table: which field goes to which column, a dry run that says what would happen, line by
/// line where something is wrong, and the import itself.
class TableImportDialog : public QDialog {
    Q_OBJECT

public:
    TableImportDialog(Session& session, TableSchema schema, QString path, QWidget* parent);
    ~TableImportDialog() override; ///< Ends what runs: what was inserted stands.

Q_SIGNALS:
    /// At least one row was inserted.
    void imported(quint64 rows);

private:
    void takeHead(const Result<CsvRecord>& names);
    void check();
    void start(bool isDry);
    void take(const Result<ImportReport>& report, bool isDry);
    [[nodiscard]] Result<ColumnMap> map() const;
    [[nodiscard]] QString reportText(const ImportReport& report, bool isDry) const;

    Session& m_session;
    const TableSchema m_schema;
    const QString m_path;
    std::vector<QComboBox*> m_fields; ///< One for each field of the file.
    std::stop_source m_stop{std::nostopstate};
    bool m_isRunning = false;
    QFormLayout* m_form;
    QLabel* m_problem;
    QCheckBox* m_leavesOut;
    QLineEdit* m_confirm;
    QPlainTextEdit* m_report;
    QProgressBar* m_progress;
    QPushButton* m_dry = nullptr;
    QPushButton* m_import = nullptr;
};

} // namespace keyglass::ui
