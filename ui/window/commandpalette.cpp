// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/commandpalette.h"

#include "ui/common/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int actionRole = Qt::UserRole;
constexpr int keysRole = Qt::UserRole + 1;

/// A command's name with its keys at the right, dimmed.
class CommandDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        painter->save();
        painter->setPen(toneColor(Tone::Dimmed, option.palette));
        if (option.state.testFlag(QStyle::State_Selected)) {
            const bool active = option.state.testFlag(QStyle::State_Active);
            painter->setPen(
                option.palette.color(active ? QPalette::Active : QPalette::Inactive, QPalette::HighlightedText));
        }
        painter->drawText(
            option.rect.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter, index.data(keysRole).toString());
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), std::max(24, option.fontMetrics.height() + 8)};
    }
};

} // namespace

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent)
    , m_edit(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setWindowTitle(tr("Commands"));
    resize(480, 360);
    std::copy_if(actions.begin(), actions.end(), std::back_inserter(m_actions),
        [](const QAction* action) { return action->isEnabled() && !action->text().isEmpty(); });
    m_edit->setAccessibleName(tr("Command"));
    m_edit->setPlaceholderText(tr("Type a command"));
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_edit);
    layout->addWidget(m_list);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::showMatches);
    connect(m_edit, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    showMatches({});
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QCoreApplication::sendEvent(m_list, event); // the text keeps the focus, the arrows move in the list
            return true;
        default:
            break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::showMatches(const QString& words)
{
    m_list->clear();
    for (QAction* action : m_actions) {
        const QString text = plainText(*action);
        if (!matchesWords(text, words)) {
            continue;
        }
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(text, m_list);
        item->setData(keysRole, keys);
        item->setData(Qt::AccessibleDescriptionRole, keys);
        item->setData(actionRole, QVariant::fromValue<QObject*>(action));
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item) {
        return;
    }
    auto* action = qobject_cast<QAction*>(item->data(actionRole).value<QObject*>());
    accept();
    QTimer::singleShot(0, action, &QAction::trigger); // the focus is back in the window by then
}

QString plainText(const QAction& action)
{
    QString text = action.text();
    text.truncate(text.indexOf(u'\t') < 0 ? text.size() : text.indexOf(u'\t')); // a hint at a key
    text.remove(u'&');
    if (text.endsWith(u'…')) {
        text.chop(1);
    }
    return text;
}

bool matchesWords(const QString& text, const QString& words)
{
    const QStringList parts = text.split(u' ', Qt::SkipEmptyParts);
    const QStringList wanted = words.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(wanted.begin(), wanted.end(), [&](const QString& word) {
        return std::any_of(parts.begin(), parts.end(),
            [&](const QString& part) { return part.startsWith(word, Qt::CaseInsensitive); });
    });
}

} // namespace keyglass::ui
