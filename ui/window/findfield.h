// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace keyglass::ui {

/// Filters the loaded keys as the user types: substring or regular expression, told apart by two toggles. Hands the
/// filter to the session and shows what comes of it.
class FindField : public QWidget {
    Q_OBJECT

public:
    explicit FindField(Session& session, QWidget* parent = nullptr);

    void takeFocus();
    void clear();
    [[nodiscard]] QString text() const;

private:
    void apply();
    void showHits();

    Session& m_session;
    QLineEdit* m_edit;
    QToolButton* m_case;
    QToolButton* m_regex;
    QLabel* m_hits;
};

} // namespace keyglass::ui
