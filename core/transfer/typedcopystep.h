// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/copystep.h"
#include "core/transfer/importrun.h"
#include "core/transfer/keypages.h"

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace keyglass {

/// Where keys are copied to.
struct CopyTarget {
    std::function<std::unique_ptr<Lane>()> makeLane; ///< In a cluster, one that finds the owners of keys.
    Confirmation confirmation{};                     ///< What the user said yes to there.
    MakingWays making{};
    bool hasUnlink = true;
    bool isCluster = false;
    OverwriteWays over{};
};

/// Copies keys as CopyStep does, and makes those by the commands of their types that can't go that way: what DUMP gives
/// is another version's than the target takes, or the key is too large for one DUMP.
///
/// What is moved that way is deleted here only if its DUMP is what it was before it was read; a key that is too large
/// to be compared is watched while it is copied. One that could not be made whole there stays here.
class TypedCopyStep final : public BatchStep {
public:
    TypedCopyStep(CopyTarget target, TransferWays ways, ReadingWays reading);
    ~TypedCopyStep() override;

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    [[nodiscard]] bool isRepeatable() const override { return m_direct.isRepeatable(); }

private:
    class Sifting;
    class ByParts;

    [[nodiscard]] Status copyByParts(
        const StepLanes& lanes, const KeyBatch& keys, bool isLarge, OutcomeSink& outcomes, const std::stop_token& stop);

    void expectAgain(const KeyBatch& keys);

    const CopyTarget m_target;
    TransferWays m_ways;
    ReadingWays m_reading;
    CopyStep m_direct;
    ImportOptions m_making;
    std::unique_ptr<Lane> m_plainLane;
    std::unique_ptr<Lane> m_lane; ///< The same with the user's yes.
    KeyBatch m_recorded;          ///< In the archive, of those made by parts in the last apply().
    KnownStates m_known;          ///< Of those, where it failed.
    UnsettledKeys m_unsettled;
};

} // namespace keyglass
