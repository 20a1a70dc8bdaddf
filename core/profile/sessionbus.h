// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keyglass {

/// True if there is a D-Bus session bus to ask. Looked up before anything connects to it, because without one libdbus
/// would try to start its own, which takes time and leaves a process behind.
[[nodiscard]] bool hasSessionBus();

} // namespace keyglass
