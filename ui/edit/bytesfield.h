// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QLineEdit>

#include <string>

namespace keyglass::ui {

/// A line for bytes: text as it is, and what is no text as `\xHH`, `\n`, `\\`, the way key names are written
/// everywhere.
class BytesField : public QLineEdit {
    Q_OBJECT

public:
    explicit BytesField(const QString& name, QWidget* parent = nullptr);

    void setBytes(const std::string& bytes);
    /// Input where an escape is cut or unknown.
    [[nodiscard]] Result<std::string> bytes() const;
};

} // namespace keyglass::ui
