// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/keypredicate.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace keyglass {

namespace {

/// Answers of PTTL that are no time.
constexpr std::int64_t noSuchKey = -2;
constexpr std::int64_t neverExpires = -1;

/// A bound above all numbers that a server tells is above them, not below.
std::int64_t inRange(std::uint64_t bound)
{
    constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min(bound, largest));
}

template <typename T> bool isBetween(std::int64_t value, const std::optional<T>& above, const std::optional<T>& below)
{
    const auto plain = [](const T& bound) {
        if constexpr (std::is_same_v<T, std::chrono::seconds>) {
            return bound.count();
        } else if constexpr (std::is_same_v<T, ByteCount>) {
            return inRange(bound.value);
        } else {
            return inRange(bound);
        }
    };
    return (!above || value > plain(*above)) && (!below || value < plain(*below));
}

Error refusal(const Reply& reply)
{
    Error error = replyError(reply.text);
    const bool isPolicy = reply.text.find("maxmemory policy") != std::string::npos;
    if (isPolicy) {
        error.kind = ErrorKind::Unsupported;
        error.detail = QCoreApplication::translate("KeyPredicate",
            "Its maxmemory-policy keeps only one of idle time and frequency, and not the one asked for.");
    }
    return error;
}

} // namespace

std::size_t KeyPredicate::questions() const
{
    return std::size_t{asksTtl()} + std::size_t{asksBytes()} + std::size_t{asksIdle()} + std::size_t{asksFrequency()};
}

void KeyPredicate::ask(std::string_view key, std::vector<Command>& commands) const
{
    if (asksTtl()) {
        commands.push_back(Command{"PTTL", key});
    }
    if (asksBytes()) {
        commands.push_back(Command{"MEMORY", "USAGE", key});
    }
    if (asksIdle()) {
        commands.push_back(Command{"OBJECT", "IDLETIME", key});
    }
    if (asksFrequency()) {
        commands.push_back(Command{"OBJECT", "FREQ", key});
    }
}

bool KeyPredicate::acceptsTtl(std::int64_t milliseconds) const
{
    if (milliseconds == noSuchKey) {
        return false;
    }
    const bool expires = milliseconds != neverExpires;
    if (hasTtl && *hasTtl != expires) {
        return false;
    }
    const auto ttl = std::chrono::milliseconds(milliseconds);
    return (!ttlBelow || (expires && ttl < *ttlBelow)) && (!ttlAbove || !expires || ttl > *ttlAbove);
}

Result<bool> KeyPredicate::accepts(std::span<const Reply> answers) const
{
    for (const Reply& answer : answers) {
        if (answer.isError()) {
            if (answer.text.starts_with("ERR no such key")) {
                return false;
            }
            return refusal(answer);
        }
        if (!answer.isInteger()) {
            return false; // nil: gone
        }
    }
    std::size_t next = 0;
    const auto answer = [&] { return answers[next++].integer; };
    return (!asksTtl() || acceptsTtl(answer())) && (!asksBytes() || isBetween(answer(), bytesAbove, bytesBelow))
        && (!asksIdle() || isBetween(answer(), idleAbove, idleBelow))
        && (!asksFrequency() || isBetween(answer(), frequencyAbove, frequencyBelow));
}

} // namespace keyglass
