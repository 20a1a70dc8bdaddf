// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/noticebar.h"

#include "ui/common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int narrow = 560; // pixels

} // namespace

NoticeBar::NoticeBar(const QString& accessibleName, QWidget* parent)
    : QFrame(parent)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_text(new QLabel(this))
    , m_buttonRow(new QHBoxLayout)
{
    setAccessibleName(accessibleName);
    setAutoFillBackground(true);
    m_text->setTextFormat(Qt::PlainText); // it holds words of servers
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_layout->setContentsMargins(8, 4, 8, 4);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_text, 1);
    m_buttonRow->setSpacing(4);
    m_buttonRow->addStretch(1);
    m_layout->addLayout(m_buttonRow);
    hide();
}

QString NoticeBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void NoticeBar::say(Level level, const QString& text, std::vector<Button> buttons)
{
    const bool sameButtons = std::equal(buttons.begin(), buttons.end(), m_buttons.begin(), m_buttons.end(),
        [](const Button& a, const Button& b) { return a.text == b.text; });
    m_buttons = std::move(buttons);
    m_level = level;
    m_text->setText(text);
    setAccessibleDescription(text);
    if (!sameButtons) {
        showButtons();
    }
    applyColors();
    show();
}

void NoticeBar::showButtons()
{
    for (QWidget* button : m_shownButtons) {
        button->hide();
        button->deleteLater(); // one of them may be what was clicked
    }
    m_shownButtons.clear();
    for (std::size_t at = 0; at < m_buttons.size(); ++at) {
        auto* button = new QPushButton(m_buttons[at].text, this);
        connect(button, &QPushButton::clicked, this, [this, at] {
            if (at < m_buttons.size()) {
                const auto run = m_buttons[at].run;
                run();
            }
        });
        m_buttonRow->addWidget(button);
        m_shownButtons.push_back(button);
    }
}

void NoticeBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    // Beside long words in a narrow place the buttons would leave them a column of single words.
    const auto direction = width() < narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (m_layout->direction() != direction) {
        m_layout->setDirection(direction);
    }
}

void NoticeBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_applying) {
        applyColors();
    }
}

void NoticeBar::applyColors()
{
    const QPalette around = parentWidget() ? parentWidget()->palette() : palette();
    QPalette own = around;
    own.setColor(QPalette::Window, toneBackground(m_level == Level::Warning ? Tone::Warning : Tone::Info, around));
    m_applying = true; // setPalette() tells of its own change
    setPalette(own);
    m_applying = false;
}

} // namespace keyglass::ui
