// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/valuecopy.h"
#include "ui/window/windowactions.h"

#include <QObject>

namespace keyglass::ui {

class MainWindow;
class SessionPage;

/// Says what the actions do that take a value out of the window as a whole, or bring one in.
class ValueCommands : public QObject {
    Q_OBJECT

public:
    ValueCommands(MainWindow& window, WindowActions& actions);

private:
    void copy(SessionPage& page, CopyForm form);

    MainWindow& m_window;
};

} // namespace keyglass::ui
