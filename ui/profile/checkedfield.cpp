// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/checkedfield.h"

#include "ui/common/theme.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace keyglass::ui {

CheckedField::CheckedField(QWidget* field, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_problem(new QLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(field);
    layout->addWidget(m_problem);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    setFocusProxy(field);
    colorProblem();
}

void CheckedField::setProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    m_field->setAccessibleDescription(text);
}

QString CheckedField::problem() const
{
    return m_problem->text();
}

void CheckedField::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        colorProblem();
    }
}

void CheckedField::colorProblem()
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, toneColor(Tone::Error, colors));
    m_problem->setPalette(colors);
}

} // namespace keyglass::ui
