// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace keyglass {

/// Does what the command line asks for when it asks for something else than the window, and gives the exit status: 0
/// done, 1 done in part, 2 bad usage, 3 failed. Nothing where the window is wanted; then nothing has been printed and
/// no application object was made.
[[nodiscard]] std::optional<int> runCommandLine(int argc, char** argv);

} // namespace keyglass
