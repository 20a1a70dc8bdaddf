// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/actiontable.h"

#include "ui/common/icons.h"

#include <QMenu>
#include <QToolBar>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

const auto separatorId = "-"_L1;

QString withoutMnemonic(QString text)
{
    const QString escaped(u'\0');
    return text.replace(u"&&"_s, escaped).remove(u'&').replace(escaped, u"&"_s);
}

} // namespace

ActionTable::ActionTable(QWidget* window)
    : QObject(window)
    , m_window(window)
{
}

QAction* ActionTable::add(ActionSpec spec)
{
    Q_ASSERT_X(std::ranges::none_of(m_actions, [&spec](QAction* other) { return other->objectName() == spec.id; }),
        "ActionTable", qPrintable(spec.id + u" is there twice"_s));
    auto* action = new QAction(spec.text, this);
    action->setObjectName(spec.id);
    action->setShortcuts(spec.shortcuts);
    action->setShortcutContext(spec.context);
    action->setCheckable(spec.checkable);
    action->setMenuRole(spec.role);
    action->setStatusTip(spec.tip);
    action->setToolTip(spec.tip.isEmpty() ? tipWithShortcut(*action) : spec.tip);
    if (!spec.icon.isEmpty()) {
        action->setIcon(icon(spec.icon));
        action->setIconVisibleInMenu(false); // on the colour of the chosen entry they could hardly be seen
    }
    if (spec.run) {
        connect(action, &QAction::triggered, this, std::move(spec.run));
    }
    for (const QKeySequence& shortcut : std::as_const(spec.shortcuts)) {
        Q_ASSERT_X(
            std::ranges::none_of(m_actions, [&](QAction* other) { return other->shortcuts().contains(shortcut); }),
            "ActionTable", qPrintable(shortcut.toString() + u" is taken"_s));
    }
    m_actions.push_back(action);
    m_window->addAction(action);
    return action;
}

void ActionTable::add(std::vector<ActionSpec> specs)
{
    for (ActionSpec& spec : specs) {
        add(std::move(spec));
    }
}

QAction* ActionTable::operator[](const QString& id) const
{
    const auto found = std::ranges::find_if(m_actions, [&id](QAction* action) { return action->objectName() == id; });
    Q_ASSERT_X(found != m_actions.end(), "ActionTable", qPrintable(u"there is no "_s + id));
    return *found;
}

void ActionTable::fill(QMenu* menu, const QStringList& ids) const
{
    fillWidget(menu, ids);
}

void ActionTable::fill(QToolBar* bar, const QStringList& ids) const
{
    fillWidget(bar, ids);
}

void ActionTable::fillWidget(QWidget* widget, const QStringList& ids) const
{
    for (const QString& id : ids) {
        if (id == separatorId) {
            auto* separator = new QAction(widget);
            separator->setSeparator(true);
            widget->addAction(separator);
        } else {
            widget->addAction((*this)[id]);
        }
    }
}

void ActionTable::setEnabled(const QStringList& ids, bool enabled) const
{
    for (const QString& id : ids) {
        (*this)[id]->setEnabled(enabled);
    }
}

QString tipWithShortcut(const QAction& action)
{
    QString text = withoutMnemonic(action.text());
    if (text.endsWith(u'…')) {
        text.chop(1);
    }
    const QString shortcut = action.shortcut().toString(QKeySequence::NativeText);
    return shortcut.isEmpty() ? text : u"%1 (%2)"_s.arg(text, shortcut);
}

} // namespace keyglass::ui
