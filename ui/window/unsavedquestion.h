// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <vector>

namespace keyglass::ui {

class MainWindow;
class SessionPage;

/// Asks what is to become of edits that are not saved before the sessions they are in are closed.
class UnsavedQuestion : public QObject {
    Q_OBJECT

public:
    explicit UnsavedQuestion(MainWindow& window);

    /// Whether there is anything to ask about.
    [[nodiscard]] static bool asks(const std::vector<SessionPage*>& pages);
    /// Goes on with `then` once they are saved, discarded or kept as drafts; never where the user stays.
    void leave(const std::vector<SessionPage*>& pages, std::function<void()> then);

private:
    void saveAll(const std::vector<SessionPage*>& pages, const std::function<void()>& then);

    MainWindow& m_window;
    bool m_isAsking = false;
};

} // namespace keyglass::ui
