// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListWidget;

namespace keyglass {
class Session;
}

namespace keyglass::ui {

/// The open sessions of a window, one below the other, with the start page on top. Rows are numbered from 0; the start
/// page has none.
class SessionBar : public QWidget {
    Q_OBJECT

public:
    explicit SessionBar(QWidget* parent = nullptr);

    /// Adds a row at the end; it follows the session's state by itself.
    void add(Session& session);
    void remove(int row);
    /// -1: the start page.
    void setCurrent(int row);
    [[nodiscard]] int current() const;
    [[nodiscard]] int count() const;

Q_SIGNALS:
    void currentChanged(int row);
    void newWanted();
    void closeWanted(int row);

private:
    void refresh(Session& session);
    void showMenu(const QPoint& at);

    QListWidget* m_list;
};

} // namespace keyglass::ui
