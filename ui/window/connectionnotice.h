// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/common/noticebar.h"

#include <QElapsedTimer>
#include <QTimer>

namespace keyglass::ui {

/// The banner over a page whose connection is gone while what it loaded can still be read: since when, when the next
/// try is due, and what can be done now.
class ConnectionNotice : public NoticeBar {
    Q_OBJECT

public:
    explicit ConnectionNotice(Session& session, QWidget* parent = nullptr);

Q_SIGNALS:
    void editWanted();

private:
    void follow(SessionState state);
    void refresh();
    [[nodiscard]] std::vector<Button> buttons();

    Session& m_session;
    QTimer m_tick;
    QElapsedTimer m_lost; ///< Since the connection was last there; not valid while it is.
};

} // namespace keyglass::ui
