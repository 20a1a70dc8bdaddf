// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/copystep.h"

#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <cstddef>
#include <map>
#include <optional>
#include <utility>

namespace keyglass {

namespace {

constexpr std::string_view cameMeanwhile = "a key of this name came there while it was copied: it was left alone";
constexpr std::string_view changedMeanwhile =
    "the key of this name there changed after it was archived: it was left alone";

constexpr std::string_view changedAfterLoss = "the line was lost while it was copied, and by the next try the key of "
                                              "this name there was neither what is archived "
                                              "nor what was copied: it was left alone";

} // namespace

const std::string_view CopyStep::writtenAfterLoss =
    "the line was lost while it was copied, and it could not be told whether what was there by the next try was our "
    "copy "
    "or somebody else's: that stands in the archive, beside what it was before the job";

/// Hands outcomes on, and says of which keys it is that what has their name there was left alone.
class CopyStep::Compared final : public OutcomeSink {
public:
    Compared(CopyStep& step, OutcomeSink& to)
        : m_step(step)
        , m_to(to)
    {
    }
    void add(std::string_view key, Outcome outcome, std::string_view detail) override
    {
        if (outcome == Outcome::Skipped && detail == nameIsTaken) {
            m_to.add(key, Outcome::Changed, m_step.hasArchived(key) ? changedMeanwhile : cameMeanwhile);
        } else if (outcome == Outcome::Done && m_step.isStrange(key)) {
            m_to.add(key, Outcome::DoneThoughChanged, writtenAfterLoss);
        } else {
            m_to.add(key, outcome, detail);
        }
    }
    void elsewhere(std::string_view key, std::string_view redirect) override
    {
        if (m_step.hasArchived(key)) { // it comes again, by another node's step
            m_step.m_over.archive->expectAgain(m_step.m_over.options.database, key);
        }
        m_to.elsewhere(key, redirect);
    }

private:
    CopyStep& m_step;
    OutcomeSink& m_to;
};

CopyStep::CopyStep(
    std::function<std::unique_ptr<Lane>()> makeTarget, TransferWays ways, Confirmation confirmation, OverwriteWays over)
    : m_makeTarget(std::move(makeTarget))
    , m_ways(std::move(ways))
    , m_confirmation(std::move(confirmation))
    , m_over(std::move(over))
{
    m_over.options.givesStates = true;
    m_over.options.recorded = &m_recorded;
}

CopyStep::~CopyStep() = default;

Status CopyStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    if (!m_target) {
        m_plainTarget = m_makeTarget();
        m_target = m_plainTarget->confirmed(m_confirmation);
        m_ownerOf = m_over.makeOwners ? m_over.makeOwners() : nullptr;
    }
    m_hasAskedOwner = false;
    const bool archives = m_over.archive != nullptr && m_ways.replaces;
    return archives ? copyOver(lanes, keys, outcomes, stop) : copy(lanes, keys, m_ways, outcomes, stop);
}

Lane& CopyStep::ownerThere(const std::string& key)
{
    m_hasAskedOwner = true;
    return m_ownerOf ? m_ownerOf(key) : *m_target;
}

Status CopyStep::copy(const StepLanes& lanes, const KeyBatch& keys, TransferWays& ways, OutcomeSink& outcomes,
    const std::stop_token& stop)
{
    std::vector<Carried> carried;
    carried.reserve(keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
        carried.push_back({keys[at], keys[at]});
    }
    std::size_t settled = 0;
    const LineWatch watch(*m_target);
    Status done = transferKeys(lanes, *m_target, carried, ways, outcomes, settled, stop);
    if (!done) {
        const bool mayBeDone = watch.mayHaveSent(done.error()) || (m_ownerOf && m_hasAskedOwner);
        KeyBatch& left = mayBeDone ? m_unsettled.maybeDone : m_unsettled.notSent;
        for (; settled < keys.size(); ++settled) {
            left.append(keys[settled]);
        }
    }
    return done;
}

/// What is there is archived, and written over if it is still that.
Status CopyStep::copyOver(
    const StepLanes& lanes, const KeyBatch& keys, OutcomeSink& outcomes, const std::stop_token& stop)
{
    m_archived.clear();
    m_strange.clear();
    m_known.clear();
    m_onto.clear();
    m_recorded = {};
    auto archived = archive(keys, stop);
    if (!archived) {
        appendKeys(m_unsettled.notSent, keys);
        return archived.error();
    }
    KeyBatch safe;
    TransferWays ways = m_ways;
    ways.replaces = false; // but for what stands in `onto`
    ways.ownerThere = [this](const std::string& key) -> Lane& { return ownerThere(key); };
    for (std::size_t at = 0; at < keys.size(); ++at) {
        ArchivedKey& there = (*archived)[at];
        switch (there.kind) {
        case ArchivedKey::Kind::Archived:
            if (there.isStrange && !m_untold.contains(keys[at])) {
                outcomes.add(keys[at], Outcome::Changed, changedAfterLoss);
                break;
            }
            if (there.isStrange) {
                m_strange.emplace(keys[at]);
            }
            m_archived.emplace(keys[at]);
            ways.onto.emplace(keys[at], std::move(there.seen));
            safe.append(keys[at]);
            break;
        case ArchivedKey::Kind::Missing:
            safe.append(keys[at]);
            break;
        case ArchivedKey::Kind::TooLarge:
            if (m_over.evenUnarchived) {
                ways.onto.emplace(keys[at], std::nullopt);
                safe.append(keys[at]);
            } else {
                outcomes.add(keys[at], Outcome::NotUndoable, "the key of this name there: " + there.text);
            }
            break;
        case ArchivedKey::Kind::Elsewhere:
        case ArchivedKey::Kind::Refused:
            if (isRefusedForNow(reasonOf(there.text))) { // it is looked at again, a little later
                outcomes.elsewhere(keys[at], there.text);
                break;
            }
            outcomes.add(keys[at], Outcome::Failed, "the key of this name there could not be archived: " + there.text);
            break;
        }
    }
    Compared compared(*this, outcomes);
    Status done = copy(lanes, safe, ways, compared, stop);
    if (!done) {
        noteKnown(safe, ways);
    }
    m_onto = std::move(ways.onto);
    m_ways.hasExpireTime = ways.hasExpireTime;
    m_ways.hasScripts = ways.hasScripts;
    m_ways.hasScriptsThere = ways.hasScriptsThere;
    return done;
}

std::optional<SeenState> CopyStep::archivedOf(std::string_view key) const
{
    const auto over = m_onto.find(key);
    return over == m_onto.end() ? std::nullopt : over->second;
}

/// What is told by it, should the keys come again.
void CopyStep::noteKnown(const KeyBatch& keys, const TransferWays& ways)
{
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const auto over = ways.onto.find(keys[at]);
        if (over == ways.onto.end() || !over->second) {
            continue;
        }
        std::vector<SeenState>& known = m_known[std::string(keys[at])];
        known.push_back(*over->second);
        const auto sent = ways.sent.find(keys[at]);
        if (sent == ways.sent.end()) {
            continue;
        }
        known.push_back(sent->second);
        if (over->second->end.empty()) { // it is read only nearly there
            known.back().end.clear();
        }
        if (sent->second.format != over->second->format) { // the value is made in the other server's way
            m_untold.emplace(keys[at]);
        }
    }
}

/// In a cluster before 7.0 node by node, as it takes transactions.
Result<std::vector<ArchivedKey>> CopyStep::archive(const KeyBatch& keys, const std::stop_token& stop)
{
    if (!m_ownerOf || m_over.options.ways.hasExpireTime) {
        return archiveBefore(*m_target, keys, m_over.options, *m_over.archive, stop);
    }
    std::map<Lane*, std::vector<std::size_t>> byOwner;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        byOwner[&m_ownerOf(std::string(keys[at]))].push_back(at);
    }
    std::vector<ArchivedKey> all(keys.size());
    for (const auto& [lane, places] : byOwner) {
        KeyBatch own;
        for (const std::size_t at : places) {
            own.append(keys[at]);
        }
        auto archived = archiveBefore(*lane, own, m_over.options, *m_over.archive, stop);
        if (!archived) {
            return archived;
        }
        for (std::size_t n = 0; n < places.size(); ++n) {
            all[places[n]] = std::move((*archived)[n]);
        }
    }
    return all;
}

UnsettledKeys CopyStep::takeUnsettled()
{
    if (m_over.archive != nullptr) {
        noteUnsettled(*m_over.archive, m_over.options.database, m_unsettled, m_recorded, m_known);
    }
    return std::exchange(m_unsettled, {});
}

} // namespace keyglass
