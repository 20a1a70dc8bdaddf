// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/connectionpage.h"

#include <optional>
#include <utility>

using namespace std::chrono_literals;

namespace keyglass::ui {

namespace {

constexpr auto retryAfter = 2s;

} // namespace

ConnectionPage::ConnectionPage(Session& session, QWidget* parent)
    : StatePage(tr("Connection"), parent)
    , m_session(session)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(retryAfter);
    connect(&m_retry, &QTimer::timeout, &m_session, &Session::open);
    refresh();
}

bool ConnectionPage::follow(SessionState state)
{
    const bool isFirst = state == SessionState::Connected && !m_wasConnected;
    m_wasConnected = m_wasConnected || isFirst;
    refresh();
    const auto error = m_session.lastError();
    if (state == SessionState::Failed && error && error->kind == ErrorKind::Loading) {
        m_retry.start();
    } else {
        m_retry.stop();
    }
    return isFirst;
}

bool ConnectionPage::isNeeded() const
{
    return !m_wasConnected && connectionState(m_session);
}

void ConnectionPage::refresh()
{
    const auto state = m_wasConnected ? std::nullopt : connectionState(m_session);
    if (!state) {
        return;
    }
    ShownState shown{state->title, state->text, {}, state->busy};
    for (const PageState::Offer offer : state->offers) {
        shown.buttons.push_back({offerText(offer), [this, offer] { take(offer); }});
    }
    display(std::move(shown));
}

void ConnectionPage::take(PageState::Offer offer)
{
    using Offer = PageState::Offer;
    switch (offer) {
    case Offer::Cancel:
        m_session.close();
        return;
    case Offer::Retry:
    case Offer::Connect:
        m_session.open();
        return;
    case Offer::Edit:
        Q_EMIT editWanted();
        return;
    case Offer::Password:
        Q_EMIT passwordWanted();
        return;
    default:
        return; // the others stand in the tree's place
    }
}

} // namespace keyglass::ui
