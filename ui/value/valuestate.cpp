// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valuestate.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

constexpr int widestText = 480;

QLabel* centredLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setAlignment(Qt::AlignHCenter);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMaximumWidth(widestText);
    label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    return label;
}

} // namespace

ValueState::ValueState(QWidget* parent)
    : QWidget(parent)
    , m_title(centredLabel(this))
    , m_text(centredLabel(this))
    , m_button(new QPushButton(this))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    auto* column = new QVBoxLayout;
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    auto* layout = new QHBoxLayout(this);
    layout->addStretch();
    layout->addLayout(column, 10);
    layout->addStretch();
    connect(m_button, &QPushButton::clicked, this, &ValueState::buttonClicked);
    say({}, {});
}

void ValueState::say(const QString& title, const QString& text, const QString& button)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleDescription(title + u' ' + text);
}

QString ValueState::title() const
{
    return m_title->text();
}

QString ValueState::text() const
{
    return m_text->text();
}

} // namespace keyglass::ui
