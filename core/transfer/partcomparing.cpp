// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/partcomparing.h"

#include "core/source/lane.h"
#include "core/transfer/pagecommands.h"
#include "core/transfer/readingtimes.h"
#include "core/transfer/streamreading.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

namespace keyglass {

namespace {

/// Scores are written in one way by one command and in another by another.
bool isSameScore(const std::string& one, const std::string& other)
{
    const auto numberIn = [](const std::string& text) {
        double number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        return read.ec == std::errc() ? std::optional(number) : std::nullopt;
    };
    return one == other || (numberIn(one) && numberIn(one) == numberIn(other));
}

bool isEntry(const Reply& reply, const KeyPart::Row& row)
{
    if (reply.elements.size() != 2 || reply.elements[0].text != row[0]
        || reply.elements[1].elements.size() + 1 != row.size()) {
        return false;
    }
    return std::ranges::equal(reply.elements[1].elements, std::span(row).subspan(1), {}, &Reply::text);
}

} // namespace

StreamPart withoutTimes(StreamPart stream)
{
    for (GroupPart& group : stream.groups) {
        for (PendingPart& one : group.pending) {
            one.deliveredAt = {};
        }
    }
    return stream;
}

PartComparing::PartComparing(Lane& lane, std::string key, ReadingWays& ways)
    : m_lane(lane)
    , m_key(std::move(key))
    , m_ways(ways)
{
}

Result<bool> PartComparing::holds(const StoredPart& stored, const std::stop_token& stop)
{
    const KeyPart& part = stored.part;
    if (part.isFirst) {
        m_offset = 0;
        auto hasSame = hasLength(stored, stop);
        if (!hasSame || !*hasSame) {
            return hasSame;
        }
    }
    if (const std::vector<Command> asked = questions(part); !asked.empty()) {
        auto replies = m_lane.pipeline(asked, stop);
        if (!replies) {
            return std::move(replies).error();
        }
        if (!isSo(part, *replies)) {
            return false;
        }
    }
    m_offset +=
        part.type == KeyType::String && !part.rows.empty() ? part.rows.front().front().size() : part.rows.size();
    if (part.type == KeyType::Hash) {
        return hasFieldEnds(part, stop);
    }
    return part.stream ? hasStream(*part.stream, stop) : Result<bool>(true);
}

Result<bool> PartComparing::hasLength(const StoredPart& stored, const std::stop_token& stop)
{
    const std::vector<Command> asked{lengthCommand(stored.part.type, m_key)};
    const auto replies = m_lane.pipeline(asked, stop);
    if (!replies) {
        return replies.error();
    }
    const Reply& length = replies->front();
    return length.isInteger() && length.integer == static_cast<std::int64_t>(stored.keyLength);
}

/// Of a string and a list one for all, else one for each row or, of a hash, one for all fields.
std::vector<Command> PartComparing::questions(const KeyPart& part) const
{
    std::vector<Command> asked;
    if (part.rows.empty()) {
        return asked;
    }
    const auto first = static_cast<std::int64_t>(m_offset);
    switch (part.type) {
    case KeyType::String:
        asked.push_back(Command{"GETRANGE", m_key}.add(first).add(
            first + static_cast<std::int64_t>(part.rows.front().front().size()) - 1));
        break;
    case KeyType::List:
        asked.push_back(
            Command{"LRANGE", m_key}.add(first).add(first + static_cast<std::int64_t>(part.rows.size()) - 1));
        break;
    case KeyType::Stream:
        asked.push_back(Command{"XRANGE", m_key, part.rows.front().front(), part.rows.back().front()});
        break;
    case KeyType::Hash:
        asked.push_back(Command{"HMGET", m_key});
        for (const KeyPart::Row& row : part.rows) {
            asked.back().add(row[0]);
        }
        break;
    default:
        for (const KeyPart::Row& row : part.rows) {
            asked.push_back(Command{part.type == KeyType::Set ? "SISMEMBER" : "ZSCORE", m_key, row[0]});
        }
    }
    return asked;
}

bool PartComparing::isSo(const KeyPart& part, std::vector<Reply>& replies)
{
    const auto& rows = part.rows;
    const std::vector<Reply>& elements = replies.front().elements;
    switch (part.type) {
    case KeyType::String:
        return replies.front().text == rows.front().front();
    case KeyType::List:
        return std::ranges::equal(elements, rows, {}, &Reply::text, [](const auto& row) { return row[0]; });
    case KeyType::Hash:
        return std::ranges::equal(elements, rows,
            [](const Reply& value, const KeyPart::Row& row) { return value.isText() && value.text == row[1]; });
    case KeyType::Stream:
        return std::ranges::equal(elements, rows, isEntry);
    case KeyType::Set:
        return std::ranges::all_of(replies, [](const Reply& reply) { return reply.isInteger() && reply.integer == 1; });
    case KeyType::SortedSet:
        return std::ranges::equal(replies, rows, [](const Reply& score, const KeyPart::Row& row) {
            return score.isText() && isSameScore(score.text, row[1]);
        });
    default:
        return false;
    }
}

Result<bool> PartComparing::hasFieldEnds(const KeyPart& part, const std::stop_token& stop)
{
    KeyPart now;
    now.key = m_key;
    now.type = part.type;
    now.rows = part.rows;
    KeyPart* const asked = &now;
    if (Status read = readFieldEnds(m_lane, std::span(&asked, 1), m_ways, stop); !read) {
        return std::move(read).error();
    }
    return now.fieldEnds == part.fieldEnds;
}

Result<bool> PartComparing::hasStream(const StreamPart& stream, const std::stop_token& stop)
{
    auto now = readStreamPart(m_lane, m_key, stop);
    if (!now && endsReading(now.error())) {
        return std::move(now).error();
    }
    return now && withoutTimes(*std::move(now)) == withoutTimes(stream);
}

} // namespace keyglass
