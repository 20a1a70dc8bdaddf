// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keyglass {

/// How much of the server's time a scan may take.
enum class ScanPace { Gentle, Balanced, Full };

/// Which nodes of a cluster are scanned.
enum class ScanReplicas {
    Masters,  ///< The masters alone.
    Replicas, ///< A replica of each master that has one, to spare the masters.
    Both,     ///< Masters and replicas; what comes twice is merged and counted.
};

} // namespace keyglass
