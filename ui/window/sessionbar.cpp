// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sessionbar.h"

#include "core/session/session.h"
#include "ui/common/icons.h"
#include "ui/window/sessionline.h"

#include <QListWidget>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

constexpr int sessionRole = Qt::UserRole;
constexpr QSize rowSize(48, 28);

} // namespace

SessionBar::SessionBar(QWidget* parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
{
    m_list->setAccessibleName(tr("Sessions"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setIconSize({12, 12});
    m_list->setUniformItemSizes(true);
    auto* start = new QListWidgetItem(tr("Start"), m_list);
    start->setSizeHint(rowSize);
    start->setToolTip(tr("Recent connections"));
    auto* add = new QToolButton(this);
    add->setAccessibleName(tr("New connection"));
    add->setToolTip(tr("New connection"));
    add->setAutoRaise(true);
    setIcon(add, u"add"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_list, 1);
    layout->addWidget(add);
    setMinimumWidth(48);
    m_list->setCurrentRow(0);
    connect(add, &QToolButton::clicked, this, &SessionBar::newWanted);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) { Q_EMIT currentChanged(row - 1); });
    connect(m_list, &QWidget::customContextMenuRequested, this, &SessionBar::showMenu);
}

void SessionBar::add(Session& session)
{
    auto* item = new QListWidgetItem(m_list);
    item->setSizeHint(rowSize);
    item->setData(sessionRole, QVariant::fromValue<QObject*>(&session));
    connect(&session, &Session::stateChanged, this, [this, &session] { refresh(session); });
    connect(&session, &Session::nodesChanged, this, [this, &session] { refresh(session); });
    refresh(session);
}

void SessionBar::refresh(Session& session)
{
    for (int row = 1; row < m_list->count(); ++row) {
        QListWidgetItem* item = m_list->item(row);
        if (item->data(sessionRole).value<QObject*>() != &session) {
            continue;
        }
        const Profile& profile = session.profile();
        item->setText(profile.title());
        const QPixmap dot = StateDot::pixmap(palette(), profile.environment, session.state(), devicePixelRatioF());
        QIcon icon(dot);
        icon.addPixmap(dot, QIcon::Selected); // not tinted: its colour says something
        item->setIcon(icon);
        item->setToolTip(tr("%1\n%2\n%3").arg(profile.title(), whereText(session), stateText(session.state())));
        item->setData(Qt::AccessibleDescriptionRole, stateText(session.state()));
    }
}

void SessionBar::remove(int row)
{
    delete m_list->takeItem(row + 1);
}

void SessionBar::setCurrent(int row)
{
    m_list->setCurrentRow(row + 1);
}

int SessionBar::current() const
{
    return m_list->currentRow() - 1;
}

int SessionBar::count() const
{
    return m_list->count() - 1;
}

void SessionBar::showMenu(const QPoint& at)
{
    const int row = m_list->row(m_list->itemAt(at)) - 1;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("New connection…"), this, &SessionBar::newWanted);
    if (row >= 0) {
        menu->addSeparator();
        menu->addAction(tr("Close session"), this, [this, row] { Q_EMIT closeWanted(row); });
    }
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

} // namespace keyglass::ui
