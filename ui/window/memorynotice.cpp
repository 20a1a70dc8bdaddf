// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/memorynotice.h"

namespace keyglass::ui {

MemoryNotice::MemoryNotice(Session& session, QWidget* parent)
    : NoticeBar(tr("Memory used up"), parent)
    , m_session(session)
{
    connect(&session, &Session::scanStateChanged, this, &MemoryNotice::follow);
    follow();
}

void MemoryNotice::follow()
{
    const auto held = m_session.memoryHold();
    if (!held) {
        hide();
        return;
    }
    const Button goOn{tr("Go on"), [this] { m_session.resumeScan(); }};
    const Button stop{tr("Stop the scan"), [this] { m_session.stopScan(); }};
    say(Level::Warning,
        tr("The scan is paused: the list of keys takes %1 of memory, and more could make this computer swap. What is "
           "loaded "
           "can be used. To go on takes up to a quarter more; a pattern makes the list smaller.")
            .arg(sizeText(*held)),
        {goOn, stop});
}

} // namespace keyglass::ui
