// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/celltext.h"

#include <QComboBox>

namespace keyglass::ui {

/// Chooses what a value is shown as: what it looks like, or one of the formats.
class FormatBox : public QComboBox {
    Q_OBJECT

public:
    explicit FormatBox(QWidget* parent = nullptr);

    [[nodiscard]] FormatChoice choice() const;
    void setChoice(FormatChoice choice);
    /// What the value looks like, named beside "Automatic".
    void showGuess(ValueFormat guessed, bool isImage);
};

} // namespace keyglass::ui
