// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/commandparts.h"

#include "core/base/bytes.h"
#include "core/console/consoletext.h"
#include "core/source/commandtable.h"
#include "core/source/lane.h"

#include <algorithm>
#include <array>
#include <map>

namespace keyglass {

namespace {

std::size_t sizeOf(const Command& command)
{
    std::size_t bytes = 0;
    for (const std::string& word : command.arguments()) {
        bytes += word.size() + 16; // its frame on the wire
    }
    return bytes;
}

bool isWithin(const Command& command, const CommandLimits& limits)
{
    return command.arguments().size() <= limits.words && sizeOf(command) <= limits.bytes;
}

bool areInOneSlot(const std::vector<std::uint16_t>& slots)
{
    return std::ranges::adjacent_find(slots, std::not_equal_to<>()) == slots.end();
}

Reply noReply()
{
    Reply reply;
    reply.type = Reply::Type::Error;
    reply.text = "ERR an element of the reply is missing";
    return reply;
}

} // namespace

/// A command that may be sent in parts: after its name, `fixed` words that each part repeats, then elements of `unit`
/// words each, to the end.
struct CommandParts::Divisible {
    std::string_view name;
    std::size_t fixed = 0; ///< 0: the elements are keys, and may be in different slots.
    std::size_t unit = 1;
    Combine combine = Combine::Add;
};

const CommandParts::Divisible* CommandParts::divisible(const Command& command)
{
    static constexpr std::array all{
        Divisible{"del", 0, 1, Combine::Add},
        Divisible{"unlink", 0, 1, Combine::Add},
        Divisible{"exists", 0, 1, Combine::Add},
        Divisible{"touch", 0, 1, Combine::Add},
        Divisible{"mget", 0, 1, Combine::Concatenate},
        Divisible{"sadd", 1, 1, Combine::Add},
        Divisible{"srem", 1, 1, Combine::Add},
        Divisible{"hdel", 1, 1, Combine::Add},
        Divisible{"zrem", 1, 1, Combine::Add},
        Divisible{"hset", 1, 2, Combine::Add},
        Divisible{"hmget", 1, 1, Combine::Concatenate},
        Divisible{"smismember", 1, 1, Combine::Concatenate},
        Divisible{"zmscore", 1, 1, Combine::Concatenate},
        Divisible{"lpush", 1, 1, Combine::Last},
        Divisible{"rpush", 1, 1, Combine::Last},
    };
    const auto found = std::ranges::find(all, lowerAscii(command.name()), &Divisible::name);
    if (found == all.end() || command.arguments().size() <= 1 + found->fixed
        || (command.arguments().size() - 1 - found->fixed) % found->unit != 0) {
        return nullptr;
    }
    return &*found;
}

Result<CommandParts> CommandParts::of(
    Command command, const std::vector<std::uint16_t>& keySlots, const CommandLimits& limits)
{
    CommandParts parts;
    const bool inOneSlot = areInOneSlot(keySlots);
    if (inOneSlot && isWithin(command, limits)) {
        parts.m_commands.push_back(std::move(command));
        return parts;
    }
    const Divisible* const how = divisible(command);
    if (!inOneSlot && (!how || how->fixed > 0)) {
        return consoleInput(displayText(command.name()),
            ConsoleText::tr(
                "Its keys are on different nodes or in different slots of the cluster, and what its parts would "
                "answer can't be put together. Nothing was sent."));
    }
    if (!how) {
        return consoleInput(displayText(command.name()),
            ConsoleText::tr(
                "It would be too long for one command, and can't be sent in parts. Nothing was sent; a lower COUNT "
                "makes it shorter."));
    }
    parts.m_combine = how->combine;
    parts.divide(command, *how, inOneSlot ? std::vector<std::uint16_t>() : keySlots, limits);
    return parts;
}

void CommandParts::divide(
    const Command& command, const Divisible& how, const std::vector<std::uint16_t>& slots, const CommandLimits& limits)
{
    const auto& words = command.arguments();
    const std::size_t firstElement = 1 + how.fixed;
    Command head;
    for (std::size_t at = 0; at < firstElement; ++at) {
        head.add(words[at]);
    }
    struct Open {
        std::size_t part = 0;
        std::size_t bytes = 0;
    };
    std::map<std::uint16_t, Open> open; // the part that takes more of a slot's elements
    for (std::size_t at = firstElement; at < words.size(); at += how.unit) {
        const std::size_t element = (at - firstElement) / how.unit;
        Command piece;
        for (std::size_t word = at; word < at + how.unit; ++word) {
            piece.add(words[word]);
        }
        const std::uint16_t slot = slots.empty() ? std::uint16_t{0} : slots[element];
        const auto found = open.find(slot);
        const bool fits = found != open.end()
            && m_commands[found->second.part].arguments().size() + how.unit <= limits.words
            && found->second.bytes + sizeOf(piece) <= limits.bytes;
        if (!fits) {
            open[slot] = Open{m_commands.size(), sizeOf(head)};
            m_commands.push_back(head);
            m_places.emplace_back();
        }
        Open& into = open[slot];
        into.bytes += sizeOf(piece);
        m_places[into.part].push_back(element);
        for (const std::string& word : piece.arguments()) {
            m_commands[into.part].add(word);
        }
    }
}

Reply CommandParts::combined(std::vector<Reply> replies) const
{
    if (isWhole()) {
        return std::move(replies.front());
    }
    if (m_combine != Combine::Concatenate) {
        const auto failed = std::ranges::find_if(replies, &Reply::isError);
        if (failed != replies.end()) {
            return std::move(*failed);
        }
        Reply sum = replies.back();
        for (std::size_t at = 0; m_combine == Combine::Add && at + 1 < replies.size(); ++at) {
            sum.integer += replies[at].integer;
        }
        return sum;
    }
    Reply whole;
    whole.type = Reply::Type::Array;
    for (const auto& places : m_places) {
        whole.elements.resize(std::max(whole.elements.size(), places.empty() ? 0 : places.back() + 1));
    }
    for (std::size_t part = 0; part < replies.size(); ++part) {
        for (std::size_t at = 0; at < m_places[part].size(); ++at) {
            Reply& reply = replies[part];
            const bool isThere = reply.isArray() && at < reply.elements.size();
            whole.elements[m_places[part][at]] = isThere ? std::move(reply.elements[at])
                : reply.isError()                        ? reply
                                                         : noReply();
        }
    }
    return whole;
}

namespace {

/// Of a command whose keys stand where the table says.
std::vector<std::uint16_t> slotsByTable(const CommandTable& table, const CommandTraits& traits, const Command& command)
{
    std::vector<std::uint16_t> slots;
    const auto& words = command.arguments();
    const std::size_t count = table.keyCount(command).value_or(0);
    for (std::size_t key = 0; key < count; ++key) {
        const std::size_t at =
            static_cast<std::size_t>(traits.firstKey) + key * static_cast<std::size_t>(traits.keyStep);
        if (at < words.size()) {
            slots.push_back(slotOf(words[at]));
        }
    }
    return slots;
}

} // namespace

Result<std::vector<std::vector<std::uint16_t>>> fetchKeySlots(
    Lane& lane, const CommandTable& table, std::span<const Command> commands, std::stop_token stop)
{
    std::vector<std::vector<std::uint16_t>> slots(commands.size());
    std::vector<Command> questions;
    std::vector<std::size_t> asked;
    for (std::size_t at = 0; at < commands.size(); ++at) {
        const CommandTraits* const traits = table.find(table.nameOf(commands[at]));
        if (traits && !traits->hasMovableKeys) {
            slots[at] = slotsByTable(table, *traits, commands[at]);
            continue;
        }
        Command question{"COMMAND", "GETKEYS"};
        for (const std::string& word : commands[at].arguments()) {
            question.add(word);
        }
        questions.push_back(std::move(question));
        asked.push_back(at);
    }
    if (questions.empty()) {
        return slots;
    }
    const auto replies = lane.pipeline(questions, std::move(stop));
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < asked.size(); ++at) {
        for (const Reply& key : (*replies)[at].elements) { // an error: it has none, or the command is wrong
            slots[asked[at]].push_back(slotOf(key.text));
        }
    }
    return slots;
}

} // namespace keyglass
