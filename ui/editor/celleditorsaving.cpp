// SPDX-License-Identifier: GPL-3.0-or-later
// How an edit of a cell gets to the server, what becomes of it where another was there first, and its draft.
#include "core/base/errortext.h"
#include "core/edit/draftkeeper.h"
#include "core/edit/textmerge.h"
#include "core/session/session.h"
#include "ui/common/noticebar.h"
#include "ui/edit/dialogwords.h"
#include "ui/editor/celleditor.h"
#include "ui/editor/cellsaver.h"
#include "ui/editor/codeeditor.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPointer>

#include <utility>

namespace keyglass::ui {

void CellEditor::save(std::function<void(bool)> then)
{
    const Then told = then ? std::move(then) : [](bool) { };
    if (!m_subject || m_saver->isSending()) {
        told(!m_subject);
        return;
    }
    m_isComplaining = false;
    auto bytes = bytesOf(current());
    if (bytes && *bytes == m_subject->cell.seen) {
        dropDraft();
        m_isChangedBefore = false;
        m_text->setUnmodified();
        tellDirty();
        told(true);
        return;
    }
    if (m_hasMarks && hasMergeMarks(m_text->text())) {
        m_notice->say(NoticeBar::Level::Warning,
            tr("Places that both have changed are still marked with <<<<<<< and >>>>>>>."),
            {{tr("Save with the marks"),
                 [this, told] {
                     m_hasMarks = false;
                     save(told);
                 }},
                {tr("Go on editing"), [this] { m_notice->hide(); }}});
        told(false);
        return;
    }
    const auto action = bytes ? replacing(m_subject->cell, *bytes) : Result<EditAction>(bytes.error());
    if (!action) {
        complain(action.error());
        told(false);
        return;
    }
    send(editOf(m_subject->key, *action), *std::move(bytes), told);
}

void CellEditor::send(const KeyEdit& edit, std::string bytes, const Then& then)
{
    keepDraft(); // also where the line, or the program, ends in the middle
    m_notice->hide();
    hideTheirs();
    m_sentBytes = std::move(bytes);
    m_sentRevision = m_revision;
    m_saver->send(edit, [this, then](const KeyEdit& sent, const Result<EditOutcome>& outcome) {
        if (m_subject) {
            take(sent, outcome, then);
        }
    });
    updateSaving();
}

void CellEditor::take(const KeyEdit& sent, const Result<EditOutcome>& outcome, const Then& then)
{
    updateSaving();
    const auto status = outcome ? outcome->status : EditOutcome::Status::NotDone;
    if (outcome && status == EditOutcome::Status::Done) {
        done(sent, *outcome);
    } else if (outcome && status == EditOutcome::Status::Conflict) {
        showConflict(sent, *outcome);
    } else if (outcome && status == EditOutcome::Status::Gone) {
        showGone(sent, *outcome);
    } else {
        m_notice->say(NoticeBar::Level::Warning, m_saver->words(sent, outcome),
            {{tr("Try again"), [this] { save(); }}, {tr("Go on editing"), [this] { m_notice->hide(); }}});
    }
    then(outcome && status == EditOutcome::Status::Done);
}

void CellEditor::done(const KeyEdit& sent, const EditOutcome& outcome)
{
    dropDraft();
    unclaim();
    m_subject->cell = reseen(std::move(m_subject->cell), m_sentBytes);
    if (outcome.now.isExpiryKnown) {
        m_subject->key.expiry = SeenExpiry{outcome.now.expiresAt};
    }
    m_drafts.claim(m_draftKey, m_subject->cell);
    m_hasMarks = false;
    const bool isAllSaved = m_revision == m_sentRevision;
    m_isChangedBefore = !isAllSaved;
    if (isAllSaved) {
        m_text->setUnmodified();
    } else {
        m_draftTimer.start(); // what was typed meanwhile
    }
    tellDirty();
    check();
    Q_EMIT saved(sent, outcome);
}

// --- where another was there first

void CellEditor::showConflict(const KeyEdit& sent, const EditOutcome& outcome)
{
    const auto theirs = contentNow(m_subject->cell, outcome.now);
    std::vector<NoticeBar::Button> buttons;
    if (theirs && canMerge(*theirs)) {
        buttons.push_back({tr("Merge"), [this, text = *theirs] { merge(text); }});
    }
    if (overwriting(sent, outcome.now)) {
        buttons.push_back({tr("Overwrite"), [this, now = outcome.now] { overwrite(now); }});
    }
    if (theirs) {
        buttons.push_back({tr("Reload"), [this, text = *theirs] { takeTheirs(text); }});
        const EditText shown = editTextOf(*theirs, m_form);
        m_theirs->setReadOnly(false);
        m_theirs->setText(shown.text, shown.form);
        m_theirs->setReadOnly(true);
        m_theirsSide->show();
    }
    buttons.push_back({tr("Go on editing"), [this] {
                           m_notice->hide();
                           hideTheirs();
                       }});
    m_notice->say(NoticeBar::Level::Warning, m_saver->words(sent, outcome), std::move(buttons));
}

void CellEditor::showGone(const KeyEdit& sent, const EditOutcome& outcome)
{
    std::vector<NoticeBar::Button> buttons;
    if (makingAnew(m_subject->cell, {})) {
        buttons.push_back({tr("Make it anew"), [this] {
                               auto bytes = bytesOf(current());
                               const auto action = bytes ? makingAnew(m_subject->cell, *bytes) : std::nullopt;
                               if (action) {
                                   send(KeyEdit{m_subject->key.key, *action}, *std::move(bytes), [](bool) { });
                               }
                           }});
    }
    buttons.push_back({tr("Go on editing"), [this] { m_notice->hide(); }});
    m_notice->say(NoticeBar::Level::Warning, m_saver->words(sent, outcome), std::move(buttons));
}

/// Still compared, with what the user has seen of theirs.
void CellEditor::overwrite(const KeyNow& now)
{
    auto bytes = bytesOf(current());
    const auto action = bytes ? replacing(m_subject->cell, *bytes) : Result<EditAction>(bytes.error());
    const auto edit = action ? overwriting(editOf(m_subject->key, *action), now) : std::nullopt;
    if (edit) {
        send(*edit, *std::move(bytes), [](bool) { });
    }
}

/// Theirs in place of the text, as one step: undoing it brings back what was typed.
void CellEditor::takeTheirs(const std::string& theirs)
{
    m_subject->cell = reseen(std::move(m_subject->cell), theirs);
    const EditText text = editTextOf(theirs, m_form);
    m_notice->hide();
    hideTheirs();
    m_isChangedBefore = false;
    m_isCompact = text.isCompact;
    if (text.form == m_form) {
        m_text->replaceText(text.text);
        m_text->setUnmodified();
    } else {
        m_form = text.form;
        m_text->setText(text.text, m_form);
    }
    dropDraft();
    updateBar();
    check();
    tellDirty();
}

bool CellEditor::canMerge(const std::string& theirs) const
{
    const bool isText = m_form != EditForm::Escaped && m_form != EditForm::Hex;
    return isText && m_subject->cell.kind != CellKind::Score && isEditableText(theirs);
}

void CellEditor::merge(const std::string& theirs)
{
    const auto lines = [this](const std::string& bytes) {
        return m_isCompact ? laidOut(bytes, EditForm::Json).value_or(bytes) : bytes;
    };
    const MergedText merged = mergeLines(lines(m_subject->cell.seen), m_text->text(), lines(theirs),
        {tr("my edit").toStdString(), tr("what is there now").toStdString()});
    m_subject->cell = reseen(std::move(m_subject->cell), theirs);
    m_isChangedBefore = true;
    m_hasMarks = merged.conflicts > 0;
    hideTheirs();
    m_text->replaceText(merged.text);
    if (m_hasMarks) {
        m_text->goTo(merged.text.find("<<<<<<< "));
        m_notice->say(NoticeBar::Level::Warning,
            merged.conflicts == 1
                ? tr("Merged. One place that both have changed is marked: leave what is to stay, then save.")
                : tr("Merged. %1 places that both have changed are marked: leave what is to stay, then save.")
                      .arg(merged.conflicts),
            {{tr("Go on editing"), [this] { m_notice->hide(); }}});
    } else {
        m_notice->say(NoticeBar::Level::Info, tr("Merged: both changes are in the text. Save it when it is right."),
            {{tr("Go on editing"), [this] { m_notice->hide(); }}});
    }
    m_text->setFocus();
    m_draftTimer.start();
    tellDirty();
}

void CellEditor::hideTheirs()
{
    m_theirsSide->hide();
}

// --- drafts

DraftKey CellEditor::draftKey(const Session& session, const std::string& key)
{
    const Profile& profile = session.profile();
    const KeyName name = session.nameOf(key);
    return {(profile.id.isEmpty() ? profile.address() : profile.id).toStdString(), name.database, name.key};
}

void CellEditor::keepDraft()
{
    m_draftTimer.stop();
    if (!isDirty()) {
        dropDraft(); // undone to what it was
        return;
    }
    const auto told = [editor = QPointer(this)](const Status& written) {
        QMetaObject::invokeMethod(qApp, [editor, written] {
            if (editor) {
                editor->draftWritten(written);
            }
        });
    };
    m_drafts.keep({m_draftKey, m_subject->cell, current(), std::chrono::system_clock::now()}, told);
}

void CellEditor::draftWritten(const Status& written)
{
    if (!isDirty()) {
        return;
    }
    m_draftState = written ? tr("draft kept at %1").arg(QLocale().toString(QTime::currentTime(), QLocale::ShortFormat))
                           : tr("the draft can't be kept: %1").arg(errorText(written.error()));
    check();
}

void CellEditor::dropDraft()
{
    m_draftTimer.stop();
    m_draftState.clear();
    if (m_subject) {
        m_drafts.remove(m_draftKey, m_subject->cell);
    }
}

void CellEditor::unclaim()
{
    if (m_subject) {
        m_drafts.release(m_draftKey, m_subject->cell);
    }
}

} // namespace keyglass::ui
