// SPDX-License-Identifier: GPL-3.0-or-later
// Deleting keys only if they are still what was archived: looked at once more under WATCH, which is what EXEC asks.
#include "core/bulk/removalflight.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace keyglass {

namespace {

/// WATCH looks through all that its connection watches, for each key.
constexpr std::size_t mostWatched = 50;
constexpr std::uint64_t mostBytesWatched = 1024U * 1024;

} // namespace

Status GuardedRemoval::removeWatched(Lane& lane, Flight& flight, OutcomeSink& outcomes, const std::stop_token& stop)
{
    while (!flight.open.empty()) {
        const auto groups = groupsOf(flight.keys, flight.open, flight.sizes, flight.isSingly ? 1 : mostWatched,
            mostBytesWatched, m_options.ways.bySlot);
        for (const KeyGroup& group : groups) {
            if (Status removed = removeWatched(lane, flight, group, outcomes, stop); !removed) {
                return removed;
            }
        }
    }
    return ok();
}

/// What stays open goes one by one afterwards.
Status GuardedRemoval::removeWatched(
    Lane& lane, Flight& flight, const KeyGroup& group, OutcomeSink& outcomes, const std::stop_token& stop)
{
    std::vector<Command> commands{Command{"WATCH"}};
    for (const std::uint32_t place : group) {
        commands.front().add(flight.keys[place]);
    }
    addLooks(flight.keys, group, m_options.ways, commands);
    auto looked = lane.pipeline(commands, stop);
    if (!looked) {
        return std::move(looked).error();
    }
    const std::uint64_t opening = lane.openings();
    const auto settle = [&flight](std::uint32_t place) { std::erase(flight.open, place); };
    if (looked->front().isError()) {
        std::ranges::for_each(group, settle);
        refused(flight, group, looked->front(), false, outcomes);
        return ok();
    }
    const auto seen = seenIn(std::span(*looked).subspan(1), group, m_options.ways);
    KeyGroup unchanged;
    for (std::size_t at = 0; at < group.size(); ++at) {
        const std::string_view key = flight.keys[group[at]];
        if (seen[at].kind == SeenKey::Kind::There
            && flight.isAsSeen(group[at], seen[at], m_options.ways.hasExpireTime)) {
            unchanged.push_back(group[at]);
            continue;
        }
        settle(group[at]);
        switch (seen[at].kind) {
        case SeenKey::Kind::There:
            told(key, Outcome::Changed, outcomes);
            break;
        case SeenKey::Kind::Missing:
            toldMissing(key, outcomes);
            break;
        case SeenKey::Kind::Elsewhere:
            m_archive.expectAgain(m_options.database, key);
            toldElsewhere(key, seen[at].text, outcomes);
            break;
        case SeenKey::Kind::Refused:
            told(key, Outcome::Failed, outcomes, seen[at].text);
            break;
        }
    }
    const auto replies = commit(lane, opening, flight, unchanged, stop);
    if (!replies) {
        return replies.error();
    }
    std::ranges::for_each(unchanged, settle);
    const Reply& executed = replies->back();
    if (unchanged.empty()) {
        return ok();
    }
    if (executed.isNil()) { // one of them was changed after the look
        if (unchanged.size() == 1) {
            told(flight.keys[unchanged.front()], Outcome::Changed, outcomes);
        } else {
            flight.isSingly = true;
            flight.open.insert(flight.open.end(), unchanged.begin(), unchanged.end());
        }
        return ok();
    }
    if (!executed.isArray() || executed.elements.size() != 1 || executed.elements.front().isError()) {
        const Reply* const error =
            firstError(executed.isArray() ? std::span<const Reply>(executed.elements) : *replies);
        refused(flight, unchanged, error ? *error : executed, m_options.ways.hasUnlink, outcomes);
        return ok();
    }
    const std::int64_t deleted = executed.elements.front().integer;
    const bool isEach = deleted == std::ssize(unchanged);
    const std::set<std::uint32_t> seconds = isEach ? std::set<std::uint32_t>() : flight.secondsIn(unchanged);
    std::vector<std::string_view> names;
    for (const std::uint32_t place : unchanged) {
        if (seconds.contains(place)) {
            told(flight.keys[place], Outcome::Skipped, outcomes, givenTwice);
        } else {
            names.push_back(flight.keys[place]);
        }
    }
    if (deleted != std::ssize(names)) {
        outcomes.addGone(names, static_cast<std::size_t>(std::max<std::int64_t>(deleted, 0)));
        return ok();
    }
    for (const std::string_view name : names) {
        told(name, Outcome::Done, outcomes);
    }
    return ok();
}

/// MULTI, UNLINK, EXEC on the connection that watches; a new one would watch nothing. UNWATCH where nothing is left.
Result<std::vector<Reply>> GuardedRemoval::commit(
    Lane& lane, std::uint64_t opening, Flight& flight, const KeyGroup& group, const std::stop_token& stop) const
{
    if (!lane.isOpen() || lane.openings() != opening) {
        return Error{ErrorKind::Network, lane.nodeText(),
            QCoreApplication::translate("GuardedRemoval", "The connection was lost.")};
    }
    if (group.empty()) {
        const std::vector<Command> leaving{Command{"UNWATCH"}};
        return lane.pipeline(leaving, stop);
    }
    Command unlinking{unlink()};
    for (const std::uint32_t place : group) {
        unlinking.add(flight.keys[place]);
    }
    const std::vector<Command> commands{Command{"MULTI"}, std::move(unlinking), Command{"EXEC"}};
    flight.isUnderWay = true;
    auto replies = lane.pipeline(commands, stop);
    flight.isUnderWay = !replies;
    return replies;
}

} // namespace keyglass
