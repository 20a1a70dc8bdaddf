// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivebefore.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/keytransfer.h"
#include "core/source/commandgate.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// How a copy archives the keys that it writes over.
struct OverwriteWays {
    UndoArchiveWriter* archive = nullptr; ///< Null: nothing is archived. Several nodes' steps share one.
    ArchivingOptions options{};           ///< Of where the keys go.
    bool evenUnarchived = false;          ///< Also what is too large for the archive is written over.
    using OwnerOf = std::function<Lane&(const std::string& key)>;
    std::function<OwnerOf()>
        makeOwners{}; ///< What gives a lane to the owner of a key alone; not set: there is but one.
};

/// Copies keys to another database, server or cluster, or moves them there.
///
/// Where there is an archive, what is written over stands in it before, and is written over only if it is still that:
/// else the key is told as Outcome::Changed.
class CopyStep final : public BatchStep {
public:
    /// `makeTarget` makes a lane to where they go; in a cluster, one that finds the owners of keys. `confirmation`:
    /// what the user said yes to there.
    CopyStep(std::function<std::unique_ptr<Lane>()> makeTarget, TransferWays ways, Confirmation confirmation = {},
        OverwriteWays over = {});
    ~CopyStep() override;

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    /// A copy that is there already would be skipped, as if another had made it.
    [[nodiscard]] bool isRepeatable() const override { return m_ways.replaces; }

    /// A lane to the owner of a key there, and to no other; after the first apply().
    [[nodiscard]] Lane& ownerThere(const std::string& key);
    /// Whether the last apply() has archived what has this name there.
    [[nodiscard]] bool hasArchived(std::string_view key) const { return m_archived.contains(key); }
    /// What was given to the archive by the last apply(), also where that failed.
    [[nodiscard]] const KeyBatch& recorded() const { return m_recorded; }
    /// What the last apply() has archived of a key of the name there; nothing: there was none, or it is not told.
    [[nodiscard]] std::optional<SeenState> archivedOf(std::string_view key) const;
    /// What becomes of the key there can't be told from what others make of it: where it comes again after a lost line,
    /// it is written over, and what it was by then stands in the archive, too.
    void canNotTell(std::string_view key) { m_untold.emplace(key); }
    /// Whether the last apply() has found at such a key's name what is neither archived nor known to be ours.
    [[nodiscard]] bool isStrange(std::string_view key) const { return m_strange.contains(key); }

    /// How the outcome of such a key is told.
    static const std::string_view writtenAfterLoss;

private:
    class Compared;

    [[nodiscard]] Status copy(const StepLanes& lanes, const KeyBatch& keys, TransferWays& ways, OutcomeSink& outcomes,
        const std::stop_token& stop);
    [[nodiscard]] Status copyOver(
        const StepLanes& lanes, const KeyBatch& keys, OutcomeSink& outcomes, const std::stop_token& stop);
    void noteKnown(const KeyBatch& keys, const TransferWays& ways);
    [[nodiscard]] Result<std::vector<ArchivedKey>> archive(const KeyBatch& keys, const std::stop_token& stop);

    const std::function<std::unique_ptr<Lane>()> m_makeTarget;
    TransferWays m_ways;
    const Confirmation m_confirmation;
    OverwriteWays m_over;
    OverwriteWays::OwnerOf m_ownerOf;              ///< Not set: the target is one server.
    bool m_hasAskedOwner = false;                  ///< Since the last batch began.
    std::set<std::string, std::less<>> m_archived; ///< Of the last batch.
    std::set<std::string, std::less<>> m_strange;  ///< Of the last batch.
    std::set<std::string, std::less<>> m_untold;   ///< Few: a line was lost while they were under way.
    std::map<std::string, std::optional<SeenState>, std::less<>> m_onto; ///< Of the last batch: as it was archived.
    KnownStates m_known;                                                 ///< Of the last batch, where it failed.
    KeyBatch m_recorded; ///< As m_archived, also where not all came to be archived.
    std::unique_ptr<Lane> m_plainTarget;
    std::unique_ptr<Lane> m_target; ///< The same with the user's yes.
    UnsettledKeys m_unsettled;
};

} // namespace keyglass
