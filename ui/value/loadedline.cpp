// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/loadedline.h"

#include <QHBoxLayout>
#include <QLabel>

namespace keyglass::ui {

LoadedLine::LoadedLine(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_below(new QWidget(parent))
    , m_label(new QLabel(this))
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setAccessibleName(name);
    m_label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_label);
    auto* below = new QHBoxLayout(m_below);
    below->setContentsMargins(8, 0, 8, 6);
    m_below->hide();
}

void LoadedLine::setText(const QString& text)
{
    m_label->setText(text);
    arrange();
}

QString LoadedLine::text() const
{
    return m_label->text();
}

void LoadedLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void LoadedLine::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    arrange();
}

/// This widget keeps its width, whether the label is in it or not: what fits once does not change with where it stands.
void LoadedLine::arrange()
{
    const bool fits = !isVisible() || m_label->fontMetrics().horizontalAdvance(m_label->text()) <= width();
    QWidget* const place = fits ? this : m_below;
    if (m_label->parentWidget() == place) {
        return;
    }
    place->layout()->addWidget(m_label);
    m_label->setWordWrap(!fits);
    m_label->setAlignment((fits ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    m_label->show();
    m_below->setVisible(!fits);
}

} // namespace keyglass::ui
