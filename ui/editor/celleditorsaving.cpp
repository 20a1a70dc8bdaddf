// SPDX-License-Identifier: GPL-3.0-or-later
// How an edit of a cell gets to the server, what becomes of it where another was there first, and its draft.
#include "core/base/errortext.h"
#include "core/edit/draftkeeper.h"
#include "core/edit/textmerge.h"
#include "core/session/session.h"
#include "ui/common/noticebar.h"
#include "ui/edit/dialogwords.h"
#include "ui/editor/cellcoding.h"
#include "ui/editor/celleditor.h"
#include "ui/editor/cellsaver.h"
#include "ui/editor/codeeditor.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLocale>
#include <QPointer>

#include <utility>

namespace keyglass::ui {

void CellEditor::save(std::function<void(bool)> then)
{
    const Then told = then ? std::move(then) : [](bool) { };
    if (!m_subject || m_saver->isSending() || m_coding->isBusy()) {
        told(!m_subject);
        return;
    }
    m_isComplaining = false;
    const auto content = bytesOf(current());
    if (content && *content == m_subject->content()) {
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
    encodeAndSend(replacingSeen(), told);
}

CellEditor::MakeEdit CellEditor::replacingSeen() const
{
    return [this](std::string stored) -> Result<KeyEdit> {
        const auto action = replacing(m_subject->cell, std::move(stored));
        return action ? Result<KeyEdit>(editOf(m_subject->key, *action)) : Result<KeyEdit>(action.error());
    };
}

/// What stands in the text by now, through the decoders; nothing is sent where they can't write it.
void CellEditor::encodeAndSend(const MakeEdit& makeEdit, const Then& then)
{
    auto content = bytesOf(current());
    if (!content) {
        complain(content.error());
        then(false);
        return;
    }
    m_sentRevision = m_revision;
    m_sentContent = *std::move(content);
    m_coding->encode(m_subject->decoders, m_sentContent, m_subject->cell.seen,
        [this, makeEdit, then](const Result<std::string>& stored) {
            const auto edit = stored ? makeEdit(*stored) : Result<KeyEdit>(stored.error());
            updateSaving();
            if (edit) {
                m_sentBytes = *stored;
                sendBytes(*edit, then);
            } else {
                complain(edit.error());
                then(false);
            }
        });
    updateSaving();
}

void CellEditor::sendBytes(const KeyEdit& edit, const Then& then)
{
    keepDraft(); // also where the line, or the program, ends in the middle
    m_notice->hide();
    hideTheirs();
    m_sentEditing = m_editing;
    m_saver->send(edit,
        [this, then, draft = m_draftKey, cell = m_subject->cell](
            const KeyEdit& sent, const Result<EditOutcome>& outcome) {
            if (m_subject && m_sentEditing == m_editing) {
                take(sent, outcome, then);
                return;
            }
            takeLate(sent, outcome, draft, cell);
            then(false); // it would go on with what is edited now
        });
    updateSaving();
}

/// The cell was left while it was saved: what is edited now, if anything, is another one and stays as it is.
void CellEditor::takeLate(
    const KeyEdit& sent, const Result<EditOutcome>& outcome, const DraftKey& draft, const EditedCell& cell)
{
    updateSaving();
    if (!outcome || outcome->status != EditOutcome::Status::Done) {
        Q_EMIT leftUnsaved(m_saver->words(sent, outcome));
        return;
    }
    if (m_isLeftAsSent) {
        m_drafts.remove(draft, cell);
    }
    Q_EMIT saved(sent, *outcome);
}

void CellEditor::take(const KeyEdit& sent, const Result<EditOutcome>& outcome, const Then& then)
{
    updateSaving();
    const auto status = outcome ? outcome->status : EditOutcome::Status::NotDone;
    if (outcome && status == EditOutcome::Status::Done) {
        done(sent, *outcome);
    } else if (outcome && status == EditOutcome::Status::Conflict) {
        decodeTheirs(*outcome,
            [this, sent, now = *outcome](const std::optional<Theirs>& theirs) { showConflict(sent, now, theirs); });
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
    see(contentNow(m_subject->cell, outcome.now).value_or(m_sentBytes), m_subject->decoders, m_sentContent);
    if (outcome.now.isExpiryKnown) {
        m_subject->key.expiry = SeenExpiry{outcome.now.expiresAt};
    }
    m_subject->cell = asOf(std::move(m_subject->cell), outcome.now);
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

void CellEditor::edited(const KeyEdit& edit, const EditOutcome& outcome)
{
    if (!m_subject || m_subject->key.key != edit.key) {
        return;
    }
    const bool isOfKey =
        std::holds_alternative<SetExpiry>(edit.action) || std::holds_alternative<ClearExpiry>(edit.action);
    if (isOfKey && outcome.now.isExpiryKnown) {
        m_subject->key.expiry = SeenExpiry{outcome.now.expiresAt};
    }
    EditedCell& cell = m_subject->cell;
    const auto* ofField = std::get_if<SetFieldExpiry>(&edit.action);
    if (ofField && cell.kind == CellKind::HashValue && cell.name == ofField->field) {
        const auto* at = ofField->expiry ? std::get_if<ExpiryTime>(&*ofField->expiry) : nullptr;
        cell.end = at ? std::optional(*at) : std::nullopt;
        cell.isEndKnown = at || !ofField->expiry; // of a duration the server knows when it ends, to the millisecond
    }
}

// --- where another was there first

/// The cell as it was last seen, which the next edit of it is compared with.
void CellEditor::see(std::string stored, const DecoderStack& decoders, std::string content)
{
    m_subject->cell = reseen(std::move(m_subject->cell), std::move(stored));
    m_subject->decoders = decoders;
    m_subject->decoded = decoders.isEmpty() ? nullptr : std::make_shared<const std::string>(std::move(content));
}

void CellEditor::decodeTheirs(const EditOutcome& outcome, const std::function<void(const std::optional<Theirs>&)>& then)
{
    const auto stored = contentNow(m_subject->cell, outcome.now);
    if (!stored || m_subject->decoders.isEmpty()) {
        then(stored ? std::optional(Theirs{*stored, {}, *stored}) : std::nullopt);
        return;
    }
    m_coding->decode(m_subject->decoders, *stored, [this, then, bytes = *stored](const Result<std::string>& content) {
        updateSaving();
        if (content) {
            then(Theirs{bytes, m_subject->decoders, *content});
        } else {
            then(Theirs{bytes, {}, bytes, content.error().subject + QStringLiteral(": ") + content.error().detail});
        }
    });
}

void CellEditor::showConflict(const KeyEdit& sent, const EditOutcome& outcome, const std::optional<Theirs>& theirs)
{
    std::vector<NoticeBar::Button> buttons;
    if (theirs && canMerge(*theirs)) {
        buttons.push_back({tr("Merge"), [this, seen = *theirs, now = outcome.now] {
                               m_subject->cell = asOf(std::move(m_subject->cell), now);
                               merge(seen);
                           }});
    }
    if (overwriting(sent, outcome.now)) {
        buttons.push_back({tr("Overwrite"), [this, now = outcome.now] { overwrite(now); }});
    }
    if (theirs) {
        buttons.push_back({tr("Reload"), [this, seen = *theirs, now = outcome.now] {
                               m_subject->cell = asOf(std::move(m_subject->cell), now);
                               takeTheirs(seen);
                           }});
        showTheirs(*theirs);
    } else {
        buttons.push_back({tr("Discard and reload"), [this] {
                               discard();
                               Q_EMIT reloadWanted();
                           }});
    }
    buttons.push_back({tr("Go on editing"), [this] {
                           m_notice->hide();
                           hideTheirs();
                       }});
    m_notice->say(NoticeBar::Level::Warning, m_saver->words(sent, outcome), std::move(buttons));
}

void CellEditor::showTheirs(const Theirs& theirs)
{
    const bool isAsStored = !theirs.whyAsStored.isEmpty();
    const EditText shown = editTextOf(theirs.content, isAsStored ? guessForm(theirs.content) : m_form);
    m_theirsHeading->setText(
        isAsStored ? tr("What is there now, as it is stored (%1)").arg(theirs.whyAsStored) : tr("What is there now"));
    m_theirs->setReadOnly(false);
    m_theirs->setText(shown.text, shown.form);
    m_theirs->setReadOnly(true);
    m_theirsSide->show();
}

void CellEditor::showGone(const KeyEdit& sent, const EditOutcome& outcome)
{
    const auto anew = [this](std::string stored) -> Result<KeyEdit> {
        const auto action = makingAnew(m_subject->cell, std::move(stored));
        return action ? Result<KeyEdit>(KeyEdit{m_subject->key.key, *action})
                      : Result<KeyEdit>(Error{ErrorKind::Unsupported, m_subject->title, {}});
    };
    std::vector<NoticeBar::Button> buttons;
    if (makingAnew(m_subject->cell, {})) {
        buttons.push_back({tr("Make it anew"), [this, anew] { encodeAndSend(anew, [](bool) { }); }});
    }
    buttons.push_back({tr("Go on editing"), [this] { m_notice->hide(); }});
    m_notice->say(NoticeBar::Level::Warning, m_saver->words(sent, outcome), std::move(buttons));
}

/// Still compared, with what the user has seen of theirs.
void CellEditor::overwrite(const KeyNow& now)
{
    m_subject->cell = asOf(std::move(m_subject->cell), now);
    const auto over = [make = replacingSeen(), now](std::string stored) -> Result<KeyEdit> {
        const auto edit = make(std::move(stored));
        const auto overwritten = edit ? overwriting(*edit, now) : std::nullopt;
        return overwritten ? Result<KeyEdit>(*overwritten) : edit;
    };
    encodeAndSend(over, [](bool) { });
}

/// Theirs in place of the text, as one step: undoing it brings back what was typed. Not where it is read another way,
/// for what was typed would then be saved another way, too.
void CellEditor::takeTheirs(const Theirs& theirs)
{
    const bool isReadTheSame = theirs.decoders == m_subject->decoders;
    see(theirs.stored, theirs.decoders, theirs.content);
    const EditText text = editTextOf(theirs.content, isReadTheSame ? m_form : guessForm(theirs.content));
    m_notice->hide();
    hideTheirs();
    m_isChangedBefore = false;
    m_isCompact = text.isCompact;
    if (text.form == m_form && isReadTheSame) {
        m_text->replaceText(text.text);
        m_text->setUnmodified();
    } else {
        m_form = text.form;
        m_text->setText(text.text, m_form);
    }
    dropDraft();
    showTitle();
    updateBar();
    check();
    tellDirty();
}

bool CellEditor::canMerge(const Theirs& theirs) const
{
    const bool isText = m_form != EditForm::Escaped && m_form != EditForm::Hex;
    return isText && m_subject->cell.kind != CellKind::Score && theirs.decoders == m_subject->decoders
        && isEditableText(theirs.content);
}

void CellEditor::merge(const Theirs& theirs)
{
    const auto lines = [this](const std::string& bytes) {
        return m_isCompact ? laidOut(bytes, EditForm::Json).value_or(bytes) : bytes;
    };
    const MergedText merged = mergeLines(lines(m_subject->content()), m_text->text(), lines(theirs.content),
        {tr("my edit").toStdString(), tr("what is there now").toStdString()});
    see(theirs.stored, theirs.decoders, theirs.content);
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
    m_drafts.keep(
        {m_draftKey, m_subject->cell, current(), std::chrono::system_clock::now(), m_subject->decoders.names()}, told);
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
