// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QPixmap>
#include <QWidget>

class QLabel;

namespace keyglass::ui {

class ElidedLabel;

/// A dot in the colour of the environment, filled while connected and hollow while not.
class StateDot : public QWidget {
    Q_OBJECT

public:
    explicit StateDot(QWidget* parent = nullptr);
    void setState(Environment environment, SessionState state);
    /// The same dot for lists.
    [[nodiscard]] static QPixmap pixmap(
        const QPalette& palette, Environment environment, SessionState state, double pixelRatio);
    [[nodiscard]] QSize sizeHint() const override { return {12, 12}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Environment m_environment = Environment::Development;
    SessionState m_state = SessionState::Closed;
};

/// Which server a page shows: dot, name, address and mode.
class SessionLine : public QWidget {
    Q_OBJECT

public:
    explicit SessionLine(Session& session, QWidget* parent = nullptr);

private:
    void refresh();

    Session& m_session;
    StateDot* m_dot;
    QLabel* m_name;
    ElidedLabel* m_where;
};

/// "connected", "connecting", "connection lost" …: the state in words, for labels and screen readers.
[[nodiscard]] QString stateText(SessionState state);
/// "127.0.0.1:6379 · Redis 7.0.15 · read-only".
[[nodiscard]] QString whereText(const Session& session);

} // namespace keyglass::ui
