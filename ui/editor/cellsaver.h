// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"

#include <QObject>

#include <functional>
#include <string>
#include <vector>

class QWidget;

namespace keyglass {
class Session;
}

namespace keyglass::ui {

/// Sends edits to the server, and asks for the connection's name where production wants them confirmed.
class CellSaver : public QObject {
    Q_OBJECT

public:
    using Take = std::function<void(const KeyEdit& sent, const Result<EditOutcome>& outcome)>;

    /// `window`: over which is asked.
    CellSaver(Session& session, QWidget* window);

    void send(const KeyEdit& edit, const Take& take);
    [[nodiscard]] bool isSending() const { return m_isSending; }
    /// One or two sentences about what came of it.
    [[nodiscard]] QString words(const KeyEdit& sent, const Result<EditOutcome>& outcome) const;

private:
    void sendConfirmed(const KeyEdit& edit, const std::vector<std::string>& confirmed, const Take& take);
    void askConfirmation(const KeyEdit& edit, const Result<EditOutcome>& refused, const Take& take);

    Session& m_session;
    QWidget* m_window;
    bool m_isSending = false;
};

} // namespace keyglass::ui
