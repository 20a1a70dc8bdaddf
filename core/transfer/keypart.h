// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/value/keydetails.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace keyglass {

/// An entry that a consumer got and has not acknowledged.
struct PendingPart {
    std::string id;
    std::string consumer;
    Milliseconds deliveredAt{0}; ///< Unix time.
    std::uint64_t deliveries = 0;

    friend bool operator==(const PendingPart&, const PendingPart&) = default;
};

/// A consumer group of a stream, as it can be made again.
struct GroupPart {
    std::string name;
    std::string lastDelivered;
    std::optional<std::uint64_t> entriesRead;
    std::vector<std::string> consumers;
    std::vector<PendingPart> pending;

    friend bool operator==(const GroupPart&, const GroupPart&) = default;
};

/// What a stream has beside its entries.
struct StreamPart {
    std::string lastId; ///< Empty: not known.
    std::optional<std::uint64_t> entriesAdded;
    std::string maxDeletedId; ///< Empty: not known.
    std::vector<GroupPart> groups;

    friend bool operator==(const StreamPart&, const StreamPart&) = default;
};

/// A field of a hash that ends by itself.
struct FieldEndPart {
    std::string field;
    Milliseconds at{0}; ///< Unix time.

    friend bool operator==(const FieldEndPart&, const FieldEndPart&) = default;
};

/// A key, or some of the elements of a large one, on its way between a server and a file.
///
/// The parts of one key follow each other. Nothing is text: all are the server's bytes.
struct KeyPart {
    /// String: its bytes, in parts to be put together. Hash: field, value. List: element. Set: member. Sorted set:
    /// member, score as the server wrote it (17 digits). Stream: ID, field, value, field, value …
    using Row = std::vector<std::string>;

    std::string key;
    KeyType type = KeyType::None; ///< None where `dump` is all that is known.
    bool isFirst = true;
    bool isLast = true;
    std::optional<Milliseconds> expireAt; ///< Unix time; the last part's counts. Nothing: it does not end.
    std::vector<Row> rows;
    std::vector<FieldEndPart> fieldEnds; ///< Of a hash; of fields in this part or an earlier one.
    std::optional<StreamPart> stream;    ///< In the last part.
    std::string dump;                    ///< What DUMP answered, instead of rows.

    [[nodiscard]] bool isWhole() const { return isFirst && isLast; }
    friend bool operator==(const KeyPart&, const KeyPart&) = default;
};

/// About how many bytes a part holds.
[[nodiscard]] inline std::size_t byteCountOf(const KeyPart& part)
{
    std::size_t bytes = part.key.size() + part.dump.size();
    for (const KeyPart::Row& row : part.rows) {
        for (const std::string& cell : row) {
            bytes += cell.size() + sizeof(std::string);
        }
    }
    return bytes;
}

/// From here on a part is handed on, and its key goes on in another.
inline constexpr std::size_t bytesInPart = 1024ULL * 1024;
inline constexpr std::size_t rowsInPart = 1000;

} // namespace keyglass
