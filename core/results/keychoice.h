// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/keyselection.h"
#include "core/index/snapshot.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

namespace keyglass {

/// In which order keys are given: that of their bytes, or its reverse.
enum class KeyOrder { Ascending, Descending };

/// Which keys are meant: all of a snapshot, or those of them that are selected. A value; holds the snapshot's memory.
struct KeyChoice {
    std::shared_ptr<const Snapshot> keys;
    std::optional<KeySelection> selected{};

    /// Exact; two ranks per part of the selection.
    [[nodiscard]] std::uint64_t count() const;
    /// Calls `use` for each key until it returns false or `stop`. True if all were given. Takes a few megabytes,
    /// whatever the number of keys.
    bool forEachKey(
        KeyOrder order, const std::stop_token& stop, const std::function<bool(std::string_view)>& use) const;

private:
    [[nodiscard]] std::vector<KeyRange> ranges() const;
};

} // namespace keyglass
