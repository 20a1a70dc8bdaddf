// SPDX-License-Identifier: GPL-3.0-or-later
// The drafts of a pane's key: offered below its value, and put back into the editor.
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/edit/draftkeeper.h"
#include "core/session/session.h"
#include "ui/editor/cellcoding.h"
#include "ui/editor/editstrip.h"
#include "ui/value/valuepane.h"
#include "ui/window/byteedits.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keytabs.h"
#include "ui/window/seencell.h"

#include <QLocale>

#include <algorithm>
#include <memory>
#include <utility>

namespace keyglass::ui {

namespace {

QString clockText(std::chrono::system_clock::time_point time)
{
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(since);
    return at.date() == QDate::currentDate() ? QLocale().toString(at.time(), QLocale::ShortFormat)
                                             : QLocale().toString(at, QLocale::ShortFormat);
}

} // namespace

/// `first`: that of this cell before newer ones.
void InlineEdits::offerDraft(ValuePane& pane, const EditedCell* first)
{
    const Parts parts = m_parts.value(&pane);
    const auto& head = pane.head();
    if (!head || parts.editor->isEditing()) {
        return;
    }
    auto drafts = m_drafts.of(CellEditor::draftKey(m_session, head->key));
    std::erase_if(drafts, [](const Draft& draft) { // the dialogs' own
        return draft.cell.kind == CellKind::NewKey || draft.cell.kind == CellKind::NewElement;
    });
    if (drafts.empty()) {
        parts.strip->noDraft();
        return;
    }
    if (first) {
        std::ranges::stable_partition(
            drafts, [id = cellId(*first)](const Draft& draft) { return cellId(draft.cell) == id; });
    }
    const Draft& draft = drafts.front();
    const QString time = clockText(draft.time);
    const bool hasName = draft.cell.kind == CellKind::HashValue || draft.cell.kind == CellKind::Score
        || draft.cell.kind == CellKind::JsonPart;
    const QString what = draft.cell.kind == CellKind::StringBytes
        ? tr("Bytes that were typed in the hex view at %1 and not saved were kept.").arg(time)
        : hasName ? tr("An unsaved edit of %1, of %2, was kept.").arg(displayText(draft.cell.name), time)
                  : tr("An unsaved edit of %1 was kept.").arg(time);
    parts.strip->offerDraft(
        what, [this, &pane, draft] { restore(pane, draft); },
        [this, &pane, draft] {
            m_drafts.remove(draft.key, draft.cell);
            offerDraft(pane);
        });
}

/// A new edit would take the place of the one that is kept, from its first letter on.
bool InlineEdits::asksForDraft(ValuePane& pane, const ShownCell& shown)
{
    const auto drafts = m_drafts.of(CellEditor::draftKey(m_session, shown.key.key));
    const bool isKept =
        std::ranges::any_of(drafts, [id = cellId(shown.cell)](const Draft& draft) { return cellId(draft.cell) == id; });
    if (isKept) {
        offerDraft(pane, &shown.cell);
        Q_EMIT said(LogLevel::Info, tr("An unsaved edit of this was kept: restore or discard it first."));
    }
    return isKept;
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
    if (draft.cell.kind == CellKind::StringBytes) {
        m_bytes->restore(pane, draft);
        return;
    }
    auto decoders = DecoderStack::fromNames(draft.decoders);
    if (!decoders) {
        Q_EMIT said(LogLevel::Warning,
            tr("The edit was one of the value decoded, and can't be restored now: %1 It is still kept.")
                .arg(errorText(decoders.error())));
        return;
    }
    QString title = tr("the value");
    if (draft.cell.kind == CellKind::ListElement) {
        title = tr("index %1").arg(draft.cell.index);
    } else if (draft.cell.kind != CellKind::String) {
        const std::string& name = draft.cell.name.empty() ? draft.cell.seen : draft.cell.name;
        title = displayText(std::string_view(name).substr(0, 80));
    }
    restoreInto(pane, {seenKey(*head), draft.cell, title, *std::move(decoders)}, draft);
}

void InlineEdits::restoreInto(ValuePane& pane, const CellEditor::Subject& subject, const Draft& draft)
{
    const Parts parts = m_parts.value(&pane);
    const auto restored = [this, &pane, parts, draft](const CellEditor::Subject& ready) {
        parts.editor->restore(ready, draft);
        pane.showEditor(true);
        parts.strip->hide();
        parts.editor->setFocus();
        if (m_tabs) {
            m_tabs->keep(pane);
        }
    };
    if (subject.decoders.isEmpty()) {
        restored(subject);
        return;
    }
    parts.coding->decode(
        subject.decoders, draft.cell.seen, [this, &pane, subject, restored](const Result<std::string>& content) {
            const auto& head = pane.head();
            if (!content) {
                Q_EMIT said(LogLevel::Warning, errorText(content.error()));
            } else if (head && head->key == subject.key.key && !editorOf(&pane)->isEditing()) {
                auto ready = subject;
                ready.decoded = std::make_shared<const std::string>(*content);
                restored(ready);
            }
        });
}

} // namespace keyglass::ui
