// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"

#include <QJsonObject>
#include <QWidget>

#include <optional>

class QComboBox;
class QDateTimeEdit;
class QSpinBox;
class QStackedWidget;

namespace keyglass::ui {

/// When a key ends: never, after a time, or at a point in time (of this computer's clock and time zone).
class ExpiryField : public QWidget {
    Q_OBJECT

public:
    explicit ExpiryField(QWidget* parent = nullptr);

    /// Shows what is left; nothing: it does not end.
    void setLeft(std::optional<Milliseconds> left);
    /// Nothing: never.
    [[nodiscard]] std::optional<NewExpiry> expiry() const;
    [[nodiscard]] QJsonObject typed() const;
    void retype(const QJsonObject& typed);

Q_SIGNALS:
    void changed();

private:
    QComboBox* m_kind;
    QStackedWidget* m_stack;
    QSpinBox* m_number;
    QComboBox* m_unit;
    QDateTimeEdit* m_end;
};

} // namespace keyglass::ui
