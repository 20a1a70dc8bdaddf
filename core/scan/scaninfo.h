// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scan/pacer.h"
#include "core/source/lane.h"

#include <optional>
#include <stop_token>
#include <string>

namespace keyglass {

/// What INFO tells of the process at the other end of a lane.
struct ServerProcess {
    std::string runId;             ///< Empty where the server does not tell it, or may not be asked.
    bool isProvenForParts = false; ///< By its version: several cursors lose nothing (scanparts.h).
};

/// Whether a server refuses only for now, and not us but everybody: busy with a script, a replica without its master,
/// a cluster without some of its slots, or no room for another connection.
[[nodiscard]] bool isPassingRefusal(const Error& error);

/// One round trip. A refused INFO is no error, one that is refused for now is; fails as Lane::call().
[[nodiscard]] Result<ServerProcess> fetchProcess(Lane& lane, std::stop_token stop);

/// SCAN's line of an INFO commandstats; nothing where the server keeps no such lines.
[[nodiscard]] std::optional<ScanStats> scanStatsOf(std::string commandStats);

} // namespace keyglass
