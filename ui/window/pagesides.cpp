// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pagesides.h"

#include "ui/console/consolepanel.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"

namespace keyglass::ui {

PageSides::PageSides(Session& session, KeyPanel& keys, KeyTabs& tabs, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_session(session)
    , m_keys(keys)
    , m_right(new QSplitter(Qt::Vertical))
{
    addWidget(&keys);
    m_right->addWidget(&tabs);
    m_right->setChildrenCollapsible(false);
    m_right->setHandleWidth(1);
    addWidget(m_right);
    setChildrenCollapsible(false);
    setStretchFactor(0, 1);
    setStretchFactor(1, 3);
    setSizes({460, 700});
    setHandleWidth(1);
}

void PageSides::toggleConsole(const QWidget* inFocus)
{
    if (!m_console) {
        m_console = new ConsolePanel(m_session, m_right);
        m_right->addWidget(m_console);
        m_right->setSizes({m_right->height() * 3 / 5, m_right->height() * 2 / 5});
        connect(m_console, &ConsolePanel::closeWanted, this, &PageSides::leaveConsole);
    } else if (m_console->isVisible() && m_console->isAncestorOf(inFocus)) {
        leaveConsole();
        return;
    }
    m_console->show();
    m_console->takeFocus();
}

void PageSides::leaveConsole()
{
    m_console->hide();
    m_keys.tree().setFocus();
}

} // namespace keyglass::ui
