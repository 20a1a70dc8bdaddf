// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivebefore.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/largewrite.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Archives each batch before another step changes its keys; what can't be archived is not changed. What is too large
/// for one DUMP is archived in parts, one key at a time (LargeWrites).
class ArchivedStep final : public BatchStep {
public:
    /// `archive` must outlive it; several nodes' steps share one. `evenUnarchived`: what is too large for the archive
    /// is changed all the same.
    ArchivedStep(
        std::unique_ptr<BatchStep> step, UndoArchiveWriter& archive, ArchivingOptions options, bool evenUnarchived);

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes& lanes, OutcomeSink& outcomes, std::stop_token stop) override
    {
        return m_step->finish(lanes, outcomes, std::move(stop));
    }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    [[nodiscard]] bool isRepeatable() const override { return m_step->isRepeatable(); }
    [[nodiscard]] Result<std::vector<bool>> holdIt(
        const StepLanes& lanes, const KeyBatch& keys, const std::stop_token& stop) override
    {
        return m_step->holdIt(lanes, keys, stop);
    }
    [[nodiscard]] std::vector<std::string> pacedCommands() const override { return m_step->pacedCommands(); }
    void setCallSize(const CallSize& size) override { m_step->setCallSize(size); }

private:
    [[nodiscard]] Status findStrange(const StepLanes& lanes, const KeyBatch& keys,
        const std::vector<ArchivedKey>& archived, const std::stop_token& stop);
    struct Large {
        std::string key;
        std::uint64_t size = 0;
    };
    [[nodiscard]] Status applyInParts(
        const StepLanes& lanes, std::span<const Large> keys, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Status applySafe(const StepLanes& lanes, KeyBatch&& safe, ShownWrites& shown, OutcomeSink& outcomes,
        const std::stop_token& stop);
    void archiveNewer(std::string_view key, const SeenKey& newer, const std::stop_token& stop);

    const std::unique_ptr<BatchStep> m_step;
    UndoArchiveWriter& m_archive;
    ArchivingOptions m_options;
    const bool m_evenUnarchived;
    std::unique_ptr<LargeWrite> m_largeWrite; ///< Null: there is no way to.
    KeyBatch m_recorded;                      ///< In the archive, of the last apply().
    KeyBatch m_notSent;
    KnownStates m_known;                          ///< Of what was lost in the last apply().
    std::set<std::string, std::less<>> m_strange; ///< Of the last apply(): somebody else's by now.
    UndoArchiveWriter::Ticket m_newest = 0;       ///< Of what a batch's keys were by the time they were written to.
};

} // namespace keyglass
