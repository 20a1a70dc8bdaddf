// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>
#include <vector>

class QBoxLayout;
class QHBoxLayout;
class QLabel;

namespace keyglass::ui {

/// One line or two across a view that say something about all of it, with what can be done beside: a lost connection,
/// a partial list. Hidden while there is nothing to say.
class NoticeBar : public QFrame {
    Q_OBJECT

public:
    enum class Level { Info, Warning };
    struct Button {
        QString text;
        std::function<void()> run;
    };

    explicit NoticeBar(const QString& accessibleName, QWidget* parent = nullptr);

    /// Shows the bar; the buttons stay as they are, focus included, where their texts do.
    void say(Level level, const QString& text, std::vector<Button> buttons);
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showButtons();
    void applyColors();

    Level m_level = Level::Info;
    QBoxLayout* m_layout;
    QLabel* m_text;
    QHBoxLayout* m_buttonRow;
    std::vector<Button> m_buttons;
    std::vector<QWidget*> m_shownButtons;
    bool m_applying = false;
};

} // namespace keyglass::ui
