// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/keydetails.h"

#include "core/source/lane.h"

#include <algorithm>
#include <array>
#include <utility>

namespace keyglass {

namespace {

struct TypeWord {
    KeyType type;
    std::string_view word;
    const char* badge;
};

constexpr std::array typeWords{
    TypeWord{KeyType::None, "none", ""},
    TypeWord{KeyType::String, "string", "STR"},
    TypeWord{KeyType::Hash, "hash", "HSH"},
    TypeWord{KeyType::List, "list", "LST"},
    TypeWord{KeyType::Set, "set", "SET"},
    TypeWord{KeyType::SortedSet, "zset", "ZST"},
    TypeWord{KeyType::Stream, "stream", "STM"},
    TypeWord{KeyType::Json, "ReJSON-RL", "JSN"},
    TypeWord{KeyType::Json, "json", "JSN"},
};

constexpr int leastSamples = 1;
constexpr int mostSamples = 100;

/// Notes an error reply; true if `reply` was one.
bool isFailure(const Reply& reply, DetailState& state, KeyDetails& details)
{
    if (!reply.isError()) {
        state = DetailState::There;
        return false;
    }
    Error error = replyError(reply.text);
    const bool refused = error.kind == ErrorKind::Permission;
    state = refused ? DetailState::Refused : DetailState::Failed;
    if (!refused && !details.failure) {
        details.failure = std::move(error);
    }
    return true;
}

void takeType(const Reply& reply, KeyDetails& details)
{
    if (isFailure(reply, details.typeState, details)) {
        return;
    }
    details.typeName = reply.text;
    details.type = keyTypeFromName(reply.text);
    details.gone = details.gone || details.type == KeyType::None;
}

void takeTtl(const Reply& reply, KeyDetails& details)
{
    if (isFailure(reply, details.ttlState, details)) {
        return;
    }
    if (reply.integer >= 0) {
        details.ttl = Milliseconds{reply.integer};
    }
    details.gone = details.gone || reply.integer == -2; // -1: there, without expiry
}

void takeMemory(const Reply& reply, KeyDetails& details)
{
    if (isFailure(reply, details.memoryState, details)) {
        return;
    }
    if (reply.isInteger() && reply.integer >= 0) {
        details.memory = ByteCount{static_cast<std::uint64_t>(reply.integer)};
    }
    details.gone = details.gone || reply.isNil();
}

std::vector<Command> detailCommands(std::span<const std::string> keys, const DetailColumns& columns)
{
    const std::string samples = std::to_string(std::clamp(columns.memorySamples, leastSamples, mostSamples));
    std::vector<Command> commands;
    commands.reserve(keys.size() * 3);
    for (const std::string& key : keys) {
        if (columns.type) {
            commands.push_back(Command{"TYPE", key});
        }
        if (columns.ttl) {
            commands.push_back(Command{"PTTL", key});
        }
        if (columns.memory) {
            commands.push_back(Command{"MEMORY", "USAGE", key, "SAMPLES", samples});
        }
    }
    return commands;
}

} // namespace

KeyType keyTypeFromName(std::string_view typeName)
{
    const auto* found =
        std::find_if(typeWords.begin(), typeWords.end(), [&](const TypeWord& entry) { return entry.word == typeName; });
    return found == typeWords.end() ? KeyType::Other : found->type;
}

std::string_view keyTypeName(KeyType type)
{
    const auto* found =
        std::find_if(typeWords.begin(), typeWords.end(), [&](const TypeWord& entry) { return entry.type == type; });
    return found == typeWords.end() || type == KeyType::None ? std::string_view() : found->word;
}

QString keyTypeBadge(KeyType type)
{
    if (type == KeyType::Table) {
        return QStringLiteral("TBL");
    }
    const auto* found =
        std::find_if(typeWords.begin(), typeWords.end(), [&](const TypeWord& entry) { return entry.type == type; });
    return found == typeWords.end() ? QStringLiteral("OTH") : QString::fromLatin1(found->badge);
}

Result<std::vector<KeyDetails>> fetchKeyDetails(
    Lane& lane, std::span<const std::string> keys, const DetailColumns& columns, std::stop_token stop)
{
    const std::vector<Command> commands = detailCommands(keys, columns);
    std::vector<KeyDetails> all(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        all[i].key = keys[i];
    }
    if (commands.empty()) {
        return all;
    }
    auto replies = lane.pipeline(commands, std::move(stop));
    if (!replies) {
        return std::move(replies).error();
    }
    std::size_t at = 0;
    for (KeyDetails& details : all) {
        if (columns.type) {
            takeType((*replies)[at++], details);
        }
        if (columns.ttl) {
            takeTtl((*replies)[at++], details);
        }
        if (columns.memory) {
            takeMemory((*replies)[at++], details);
        }
    }
    return all;
}

} // namespace keyglass
