// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QCoreApplication>

namespace keyglass {

/// A text of this room, translated.
[[nodiscard]] inline QString consoleTr(const char* text)
{
    return QCoreApplication::translate("Console", text);
}

/// What the user typed can't be used.
[[nodiscard]] inline Error consoleInput(const QString& subject, const QString& detail)
{
    return Error{ErrorKind::Input, subject, detail};
}

} // namespace keyglass
