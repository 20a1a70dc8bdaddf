// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/reply.h"
#include "core/transfer/keypages.h"
#include "core/transfer/partbytes.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// Compares a key on the server with the parts of an archived one, part by part, by as little as pages take. Neither
/// the order of a set's members nor how a value is stored makes a difference; nor does when an entry was delivered.
class PartComparing {
public:
    PartComparing(Lane& lane, std::string key, ReadingWays& ways);

    /// Whether what the part has stands in the key as well, in order of the parts. The key is of the part's type.
    /// Errors as the lane's; of a reply that is an error, no.
    [[nodiscard]] Result<bool> holds(const StoredPart& stored, const std::stop_token& stop);

private:
    [[nodiscard]] Result<bool> hasLength(const StoredPart& stored, const std::stop_token& stop);
    [[nodiscard]] std::vector<Command> questions(const KeyPart& part) const;
    [[nodiscard]] static bool isSo(const KeyPart& part, std::vector<Reply>& replies);
    [[nodiscard]] Result<bool> hasFieldEnds(const KeyPart& part, const std::stop_token& stop);
    [[nodiscard]] Result<bool> hasStream(const StreamPart& stream, const std::stop_token& stop);

    Lane& m_lane;
    const std::string m_key;
    ReadingWays& m_ways;
    std::uint64_t m_offset = 0; ///< Of a string or list: what was compared.
};

/// Without the times of delivery, which are counted back from now and differ a little each time.
[[nodiscard]] StreamPart withoutTimes(StreamPart stream);

} // namespace keyglass
