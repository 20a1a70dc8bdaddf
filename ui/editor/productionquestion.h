// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QObject;
class QWidget;

namespace keyglass {
class Session;
}

namespace keyglass::ui {

/// Asks for the name of a production connection, to be typed, before something is saved there. `then` hears whether it
/// was; never if `owner` is gone by then.
void askProductionName(QObject* owner, QWidget* window, const Session& session, std::function<void(bool)> then);

} // namespace keyglass::ui
