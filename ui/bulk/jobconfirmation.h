// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <array>
#include <vector>

class QLabel;
class QLineEdit;

namespace keyglass::ui {

/// What a user has to type before a job begins: a number, the names of the production connections that it writes to.
class JobConfirmation : public QWidget {
    Q_OBJECT

public:
    struct Question {
        QString text;   ///< What is asked for, and why.
        QString answer; ///< What has to be typed.

        friend bool operator==(const Question&, const Question&) = default;
    };
    static constexpr std::size_t mostQuestions = 2;

    explicit JobConfirmation(QWidget* parent = nullptr);

    /// At most `mostQuestions`; none: nothing is shown, and isGiven(). Keeps what is typed.
    void ask(const std::vector<Question>& questions);
    /// Whether every question is answered.
    [[nodiscard]] bool isGiven() const;

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QLabel* text = nullptr;
        QLineEdit* edit = nullptr;
    };
    std::array<Row, mostQuestions> m_rows;
    std::vector<Question> m_questions;
};

} // namespace keyglass::ui
