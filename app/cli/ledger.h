// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/scanreport.h"

#include <string>

namespace keyglass::cli {

/// The ledger of a scan as a JSON array, an object for each node: times in microseconds and ISO 8601, the cursor as a
/// string (64 bits), null for what is not known.
[[nodiscard]] std::string ledgerJson(const ScanReport& report);

/// What a cluster's scan learnt of slots on the move, as a JSON object.
[[nodiscard]] std::string jsonOf(const ClusterFindings& findings);

/// Says on stderr where it is not known whether slots moved; nothing where it is known everywhere.
void tellUnwatched(const ClusterFindings& findings);
/// Says on stderr which nodes were read again from 0, a line each: a list is whole also where one of them lost keys by
/// a restart, and does not show it.
void tellRestarts(const ScanReport& report);
/// Says on stderr which slots are missing from a result, a line each.
void tellGaps(const ClusterFindings& findings);

} // namespace keyglass::cli
