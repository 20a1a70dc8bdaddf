// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/bulk/callbudget.h"
#include "core/bulk/joboperation.h"
#include "core/bulk/nodemeasure.h"
#include "core/net/command.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// Measures a node beside a look at keys: the look itself, and now and then the round trip, the server's own times and
/// some values. Reads only, a few small values at a time, and none whose idle time that would change. Belongs to one
/// thread.
class NodeMeter {
public:
    /// `readsValues`: the operation will, so that some are read as a sample.
    NodeMeter(const JobOperation& operation, bool readsValues);

    /// A call of the look has come back.
    void looked(std::uint64_t keys, std::uint64_t commands, std::chrono::nanoseconds waited);
    /// Whether it is time for a sample: with the first keys, and each time there are twice as many.
    [[nodiscard]] bool wantsSample() const { return m_measure.keys >= m_sampleAt; }
    /// Asks over `lane`; some of `keys` are read. What can't be asked is left out.
    void sample(Lane& lane, const KeyBatch& keys, const std::stop_token& stop);
    [[nodiscard]] const NodeMeasure& measure() const { return m_measure; }

private:
    void readSome(Lane& lane, const KeyBatch& keys, const std::stop_token& stop);
    void readNow(Lane& lane, const std::vector<Command>& reads, const std::optional<CommandTime>& before,
        const std::stop_token& stop);
    void takeTimes(const std::string& info);

    std::vector<std::string> m_names; ///< Commands whose times are of interest.
    const bool m_readsValues;
    bool m_mayNotTouch = true; ///< The server can be told not to count reading as a use.
    std::uint64_t m_sampleAt = 1;
    NodeMeasure m_measure;
};

} // namespace keyglass
