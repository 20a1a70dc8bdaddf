// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <string_view>

namespace keyglass {

/// The machine's memory.
struct SystemMemory {
    ByteCount total;
    ByteCount available; ///< What a program can still take before the machine begins to swap.
};

/// As /proc/meminfo says it; nothing where there is none. Costs some 20 µs.
[[nodiscard]] std::optional<SystemMemory> systemMemory();

/// Reads the text of /proc/meminfo (https://man7.org/linux/man-pages/man5/proc_meminfo.5.html).
[[nodiscard]] std::optional<SystemMemory> parseMemoryText(std::string_view text);

} // namespace keyglass
