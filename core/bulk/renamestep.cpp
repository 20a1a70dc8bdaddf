// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/renamestep.h"

#include "core/source/lane.h"
#include "core/source/redis/slots.h"

#include <utility>

namespace keyglass {

namespace {

constexpr int mostNumbers = 100;

} // namespace

RenameStep::RenameStep(RenameKeys rule, bool isCluster, UndoArchiveWriter* archive, ArchivingOptions options)
    : m_rule(std::move(rule))
    , m_names(m_rule)
    , m_isCluster(isCluster)
    , m_archive(archive)
    , m_options(std::move(options))
{
    m_ways.moves = true;
    m_ways.replaces = m_rule.collision == Collision::Overwrite && !m_archive;
    m_ways.hasExpireTime = m_options.ways.hasExpireTime;
}

Status RenameStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    Renamings here;
    Renamings across;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        auto name = m_names.nameFor(keys[at]);
        if (!name || *name == keys[at]) {
            outcomes.add(
                keys[at], Outcome::Skipped, name ? "it would keep its name" : "the rule does not fit its name");
            continue;
        }
        const bool isTogether = !m_isCluster || slotOf(*name) == slotOf(keys[at]);
        (isTogether ? here : across).push_back({keys[at], *std::move(name)});
    }
    if (m_archive && m_rule.collision == Collision::Overwrite) {
        if (Status safe = archive(lanes, here, outcomes, stop); !safe) {
            keep(here, 0, false);
            keep(across, 0, false);
            return safe;
        }
    }
    if (Status done = renameHere(lanes, std::move(here), outcomes, stop); !done) {
        keep(across, 0, false);
        return done;
    }
    return renameAcross(lanes, across, outcomes, stop);
}

/// Archives what the new names hold now. A key whose new name can't be archived is not renamed.
Status RenameStep::archive(
    const StepLanes& lanes, Renamings& renamings, OutcomeSink& outcomes, const std::stop_token& stop)
{
    KeyBatch names;
    for (const Renaming& renaming : renamings) {
        names.append(renaming.name);
    }
    const auto archived = archiveBefore(lanes.node, names, m_options, *m_archive, stop);
    if (!archived) {
        return archived.error();
    }
    Renamings safe;
    for (std::size_t at = 0; at < renamings.size(); ++at) {
        const ArchivedKey& what = (*archived)[at];
        switch (what.kind) {
        case ArchivedKey::Kind::Archived:
        case ArchivedKey::Kind::Missing:
            safe.push_back(std::move(renamings[at]));
            break;
        case ArchivedKey::Kind::TooLarge:
            outcomes.add(renamings[at].key, Outcome::NotUndoable, what.text);
            break;
        case ArchivedKey::Kind::Elsewhere:
            outcomes.elsewhere(renamings[at].key, what.text);
            break;
        case ArchivedKey::Kind::Refused:
            outcomes.add(renamings[at].key, Outcome::Failed, what.text);
            break;
        }
    }
    renamings = std::move(safe);
    return ok();
}

Status RenameStep::renameHere(
    const StepLanes& lanes, Renamings renamings, OutcomeSink& outcomes, const std::stop_token& stop)
{
    const char* command = m_rule.collision == Collision::Overwrite ? "RENAME" : "RENAMENX";
    while (!renamings.empty()) {
        std::vector<Command> commands;
        KeyBatch keys;
        for (const Renaming& renaming : renamings) {
            keys.append(renaming.key);
            commands.push_back(Command{command, renaming.key,
                renaming.tries == 1 ? renaming.name : NameMaker::numbered(renaming.name, renaming.tries)});
        }
        const auto replies = sendForKeys(lanes.routed, commands, keys, m_unsettled, stop);
        if (!replies) {
            return replies.error();
        }
        Renamings again;
        for (std::size_t at = 0; at < renamings.size(); ++at) {
            renamed(renamings[at], (*replies)[at], again, outcomes);
        }
        renamings = std::move(again);
    }
    return ok();
}

void RenameStep::renamed(Renaming& renaming, const Reply& reply, Renamings& again, OutcomeSink& outcomes) const
{
    if (reply.isError() && reply.text.starts_with("ERR no such key")) {
        outcomes.add(renaming.key, Outcome::Missing);
    } else if (reply.isError()) {
        addFailure(outcomes, renaming.key, reply);
    } else if (!reply.isInteger() || reply.integer == 1) {
        outcomes.add(renaming.key, Outcome::Done);
    } else if (m_rule.collision == Collision::Number && renaming.tries < mostNumbers) {
        ++renaming.tries;
        again.push_back(std::move(renaming));
    } else {
        outcomes.add(renaming.key, Outcome::Skipped, "there is a key of the new name already");
    }
}

/// To other slots of a cluster.
Status RenameStep::renameAcross(
    const StepLanes& lanes, const Renamings& renamings, OutcomeSink& outcomes, const std::stop_token& stop)
{
    std::vector<Carried> carried;
    for (const Renaming& renaming : renamings) {
        carried.push_back({renaming.key, renaming.name});
    }
    if (carried.empty()) {
        return ok();
    }
    std::size_t settled = 0;
    const LineWatch watch(lanes.routed);
    Status done = transferKeys(lanes.routed, lanes.routed, carried, m_ways, outcomes, settled, stop);
    if (!done) {
        keep(renamings, settled, watch.mayHaveSent(done.error()));
    }
    return done;
}

void RenameStep::keep(const Renamings& renamings, std::size_t from, bool mayBeDone)
{
    for (; from < renamings.size(); ++from) {
        (mayBeDone ? m_unsettled.maybeDone : m_unsettled.notSent).append(renamings[from].key);
    }
}

UnsettledKeys RenameStep::takeUnsettled()
{
    return std::exchange(m_unsettled, {});
}

} // namespace keyglass
