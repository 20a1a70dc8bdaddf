// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobpace.h"
#include "core/session/bulkrun.h"
#include "core/session/ownerlanes.h"
#include "core/session/sourceturns.h"
#include "core/transfer/importrun.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace keyglass {

/// A job whose keys come from a file: BulkRun's part for imports. The same threads may call the same members.
class BulkImport {
public:
    BulkImport(const BulkSetting& setting, const JobPlan& plan, const ArchivingWays& ways);
    BulkImport(const BulkImport&) = delete;
    BulkImport& operator=(const BulkImport&) = delete;
    ~BulkImport();

    /// Its report's failure: what would end the run before its first key.
    [[nodiscard]] Result<BulkRun::Previewed> preview(std::stop_token stop);
    /// `archive`: for what is replaced; may be null. `file`: of the outcomes; may be null.
    [[nodiscard]] Result<BulkReport> run(
        UndoArchiveWriter* archive, std::unique_ptr<ReportFile> file, std::stop_token stop);

    [[nodiscard]] JobProgress progress() const;
    void pause() { m_pace.pause(); }
    void resume() { m_pace.resume(); }
    void setRate(std::optional<std::uint64_t> keysPerSecond) { m_pace.setRate(keysPerSecond); }

private:
    [[nodiscard]] Lane& ownerOf(const std::string& key);
    [[nodiscard]] ImportLanes lanes();
    [[nodiscard]] ImportOptions options() const;
    [[nodiscard]] std::optional<Error> whyNothing(const BulkRun::Previewed& seen) const;
    [[nodiscard]] Status checkNothingInTheWay(const std::stop_token& stop);
    void tookProgress(const ImportTotals& totals, const JobReport& report);

    const BulkSetting& m_setting;
    const JobPlan& m_plan;
    const ImportKeys m_what;
    const ArchivingWays m_ways;
    JobPace m_pace;
    SourceTurns m_turns;
    std::unique_ptr<Lane> m_plainLane;
    std::unique_ptr<Lane> m_lane; ///< The same with the user's yes.
    OwnerLanes m_owners;
    mutable std::mutex m_mutex; ///< Guards m_progress: the user's thread asks while it runs.
    JobProgress m_progress;
};

} // namespace keyglass
