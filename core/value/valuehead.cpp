// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/pagereading.h"

#include <algorithm>
#include <array>
#include <utility>

namespace keyglass {

namespace {

using Part = ValueHead::Gap::Part;

struct HeadQuestion {
    Part part;
    Command command;
    void (*take)(const Reply&, ValueHead&);
};

void takeLength(const Reply& reply, ValueHead& head)
{
    if (reply.isInteger() && reply.integer >= 0) {
        head.length = static_cast<std::uint64_t>(reply.integer);
    }
}

void takeTtl(const Reply& reply, ValueHead& head)
{
    if (reply.isInteger() && reply.integer >= 0) {
        head.ttl = Milliseconds{reply.integer};
        head.expiresAt = endAfter(*head.ttl);
    }
}

void takeEncoding(const Reply& reply, ValueHead& head)
{
    if (reply.isText()) {
        head.encoding = reply.text;
    }
}

void takeMemory(const Reply& reply, ValueHead& head)
{
    if (reply.isInteger() && reply.integer >= 0) {
        head.memory = ByteCount{static_cast<std::uint64_t>(reply.integer)};
    }
}

/// All take constant time but MEMORY USAGE, and that only where a server is between two sizes of a large table (the
/// growth of a hash is spread over the commands that touch it): Redis 7.0 then looks for its five elements from the
/// beginning of the old table, which is empty there. A hash of five million fields: 6 ms as it was filled, 0.01 ms once
/// it has settled; Valkey 8: 0.005 ms both ways. Everything else in the head: under 0.1 ms.
std::vector<HeadQuestion> questions(const std::string& key, KeyType type)
{
    std::vector<HeadQuestion> all{
        {Part::Ttl, Command{"PTTL", key}, takeTtl},
        {Part::Encoding, Command{"OBJECT", "ENCODING", key}, takeEncoding},
        {Part::Memory, Command{"MEMORY", "USAGE", key, "SAMPLES", "5"}, takeMemory},
    };
    const std::string_view lengthCommand = lengthCommandName(type);
    if (!lengthCommand.empty()) {
        all.push_back({Part::Length, Command{lengthCommand, key}, takeLength});
    }
    return all;
}

QString commandText(const Command& command)
{
    const bool container = command.name() == "OBJECT" || command.name() == "MEMORY";
    const std::string name = container ? command.arguments()[0] + " " + command.arguments()[1] : command.arguments()[0];
    return QString::fromStdString(name);
}

/// Takes an answer; an error becomes a gap, except that a vanished or changed key makes all of the head untrue.
Status takeAnswer(const HeadQuestion& question, const Reply& reply, ValueHead& head)
{
    if (question.part == Part::Ttl && reply.isInteger() && reply.integer == -2) {
        return Error{ErrorKind::Gone, keySubject(head.key), {}};
    }
    if (!reply.isError()) {
        question.take(reply, head);
        return ok();
    }
    Error error = replyError(reply.text);
    if (error.kind == ErrorKind::WrongType) {
        return std::move(error).about(keySubject(head.key));
    }
    head.gaps.push_back({question.part, std::move(error).about(commandText(question.command))});
    return ok();
}

} // namespace

const Error* ValueHead::gap(Gap::Part part) const
{
    const auto found = std::find_if(gaps.begin(), gaps.end(), [&](const Gap& gap) { return gap.part == part; });
    return found == gaps.end() ? nullptr : &found->why;
}

std::optional<std::chrono::system_clock::time_point> endAfter(Milliseconds left)
{
    const auto now = std::chrono::system_clock::now();
    const auto room = std::chrono::floor<Milliseconds>(std::chrono::system_clock::time_point::max() - now);
    return left < room ? std::optional(now + left) : std::nullopt;
}

Result<ValueHead> fetchValueHead(Lane& lane, const std::string& key, std::stop_token stop)
{
    auto type = callFor(lane, Command{"TYPE", key}, stop);
    if (!type) {
        return std::move(type).error().about(keySubject(key));
    }
    ValueHead head;
    head.key = key;
    head.typeName = type->text;
    head.type = keyTypeFromName(type->text);
    if (head.type == KeyType::None) {
        return Error{ErrorKind::Gone, keySubject(key), {}};
    }
    const std::vector<HeadQuestion> asked = questions(key, head.type);
    std::vector<Command> commands;
    commands.reserve(asked.size());
    for (const HeadQuestion& question : asked) {
        commands.push_back(question.command);
    }
    auto replies = lane.pipeline(commands, std::move(stop));
    if (!replies) {
        return std::move(replies).error().about(keySubject(key));
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (Status taken = takeAnswer(asked[i], (*replies)[i], head); !taken) {
            return std::move(taken).error();
        }
    }
    return head;
}

} // namespace keyglass
