// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivebefore.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/joboperation.h"
#include "core/bulk/largewrite.h"
#include "core/transfer/exportfile.h"
#include "core/transfer/keypages.h"

namespace keyglass {

/// Writes keys with their values to a file of text.
class ExportStep final : public BatchStep {
public:
    /// `file` must outlive it; several nodes' steps share one.
    ExportStep(ExportFile& file, TransferFormat format, ReadingWays ways);

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;

private:
    ExportFile& m_file;
    const TransferFormat m_format;
    ReadingWays m_ways;
    KeyBatch m_notSent;
};

/// Writes what DUMP gives of keys to an archive; what is too large for one goes there in parts, and what has none (a
/// module's type) is told as Outcome::NotDone.
class ArchiveStep final : public BatchStep {
public:
    /// `archive` must outlive it; several nodes' steps share one.
    ArchiveStep(UndoArchiveWriter& archive, ArchivingOptions options);

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;

private:
    [[nodiscard]] Status keepLarge(const StepLanes& lanes, const std::string& key, const ArchivedKey& found,
        OutcomeSink& outcomes, const std::stop_token& stop);

    UndoArchiveWriter& m_archive;
    ArchivingOptions m_options;
    std::unique_ptr<LargeWrite> m_large; ///< Null: there is no reader.
    KeyBatch m_notSent;
};

} // namespace keyglass
