// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keyglass {

/// How much of the server's time a scan may take.
enum class ScanPace { Gentle, Balanced, Full };

} // namespace keyglass
