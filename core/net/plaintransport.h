// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/dialer.h"
#include "core/net/transport.h"

namespace keyglass {

/// A Transport over a connected socket as it is, TCP or unix.
[[nodiscard]] std::unique_ptr<Transport> openPlain(Descriptor socket, std::unique_ptr<const Waiter> waiter);

} // namespace keyglass
