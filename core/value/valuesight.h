// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/value/keydetails.h"
#include "core/value/valuepage.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// A value as it was at one look, small enough to be kept for each key that is watched.
struct ValueGlance {
    std::string typeName;                                           ///< "none": there is no such key.
    std::optional<std::uint64_t> length;                            ///< Bytes of a string, elements of everything else.
    std::optional<std::chrono::system_clock::time_point> expiresAt; ///< By this machine's clock; nothing: it stays.
    std::string digest; ///< Of what was in sight; empty: not known, and not compared.
    std::string ends;   ///< Of a hash: a digest of when the fields in sight end; empty: not known, and not compared.
    /// Something of what was in sight may not be asked for: the digest is compared with one of the same kind only.
    bool isPart = false;

    [[nodiscard]] bool isGone() const { return typeName == "none"; }
    friend bool operator==(const ValueGlance&, const ValueGlance&) = default;
};

/// What of a value is on screen: enough to look at the same again. At most mostNames names, or mostRows rows.
struct ValueSight {
    static constexpr std::size_t mostNames = 200;
    static constexpr std::uint64_t mostRows = 200;
    static constexpr std::uint64_t mostBytes = 64ULL * 1024; ///< Of a string, from `first` on; of any other element.

    std::vector<std::string> names; ///< Hash: fields. Set, sorted set: members.
    std::uint64_t first = 0;        ///< List: index. String: byte.
    std::uint64_t count = 0;        ///< List: elements. String: bytes.
    /// What is shown there: compared with what is there once it is looked at, so that no change since it was read is
    /// missed. Nothing: not compared.
    std::optional<ValueGlance> shown{};

    [[nodiscard]] bool isSamePlace(const ValueSight& other) const
    {
        return names == other.names && first == other.first && count == other.count;
    }
    friend bool operator==(const ValueSight&, const ValueSight&) = default;
};

/// Whether something is other than it was. An end that moved by less than two seconds is the same: it is read as time
/// left, and a line has its delays.
[[nodiscard]] bool differs(const ValueGlance& before, const ValueGlance& now);

/// Looks again at what is in sight of `key`: type, time to live, length, and the elements themselves, none of them
/// longer than ValueSight::mostBytes (of a longer one only its length counts, where the server tells it), and of a
/// hash's fields when they end by themselves. Of a stream the newest ID and the length, of a JSON document all of it
/// where it is no longer, of other values of modules the memory they take. A part that is forbidden is left out.
///
/// Blocks for two or three round trips. Fails as Lane::call; a key that is gone is no failure.
[[nodiscard]] Result<ValueGlance> lookAgain(
    Lane& lane, const std::string& key, const ValueSight& sight, std::stop_token stop);

/// What is shown of the elements in a sight.
struct ShownElements {
    static constexpr std::size_t mostBytes =
        256UL * 1024; ///< More are not looked at: it is done while somebody scrolls.

    /// In the order of the names, or by index; of a string one with one cell, the bytes in sight.
    std::vector<ValueRow> rows;
    /// Of a hash, for each row: when its field ends in milliseconds since 1970, -1 where it does not. Empty: not known.
    std::vector<std::int64_t> ends{};
};
/// What lookAgain() brings of `sight` where nothing has changed since it was read. Without a digest where not all of it
/// is known, or where that can't be told from what is shown (streams, documents).
[[nodiscard]] ValueGlance shownGlance(const ValueHead& head, const ValueSight& sight, const ShownElements& elements);

} // namespace keyglass
