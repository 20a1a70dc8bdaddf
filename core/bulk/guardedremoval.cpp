// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/guardedremoval.h"

#include "core/bulk/keysizes.h"
#include "core/bulk/removalflight.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

namespace keyglass {

namespace {

/// Batches archived and not yet on the disk, before the disk is waited for: what a busy one takes a third of a second
/// for. Some 8 MB.
constexpr std::size_t mostWaiting = 64;
/// Batches that are not archived yet, before more keys are taken: large values are read a few at a time.
constexpr std::size_t mostUnread = 64;
/// Batches whose removal shares a turn.
constexpr std::size_t removalsAtOnce = 4;
/// Values that one turn reads, and those that it shows while it deletes them; more where one key alone has more.
constexpr std::uint64_t mostBytesInTurn = 4U * 1024 * 1024;
/// Keys that are waited for before the next turn: each has a beginning and an end in which nobody works for it.
constexpr std::size_t keysInTurn = 1000;

} // namespace

GuardedRemoval::GuardedRemoval(UndoArchiveWriter& archive, RemovalOptions options)
    : m_archive(archive)
    , m_options(std::move(options))
{
    if (m_options.largeReader) {
        m_largeWrite = std::make_unique<LargeWrite>(m_archive, m_options.largeReader(), m_options.database,
            UndoReason::Deleted, [this](std::string_view key, std::string_view type) {
                return m_options.marks
                    ? m_options.marks->whyChanged(m_options.marksRoot + std::string(key), type, std::nullopt)
                    : std::nullopt;
            });
    }
}

GuardedRemoval::~GuardedRemoval() = default;

Status GuardedRemoval::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    m_stop = stop;
    m_gathered += keys.size();
    if (!keys.isEmpty()) {
        const FlightStage first = m_options.ways.asksSizes ? FlightStage::New : FlightStage::Unsized;
        m_flights.push_back(std::make_unique<Flight>(std::move(keys), first));
    }
    if (Status probed = probe(lanes.node, stop); !probed) {
        return probed;
    }
    if (m_gathered < keysInTurn) {
        return ok();
    }
    m_gathered = 0;
    Status turned = turn(lanes.node, outcomes, stop);
    while (turned && m_flights.size() > mostUnread + waiting()) {
        turned = turn(lanes.node, outcomes, stop);
    }
    return turned;
}

Status GuardedRemoval::finish(const StepLanes& lanes, OutcomeSink& outcomes, std::stop_token stop)
{
    m_stop = stop;
    if (Status probed = probe(lanes.node, stop); !probed) {
        return probed;
    }
    while (!m_flights.empty() || !m_large.empty() || !m_bare.isEmpty()) {
        const bool isAllStored =
            waiting() == m_flights.size() && m_prepared.parts.empty() && m_sent.empty() && m_received.parts.empty();
        if (isAllStored && !m_flights.empty() && !m_archive.isDurable(m_flights.back()->ticket)) {
            if (Status waited = m_archive.waitDurable(m_flights.back()->ticket, stop); !waited) {
                return waited;
            }
        }
        if (Status turned = turn(lanes.node, outcomes, stop); !turned) {
            return turned;
        }
    }
    return m_newest > 0 ? m_archive.waitDurable(m_newest, stop) : ok();
}

/// Where MULTI is refused, what should be in the transaction would be done without one. A server that runs a script
/// takes MULTI, and refuses EXEC until it has ended.
Status GuardedRemoval::probe(Lane& lane, const std::stop_token& stop)
{
    if (std::exchange(m_isProbed, true)) {
        return ok();
    }
    const std::vector<Command> commands{Command{"MULTI"}, Command{"EXEC"}};
    const auto replies = lane.pipeline(commands, stop);
    const Reply* const error = replies ? firstError(*replies) : nullptr;
    m_isProbed = replies && !error;
    if (error && isRefusedForNow(reasonOf(error->text))) {
        return refusalForNow(lane, error->text);
    }
    if (error) {
        return replyError(error->text).about(lane.nodeText());
    }
    return replies ? ok() : Status(replies.error());
}

UnsettledKeys GuardedRemoval::takeUnsettled()
{
    UnsettledKeys keys;
    m_isProbed =
        false; // the next one tells at once whether the line is back: nothing else may be sent in its first turn
    m_thread.drop();
    m_sent.clear();
    m_prepared = {};
    m_received = {};
    m_gathered = 0;
    for (const auto& flight : std::exchange(m_flights, {})) {
        for (const std::uint32_t place : flight->open) {
            const std::string_view key = flight->keys[place];
            (flight->isUnderWay ? keys.maybeDone : keys.notSent).append(key);
            if (flight->isUnderWay) {
                m_inDoubt.emplace(key);
            }
            if (flight->stage == FlightStage::Stored) {
                m_archive.expectAgain(m_options.database, key);
            }
        }
    }
    for (const Large& large : std::exchange(m_large, {})) {
        const bool isUnderWay = std::exchange(m_isLargeUnderWay, false);
        (isUnderWay ? keys.maybeDone : keys.notSent).append(large.key);
        if (isUnderWay) {
            m_inDoubt.insert(large.key);
        }
    }
    appendKeys(std::exchange(m_isBareSent, false) ? keys.maybeDone : keys.notSent, std::exchange(m_bare, {}));
    return keys;
}

std::size_t GuardedRemoval::waiting() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(m_flights, [](const auto& flight) { return flight->stage == FlightStage::Stored; }));
}

/// One round trip. While the server works on what was sent, the answers of the turn before are looked at and the next
/// turn is prepared and put right behind it, so that neither side waits for the other: no flight is in two of them.
Status GuardedRemoval::turn(Lane& lane, OutcomeSink& outcomes, const std::stop_token& stop)
{
    if (Status room = waitForRoom(stop); !room) {
        took(outcomes);
        while (!m_sent.empty() && receive()) {
            took(outcomes); // what was deleted is told
        }
        return room;
    }
    if (m_sent.empty()) {
        sendPrepared(lane, stop);
    }
    took(outcomes);
    prepare();
    const bool isAlone = needsLane();
    const bool isSent = !isAlone && sendPrepared(lane, stop);
    if (m_sent.size() > 1 || (!m_sent.empty() && (isAlone || !isSent))) {
        if (Status received = receive(); !received) {
            return received;
        }
    }
    if (!m_sent.empty()) {
        return ok();
    }
    if (Status measured = measure(lane, outcomes, stop); !measured) {
        return measured;
    }
    for (std::size_t at = 0; m_options.refuseChanged && at < m_flights.size(); ++at) {
        Flight& flight = *m_flights[at];
        if (flight.stage == FlightStage::Stored && m_archive.isDurable(flight.ticket)) {
            if (Status removed = removeWatched(lane, flight, outcomes, stop); !removed) {
                return removed;
            }
        }
    }
    std::erase_if(m_flights, [](const auto& flight) { return flight->open.empty(); });
    Status removed = removeLarge(lane, outcomes, stop);
    return removed ? removeBare(lane, outcomes, stop) : removed;
}

/// Whether there was anything.
bool GuardedRemoval::sendPrepared(Lane& lane, const std::stop_token& stop)
{
    if (m_prepared.commands.empty()) {
        return false;
    }
    const Turn& sent = m_sent.emplace_back(std::exchange(m_prepared, {}));
    for (const Section& part : sent.parts) {
        part.flight->isUnderWay = part.flight->stage == FlightStage::Stored;
    }
    m_thread.send(lane, sent.commands, stop);
    return true;
}

/// The answers to the turn that was sent first. Where they do not come, those behind it were not sent.
Status GuardedRemoval::receive()
{
    auto replies = m_thread.answers();
    Turn sent = std::move(m_sent.front());
    m_sent.pop_front();
    if (!replies) {
        for (const Turn& unsent : std::exchange(m_sent, {})) {
            for (const Section& part : unsent.parts) {
                part.flight->isUnderWay = false;
            }
        }
        Error why = std::move(replies).error();
        if (why.kind == ErrorKind::Limit && noteTooLarge(sent)) {
            why.kind = ErrorKind::Network; // the line is closed: they are given again, and read in another way
        }
        return why;
    }
    keepLooks(sent);
    m_received = {std::move(sent.parts), {}, *std::move(replies)};
    return ok();
}

/// A reply was larger than a line takes. False where no value was read in that turn.
bool GuardedRemoval::noteTooLarge(const Turn& sent)
{
    std::size_t keys = 0;
    for (const Section& part : sent.parts) {
        keys += part.flight->stage == FlightStage::Sized ? part.flight->open.size() : 0;
    }
    for (const Section& part : sent.parts) {
        for (const std::uint32_t place : part.flight->open) {
            if (part.flight->stage == FlightStage::Sized) {
                (keys == 1 ? m_tooLarge : m_readAlone).emplace(part.flight->keys[place]);
            }
        }
    }
    return keys > 0;
}

/// Something is asked outside the turns: then none may be under way.
bool GuardedRemoval::needsLane() const
{
    return m_options.refuseChanged || !m_large.empty() || !m_bare.isEmpty()
        || std::ranges::any_of(m_flights, [](const auto& flight) { return flight->stage == FlightStage::Unsized; });
}

/// By their lengths, keys whose sizes the server may not tell, or can't.
Status GuardedRemoval::measure(Lane& lane, OutcomeSink& outcomes, const std::stop_token& stop)
{
    for (std::size_t at = 0; at < m_flights.size(); ++at) {
        Flight& flight = *m_flights[at];
        if (flight.stage != FlightStage::Unsized) {
            continue;
        }
        std::vector<std::string_view> keys;
        for (const std::uint32_t place : flight.open) {
            keys.push_back(flight.keys[place]);
        }
        const auto sizes = sizesByLength(lane, keys, stop);
        if (!sizes) {
            std::ranges::move(std::exchange(m_split, {}), std::back_inserter(m_flights)); // of those before
            return sizes.error();
        }
        tookSizes(flight, *sizes, outcomes);
    }
    std::ranges::move(std::exchange(m_split, {}), std::back_inserter(m_flights));
    return ok();
}

/// What keys were read by is what their removal shows of them: it need not be made twice.
void GuardedRemoval::keepLooks(Turn& sent) const
{
    for (const Section& part : sent.parts) {
        Flight& flight = *part.flight;
        const bool isAllOfIt =
            flight.stage == FlightStage::Sized && part.ways.hasExpireTime && part.count == flight.keys.size() * 2;
        if (isAllOfIt && !m_options.refuseChanged) {
            const auto from = sent.commands.begin() + static_cast<std::ptrdiff_t>(part.begin);
            flight.looks.assign(
                std::make_move_iterator(from), std::make_move_iterator(from + static_cast<std::ptrdiff_t>(part.count)));
        }
    }
}

/// What the last turn's answers say.
void GuardedRemoval::took(OutcomeSink& outcomes)
{
    Turn received = std::exchange(m_received, {});
    for (const Section& part : received.parts) {
        part.flight->isUnderWay = false;
        part.flight->isBusy = false;
        took(part, std::span(received.replies).subspan(part.begin, part.count), outcomes);
    }
    std::ranges::move(std::exchange(m_split, {}), std::back_inserter(m_flights));
    std::erase_if(m_flights, [](const auto& flight) { return flight->open.empty(); });
}

Status GuardedRemoval::waitForRoom(const std::stop_token& stop)
{
    if (waiting() < mostWaiting) {
        return ok();
    }
    const auto oldest = std::ranges::find(m_flights, FlightStage::Stored, [](const auto& one) { return one->stage; });
    return m_archive.waitDurable((*oldest)->ticket, stop);
}

/// Of each flight that is not under way what comes next for it.
void GuardedRemoval::prepare()
{
    std::vector<Command>& commands = m_prepared.commands;
    std::size_t removals = 0;
    std::uint64_t read = 0;
    std::uint64_t removed = 0;
    const auto fits = [](std::uint64_t& bytes, const Flight& flight) {
        const std::uint64_t more = flight.openBytes();
        const bool isIn = bytes == 0 || bytes + more <= mostBytesInTurn;
        bytes += isIn ? std::max<std::uint64_t>(more, 1) : 0;
        return isIn;
    };
    for (const auto& flight : m_flights) {
        if (flight->isBusy) {
            continue;
        }
        Section section;
        section.flight = flight.get();
        section.begin = commands.size();
        section.ways = m_options.ways;
        switch (flight->stage) {
        case FlightStage::New:
            for (const std::uint32_t place : flight->open) {
                commands.push_back(Command{"MEMORY", "USAGE", flight->keys[place]});
            }
            break;
        case FlightStage::Unsized:
            break;
        case FlightStage::Sized:
            if (fits(read, *flight)) {
                addRead(section, commands);
            }
            break;
        case FlightStage::Stored:
            if (!m_options.refuseChanged && removals < removalsAtOnce && m_archive.isDurable(flight->ticket)
                && fits(removed, *flight)) {
                addRemoval(section, commands);
                ++removals;
            }
            break;
        }
        section.count = commands.size() - section.begin;
        if (section.count > 0) {
            flight->isBusy = true;
            m_prepared.parts.push_back(std::move(section));
        }
    }
}

void GuardedRemoval::addRead(Section& section, std::vector<Command>& commands) const
{
    const Flight& flight = *section.flight;
    const ArchivingWays& ways = m_options.ways;
    if (ways.hasExpireTime) {
        section.groups = {flight.open};
        addLooks(flight.keys, flight.open, ways, commands);
        return;
    }
    section.groups =
        groupsOf(flight.keys, flight.open, flight.sizes, flight.isSingly ? 1 : m_call.keys, m_call.bytes, ways.bySlot);
    for (const KeyGroup& group : section.groups) {
        commands.push_back(Command{"MULTI"});
        addLooks(flight.keys, group, ways, commands);
        commands.push_back(Command{"EXEC"});
    }
}

void GuardedRemoval::addRemoval(Section& section, std::vector<Command>& commands) const
{
    Flight& flight = *section.flight;
    section.groups = groupsOf(
        flight.keys, flight.open, flight.sizes, flight.isSingly ? 1 : m_call.keys, m_call.bytes, m_options.ways.bySlot);
    for (const KeyGroup& group : section.groups) {
        commands.push_back(Command{"MULTI"});
        flight.takeLooks(group, m_options.ways, commands);
        Command& unlinking = commands.emplace_back(Command{unlink()});
        for (const std::uint32_t place : group) {
            unlinking.add(flight.keys[place]);
        }
        commands.push_back(Command{"EXEC"});
    }
    flight.looks.clear(); // moved from
}

void GuardedRemoval::told(std::string_view key, Outcome outcome, OutcomeSink& outcomes, std::string_view detail)
{
    outcomes.add(key, outcome, detail);
    if (const auto doubt = m_inDoubt.find(key); doubt != m_inDoubt.end()) {
        m_inDoubt.erase(doubt);
    }
}

void GuardedRemoval::toldMissing(std::string_view key, OutcomeSink& outcomes)
{
    told(key, m_inDoubt.contains(key) ? Outcome::Done : Outcome::Missing, outcomes);
}

void GuardedRemoval::toldElsewhere(std::string_view key, std::string_view redirect, OutcomeSink& outcomes)
{
    outcomes.elsewhere(key, redirect);
}

/// The user wants them gone though they can't be archived.
Status GuardedRemoval::removeBare(Lane& lane, OutcomeSink& outcomes, const std::stop_token& stop)
{
    if (m_bare.isEmpty()) {
        return ok();
    }
    std::vector<Command> commands;
    commands.reserve(m_bare.size());
    for (std::size_t at = 0; at < m_bare.size(); ++at) {
        commands.push_back(Command{unlink(), m_bare[at]});
    }
    m_isBareSent = true;
    const auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    m_isBareSent = false;
    const KeyBatch keys = std::exchange(m_bare, {});
    for (std::size_t at = 0; at < keys.size(); ++at) {
        addOutcome(outcomes, keys[at], (*replies)[at]);
    }
    return ok();
}

} // namespace keyglass
