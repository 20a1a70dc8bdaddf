// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace keyglass::ui {

/// The page of how a connection's keys are read and shown.
class KeysPage : public QWidget {
    Q_OBJECT

public:
    explicit KeysPage(QWidget* parent = nullptr);

    void setProfile(const Profile& profile);
    void writeTo(Profile& profile) const;

Q_SIGNALS:
    void changed();

private:
    QLineEdit* m_separator;
    QComboBox* m_pace;
};

} // namespace keyglass::ui
