// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/decoderrule.h"

#include <QDialog>

#include <vector>

class QLabel;
class QTableWidget;

namespace keyglass::ui {

/// The rules by which values are decoded: each a line to be changed in place, in the order in which they are tried.
class DecoderRulesDialog : public QDialog {
    Q_OBJECT

public:
    /// `areKept`: false for a connection that is not saved, which is then said.
    DecoderRulesDialog(const std::vector<DecoderRule>& rules, bool areKept, QWidget* parent = nullptr);

    /// Adds a rule in front of the others, to be looked at before it is saved.
    void suggest(const DecoderRule& rule);
    [[nodiscard]] std::vector<DecoderRule> rules() const;

Q_SIGNALS:
    /// The user saves them; all can be used.
    void chosen(const std::vector<keyglass::DecoderRule>& rules);

private:
    [[nodiscard]] QWidget* makeButtons();
    void addButton(QWidget* bar, const QString& text, void (DecoderRulesDialog::*run)());
    void insert(int row, const DecoderRule& rule);
    void addRow();
    void removeRow();
    void moveUp() { move(-1); }
    void moveDown() { move(1); }
    void move(int by);
    void save();
    /// A sentence about the first rule that can't be used; empty: all can.
    [[nodiscard]] QString problem() const;

    QTableWidget* m_table;
    QLabel* m_problem;
};

} // namespace keyglass::ui
