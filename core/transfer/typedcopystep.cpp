// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/typedcopystep.h"

#include "core/base/clock.h"
#include "core/base/stopwait.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"
#include "core/transfer/parttarget.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace keyglass {

/// Hands outcomes on, but for keys that have to go by parts.
class TypedCopyStep::Sifting final : public OutcomeSink {
public:
    explicit Sifting(OutcomeSink& to)
        : m_to(to)
    {
    }
    void add(std::string_view key, Outcome outcome, std::string_view detail) override
    {
        const bool isRefused = outcome == Outcome::Failed && isOfAnotherVersion(detail);
        const bool isLarge = outcome == Outcome::Skipped && detail.starts_with(tooLargeToCarry);
        if (isRefused || isLarge) {
            (isLarge ? large : left).append(key);
        } else {
            m_to.add(key, outcome, detail);
        }
    }
    void elsewhere(std::string_view key, std::string_view redirect) override { m_to.elsewhere(key, redirect); }

    KeyBatch left;
    KeyBatch large; ///< For one DUMP.

private:
    OutcomeSink& m_to;
};

/// One batch on its way: nothing is told of it before all that belongs to it is done.
class TypedCopyStep::ByParts final : public OutcomeSink {
public:
    ByParts(
        const StepLanes& lanes, ImportLanes to, ImportOptions& making, TransferWays& ways, UndoArchiveWriter* archive)
        : m_lanes(lanes)
        , m_ways(ways)
        , m_target(std::move(to), making, archive)
    {
    }

    /// `isLarge`: there is one key, and it is too large to be compared later; it is watched meanwhile.
    [[nodiscard]] Status run(const KeyBatch& keys, bool isLarge, ReadingWays& reading, const std::stop_token& stop)
    {
        m_isWatched = m_ways.moves && isLarge;
        if (Status seen = m_isWatched ? watch(keys, stop) : m_ways.moves ? look(keys, stop) : ok(); !seen) {
            return seen;
        }
        std::size_t settled = 0;
        const KeyBatch& here = m_ways.moves ? m_here : keys;
        if (here.isEmpty()) {
            return ok();
        }
        if (Status read = readKeys(m_lanes.routed, here, reading, m_target, *this, settled, stop); !read) {
            if (m_isWatched) {
                m_lanes.node.close(); // it would watch on, and end a transaction that has nothing to do with this key
            }
            return read;
        }
        return m_isWatched ? removeWatched(stop) : m_ways.moves ? remove(stop) : ok();
    }

    void add(std::string_view key, Outcome outcome, std::string_view detail) override
    {
        const auto made = m_target.made().find(key);
        const bool isRead = outcome == Outcome::Done && made != m_target.made().end();
        m_told.push_back({std::string(key), isRead ? made->second.outcome : outcome,
            isRead ? made->second.detail : std::string(detail), false});
    }
    void elsewhere(std::string_view key, std::string_view redirect) override
    {
        m_told.push_back({std::string(key), Outcome::NotDone, std::string(redirect), true});
    }
    /// After a failure: whether there is a copy, or may be.
    [[nodiscard]] bool mayBeDone(std::string_view key) const { return m_target.mayBeMade(key); }
    void handOn(const CopyStep& direct, OutcomeSink& to) const
    {
        for (const Told& told : m_told) {
            if (told.isElsewhere) {
                to.elsewhere(told.key, told.detail);
            } else if (told.outcome == Outcome::Done && direct.isStrange(told.key)) {
                to.add(told.key, Outcome::DoneThoughChanged, CopyStep::writtenAfterLoss);
            } else {
                to.add(told.key, told.outcome, told.detail);
            }
        }
    }

private:
    struct Told {
        std::string key;
        Outcome outcome;
        std::string detail;
        bool isElsewhere;
    };

    /// What can't be made whole there, or be compared, is not taken away here.
    static void stays(Told& told, const std::string& why)
    {
        told.outcome = Outcome::Failed;
        told.detail = "copied, but not deleted here: " + why;
    }
    [[nodiscard]] Status look(const KeyBatch& keys, const std::stop_token& stop);
    [[nodiscard]] Status watch(const KeyBatch& keys, const std::stop_token& stop);
    [[nodiscard]] Status remove(const std::stop_token& stop);
    [[nodiscard]] Status awaitReady(const std::stop_token& stop);
    [[nodiscard]] Status removeWatched(const std::stop_token& stop);

    const StepLanes& m_lanes;
    TransferWays& m_ways;
    PartTarget m_target;
    KeyBatch m_here; ///< To be moved, and not on their way to another node, where they could not be compared.
    std::map<std::string, SeenState> m_seen; ///< What the keys were before they were read.
    bool m_isWatched = false;
    std::uint64_t m_opening = 0; ///< The connection that watches.
    std::string m_refusal;       ///< Why it does not.
    std::vector<Told> m_told;
};

/// What the keys are before they are read.
Status TypedCopyStep::ByParts::look(const KeyBatch& keys, const std::stop_token& stop)
{
    for (std::size_t at = 0; at < keys.size(); ++at) {
        std::vector<Command> looks{Command{"DUMP", keys[at]}};
        if (m_ways.hasExpireTime) {
            looks.push_back(Command{"PEXPIRETIME", keys[at]});
        }
        const auto replies = m_lanes.node.pipeline(looks, stop);
        if (!replies) {
            return replies.error();
        }
        if (isElsewhere(replies->front())) {
            elsewhere(keys[at], replies->front().text);
            continue;
        }
        m_here.append(keys[at]);
        if (replies->front().isText()) {
            const bool isEndKnown = m_ways.hasExpireTime && replies->back().isInteger();
            const std::string end = isEndKnown ? std::to_string(replies->back().integer) : std::string();
            m_seen.emplace(keys[at], seenState(replies->front().text, end));
        }
    }
    return ok();
}

Status TypedCopyStep::ByParts::watch(const KeyBatch& keys, const std::stop_token& stop)
{
    // Where MULTI is refused and WATCH is not, the key would be deleted without one: that is asked first.
    const std::vector<Command> watching{Command{"MULTI"}, Command{"EXEC"}, Command{"WATCH", keys[0]}};
    const auto replies = m_lanes.node.pipeline(watching, stop);
    if (!replies) {
        return replies.error();
    }
    if (isElsewhere(replies->back())) {
        elsewhere(keys[0], replies->back().text);
        return ok();
    }
    m_here.append(keys[0]);
    m_opening = m_lanes.node.openings();
    const Reply* const refusal = firstError(*replies);
    m_refusal = refusal != nullptr ? refusal->text : std::string();
    return ok();
}

/// Deletes here what was made there.
Status TypedCopyStep::ByParts::remove(const std::stop_token& stop)
{
    std::vector<CarriedKey> keys;
    std::vector<Told*> places;
    for (Told& told : m_told) {
        const auto seen = m_seen.find(told.key);
        if (told.isElsewhere || told.outcome != Outcome::Done) {
            continue;
        }
        if (seen == m_seen.end()) {
            stays(told, "it could not be compared");
            continue;
        }
        if (!told.detail.empty()) {
            stays(told, told.detail);
            continue;
        }
        keys.push_back({told.key, seen->second});
        places.push_back(&told);
    }
    const auto removed = removeCarried(m_lanes, keys, m_ways, stop);
    if (!removed) {
        return removed.error();
    }
    for (std::size_t at = 0; at < places.size(); ++at) {
        places[at]->outcome = (*removed)[at].outcome;
        places[at]->detail = (*removed)[at].detail;
    }
    return ok();
}

/// The same of the one key that was watched from before it was read.
Status TypedCopyStep::ByParts::removeWatched(const std::stop_token& stop)
{
    Lane& node = m_lanes.node;
    const bool isMade = !m_told.empty() && !m_told.front().isElsewhere && m_told.front().outcome == Outcome::Done;
    if (m_refusal.empty() && (!node.isOpen() || node.openings() != m_opening)) {
        m_refusal = "the line was lost on which it was watched";
    }
    if (!m_refusal.empty()) {
        if (isMade) {
            stays(m_told.front(), m_refusal);
        }
        return ok();
    }
    if (Status ready = awaitReady(stop); !ready) {
        return ready;
    }
    std::vector<Command> commands{Command{"UNWATCH"}};
    const bool isWhole = isMade && m_told.front().detail.empty();
    if (isMade && !isWhole) {
        stays(m_told.front(), m_told.front().detail);
    }
    if (isWhole) {
        const Command removing{m_ways.hasUnlink ? "UNLINK" : "DEL", m_told.front().key};
        commands = {Command{"MULTI"}, removing, Command{"EXEC"}};
    }
    const auto replies = node.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    if (isWhole) {
        const Reply& executed = replies->back();
        const Reply* const error = firstError(*replies);
        const bool isDone = executed.isArray() && executed.elements.size() == 1;
        const RemovedCarried removed = removedCarried({executed.isNil(),
            isDone      ? executed.elements.front()
                : error ? *error
                        : executed});
        m_told.front().outcome = removed.outcome;
        m_told.front().detail = removed.detail;
    }
    return ok();
}

/// A server that runs a script refuses what stands in a transaction, and puts an end to both it and the WATCH: it is
/// waited for before.
Status TypedCopyStep::ByParts::awaitReady(const std::stop_token& stop)
{
    constexpr Milliseconds longestPause{1000};
    const Deadline patience(m_ways.patience);
    for (Milliseconds pause{50}; !m_told.empty(); pause = std::min(pause * 2, longestPause)) {
        const std::vector<Command> asking{Command{"EXISTS", m_told.front().key}};
        const auto replies = m_lanes.node.pipeline(asking, stop);
        if (!replies) {
            return replies.error();
        }
        const Reply& reply = replies->front();
        const bool isRefused = reply.isError() && isRefusedForNow(reasonOf(reply.text));
        if (!isRefused || patience.hasPassed() || stop.stop_requested()) {
            break;
        }
        waitOrStop(std::min(pause, patience.left()), stop);
    }
    return ok();
}

TypedCopyStep::TypedCopyStep(CopyTarget target, TransferWays ways, ReadingWays reading)
    : m_target(std::move(target))
    , m_ways(ways)
    , m_reading(reading)
    , m_direct(m_target.makeLane, std::move(ways), m_target.confirmation, m_target.over)
{
    m_making.conflict = m_ways.replaces ? ImportConflict::Replace : ImportConflict::Skip;
    m_making.archiving = m_target.over.options;
    m_making.archiving.recorded = &m_recorded;
    m_making.evenUnarchived = m_target.over.evenUnarchived;
    m_making.making = m_target.making;
    m_making.hasUnlink = m_target.hasUnlink;
    m_making.isCluster = m_target.isCluster;
}

TypedCopyStep::~TypedCopyStep() = default;

Status TypedCopyStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    m_recorded = {};
    m_known.clear();
    Sifting sifting(outcomes);
    Status done = m_direct.apply(lanes, std::move(keys), sifting, stop);
    if (!done) {
        m_unsettled = m_direct.takeUnsettled();
        appendKeys(m_unsettled.notSent, sifting.left);
        appendKeys(m_unsettled.notSent, sifting.large);
        return done;
    }
    done = sifting.left.isEmpty() ? ok() : copyByParts(lanes, sifting.left, false, outcomes, stop);
    for (std::size_t at = 0; at < sifting.large.size(); ++at) {
        if (!done) {
            m_unsettled.notSent.append(sifting.large[at]);
            continue;
        }
        KeyBatch one;
        one.append(sifting.large[at]);
        done = copyByParts(lanes, one, true, outcomes, stop);
    }
    return done;
}

Status TypedCopyStep::copyByParts(
    const StepLanes& lanes, const KeyBatch& keys, bool isLarge, OutcomeSink& outcomes, const std::stop_token& stop)
{
    if (!m_lane) {
        m_plainLane = m_target.makeLane();
        m_lane = m_plainLane->confirmed(m_target.confirmation);
    }
    UndoArchiveWriter* const archive = m_ways.replaces ? m_target.over.archive : nullptr;
    ImportLanes to{*m_lane, [this](const std::string& key) -> Lane& { return m_direct.ownerThere(key); }};
    if (archive != nullptr) {
        expectAgain(keys);
    }
    ByParts batch(lanes, std::move(to), m_making, m_ways, archive);
    Status done = batch.run(keys, isLarge, m_reading, stop);
    if (done) {
        batch.handOn(m_direct, outcomes);
        return done;
    }
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const bool mayBeDone = batch.mayBeDone(keys[at]);
        (mayBeDone ? m_unsettled.maybeDone : m_unsettled.notSent).append(keys[at]);
        if (mayBeDone) {
            m_direct.canNotTell(keys[at]);
            if (auto archived = m_direct.archivedOf(keys[at])) {
                m_known[std::string(keys[at])].push_back(*std::move(archived));
            }
        }
    }
    return done;
}

/// What was archived for the copy by DUMP is archived once more for this one, if it is another by then.
void TypedCopyStep::expectAgain(const KeyBatch& keys)
{
    for (std::size_t at = 0; at < keys.size(); ++at) {
        if (m_direct.hasArchived(keys[at])) {
            m_target.over.archive->expectAgain(m_target.over.options.database, keys[at], m_direct.archivedOf(keys[at]));
        }
    }
}

UnsettledKeys TypedCopyStep::takeUnsettled()
{
    if (m_target.over.archive != nullptr) {
        KeyBatch recorded;
        appendKeys(recorded, m_direct.recorded());
        appendKeys(recorded, m_recorded);
        noteUnsettled(*m_target.over.archive, m_target.over.options.database, m_unsettled, recorded, m_known);
    }
    return std::exchange(m_unsettled, {});
}

} // namespace keyglass
