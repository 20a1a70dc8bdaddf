// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keyglass {

struct WindowOptions;

/// Shows the window and runs until the last one is closed. Gives the exit status. Needs no network, keychain, D-Bus or
/// config folder: what is missing is said in the message log.
[[nodiscard]] int runWindow(int& argc, char** argv, const WindowOptions& options);

} // namespace keyglass
