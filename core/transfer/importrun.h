// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivebefore.h"
#include "core/bulk/joboperation.h"
#include "core/bulk/jobpace.h"
#include "core/bulk/jobpreview.h"
#include "core/bulk/jobreport.h"
#include "core/transfer/partcommands.h"
#include "core/transfer/partreader.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace keyglass {

class Lane;
struct ImportedKey;

/// How an import is done.
struct ImportOptions {
    ImportConflict conflict = ImportConflict::Skip;
    MakingWays making;
    ArchivingOptions archiving;  ///< Of keys that are replaced.
    bool evenUnarchived = false; ///< Also what is too large for the archive is replaced.
    bool hasUnlink = true;       ///< UNLINK (4.0), else DEL.
    bool isCluster = false;
    QString node;                  ///< How the report names where the keys went; in a cluster by their owners.
    Milliseconds patience{30'000}; ///< How long a lost node, or a slot on its way, is waited for.
};

/// A place in the file that could not be read.
struct ImportProblem {
    std::uint64_t line = 0; ///< As PartReader::line().
    QString text;
};

/// How far an import is, and what was wrong with its file.
struct ImportTotals {
    std::uint64_t keys = 0;
    std::uint64_t settled = 0;
    std::uint64_t badLines = 0;
    std::vector<ImportProblem> problems; ///< The first thousand.
};

/// Where an import writes to.
struct ImportLanes {
    Lane& routed; ///< Finds the owners of keys.
    /// A lane to the owner of a key alone, for archiving. Belongs to who is asked.
    std::function<Lane&(const std::string& key)> ownerOf;
    std::function<QString(const std::string& key)> nodeOf{}; ///< The name of a key's owner; not set: there is but one.
    std::function<void(const std::stop_token& stop)> refresh{}; ///< Asks who owns what now; not set: nobody else can.
};

/// Makes the keys of a file.
///
/// Nothing is half-written: a key is made under a passing name ("keyglass:import:…", which ends by itself within the
/// hour should the program be killed), and gets its own, with its end, by one RENAMENX or RENAME once all of it is
/// there. What RENAME puts an end to is archived before. Lost lines are waited out; keys of a node that stays away are
/// told as not done, and the others go on. Holds some megabytes, however large the keys are. Blocks;
/// belongs to one thread.
class ImportRun {
public:
    using OnProgress = std::function<void(const ImportTotals&)>;
    /// Waits for its turn among the jobs of the servers, and gives what is to be held during one batch; null once
    /// `stop` is requested.
    using Enter = std::function<std::shared_ptr<void>(const std::stop_token& stop)>;

    /// All must outlive it; `archive` may be null: then nothing is archived. `pace` is asked before each batch.
    ImportRun(ImportLanes lanes, ImportOptions options, UndoArchiveWriter* archive, JobPace& pace, JobReport& report);
    ImportRun(const ImportRun&) = delete;
    ImportRun& operator=(const ImportRun&) = delete;
    ~ImportRun();

    /// Reads and writes to the end of the file; run once more after a failure, with ImportConflict::Skip, it goes on
    /// where it ended. File; Network and the like where the one server was away for longer than the patience: keys that
    /// were being named then are told as Outcome::Unknown; Cancelled within 100 ms of `stop`.
    [[nodiscard]] Status run(PartReader& reader, const std::stop_token& stop, const OnProgress& progress = {});
    /// What run() would do: reads the whole file, and asks which of its keys are there.
    [[nodiscard]] Result<JobPreview> preview(
        PartReader& reader, const std::stop_token& stop, const OnProgress& progress = {});
    /// Before run(). Without it, it waits for nobody.
    void setEnter(Enter enter) { m_enter = std::move(enter); }
    [[nodiscard]] const ImportTotals& totals() const { return m_totals; }

private:
    class Batch;
    struct Open;

    [[nodiscard]] Status take(KeyPart&& part, const std::stop_token& stop);
    [[nodiscard]] Status goOn(KeyPart&& part, const std::stop_token& stop);
    [[nodiscard]] Status flush(const std::stop_token& stop);
    void noteEnd(const PartReader& reader);
    [[nodiscard]] Status damaged(const PartReader& reader, const Error& problem, const std::stop_token& stop);
    [[nodiscard]] Result<std::shared_ptr<void>> turn(std::size_t keys, const std::stop_token& stop);
    void settleOpen(Outcome outcome, std::string_view detail, const std::stop_token& stop);
    void settle(const std::string& key, Outcome outcome, std::string_view detail);

    Enter m_enter;
    ImportLanes m_lanes;
    ImportOptions m_options;
    UndoArchiveWriter* const m_archive;
    JobPace& m_pace;
    JobReport& m_report;
    std::unique_ptr<Batch> m_batch;
    std::unique_ptr<Open> m_open; ///< The large key that is being made.
    ImportTotals m_totals;
};

} // namespace keyglass
