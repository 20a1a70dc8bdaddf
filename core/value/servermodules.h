// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// A module that a server has loaded, as it names itself.
struct ServerModule {
    std::string name;
    std::int64_t version = 0; ///< By the module's own count.

    friend bool operator==(const ServerModule&, const ServerModule&) = default;
};

/// The modules of the lane's server (MODULE LIST), by name. Blocks for one round trip. Permission where that is
/// forbidden; else as Lane::call.
[[nodiscard]] Result<std::vector<ServerModule>> fetchServerModules(Lane& lane, const std::stop_token& stop);

} // namespace keyglass
