// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivebefore.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/givennames.h"
#include "core/bulk/keytransfer.h"
#include "core/bulk/namemaker.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Gives keys new names: RENAMENX, or RENAME over what is there; in a cluster, between slots, by a copy and a guarded
/// delete.
///
/// Keys that are written over are archived before, where there is an archive, and only if they are still what was
/// archived.
class RenameStep final : public BatchStep {
public:
    /// `archive` may be null; it must outlive the step. `evenUnarchived`: what is too large for it is written over all
    /// the same. `given`: that of all steps of the job.
    RenameStep(RenameKeys rule, bool isCluster, UndoArchiveWriter* archive, ArchivingOptions options,
        bool evenUnarchived = false, std::shared_ptr<GivenNames> given = std::make_shared<GivenNames>());

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    /// The old name may be given to another key by the new one meanwhile.
    [[nodiscard]] bool isRepeatable() const override { return false; }

private:
    struct Renaming {
        std::string_view key;
        std::string name;
        int tries = 1;
    };
    using Renamings = std::vector<Renaming>;
    class GivingBack;

    [[nodiscard]] Status rename(
        const StepLanes& lanes, const KeyBatch& keys, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Status renameHere(
        const StepLanes& lanes, Renamings renamings, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Status renameOver(
        const StepLanes& lanes, Renamings open, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Status tryNames(const StepLanes& lanes, Renamings& renamings, Renamings& taken, OutcomeSink& outcomes,
        const std::stop_token& stop);
    [[nodiscard]] Status writeOver(const StepLanes& lanes, Renamings renamings, Renamings& again, OutcomeSink& outcomes,
        const std::stop_token& stop);
    [[nodiscard]] Status archive(Lane& lane, Renamings& renamings, std::vector<ArchivedKey>& archived, Renamings& again,
        OutcomeSink& outcomes, const std::stop_token& stop);
    void claimNames(Renamings& renamings, OutcomeSink& outcomes) const;
    [[nodiscard]] Status renameWatched(Lane& lane, Renaming& renaming, const ArchivedKey& archived, Renamings& again,
        OutcomeSink& outcomes, const std::stop_token& stop);
    static void tryAgain(Renaming&& renaming, Renamings& again, OutcomeSink& outcomes);
    [[nodiscard]] Status renameAcross(
        const StepLanes& lanes, Renamings renamings, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Status carry(
        const StepLanes& lanes, Renamings open, TransferWays& ways, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Status carryOver(
        const StepLanes& lanes, Renamings open, TransferWays ways, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Renamings takeSecond(Renamings& renamings) const;
    /// Whether the rule may give one name to several keys, of which a later one would be written over the first.
    [[nodiscard]] bool mayGiveTwice() const { return m_rule.isRegex && m_rule.collision == Collision::Overwrite; }
    /// Whether the rule gives a key of this name another.
    [[nodiscard]] bool isToGo(std::string_view name) const;
    void renamed(Renaming& renaming, const Reply& reply, Renamings& taken, OutcomeSink& outcomes);
    void keep(const Renamings& renamings, std::size_t from, bool mayBeDone);

    static constexpr int mostNumbers = 100;

    const RenameKeys m_rule;
    const NameMaker m_names;
    const bool m_isCluster;
    UndoArchiveWriter* const m_archive;
    ArchivingOptions m_options;
    const bool m_evenUnarchived;
    TransferWays m_ways;
    UnsettledKeys m_unsettled;
    bool m_hasScripts = true;                  ///< EVAL is there, and allowed.
    const std::shared_ptr<GivenNames> m_given; ///< Where mayGiveTwice().
};

} // namespace keyglass
