// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QComboBox>

namespace keyglass::ui {

/// The databases of a session's server with their key counts, to switch between, and a way to open several at once. The
/// counts are read when it is opened and whenever a scan ends.
class DatabaseBox : public QComboBox {
    Q_OBJECT

public:
    explicit DatabaseBox(Session& session, QWidget* parent = nullptr);

    void showPopup() override;

private:
    void choose(int row);
    void askSeveral();
    void load();
    void fill(const std::vector<DatabaseKeys>& databases);
    void showCurrent();
    [[nodiscard]] QString severalText() const;

    Session& m_session;
    std::vector<DatabaseKeys> m_known;
    bool m_loading = false;
};

} // namespace keyglass::ui
