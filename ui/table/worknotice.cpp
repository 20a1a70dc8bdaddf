// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/worknotice.h"

#include "ui/common/noticebar.h"
#include "ui/common/texts.h"

namespace keyglass::ui {

WorkNotice::WorkNotice(NoticeBar& bar, QObject* parent)
    : QObject(parent)
    , m_bar(bar)
{
}

WorkNotice::~WorkNotice()
{
    m_stop.request_stop();
}

void WorkNotice::begin(QFutureWatcherBase& watcher, const QString& what, const std::stop_source& stop)
{
    m_isWorking = true;
    m_stop = stop;
    show(what);
    connect(&watcher, &QFutureWatcherBase::progressValueChanged, this, [this, what](int value) {
        constexpr double whole = WorkTasks::wholeProgress;
        show(tr("%1: %2").arg(what, percentText(value / whole)));
    });
    Q_EMIT changed();
}

void WorkNotice::show(const QString& text)
{
    m_bar.say(NoticeBar::Level::Info, text, {{tr("Cancel"), [this] { m_stop.request_stop(); }}});
}

void WorkNotice::end()
{
    m_isWorking = false;
    m_stop = std::stop_source(std::nostopstate);
    m_bar.hide();
    Q_EMIT changed();
}

} // namespace keyglass::ui
