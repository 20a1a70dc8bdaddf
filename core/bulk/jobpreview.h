// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/jobplan.h"
#include "core/bulk/keylook.h"
#include "core/bulk/namemaker.h"
#include "core/bulk/nodemeter.h"
#include "core/bulk/previewmarks.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace keyglass {

/// What a job would do, before it does it.
struct JobPreview {
    /// How long keys have to live: none, up to a minute, an hour, a day, a week, thirty days, more.
    static constexpr std::size_t ttlBounds = 7;
    struct Sample {
        std::string key;
        std::string type;
        std::optional<std::string> newName; ///< Of a rename.
    };
    /// A key that the job will not touch, or can't bring back.
    struct LeftAlone {
        std::string key;
        std::string why;
    };

    std::uint64_t keys = 0;
    std::map<std::string, std::uint64_t> types;
    std::array<std::uint64_t, ttlBounds> ttls{};
    std::optional<ByteCount> memory;              ///< By MEMORY USAGE, where it was asked.
    std::map<std::string, std::uint64_t> skipped; ///< By why.
    std::uint64_t notUndoable = 0;                ///< Too large for the archive; only where memory was asked.
    std::uint64_t inParts = 0;                    ///< The same: so large that they are archived in parts.
    std::vector<LeftAlone> leftAlone;             ///< The first hundreds of those skipped or not undoable.
    /// Of an import or a copy: keys that are there already. Of a rename: new names that are taken, and not renamed
    /// themselves.
    std::uint64_t inTheWay = 0;
    std::vector<Sample> samples;
    /// What stands in braces in names as "{a.b}:1" and "schema:{a.b}", the first hundred: there may be a table a.b.
    std::set<std::string> tags;
    std::vector<NodeMeasure> nodes; ///< What was measured meanwhile, of each node that has keys.
};

/// The first hundreds of them are kept.
void addLeftAlone(JobPreview& to, const JobPreview::LeftAlone& key);

/// "none", "1m", "1h", "1d", "7d", "30d", "more".
[[nodiscard]] std::string_view ttlBoundName(std::size_t bound);
/// Which of them a time to live belongs to; negative: it has none.
[[nodiscard]] std::size_t ttlBoundOf(Milliseconds ttl);

/// Takes what several nodes' steps found out together. All members may be called from any thread.
class PreviewTally {
public:
    void add(const JobPreview& part);
    /// What was measured by `step` so far, in place of what it gave before.
    void measured(std::uint64_t step, const NodeMeasure& measure);
    /// What a step calls itself there.
    [[nodiscard]] std::uint64_t begin();
    [[nodiscard]] JobPreview preview() const;

private:
    mutable std::mutex m_mutex; ///< Guards m_sum: every node's worker adds to it.
    JobPreview m_sum;
    std::map<std::uint64_t, NodeMeasure> m_measures; ///< By step.
    std::uint64_t m_steps = 0;
};

/// What is looked at for a preview.
struct PreviewWays {
    bool asksMemory = false; ///< Costs the server several times as much.
    ByteCount largest = largestDump;
    bool asksTakenSizes = false; ///< Of what is to be written over: what is too large to be archived is named.
    bool asksValues = false;     ///< Reads each value, for a digest of it: costs about what an export does.
    bool samplesValues = false;  ///< Reads a few small values to tell what the job will take (NodeMeter).
    /// Of a copy: makes a lane to where the keys go, which finds their owners there; not set: that is not looked at.
    std::function<std::unique_ptr<Lane>()> makeTarget{};
};

/// Looks at keys and changes nothing: TYPE and PTTL, and EXISTS of a new name, which do not touch them; with values
/// DUMP. Measures the node.
class PreviewStep final : public BatchStep {
public:
    /// `tally` and `marks` must outlive it; `marks` may be null. `root`: stands before the keys in the marks.
    PreviewStep(JobOperation operation, PreviewWays ways, PreviewTally& tally, PreviewMarks* marks = nullptr,
        std::string root = {});
    ~PreviewStep() override;

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;

private:
    /// Of a key by its place among those given.
    struct TakenNames {
        std::set<std::size_t> taken;
        std::map<std::size_t, std::string> untold; ///< Why it is not known.
        std::map<std::size_t, std::string> large;  ///< Taken by what can't be archived before it is written over: why.
    };
    [[nodiscard]] Result<TakenNames> takenBy(Lane& lane, std::span<const Command> asking,
        std::span<const std::size_t> places, const std::stop_token& stop) const;
    [[nodiscard]] Status findLarge(Lane& lane, std::span<const Command> asking, std::span<const std::size_t> places,
        TakenNames& found, const std::stop_token& stop) const;
    void take(std::string_view key, const KeyLook& look, bool isNameTaken, JobPreview& part) const;
    [[nodiscard]] std::optional<std::string> whySkipped(
        std::string_view key, const KeyLook& look, bool isNameTaken) const;
    [[nodiscard]] std::optional<std::string> whyTimeStays(const KeyLook& look) const;
    [[nodiscard]] Result<TakenNames> takenNames(
        const StepLanes& lanes, const KeyBatch& keys, const std::stop_token& stop) const;
    [[nodiscard]] Result<TakenNames> takenThere(const KeyBatch& keys, const std::stop_token& stop);

    const JobOperation m_operation;
    const PreviewWays m_ways;
    const std::optional<NameMaker> m_names;
    PreviewTally& m_tally;
    PreviewMarks* const m_marks;
    const std::string m_root;
    const std::uint64_t m_number;   ///< In the tally.
    std::unique_ptr<Lane> m_target; ///< Where the keys go.
    NodeMeter m_meter;
    KeyBatch m_notSent;
};

} // namespace keyglass
