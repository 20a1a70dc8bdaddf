// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/valuesight.h"

#include "core/value/pagereading.h"

#include <QByteArrayView>
#include <QCryptographicHash>

#include <algorithm>
#include <bit>
#include <charconv>
#include <iterator>

namespace keyglass {

namespace {

constexpr std::chrono::seconds sameEnd{2};
constexpr std::string_view endsCommand = "HPEXPIRETIME";

/// A digest of whole replies, so that what is a text here and a number there is told apart.
class GlanceDigest {
public:
    void add(const Reply& reply)
    {
        number(static_cast<std::int64_t>(reply.type));
        number(reply.integer);
        text(reply.text);
        number(static_cast<std::int64_t>(reply.elements.size()));
        for (const Reply& each : reply.elements) {
            add(each);
        }
    }
    [[nodiscard]] std::string take() const { return m_hash.result().toStdString(); }

private:
    void text(std::string_view bytes)
    {
        number(static_cast<std::int64_t>(bytes.size()));
        m_hash.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    }
    void number(std::int64_t value)
    {
        m_hash.addData(
            QByteArrayView(reinterpret_cast<const char*>(&value), sizeof value)); // never leaves this process
    }

    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

std::int64_t signedOf(std::uint64_t number)
{
    return static_cast<std::int64_t>(std::min<std::uint64_t>(number, INT64_MAX));
}

/// One command for each name.
std::vector<Command> perName(std::string_view command, const std::string& key, const ValueSight& sight)
{
    std::vector<Command> all;
    for (const std::string& name : std::span(sight.names).first(std::min(sight.names.size(), ValueSight::mostNames))) {
        all.push_back(Command{command, key, name});
    }
    return all;
}

Command rangeOf(std::string_view command, const std::string& key, const ValueSight& sight, std::uint64_t most)
{
    Command range{command, key};
    range.add(signedOf(sight.first));
    range.add(signedOf(sight.first + std::min(sight.count, most) - 1));
    return range;
}

/// What shows the elements in sight; of a hash, first of all how long they are.
std::vector<Command> questions(KeyType type, const std::string& key, const ValueSight& sight)
{
    switch (type) {
    case KeyType::String:
        return sight.count == 0 ? std::vector<Command>{}
                                : std::vector{rangeOf("GETRANGE", key, sight, ValueSight::mostBytes)};
    case KeyType::List:
        return sight.count == 0 ? std::vector<Command>{}
                                : std::vector{rangeOf("LRANGE", key, sight, ValueSight::mostRows)};
    case KeyType::Hash:
        return perName("HSTRLEN", key, sight);
    case KeyType::Set:
        return perName("SISMEMBER", key, sight);
    case KeyType::SortedSet:
        return perName("ZSCORE", key, sight);
    case KeyType::Stream:
        return {Command{"XREVRANGE", key, "+", "-", "COUNT", "1"}};
    default:
        return {Command{"MEMORY", "USAGE", key, "SAMPLES", "5"}};
    }
}

/// The fields whose values are short enough to be read.
std::vector<Command> shortFields(const std::string& key, const ValueSight& sight, std::span<const Reply> lengths)
{
    std::vector<Command> all;
    for (std::size_t at = 0; at < lengths.size(); ++at) {
        if (lengths[at].isInteger() && lengths[at].integer <= signedOf(ValueSight::mostBytes)) {
            all.push_back(Command{"HGET", key, sight.names[at]});
        }
    }
    return all;
}

/// What is short enough to be read itself, by how long it was found to be: fields, and documents.
std::vector<Command> shortContents(
    KeyType type, const std::string& key, const ValueSight& sight, std::span<const Reply> sizes)
{
    if (type == KeyType::Json && !sizes.empty() && sizes.front().isInteger()
        && sizes.front().integer <= signedOf(ValueSight::mostBytes)) {
        return {Command{"JSON.GET", key}};
    }
    if (type != KeyType::Hash) {
        return {};
    }
    std::vector<Command> all = shortFields(key, sight, sizes);
    if (const std::size_t fields = std::min(sight.names.size(), ValueSight::mostNames); fields > 0) {
        Command ends{endsCommand, key, "FIELDS"}; // where there is no such thing, the answer is the same each time
        ends.add(static_cast<std::int64_t>(fields));
        std::ranges::for_each(sight.names.begin(), sight.names.begin() + static_cast<std::ptrdiff_t>(fields),
            [&](const std::string& field) { ends.add(field); });
        all.push_back(std::move(ends));
    }
    return all;
}

std::string digestOf(const std::vector<Reply>& replies)
{
    GlanceDigest digest;
    std::ranges::for_each(replies, [&](const Reply& reply) { digest.add(reply); });
    return digest.take();
}

Reply integerReply(std::int64_t value)
{
    Reply reply;
    reply.type = Reply::Type::Integer;
    reply.integer = value;
    return reply;
}

Reply textReply(const std::string& bytes)
{
    Reply reply;
    reply.type = Reply::Type::String;
    reply.text = bytes;
    return reply;
}

/// ZSCAN and ZSCORE may write the same score in different ways (0.10000000000000001, 0.1): by its number.
Reply scoreReply(const std::string& text)
{
    double score = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, score);
    const bool isNumber = read.ec == std::errc() && read.ptr == end;
    return isNumber ? integerReply(std::bit_cast<std::int64_t>(score)) : textReply(text);
}

/// The answers to HSTRLEN, then those to HGET of the short ones.
std::optional<std::vector<Reply>> fieldReplies(const std::vector<ValueRow>& rows)
{
    std::vector<Reply> sizes;
    std::vector<Reply> values;
    for (const ValueRow& row : rows) {
        const bool isKnown =
            row.size() == 2 && row[1].size && (row[1].isWhole() || *row[1].size > ValueSight::mostBytes);
        if (!isKnown) {
            return std::nullopt;
        }
        sizes.push_back(integerReply(signedOf(*row[1].size)));
        if (*row[1].size <= ValueSight::mostBytes) {
            values.push_back(textReply(row[1].bytes));
        }
    }
    std::ranges::move(values, std::back_inserter(sizes));
    return sizes;
}

/// The answers to questions() and shortContents() by which `rows` would be there still; nothing where they are not all
/// known.
std::optional<std::vector<Reply>> shownReplies(KeyType type, const ValueSight& sight, const std::vector<ValueRow>& rows)
{
    const bool hasNames = rows.size() == sight.names.size() && rows.size() <= ValueSight::mostNames;
    const bool isWhole = std::ranges::all_of(
        rows, [](const ValueRow& row) { return !row.empty() && std::ranges::all_of(row, &ValueCell::isWhole); });
    std::vector<Reply> replies;
    switch (type) {
    case KeyType::String:
        if (rows.size() != 1 || !isWhole || sight.count == 0 || rows.front().front().bytes.size() != sight.count) {
            return std::nullopt;
        }
        replies.push_back(textReply(rows.front().front().bytes));
        return replies;
    case KeyType::List: {
        if (!isWhole || sight.count == 0 || rows.size() != sight.count || sight.count > ValueSight::mostRows) {
            return std::nullopt;
        }
        Reply all;
        all.type = Reply::Type::Array;
        std::ranges::transform(
            rows, std::back_inserter(all.elements), [](const ValueRow& row) { return textReply(row.front().bytes); });
        replies.push_back(std::move(all));
        return replies;
    }
    case KeyType::Hash:
        return hasNames ? fieldReplies(rows) : std::nullopt;
    case KeyType::Set:
        replies.assign(hasNames ? rows.size() : 0, integerReply(1));
        return replies;
    case KeyType::SortedSet:
        if (!hasNames || !isWhole || std::ranges::any_of(rows, [](const ValueRow& row) { return row.size() != 2; })) {
            return std::nullopt;
        }
        std::ranges::transform(
            rows, std::back_inserter(replies), [](const ValueRow& row) { return scoreReply(row[1].bytes); });
        return replies;
    default:
        return std::nullopt;
    }
}

} // namespace

bool differs(const ValueGlance& before, const ValueGlance& now)
{
    const auto isAnother = [](const std::string& one, const std::string& other) {
        return !one.empty() && !other.empty() && one != other;
    };
    if (before.typeName != now.typeName || before.length != now.length
        || (before.isPart == now.isPart && isAnother(before.digest, now.digest)) || isAnother(before.ends, now.ends)
        || before.expiresAt.has_value() != now.expiresAt.has_value()) {
        return true;
    }
    return before.expiresAt && std::chrono::abs(*before.expiresAt - *now.expiresAt) > sameEnd;
}

Result<ValueGlance> lookAgain(Lane& lane, const std::string& key, const ValueSight& sight, std::stop_token stop)
{
    const auto typeName = callFor(lane, Command{"TYPE", key}, stop);
    if (!typeName) {
        return typeName.error();
    }
    ValueGlance glance;
    glance.typeName = typeName->text;
    if (glance.isGone()) {
        return glance;
    }
    const KeyType type = keyTypeFromName(typeName->text);
    std::vector<Command> commands{Command{"PTTL", key}};
    const std::string_view lengthCommand = lengthCommandName(type);
    if (!lengthCommand.empty()) {
        commands.push_back(Command{lengthCommand, key});
    }
    const std::size_t facts = commands.size();
    std::ranges::move(questions(type, key, sight), std::back_inserter(commands));
    const auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    if (const Reply& ttl = replies->front(); ttl.isInteger() && ttl.integer >= 0) {
        glance.expiresAt = endAfter(Milliseconds{ttl.integer});
    }
    if (facts > 1 && (*replies)[1].isInteger()) {
        glance.length = static_cast<std::uint64_t>((*replies)[1].integer);
    }
    GlanceDigest digest;
    const auto seen = std::span(*replies).subspan(facts);
    glance.isPart = std::ranges::any_of(seen, &Reply::isError);
    std::ranges::for_each(seen, [&](const Reply& reply) {
        digest.add(type == KeyType::SortedSet && reply.isText() ? scoreReply(reply.text) : reply);
    });
    auto contents = shortContents(type, key, sight, seen);
    if (!contents.empty() && contents.back().name() == endsCommand && !lane.check(contents.back())) {
        contents.pop_back(); // a server that lists its commands has none of that: the gate would stop them all
    }
    if (!contents.empty()) {
        const auto values = lane.pipeline(contents, std::move(stop));
        if (!values) {
            return values.error();
        }
        const bool hasEnds = contents.back().name() == endsCommand;
        const auto shown = std::span(*values).first(values->size() - (hasEnds ? 1 : 0));
        glance.isPart = glance.isPart || std::ranges::any_of(shown, &Reply::isError);
        std::ranges::for_each(shown, [&](const Reply& reply) { digest.add(reply); });
        if (hasEnds && values->back().isArray()) {
            glance.ends = digestOf(values->back().elements);
        }
    }
    glance.digest = digest.take();
    return glance;
}

ValueGlance shownGlance(const ValueHead& head, const ValueSight& sight, const ShownElements& elements)
{
    ValueGlance glance{head.typeName, {}, head.expiresAt, {}, {}, false};
    if (!lengthCommandName(head.type).empty()) {
        glance.length = head.length;
    }
    const auto replies = shownReplies(head.type, sight, elements.rows);
    if (replies && !replies->empty()) {
        glance.digest = digestOf(*replies);
    }
    if (head.type == KeyType::Hash && !elements.ends.empty() && elements.ends.size() == sight.names.size()
        && elements.ends.size() <= ValueSight::mostNames) {
        std::vector<Reply> ends;
        std::ranges::transform(elements.ends, std::back_inserter(ends), &integerReply);
        glance.ends = digestOf(ends);
    }
    return glance;
}

} // namespace keyglass
