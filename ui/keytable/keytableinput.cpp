// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keytable/keytablegrid.h"
#include "ui/keytable/keytableview.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace keyglass::ui {

bool KeyTableView::isSelected(std::uint64_t row, const std::string& key) const
{
    return m_selection.rows.contains(row) || m_selection.keys.contains(key);
}

void KeyTableView::setSelection(TableSelection selection)
{
    m_selection = std::move(selection);
    markSelected();
    Q_EMIT selectionChanged();
}

void KeyTableView::setCurrentRow(std::uint64_t row)
{
    if (row < m_rows.count()) {
        moveTo(row, Choice::Replace);
    }
}

/// As a rule: also those of the scope that come later.
void KeyTableView::selectAll()
{
    TableSelection all;
    all.keys.add(m_rows.scope().range, KeySelection::Kind::Rule);
    setSelection(std::move(all));
}

void KeyTableView::moveTo(std::uint64_t row, Choice choice)
{
    m_current = row;
    m_currentKey = m_rows.key(row);
    choose(row, choice);
    const auto page = static_cast<std::uint64_t>(m_grid->pageRows());
    if (row < m_first) {
        showFrom(row);
    } else if (row >= m_first + page) {
        showFrom(row - page + 1);
    } else {
        markSelected();
    }
    Q_EMIT selectionChanged();
}

void KeyTableView::choose(std::uint64_t row, Choice choice)
{
    const std::string key = m_rows.key(row);
    switch (choice) {
    case Choice::Keep:
        return;
    case Choice::Extend:
        extendTo(row);
        return;
    case Choice::Replace:
        m_selection.clear();
        m_selection.keys.addKey(key);
        break;
    case Choice::Toggle:
        if (m_selection.rows.contains(row)) {
            m_selection.rows.remove({row, row + 1});
        } else {
            m_selection.keys.toggleKey(key);
        }
        break;
    }
    m_anchor = row;
    m_anchorKey = key;
}

/// The rows from the anchor to `row`, and nothing else. By name they are a range of keys, too, which stays what it is
/// when keys come and go.
void KeyTableView::extendTo(std::uint64_t row)
{
    const std::uint64_t anchor = m_anchor.value_or(row);
    if (!m_anchor) {
        m_anchor = row;
        m_anchorKey = m_rows.key(row);
    }
    const RowSet::Stretch rows{std::min(anchor, row), std::max(anchor, row) + 1};
    m_selection.clear();
    if (m_rows.order()) {
        m_selection.rows.add(rows);
        return;
    }
    const bool isUpwards = m_rows.direction() == SortDirection::Ascending;
    const std::string first = m_rows.key(isUpwards ? rows.first : rows.end - 1);
    const std::string last = m_rows.key(isUpwards ? rows.end - 1 : rows.first);
    m_selection.keys.add(KeyRange{first, last + '\0'}, KeySelection::Kind::Keys);
}

// --- mouse

void KeyTableView::press(int line, Qt::MouseButton button, Qt::KeyboardModifiers modifiers)
{
    if (line < 0 || line >= m_model.rowCount()) {
        if (button == Qt::LeftButton && modifiers == Qt::NoModifier) {
            setSelection({});
        }
        return;
    }
    const std::uint64_t row = m_first + static_cast<std::uint64_t>(line);
    if (button == Qt::RightButton) {
        moveTo(row, isSelected(row, m_model.key(line)) ? Choice::Keep : Choice::Replace);
    } else if (button == Qt::LeftButton) {
        moveTo(row,
            modifiers.testFlag(Qt::ShiftModifier)         ? Choice::Extend
                : modifiers.testFlag(Qt::ControlModifier) ? Choice::Toggle
                                                          : Choice::Replace);
    }
}

void KeyTableView::drag(int line)
{
    if (m_rows.count() == 0 || !m_anchor) {
        return;
    }
    const auto last = static_cast<std::int64_t>(m_rows.count()) - 1;
    const std::int64_t row = std::clamp<std::int64_t>(static_cast<std::int64_t>(m_first) + line, 0, last);
    if (m_current != static_cast<std::uint64_t>(row)) {
        moveTo(static_cast<std::uint64_t>(row), Choice::Extend);
    }
}

void KeyTableView::openMenu(const QPoint& at, bool byKeyboard)
{
    if (byKeyboard && !m_current) {
        Q_EMIT menuWanted(m_grid->viewport()->mapToGlobal(QPoint(40, 20)));
    } else if (byKeyboard) {
        moveTo(*m_current, Choice::Keep);
        const int line = static_cast<int>(*m_current - m_first);
        Q_EMIT menuWanted(m_grid->viewport()->mapToGlobal(m_grid->visualRect(m_model.index(line, 0)).center()));
    } else {
        Q_EMIT menuWanted(at);
    }
}

// --- keyboard

void KeyTableView::pressKey(QKeyEvent* event)
{
    if ((m_rows.count() > 0 && navigate(event)) || act(event)) {
        event->accept();
    }
}

bool KeyTableView::navigate(QKeyEvent* event)
{
    if (event->modifiers().testFlag(Qt::AltModifier)) {
        return false;
    }
    const Choice choice = event->modifiers().testFlag(Qt::ShiftModifier) ? Choice::Extend
        : event->modifiers().testFlag(Qt::ControlModifier)               ? Choice::Keep
                                                                         : Choice::Replace;
    const auto last = static_cast<std::int64_t>(m_rows.count()) - 1;
    const auto page = std::max<std::int64_t>(1, m_grid->pageRows() - 1);
    const auto current = static_cast<std::int64_t>(m_current.value_or(m_first));
    const auto go = [&](std::int64_t row) {
        moveTo(static_cast<std::uint64_t>(std::clamp<std::int64_t>(row, 0, last)), choice);
        return true;
    };
    switch (event->key()) {
    case Qt::Key_Up:
        return go(current - 1);
    case Qt::Key_Down:
        return go(current + (m_current ? 1 : 0));
    case Qt::Key_PageUp:
        return event->modifiers().testFlag(Qt::ControlModifier) ? false : go(current - page);
    case Qt::Key_PageDown:
        return event->modifiers().testFlag(Qt::ControlModifier) ? false : go(current + page);
    case Qt::Key_Home:
        return go(0);
    case Qt::Key_End:
        return go(last);
    default:
        return false;
    }
}

bool KeyTableView::act(QKeyEvent* event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyWanted();
        return true;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return true;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_currentKey) {
            Q_EMIT keyActivated(std::string(*m_currentKey));
        }
        return true;
    case Qt::Key_Space:
        if (m_current && control) {
            choose(*m_current, Choice::Toggle);
            markSelected();
            Q_EMIT selectionChanged();
        } else if (m_currentKey) {
            Q_EMIT keyPreviewed(std::string(*m_currentKey));
        }
        return true;
    default:
        return false;
    }
}

} // namespace keyglass::ui
