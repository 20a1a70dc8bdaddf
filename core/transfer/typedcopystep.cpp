// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/typedcopystep.h"

#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"
#include "core/transfer/parttarget.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

bool isOfAnotherVersion(std::string_view error)
{
    return error.find("DUMP payload version") != std::string_view::npos
        || error.find("Bad data format") != std::string_view::npos;
}

} // namespace

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
            left.append(key);
        } else {
            m_to.add(key, outcome, detail);
        }
    }
    void elsewhere(std::string_view key, std::string_view redirect) override { m_to.elsewhere(key, redirect); }

    KeyBatch left;

private:
    OutcomeSink& m_to;
};

/// One batch on its way: nothing is told of it before all that belongs to it is done.
class TypedCopyStep::ByParts final : public OutcomeSink {
public:
    ByParts(const StepLanes& lanes, Lane& to, ImportOptions& making, const TransferWays& ways)
        : m_from(lanes.routed)
        , m_ways(ways)
        , m_target(to, making)
    {
    }

    [[nodiscard]] Status run(const KeyBatch& keys, ReadingWays& reading, const std::stop_token& stop)
    {
        if (Status seen = m_ways.moves ? digest(keys, stop) : ok(); !seen) {
            return seen;
        }
        std::size_t settled = 0;
        if (Status read = readKeys(m_from, keys, reading, m_target, *this, settled, stop); !read) {
            return read;
        }
        return m_ways.moves ? remove(stop) : ok();
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
    void handOn(OutcomeSink& to) const
    {
        for (const Told& told : m_told) {
            if (told.isElsewhere) {
                to.elsewhere(told.key, told.detail);
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

    [[nodiscard]] Status digest(const KeyBatch& keys, const std::stop_token& stop);
    [[nodiscard]] Status remove(const std::stop_token& stop);

    Lane& m_from;
    const TransferWays& m_ways;
    PartTarget m_target;
    std::map<std::string, std::string> m_digests; ///< Of what is small enough to be compared.
    std::vector<Told> m_told;
};

/// What the keys are before they are read.
Status TypedCopyStep::ByParts::digest(const KeyBatch& keys, const std::stop_token& stop)
{
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const std::vector<Command> asking{Command{"MEMORY", "USAGE", keys[at]}};
        const auto size = m_from.pipeline(asking, stop);
        if (!size) {
            return size.error();
        }
        const bool isSmall =
            size->front().isInteger() && size->front().integer <= static_cast<std::int64_t>(m_ways.largest.value);
        if (!isSmall) {
            continue;
        }
        const std::vector<Command> dumping{Command{"DUMP", keys[at]}};
        const auto dump = m_from.pipeline(dumping, stop);
        if (!dump) {
            return dump.error();
        }
        if (dump->front().isText()) {
            m_digests.emplace(keys[at], carriedDigest(dump->front().text));
        }
    }
    return ok();
}

/// Deletes here what was made there.
Status TypedCopyStep::ByParts::remove(const std::stop_token& stop)
{
    std::vector<Command> commands;
    std::vector<Told*> places;
    for (Told& told : m_told) {
        const auto digest = m_digests.find(told.key);
        if (told.isElsewhere || told.outcome != Outcome::Done) {
            continue;
        }
        if (digest == m_digests.end()) {
            told.outcome = Outcome::Failed;
            told.detail = "copied, but not deleted here: it is too large to be compared";
            continue;
        }
        commands.push_back(removingCarried(told.key, digest->second));
        places.push_back(&told);
    }
    const auto replies = m_from.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < places.size(); ++at) {
        const RemovedCarried removed = removedCarried((*replies)[at]);
        places[at]->outcome = removed.outcome;
        places[at]->detail = removed.detail;
    }
    return ok();
}

TypedCopyStep::TypedCopyStep(CopyTarget target, TransferWays ways, ReadingWays reading)
    : m_target(std::move(target))
    , m_ways(ways)
    , m_reading(reading)
    , m_direct(m_target.makeLane, ways, m_target.confirmation)
{
    m_making.conflict = ways.replaces ? ImportConflict::Replace : ImportConflict::Skip;
    m_making.making = m_target.making;
    m_making.hasUnlink = m_target.hasUnlink;
    m_making.isCluster = m_target.isCluster;
}

TypedCopyStep::~TypedCopyStep() = default;

Status TypedCopyStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    Sifting sifting(outcomes);
    Status done = m_direct.apply(lanes, std::move(keys), sifting, stop);
    if (!done) {
        m_unsettled = m_direct.takeUnsettled();
        appendKeys(m_unsettled.notSent, sifting.left);
        return done;
    }
    return sifting.left.isEmpty() ? ok() : copyByParts(lanes, sifting.left, outcomes, stop);
}

Status TypedCopyStep::copyByParts(
    const StepLanes& lanes, const KeyBatch& keys, OutcomeSink& outcomes, const std::stop_token& stop)
{
    if (!m_lane) {
        m_plainLane = m_target.makeLane();
        m_lane = m_plainLane->confirmed(m_target.confirmation);
    }
    ByParts batch(lanes, *m_lane, m_making, m_ways);
    Status done = batch.run(keys, m_reading, stop);
    if (done) {
        batch.handOn(outcomes);
    } else {
        appendKeys(m_unsettled.maybeDone, keys);
    }
    return done;
}

UnsettledKeys TypedCopyStep::takeUnsettled()
{
    return std::exchange(m_unsettled, {});
}

} // namespace keyglass
