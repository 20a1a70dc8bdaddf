// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/value/valuepage.h"

#include <QToolButton>

#include <optional>

class QComboBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;

namespace keyglass::ui {

/// Which members of a sorted set are shown: all, those of some scores, or those of some ranks.
struct MemberRange {
    std::optional<ScoreRange> scores;
    std::optional<NumberRange> ranks;

    [[nodiscard]] bool isAll() const { return !scores && !ranks; }
    friend bool operator==(const MemberRange&, const MemberRange&) = default;
};

/// A button that says which range is shown, with a small form to choose another. A bound of scores takes a `(` before
/// it where it is itself left out.
class RangeButton : public QToolButton {
    Q_OBJECT

public:
    explicit RangeButton(QWidget* parent = nullptr);

    [[nodiscard]] const MemberRange& range() const { return m_range; }
    /// Without rangeChanged().
    void setRange(const MemberRange& range);
    /// What the form says by now; Input where it can't be meant.
    [[nodiscard]] Result<MemberRange> typed() const;

Q_SIGNALS:
    void rangeChanged();

private:
    void makeForm();
    void showForm();
    void apply();
    void choose(const MemberRange& range);
    void say();

    MemberRange m_range;
    QFrame* m_form;
    QComboBox* m_by;
    QLineEdit* m_from;
    QLineEdit* m_to;
    QLabel* m_problem;
};

} // namespace keyglass::ui
