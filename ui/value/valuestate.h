// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace keyglass::ui {

/// What stands in the place of a value that can't be shown: what is the case, and the one thing to do about it.
class ValueState : public QWidget {
    Q_OBJECT

public:
    explicit ValueState(QWidget* parent = nullptr);

    /// `button` empty: there is nothing to do.
    void say(const QString& title, const QString& text, const QString& button = {});
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void buttonClicked();

private:
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_button;
};

} // namespace keyglass::ui
