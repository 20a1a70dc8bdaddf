// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace keyglass::ui {

/// One state of a view that has nothing else to show: what is the case, why, and what can be done about it.
struct ShownState {
    struct Button {
        QString text;
        std::function<void()> run;
    };

    QString title;
    QString text;
    std::vector<Button> buttons; ///< The first is the one to take.
    bool busy = false;           ///< Something is under way: a bar says so after 300 ms.
};

/// Shows a ShownState in the middle of its place, wrapped to what is there.
class StatePage : public QWidget {
    Q_OBJECT

public:
    explicit StatePage(const QString& accessibleName, QWidget* parent = nullptr);

    void display(ShownState state);
    [[nodiscard]] const ShownState& state() const { return m_state; }

private:
    void showButtons();
    void showBusy();

    ShownState m_state;
    QLabel* m_title;
    QLabel* m_text;
    QProgressBar* m_busy;
    QHBoxLayout* m_buttons;
    std::vector<QWidget*> m_shownButtons;
};

} // namespace keyglass::ui
