// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keyglass {

/// What a server is used for, as the user says in its profile. Production makes the command gate ask.
enum class Environment { Development, Staging, Production };

} // namespace keyglass
