// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/undonotice.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/session/bulkjob.h"
#include "ui/common/whenready.h"

namespace keyglass::ui {

namespace {

/// The user's yes to the undo is one to what it takes.
const std::vector<std::string> renameCommands{"RENAME", "RENAMENX"};

} // namespace

UndoNotice::UndoNotice(Session& session, QWidget* parent)
    : NoticeBar(tr("Undo"), parent)
    , m_session(session)
{
    hide();
}

void UndoNotice::follow(const KeyEdit& edit, const EditOutcome& outcome)
{
    const auto* rename = std::get_if<RenameKey>(&edit.action);
    const KeyName name = m_session.nameOf(edit.key);
    const KeyName lost{rename ? rename->to : name.key, name.database};
    const std::string key = m_session.listName(lost);
    if (outcome.archiveFile.isEmpty()) {
        if (key == m_key || edit.key == m_key) {
            hide(); // it is another key by now
        }
        return;
    }
    m_key = key;
    const QString text = rename ? tr("%1 was overwritten. What it was is kept in the undo archive.")
                                : tr("%1 was deleted. It is kept in the undo archive.");
    const auto undoIt = [this, file = outcome.archiveFile, lost, isRename = rename != nullptr, from = name.key] {
        hide();
        if (isRename) {
            renameBack(file, lost, from);
        } else {
            undo(file, lost.key);
        }
    };
    say(Level::Info, text.arg(displayText(lost.key)), {{tr("Undo"), undoIt}, {tr("Close"), [this] { hide(); }}});
}

/// What has the name now gets its old one again; only then there is room.
void UndoNotice::renameBack(const QString& archiveFile, const KeyName& lost, const std::string& from)
{
    const KeyEdit back{m_session.listName(lost), RenameKey{from, false}};
    whenReady(this, m_session.edit(back, renameCommands),
        [this, back, archiveFile, key = lost.key](const Result<EditOutcome>& outcome) {
            if (outcome && outcome->status == EditOutcome::Status::Done) {
                Q_EMIT edited(back, *outcome);
                undo(archiveFile, key);
            } else {
                Q_EMIT said(LogLevel::Error, outcome ? outcomeText(back, *outcome) : errorText(outcome.error()));
            }
        });
}

void UndoNotice::undo(const QString& archiveFile, const std::string& key)
{
    UndoChoice choice;
    choice.keys = {key};
    const auto job = m_session.addUndo(archiveFile, std::move(choice));
    if (!job) {
        Q_EMIT said(LogLevel::Error, errorText(job.error()));
        return;
    }
    (*job)->run(undoCommands());
}

} // namespace keyglass::ui
