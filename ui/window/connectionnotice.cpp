// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/connectionnotice.h"

#include "ui/window/pagestates.h"

#include <chrono>

using namespace std::chrono_literals;

namespace keyglass::ui {

ConnectionNotice::ConnectionNotice(Session& session, QWidget* parent)
    : NoticeBar(tr("Connection lost"), parent)
    , m_session(session)
{
    m_tick.setInterval(500ms);
    connect(&m_tick, &QTimer::timeout, this, &ConnectionNotice::refresh);
    connect(&session, &Session::stateChanged, this, &ConnectionNotice::follow);
    follow(session.state());
}

void ConnectionNotice::follow(SessionState state)
{
    if (state == SessionState::Connected) {
        m_tick.stop();
        m_lost.invalidate();
        hide();
        return;
    }
    if (!m_lost.isValid()) {
        m_lost.start();
    }
    m_tick.start();
    refresh();
}

void ConnectionNotice::refresh()
{
    const Level level = m_session.state() == SessionState::Closed ? Level::Info : Level::Warning;
    say(level, lostText(m_session, std::chrono::milliseconds(m_lost.elapsed() / 1000 * 1000)), buttons());
}

std::vector<NoticeBar::Button> ConnectionNotice::buttons()
{
    const Button connectNow{tr("Connect"), [this] { m_session.open(); }};
    const Button tryNow{tr("Try now"), [this] { m_session.open(); }};
    const Button giveUp{tr("Disconnect"), [this] { m_session.close(); }};
    const Button edit{tr("Edit connection…"), [this] { Q_EMIT editWanted(); }};
    switch (m_session.state()) {
    case SessionState::Lost:
        return {tryNow, giveUp};
    case SessionState::Failed:
        return {tryNow, edit};
    case SessionState::Closed:
        return {connectNow};
    case SessionState::Connecting:
        return {giveUp};
    case SessionState::Connected:
        break;
    }
    return {};
}

} // namespace keyglass::ui
