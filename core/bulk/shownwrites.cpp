// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/shownwrites.h"

#include "core/base/dumpdigest.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"
#include "core/source/redis/clusteraddress.h"
#include "core/source/redis/slots.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// WATCH looks through all that its connection watches, for each key.
constexpr std::size_t mostWatched = 50;
constexpr std::uint64_t mostBytesWatched = 1024U * 1024;
/// Of values that one call brings.
constexpr std::uint64_t mostBytesShown = 4U * 1024 * 1024;

/// Whether it is the transaction that was in a command's way, and not the command itself.
bool isForNoTransaction(std::string_view key, const Reply& reply)
{
    if (!reply.isError()) {
        return false;
    }
    const auto redirect = parseRedirect(reply.text);
    return (redirect && redirect->slot != slotOf(key)) || reply.text.starts_with("CROSSSLOT")
        || reply.text.find("inside a transaction") != std::string::npos
        || reply.text.find("inside MULTI") != std::string::npos;
}

} // namespace

ShownWrites::ShownWrites(ArchivingWays ways, bool refusesChanged, KeepNewer keepNewer)
    : m_ways(ways)
    , m_refusesChanged(refusesChanged)
    , m_keepNewer(std::move(keepNewer))
{
}

void ShownWrites::expect(std::string_view key, SeenState state)
{
    m_expected.insert_or_assign(std::string(key), std::move(state));
}

Result<std::vector<Reply>> ShownWrites::send(const StepLanes& lanes, std::span<const Command> commands,
    const KeyBatch& keys, UnsettledKeys& unsettled, const std::stop_token& stop)
{
    if (!m_refusesChanged) {
        return sendShown(lanes, commands, keys, unsettled, stop);
    }
    Replies replies(keys.size());
    std::size_t behind = 0; // keys of groups that are done
    for (const KeyGroup& group : groups(keys, mostWatched, mostBytesWatched, m_ways.bySlot)) {
        bool isSent = behind > 0;
        if (Status sent = sendWatched(lanes, commands, keys, group, replies, isSent, stop); !sent) {
            appendKeys(isSent ? unsettled.maybeDone : unsettled.notSent, keys);
            return std::move(sent).error();
        }
        behind += group.size();
    }
    if (Status sent = sendPlain(lanes, commands, keys, replies, stop); !sent) {
        appendKeys(unsettled.maybeDone, keys);
        return std::move(sent).error();
    }
    return replies;
}

/// By the sizes of what is archived.
std::vector<KeyGroup> ShownWrites::groups(
    const KeyBatch& keys, std::size_t mostKeys, std::uint64_t mostBytes, bool bySlot) const
{
    std::vector<std::uint64_t> sizes;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const auto expected = m_expected.find(keys[at]);
        sizes.push_back(expected == m_expected.end() ? 0 : expected->second.bytes);
    }
    return groupsOf(keys, allPlaces(keys), sizes, mostKeys, mostBytes, bySlot);
}

/// Their values come once more, a few megabytes at a time.
Result<std::vector<Reply>> ShownWrites::sendShown(const StepLanes& lanes, std::span<const Command> commands,
    const KeyBatch& keys, UnsettledKeys& unsettled, const std::stop_token& stop)
{
    Replies replies(keys.size());
    std::size_t behind = 0; // keys of groups that are done
    for (const KeyGroup& group : groups(keys, std::max<std::size_t>(keys.size(), 1), mostBytesShown, false)) {
        const LineWatch watch(lanes.node);
        if (Status sent = showGroup(lanes, commands, keys, group, replies, stop); !sent) {
            const bool isSent = watch.mayHaveSent(sent.error());
            for (std::size_t at = 0; at < keys.size(); ++at) { // the groups are in the keys' order
                const bool isBehind = at < behind || (isSent && at < behind + group.size());
                (isBehind ? unsettled.maybeDone : unsettled.notSent).append(keys[at]);
            }
            return std::move(sent).error();
        }
        behind += group.size();
    }
    if (Status sent = sendPlain(lanes, commands, keys, replies, stop); !sent) {
        appendKeys(unsettled.maybeDone, keys);
        return std::move(sent).error();
    }
    return replies;
}

Status ShownWrites::showGroup(const StepLanes& lanes, std::span<const Command> commands, const KeyBatch& keys,
    const KeyGroup& group, Replies& replies, const std::stop_token& stop)
{
    std::vector<Command> all;
    for (const std::uint32_t at : group) {
        all.push_back(Command{"MULTI"});
        addLooks(keys, {at}, m_ways, all);
        all.push_back(commands[at]);
        all.push_back(Command{"EXEC"});
    }
    auto answers = lanes.node.pipeline(all, stop);
    if (!answers) {
        return std::move(answers).error();
    }
    const std::size_t looks = looksOf({0}, m_ways);
    for (std::size_t n = 0; n < group.size(); ++n) {
        const std::uint32_t at = group[n];
        const std::span<Reply> part = std::span(*answers).subspan(n * (looks + 3), looks + 3);
        Reply& executed = part.back();
        std::span<Reply> shown;
        if (executed.isArray() && executed.elements.size() == looks + 1) {
            shown = executed.elements;
        } else if (part.front().isError() && !isElsewhere(part.front())) { // no MULTI: they were done one by one
            shown = part.subspan(1, looks + 1);
        } else {
            const Reply* const error = firstError(part);
            replies[at] = error != nullptr ? *error : executed;
            continue;
        }
        look(keys[at], seenIn(shown.first(looks), {0}, m_ways).front());
        replies[at] = std::move(shown.back());
    }
    return ok();
}

Status ShownWrites::sendPlain(const StepLanes& lanes, std::span<const Command> commands, const KeyBatch& keys,
    Replies& replies, const std::stop_token& stop)
{
    std::vector<Command> plain;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        if (isForNoTransaction(keys[at], replies[at])) {
            plain.push_back(commands[at]);
            places.push_back(at);
        }
    }
    if (plain.empty()) {
        return ok();
    }
    auto answers = lanes.routed.pipeline(plain, stop);
    if (!answers) {
        return std::move(answers).error();
    }
    for (std::size_t n = 0; n < places.size(); ++n) {
        replies[places[n]] = std::move((*answers)[n]);
    }
    return ok();
}

/// All of a group together; where that does not come about, one by one.
Status ShownWrites::sendWatched(const StepLanes& lanes, std::span<const Command> commands, const KeyBatch& keys,
    const KeyGroup& group, Replies& replies, bool& isSent, const std::stop_token& stop)
{
    // Where MULTI is refused and WATCH is not, the writes would be done without one: that is asked first.
    std::vector<Command> looks{Command{"MULTI"}, Command{"EXEC"}, Command{"WATCH"}};
    const std::size_t asked = looks.size();
    for (const std::uint32_t place : group) {
        looks.back().add(keys[place]);
    }
    addLooks(keys, group, m_ways, looks);
    auto looked = lanes.node.pipeline(looks, stop);
    if (!looked) {
        return std::move(looked).error();
    }
    const std::uint64_t opening = lanes.node.openings();
    const Reply* const refusal = firstError(std::span(*looked).first(asked));
    const auto seen = seenIn(std::span(*looked).subspan(asked), group, m_ways);
    KeyGroup same;
    std::vector<Command> writes{Command{"MULTI"}};
    for (std::size_t at = 0; at < group.size(); ++at) {
        if (refusal == nullptr && isAsExpected(keys[group[at]], seen[at])) {
            same.push_back(group[at]);
            writes.push_back(commands[group[at]]);
        } else if (refusal != nullptr) {
            replies[group[at]] = *refusal;
        } else if (seen[at].kind == SeenKey::Kind::Elsewhere || seen[at].kind == SeenKey::Kind::Refused) {
            replies[group[at]].type = Reply::Type::Error;
            replies[group[at]].text = seen[at].text;
        } else {
            (seen[at].kind == SeenKey::Kind::Missing ? m_gone : m_refused).emplace(keys[group[at]]);
        }
    }
    writes.push_back(Command{"EXEC"});
    if (same.empty()) {
        writes = {Command{"UNWATCH"}};
    }
    if (!lanes.node.isOpen() || lanes.node.openings() != opening) { // a new connection would watch nothing
        return Error{ErrorKind::Network, lanes.node.nodeText(), {}};
    }
    isSent = isSent || !same.empty();
    auto answers = lanes.node.pipeline(writes, stop);
    if (!answers) {
        return std::move(answers).error();
    }
    Reply& executed = answers->back();
    if (same.empty() || (executed.isArray() && executed.elements.size() == same.size())) {
        for (std::size_t n = 0; n < same.size(); ++n) {
            replies[same[n]] = std::move(executed.elements[n]);
        }
        return ok();
    }
    for (const std::uint32_t place : same) {
        auto answer = writeIfUnchanged(
            lanes.node, keys[place], m_expected.find(keys[place])->second, commands[place], isSent, stop);
        if (!answer) {
            isSent = true; // others of the group may be done
            return std::move(answer).error();
        }
        if (answer->isChanged) {
            (answer->isGone ? m_gone : m_refused).emplace(keys[place]);
        }
        replies[place] = std::move(answer->reply);
    }
    return ok();
}

bool ShownWrites::isAsExpected(std::string_view key, const SeenKey& seen) const
{
    const auto expected = m_expected.find(key);
    if (seen.kind != SeenKey::Kind::There || expected == m_expected.end()) {
        return false;
    }
    const std::string& end = expected->second.end;
    return dumpDigest(seen.dump) == expected->second.content
        && (end.empty() || end == std::to_string(seen.expireAt.value_or(Milliseconds{-1}).count()));
}

void ShownWrites::look(std::string_view key, const SeenKey& seen)
{
    if (seen.kind == SeenKey::Kind::There && !isAsExpected(key, seen)) {
        m_changed.emplace(key);
        m_keepNewer(key, seen);
    }
}

} // namespace keyglass
