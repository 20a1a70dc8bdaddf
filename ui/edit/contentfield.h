// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QPlainTextEdit>

#include <string>

namespace keyglass::ui {

/// Bytes of any kind as a text to be edited: as it is where the editor gives back every byte, else escaped (`\xHH`,
/// `\n`,
/// `\\`), which is told.
class ContentField : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit ContentField(const QString& name, QWidget* parent = nullptr);

    void setBytes(const std::string& bytes);
    /// Input where an escape is cut or unknown.
    [[nodiscard]] Result<std::string> bytes() const;
    [[nodiscard]] bool isEscaped() const { return m_isEscaped; }

private:
    [[nodiscard]] std::string typed() const;

    bool m_isEscaped = false;
};

} // namespace keyglass::ui
