// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/refreshbutton.h"

#include <QActionGroup>
#include <QMenu>

#include <algorithm>
#include <array>

namespace keyglass::ui {

namespace {

using Way = RefreshChoice::Way;

constexpr std::array<int, 5> seconds{1, 2, 5, 10, 30};
constexpr int milli = 1000;
constexpr Milliseconds leastInterval{500};

} // namespace

QByteArray refreshChoiceText(const RefreshChoice& choice)
{
    switch (choice.way) {
    case Way::Off:
        return "off";
    case Way::Reload:
        return "reload";
    case Way::Every:
        return "every " + QByteArray::number(static_cast<qlonglong>(choice.every.count()));
    case Way::Tell:
        break;
    }
    return "tell";
}

RefreshChoice refreshChoiceFrom(const QByteArray& text)
{
    if (text == "off") {
        return {Way::Off, {}};
    }
    if (text == "reload") {
        return {Way::Reload, {}};
    }
    if (text.startsWith("every ")) {
        const Milliseconds every{text.mid(qstrlen("every ")).toLongLong()};
        return every >= leastInterval ? RefreshChoice{Way::Every, every} : RefreshChoice{};
    }
    return {};
}

RefreshButton::RefreshButton(QWidget* parent)
    : QToolButton(parent)
    , m_group(new QActionGroup(this))
{
    setAccessibleName(tr("Follow changes"));
    setAutoRaise(true);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::TabFocus);
    setMenu(new QMenu(this));
    add(tr("&Tell when it changes"), {Way::Tell, {}});
    add(tr("&Reload when it changes"), {Way::Reload, {}});
    menu()->addSeparator();
    for (const int each : seconds) {
        add(each == 1 ? tr("Reload every second") : tr("Reload every %1 seconds").arg(each),
            {Way::Every, Milliseconds{each * milli}});
    }
    menu()->addSeparator();
    add(tr("&Don't watch it"), {Way::Off, {}});
    menu()->addSeparator();
    connect(
        menu()->addAction(tr("&History of what was seen…")), &QAction::triggered, this, &RefreshButton::historyWanted);
    updateTexts();
}

void RefreshButton::add(const QString& text, const RefreshChoice& choice)
{
    QAction* action = menu()->addAction(text);
    action->setCheckable(true);
    m_group->addAction(action);
    m_actions.append(action);
    m_choices.append(choice);
    connect(action, &QAction::triggered, this, [this, choice] {
        setChoice(choice);
        Q_EMIT chosen(choice);
    });
}

void RefreshButton::setChoice(const RefreshChoice& choice)
{
    m_choice = choice;
    updateTexts();
}

void RefreshButton::setHow(const QString& sentence)
{
    m_how = sentence;
    updateTexts();
}

void RefreshButton::updateTexts()
{
    for (qsizetype at = 0; at < m_actions.size(); ++at) {
        m_actions[at]->setChecked(m_choices[at] == m_choice);
    }
    switch (m_choice.way) {
    case Way::Off:
        setText(tr("not watched"));
        break;
    case Way::Tell:
        setText(tr("watched"));
        break;
    case Way::Reload:
        setText(tr("live"));
        break;
    case Way::Every:
        setText(tr("every %1 s").arg(static_cast<double>(m_choice.every.count()) / milli));
        break;
    }
    setToolTip(m_how.isEmpty() ? tr("What happens here when the value changes on the server") : m_how);
}

} // namespace keyglass::ui
