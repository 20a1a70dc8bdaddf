// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QComboBox;
class QSpinBox;

namespace keyglass::ui {

/// "less than 5 minutes": a comparison, a number and its unit; or a choice that needs no number.
class LimitField : public QWidget {
    Q_OBJECT

public:
    enum Choice { Any, Below, Above, No, Yes };
    struct Unit {
        QString name;
        std::uint64_t factor = 1; ///< How many of the smallest one it is.
    };
    struct Value {
        Choice choice = Any;
        std::uint64_t limit = 0; ///< In the smallest unit; for Below and Above.
    };

    /// `choices` are shown in this order, with their texts.
    LimitField(const QString& name, const std::vector<std::pair<Choice, QString>>& choices, std::vector<Unit> units,
        QWidget* parent);

    [[nodiscard]] Value value() const;
    void clear();
    /// Greyed with the reason, and not asked for, where `why` is not empty.
    void setRefused(const QString& why);

private:
    void showNumber();

    std::vector<Unit> m_units;
    QComboBox* m_choice;
    QSpinBox* m_number;
    QComboBox* m_unit;
};

} // namespace keyglass::ui
