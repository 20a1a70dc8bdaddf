// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace keyglass {

/// What the command line says about the window.
struct WindowOptions {
    QString profile;            ///< Name or id of a saved profile to open; empty: none.
    QString uri;                ///< Address to open; empty: none.
    QString configDir;          ///< Folder for settings and profiles; empty: the user's.
    bool demo = false;          ///< Open the demo.
    bool passwordStdin = false; ///< The password of --profile or --uri is the first line of the standard input.

    /// True where something is to be opened; else the window opens what was open last.
    [[nodiscard]] bool opensSomething() const { return demo || !profile.isEmpty() || !uri.isEmpty(); }
};

/// Reads `arguments` (without the program's name). Options of Qt itself (-platform, -style …) pass. Input for an
/// unknown option, a missing value, and options that exclude each other; neither the error's subject nor its detail
/// repeats a URI.
[[nodiscard]] Result<WindowOptions> parseWindowOptions(const QStringList& arguments);

} // namespace keyglass
