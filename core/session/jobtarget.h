// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/credentials.h"
#include "core/profile/profile.h"

#include <optional>

namespace keyglass {

/// Where a job copies keys to.
struct JobTarget {
    std::optional<Profile> profile; ///< Another server; nothing: the session's own.
    Credentials passwords;
    int database = 0;
};

} // namespace keyglass
