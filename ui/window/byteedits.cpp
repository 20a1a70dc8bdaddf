// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/byteedits.h"

#include "core/base/errortext.h"
#include "core/edit/draftkeeper.h"
#include "core/edit/editform.h"
#include "core/session/session.h"
#include "ui/common/noticebar.h"
#include "ui/common/texts.h"
#include "ui/edit/dialogwords.h"
#include "ui/editor/celleditor.h"
#include "ui/editor/cellsaver.h"
#include "ui/value/cellview.h"
#include "ui/value/hexview.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/seencell.h"

#include <QInputDialog>
#include <QPointer>

#include <utility>

namespace keyglass::ui {

namespace {

EditedCell typedBytes()
{
    EditedCell cell;
    cell.kind = CellKind::StringBytes;
    return cell;
}

/// Where, and before what, the bytes go once the user has heard of what another has written there.
InsertBytes insertedAgain(InsertBytes asked, const Result<EditOutcome>& outcome)
{
    if (!outcome || outcome->status != EditOutcome::Status::Conflict || !outcome->now.length) {
        return asked;
    }
    const auto& there = outcome->now.element;
    const std::string now = there && !there->empty() ? there->front() : std::string();
    if (now.empty()) { // there is nothing any more, or there was nothing: the end is elsewhere
        asked.offset = *outcome->now.length;
    }
    asked.seen = now;
    return asked;
}

} // namespace

ByteEdits::ByteEdits(Session& session, InlineEdits& edits, DraftKeeper& drafts, QWidget* page)
    : QObject(page)
    , m_session(session)
    , m_edits(edits)
    , m_drafts(drafts)
    , m_page(page)
{
}

void ByteEdits::attach(ValuePane& pane)
{
    auto* view = pane.findChild<CellView*>();
    Parts parts;
    parts.pane = &pane;
    parts.hex = view->findChild<HexView*>();
    parts.notice = new NoticeBar(tr("Typed bytes"));
    pane.addBelow(parts.notice);
    m_parts.insert(&pane, parts);
    connect(&pane, &QObject::destroyed, this, [this](QObject* gone) {
        Parts last = m_parts.take(gone);
        release(last);
    });
    connect(view, &CellView::bytesChangeWanted, this,
        [this, &pane](std::uint64_t offset, const QByteArray& seen, const QByteArray& bytes) {
            turnBits(pane, SetStringRange{offset, bytes.toStdString(), seen.toStdString()});
        });
    connect(view, &CellView::bytesInsertWanted, this,
        [this, &pane](std::uint64_t offset, const QByteArray& seen) { askInsertion(pane, offset, seen); });
    connect(parts.hex, &HexView::insertBlocked, this, [this] {
        Q_EMIT said(
            LogLevel::Info, tr("Save the typed bytes (Return) or take them back (Esc) before others are inserted."));
    });
    connect(parts.hex, &HexView::writeWanted, this, [this, &pane] { save(pane); });
    connect(parts.hex, &HexView::changesChanged, this, [this, &pane] { typed(pane); });
    connect(parts.hex, &HexView::changesForgotten, this, [this, &pane] {
        m_parts[&pane].notice->hide();
        release(m_parts[&pane]); // the draft stays
        Q_EMIT said(LogLevel::Info, tr("Typed bytes that were not saved are kept as a draft."));
        Q_EMIT dirtyChanged(&pane);
    });
}

QString ByteEdits::whyNot(const ValuePane& pane) const
{
    const auto& head = pane.head();
    const QString why = m_edits.whyNotNow();
    const bool isString = head && head->type == KeyType::String;
    return isString || !why.isEmpty() ? why : tr("Bytes can be changed in place in strings only.");
}

void ByteEdits::send(const ValuePane& pane, const EditAction& action,
    const std::function<void(const Result<EditOutcome>& outcome, const QString& words)>& take)
{
    auto* saver = new CellSaver(m_session, m_page); // of its own: several panes may write at a time
    saver->send(editOf(seenKey(*pane.head()), action),
        [this, saver, take](const KeyEdit& sent, const Result<EditOutcome>& outcome) {
            saver->deleteLater();
            const bool isDone = outcome && outcome->status == EditOutcome::Status::Done;
            take(outcome, isDone ? QString() : saver->words(sent, outcome));
            if (isDone) {
                Q_EMIT edited(sent, *outcome);
            }
        });
}

// --- bits, and bytes that are put in

void ByteEdits::turnBits(ValuePane& pane, const EditAction& action)
{
    if (const QString why = whyNot(pane); !why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    send(pane, action, [this, shown = QPointer(&pane)](const Result<EditOutcome>&, const QString& words) {
        if (!words.isEmpty()) {
            Q_EMIT said(LogLevel::Warning, words);
            if (shown) {
                shown->reload(); // what is there now
            }
        }
    });
}

/// `typed`, `problem`: what was typed before, and why that could not be put in.
void ByteEdits::askInsertion(
    ValuePane& pane, std::uint64_t offset, const QByteArray& seen, const QString& typed, const QString& problem)
{
    if (const QString why = whyNot(pane); !why.isEmpty() && typed.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    const QString asked = seen.isEmpty()
        ? tr("Hex digits of the bytes to append, like 00 ff 4a:")
        : tr("Hex digits of the bytes to insert before byte %1, like 00 ff 4a:").arg(numberText(offset));
    auto* dialog = new QInputDialog(m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Insert bytes"));
    dialog->setLabelText(problem.isEmpty() ? asked : problem + QStringLiteral("\n\n") + asked);
    dialog->setOkButtonText(tr("Insert"));
    dialog->setTextValue(typed);
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, shown = QPointer(&pane), offset, seen](const QString& text) {
            if (shown) {
                insert(*shown, offset, seen, text);
            }
        });
    connect(&pane, &QObject::destroyed, dialog, &QObject::deleteLater);
    dialog->open();
}

void ByteEdits::insert(ValuePane& pane, std::uint64_t offset, const QByteArray& seen, const QString& typed)
{
    const auto bytes = bytesOf({EditForm::Hex, typed.toStdString(), false});
    const QString why = bytes ? whyNot(pane) : errorText(bytes.error());
    if (!why.isEmpty()) {
        Q_EMIT said(LogLevel::Warning, why);
        askInsertion(pane, offset, seen, typed, why);
        return;
    }
    if (bytes->empty()) {
        return;
    }
    send(pane, InsertBytes{offset, *bytes, seen.toStdString()},
        [this, shown = QPointer(&pane), offset, seen, typed](const Result<EditOutcome>& outcome, const QString& words) {
            if (words.isEmpty()) {
                return;
            }
            Q_EMIT said(LogLevel::Warning, words);
            if (shown) {
                shown->reload(); // what is there now
                const InsertBytes again = insertedAgain({offset, {}, seen.toStdString()}, outcome);
                askInsertion(*shown, again.offset, QByteArray::fromStdString(again.seen), typed, words);
            }
        });
}

// --- what is typed over

bool ByteEdits::isDirty(const QWidget* pane) const
{
    const auto found = m_parts.constFind(pane);
    return found != m_parts.constEnd() && found->hex->hasChanges();
}

std::vector<ValuePane*> ByteEdits::dirtyPanes() const
{
    std::vector<ValuePane*> panes;
    for (const Parts& parts : m_parts) {
        if (parts.hex->hasChanges()) {
            panes.push_back(parts.pane);
        }
    }
    return panes;
}

/// Each change goes to the draft at once: its keeper writes the newest only, on a thread of its own.
void ByteEdits::typed(ValuePane& pane)
{
    Parts& parts = m_parts[&pane];
    if (parts.hex->hasChanges() && m_session.profile().readOnly) {
        if (parts.draft) { // of what was typed before
            parts.hex->forgetChanges();
        } else {
            parts.hex->setChanges({}); // nothing that could be written once something else is put right
        }
        Q_EMIT said(LogLevel::Info, whyNot(pane));
        return;
    }
    if (parts.hex->hasChanges()) {
        if (!parts.draft && !pane.head()) {
            parts.hex->setChanges({}); // another key is being opened: these bytes are not its own
            return;
        }
        if (!parts.draft) {
            parts.draft = CellEditor::draftKey(m_session, pane.head()->key);
            parts.draftText = std::make_shared<std::string>();
            takeEarlier(parts);
            m_drafts.claim(*parts.draft, typedBytes());
        }
        Draft draft;
        draft.key = *parts.draft;
        draft.cell = typedBytes();
        draft.text.text = parts.hex->changes().text();
        *parts.draftText = draft.text.text;
        draft.time = std::chrono::system_clock::now();
        m_drafts.keep(std::move(draft));
    } else {
        parts.notice->hide();
        if (parts.draft) {
            m_drafts.remove(*parts.draft, typedBytes());
        }
        release(parts);
    }
    Q_EMIT dirtyChanged(&pane);
}

/// There is one draft of a value's bytes: what is in it already goes on in it, or typing elsewhere would lose it.
void ByteEdits::takeEarlier(Parts& parts)
{
    for (const Draft& draft : m_drafts.of(*parts.draft)) {
        const auto earlier = draft.cell.kind == CellKind::StringBytes ? HexChanges::fromText(draft.text.text)
                                                                      : std::optional<HexChanges>();
        if (earlier && !earlier->isEmpty()) {
            parts.hex->addEarlier(*earlier);
            Q_EMIT said(LogLevel::Info,
                tr("The bytes that were kept as a draft stand here again, with those that are typed now."));
        }
    }
}

void ByteEdits::release(Parts& parts)
{
    parts.draftText.reset();
    if (const auto draft = std::exchange(parts.draft, std::nullopt)) {
        m_drafts.release(*draft, typedBytes());
    }
}

void ByteEdits::save(ValuePane& pane, const std::function<void(bool)>& then)
{
    const Then told = then ? then : [](bool) { };
    Parts& parts = m_parts[&pane];
    if (!parts.hex->hasChanges() || parts.isSaving) {
        told(!parts.hex->hasChanges());
        return;
    }
    if (const QString why = whyNot(pane); !why.isEmpty()) {
        parts.notice->say(NoticeBar::Level::Warning, tr("The typed bytes stay here, unsaved. %1").arg(why),
            {{tr("Try again"), [this, &pane] { save(pane); }},
                {tr("Go on editing"), [notice = parts.notice] { notice->hide(); }}});
        told(false);
        return;
    }
    parts.notice->hide();
    parts.isSaving = true;
    sendNext(pane, told);
}

/// Each stretch without gaps is one edit.
void ByteEdits::sendNext(ValuePane& pane, const Then& then)
{
    const Parts& now = m_parts[&pane];
    const std::vector<HexChanges::Stretch> all = now.hex->changes().stretches();
    const HexChanges::Stretch& stretch = all.front();
    const Sent sent{now.draft, now.draftText, now.hex->changes().text(), all.size() == 1};
    send(pane, SetStringRange{stretch.offset, stretch.now, stretch.seen},
        [this, shown = QPointer(&pane), stretch, sent, then](const Result<EditOutcome>& outcome, const QString& words) {
            if (!shown || m_parts[shown.data()].draftText != sent.draftText) {
                bool isOpenAgain = false;
                if (shown) {
                    m_parts[shown.data()].isSaving = false;
                    isOpenAgain = m_parts[shown.data()].draft == sent.draft;
                }
                takeLate(sent, words, isOpenAgain);
                then(words.isEmpty() && sent.isLast);
                return;
            }
            Parts& parts = m_parts[shown.data()];
            if (!words.isEmpty()) {
                parts.isSaving = false;
                refused(*shown, stretch, outcome, words);
                then(false);
                return;
            }
            parts.hex->written(stretch);
            parts.isSaving = parts.hex->hasChanges() && whyNot(*shown).isEmpty();
            if (parts.isSaving) {
                sendNext(*shown, then);
            } else {
                then(!parts.hex->hasChanges());
            }
        });
}

/// The bytes were left while they were saved: nothing of them is here any more but their draft.
/// Where something was typed anew since then, the draft is that one's.
void ByteEdits::takeLate(const Sent& sent, const QString& words, bool isOpenAgain)
{
    if (!words.isEmpty()) {
        Q_EMIT said(LogLevel::Warning, words);
    } else if (sent.isLast && !isOpenAgain && sent.draft && sent.draftText && *sent.draftText == sent.text) {
        m_drafts.remove(*sent.draft, typedBytes()); // all of it is written
    }
}

/// What is typed stays; what another has written there is shown around it, and can be overwritten by who knows of it.
void ByteEdits::refused(
    ValuePane& pane, const HexChanges::Stretch& stretch, const Result<EditOutcome>& outcome, const QString& words)
{
    const Parts parts = m_parts[&pane];
    const bool isConflict = outcome && outcome->status == EditOutcome::Status::Conflict;
    const auto now = isConflict && outcome->now.element && !outcome->now.element->empty()
        ? std::optional(outcome->now.element->front())
        : std::nullopt;
    std::vector<NoticeBar::Button> buttons;
    QString text = words + u' ' + tr("The typed bytes stay here, unsaved.");
    if (now && now->size() >= stretch.now.size()) {
        text += u' ' + tr("There is now: %1").arg(shownBytes(*now));
        buttons.push_back({tr("Overwrite"), [this, &pane, hex = parts.hex, offset = stretch.offset, bytes = *now] {
                               hex->seeAgain(offset, bytes);
                               save(pane);
                           }});
    } else {
        buttons.push_back({tr("Try again"), [this, &pane] { save(pane); }});
    }
    buttons.push_back({tr("Discard"), [this, &pane] { discard(pane); }});
    buttons.push_back({tr("Go on editing"), [parts] {
                           parts.notice->hide();
                           parts.hex->setFocus();
                       }});
    parts.notice->say(NoticeBar::Level::Warning, text, std::move(buttons));
    Q_EMIT said(LogLevel::Warning, words);
    if (isConflict) {
        pane.reload();
    }
}

void ByteEdits::discard(ValuePane& pane)
{
    m_parts[&pane].hex->takeBack();
}

void ByteEdits::keepAsDraft(ValuePane& pane)
{
    m_parts[&pane].hex->forgetChanges();
}

void ByteEdits::leave(ValuePane& pane, const std::function<void()>& then)
{
    const Parts parts = m_parts[&pane];
    if (!parts.hex->hasChanges()) {
        then();
        return;
    }
    const auto saved = [then](bool isSaved) {
        if (isSaved) {
            then();
        }
    };
    parts.notice->say(NoticeBar::Level::Warning, tr("The typed bytes are not saved."),
        {{tr("Save"), [this, &pane, saved] { save(pane, saved); }},
            {tr("Discard"),
                [this, &pane, then] {
                    discard(pane);
                    then();
                }},
            {tr("Keep as draft"),
                [this, &pane, then] {
                    keepAsDraft(pane);
                    then();
                }},
            {tr("Go on editing"), [parts] {
                 parts.notice->hide();
                 parts.hex->setFocus();
             }}});
}

void ByteEdits::restore(ValuePane& pane, const Draft& draft)
{
    auto changes = HexChanges::fromText(draft.text.text);
    if (!changes || changes->isEmpty()) {
        m_drafts.remove(draft.key, draft.cell);
        Q_EMIT said(LogLevel::Warning, tr("The draft of the typed bytes is damaged and can't be restored."));
        return;
    }
    auto* view = pane.findChild<CellView*>();
    view->setDecoders({false, {}}); // it is of the bytes as they are stored
    view->setFormat(FormatChoice::Hex);
    const Parts parts = m_parts[&pane];
    parts.hex->setChanges(*std::move(changes));
    parts.hex->setFocus();
}

void ByteEdits::renamed(const std::string& from, const std::string& to)
{
    for (Parts& parts : m_parts) {
        if (parts.draft && parts.pane->key() == from) {
            m_drafts.remove(*parts.draft, typedBytes());
            m_drafts.release(*parts.draft, typedBytes());
            parts.draft = CellEditor::draftKey(m_session, to);
            m_drafts.claim(*parts.draft, typedBytes());
            typed(*parts.pane);
        }
    }
}

} // namespace keyglass::ui
