// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/renamestep.h"

#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"
#include "core/source/redis/slots.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace keyglass {

namespace {

/// How often what stands in the way is archived again because it was another by then.
constexpr int mostArchivings = 5;

} // namespace

/// Hands outcomes on; a key to which nothing was done does not keep the name that it was to get.
class RenameStep::GivingBack final : public OutcomeSink {
public:
    GivingBack(OutcomeSink& to, const RenameStep& step)
        : m_to(to)
        , m_step(step)
    {
    }
    void add(std::string_view key, Outcome outcome, std::string_view detail) override
    {
        const bool isUntouched =
            outcome == Outcome::Missing || outcome == Outcome::Skipped || outcome == Outcome::NotUndoable;
        const auto name = isUntouched && m_step.mayGiveTwice() ? m_step.m_names.nameFor(key) : std::nullopt;
        if (name) {
            m_step.m_given->giveBack(*name, key);
        }
        m_to.add(key, outcome, detail);
    }
    void elsewhere(std::string_view key, std::string_view redirect) override { m_to.elsewhere(key, redirect); }

private:
    OutcomeSink& m_to;
    const RenameStep& m_step;
};

RenameStep::RenameStep(RenameKeys rule, bool isCluster, UndoArchiveWriter* archive, ArchivingOptions options,
    bool evenUnarchived, std::shared_ptr<GivenNames> given)
    : m_rule(std::move(rule))
    , m_names(m_rule)
    , m_isCluster(isCluster)
    , m_archive(archive)
    , m_options(std::move(options))
    , m_evenUnarchived(evenUnarchived)
    , m_given(std::move(given))
{
    m_ways.moves = true;
    m_ways.replaces = m_rule.collision == Collision::Overwrite && !m_archive;
    m_ways.hasExpireTime = m_options.ways.hasExpireTime;
    m_ways.hasUnlink = m_options.ways.hasUnlink;
    m_options.givesStates = true;
}

Status RenameStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    GivingBack told(outcomes, *this);
    return rename(lanes, keys, told, stop);
}

Status RenameStep::rename(
    const StepLanes& lanes, const KeyBatch& keys, OutcomeSink& outcomes, const std::stop_token& stop)
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
    Status done = m_rule.collision == Collision::Overwrite ? renameOver(lanes, std::move(here), outcomes, stop)
                                                           : renameHere(lanes, std::move(here), outcomes, stop);
    if (!done) {
        keep(across, 0, false);
        return done;
    }
    return renameAcross(lanes, std::move(across), outcomes, stop);
}

/// Names that are free are taken first. What stands in the way of the others is archived and written over, one after
/// the other where several keys get one name. Not so a key that gets a new name itself: it waits for that, as it would
/// be taken for the one that was named like it, and stays where that does not come.
Status RenameStep::renameOver(
    const StepLanes& lanes, Renamings open, OutcomeSink& outcomes, const std::stop_token& stop)
{
    while (!open.empty()) {
        Renamings later = takeSecond(open);
        claimNames(open, outcomes);
        if (open.empty()) {
            open = std::move(later);
            continue;
        }
        const std::size_t claimed = open.size();
        Renamings taken;
        if (Status done = tryNames(lanes, open, taken, outcomes, stop); !done) {
            keep(later, 0, false);
            return done;
        }
        Renamings over;
        Renamings waiting;
        for (Renaming& renaming : taken) {
            (isToGo(renaming.name) ? waiting : over).push_back(std::move(renaming));
        }
        if (waiting.size() == claimed) {
            std::ranges::move(later, std::back_inserter(waiting));
            for (const Renaming& renaming : waiting) {
                outcomes.add(
                    renaming.key, Outcome::Skipped, "the rule would give the key of the new name another, too");
            }
            return ok();
        }
        open.clear();
        if (Status done = writeOver(lanes, std::move(over), open, outcomes, stop); !done) {
            keep(open, 0, false);
            keep(waiting, 0, false);
            keep(later, 0, false);
            return done;
        }
        std::ranges::move(waiting, std::back_inserter(open));
        std::ranges::move(later, std::back_inserter(open));
    }
    return ok();
}

/// What another key has been named, or is about to be, is not written over: only one of both could be brought back.
void RenameStep::claimNames(Renamings& renamings, OutcomeSink& outcomes) const
{
    std::erase_if(renamings, [&](const Renaming& renaming) {
        const bool isOthers = mayGiveTwice() && !m_given->claim(renaming.name, renaming.key);
        if (isOthers) {
            outcomes.add(renaming.key, Outcome::Skipped, "another key of this job gets this name");
        }
        return isOthers;
    });
}

/// Each key's name is another's. `again`: what was another by the time it was to be written over.
Status RenameStep::writeOver(
    const StepLanes& lanes, Renamings renamings, Renamings& again, OutcomeSink& outcomes, const std::stop_token& stop)
{
    std::vector<ArchivedKey> archived(renamings.size());
    if (m_archive) {
        if (Status safe = archive(lanes.node, renamings, archived, again, outcomes, stop); !safe) {
            keep(renamings, 0, false);
            return safe;
        }
    }
    std::vector<Command> commands;
    KeyBatch keys;
    std::vector<std::size_t> sent;
    std::vector<std::size_t> watched;
    for (std::size_t at = 0; at < renamings.size(); ++at) {
        const Renaming& renaming = renamings[at];
        const bool isArchived = archived[at].kind == ArchivedKey::Kind::Archived;
        if (isArchived && (!m_hasScripts || !archived[at].seen->isForScript())) {
            watched.push_back(at);
            continue;
        }
        sent.push_back(at);
        keys.append(renaming.key);
        commands.push_back(isArchived ? renamingOntoArchived(renaming.key, renaming.name, *archived[at].seen)
                                      : Command{"RENAME", renaming.key, renaming.name});
    }
    const auto keepWatched = [&](std::size_t from) {
        for (; from < watched.size(); ++from) {
            m_unsettled.notSent.append(renamings[watched[from]].key);
        }
    };
    if (!commands.empty()) {
        const auto replies = sendForKeys(lanes.routed, commands, keys, m_unsettled, stop);
        if (!replies) {
            keepWatched(0);
            return replies.error();
        }
        for (std::size_t at = 0; at < sent.size(); ++at) {
            const Reply& reply = (*replies)[at];
            Renaming& renaming = renamings[sent[at]];
            if (archived[sent[at]].kind == ArchivedKey::Kind::Archived && isWithoutScripts(reply)) {
                m_hasScripts = false;
                watched.push_back(sent[at]);
            } else if (reply.isInteger() && reply.integer == 0) {
                tryAgain(std::move(renaming), again, outcomes);
            } else {
                renamed(renaming, reply, again, outcomes);
            }
        }
    }
    for (std::size_t next = 0; next < watched.size(); ++next) {
        const std::size_t at = watched[next];
        if (Status done = renameWatched(lanes.node, renamings[at], archived[at], again, outcomes, stop); !done) {
            keepWatched(next + 1);
            return done;
        }
    }
    return ok();
}

/// As the script does, for users that may not run scripts, and for large values: three round trips a key.
Status RenameStep::renameWatched(Lane& lane, Renaming& renaming, const ArchivedKey& archived, Renamings& again,
    OutcomeSink& outcomes, const std::stop_token& stop)
{
    const Command write{"RENAME", renaming.key, renaming.name};
    bool isSent = false;
    const auto answer = writeIfUnchanged(lane, renaming.name, *archived.seen, write, isSent, stop);
    if (!answer) {
        (isSent ? m_unsettled.maybeDone : m_unsettled.notSent).append(renaming.key);
        return answer.error();
    }
    if (answer->isChanged) {
        tryAgain(std::move(renaming), again, outcomes);
    } else {
        renamed(renaming, answer->reply, again, outcomes);
    }
    return ok();
}

/// Archives what the new names hold now. A key whose new name can't be archived is not renamed. What stays in
/// `renamings` stands in the archive, or need not, as `archived` says.
Status RenameStep::archive(Lane& lane, Renamings& renamings, std::vector<ArchivedKey>& archived, Renamings& again,
    OutcomeSink& outcomes, const std::stop_token& stop)
{
    KeyBatch names;
    for (const Renaming& renaming : renamings) {
        names.append(renaming.name);
        if (renaming.tries > 1) {
            m_archive->expectAgain(m_options.database, renaming.name);
        }
    }
    auto found = archiveBefore(lane, names, m_options, *m_archive, stop);
    if (!found) {
        return std::move(found).error();
    }
    archived.clear();
    Renamings safe;
    for (std::size_t at = 0; at < renamings.size(); ++at) {
        ArchivedKey& what = (*found)[at];
        switch (what.kind) {
        case ArchivedKey::Kind::Archived:
            safe.push_back(std::move(renamings[at]));
            archived.push_back(std::move(what));
            break;
        case ArchivedKey::Kind::Missing:
            tryAgain(std::move(renamings[at]), again, outcomes);
            break;
        case ArchivedKey::Kind::TooLarge:
            if (m_evenUnarchived) {
                safe.push_back(std::move(renamings[at]));
                archived.push_back(std::move(what));
            } else {
                outcomes.add(renamings[at].key, Outcome::NotUndoable, what.text);
            }
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

void RenameStep::tryAgain(Renaming&& renaming, Renamings& again, OutcomeSink& outcomes)
{
    if (++renaming.tries > mostArchivings) {
        outcomes.add(renaming.key, Outcome::Changed, "the key of the new name is changed all the time");
    } else {
        again.push_back(std::move(renaming));
    }
}

Status RenameStep::renameHere(
    const StepLanes& lanes, Renamings renamings, OutcomeSink& outcomes, const std::stop_token& stop)
{
    while (!renamings.empty()) {
        Renamings again;
        if (Status done = tryNames(lanes, renamings, again, outcomes, stop); !done) {
            return done;
        }
        renamings = std::move(again);
    }
    return ok();
}

/// Gives the names that are free. `taken`: those that are not, to be tried in another way.
Status RenameStep::tryNames(
    const StepLanes& lanes, Renamings& renamings, Renamings& taken, OutcomeSink& outcomes, const std::stop_token& stop)
{
    const bool isNumbered = m_rule.collision == Collision::Number;
    std::vector<Command> commands;
    KeyBatch keys;
    for (const Renaming& renaming : renamings) {
        keys.append(renaming.key);
        commands.push_back(Command{"RENAMENX", renaming.key,
            isNumbered && renaming.tries > 1 ? NameMaker::numbered(renaming.name, renaming.tries) : renaming.name});
    }
    const auto replies = sendForKeys(lanes.routed, commands, keys, m_unsettled, stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < renamings.size(); ++at) {
        renamed(renamings[at], (*replies)[at], taken, outcomes);
    }
    return ok();
}

void RenameStep::renamed(Renaming& renaming, const Reply& reply, Renamings& taken, OutcomeSink& outcomes)
{
    if (reply.isError() && reply.text.find("no such key") != std::string::npos) { // a script's error has more around it
        outcomes.add(renaming.key, Outcome::Missing);
    } else if (reply.isError()) {
        addFailure(outcomes, renaming.key, reply);
    } else if (!reply.isInteger() || reply.integer == 1) {
        outcomes.add(renaming.key, Outcome::Done);
    } else if (m_rule.collision == Collision::Overwrite) {
        taken.push_back(std::move(renaming));
    } else if (m_rule.collision == Collision::Number && renaming.tries < mostNumbers) {
        ++renaming.tries;
        taken.push_back(std::move(renaming));
    } else {
        outcomes.add(renaming.key, Outcome::Skipped, "there is a key of the new name already");
    }
}

bool RenameStep::isToGo(std::string_view name) const
{
    const auto own = m_names.nameFor(name);
    return own && *own != name;
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
