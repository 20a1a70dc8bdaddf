// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/batchstep.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace keyglass {

/// How keys are deleted.
struct DeleteWays {
    /// Several keys in one UNLINK, which is what is fast. Not in a cluster. Where the server says that it deleted fewer
    /// than it was given, those are told as Outcome::Gone and the next thousands go one by one.
    bool inGroups = true;
    bool mayUnlink = true; ///< Else DEL, which blocks the server while a large key is freed.
};

/// Deletes keys without an archive: UNLINK, DEL where the server has no such command.
class DeleteStep final : public BatchStep {
public:
    explicit DeleteStep(DeleteWays ways);

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes& lanes, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    [[nodiscard]] std::vector<std::string> pacedCommands() const override;
    void setCallSize(const CallSize& size) override { m_callKeys = size.keys; }

private:
    [[nodiscard]] Status sendGroup(const StepLanes& lanes, KeyBatch&& keys, const std::stop_token& stop);
    [[nodiscard]] Status settleOne(const StepLanes& lanes, OutcomeSink& outcomes, std::stop_token stop);
    [[nodiscard]] Status oneByOne(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] bool fallsBack(const Reply& reply);

    DeleteWays m_ways;
    std::size_t m_callKeys = SIZE_MAX;
    std::size_t m_singles = 0; ///< Keys to go one by one before the next group.
    std::deque<KeyBatch> m_underWay;
    UnsettledKeys m_unsettled;
};

} // namespace keyglass
