// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QCoreApplication>

namespace keyglass {

/// The texts of this room, translated in one place: ConsoleText::tr("…").
class ConsoleText {
    Q_DECLARE_TR_FUNCTIONS(keyglass::ConsoleText)
};

/// What the user typed can't be used.
[[nodiscard]] inline Error consoleInput(const QString& subject, const QString& detail)
{
    return Error{ErrorKind::Input, subject, detail};
}

} // namespace keyglass
