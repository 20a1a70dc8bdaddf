// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/filedrop.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace keyglass::ui {

namespace {

/// The one local file that is dragged; empty for all else.
QString fileOf(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace

FileDrop::FileDrop(QWidget* area)
    : QObject(area)
{
    area->setAcceptDrops(true);
    area->installEventFilter(this);
    for (QWidget* widget : area->findChildren<QWidget*>()) {
        widget->installEventFilter(this); // those that take drops themselves would take the file's name
    }
}

bool FileDrop::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop) {
        return QObject::eventFilter(watched, event);
    }
    auto* drop = static_cast<QDropEvent*>(event); // the three are of one family
    const QString path = fileOf(*drop->mimeData());
    if (path.isEmpty()) {
        return QObject::eventFilter(watched, event);
    }
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (type == QEvent::Drop) {
        Q_EMIT dropped(path);
    }
    return true;
}

} // namespace keyglass::ui
