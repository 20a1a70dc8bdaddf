// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivewriter.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/keyreading.h"
#include "core/bulk/largewrite.h"
#include "core/bulk/pipelinethread.h"
#include "core/bulk/previewmarks.h"

#include <deque>
#include <memory>
#include <set>

namespace keyglass {

/// How keys are deleted with an archive.
struct RemovalOptions {
    int database = 0; ///< Of the lanes, as the archive names it.
    ArchivingWays ways;
    /// A key that was changed after it was archived is left alone (Outcome::Changed), by WATCH. Else it is deleted, its
    /// newer state archived as well, and told as DoneThoughChanged. Two round trips for 50 keys.
    bool refuseChanged = false;
    /// Larger keys, by MEMORY USAGE, would block the server while they are read by one DUMP: they are read in parts.
    ByteCount largest = largestDump;
    /// Where it is not set, or can't read a key's type, that is told as NotUndoable.
    MakeLargeReader largeReader{};
    /// Those are deleted all the same, without an archive.
    bool deletesUnarchived = false;
    /// Keys that are not what a preview saw are left alone (Outcome::Changed); null: there was none.
    std::shared_ptr<const PreviewMarks> marks{};
    std::string marksRoot{}; ///< Stands before the keys in them.
};

/// Deletes keys whose values stand in an undo archive, on the disk, before.
///
/// A batch is sized, read and archived; once the fsync that covers it is done, its keys go in transactions that show
/// what they delete (DUMP, PEXPIRETIME, UNLINK), so that a key changed meanwhile is noticed. These steps of several
/// batches share their round trips, and while the disk works for one batch the next are read. What is too large for
/// that goes one key at a time (LargeWrite). A turn is under way also between two calls: `node` of its lanes is in use
/// until finish() or takeUnsettled(). Holds the keys of some megabytes of values, and one turn's answers.
class GuardedRemoval final : public BatchStep {
public:
    /// `archive` must outlive it; several nodes' steps share one.
    GuardedRemoval(UndoArchiveWriter& archive, RemovalOptions options);
    ~GuardedRemoval() override;

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes& lanes, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    [[nodiscard]] std::vector<std::string> pacedCommands() const override { return {"exec"}; }
    void setCallSize(const CallSize& size) override { m_call = size; }

private:
    struct Flight;
    struct Section;
    /// One round trip: what is asked, for whom, and what was answered.
    struct Turn {
        std::vector<Section> parts;
        std::vector<Command> commands;
        std::vector<Reply> replies;
    };
    using Flights = std::deque<std::unique_ptr<Flight>>;

    [[nodiscard]] Status probe(Lane& lane, const std::stop_token& stop);
    [[nodiscard]] Status turn(Lane& lane, OutcomeSink& outcomes, const std::stop_token& stop);
    bool sendPrepared(Lane& lane, const std::stop_token& stop);
    [[nodiscard]] Status receive();
    [[nodiscard]] bool needsLane() const;
    [[nodiscard]] Status waitForRoom(const std::stop_token& stop);
    void prepare();
    void took(OutcomeSink& outcomes);
    void addRead(Section& section, std::vector<Command>& commands) const;
    void addRemoval(Section& section, std::vector<Command>& commands) const;
    void took(const Section& section, std::span<Reply> replies, OutcomeSink& outcomes);
    void tookSizes(Flight& flight, std::span<const Reply> replies, OutcomeSink& outcomes);
    void splitLarge(Flight& flight);
    [[nodiscard]] Status measure(Lane& lane, OutcomeSink& outcomes, const std::stop_token& stop);
    void keepLooks(Turn& sent) const;
    void tookValues(const Section& section, std::span<Reply> replies, OutcomeSink& outcomes);
    [[nodiscard]] std::optional<std::string> whyChanged(std::string_view key, const SeenKey& seen) const;
    void store(Flight& flight, const KeyGroup& group, std::vector<SeenKey>& seen, OutcomeSink& outcomes);
    void tookRemoval(const Section& section, std::span<Reply> replies, OutcomeSink& outcomes);
    void removed(Flight& flight, const KeyGroup& group, std::vector<SeenKey>& seen, const Reply& unlinked,
        OutcomeSink& outcomes);
    /// `byUnlink`: it was tried by UNLINK.
    void refused(Flight& flight, const KeyGroup& group, const Reply& why, bool byUnlink, OutcomeSink& outcomes);
    [[nodiscard]] Status removeWatched(Lane& lane, Flight& flight, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Status removeWatched(
        Lane& lane, Flight& flight, const KeyGroup& group, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Result<std::vector<Reply>> commit(
        Lane& lane, std::uint64_t opening, Flight& flight, const KeyGroup& group, const std::stop_token& stop) const;
    [[nodiscard]] std::int64_t sizeForReading(std::string_view key, std::int64_t told) const;
    [[nodiscard]] bool noteTooLarge(const Turn& sent);
    void tellTooLarge(std::string_view key, std::int64_t bytes, OutcomeSink& outcomes);
    [[nodiscard]] Status removeLarge(Lane& lane, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Status removeBare(Lane& lane, OutcomeSink& outcomes, const std::stop_token& stop);
    void told(std::string_view key, Outcome outcome, OutcomeSink& outcomes, std::string_view detail = {});
    void toldMissing(std::string_view key, OutcomeSink& outcomes);
    void toldElsewhere(std::string_view key, std::string_view redirect, OutcomeSink& outcomes);
    [[nodiscard]] const char* unlink() const { return m_options.ways.hasUnlink ? "UNLINK" : "DEL"; }
    [[nodiscard]] std::size_t waiting() const;

    UndoArchiveWriter& m_archive;
    RemovalOptions m_options;
    CallSize m_call; ///< Of one transaction: the server does nothing else meanwhile.
    bool m_isProbed = false;
    std::size_t m_gathered = 0; ///< Keys that came since the last turn.
    Flights m_flights;          ///< In the order in which they came.
    Turn m_prepared;            ///< To be sent next.
    std::deque<Turn> m_sent;    ///< Under way, and the one that goes out right behind it.
    Turn m_received;            ///< Answered, and not looked at yet.
    Flights m_split;            ///< What became of others in this turn.
    struct Large {
        std::string key;
        std::uint64_t size = 0;
    };
    std::deque<Large> m_large;                ///< To be read in parts, and deleted.
    std::unique_ptr<LargeWrite> m_largeWrite; ///< Null: it can't be done.
    bool m_isLargeUnderWay = false;           ///< The first of them may be deleted.
    KeyBatch m_bare;                          ///< Too large to be archived, and to be deleted all the same.
    bool m_isBareSent = false;
    /// Keys of a turn that brought more than a reply may have; and those that did so alone.
    std::set<std::string, std::less<>> m_readAlone;
    std::set<std::string, std::less<>> m_tooLarge;
    /// Keys whose removal was under way when a line broke: where they are missing later, it was us.
    std::set<std::string, std::less<>> m_inDoubt;
    std::stop_token m_stop;                 ///< Of the call under way: nor is a disk that hangs waited for then.
    UndoArchiveWriter::Ticket m_newest = 0; ///< Of what was archived because it had changed.
    PipelineThread m_thread;                // last: joined first
};

} // namespace keyglass
