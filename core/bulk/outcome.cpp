// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/outcome.h"

#include <array>

namespace keyglass {

std::string_view outcomeName(Outcome outcome)
{
    static constexpr std::array<std::string_view, outcomeCount> names{"done", "done_though_changed", "missing",
        "changed", "skipped", "not_undoable", "failed", "expired_meanwhile", "unknown", "gone", "not_done"};
    return names.at(static_cast<std::size_t>(outcome));
}

} // namespace keyglass
