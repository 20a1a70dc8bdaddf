// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/keytreeaccessible.h"
#include "ui/tree/keytreeview.h"

#include <QApplication>
#include <QKeyEvent>

#include <algorithm>
#include <deque>
#include <utility>

namespace keyglass::ui {

namespace {

/// Folders that "open all below" opens at most, for each costs some at every snapshot.
constexpr std::size_t mostOpenedAtOnce = 500;

} // namespace

KeyTreeView::Choice KeyTreeView::choiceOf(Qt::KeyboardModifiers modifiers)
{
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        return Choice::Extend;
    }
    return modifiers.testFlag(Qt::ControlModifier) ? Choice::Keep : Choice::Replace;
}

std::optional<TreeRow> KeyTreeView::currentTreeRow() const
{
    if (!m_current) {
        return std::nullopt;
    }
    TreeWindow window = rows()->rowsAround(*m_current, 0, 1);
    return window.rows.empty() ? std::nullopt : std::optional(std::move(window.rows.front()));
}

void KeyTreeView::moveBy(qint64 by, Choice choice)
{
    if (!m_current) {
        const auto first = rows()->rowAt(by < 0 ? rows()->rowCount() : 0);
        first ? moveTo(first->id(), choice) : void();
        return;
    }
    const auto away = static_cast<std::size_t>(std::abs(by));
    const TreeWindow window = rows()->rowsAround(*m_current, by < 0 ? away : 0, away + 1);
    if (!window.rows.empty()) {
        moveTo((by < 0 ? window.rows.front() : window.rows.back()).id(), choice);
    }
}

void KeyTreeView::moveTo(const RowId& id, Choice choice)
{
    const bool isOther = m_current != id;
    m_current = id;
    m_typed.clear(); // goes on only where the search itself moves
    choose(id, choice);
    ensureVisible(id);
    selectionModel()->setCurrentIndex(m_model.indexOf(id), QItemSelectionModel::NoUpdate);
    viewport()->update();
    if (isOther) {
        announceFocus(*this, lineOf(id));
        Q_EMIT currentRowChanged(id);
    }
}

void KeyTreeView::choose(const RowId& id, Choice choice)
{
    switch (choice) {
    case Choice::Keep:
        return;
    case Choice::Extend:
        extendTo(id);
        return;
    case Choice::Replace:
        m_selection.clear();
        id.isFolder ? m_selection.addRule(id.bytes) : m_selection.addKey(id.bytes);
        break;
    case Choice::Toggle:
        if (!id.isFolder) {
            m_selection.toggleKey(id.bytes);
        } else if (m_selection.share(keysOf(id), *rows()->snapshot()) == SelectedShare::All) {
            m_selection.remove(keysOf(id));
        } else {
            m_selection.addRule(id.bytes);
        }
        break;
    }
    m_anchor = id;
    selectionEdited();
}

/// The rows from the anchor to `id`, and nothing else.
void KeyTreeView::extendTo(const RowId& id)
{
    const RowId anchor = m_anchor && rows()->nearest(*m_anchor) == m_anchor ? *m_anchor : id;
    m_anchor = anchor;
    m_selection.clear();
    for (const KeyRange& range : rows()->keysBetween(anchor, id)) {
        m_selection.add(range, KeySelection::Kind::Keys);
    }
    if (anchor == id && id.isFolder) {
        m_selection.addRule(id.bytes);
    }
    selectionEdited();
}

void KeyTreeView::keyPressEvent(QKeyEvent* event)
{
    if (navigate(event) || act(event) || typeAhead(event)) {
        event->accept();
    } else {
        event->ignore(); // the window's shortcuts
    }
}

bool KeyTreeView::navigate(QKeyEvent* event)
{
    const Choice choice = choiceOf(event->modifiers());
    const qint64 all = static_cast<qint64>(rows()->rowCount());
    if (event->modifiers().testFlag(Qt::AltModifier)) {
        return false;
    }
    switch (event->key()) {
    case Qt::Key_Up:
        moveBy(-1, choice);
        return true;
    case Qt::Key_Down:
        moveBy(m_current ? 1 : 0, choice);
        return true;
    case Qt::Key_PageUp:
        moveBy(-std::max(1, pageRows() - 1), choice);
        return true;
    case Qt::Key_PageDown:
        moveBy(std::max(1, pageRows() - 1), choice);
        return true;
    case Qt::Key_Home:
        showFrom(0);
        all > 0 ? moveTo(m_model.row(0).id(), choice) : void();
        return true;
    case Qt::Key_End:
        scrollToEnd();
        all > 0 ? moveTo(m_model.window().rows.back().id(), choice) : void();
        return true;
    case Qt::Key_Left:
        collapseOrGoOut();
        return true;
    case Qt::Key_Right:
        expandOrGoIn();
        return true;
    default:
        return false;
    }
}

bool KeyTreeView::act(QKeyEvent* event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool isTyping = !m_typed.isEmpty() && m_sinceTyped.elapsed() < QApplication::keyboardInputInterval();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activateCurrent();
        return true;
    case Qt::Key_Space:
        if (isTyping && !control) {
            return false;
        }
        if (m_current && control) {
            choose(*m_current, Choice::Toggle);
        } else if (m_current && !m_current->isFolder) {
            Q_EMIT keyPreviewed(m_current->bytes);
        }
        return true;
    case Qt::Key_A:
        if (!control) {
            return false;
        }
        selectFolderOfCurrent();
        return true;
    case Qt::Key_Asterisk:
        if (isTyping) {
            return false;
        }
        expandAllBelow();
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Minus:
        if (isTyping || control || !m_current || !m_current->isFolder) {
            return false;
        }
        event->key() == Qt::Key_Plus ? expandFolder(m_current->bytes) : collapseFolder(m_current->bytes);
        return true;
    default:
        return false;
    }
}

bool KeyTreeView::typeAhead(QKeyEvent* event)
{
    const auto without = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    const QString text = event->text();
    if (text.isEmpty() || !text.front().isPrint() || (event->modifiers() & without)) {
        return false;
    }
    const bool goesOn = m_sinceTyped.isValid() && m_sinceTyped.elapsed() < QApplication::keyboardInputInterval();
    const bool isSameAgain = goesOn && m_typed == text; // "aaa": the next one with a, each time
    m_typed = goesOn && !isSameAgain ? m_typed + text : text;
    m_sinceTyped.start();
    const bool including = m_typed.size() > text.size();
    const QString typed = m_typed;
    if (const auto found = rows()->findLabel(typed.toStdString(), m_current, including)) {
        moveTo(*found, Choice::Replace);
        m_typed = typed;
    }
    return true;
}

void KeyTreeView::collapseOrGoOut()
{
    const auto row = currentTreeRow();
    if (row && row->isExpanded) {
        collapseFolder(row->bytes);
    } else if (const auto parent = m_current ? rows()->parentOf(*m_current) : std::nullopt) {
        moveTo(*parent, Choice::Replace);
    }
}

void KeyTreeView::expandOrGoIn()
{
    const auto row = currentTreeRow();
    if (!row || !row->isFolder) {
        return;
    }
    if (row->isExpanded) {
        moveBy(1, Choice::Replace);
    } else if (!activateTable(*row)) {
        expandFolder(row->bytes);
    }
}

/// Opens the current folder and the folders in it, outer ones first, up to a bound.
void KeyTreeView::expandAllBelow()
{
    if (!m_current || !m_current->isFolder) {
        return;
    }
    auto expanded = expandedFolders();
    std::deque<std::string> open{m_current->bytes};
    for (std::size_t opened = 0; !open.empty() && opened < mostOpenedAtOnce; ++opened) {
        const std::string prefix = std::move(open.front());
        open.pop_front();
        expanded.insert(prefix);
        for (std::string& folder :
            rows()->subfolders(prefix, mostOpenedAtOnce - std::min(mostOpenedAtOnce, open.size()))) {
            open.push_back(std::move(folder));
        }
    }
    changeExpanded(std::move(expanded));
}

void KeyTreeView::activateCurrent()
{
    const auto row = currentTreeRow();
    if (!row || activateTable(*row)) {
        return;
    }
    if (!row->isFolder) {
        Q_EMIT keyActivated(row->bytes);
    } else if (row->isExpanded) {
        collapseFolder(row->bytes);
    } else {
        expandFolder(row->bytes);
    }
}

void KeyTreeView::setTables(KeyTreeModel::TableOf tableOf, RowOfKey rowOfKey)
{
    m_rowOfKey = std::move(rowOfKey);
    m_model.setTables(std::move(tableOf));
    m_namesAreOld = true;
    viewport()->update();
}

std::optional<std::string> KeyTreeView::currentTable() const
{
    const auto row = currentTreeRow();
    return row ? m_model.tableOf(*row) : std::nullopt;
}

bool KeyTreeView::activateTable(const TreeRow& row)
{
    const auto table = m_model.tableOf(row);
    if (table) {
        Q_EMIT tableActivated(*table);
    }
    return table.has_value();
}

QModelIndex KeyTreeView::moveCursor(CursorAction /*action*/, Qt::KeyboardModifiers /*modifiers*/)
{
    return currentIndex(); // keyPressEvent() moves by bytes, beyond what the model holds
}

} // namespace keyglass::ui
