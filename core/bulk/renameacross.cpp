// SPDX-License-Identifier: GPL-3.0-or-later
// Renaming between slots of a cluster: a copy, and a guarded delete of what was copied.
#include "core/bulk/renamestep.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

namespace keyglass {

namespace {

/// Hands outcomes on, but for keys whose new name is taken.
class SiftedNames final : public OutcomeSink {
public:
    explicit SiftedNames(OutcomeSink& to)
        : m_to(to)
    {
    }
    void add(std::string_view key, Outcome outcome, std::string_view detail) override
    {
        if (outcome == Outcome::Skipped && detail == nameIsTaken) {
            taken.insert(key);
        } else {
            m_to.add(key, outcome, detail);
        }
    }
    void elsewhere(std::string_view key, std::string_view redirect) override { m_to.elsewhere(key, redirect); }

    std::set<std::string_view> taken; ///< Of the keys that were given.

private:
    OutcomeSink& m_to;
};

} // namespace

/// To other slots of a cluster. A key that gets a new name itself is not written over there, either.
Status RenameStep::renameAcross(
    const StepLanes& lanes, Renamings renamings, OutcomeSink& outcomes, const std::stop_token& stop)
{
    Renamings careful;
    Renamings others;
    for (Renaming& renaming : renamings) {
        (m_ways.replaces && isToGo(renaming.name) ? careful : others).push_back(std::move(renaming));
    }
    if (Status done = carry(lanes, std::move(others), m_ways, outcomes, stop); !done) {
        keep(careful, 0, false);
        return done;
    }
    TransferWays leaving = m_ways;
    leaving.replaces = false;
    return carry(lanes, std::move(careful), leaving, outcomes, stop);
}

/// With numbers as often as names are taken, where the rule says so.
Status RenameStep::carry(
    const StepLanes& lanes, Renamings open, TransferWays& ways, OutcomeSink& outcomes, const std::stop_token& stop)
{
    while (!open.empty()) {
        Renamings again = takeSecond(open);
        claimNames(open, outcomes);
        if (open.empty()) {
            open = std::move(again);
            continue;
        }
        std::vector<std::string> names;
        names.reserve(open.size()); // they are looked at from elsewhere
        std::vector<Carried> carried;
        for (const Renaming& renaming : open) {
            names.push_back(renaming.tries == 1 ? renaming.name : NameMaker::numbered(renaming.name, renaming.tries));
            carried.push_back({renaming.key, names.back()});
        }
        std::size_t settled = 0;
        const LineWatch watch(lanes.routed);
        SiftedNames told(outcomes);
        if (Status done = transferKeys(lanes, lanes.routed, carried, ways, told, settled, stop); !done) {
            keep(open, settled, watch.mayHaveSent(done.error()));
            keep(again, 0, false);
            for (std::size_t at = 0; at < settled; ++at) {
                if (told.taken.contains(open[at].key)) {
                    m_unsettled.notSent.append(open[at].key);
                }
            }
            return done;
        }
        Renamings over;
        for (Renaming& renaming : open) {
            if (!told.taken.contains(renaming.key)) {
                continue;
            }
            if (m_rule.collision == Collision::Number && renaming.tries < mostNumbers) {
                ++renaming.tries;
                again.push_back(std::move(renaming));
            } else if (m_rule.collision != Collision::Overwrite) {
                outcomes.add(renaming.key, Outcome::Skipped, "there is a key of the new name already");
            } else if (isToGo(renaming.name)) {
                outcomes.add(renaming.key, Outcome::Skipped,
                    "the key of the new name gets another itself, and is in another slot: rename this one once that is "
                    "done");
            } else {
                over.push_back(std::move(renaming));
            }
        }
        if (Status done = carryOver(lanes, std::move(over), ways, outcomes, stop); !done) {
            keep(again, 0, false);
            return done;
        }
        open = std::move(again);
    }
    return ok();
}

/// Onto names that are taken: what stands there is archived, and written over if it is still that. Several keys that
/// get one name go one after the other, and only the first gets it.
Status RenameStep::carryOver(
    const StepLanes& lanes, Renamings open, TransferWays ways, OutcomeSink& outcomes, const std::stop_token& stop)
{
    if (!m_options.ways.hasExpireTime) { // its archive takes transactions, which go to one node
        for (const Renaming& renaming : open) {
            outcomes.add(renaming.key, Outcome::Skipped,
                "there is a key of the new name already, in another slot, where a server before 7.0 can't archive it");
        }
        return ok();
    }
    while (!open.empty()) {
        Renamings later = takeSecond(open);
        claimNames(open, outcomes);
        Renamings now = std::move(open);
        if (now.empty()) {
            open = std::move(later);
            continue;
        }
        std::vector<ArchivedKey> archived;
        Renamings free;
        if (Status safe = archive(lanes.routed, now, archived, free, outcomes, stop); !safe) {
            keep(now, 0, false);
            keep(later, 0, false);
            return safe;
        }
        ways.onto.clear();
        for (std::size_t at = 0; at < now.size(); ++at) {
            const std::optional<SeenState>& seen = archived[at].seen; // nothing: it is not archived
            if (seen && (!ways.hasScripts || !seen->isForScript())) {
                outcomes.add(now[at].key, Outcome::Skipped,
                    "there is a key of the new name already, in another slot, and no script may compare it with what "
                    "is "
                    "archived before it is written over");
                continue;
            }
            ways.onto.emplace(now[at].name, seen);
            free.push_back(std::move(now[at]));
        }
        std::vector<Carried> carried;
        for (const Renaming& renaming : free) {
            carried.push_back({renaming.key, renaming.name});
        }
        std::size_t settled = 0;
        const LineWatch watch(lanes.routed);
        SiftedNames told(outcomes);
        if (Status done = transferKeys(lanes, lanes.routed, carried, ways, told, settled, stop); !done) {
            keep(free, settled, watch.mayHaveSent(done.error()));
            keep(later, 0, false);
            for (std::size_t at = 0; at < settled; ++at) {
                if (told.taken.contains(free[at].key)) {
                    m_unsettled.notSent.append(free[at].key);
                }
            }
            return done;
        }
        for (Renaming& renaming : free) {
            if (told.taken.contains(renaming.key)) {
                tryAgain(std::move(renaming), later, outcomes);
            }
        }
        open = std::move(later);
    }
    return ok();
}

/// Of several that get one name all but the first.
RenameStep::Renamings RenameStep::takeSecond(Renamings& renamings) const
{
    Renamings second;
    if (!mayGiveTwice()) {
        return second; // no two get one name, or numbers tell them apart
    }
    Renamings first;
    std::set<std::string> names;
    for (Renaming& renaming : renamings) {
        const bool isFirst = names.insert(renaming.name).second;
        (isFirst ? first : second).push_back(std::move(renaming));
    }
    renamings = std::move(first);
    return second;
}

} // namespace keyglass
