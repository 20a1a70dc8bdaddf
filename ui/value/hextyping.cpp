// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed over in a HexView, taken back and undone.
#include "ui/value/bytecontent.h"
#include "ui/value/hexview.h"

#include <QAction>
#include <QKeyEvent>

#include <algorithm>
#include <string_view>
#include <utility>

namespace keyglass::ui {

void HexView::setOverwrites(bool overwrites)
{
    m_overwrites = overwrites;
    m_insert->setEnabled(overwrites);
    m_append->setEnabled(overwrites);
    tellChanged();
}

bool HexView::takeKey(const QKeyEvent& event)
{
    if (hasChanges() && m_overwrites && (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter)) {
        Q_EMIT writeWanted();
        return true;
    }
    if (takesShortcut(event)) {
        event.key() == Qt::Key_Escape ? takeBack() : event.matches(QKeySequence::Undo) ? undo() : redo();
        return true;
    }
    const bool isPlain = (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) == 0;
    bool isDigit = false;
    const unsigned digit = event.text().size() == 1 ? event.text().toUInt(&isDigit, 16) : 0;
    if (!m_overwrites || !isPlain || !isDigit) {
        return false;
    }
    typeDigit(digit);
    return true;
}

/// The keys that mean something else elsewhere in the window.
bool HexView::takesShortcut(const QKeyEvent& event) const
{
    return m_overwrites
        && ((hasChanges() && event.key() == Qt::Key_Escape) || event.matches(QKeySequence::Undo)
            || event.matches(QKeySequence::Redo));
}

void HexView::typeDigit(unsigned digit)
{
    const std::string_view there = content() && m_cursor < size() ? content()->window(m_cursor, 1) : std::string_view();
    if (there.empty()) {
        return;
    }
    const bool isWhole = m_changes.type(m_cursor, there.front(), digit);
    moveCursor(m_cursor + (isWhole ? 1 : 0), Anchor::Moves);
    tellChanged();
    Q_EMIT changesChanged();
}

void HexView::tellChanged()
{
    m_write->setEnabled(m_overwrites && hasChanges());
    m_takeBack->setEnabled(m_overwrites && hasChanges());
    m_undo->setEnabled(m_overwrites && m_changes.canUndo());
    m_redo->setEnabled(m_overwrites && m_changes.canRedo());
    viewport()->update();
    if (content()) {
        Q_EMIT cursorMoved();
    }
}

void HexView::setChanges(HexChanges changes)
{
    m_changes = std::move(changes);
    if (hasChanges()) {
        moveCursor(m_changes.all().begin()->first, Anchor::Moves);
    }
    tellChanged();
    Q_EMIT changesChanged();
}

void HexView::addEarlier(const HexChanges& earlier)
{
    m_changes.addEarlier(earlier);
    tellChanged();
}

void HexView::written(const HexChanges::Stretch& stretch)
{
    m_changes.written(stretch);
    tellChanged();
    Q_EMIT changesChanged();
}

void HexView::seeAgain(std::uint64_t offset, std::string_view bytes)
{
    m_changes.seeAgain(offset, bytes);
    tellChanged();
    Q_EMIT changesChanged();
}

void HexView::takeBack()
{
    if (hasChanges()) {
        m_changes.takeBack();
        tellChanged();
        Q_EMIT changesChanged();
    }
}

void HexView::forgetChanges()
{
    const bool wereThere = hasChanges();
    m_changes = {};
    tellChanged();
    if (wereThere) {
        Q_EMIT changesForgotten();
    }
}

void HexView::undo()
{
    if (const auto offset = m_changes.undo()) {
        moveCursor(*offset, Anchor::Moves);
        tellChanged();
        Q_EMIT changesChanged();
    }
}

void HexView::redo()
{
    if (const auto offset = m_changes.redo()) {
        moveCursor(*offset, Anchor::Moves);
        tellChanged();
        Q_EMIT changesChanged();
    }
}

/// What is not loaded yet can't be compared with what is there; what is typed and not written would be lost.
void HexView::askInsertion(std::uint64_t offset)
{
    if (hasChanges()) {
        Q_EMIT insertBlocked();
        return;
    }
    constexpr std::uint64_t mostSeen = 16;
    const bool isAtEnd = offset >= size();
    const std::string_view seen = isAtEnd || !content() ? std::string_view() : content()->window(offset, mostSeen);
    if (isAtEnd || !seen.empty()) {
        Q_EMIT insertWanted(std::min(offset, size()), QByteArray(seen.data(), static_cast<qsizetype>(seen.size())));
    }
}

} // namespace keyglass::ui
