// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/findbar.h"

#include "ui/common/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace keyglass::ui {

FindBar::FindBar(CodeEditor* editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_text(new QLineEdit(this))
    , m_by(new QLineEdit(this))
    , m_case(new QToolButton(this))
    , m_state(new QLabel(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    m_text->setAccessibleName(tr("Find in value"));
    m_text->setPlaceholderText(tr("Find"));
    m_text->setClearButtonEnabled(true);
    m_by->setAccessibleName(tr("Replace by"));
    m_by->setPlaceholderText(tr("Replace by"));
    m_case->setText(tr("Aa"));
    m_case->setAccessibleName(tr("Upper and lower case count"));
    m_case->setToolTip(tr("Upper and lower case count"));
    m_case->setCheckable(true);
    m_case->setAutoRaise(true);
    m_state->setAccessibleName(tr("Found"));
    layout->addWidget(m_text, 2);
    layout->addWidget(m_case);
    QToolButton* previous = addButton(QString(), QStringLiteral("back"), tr("Find previous"));
    QToolButton* next = addButton(QString(), QStringLiteral("forward"), tr("Find next"));
    layout->addWidget(m_by, 2);
    QToolButton* one = addButton(tr("Replace"), QString(), tr("Replace this one and go to the next"));
    QToolButton* all = addButton(tr("Replace all"), QString(), tr("Replace all, as one step that can be undone"));
    layout->addWidget(m_state, 1);
    QToolButton* shut = addButton(QString(), QStringLiteral("close"), tr("Close find bar"));
    connect(m_text, &QLineEdit::returnPressed, this, [this] { findAgain(CodeEditor::Direction::Next); });
    connect(m_text, &QLineEdit::textChanged, this, [this] { tell({}); });
    connect(m_by, &QLineEdit::returnPressed, this, &FindBar::replaceOne);
    connect(previous, &QToolButton::clicked, this, [this] { findAgain(CodeEditor::Direction::Previous); });
    connect(next, &QToolButton::clicked, this, [this] { findAgain(CodeEditor::Direction::Next); });
    connect(one, &QToolButton::clicked, this, &FindBar::replaceOne);
    connect(all, &QToolButton::clicked, this, &FindBar::replaceAll);
    connect(shut, &QToolButton::clicked, this, &FindBar::close);
    hide();
}

QToolButton* FindBar::addButton(const QString& text, const QString& icon, const QString& tip)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(text.isEmpty() ? tip : text);
    button->setAutoRaise(true);
    if (!icon.isEmpty()) {
        setIcon(button, icon);
    }
    layout()->addWidget(button);
    return button;
}

void FindBar::open(QWidget* focused)
{
    const QString selected = m_editor->selectedText();
    if (!selected.isEmpty() && !selected.contains(u'\n')) {
        m_text->setText(selected);
    }
    tell({});
    show();
    m_text->selectAll();
    focused->setFocus();
}

void FindBar::openToFind()
{
    open(m_text);
}

void FindBar::openToReplace()
{
    open(m_text->text().isEmpty() ? m_text : m_by);
}

void FindBar::close()
{
    hide();
    m_editor->setFocus();
}

FindQuestion FindBar::question() const
{
    return {m_text->text(), m_case->isChecked()};
}

void FindBar::tell(const QString& text)
{
    m_state->setText(text);
}

void FindBar::findAgain(CodeEditor::Direction direction)
{
    if (m_text->text().isEmpty()) {
        openToFind();
        return;
    }
    tell(m_editor->find(question(), direction) ? QString() : tr("not found"));
}

void FindBar::replaceOne()
{
    tell(m_editor->replace(question(), m_by->text()) ? QString() : tr("no more found"));
}

void FindBar::replaceAll()
{
    tell(tr("%n replaced", nullptr, m_editor->replaceAll(question(), m_by->text())));
}

/// Keys that are the bar's while it has the focus, whatever the window means by them.
bool FindBar::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_F3) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void FindBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    } else if (event->key() == Qt::Key_F3) {
        findAgain(
            event->modifiers() & Qt::ShiftModifier ? CodeEditor::Direction::Previous : CodeEditor::Direction::Next);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace keyglass::ui
