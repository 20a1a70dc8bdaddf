// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/value/valuepage.h"

#include <QWidget>

#include <cstdint>
#include <optional>

class QComboBox;
class QLineEdit;

namespace keyglass::ui {

/// A field for the place in a collection to go to: an index, a rank or score, an entry's ID or a time.
class JumpField : public QWidget {
    Q_OBJECT

public:
    enum class By { Number, Score, Entry };

    explicit JumpField(QWidget* parent = nullptr);

    /// For another value; hidden for types that have no order.
    void setType(KeyType type);
    void clear();
    /// The place that is typed, of that order; `total`: how many elements there are. Input where it can't be one.
    [[nodiscard]] Result<ValuePosition> position(std::optional<std::uint64_t> total, bool descending) const;

Q_SIGNALS:
    /// Return was pressed in it.
    void jumpWanted();
    /// Another place is typed, or none.
    void typedChanged();

private:
    void say();

    QComboBox* m_by;
    QLineEdit* m_text;
    KeyType m_type = KeyType::None;
};

/// What JumpField::position() makes of a text. A number below 0 counts from the end; times without an offset are local.
[[nodiscard]] Result<ValuePosition> jumpPosition(
    JumpField::By by, const QString& text, std::optional<std::uint64_t> total, bool descending);

} // namespace keyglass::ui
