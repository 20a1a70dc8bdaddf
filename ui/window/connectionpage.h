// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/window/pagestates.h"
#include "ui/window/statepage.h"

#include <QTimer>

namespace keyglass::ui {

/// In place of a session's keys until it was first connected: how that goes, and what can be done. While the server
/// says that it is loading, it is tried again.
class ConnectionPage : public StatePage {
    Q_OBJECT

public:
    /// The session outlives it.
    explicit ConnectionPage(Session& session, QWidget* parent = nullptr);

    /// The session is in another state; true where this was its first connection.
    [[nodiscard]] bool follow(SessionState state);
    /// Whether there is nothing else to show yet.
    [[nodiscard]] bool isNeeded() const;

Q_SIGNALS:
    void editWanted();
    void passwordWanted();

private:
    void refresh();
    void take(PageState::Offer offer);

    Session& m_session;
    QTimer m_retry;
    bool m_wasConnected = false;
};

} // namespace keyglass::ui
