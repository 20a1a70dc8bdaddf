// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/outcome.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class ReportFile;

/// How many keys came to what.
struct OutcomeCounts {
    std::array<std::uint64_t, outcomeCount> of{};
    std::uint64_t goneDeleted = 0; ///< Of those Gone, how many the server says it deleted now.

    [[nodiscard]] std::uint64_t operator[](Outcome outcome) const { return of[static_cast<std::size_t>(outcome)]; }
    [[nodiscard]] std::uint64_t& operator[](Outcome outcome) { return of[static_cast<std::size_t>(outcome)]; }
    OutcomeCounts& operator+=(const OutcomeCounts& other);
    /// All keys.
    [[nodiscard]] std::uint64_t keys() const;
    /// Those to which the operation was done by this job, as far as the server told.
    [[nodiscard]] std::uint64_t done() const;
    /// Those that were missing, as far as the server told.
    [[nodiscard]] std::uint64_t missing() const;
    /// Those whose outcome somebody should look at: all but done, missing and skipped by a rule.
    [[nodiscard]] std::uint64_t troubled() const;
};

/// One key with its outcome.
struct KeyOutcome {
    std::string key;
    Outcome outcome = Outcome::NotDone;
    std::string detail;
    QString node;
};

/// What came of one node's keys.
struct NodeOutcomes {
    QString node;
    OutcomeCounts counts;
    std::optional<Error> givenUp; ///< Why its keys were not done to the end. Nothing: they were.
    std::uint64_t retries = 0;    ///< How often its line was lost and opened again.
};

/// Counts what became of the keys of a job, by node; writes a line a key to a file where that is wanted, and keeps the
/// first of those that somebody should look at. Memory does not grow with the number of keys. All members may be
/// called from any thread.
class JobReport {
public:
    JobReport();
    explicit JobReport(std::unique_ptr<ReportFile> file); ///< Null: no file.
    JobReport(const JobReport&) = delete;
    JobReport& operator=(const JobReport&) = delete;
    ~JobReport();

    /// `rows`: of these keys, in whole where wantsAllRows(), else at least those of hasTrouble().
    void add(const QString& node, const OutcomeCounts& counts, std::vector<KeyOutcome>&& rows);
    void giveUp(const QString& node, const Error& why);
    void retried(const QString& node);
    /// Nothing has come of what was done: those keys are not done, for `why`, in the counts from now on and in the file
    /// when it is closed.
    void withdrawDone(std::string_view why);

    [[nodiscard]] bool wantsAllRows() const { return m_file != nullptr; }
    [[nodiscard]] OutcomeCounts counts() const;
    [[nodiscard]] std::vector<NodeOutcomes> nodes() const;
    /// The first thousand keys with trouble, in the order in which it came.
    [[nodiscard]] std::vector<KeyOutcome> troubles() const;
    /// Ends the file with `summary` (a JSON object, see ReportFile). File where it could not be written whole.
    [[nodiscard]] Status closeFile(const std::string& summary);

private:
    [[nodiscard]] NodeOutcomes& lineOf(const QString& node);

    mutable std::mutex m_mutex; ///< Guards all below: every worker adds, the user's thread reads.
    std::vector<NodeOutcomes> m_nodes;
    std::vector<KeyOutcome> m_troubles;
    std::unique_ptr<ReportFile> m_file;
    std::optional<std::string> m_withdrawnFor; ///< Why.
};

/// {"done": 7, "missing": 1}: outcomes that came up, and "gone_deleted" beside "gone".
[[nodiscard]] std::string countsJson(const OutcomeCounts& counts);

/// What came of each node's keys, as an array.
[[nodiscard]] std::string nodesJson(const std::vector<NodeOutcomes>& nodes);
/// What stands below the rows of a report: countsJson() with the number of keys, the time it took where that is known,
/// and the nodes.
[[nodiscard]] std::string summaryJson(
    const std::vector<NodeOutcomes>& nodes, std::optional<std::chrono::milliseconds> elapsed);

/// Whether somebody should look at a key with this outcome.
[[nodiscard]] bool hasTrouble(Outcome outcome);

} // namespace keyglass
