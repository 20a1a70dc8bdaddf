// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

#include <string>

namespace keyglass::ui {

/// The content of something new: a text of several lines, whose bytes are what was typed.
class ContentField : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit ContentField(const QString& name, QWidget* parent = nullptr);

    [[nodiscard]] std::string bytes() const;
    /// The same as text.
    [[nodiscard]] QString typed() const;
};

} // namespace keyglass::ui
