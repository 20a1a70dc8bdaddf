// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/readingtimes.h"

#include "core/bulk/keyreading.h"
#include "core/source/lane.h"

#include <algorithm>
#include <utility>

namespace keyglass {

Command EndTimes::asking(std::string_view key) const
{
    return Command{m_hasExpireTime ? "PEXPIRETIME" : "PTTL", key};
}

void EndTimes::addTime(std::vector<Command>& commands) const
{
    if (!m_hasExpireTime) {
        commands.push_back(Command{"TIME"});
    }
}

void EndTimes::takeTime(const Reply& last)
{
    if (!m_hasExpireTime) {
        m_now = serverTimeIn(last).value_or(Milliseconds{0});
    }
}

bool EndTimes::isUnknown(const Reply& reply)
{
    if (m_hasExpireTime && isUnknownCommand(reply)) {
        m_ways.hasExpireTime = false;
        return true;
    }
    return false;
}

std::optional<Milliseconds> EndTimes::endIn(const Reply& reply) const
{
    if (!reply.isInteger() || reply.integer < 0) {
        return std::nullopt;
    }
    return m_now + Milliseconds{reply.integer};
}

Status readFieldEnds(Lane& lane, std::span<KeyPart* const> hashes, ReadingWays& ways, const std::stop_token& stop)
{
    if (hashes.empty() || !ways.hasFieldEnds) {
        return ok();
    }
    std::vector<Command> commands;
    for (const KeyPart* hash : hashes) {
        Command command{"HPEXPIRETIME", hash->key, "FIELDS"};
        command.add(static_cast<std::int64_t>(hash->rows.size()));
        for (const KeyPart::Row& row : hash->rows) {
            command.add(row[0]);
        }
        commands.push_back(std::move(command));
    }
    const auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    if (isUnknownCommand(replies->front())) {
        ways.hasFieldEnds = false;
        return ok();
    }
    for (std::size_t at = 0; at < hashes.size(); ++at) {
        const auto& ends = (*replies)[at].elements;
        const auto& rows = hashes[at]->rows;
        for (std::size_t row = 0; row < std::min(ends.size(), rows.size()); ++row) {
            if (ends[row].isInteger() && ends[row].integer >= 0) {
                hashes[at]->fieldEnds.push_back({rows[row][0], Milliseconds{ends[row].integer}});
            }
        }
    }
    return ok();
}

bool endsReading(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
    case ErrorKind::Timeout:
    case ErrorKind::Network:
    case ErrorKind::Tls:
    case ErrorKind::Auth:
    case ErrorKind::Loading:
    case ErrorKind::Protocol:
    case ErrorKind::File:
        return true;
    default:
        return false;
    }
}

} // namespace keyglass
