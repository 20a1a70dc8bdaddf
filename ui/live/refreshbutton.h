// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QList>
#include <QToolButton>

#include <optional>

class QAction;
class QActionGroup;

namespace keyglass::ui {

/// What a shown value does when it changes elsewhere.
struct RefreshChoice {
    enum class Way { Off, Tell, Reload, Every };
    Way way = Way::Tell;
    Milliseconds every{0}; ///< For Every.

    friend bool operator==(const RefreshChoice&, const RefreshChoice&) = default;
};

/// "tell", "every 5000": to be kept in the settings. What can't be read is Tell.
[[nodiscard]] QByteArray refreshChoiceText(const RefreshChoice& choice);
[[nodiscard]] RefreshChoice refreshChoiceFrom(const QByteArray& text);

/// Says in one word how a value follows what others do, and lets the user choose.
class RefreshButton : public QToolButton {
    Q_OBJECT

public:
    explicit RefreshButton(QWidget* parent = nullptr);

    [[nodiscard]] const RefreshChoice& choice() const { return m_choice; }
    void setChoice(const RefreshChoice& choice);
    /// How changes are noticed, as a sentence for the tooltip.
    void setHow(const QString& sentence);

Q_SIGNALS:
    void chosen(const keyglass::ui::RefreshChoice& choice);
    void historyWanted();

private:
    void add(const QString& text, const RefreshChoice& choice);
    void updateTexts();

    RefreshChoice m_choice;
    QActionGroup* m_group;
    QList<QAction*> m_actions;
    QList<RefreshChoice> m_choices;
    QString m_how;
};

} // namespace keyglass::ui
