// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/keypages.h"

#include "core/bulk/keyreading.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"
#include "core/transfer/largekey.h"
#include "core/transfer/pagecommands.h"
#include "core/transfer/readingtimes.h"
#include "core/transfer/streamreading.h"

#include <algorithm>
#include <string>
#include <utility>

namespace keyglass {

namespace {

constexpr std::uint64_t largestAtOnce = 256ULL * 1024; ///< By MEMORY USAGE: what is read in one piece.
constexpr std::uint64_t bytesInGroup = 2ULL * 1024 * 1024;
constexpr std::size_t keysInGroup = 200;

class Reading {
public:
    Reading(Lane& lane, const KeyBatch& keys, ReadingWays& ways, PartSink& sink, OutcomeSink& outcomes,
        const std::stop_token& stop)
        : m_lane(lane)
        , m_keys(keys)
        , m_ways(ways)
        , m_sink(sink)
        , m_outcomes(outcomes)
        , m_stop(stop)
    {
    }

    [[nodiscard]] Status run(std::size_t& settled)
    {
        Status done = look();
        while (done && settled < m_keys.size()) {
            const std::size_t first = settled;
            std::size_t end = first;
            std::uint64_t bytes = 0;
            while (end < m_keys.size() && end - first < keysInGroup && bytes < bytesInGroup && !isLarge(end)) {
                bytes += m_heads[end++].size;
            }
            done = end > first ? readGroup(first, end) : readLarge(end++);
            settled = done ? end : settled;
        }
        return done;
    }

private:
    /// What is known of a key before it is read.
    struct Head {
        Reply type;
        std::uint64_t size = 0; ///< In memory.
        bool isSizeKnown = false;
    };
    struct Told {
        std::size_t at = 0;
        Outcome outcome = Outcome::Done;
        std::string detail;
        Reply refusal; ///< Instead, where it is an error.
    };
    /// A key of a group that is read.
    struct Place {
        std::size_t at = 0;
        KeyPart part;
    };

    [[nodiscard]] Status look();
    [[nodiscard]] bool isLarge(std::size_t at) const;
    [[nodiscard]] bool isReadable(std::size_t at) const;
    void tellUnread(std::size_t at);
    [[nodiscard]] Status readGroup(std::size_t first, std::size_t end);
    [[nodiscard]] Status readPlaces(std::vector<Place>& places);
    void takeValue(Place& place, Reply&& value);
    [[nodiscard]] Status addRest(std::vector<Place>& places);
    [[nodiscard]] Status readLarge(std::size_t at);
    void tell(std::size_t at, Outcome outcome, std::string_view detail = {})
    {
        m_outcomes.add(m_keys[at], outcome, detail);
    }
    /// Of a key in a group: told when nothing can fail any more.
    void tellLater(std::size_t at, Outcome outcome, std::string_view detail = {})
    {
        m_told.push_back({at, outcome, std::string(detail), {}});
    }
    void tellGroup();

    Lane& m_lane;
    const KeyBatch& m_keys;
    ReadingWays& m_ways;
    PartSink& m_sink;
    OutcomeSink& m_outcomes;
    const std::stop_token& m_stop;
    std::vector<Head> m_heads;
    std::vector<Told> m_told; ///< Of the group.
};

/// Types and sizes: neither touches the keys.
Status Reading::look()
{
    std::vector<Command> commands;
    const std::size_t each = m_ways.asksSizes ? 2 : 1;
    for (std::size_t at = 0; at < m_keys.size(); ++at) {
        commands.push_back(Command{"TYPE", m_keys[at]});
        if (m_ways.asksSizes) {
            commands.push_back(Command{"MEMORY", "USAGE", m_keys[at]});
        }
    }
    auto replies = m_lane.pipeline(commands, m_stop);
    if (!replies) {
        return std::move(replies).error();
    }
    for (std::size_t at = 0; at < replies->size(); at += each) {
        Head head{std::move((*replies)[at]), 0, false};
        if (each > 1) {
            const Reply& size = (*replies)[at + 1];
            m_ways.asksSizes = m_ways.asksSizes && !isUnknownCommand(size);
            head.isSizeKnown = size.isInteger();
            head.size = size.isInteger() ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, size.integer)) : 0;
        }
        m_heads.push_back(std::move(head));
    }
    return ok();
}

bool Reading::isReadable(std::size_t at) const
{
    return !m_heads[at].type.isError() && pagedType(keyTypeFromName(m_heads[at].type.text)).has_value();
}

bool Reading::isLarge(std::size_t at) const
{
    return isReadable(at) && (!m_heads[at].isSizeKnown || m_heads[at].size > largestAtOnce);
}

void Reading::tellUnread(std::size_t at)
{
    const Reply& type = m_heads[at].type;
    if (type.isError()) {
        addFailure(m_outcomes, m_keys[at], type);
    } else if (type.text == "none") {
        tell(at, Outcome::Missing);
    } else {
        tell(at, Outcome::NotDone, "no command makes a key of the type " + type.text);
    }
}

Status Reading::readGroup(std::size_t first, std::size_t end)
{
    std::vector<Place> places;
    for (std::size_t at = first; at < end; ++at) {
        if (isReadable(at)) {
            Place place{at, {}};
            place.part.key = m_keys[at];
            place.part.type = keyTypeFromName(m_heads[at].type.text);
            places.push_back(std::move(place));
        }
    }
    m_told.clear();
    if (Status read = readPlaces(places); !read) {
        return read;
    }
    std::vector<KeyPart> parts;
    for (Place& place : places) {
        if (place.part.type != KeyType::None) {
            parts.push_back(std::move(place.part));
            tellLater(place.at, Outcome::Done);
        }
    }
    if (Status taken = m_sink.take(std::move(parts), m_stop); !taken) {
        return taken;
    }
    tellGroup();
    for (std::size_t at = first; at < end; ++at) {
        if (!isReadable(at)) {
            tellUnread(at);
        }
    }
    return ok();
}

void Reading::tellGroup()
{
    for (const Told& told : m_told) {
        if (told.refusal.isError()) {
            addFailure(m_outcomes, m_keys[told.at], told.refusal);
        } else {
            tell(told.at, told.outcome, told.detail);
        }
    }
}

/// Reads the keys; those that could not be read are told, and lose their type.
Status Reading::readPlaces(std::vector<Place>& places)
{
    if (places.empty()) {
        return ok();
    }
    EndTimes times(m_ways);
    std::vector<Command> commands;
    for (const Place& place : places) {
        commands.push_back(times.asking(place.part.key));
        commands.push_back(wholeCommand(place.part.type, place.part.key));
    }
    times.addTime(commands);
    auto replies = m_lane.pipeline(commands, m_stop);
    if (!replies) {
        return std::move(replies).error();
    }
    if (times.isUnknown(replies->front())) {
        return readPlaces(places);
    }
    times.takeTime(replies->back());
    for (std::size_t i = 0; i < places.size(); ++i) {
        takeValue(places[i], std::move((*replies)[2 * i + 1]));
        places[i].part.expireAt = times.endIn((*replies)[2 * i]);
    }
    return addRest(places);
}

void Reading::takeValue(Place& place, Reply&& value)
{
    KeyPart& part = place.part;
    const bool isString = part.type == KeyType::String;
    if (value.isError()) {
        part.type = KeyType::None;
        const bool isOther = value.text.starts_with("WRONGTYPE");
        m_told.push_back({place.at, Outcome::Changed, "it became a key of another type while it was read",
            isOther ? Reply{} : std::move(value)});
    } else if (isString ? value.isNil() : value.elements.empty() && part.type != KeyType::Stream) {
        part.type = KeyType::None;
        tellLater(place.at, Outcome::Missing);
    } else if (!takeWhole(part.type, std::move(value), part)) {
        part.type = KeyType::None;
        tellLater(place.at, Outcome::Failed, "an unexpected reply");
    }
}

/// The ends of fields, and what streams have beside their entries.
Status Reading::addRest(std::vector<Place>& places)
{
    std::vector<KeyPart*> hashes;
    for (Place& place : places) {
        if (place.part.type == KeyType::Hash) {
            hashes.push_back(&place.part);
        }
    }
    if (Status read = readFieldEnds(m_lane, hashes, m_ways, m_stop); !read) {
        return read;
    }
    for (Place& place : places) {
        if (place.part.type != KeyType::Stream) {
            continue;
        }
        auto stream = readStreamPart(m_lane, place.part.key, m_stop);
        if (!stream && endsReading(stream.error())) {
            return std::move(stream).error();
        }
        if (!stream) {
            place.part.type = KeyType::None;
            tellLater(place.at, stream.error().kind == ErrorKind::Gone ? Outcome::Missing : Outcome::Failed,
                stream.error().detail.toStdString());
            continue;
        }
        place.part.stream = *std::move(stream);
    }
    return ok();
}

Status Reading::readLarge(std::size_t at)
{
    const Head& head = m_heads[at];
    LargeKey large(m_lane, std::string(m_keys[at]), keyTypeFromName(head.type.text), head.size);
    auto read = large.read(m_ways, m_sink, m_stop);
    if (!read) {
        return std::move(read).error();
    }
    tell(at, read->outcome, read->detail);
    return ok();
}

} // namespace

Status readKeys(Lane& lane, const KeyBatch& keys, ReadingWays& ways, PartSink& sink, OutcomeSink& outcomes,
    std::size_t& settled, const std::stop_token& stop)
{
    return Reading(lane, keys, ways, sink, outcomes, stop).run(settled);
}

} // namespace keyglass
