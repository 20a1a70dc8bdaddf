// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/valuesight.h"

#include "core/value/pagereading.h"

#include <QByteArrayView>
#include <QCryptographicHash>

#include <algorithm>

namespace keyglass {

namespace {

constexpr std::chrono::seconds sameEnd{2};

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
        Command ends{"HPEXPIRETIME", key, "FIELDS"}; // where there is no such thing, the answer is the same each time
        ends.add(static_cast<std::int64_t>(fields));
        std::ranges::for_each(sight.names.begin(), sight.names.begin() + static_cast<std::ptrdiff_t>(fields),
            [&](const std::string& field) { ends.add(field); });
        all.push_back(std::move(ends));
    }
    return all;
}

} // namespace

bool differs(const ValueGlance& before, const ValueGlance& now)
{
    if (before.typeName != now.typeName || before.length != now.length || before.digest != now.digest
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
    ValueGlance glance{typeName->text, {}, {}, {}};
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
        glance.expiresAt = std::chrono::system_clock::now() + Milliseconds{ttl.integer};
    }
    if (facts > 1 && (*replies)[1].isInteger()) {
        glance.length = static_cast<std::uint64_t>((*replies)[1].integer);
    }
    GlanceDigest digest;
    const auto seen = std::span(*replies).subspan(facts);
    std::ranges::for_each(seen, [&](const Reply& reply) { digest.add(reply); });
    if (const auto contents = shortContents(type, key, sight, seen); !contents.empty()) {
        const auto values = lane.pipeline(contents, std::move(stop));
        if (!values) {
            return values.error();
        }
        std::ranges::for_each(*values, [&](const Reply& reply) { digest.add(reply); });
    }
    glance.digest = digest.take();
    return glance;
}

} // namespace keyglass
