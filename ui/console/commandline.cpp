// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/commandline.h"

#include <QKeyEvent>

#include <utility>

namespace keyglass::ui {

namespace {

constexpr qsizetype mostLines = 500;

} // namespace

CommandLine::CommandLine(QWidget* parent)
    : QLineEdit(parent)
{
    connect(this, &QLineEdit::returnPressed, this, &CommandLine::enter);
}

void CommandLine::enter()
{
    const QString line = text().trimmed();
    if (line.isEmpty()) {
        return;
    }
    m_history.removeAll(line);
    m_history << line;
    if (m_history.size() > mostLines) {
        m_history.removeFirst();
    }
    m_at = m_history.size();
    m_typed.clear();
    clear();
    Q_EMIT entered(line);
}

void CommandLine::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        step(event->key() == Qt::Key_Up ? -1 : 1);
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void CommandLine::step(int by)
{
    const qsizetype to = m_at + by;
    if (to < 0 || to > m_history.size()) {
        return;
    }
    if (m_at == m_history.size()) {
        m_typed = text();
    }
    m_at = to;
    setText(m_at == m_history.size() ? std::exchange(m_typed, {}) : m_history[m_at]);
}

} // namespace keyglass::ui
