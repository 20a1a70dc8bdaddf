// SPDX-License-Identifier: GPL-3.0-or-later
// What the answers of one turn say, and what comes of it.
#include "core/base/dumpdigest.h"
#include "core/base/valuedigest.h"
#include "core/bulk/keysizes.h"
#include "core/bulk/removalflight.h"
#include "core/bulk/stepreplies.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace keyglass {

namespace {

/// Values read in one turn and kept until they are given to the archive.
constexpr std::uint64_t mostBytesRead = 4U * 1024 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("GuardedRemoval", text);
}

std::string tooLargeText(std::int64_t bytes, ByteCount largest)
{
    return tr("%1 in memory: larger than the %2 that are archived")
        .arg(sizeText(ByteCount{static_cast<std::uint64_t>(bytes)}), sizeText(largest))
        .toStdString();
}

} // namespace

void GuardedRemoval::took(const Section& section, std::span<Reply> replies, OutcomeSink& outcomes)
{
    switch (section.flight->stage) {
    case FlightStage::New:
        if (std::ranges::any_of(replies, isWithoutSize)) {
            m_options.ways.asksSizes = m_options.ways.asksSizes && std::ranges::none_of(replies, isUnknownCommand);
            section.flight->stage = FlightStage::Unsized;
        } else {
            tookSizes(*section.flight, replies, outcomes);
        }
        break;
    case FlightStage::Unsized: // it has no part in a turn
        break;
    case FlightStage::Sized:
        tookValues(section, replies, outcomes);
        break;
    case FlightStage::Stored:
        tookRemoval(section, replies, outcomes);
        break;
    }
}

void GuardedRemoval::tookSizes(Flight& flight, std::span<const Reply> replies, OutcomeSink& outcomes)
{
    KeyGroup open;
    for (std::size_t at = 0; at < replies.size(); ++at) {
        const std::uint32_t place = flight.open[at];
        const std::string_view key = flight.keys[place];
        const Reply& reply = replies[at];
        const std::int64_t size = reply.isInteger() ? sizeForReading(key, reply.integer) : 0;
        if (reply.isNil()) {
            toldMissing(key, outcomes);
        } else if (isElsewhere(reply)) {
            toldElsewhere(key, reply.text, outcomes);
        } else if ((reply.isError() && isUntoldSize(reply.text))
            || (reply.isInteger() && size > static_cast<std::int64_t>(m_options.largest.value))) {
            if (reply.isInteger() && m_largeWrite) {
                m_large.push_back({std::string(key), static_cast<std::uint64_t>(size)});
            } else if (reply.isInteger()) {
                tellTooLarge(key, size, outcomes);
            } else if (m_options.deletesUnarchived) {
                m_bare.append(key);
            } else {
                told(key, Outcome::NotUndoable, outcomes, reply.text);
            }
        } else { // also where it may not be asked: then it is read without knowing
            flight.sizes[place] = static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0));
            open.push_back(place);
        }
    }
    flight.open = std::move(open);
    flight.stage = FlightStage::Sized;
    splitLarge(flight);
}

/// It can't be archived.
/// What the server told, or more where that was too little (MEMORY USAGE looks at some of the elements only): then one
/// turn reads it alone, and what is too much even so is not read by DUMP.
std::int64_t GuardedRemoval::sizeForReading(std::string_view key, std::int64_t told) const
{
    if (m_tooLarge.contains(key)) {
        return std::max(told, static_cast<std::int64_t>(m_options.largest.value) + 1);
    }
    const bool isAlone = m_readAlone.contains(key);
    return isAlone ? std::max(told, static_cast<std::int64_t>(std::min(mostBytesRead, m_options.largest.value))) : told;
}

void GuardedRemoval::tellTooLarge(std::string_view key, std::int64_t bytes, OutcomeSink& outcomes)
{
    if (m_options.deletesUnarchived) {
        m_bare.append(key);
    } else {
        told(key, Outcome::NotUndoable, outcomes, tooLargeText(bytes, m_options.largest));
    }
}

/// So that what one turn reads stays within a few megabytes.
void GuardedRemoval::splitLarge(Flight& flight)
{
    const auto parts =
        groupsOf(flight.keys, flight.open, flight.sizes, std::numeric_limits<std::size_t>::max(), mostBytesRead, false);
    for (std::size_t at = 1; at < parts.size(); ++at) {
        KeyBatch keys;
        std::vector<std::uint64_t> sizes;
        for (const std::uint32_t place : parts[at]) {
            keys.append(flight.keys[place]);
            sizes.push_back(flight.sizes[place]);
        }
        auto& rest = m_split.emplace_back(std::make_unique<Flight>(std::move(keys), FlightStage::Sized));
        rest->sizes = std::move(sizes);
    }
    if (!parts.empty()) {
        flight.open = parts.front();
    }
}

void GuardedRemoval::tookValues(const Section& section, std::span<Reply> replies, OutcomeSink& outcomes)
{
    Flight& flight = *section.flight;
    const ArchivingWays& ways = section.ways;
    if (ways.hasExpireTime && replies.size() > 1 && isUnknownCommand(replies[1])) {
        m_options.ways.hasExpireTime = false; // next turn, in the other way
        return;
    }
    flight.open.clear();
    flight.stage = FlightStage::Stored;
    if (ways.hasExpireTime) {
        auto seen = seenIn(replies, section.groups.front(), ways);
        store(flight, section.groups.front(), seen, outcomes);
        return;
    }
    KeyGroup again;
    std::size_t at = 0;
    for (const KeyGroup& group : section.groups) {
        const std::size_t count = looksOf(group, ways) + 2;
        const std::span<Reply> part = replies.subspan(at, count);
        at += count;
        if (part.back().isArray() && part.back().elements.size() == looksOf(group, ways)) {
            auto seen = seenIn(part.back().elements, group, ways);
            store(flight, group, seen, outcomes);
            continue;
        }
        const Reply* const error = firstError(part);
        const Reply& why = error ? *error : part.back();
        if (group.size() > 1 && !isElsewhere(why)) {
            again.insert(again.end(), group.begin(), group.end());
            continue;
        }
        for (const std::uint32_t place : group) {
            addFailure(outcomes, flight.keys[place], why);
        }
    }
    if (!again.empty()) {
        KeyBatch keys;
        for (const std::uint32_t place : again) {
            keys.append(flight.keys[place]);
        }
        auto& rest = m_split.emplace_back(std::make_unique<Flight>(std::move(keys), FlightStage::Sized));
        rest->isSingly = true;
    }
}

void GuardedRemoval::store(Flight& flight, const KeyGroup& group, std::vector<SeenKey>& seen, OutcomeSink& outcomes)
{
    std::vector<UndoRecordView> records;
    records.reserve(group.size());
    for (std::size_t at = 0; at < group.size(); ++at) {
        const std::uint32_t place = group[at];
        const std::string_view key = flight.keys[place];
        const SeenKey& one = seen[at];
        if (one.kind == SeenKey::Kind::Missing) {
            toldMissing(key, outcomes);
        } else if (one.kind == SeenKey::Kind::Elsewhere) {
            toldElsewhere(key, one.text, outcomes);
        } else if (one.kind == SeenKey::Kind::Refused) {
            told(key, Outcome::Failed, outcomes, one.text);
        } else if (const auto why = whyChanged(key, one)) {
            told(key, Outcome::Changed, outcomes, *why);
        } else {
            flight.remember(place, one);
            flight.open.push_back(place);
            records.push_back(
                {key, one.dump, typeOfDump(one.dump), one.expireAt, m_options.database, UndoReason::Deleted, false});
        }
    }
    if (!records.empty()) {
        flight.ticket = m_archive.append(records, m_stop);
    }
}

/// Why a key is not what the preview saw; nothing: it is, or nobody asked.
std::optional<std::string> GuardedRemoval::whyChanged(std::string_view key, const SeenKey& seen) const
{
    if (!m_options.marks) {
        return std::nullopt;
    }
    const auto value =
        m_options.marks->hasValues() ? std::optional(valueDigest(seen.dump)) : std::optional<std::uint64_t>();
    return m_options.marks->whyChanged(m_options.marksRoot + std::string(key), typeOfDump(seen.dump), value);
}

void GuardedRemoval::tookRemoval(const Section& section, std::span<Reply> replies, OutcomeSink& outcomes)
{
    Flight& flight = *section.flight;
    const ArchivingWays& ways = section.ways;
    flight.open.clear();
    std::size_t at = 0;
    for (const KeyGroup& group : section.groups) {
        const std::size_t looks = looksOf(group, ways);
        const std::span<Reply> part = replies.subspan(at, looks + 3);
        at += part.size();
        Reply& executed = part.back();
        if (executed.isArray() && executed.elements.size() == looks + 1) {
            auto seen = seenIn(std::span(executed.elements).first(looks), group, ways);
            removed(flight, group, seen, executed.elements.back(), outcomes);
        } else {
            const Reply* const error = firstError(part);
            refused(flight, group, error ? *error : executed, ways.hasUnlink, outcomes);
        }
    }
}

/// A transaction was done: what it showed, and how many keys it deleted.
void GuardedRemoval::removed(
    Flight& flight, const KeyGroup& group, std::vector<SeenKey>& seen, const Reply& unlinked, OutcomeSink& outcomes)
{
    auto there = std::ranges::count(seen, SeenKey::Kind::There, &SeenKey::kind);
    std::set<std::uint32_t> seconds;
    if (unlinked.isInteger() && unlinked.integer != there) {
        seconds = flight.secondsIn(group);
        for (std::size_t at = 0; at < group.size(); ++at) {
            there -= seen[at].kind == SeenKey::Kind::There && seconds.contains(group[at]) ? 1 : 0;
        }
    }
    std::vector<UndoRecordView> changed;
    std::vector<std::string_view> gone;
    for (std::size_t at = 0; at < group.size(); ++at) {
        const std::string_view key = flight.keys[group[at]];
        const SeenKey& one = seen[at];
        if (one.kind == SeenKey::Kind::Missing) {
            toldMissing(key, outcomes);
            continue;
        }
        if (one.kind == SeenKey::Kind::There && seconds.contains(group[at])) {
            told(key, Outcome::Skipped, outcomes, givenTwice);
            continue;
        }
        const bool isSame =
            one.kind == SeenKey::Kind::There && flight.isAsSeen(group[at], one, m_options.ways.hasExpireTime);
        if (one.kind == SeenKey::Kind::There && !isSame) {
            changed.push_back(
                {key, one.dump, typeOfDump(one.dump), one.expireAt, m_options.database, UndoReason::Deleted, true});
        }
        if (!unlinked.isInteger()) {
            told(key, Outcome::Failed, outcomes, unlinked.text);
        } else if (one.kind != SeenKey::Kind::There) {
            told(key, Outcome::Failed, outcomes, one.text);
        } else if (unlinked.integer != there) {
            gone.push_back(key); // some ended between the look and the UNLINK
        } else {
            told(key, isSame ? Outcome::Done : Outcome::DoneThoughChanged, outcomes);
        }
    }
    if (!gone.empty()) {
        outcomes.addGone(gone, static_cast<std::size_t>(std::max<std::int64_t>(unlinked.integer, 0)));
    }
    if (!changed.empty()) {
        m_newest = m_archive.append(changed, m_stop);
    }
}

/// A transaction was not done. One key's refusal must not be that of all: they go one by one.
void GuardedRemoval::refused(
    Flight& flight, const KeyGroup& group, const Reply& why, bool byUnlink, OutcomeSink& outcomes)
{
    const bool isTriedAgain = isUnknownCommand(why) && byUnlink;
    m_options.ways.hasUnlink = m_options.ways.hasUnlink && !isTriedAgain;
    if (isTriedAgain || (group.size() > 1 && !isElsewhere(why))) {
        flight.isSingly = flight.isSingly || !isTriedAgain;
        flight.open.insert(flight.open.end(), group.begin(), group.end());
        return;
    }
    for (const std::uint32_t place : group) {
        const std::string_view key = flight.keys[place];
        if (isElsewhere(why)) {
            m_archive.expectAgain(m_options.database, key);
        }
        addFailure(outcomes, key, why);
    }
}

} // namespace keyglass
