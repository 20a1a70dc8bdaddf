// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace keyglass {
class Session;
}

namespace keyglass::ui {

class StateDot;

/// The right words of one session for the window's status bar: connection and round trip, how many
/// of a cluster's masters answer, what is partial (a click
/// tries the missing nodes again), read-only, how many keys are selected.
class SessionStatus : public QWidget {
    Q_OBJECT

public:
    explicit SessionStatus(Session& session, QWidget* parent = nullptr);

    void setSelected(std::uint64_t keys);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();

    Session& m_session;
    StateDot* m_dot;
    QLabel* m_connection;
    QLabel* m_cluster;
    QLabel* m_partial;
    QLabel* m_readOnly;
    QLabel* m_selection;
};

} // namespace keyglass::ui
