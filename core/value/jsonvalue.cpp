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

bool isOfTheCommand(const Error& error)
{
    return error.kind == ErrorKind::Server || error.kind == ErrorKind::Permission || error.kind == ErrorKind::ReadOnly
        || error.kind == ErrorKind::Confirm;
}

/// Memory of what the path leads to; nothing where the server does not tell. Valkey's module flags JSON.DEBUG as no
/// reading: the gate of a read-only session then refuses it, and MEMORY USAGE knows all of a document.
Result<std::optional<std::uint64_t>> memoryOf(
    Lane& lane, const std::string& key, const std::string& path, const std::stop_token& stop)
{
    auto memory = lane.call(withPath(Command{"JSON.DEBUG", "MEMORY", key}, path), stop);
    if (!memory && isOfTheCommand(memory.error()) && path.empty()) {
        memory = lane.call(Command{"MEMORY", "USAGE", key}, stop);
    }
    if (!memory && !isOfTheCommand(memory.error())) {
        return std::move(memory).error();
    }
    return memory ? memoryIn(*memory) : std::nullopt;
}

} // namespace

Result<std::string> fetchJson(Lane& lane, const std::string& key, const std::string& path, const std::stop_token& stop)
{
    const auto memory = memoryOf(lane, key, path, stop);
    if (!memory) {
        return memory.error();
    }
    if (memory->value_or(0) > largestJsonDocument.value) {
        return tooLargeDocument(**memory);
    }
    auto text = callFor(lane, withPath(Command{"JSON.GET", key}, path), stop);
    if (!text) {
        return std::move(text).error();
    }
    if (text->isNil()) {
        return Error{ErrorKind::Gone, {}, {}};
    }
    if (text->text.size() > largestJsonDocument.value) { // nobody told before
        return tooLargeDocument(text->text.size());
    }
    return std::move(text->text);
}

} // namespace keyglass
