// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of a hash that end by themselves (Redis 7.4, Valkey 9). They are asked for as points in time: what a user saw
// can then be compared to the millisecond, whatever time has gone by.
#include "core/value/pagereading.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>

namespace keyglass {

namespace {

using ServerTime = std::chrono::sys_time<Milliseconds>;

constexpr std::size_t fieldsPerCommand = 1000;
constexpr std::int64_t noField = -2;

std::vector<Command> endCommands(const PageReading& reading)
{
    const std::span<const ValueRow> rows(reading.page.rows);
    std::vector<Command> commands{Command{"TIME"}};
    for (std::size_t at = 0; at < rows.size(); at += fieldsPerCommand) {
        const auto part = rows.subspan(at, std::min(fieldsPerCommand, rows.size() - at));
        Command command{"HPEXPIRETIME", reading.request.key, "FIELDS"};
        command.add(static_cast<std::int64_t>(part.size()));
        for (const ValueRow& row : part) {
            command.add(row.front().bytes);
        }
        commands.push_back(std::move(command));
    }
    return commands;
}

std::optional<FieldEnd> endOf(std::int64_t answer, ServerTime now)
{
    if (answer < 0) {
        return std::nullopt;
    }
    const ServerTime at{Milliseconds{answer}};
    return FieldEnd{at, std::max(at - now, Milliseconds{0})};
}

/// The server's times for each row, in order. Where the key went meanwhile, none of its fields is there.
std::vector<std::int64_t> timesIn(std::span<const Reply> replies, std::size_t rows)
{
    std::vector<std::int64_t> times;
    times.reserve(rows);
    for (const Reply& reply : replies) {
        const std::size_t part = std::min(fieldsPerCommand, rows - times.size());
        for (std::size_t at = 0; at < part; ++at) {
            times.push_back(at < reply.elements.size() ? reply.elements[at].integer : noField);
        }
    }
    return times;
}

void takeEnds(PageReading& reading, const std::vector<std::int64_t>& times, ServerTime now)
{
    std::vector<ValueRow> rows;
    FieldEnds ends;
    for (std::size_t at = 0; at < times.size(); ++at) {
        if (times[at] != noField) {
            rows.push_back(std::move(reading.page.rows[at]));
            ends.ofRows.push_back(endOf(times[at], now));
        }
    }
    reading.page.rows = std::move(rows);
    reading.page.fieldEnds = std::move(ends);
}

} // namespace

std::optional<ServerTime> serverTime(const Reply& timeReply)
{
    const auto number = [&](std::size_t at) {
        std::int64_t value = -1;
        if (timeReply.elements.size() == 2) {
            const std::string& text = timeReply.elements[at].text;
            std::from_chars(text.data(), text.data() + text.size(), value);
        }
        return value;
    };
    if (number(0) < 0 || number(1) < 0) {
        return std::nullopt;
    }
    return ServerTime(std::chrono::duration_cast<Milliseconds>(
        std::chrono::seconds(number(0)) + std::chrono::microseconds(number(1))));
}

Status readFieldEnds(PageReading& reading)
{
    auto replies = reading.lane.pipeline(endCommands(reading), reading.stop);
    if (!replies) {
        return std::move(replies).error();
    }
    const std::span<const Reply> answers = std::span(*replies).subspan(1);
    const auto failed = std::ranges::find_if(answers, [](const Reply& reply) { return reply.isError(); });
    reading.page.next.fieldEnds = true;
    if (failed != answers.end()) {
        Error error = replyError(failed->text);
        if (error.kind == ErrorKind::Server && isCommandRefused(error)) {
            reading.page.next.fieldEnds = false;
        } else {
            reading.page.fieldEnds = FieldEnds{{}, std::move(error).about(QStringLiteral("HPEXPIRETIME"))};
        }
        return ok();
    }
    const auto here = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    takeEnds(reading, timesIn(answers, reading.page.rows.size()), serverTime(replies->front()).value_or(here));
    return ok();
}

} // namespace keyglass
