// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/largekey.h"

#include "core/source/lane.h"
#include "core/transfer/readingtimes.h"
#include "core/transfer/streamreading.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::string_view changed = "it was written to each time that it was read";

} // namespace

/// A place in the file for one key alone, which is given back whatever happens.
class LargeKey::Turn {
public:
    explicit Turn(PartSink& sink)
        : m_sink(sink)
    {
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn()
    {
        if (m_isOpen) {
            static_cast<void>(m_sink.endLarge(false)); // there is a worse failure to tell already
        }
    }
    [[nodiscard]] Status begin(const std::stop_token& stop)
    {
        Status begun = m_sink.beginLarge(stop);
        m_isOpen = begun.has_value();
        return begun;
    }
    [[nodiscard]] Status end(bool isWhole)
    {
        m_isOpen = false;
        return m_sink.endLarge(isWhole);
    }

private:
    PartSink& m_sink;
    bool m_isOpen = false;
};

LargeKey::LargeKey(Lane& lane, std::string key, KeyType type, std::uint64_t size, int tries)
    : m_lane(lane)
    , m_key(std::move(key))
    , m_type(type)
    , m_size(size)
    , m_tries(tries)
{
}

Result<LargeKey::Told> LargeKey::read(ReadingWays& ways, PartSink& sink, const std::stop_token& stop)
{
    for (int tries = 0; tries < m_tries; ++tries) {
        Turn turn(sink);
        if (Status begun = turn.begin(stop); !begun) {
            return std::move(begun).error();
        }
        auto trouble = tryOnce(ways, sink, stop);
        if (!trouble) {
            return std::move(trouble).error();
        }
        if (Status ended = turn.end(!*trouble); !ended) {
            return std::move(ended).error();
        }
        if (!*trouble) {
            return Told{};
        }
        if ((*trouble)->outcome != Outcome::Changed) {
            return **std::move(trouble);
        }
    }
    return Told{Outcome::Changed, std::string(changed)};
}

Result<LargeKey::Trouble> LargeKey::tryOnce(ReadingWays& ways, PartSink& sink, const std::stop_token& stop)
{
    auto trouble = begin(ways, stop);
    if (!trouble || *trouble) {
        return trouble;
    }
    trouble = readPages(ways, sink, stop);
    if (!trouble || *trouble) {
        return trouble;
    }
    const auto length = m_lane.call(lengthCommand(m_type, m_key), stop);
    if (!length && endsReading(length.error())) {
        return length.error();
    }
    return length && length->integer == m_length ? Trouble() : Trouble(Told{Outcome::Changed, {}});
}

Result<LargeKey::Trouble> LargeKey::begin(ReadingWays& ways, const std::stop_token& stop)
{
    EndTimes times(ways);
    std::vector<Command> commands{times.asking(m_key), lengthCommand(m_type, m_key)};
    times.addTime(commands);
    const auto replies = m_lane.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    if (times.isUnknown(replies->front())) {
        return begin(ways, stop);
    }
    times.takeTime(replies->back());
    const Reply& length = (*replies)[1];
    if (length.isError()) {
        const bool isOther = length.text.starts_with("WRONGTYPE");
        return Trouble(Told{isOther ? Outcome::Changed : Outcome::Failed, length.text});
    }
    constexpr std::int64_t isMissing = -2;
    if (replies->front().isInteger() && replies->front().integer == isMissing) {
        return Trouble(Told{Outcome::Missing, {}});
    }
    m_expireAt = times.endIn(replies->front());
    m_length = length.integer;
    m_count = std::min(firstCount(), m_mostCount);
    return Trouble();
}

/// So many elements that a page takes about a part's bytes.
std::uint64_t LargeKey::firstCount() const
{
    if (m_type == KeyType::String) {
        return bytesInPart;
    }
    const auto length = static_cast<std::uint64_t>(std::max<std::int64_t>(1, m_length));
    const std::uint64_t each = std::max<std::uint64_t>(1, m_size / length);
    return std::clamp<std::uint64_t>(bytesInPart / each, 1, rowsInPart);
}

Result<LargeKey::Trouble> LargeKey::readPages(ReadingWays& ways, PartSink& sink, const std::stop_token& stop)
{
    PagePlace place;
    KeyPart held; // whether it is the last one is known when no more come
    held.key = m_key;
    held.type = m_type;
    held.expireAt = m_expireAt;
    while (!place.isEnd) {
        KeyPart part;
        part.key = m_key;
        part.type = m_type;
        part.expireAt = m_expireAt;
        part.isFirst = held.rows.empty();
        auto trouble = readPage(place, part, stop);
        if (!trouble || *trouble) {
            return trouble;
        }
        if (part.rows.empty()) {
            continue;
        }
        if (Status completed = complete(part, ways, stop); !completed) {
            return std::move(completed).error();
        }
        if (!held.rows.empty()) {
            held.isLast = false;
            if (Status taken = sink.takeLarge(std::move(held)); !taken) {
                return std::move(taken).error();
            }
        }
        held = std::move(part);
    }
    if (m_type == KeyType::Stream) {
        auto stream = readStreamPart(m_lane, m_key, stop);
        if (!stream && endsReading(stream.error())) {
            return std::move(stream).error();
        }
        if (!stream) {
            return Trouble(Told{Outcome::Failed, stream.error().detail.toStdString()});
        }
        held.stream = *std::move(stream);
    }
    Status taken = sink.takeLarge(std::move(held));
    return taken ? Result<Trouble>(Trouble()) : std::move(taken).error();
}

/// A reply that is too large for the line is asked for in smaller pieces.
Result<LargeKey::Trouble> LargeKey::readPage(PagePlace& place, KeyPart& part, const std::stop_token& stop)
{
    constexpr std::uint64_t smaller = 10;
    for (;;) {
        auto reply = m_lane.call(pageCommand(m_type, m_key, place, m_count), stop);
        if (reply && takePage(m_type, *std::move(reply), m_count, place, part)) {
            return Trouble();
        }
        if (reply) {
            return Trouble(Told{Outcome::Failed, "an unexpected reply"});
        }
        const Error& error = reply.error();
        if (error.kind == ErrorKind::Limit && m_count > 1) {
            m_count = std::max<std::uint64_t>(1, m_count / smaller);
            m_mostCount = m_count;
        } else if (endsReading(error)) {
            return error;
        } else {
            const bool isOther = error.kind == ErrorKind::WrongType || error.kind == ErrorKind::Gone;
            return Trouble(Told{isOther ? Outcome::Changed : Outcome::Failed, error.detail.toStdString()});
        }
    }
}

Status LargeKey::complete(KeyPart& part, ReadingWays& ways, const std::stop_token& stop)
{
    if (m_type != KeyType::Hash) {
        return ok();
    }
    KeyPart* const hash = &part;
    return readFieldEnds(m_lane, std::span(&hash, 1), ways, stop);
}

} // namespace keyglass
