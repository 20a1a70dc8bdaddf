// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace keyglass::ui {

/// A field and, below it, what is wrong with it; nothing while all is well.
class CheckedField : public QWidget {
    Q_OBJECT

public:
    /// Takes `field` as its child and passes the focus on to it.
    explicit CheckedField(QWidget* field, QWidget* parent = nullptr);

    /// A sentence; empty: nothing is wrong. Screen readers get it as the field's description.
    void setProblem(const QString& text);
    [[nodiscard]] QString problem() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void colorProblem();

    QWidget* m_field;
    QLabel* m_problem;
};

} // namespace keyglass::ui
