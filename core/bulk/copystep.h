// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/batchstep.h"
#include "core/bulk/keytransfer.h"
#include "core/source/commandgate.h"

#include <functional>
#include <memory>

namespace keyglass {

/// Copies keys to another database, server or cluster, or moves them there.
class CopyStep final : public BatchStep {
public:
    /// `makeTarget` makes a lane to where they go; in a cluster, one that finds the owners of keys. `confirmation`:
    /// what the user said yes to there.
    CopyStep(std::function<std::unique_ptr<Lane>()> makeTarget, TransferWays ways, Confirmation confirmation = {});
    ~CopyStep() override;

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    /// A copy that is there already would be skipped, as if another had made it.
    [[nodiscard]] bool isRepeatable() const override { return m_ways.replaces; }

private:
    const std::function<std::unique_ptr<Lane>()> m_makeTarget;
    TransferWays m_ways;
    const Confirmation m_confirmation;
    std::unique_ptr<Lane> m_plainTarget;
    std::unique_ptr<Lane> m_target; ///< The same with the user's yes.
    UnsettledKeys m_unsettled;
};

} // namespace keyglass
