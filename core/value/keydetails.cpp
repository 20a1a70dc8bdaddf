// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/keydetails.h"

#include "core/source/lane.h"
#include "core/value/pagereading.h"

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

std::optional<std::uint64_t> numberIn(const Reply& reply)
{
    return reply.isInteger() && reply.integer >= 0 ? std::optional(static_cast<std::uint64_t>(reply.integer))
                                                   : std::nullopt;
}

void takeMemory(const Reply& reply, KeyDetails& details)
{
    if (isFailure(reply, details.memoryState, details)) {
        return;
    }
    if (const auto bytes = numberIn(reply)) {
        details.memory = ByteCount{*bytes};
    }
    details.gone = details.gone || reply.isNil();
}

void takeLength(const Reply& reply, KeyDetails& details)
{
    if (!isFailure(reply, details.lengthState, details)) {
        details.length = numberIn(reply);
    }
}

/// OBJECT answers a missing key with nil, or with an error where the server is of an older kind.
bool isObjectFailure(const Reply& reply, DetailState& state, KeyDetails& details)
{
    if (reply.isNil() || (reply.isError() && reply.text.starts_with("ERR no such key"))) {
        state = DetailState::There;
        details.gone = true;
        return true;
    }
    return isFailure(reply, state, details);
}

void takeEncoding(const Reply& reply, KeyDetails& details)
{
    if (!isObjectFailure(reply, details.encodingState, details)) {
        details.encoding = reply.text;
    }
}

void takeIdle(const Reply& reply, KeyDetails& details)
{
    const auto seconds = numberIn(reply);
    if (!isObjectFailure(reply, details.idleState, details) && seconds) {
        details.idle = std::chrono::seconds(*seconds);
    }
}

void takeFrequency(const Reply& reply, KeyDetails& details)
{
    if (!isObjectFailure(reply, details.frequencyState, details)) {
        details.frequency = numberIn(reply);
    }
}

/// One command for each key, and what is made of its answer.
struct Question {
    std::vector<std::string> before; ///< The key's name.
    std::vector<std::string> after;  ///< The key's name.
    void (*take)(const Reply&, KeyDetails&);

    [[nodiscard]] Command about(const std::string& key) const
    {
        Command command;
        std::ranges::for_each(before, [&](const std::string& word) { command.add(word); });
        command.add(key);
        std::ranges::for_each(after, [&](const std::string& word) { command.add(word); });
        return command;
    }
};

std::vector<Question> questionsOf(const DetailColumns& columns)
{
    const std::string samples = std::to_string(std::clamp(columns.memorySamples, leastSamples, mostSamples));
    std::vector<Question> all;
    const auto ask = [&all](bool wanted, Question question) {
        if (wanted) {
            all.push_back(std::move(question));
        }
    };
    ask(columns.type || columns.length, {{"TYPE"}, {}, takeType});
    ask(columns.ttl, {{"PTTL"}, {}, takeTtl});
    ask(columns.memory, {{"MEMORY", "USAGE"}, {"SAMPLES", samples}, takeMemory});
    ask(columns.encoding, {{"OBJECT", "ENCODING"}, {}, takeEncoding});
    ask(columns.idle, {{"OBJECT", "IDLETIME"}, {}, takeIdle});
    ask(columns.frequency, {{"OBJECT", "FREQ"}, {}, takeFrequency});
    return all;
}

/// The lengths of keys whose types are known.
Status addLengths(Lane& lane, std::vector<KeyDetails>& all, std::stop_token stop)
{
    std::vector<Command> commands;
    std::vector<KeyDetails*> asked;
    for (KeyDetails& details : all) {
        details.lengthState = details.typeState;
        const std::string_view command = lengthCommandName(details.type);
        if (details.typeState == DetailState::There && !command.empty()) {
            commands.push_back(Command{command, details.key});
            asked.push_back(&details);
        }
    }
    if (commands.empty()) {
        return ok();
    }
    const auto replies = lane.pipeline(commands, std::move(stop));
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < asked.size(); ++at) {
        takeLength((*replies)[at], *asked[at]);
    }
    return ok();
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
    const std::vector<Question> questions = questionsOf(columns);
    std::vector<KeyDetails> all(keys.size());
    std::vector<Command> commands;
    commands.reserve(keys.size() * questions.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        all[i].key = keys[i];
        for (const Question& question : questions) {
            commands.push_back(question.about(keys[i]));
        }
    }
    if (commands.empty()) {
        return all;
    }
    auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        return std::move(replies).error();
    }
    std::size_t at = 0;
    for (KeyDetails& details : all) {
        for (const Question& question : questions) {
            question.take((*replies)[at++], details);
        }
    }
    if (columns.length) {
        if (Status added = addLengths(lane, all, std::move(stop)); !added) {
            return std::move(added).error();
        }
    }
    return all;
}

} // namespace keyglass
