// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/scanrun.h"

#include "core/base/bytes.h"
#include "core/console/consolerules.h"
#include "core/console/consoletext.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t sliceCommands = 512; ///< Of a FOREACH, sent in one go: a stop is heard between two.
constexpr std::size_t mostItemBytes = 512U * 1024 * 1024; ///< Of what one answer holds.

std::size_t bytesOf(const Reply& reply)
{
    std::size_t bytes = sizeof(Reply) + reply.text.size();
    for (const Reply& one : reply.elements) {
        bytes += bytesOf(one);
    }
    return bytes;
}

std::size_t bytesOf(const std::vector<Reply>& replies)
{
    std::size_t bytes = 0;
    for (const Reply& one : replies) {
        bytes += bytesOf(one);
    }
    return bytes;
}

Reply arrayOf(std::vector<Reply> elements)
{
    Reply reply;
    reply.type = Reply::Type::Array;
    reply.elements = std::move(elements);
    return reply;
}

bool isScanReply(const Reply& reply, std::size_t stride)
{
    return reply.isArray() && reply.elements.size() == 2 && reply.elements[0].isText() && reply.elements[1].isArray()
        && reply.elements[1].elements.size() % stride == 0;
}

Error tooMuch()
{
    return Error{ErrorKind::Limit, ConsoleText::tr("The scan"),
        ConsoleText::tr(
            "Its replies take too much memory. Without WITHREPLIES, or with a lower COUNT, they take less.")};
}

} // namespace

ScanRun::ScanRun(
    const ConsoleSource& source, const ScanBound& scan, const Console::Listener& listener, ConsoleAnswer& answer)
    : m_source(source)
    , m_scan(scan)
    , m_listener(listener)
    , m_answer(answer)
{
}

Result<std::string> ScanRun::step(Lane& lane, const std::string& cursor, std::stop_token stop)
{
    auto reply = lane.call(m_scan.scanCommand(cursor), stop);
    if (!reply) {
        return std::move(reply).error();
    }
    if (!isScanReply(*reply, m_scan.stride)) {
        return Error{ErrorKind::Protocol, lane.nodeText(), ConsoleText::tr("That is no reply to a scan.")};
    }
    ScannedElements elements{std::move(reply->elements[1].elements), m_scan.stride};
    m_answer.done.elements += elements.count();
    if (!m_scan.operation) {
        if (Status taken = handOn(std::move(elements.raw)); !taken) {
            return std::move(taken).error();
        }
    } else if (m_scan.operation->mode() == OperationTemplate::Mode::ForEach) {
        auto items = forEach(lane, elements, stop);
        if (!items) {
            return std::move(items).error();
        }
        if (Status taken = handOn(*std::move(items)); !taken) {
            return std::move(taken).error();
        }
    } else {
        Status done = forAll(lane, elements, stop);
        if (done) {
            done = handOn(std::move(elements.raw));
        }
        if (!done) {
            return std::move(done).error();
        }
    }
    tellProgress();
    return std::move(reply->elements[0].text);
}

/// What stands in the reply for each element, with the operation done for each.
Result<std::vector<Reply>> ScanRun::forEach(Lane& lane, ScannedElements& elements, std::stop_token stop)
{
    std::vector<Reply> pairs;
    std::size_t bytes = 0;
    for (std::size_t from = 0; from < elements.count(); from += sliceCommands) {
        const std::size_t to = std::min(elements.count(), from + sliceCommands);
        std::vector<Command> commands;
        for (std::size_t at = from; at < to; ++at) {
            commands.push_back(m_scan.operation->forElement(elements, at));
            if (Status good = checkForConsole(commands.back(), m_source.longestWait); !good) {
                return std::move(good).error(); // an element says for how long to wait
            }
        }
        auto replies = m_source.cluster ? sendBySlots(lane, std::move(commands), stop) : lane.pipeline(commands, stop);
        if (!replies) {
            return std::move(replies).error();
        }
        for (std::size_t at = from; at < to; ++at) {
            Reply& reply = (*replies)[at - from];
            note(reply, elements.name(at));
            if (m_scan.withReplies) {
                bytes += bytesOf(reply);
                pairs.push_back(arrayOf({elements.raw[at * elements.stride], std::move(reply)}));
            }
        }
        if (bytes > mostItemBytes) {
            return tooMuch();
        }
        tellProgress();
    }
    return m_scan.withReplies ? std::move(pairs) : std::move(elements.raw);
}

/// One reply for each command. A command with keys in several slots is sent in parts, one for each; where their
/// replies could not be put together, nothing is sent at all.
Result<std::vector<Reply>> ScanRun::sendBySlots(Lane& lane, std::vector<Command> commands, std::stop_token stop)
{
    const auto slots = fetchKeySlots(lane, m_source.gate->table(), commands, stop);
    if (!slots) {
        return slots.error();
    }
    std::vector<CommandParts> divided;
    std::vector<Command> all;
    for (std::size_t at = 0; at < commands.size(); ++at) {
        auto parts = CommandParts::of(std::move(commands[at]), (*slots)[at], m_source.limits);
        if (!parts) {
            return std::move(parts).error();
        }
        all.insert(all.end(), parts->commands().begin(), parts->commands().end());
        divided.push_back(*std::move(parts));
    }
    auto replies = lane.pipeline(all, std::move(stop));
    if (!replies) {
        return replies;
    }
    std::vector<Reply> whole;
    auto next = std::make_move_iterator(replies->begin());
    for (const CommandParts& parts : divided) {
        const auto end = next + static_cast<std::ptrdiff_t>(parts.commands().size());
        whole.push_back(parts.combined(std::vector<Reply>(next, end)));
        next = end;
    }
    return whole;
}

Status ScanRun::forAll(Lane& lane, const ScannedElements& elements, std::stop_token stop)
{
    if (elements.count() == 0 && m_scan.operation->namesElements()) {
        return ok(); // there is nothing to do it to
    }
    Command command = m_scan.operation->forAll(elements);
    if (Status good = checkForConsole(command, m_source.longestWait); !good) {
        return good;
    }
    std::vector<std::uint16_t> slots;
    if (m_source.cluster) {
        auto fetched = fetchKeySlots(lane, m_source.gate->table(), {&command, 1}, stop);
        if (!fetched) {
            return std::move(fetched).error();
        }
        slots = std::move(fetched->front());
    }
    const auto parts = CommandParts::of(std::move(command), slots, m_source.limits);
    if (!parts) {
        return parts.error();
    }
    auto replies = lane.pipeline(parts->commands(), std::move(stop));
    if (!replies) {
        return std::move(replies).error();
    }
    for (const Reply& reply : *replies) {
        note(reply, {});
    }
    if (!parts->isWhole()) {
        m_dividedElements += elements.count();
        m_dividedCommands += parts->commands().size();
    }
    if (!m_scan.withReplies) {
        return ok();
    }
    Reply whole = parts->combined(*std::move(replies));
    m_itemBytes += bytesOf(whole);
    fold(std::move(whole));
    return m_itemBytes > mostItemBytes ? Status(tooMuch()) : ok();
}

void ScanRun::note(const Reply& reply, std::string_view element)
{
    ++m_answer.done.operations;
    if (!reply.isError()) {
        return;
    }
    ++m_answer.done.failed;
    if (!m_answer.firstFailure) {
        m_answer.firstFailure = OperationFailure{std::string(element), reply.text};
    }
}

/// One reply for several: integers are added, arrays joined, equal ones stay; others are listed.
void ScanRun::fold(Reply reply)
{
    if (!m_folded) {
        m_folded = std::move(reply);
        return;
    }
    if (m_isList) {
        m_folded->elements.push_back(std::move(reply));
    } else if (m_folded->isInteger() && reply.isInteger()) {
        m_folded->integer += reply.integer;
    } else if (m_folded->isArray() && reply.isArray()) {
        std::ranges::move(reply.elements, std::back_inserter(m_folded->elements));
    } else if (m_folded->type != reply.type || m_folded->text != reply.text) {
        Reply first = *std::move(m_folded);
        m_folded = arrayOf({});
        m_folded->elements.push_back(std::move(first));
        m_folded->elements.push_back(std::move(reply));
        m_isList = true;
    }
}

Status ScanRun::handOn(std::vector<Reply>&& items)
{
    if (m_listener.items) {
        return m_listener.items(std::move(items));
    }
    m_itemBytes += bytesOf(items);
    std::ranges::move(items, std::back_inserter(m_items));
    return m_itemBytes > mostItemBytes ? Status(tooMuch()) : ok();
}

void ScanRun::tellProgress() const
{
    if (m_listener.progress) {
        m_listener.progress(m_answer.done);
    }
}

Reply ScanRun::reply(Reply cursor)
{
    if (m_dividedCommands > 0) {
        m_answer.notes << ConsoleText::tr(
            "For %1 elements the operation was sent as %2 commands, as one would have been too long "
            "or its keys are in several slots.")
                              .arg(m_dividedElements)
                              .arg(m_dividedCommands);
    }
    if (m_isList) {
        m_answer.notes << ConsoleText::tr(
            "The replies of the steps are of different kinds; they are listed one after the other.");
    }
    std::vector<Reply> elements;
    elements.push_back(std::move(cursor));
    const bool isForAll = m_scan.operation && m_scan.operation->mode() == OperationTemplate::Mode::ForAll;
    if (isForAll && m_scan.withReplies) {
        elements.push_back(m_folded.value_or(Reply()));
    }
    elements.push_back(arrayOf(std::move(m_items)));
    return arrayOf(std::move(elements));
}

} // namespace keyglass
