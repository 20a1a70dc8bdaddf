// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QWidget>

#include <optional>

class QActionGroup;
class QCompleter;
class QLabel;
class QLineEdit;
class QStringListModel;
class QToolButton;

namespace keyglass::ui {

/// Where the user says which keys the server shall send. Shows beside the text what it is taken for (prefix, glob or
/// exact), and below it, as it is typed, why it can't be used.
class PatternField : public QWidget {
    Q_OBJECT

public:
    explicit PatternField(QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    /// Puts `text` in, taken as `kind`; without one, what it looks like decides.
    void setText(const QString& text, std::optional<KeyPattern::Kind> kind = {});
    /// What is in the field. Input for an unclosed bracket or a bad escape.
    [[nodiscard]] Result<KeyPattern> pattern() const;
    /// The patterns offered while typing, newest first.
    void setRecent(const QStringList& patterns);
    void takeFocus();

Q_SIGNALS:
    /// Return was pressed on a pattern that can be used.
    void submitted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void addKinds();
    void colorProblem();
    void showKind();
    void submit();

    QLineEdit* m_edit;
    QToolButton* m_kindButton;
    QActionGroup* m_kinds;
    QLabel* m_problem;
    QStringListModel* m_recent;
    std::optional<KeyPattern::Kind> m_chosen; ///< Nothing: what the text looks like decides.
};

} // namespace keyglass::ui
