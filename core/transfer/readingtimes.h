// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/reply.h"
#include "core/transfer/keypages.h"

#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace keyglass {

/// When keys end, as a point in time: by PEXPIRETIME, or by PTTL and the server's TIME behind it in the same pipeline.
class EndTimes {
public:
    explicit EndTimes(ReadingWays& ways)
        : m_ways(ways)
        , m_hasExpireTime(ways.hasExpireTime)
    {
    }
    [[nodiscard]] Command asking(std::string_view key) const;
    /// Ends the pipeline.
    void addTime(std::vector<Command>& commands) const;
    /// The reply to what addTime() added.
    void takeTime(const Reply& last);
    /// Whether the server does not know PEXPIRETIME: then it is to be asked again, by other EndTimes.
    [[nodiscard]] bool isUnknown(const Reply& reply);
    [[nodiscard]] std::optional<Milliseconds> endIn(const Reply& reply) const;

private:
    ReadingWays& m_ways;
    const bool m_hasExpireTime;
    Milliseconds m_now{0};
};

/// Asks for the ends of the fields of some hashes, where the server has such. Fails as the lane does.
[[nodiscard]] Status readFieldEnds(
    Lane& lane, std::span<KeyPart* const> hashes, ReadingWays& ways, const std::stop_token& stop);

/// Whether the error is more than one key's: the line's, or the user's stop.
[[nodiscard]] bool endsReading(const Error& error);

} // namespace keyglass
