// SPDX-License-Identifier: GPL-3.0-or-later
// The commands are those that RedisJSON documents (https://redis.io/docs/latest/commands/json.get/) and that Valkey's
// JSON module answers alike.
#include "core/value/jsonvalue.h"

#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass {

namespace {

constexpr const char* root = "."; // the one value, where "$" would be an array of it

Command withPath(Command&& command, const std::string& path)
{
    command.add(path.empty() ? std::string(root) : path);
    return std::move(command);
}

/// Memory of all that the path leads to. A server that does not tell is no reason not to read.
std::optional<std::uint64_t> memoryIn(const Reply& reply)
{
    if (reply.isInteger() && reply.integer >= 0) {
        return static_cast<std::uint64_t>(reply.integer);
    }
    std::uint64_t sum = 0;
    for (const Reply& each : reply.elements) {
        sum += each.isInteger() && each.integer > 0 ? static_cast<std::uint64_t>(each.integer) : 0;
    }
    return reply.elements.empty() ? std::nullopt : std::optional(sum);
}

Error tooLargeDocument(std::uint64_t memory)
{
    return Error{ErrorKind::Limit, {},
        QCoreApplication::translate(
            "ValuePage", "It takes %1; JSON of more than %2 is only shown by a path to a part of it, like $.items[0]")
            .arg(sizeText(ByteCount{memory}), sizeText(largestJsonDocument))};
}

} // namespace

Result<std::string> fetchJson(Lane& lane, const std::string& key, const std::string& path, const std::stop_token& stop)
{
    auto memory = lane.call(withPath(Command{"JSON.DEBUG", "MEMORY", key}, path), stop);
    if (memory) {
        const auto bytes = memoryIn(*memory);
        if (bytes && *bytes > largestJsonDocument.value) {
            return tooLargeDocument(*bytes);
        }
    } else if (memory.error().kind != ErrorKind::Server && memory.error().kind != ErrorKind::Permission
        && memory.error().kind != ErrorKind::ReadOnly && memory.error().kind != ErrorKind::Confirm) {
        return std::move(memory).error();
    }
    auto text = callFor(lane, withPath(Command{"JSON.GET", key}, path), stop);
    if (!text) {
        return std::move(text).error();
    }
    if (text->isNil()) {
        return Error{ErrorKind::Gone, {}, {}};
    }
    return std::move(text->text);
}

} // namespace keyglass
