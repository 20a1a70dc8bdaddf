// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/environmentline.h"

#include "ui/common/theme.h"

#include <QPainter>

namespace keyglass::ui {

EnvironmentLine::EnvironmentLine(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(thickness);
    setEnvironment(Environment::Development);
}

void EnvironmentLine::setEnvironment(Environment environment)
{
    m_environment = environment;
    setAccessibleName(environmentText(environment));
    setVisible(hasEnvironmentLine(environment));
    update();
}

void EnvironmentLine::paintEvent(QPaintEvent* /*event*/)
{
    QPainter(this).fillRect(rect(), environmentColor(m_environment, palette()));
}

} // namespace keyglass::ui
