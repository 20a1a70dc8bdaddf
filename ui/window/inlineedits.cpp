// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/inlineedits.h"

#include "core/base/errortext.h"
#include "core/edit/editcoding.h"
#include "core/session/session.h"
#include "ui/common/whenready.h"
#include "ui/editor/cellcoding.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editstrip.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/byteedits.h"
#include "ui/window/keytabs.h"
#include "ui/window/seencell.h"

#include <QKeyEvent>
#include <QPointer>

#include <algorithm>
#include <memory>
#include <utility>

namespace keyglass::ui {

namespace {

/// What a key would put into a text; empty for those that move, or are shortcuts.
QString typedText(const QKeyEvent& press)
{
    const bool isPlain = (press.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) == 0;
    const QString text = press.text();
    return isPlain && !text.isEmpty() && text.front().isPrint() ? text : QString();
}

bool isOf(const CellEditor& editor, const ShownCell& shown)
{
    const auto& subject = editor.subject();
    return subject && subject->key.key == shown.key.key && cellId(subject->cell) == cellId(shown.cell);
}

/// The decoders that an edit of the cell goes through; a score is a number.
DecoderStack shownThrough(const ValuePane& pane, const ShownCell& shown)
{
    const auto* view = pane.findChild<CellView*>();
    return view != nullptr && shown.cell.kind != CellKind::Score ? view->shownDecoders() : DecoderStack();
}

QString whyNotDecoded(const DecoderStack& decoders)
{
    const QString layer = decoders.oneWayLayer();
    return layer.isEmpty()
        ? QString()
        : InlineEdits::tr("Shown through %1, of which %2 can be read here, not written.").arg(decoders.title(), layer);
}

} // namespace

InlineEdits::InlineEdits(Session& session, DraftKeeper& drafts, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_drafts(drafts)
{
}

void InlineEdits::setTabs(KeyTabs* tabs)
{
    m_tabs = tabs;
}

void InlineEdits::setBytes(ByteEdits* bytes)
{
    m_bytes = bytes;
    connect(bytes, &ByteEdits::dirtyChanged, this, [this](ValuePane* pane) {
        if (m_tabs && m_bytes->isDirty(pane)) {
            m_tabs->keep(*pane);
        }
        markTab(*pane);
        if (m_bytes->isDirty(pane)) {
            m_parts.value(pane).strip->noDraft(); // none is looked for with each digit
        } else {
            offerDraft(*pane);
        }
    });
}

void InlineEdits::attach(ValuePane& pane)
{
    const Parts parts{new CellEditor(m_session, m_drafts), new EditStrip, new CellCoding(&pane)};
    pane.setEditor(parts.editor, parts.strip);
    m_parts.insert(&pane, parts);
    connect(&pane, &QObject::destroyed, this, [this](QObject* gone) { m_parts.remove(gone); });
    connect(parts.strip, &EditStrip::editWanted, this, [this, &pane] { edit(pane); });
    connect(parts.strip, &EditStrip::storedEditWanted, this, [this, &pane] { edit(pane, Start{{}, Of::Stored}); });
    connect(&pane, &ValuePane::shownChanged, this, [this, &pane] { follow(pane); });
    connect(&pane, &ValuePane::headChanged, this, [this, &pane] { offerDraft(pane); });
    connect(&m_session, &Session::stateChanged, &pane, [this, &pane] { showReason(pane); });
    connect(parts.editor, &CellEditor::saved, this, &InlineEdits::edited);
    connect(parts.editor, &CellEditor::reloadWanted, &pane, &ValuePane::reload);
    connect(parts.editor, &CellEditor::leftUnsaved, this,
        [this](const QString& why) { Q_EMIT said(LogLevel::Warning, why); });
    connect(parts.editor, &CellEditor::dirtyChanged, this, [this, &pane] { markTab(pane); });
    connect(parts.editor, &CellEditor::ended, this, [this, &pane, parts] {
        pane.showEditor(false);
        parts.strip->show();
        offerDraft(pane);
    });
    if (auto* view = pane.findChild<CellView*>()) {
        connect(view, &CellView::decodedAnew, this, [this, &pane] { showReason(pane); });
    }
    if (auto* view = pane.findChild<TextEditor*>()) {
        QWidget* keys = view->focusProxy();
        keys->installEventFilter(this);
        m_views.insert(keys, &pane);
        connect(keys, &QObject::destroyed, this, [this](QObject* gone) { m_views.remove(gone); });
    }
}

CellEditor* InlineEdits::editorOf(const QWidget* pane) const
{
    return m_parts.value(pane).editor;
}

bool InlineEdits::canSave(const QWidget* pane) const
{
    return isDirty(pane);
}

bool InlineEdits::isDirty(const QWidget* pane) const
{
    const CellEditor* editor = editorOf(pane);
    return (editor && editor->isDirty()) || (m_bytes && m_bytes->isDirty(pane));
}

// --- beginning

/// Typing into a value that is only read begins the edit of it.
bool InlineEdits::eventFilter(QObject* watched, QEvent* event)
{
    ValuePane* pane = m_views.value(watched);
    if (pane && event->type() == QEvent::KeyPress) {
        const auto* press = static_cast<QKeyEvent*>(event);
        if (const QString text = typedText(*press); !text.isEmpty() || press->matches(QKeySequence::Paste)) {
            edit(*pane, Start{text});
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

QString InlineEdits::whyNotNow() const
{
    if (m_session.profile().readOnly) {
        return tr("This connection is read-only.");
    }
    if (m_session.state() != SessionState::Connected) {
        return tr("There is no connection.");
    }
    return {};
}

void InlineEdits::edit(ValuePane& pane, const Start& how)
{
    auto shown = shownCell(pane);
    CellEditor* editor = editorOf(&pane);
    if (!shown || !editor) {
        Q_EMIT said(LogLevel::Info, tr("Select what to edit first."));
        return;
    }
    if (isOf(*editor, *shown)) {
        if (how.content) {
            editor->replaceContent(*how.content);
        }
        editor->setFocus();
        return;
    }
    QString why = shown->whyNot.isEmpty() ? whyNotNow() : shown->whyNot;
    if (why.isEmpty() && how.of == Of::Shown) {
        why = whyNotDecoded(shownThrough(pane, *shown));
    }
    if (!why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    if (editor->isEditing()) {
        editor->leave([this, guarded = QPointer(&pane), again = Start{{}, how.of, how.content}] {
            if (guarded) {
                edit(*guarded, again);
            }
        });
        return;
    }
    if (!asksForDraft(pane, *shown)) {
        begin(pane, *std::move(shown), how);
    }
}

void InlineEdits::begin(ValuePane& pane, ShownCell shown, const Start& how)
{
    CellEditor::Subject subject{shown.key, std::move(shown.cell), shown.title};
    if (shown.isWhole) {
        decode(pane, std::move(subject), how);
        return;
    }
    whenReady(&pane, m_session.loadValueSlice(contentRequest(shown)),
        [this, &pane, subject, how](const Result<std::string>& bytes) mutable {
            if (!bytes) {
                Q_EMIT said(LogLevel::Error, errorText(bytes.error()));
                return;
            }
            if (goesOn(pane, subject)) {
                subject.cell.seen = *bytes;
                decode(pane, std::move(subject), how);
            }
        });
}

/// Whether what is to be edited is still what is shown.
bool InlineEdits::goesOn(ValuePane& pane, const CellEditor::Subject& subject) const
{
    const auto now = shownCell(pane);
    return now && now->key.key == subject.key.key && !editorOf(&pane)->isEditing();
}

/// What the view has decoded is taken as it is; what was read since then is decoded once more.
void InlineEdits::decode(ValuePane& pane, CellEditor::Subject subject, const Start& how)
{
    const auto* view = pane.findChild<CellView*>();
    if (how.of == Of::Shown && subject.cell.kind != CellKind::Score && view != nullptr) {
        subject.decoders = view->shownDecoders();
    }
    if (subject.decoders.isEmpty()) {
        start(pane, subject, how);
        return;
    }
    if (view->content()->isWhole() && *view->content()->beginning() == subject.cell.seen) {
        subject.decoded = view->decodedContent();
        if (subject.decoded->size() <= longestDecodedEdit.value) {
            start(pane, subject, how);
            return;
        }
    }
    m_parts.value(&pane).coding->decode(
        subject.decoders, subject.cell.seen, [this, &pane, subject, how](const Result<std::string>& content) mutable {
            if (!content) {
                Q_EMIT said(LogLevel::Error, errorText(content.error()));
            } else if (goesOn(pane, subject)) {
                subject.decoded = std::make_shared<const std::string>(*content);
                start(pane, subject, how);
            }
        });
}

void InlineEdits::start(ValuePane& pane, const CellEditor::Subject& subject, const Start& how)
{
    const Parts parts = m_parts.value(&pane);
    parts.editor->begin(subject);
    const auto* view = pane.findChild<TextEditor*>();
    const bool isSamePlace = view && parts.editor->text().takePlaceOf(view->focusProxy());
    pane.showEditor(true);
    parts.strip->hide();
    if (how.content) {
        parts.editor->replaceContent(*how.content);
    } else if (!how.typed.isEmpty() && isSamePlace) {
        parts.editor->text().type(how.typed);
    }
    parts.editor->setFocus();
    if (m_tabs) {
        m_tabs->keep(pane);
    }
}

void InlineEdits::editedElsewhere(const KeyEdit& edit, const EditOutcome& outcome)
{
    for (const Parts& parts : std::as_const(m_parts)) {
        parts.editor->edited(edit, outcome);
    }
}

// --- following what is shown

/// What is edited stays where it is until it is saved or left; a text that nobody has changed makes way at once.
void InlineEdits::follow(ValuePane& pane)
{
    showReason(pane);
    CellEditor* editor = editorOf(&pane);
    const auto shown = shownCell(pane);
    if (editor->isEditing() && shown && !isOf(*editor, *shown)) {
        editor->leave({});
    }
}

void InlineEdits::showReason(ValuePane& pane)
{
    const auto shown = shownCell(pane);
    EditStrip& strip = *m_parts.value(&pane).strip;
    const QString why = shown && !shown->whyNot.isEmpty() ? shown->whyNot : whyNotNow();
    const QString ofDecoders = shown && why.isEmpty() ? whyNotDecoded(shownThrough(pane, *shown)) : QString();
    strip.setReason(why.isEmpty() ? ofDecoders : why, !ofDecoders.isEmpty());
}

void InlineEdits::markTab(const ValuePane& pane)
{
    if (m_tabs && m_parts.contains(&pane)) {
        m_tabs->setEdited(pane, isDirty(&pane));
    }
    Q_EMIT situationChanged();
}

} // namespace keyglass::ui
