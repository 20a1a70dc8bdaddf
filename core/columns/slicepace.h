// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/scanpace.h"

#include <cstddef>

namespace keyglass {

/// Says how many keys may be asked about in one pipeline, so that no other client waits longer than the pace allows:
/// 0.15, 0.4 or 0.7 ms, as for calls of a scan.
///
/// A server takes up to 16 KB of a connection's commands before it looks at the others. What a key costs it is the
/// slope between a pipeline of one key, sent now and then, and those of many: so a far network does not count. As long
/// as 16 KB of commands stay within the budget, pipelines may be long; dearer keys come in shorter ones. One thread.
class SlicePace {
public:
    explicit SlicePace(ScanPace pace);

    /// Keys of the next pipeline, at least 1.
    [[nodiscard]] std::size_t next() const;
    /// A pipeline about `keys` keys, which took `bytes` to ask, was answered after `took`.
    void answered(std::size_t keys, std::size_t bytes, Clock::duration took);
    /// What a key takes now, everything included; 0 before that is known.
    [[nodiscard]] std::chrono::duration<double> perKey() const { return m_perKey; }

private:
    using Seconds = std::chrono::duration<double>;

    const Seconds m_budget;
    const std::size_t m_most;
    Seconds m_base{0};   ///< What a pipeline of one key took lately.
    Seconds m_cost{0};   ///< Of the server, for each further key.
    Seconds m_perKey{0}; ///< Wall time for each key.
    double m_bytesPerKey = 0;
    std::size_t m_slices = 0;
};

} // namespace keyglass
