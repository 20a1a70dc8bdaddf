// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/batchstep.h"
#include "core/bulk/joboperation.h"

namespace keyglass {

/// Gives one field of hashes a value, by a script, as HSET would make a hash of a key that went meanwhile.
class SetFieldStep final : public BatchStep {
public:
    explicit SetFieldStep(SetField change);

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    [[nodiscard]] Result<std::vector<bool>> holdIt(
        const StepLanes& lanes, const KeyBatch& keys, const std::stop_token& stop) override;

private:
    const SetField m_change;
    UnsettledKeys m_unsettled;
};

} // namespace keyglass
