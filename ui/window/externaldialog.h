// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/externalcommand.h"

#include <QDialog>

#include <vector>

class QLabel;
class QTableWidget;

namespace keyglass::ui {

/// The programs that decode values: a line for each, to be changed in place.
class ExternalDialog : public QDialog {
    Q_OBJECT

public:
    explicit ExternalDialog(const std::vector<ExternalCommand>& commands, QWidget* parent = nullptr);

    [[nodiscard]] std::vector<ExternalCommand> commands() const;

Q_SIGNALS:
    /// The user saves them; each has a name of its own and a program.
    void chosen(const std::vector<keyglass::ExternalCommand>& commands);

private:
    void add(const ExternalCommand& command);
    void save();
    [[nodiscard]] QString problem() const;

    QTableWidget* m_table;
    QLabel* m_problem;
};

} // namespace keyglass::ui
