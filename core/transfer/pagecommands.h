// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/command.h"
#include "core/net/reply.h"
#include "core/transfer/keypart.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// How the values of one type are read.
struct PagedType {
    const char* length;  ///< "HLEN"
    const char* whole;   ///< What reads a small one at once.
    std::size_t columns; ///< Cells of a row in a flat reply.
    bool hasCursor;      ///< Pages come by a cursor of the server's (HSCAN), else by place.
};

/// Nothing for types that there are no commands for.
[[nodiscard]] std::optional<PagedType> pagedType(KeyType type);

/// Reads all of a small key.
[[nodiscard]] Command wholeCommand(KeyType type, std::string_view key);
/// Its length: bytes, or elements.
[[nodiscard]] Command lengthCommand(KeyType type, std::string_view key);

/// Where a page begins.
struct PagePlace {
    std::uint64_t offset = 0; ///< String: byte; list: index.
    std::string cursor{"0"};  ///< Of hash, set and sorted set.
    std::string lastId{};     ///< Stream: the entry before it.
    bool isEnd = false;
};
/// A page of about `count` elements (bytes of a string) from `place` on.
[[nodiscard]] Command pageCommand(KeyType type, std::string_view key, const PagePlace& place, std::uint64_t count);
/// Takes the rows of a reply to pageCommand(), moving its bytes, and moves `place` behind them.
[[nodiscard]] bool takePage(KeyType type, Reply&& reply, std::uint64_t count, PagePlace& place, KeyPart& part);
/// Takes the rows of a reply to wholeCommand(). False where it is not as expected.
[[nodiscard]] bool takeWhole(KeyType type, Reply&& reply, KeyPart& part);

} // namespace keyglass
