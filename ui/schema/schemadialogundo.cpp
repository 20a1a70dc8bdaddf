// SPDX-License-Identifier: GPL-3.0-or-later
// What a SchemaDialog does to undo a change.
#include "core/base/errortext.h"
#include "ui/common/whenready.h"
#include "ui/schema/schemadialog.h"
#include "ui/schema/schemawording.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace keyglass::ui {

using Kind = SchemaChange::Kind;

void SchemaDialog::askUndoPreview()
{
    m_passphrase->setEnabled(false);
    say(tr("Looking at the archive and the table…"));
    auto work = m_session.schemas().previewUndo(m_undone);
    m_previewStop = work.stop;
    whenReady(this, work.answer, [this](const Result<UndoPreview>& preview) { take(preview); });
}

/// The archive is sealed: Return, or the button, looks at it with what is typed.
void SchemaDialog::askPassphrase(const UndoPreview& preview)
{
    m_text->setPlainText(sealedText(preview));
    m_run->setText(tr("&Open the archive"));
    m_run->setDefault(true);
    m_passphrase->setFocus();
    m_passphrase->selectAll();
    check();
    say(m_undone.passphrase.isEmpty() ? QString() : preview.refusal);
}

bool SchemaDialog::isSealed() const
{
    return !m_passphrase->isHidden();
}

/// A change that another one undoes is asked for as any change is.
void SchemaDialog::take(const Result<UndoPreview>& preview)
{
    m_passphrase->setEnabled(true);
    m_passphrase->setVisible(preview && preview->needsPassphrase);
    m_passphraseText->setVisible(!m_passphrase->isHidden());
    if (preview && preview->needsPassphrase) {
        askPassphrase(*preview);
        return;
    }
    if (preview && preview->inverse) {
        setWindowTitle(titleOf(preview->inverse->kind));
        m_save->show();
        makeAsking({preview->inverse->kind}, *preview->inverse);
        m_text->setPlainText(undoneByText(*preview));
        return;
    }
    if (preview) {
        m_undoPreview = *preview;
        m_text->setPlainText(undoPreviewText(*preview, m_session.profile().title()));
        m_run->setText(undoButtonOf(preview->plan.change.kind));
    }
    check();
    say(preview ? QString() : errorText(preview.error()));
}

void SchemaDialog::beginUndo(const Archive& archive)
{
    m_isUndo = true;
    m_isOver = false;
    m_undo->hide();
    follow(m_session.schemas().undo(archive, schemaCommands()));
}

void SchemaDialog::offerUndo(const SchemaReport& report)
{
    const bool isOfArchive = report.change.kind == Kind::DropTable || report.change.kind == Kind::DropColumn;
    m_archive = isOfArchive ? report.archiveFile : QString();
    m_inverse = inverseOf({report.change, report.before});
    const bool isDone = report.status == SchemaReport::Status::Done || report.status == SchemaReport::Status::Doubted;
    const bool canUndo = !m_isUndo && (isOfArchive ? !m_archive.isEmpty() : isDone && m_inverse);
    m_undo->setVisible(canUndo);
}

/// From the archive at once; another change is one to be looked at first.
void SchemaDialog::undo()
{
    if (!m_archive.isEmpty()) {
        beginUndo({m_archive});
    } else if (m_inverse) {
        Q_EMIT undoWanted(*m_inverse);
        m_undo->hide();
    }
}

} // namespace keyglass::ui
