// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/statepage.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

QLabel* centredLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // it holds words of servers
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

StatePage::StatePage(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_title(centredLabel(this))
    , m_text(centredLabel(this))
    , m_busy(new QProgressBar(this))
    , m_buttons(new QHBoxLayout)
{
    setAccessibleName(accessibleName);
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_title->setFont(large);
    m_text->setMaximumWidth(560);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedSize(160, 6);
    m_busy->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_title);
    auto* textRow = new QHBoxLayout;
    textRow->addStretch(1);
    textRow->addWidget(m_text, 100);
    textRow->addStretch(1);
    layout->addLayout(textRow);
    layout->addWidget(m_busy, 0, Qt::AlignHCenter);
    m_buttons->setSpacing(8);
    layout->addLayout(m_buttons);
    layout->addStretch(3);
}

void StatePage::display(ShownState state)
{
    const bool sameButtons = state.buttons.size() == m_state.buttons.size()
        && std::equal(state.buttons.begin(), state.buttons.end(), m_state.buttons.begin(),
            [](const auto& a, const auto& b) { return a.text == b.text; });
    m_state = std::move(state);
    m_title->setText(m_state.title);
    m_text->setText(m_state.text);
    m_text->setVisible(!m_state.text.isEmpty());
    setAccessibleDescription(m_state.title + u' ' + m_state.text);
    if (!sameButtons) {
        showButtons(); // else a button with the focus would lose it at each repetition
    }
    showBusy();
}

void StatePage::showButtons()
{
    for (QWidget* button : m_shownButtons) {
        button->hide();
        button->deleteLater(); // one of them may be what was clicked
    }
    m_shownButtons.clear();
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        delete item;
    }
    m_buttons->addStretch(1);
    for (std::size_t at = 0; at < m_state.buttons.size(); ++at) {
        auto* button = new QPushButton(m_state.buttons[at].text, this);
        button->setAutoDefault(true);
        connect(button, &QPushButton::clicked, this, [this, at] {
            if (at < m_state.buttons.size()) {
                const auto run = m_state.buttons[at].run;
                run();
            }
        });
        m_buttons->addWidget(button);
        m_shownButtons.push_back(button);
    }
    m_buttons->addStretch(1);
    setFocusProxy(m_shownButtons.empty() ? nullptr : m_shownButtons.front());
}

void StatePage::showBusy()
{
    if (!m_state.busy) {
        m_busy->hide();
        return;
    }
    QTimer::singleShot(300, this, [this] { m_busy->setVisible(m_state.busy); });
}

} // namespace keyglass::ui
