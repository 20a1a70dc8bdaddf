// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/schemasession.h"
#include "core/session/session.h"

#include <QDialog>
#include <QTimer>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace keyglass::ui {

class SchemaFields;
class SchemaOptions;

/// A change of a table's schema from its plan to its report: what is asked, the preview, the user's yes, the progress
/// with its stop, how it went with the schema before and after, and the undo.
///
/// What drops data asks for the table's name, production for the connection's. Not modal: a change may wait for hours.
/// Lives on the GUI thread; goes with its session's page.
class SchemaDialog : public QDialog {
    Q_OBJECT

public:
    using Archive = SchemaSession::Archive;
    /// Asks for one of these changes; `change` is what the fields begin with, its table stays if it is named.
    SchemaDialog(Session& session, std::vector<SchemaChange::Kind> kinds, const SchemaChange& change, QWidget* parent);
    /// The change of a plan that was made elsewhere: the preview shows how the schemas differ.
    SchemaDialog(Session& session, const SchemaPlan& plan, QWidget* parent);
    /// Undoes the change of an undo archive: once its preview was agreed to, or by the change that undoes it.
    SchemaDialog(Session& session, const Archive& archive, QWidget* parent);
    ~SchemaDialog() override; ///< Ends what runs.

    /// Shows it for one change of a table, or what shown() is given; gone once it is closed, and with `life`, whose
    /// session it is. changed() also tells of the undo that follows in a dialog of its own.
    static SchemaDialog* ask(Session& session, const SchemaChange& change, QWidget* parent, QObject* life);
    static SchemaDialog* shown(SchemaDialog* dialog, QObject* life);

    void reject() override;

Q_SIGNALS:
    /// Something of a schema is other than before.
    void changed(const QString& table);
    /// The user wants this change, which undoes what was done, or clears the way: to be asked in a dialog of its own.
    void undoWanted(const keyglass::SchemaChange& change);

private:
    SchemaDialog(Session& session, const QString& title, QWidget* parent);
    void makeAsking(std::vector<SchemaChange::Kind> kinds, const SchemaChange& change);
    void askPreview();
    void lookAgain();
    void askUndoPreview();
    void take(const Result<UndoPreview>& preview);
    void take(const Result<SchemaPreview>& preview);
    void askPassphrase(const UndoPreview& preview);
    [[nodiscard]] bool isSealed() const;
    [[nodiscard]] QString wantedText() const;
    [[nodiscard]] bool isReady() const;
    void check();
    void checkFields();
    void begin();
    void beginUndo(const Archive& archive);
    void follow(const SchemaWork<SchemaReport>& work);
    void tellStage();
    void tellLooking();
    void ended(const Result<SchemaReport>& report);
    void offerUndo(const SchemaReport& report);
    void undo();
    void savePlan();
    void say(const QString& text);
    [[nodiscard]] bool isRunning() const { return m_stage != nullptr; }

    Session& m_session;
    SchemaFields* m_fields = nullptr; ///< Null where there is nothing to ask.
    SchemaOptions* m_options = nullptr;
    QPlainTextEdit* m_text;
    QLabel* m_passphraseText;
    QLineEdit* m_passphrase; ///< Of a sealed archive.
    QLabel* m_confirmText;
    QLineEdit* m_confirm;
    QLabel* m_problem;
    QProgressBar* m_progress;
    QPushButton* m_run;
    QPushButton* m_save;
    QPushButton* m_undo;
    QPushButton* m_clear; ///< Where a former table is in the way.
    QPushButton* m_cancel;

    std::optional<SchemaPlan> m_plan; ///< From a file.
    std::optional<SchemaPreview> m_preview;
    Archive m_undone; ///< What is undone, where that is asked.
    std::optional<UndoPreview> m_undoPreview;
    std::shared_ptr<const SchemaStage> m_stage;   ///< Null while nothing runs.
    std::shared_ptr<const SchemaStage> m_looking; ///< Of the preview that is asked for; null: none.
    std::stop_source m_stop{std::nostopstate};
    std::stop_source m_previewStop{std::nostopstate};
    int m_previewNumber = 0; ///< Late previews are dropped by it.
    bool m_isUndo = false;
    bool m_isOver = false;
    std::optional<SchemaChange> m_inverse;
    QString m_archive;
    QTimer m_typing;
    QTimer m_ticking;
};

} // namespace keyglass::ui
