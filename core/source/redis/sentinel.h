// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/lane.h"
#include "core/source/redis/clusteraddress.h"

#include <string>
#include <vector>

namespace keyglass {

/// The Sentinels that watch over a master, and how to speak to it.
struct SentinelGroup {
    std::vector<ConnectionOptions> sentinels; ///< Each with the Sentinels' own credentials and TLS settings.
    std::string masterName;                   ///< "mymaster"
    ConnectionOptions master;                 ///< Credentials, TLS settings and timeouts for it; not its address.
    AddressRules addresses;                   ///< For what the Sentinels announce.
};

/// Asks one Sentinel after the other where the master is (SENTINEL GET-MASTER-ADDR-BY-NAME), until one names a server
/// that says of itself that it is a master: right after a failover some still name the old one.
///
/// Network: no Sentinel answers, or none knows a master that does. Input: none of those that answer knows the name.
/// Blocks for some round trips; a silent Sentinel costs 1.5 s.
[[nodiscard]] Result<ConnectionOptions> fetchMaster(
    const SentinelGroup& options, const std::shared_ptr<const CommandGate>& gate, std::stop_token stop);

} // namespace keyglass
