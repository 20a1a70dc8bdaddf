// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/inlineedits.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/edit/draftkeeper.h"
#include "core/session/session.h"
#include "ui/common/whenready.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editstrip.h"
#include "ui/value/cellview.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/keytabs.h"
#include "ui/window/seencell.h"

#include <QKeyEvent>
#include <QLocale>
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

QString clockText(std::chrono::system_clock::time_point time)
{
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(since);
    return at.date() == QDate::currentDate() ? QLocale().toString(at.time(), QLocale::ShortFormat)
                                             : QLocale().toString(at, QLocale::ShortFormat);
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

void InlineEdits::attach(ValuePane& pane)
{
    const Parts parts{new CellEditor(m_session, m_drafts), new EditStrip};
    pane.setEditor(parts.editor, parts.strip);
    m_parts.insert(&pane, parts);
    connect(&pane, &QObject::destroyed, this, [this](QObject* gone) { m_parts.remove(gone); });
    connect(parts.strip, &EditStrip::editWanted, this, [this, &pane] { edit(pane); });
    connect(&pane, &ValuePane::shownChanged, this, [this, &pane] { follow(pane); });
    connect(&pane, &ValuePane::headChanged, this, [this, &pane] { offerDraft(pane); });
    connect(&m_session, &Session::stateChanged, &pane, [this, &pane] { showReason(pane); });
    connect(parts.editor, &CellEditor::saved, this, &InlineEdits::edited);
    connect(parts.editor, &CellEditor::dirtyChanged, this, [this, &pane] { markTab(pane); });
    connect(parts.editor, &CellEditor::ended, this, [this, &pane, parts] {
        pane.showEditor(false);
        parts.strip->show();
        offerDraft(pane);
    });
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
    const CellEditor* editor = editorOf(pane);
    return editor && editor->isDirty();
}

// --- beginning

/// Typing into a value that is only read begins the edit of it.
bool InlineEdits::eventFilter(QObject* watched, QEvent* event)
{
    ValuePane* pane = m_views.value(watched);
    if (pane && event->type() == QEvent::KeyPress) {
        const auto* press = static_cast<QKeyEvent*>(event);
        if (const QString text = typedText(*press); !text.isEmpty() || press->matches(QKeySequence::Paste)) {
            edit(*pane, text);
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

void InlineEdits::edit(ValuePane& pane, const QString& typed)
{
    auto shown = shownCell(pane);
    CellEditor* editor = editorOf(&pane);
    if (!shown || !editor) {
        Q_EMIT said(LogLevel::Info, tr("Select what to edit first."));
        return;
    }
    if (isOf(*editor, *shown)) {
        editor->setFocus();
        return;
    }
    const QString why = shown->whyNot.isEmpty() ? whyNotNow() : shown->whyNot;
    if (!why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    if (editor->isEditing()) {
        editor->leave([this, guarded = QPointer(&pane)] {
            if (guarded) {
                edit(*guarded);
            }
        });
        return;
    }
    begin(pane, *std::move(shown), typed);
}

void InlineEdits::begin(ValuePane& pane, ShownCell shown, const QString& typed)
{
    CellEditor::Subject subject{shown.key, std::move(shown.cell), shown.title};
    if (shown.isWhole) {
        start(pane, subject, typed);
        return;
    }
    whenReady(&pane, m_session.loadValueSlice(contentRequest(shown)),
        [this, &pane, subject, typed](const Result<std::string>& bytes) mutable {
            if (!bytes) {
                Q_EMIT said(LogLevel::Error, errorText(bytes.error()));
                return;
            }
            const auto now = shownCell(pane);
            if (!now || now->key.key != subject.key.key || editorOf(&pane)->isEditing()) {
                return; // the user went on
            }
            subject.cell.seen = *bytes;
            start(pane, subject, typed);
        });
}

void InlineEdits::start(ValuePane& pane, const CellEditor::Subject& subject, const QString& typed)
{
    const Parts parts = m_parts.value(&pane);
    parts.editor->begin(subject);
    const auto* view = pane.findChild<TextEditor*>();
    const bool isSamePlace = view && parts.editor->text().takePlaceOf(view->focusProxy());
    sayWhatIsEdited(pane);
    pane.showEditor(true);
    parts.strip->hide();
    if (!typed.isEmpty() && isSamePlace) {
        parts.editor->text().type(typed);
    }
    parts.editor->setFocus();
    if (m_tabs) {
        m_tabs->keep(pane);
    }
}

/// An edit is one of the stored bytes, also where the value is shown as what its decoders made of it.
void InlineEdits::sayWhatIsEdited(const ValuePane& pane)
{
    const auto* view = pane.findChild<CellView*>();
    if (view != nullptr && !view->shownDecoders().isEmpty()) {
        Q_EMIT said(LogLevel::Info,
            tr("This value is shown decoded (%1). What is edited are its bytes as they are stored.")
                .arg(view->shownDecoders().title()));
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
    m_parts.value(&pane).strip->setReason(shown && !shown->whyNot.isEmpty() ? shown->whyNot : whyNotNow());
}

void InlineEdits::offerDraft(ValuePane& pane)
{
    const Parts parts = m_parts.value(&pane);
    const auto& head = pane.head();
    if (!head || parts.editor->isEditing()) {
        return;
    }
    const auto drafts = m_drafts.of(CellEditor::draftKey(m_session, head->key));
    if (drafts.empty()) {
        parts.strip->noDraft();
        return;
    }
    const Draft& draft = drafts.front();
    const QString time = clockText(draft.time);
    const QString what = draft.cell.kind == CellKind::HashValue || draft.cell.kind == CellKind::Score
        ? tr("An unsaved edit of %1, of %2, was kept.").arg(displayText(draft.cell.name), time)
        : tr("An unsaved edit of %1 was kept.").arg(time);
    parts.strip->offerDraft(
        what, [this, &pane, draft] { restore(pane, draft); },
        [this, &pane, draft] {
            m_drafts.remove(draft.key, draft.cell);
            offerDraft(pane);
        });
}

void InlineEdits::restore(ValuePane& pane, const Draft& draft)
{
    const auto& head = pane.head();
    const QString why = whyNotNow();
    if (!head || !why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    if (head->type != typeOf(draft.cell.kind)) {
        Q_EMIT said(LogLevel::Warning,
            tr("The key holds another type by now, so the edit can't be restored into it. It is still kept."));
        return;
    }
    const Parts parts = m_parts.value(&pane);
    QString title = tr("the value");
    if (draft.cell.kind == CellKind::ListElement) {
        title = tr("index %1").arg(draft.cell.index);
    } else if (draft.cell.kind != CellKind::String) {
        const std::string& name = draft.cell.name.empty() ? draft.cell.seen : draft.cell.name;
        title = displayText(std::string_view(name).substr(0, 80));
    }
    parts.editor->restore({seenKey(*head), draft.cell, title}, draft);
    pane.showEditor(true);
    parts.strip->hide();
    parts.editor->setFocus();
    if (m_tabs) {
        m_tabs->keep(pane);
    }
}

void InlineEdits::markTab(const ValuePane& pane)
{
    if (m_tabs && m_parts.contains(&pane)) {
        m_tabs->setEdited(pane, m_parts.value(&pane).editor->isDirty());
    }
    Q_EMIT situationChanged();
}

// --- saving and leaving

void InlineEdits::save(ValuePane& pane)
{
    if (CellEditor* editor = editorOf(&pane)) {
        editor->save();
    }
}

void InlineEdits::leave(QWidget& pane, std::function<void()> then)
{
    CellEditor* editor = editorOf(&pane);
    if (editor && editor->isEditing()) {
        editor->leave(std::move(then));
    } else {
        then();
    }
}

std::vector<CellEditor*> InlineEdits::dirtyEditors() const
{
    std::vector<CellEditor*> all;
    for (const Parts& parts : m_parts) {
        if (parts.editor->isDirty()) {
            all.push_back(parts.editor);
        }
    }
    return all;
}

int InlineEdits::unsaved() const
{
    return static_cast<int>(dirtyEditors().size());
}

void InlineEdits::saveAll(std::function<void(bool)> then)
{
    struct Tally {
        std::size_t left = 0;
        bool all = true;
    };
    const auto editors = dirtyEditors();
    const auto tally = std::make_shared<Tally>(Tally{editors.size(), true});
    if (editors.empty()) {
        then(true);
        return;
    }
    for (CellEditor* editor : editors) {
        editor->save([tally, then](bool isSaved) {
            tally->all = tally->all && isSaved;
            if (--tally->left == 0) {
                then(tally->all);
            }
        });
    }
}

void InlineEdits::discardAll()
{
    for (CellEditor* editor : dirtyEditors()) {
        editor->discard();
    }
}

void InlineEdits::keepAllAsDrafts()
{
    for (CellEditor* editor : dirtyEditors()) {
        editor->keepAsDraft();
    }
}

void InlineEdits::renamed(const std::string& from, const std::string& to)
{
    for (const Parts& parts : m_parts) {
        if (parts.editor->subject() && parts.editor->subject()->key.key == from) {
            parts.editor->renamed(to);
        }
    }
}

} // namespace keyglass::ui
