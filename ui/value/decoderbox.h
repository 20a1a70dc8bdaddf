// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/decodedtext.h"

#include <QComboBox>

namespace keyglass::ui {

/// Chooses the decoders that a value is shown through: what it looks like, as it is stored, each decoder by itself, or
/// any stack by its names.
class DecoderBox : public QComboBox {
    Q_OBJECT

public:
    explicit DecoderBox(QWidget* parent = nullptr);

    [[nodiscard]] const DecoderChoice& choice() const { return m_choice; }
    void setChoice(const DecoderChoice& choice);
    /// What the value looks like, named beside "Automatic". `rule`: the pattern of the rule that says so, instead.
    void setGuess(const DecoderStack& stack, const QString& rule = {});
    /// Adds the ways to the rules.
    void offerRules();

Q_SIGNALS:
    void choiceChanged();
    /// Values like this one are to be decoded as this one is.
    void ruleWanted();
    void rulesWanted();

private:
    void takeIndex(int index);
    void askForNames();
    void takeNames(const QString& names);
    void showChoice();

    DecoderChoice m_choice;
};

} // namespace keyglass::ui
