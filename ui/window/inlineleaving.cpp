// SPDX-License-Identifier: GPL-3.0-or-later
// How what is edited in the panes is saved, left, and not lost: texts, and bytes typed over in hex views.
#include "ui/editor/celleditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/byteedits.h"
#include "ui/window/inlineedits.h"

#include <QPointer>

#include <memory>
#include <utility>
#include <vector>

namespace keyglass::ui {

void InlineEdits::save(ValuePane& pane)
{
    CellEditor* editor = editorOf(&pane);
    if (m_bytes && m_bytes->isDirty(&pane) && !(editor && editor->isDirty())) {
        m_bytes->save(pane);
    } else if (editor) {
        editor->save();
    }
}

void InlineEdits::leave(QWidget& pane, std::function<void()> then)
{
    CellEditor* editor = editorOf(&pane);
    auto last = std::move(then);
    if (auto* shown = qobject_cast<ValuePane*>(&pane); shown && m_bytes && m_bytes->isDirty(shown)) {
        last = [this, guarded = QPointer(shown), last] {
            if (guarded) {
                m_bytes->leave(*guarded, last);
            }
        };
    }
    if (editor && editor->isEditing()) {
        editor->leave(std::move(last));
    } else {
        last();
    }
}

std::vector<ValuePane*> InlineEdits::dirtyBytes() const
{
    return m_bytes ? m_bytes->dirtyPanes() : std::vector<ValuePane*>();
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
    return static_cast<int>(dirtyEditors().size() + dirtyBytes().size());
}

void InlineEdits::saveAll(std::function<void(bool)> then)
{
    struct Tally {
        std::size_t left = 0;
        bool all = true;
    };
    const auto editors = dirtyEditors();
    const auto bytes = dirtyBytes();
    const auto tally = std::make_shared<Tally>(Tally{editors.size() + bytes.size(), true});
    if (tally->left == 0) {
        then(true);
        return;
    }
    const auto count = [tally, then](bool isSaved) {
        tally->all = tally->all && isSaved;
        if (--tally->left == 0) {
            then(tally->all);
        }
    };
    for (CellEditor* editor : editors) {
        editor->save(count);
    }
    for (ValuePane* pane : bytes) {
        m_bytes->save(*pane, count);
    }
}

void InlineEdits::discardAll()
{
    for (CellEditor* editor : dirtyEditors()) {
        editor->discard();
    }
    for (ValuePane* pane : dirtyBytes()) {
        m_bytes->discard(*pane);
    }
}

void InlineEdits::keepAllAsDrafts()
{
    for (CellEditor* editor : dirtyEditors()) {
        editor->keepAsDraft();
    }
    for (ValuePane* pane : dirtyBytes()) {
        m_bytes->keepAsDraft(*pane);
    }
}

void InlineEdits::renamed(const std::string& from, const std::string& to)
{
    for (const Parts& parts : m_parts) {
        if (parts.editor->subject() && parts.editor->subject()->key.key == from) {
            parts.editor->renamed(to);
        }
    }
    if (m_bytes) {
        m_bytes->renamed(from, to);
    }
}

} // namespace keyglass::ui
