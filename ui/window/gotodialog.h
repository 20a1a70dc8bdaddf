// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QDialog>

#include <cstdint>
#include <string>
#include <variant>

class QLabel;
class QLineEdit;
class QPushButton;

namespace keyglass::ui {

/// A key by name, a row by its number (from 1), or a share of all rows (0 to 1).
using Place = std::variant<std::string, std::uint64_t, double>;

/// Reads a key name: `\\`, `\n`, `\xHH` stand for the byte they name, as names are shown. Input for a bad escape.
[[nodiscard]] Result<Place> keyFromText(const QString& text);
/// Reads "1,204,332", "# 17" or "62 %". Input for anything else.
[[nodiscard]] Result<Place> rowFromText(const QString& text);

/// Asks where to go: to a key by its exact name, or to a row of the tree. Says while typing what is wrong.
class GoToDialog : public QDialog {
    Q_OBJECT

public:
    enum class Kind { Key, Row };

    explicit GoToDialog(Kind kind, QWidget* parent = nullptr);

    void setText(const QString& text);

Q_SIGNALS:
    void chosen(const keyglass::ui::Place& place);

private:
    [[nodiscard]] Result<Place> place() const;
    void check();

    Kind m_kind;
    QLineEdit* m_edit;
    QLabel* m_problem;
    QPushButton* m_go;
};

} // namespace keyglass::ui
