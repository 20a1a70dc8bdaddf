// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/schemasession.h"
#include "core/session/session.h"

#include <QDialog>
#include <QTimer>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace keyglass::ui {

/// Checks a table as a job with its report, and repairs what can be: index entries and the counter of ids follow the
/// rows; what would be deleted goes into an undo archive first. Not modal. Lives on the GUI thread.
class TableCheckDialog : public QDialog {
    Q_OBJECT

public:
    /// Begins at once; without a table it asks for one first.
    TableCheckDialog(Session& session, const std::string& table, QWidget* parent);
    ~TableCheckDialog() override; ///< Ends what runs.

    /// What the field begins with where a table is asked for.
    void suggest(const std::string& table);
    void reject() override;

Q_SIGNALS:
    /// Something of the table was repaired.
    void changed(const QString& table);

private:
    void check();
    void checked(const Result<CheckedTable>& found);
    void repair();
    void repaired(const Result<TableRepair>& repair);
    template <typename T, typename Then> void follow(const SchemaWork<T>& work, Then then);
    void tellStage();
    void say(const QString& text);

    Session& m_session;
    std::string m_table;
    QLineEdit* m_name; ///< Of the table, where it is asked for.
    QPlainTextEdit* m_text;
    QCheckBox* m_ghosts;
    QCheckBox* m_leftovers;
    QLabel* m_problem;
    QProgressBar* m_progress;
    QPushButton* m_again;
    QPushButton* m_repair;
    QPushButton* m_cancel;
    std::optional<CheckedTable> m_found;
    QString m_repairText;                       ///< What the last repair has done; shown above what is found then.
    std::shared_ptr<const SchemaStage> m_stage; ///< Null while nothing runs.
    std::stop_source m_stop{std::nostopstate};
    QTimer m_ticking;
};

} // namespace keyglass::ui
