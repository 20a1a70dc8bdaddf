// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/messagelogview.h"

#include "ui/common/icons.h"
#include "ui/common/messagelog.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

QToolButton* button(const QString& iconName, const QString& text, QWidget* parent)
{
    auto* made = new QToolButton(parent);
    setIcon(made, iconName);
    made->setToolTip(text);
    made->setAccessibleName(text);
    made->setAutoRaise(true);
    return made;
}

} // namespace

MessageLogView::MessageLogView(MessageLog* log, QWidget* parent)
    : QWidget(parent)
    , m_log(log)
    , m_lines(new QTreeView(this))
{
    m_lines->setModel(log);
    m_lines->setAccessibleName(tr("Messages"));
    m_lines->setRootIsDecorated(false);
    m_lines->setUniformRowHeights(true);
    m_lines->setIconSize({16, 16});
    m_lines->setFrameShape(QFrame::NoFrame);
    m_lines->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_lines->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_lines->header()->setStretchLastSection(true);
    fitColumns();
    auto* copyLines = new QAction(tr("&Copy"), m_lines);
    copyLines->setShortcut(QKeySequence::Copy);
    copyLines->setShortcutContext(Qt::WidgetShortcut);
    m_lines->addAction(copyLines);
    auto* copyButton = button(u"copy"_s, tr("Copy messages"), this);
    auto* clearButton = button(u"clear"_s, tr("Clear messages"), this);
    auto* buttons = new QVBoxLayout;
    buttons->addWidget(copyButton);
    buttons->addWidget(clearButton);
    buttons->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(buttons);
    layout->addWidget(m_lines, 1);
    connect(copyLines, &QAction::triggered, this, &MessageLogView::copy);
    connect(copyButton, &QToolButton::clicked, this, &MessageLogView::copy);
    connect(clearButton, &QToolButton::clicked, log, &MessageLog::clear);
    followNewLines();
}

/// A time and a level are never cut; the name of a connection may be.
void MessageLogView::fitColumns()
{
    constexpr int margins = 16; // pixels on both sides together
    const QFontMetrics metrics = m_lines->fontMetrics();
    int widest = 0;
    for (const auto level : {LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
        widest = std::max(widest, metrics.horizontalAdvance(MessageLog::levelText(level)));
    }
    m_lines->setColumnWidth(MessageLog::TimeColumn, metrics.horizontalAdvance(u"0000-00-00 00:00:00"_s) + margins);
    const int iconAndGap = m_lines->iconSize().width() + margins / 2;
    m_lines->setColumnWidth(MessageLog::LevelColumn, iconAndGap + widest + margins);
    m_lines->setColumnWidth(MessageLog::SourceColumn, 18 * metrics.averageCharWidth());
}

/// Copies the chosen lines, or all where none is chosen.
void MessageLogView::copy()
{
    QModelIndexList chosen = m_lines->selectionModel()->selectedRows();
    std::ranges::sort(chosen, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex& index : std::as_const(chosen)) {
        lines.append(m_log->text(index.row()));
    }
    QGuiApplication::clipboard()->setText(lines.isEmpty() ? m_log->text() : lines.join(u'\n'));
}

void MessageLogView::followNewLines()
{
    const auto wasAtEnd = std::make_shared<bool>(true);
    connect(m_log, &QAbstractItemModel::rowsAboutToBeInserted, this, [this, wasAtEnd] {
        const QScrollBar* bar = m_lines->verticalScrollBar();
        *wasAtEnd = bar->value() == bar->maximum();
    });
    connect(m_log, &QAbstractItemModel::rowsInserted, this, [this, wasAtEnd] {
        if (*wasAtEnd) {
            m_lines->scrollToBottom();
        }
    });
    m_lines->scrollToBottom();
}

} // namespace keyglass::ui
