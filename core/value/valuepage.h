// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/value/keydetails.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// What is known of a key before any of its content is read.
struct ValueHead {
    /// A part that is not known, and why: Permission (the detail names the command), Server, Unsupported.
    struct Gap {
        enum class Part { Length, Ttl, Encoding, Memory };
        Part part = Part::Length;
        Error why;

        friend bool operator==(const Gap&, const Gap&) = default;
    };

    std::string key;
    KeyType type = KeyType::None;
    std::string typeName;                ///< The server's word.
    std::optional<std::uint64_t> length; ///< Bytes of a string, elements of everything else.
    std::optional<Milliseconds> ttl;     ///< Time left as of the answer; nothing and no gap: no expiry.
    std::optional<std::chrono::system_clock::time_point> expiresAt; ///< By this machine's clock.
    std::optional<std::string> encoding;                            ///< "listpack", "skiplist", …
    std::optional<ByteCount> memory;                                ///< By bounded samples.
    std::vector<Gap> gaps;

    [[nodiscard]] const Error* gap(Gap::Part part) const;
    friend bool operator==(const ValueHead&, const ValueHead&) = default;
};

/// Reads type and sizes of `key`, never its content: the same five commands for a small value and for the largest.
///
/// Blocks for two round trips. Gone if there is no such key; Permission if TYPE is forbidden; else as Lane::call. Any
/// other refused command becomes a gap. Counts as a use of the key (idle time, LFU) unless the connection is CLIENT
/// NO-TOUCH.
[[nodiscard]] Result<ValueHead> fetchValueHead(Lane& lane, const std::string& key, std::stop_token stop);
/// When a key ends that has so long left; nothing where that is past the clock's own range: a TTL may have 64 bits.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> endAfter(Milliseconds left);

/// A string's or cell's bytes above this come as a placeholder and are read on demand.
inline constexpr ByteCount largestCellInPage{64ULL * 1024};
/// The longest value that is read in one piece where the server can't give a part of it (a field, an element, an
/// entry): a little under the 64 MB a lane takes as one reply.
inline constexpr ByteCount largestWholeValue{64ULL * 1024ULL * 1024 - 4096};

/// Where a page begins: a border between two elements. Opaque: one made by default is the start, the others come from
/// ValuePage::next or from pagejump.h. Only a string's, list's and sorted set's `offset` may be set freely (byte,
/// index, rank): any page of those can be read at once. A page in descending order has what lies below the border.
struct ValuePosition {
    /// The border of the far end, where a page in descending order begins.
    static constexpr std::uint64_t end = UINT64_MAX;

    std::uint64_t offset =
        0;             ///< String: byte. List: index. Sorted set: rank. Hash, set, sorted set with MATCH: cursor.
    std::string id;    ///< Stream: the entry at the border, itself left out; empty for the start, or the end.
    std::string score; ///< Sorted set: the border is at this score, which is still read; takes the place of `offset`.
    std::optional<bool> namesAlone;  ///< Whether this server's HSCAN knows NOVALUES, once tried.
    std::uint64_t rowBytes = 0;      ///< What a row took on the wire so far, about: sizes the next page's first call.
    std::uint64_t lookedThrough = 0; ///< Elements that the pages so far went through; of a cursor an estimate.
    std::optional<bool> fieldEnds;   ///< Whether this server knows fields that end, once tried.

    friend bool operator==(const ValuePosition&, const ValuePosition&) = default;
};

/// From one index or rank to before another.
struct NumberRange {
    std::uint64_t first = 0;
    std::uint64_t end = UINT64_MAX;

    friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

/// From one score to another, both as servers take them: "5", "(5" without 5 itself, "-inf", "+inf".
struct ScoreRange {
    std::string min = "-inf";
    std::string max = "+inf";

    friend bool operator==(const ScoreRange&, const ScoreRange&) = default;
};

/// One page of a value to be read. Limits are kept in bytes and in rows, whichever comes first; a reply of HSCAN or
/// SSCAN can't be cut, so `maxRows` may be passed by what one call returns, and by all names of a hash of up to 10,000
/// fields where HSCAN can't leave out their values.
struct ValuePageRequest {
    std::string key;
    KeyType type = KeyType::String;
    ValuePosition from;
    std::size_t maxRows = 500; ///< At least 1.
    ByteCount maxBytes{
        4ULL * 1024 * 1024}; ///< Content kept; cells that would pass it come as placeholders where they can.
    /// Glob; empty: all. The server's MATCH for hashes, sets and sorted sets, which then come in its own order;
    /// elements of lists and the IDs, fields and values of streams are compared here as they are read.
    std::string match;
    /// List, sorted set without `match`, stream: the last first. `from` then has to be of that order.
    bool descending = false;
    std::optional<NumberRange> numbers{}; ///< List, sorted set without `match`: only these indexes or ranks.
    std::optional<ScoreRange> scores{};   ///< Sorted set without `match`: only these scores.
    bool fieldEnds = false; ///< Hash: when each of the page's fields ends as well, for one more round trip.
    /// List: what stands right beside the page's rows as well, as far as it was read for the page, and where it was not
    /// (ValuePage::beside, ::borders): no round trip more.
    bool beside = false;
    /// List: no rows, only what stands at these indexes, at most mostAt of them, into ValuePage::beside: for the
    /// borders of pages that are there already. After one of over a megabyte the rest is left out, as the connection is
    /// closed rather than that it comes.
    std::vector<std::uint64_t> at{};
    static constexpr std::size_t mostAt = 16;
};

/// One field, element, score or slice. `bytes` are all of it, or none of it for a placeholder.
struct ValueCell {
    std::string bytes;
    std::optional<std::uint64_t>
        size; ///< Bytes of the whole; nothing: longer than largestWholeValue, length not known.

    ValueCell() = default;
    explicit ValueCell(std::string content)
        : bytes(std::move(content))
        , size(bytes.size())
    {
    }
    /// A cell whose bytes are left out.
    [[nodiscard]] static ValueCell placeholder(std::optional<std::uint64_t> fullSize);
    [[nodiscard]] bool isWhole() const { return size == bytes.size(); }
    friend bool operator==(const ValueCell&, const ValueCell&) = default;
};

/// The cells of a row: string {slice}; hash {field, value}; list {element}; set {member}; sorted set {member, score as
/// the server writes it}; stream {ID, field, value, field, value, …}.
using ValueRow = std::vector<ValueCell>;

/// When a field of a hash ends by itself.
struct FieldEnd {
    std::chrono::sys_time<Milliseconds> at; ///< By the server's clock.
    Milliseconds left{0};                   ///< As of the answer.

    friend bool operator==(const FieldEnd&, const FieldEnd&) = default;
};

/// The ends of a page's fields.
struct FieldEnds {
    std::vector<std::optional<FieldEnd>> ofRows; ///< One for each row; nothing: it does not end by itself.
    std::optional<Error> unknown;                ///< Why they are not known (Permission); then ofRows is empty.
};

/// One page of a value, as it was when it was read.
struct ValuePage {
    KeyType type = KeyType::None;
    std::uint64_t firstIndex = 0; ///< Byte, index or rank of the first row; 0 where rows have no number.
    std::vector<ValueRow> rows;
    std::vector<std::uint64_t> numbers; ///< Indexes of the rows where some between them are left out; see numberOf().
    bool descending = false;
    ValuePosition began;   ///< Where it began, a score being a rank by now.
    ValuePosition next;    ///< Where to go on while not `complete`.
    bool complete = false; ///< Nothing follows.
    /// Some elements could not be read: a value beside them is larger than one reply may be and the server can't leave
    /// it out (SSCAN, before 7.4 HSCAN of more than 10,000 fields). Said on screen; paging goes on behind them.
    bool hasGaps = false;
    /// Bytes or elements as of now, of the asked range where there is one; nothing where the size command is forbidden.
    std::optional<std::uint64_t> total;
    /// List, where they were asked for: elements that are no rows of the page but stand right beside one, by index. No
    /// cells: nothing stood there, the list ended. Left out: too long, or nobody looked there.
    std::map<std::uint64_t, ValueRow> beside;
    /// Where nobody looked, to be asked for by ValuePageRequest::at. None where elements are long: so may these be.
    std::vector<std::uint64_t> borders;
    std::optional<FieldEnds> fieldEnds; ///< Where they were asked for and the server has them (Redis 7.4, Valkey 9).
    ByteCount received;                 ///< What came over the wire for it, about.

    /// Index or rank of a row.
    [[nodiscard]] std::uint64_t numberOf(std::size_t row) const;
};

/// Reads one page. Changes nothing.
///
/// Blocks for a bounded number of commands, whatever the size of the value (at most about 60 round trips for a MATCH
/// that hits nothing, 3 to 10 as a rule). Gone if the key vanished, WrongType if it became another type, Permission,
/// Unsupported for types of modules; else as Lane::call.
[[nodiscard]] Result<ValuePage> fetchValuePage(Lane& lane, const ValuePageRequest& request, std::stop_token stop);

/// A part of one cell, to be read on demand.
struct ValueSliceRequest {
    std::string key;
    KeyType type = KeyType::String;
    std::string name;         ///< Hash: field. Stream: the entry's ID. JSON: path, empty for all. Else not used.
    std::uint64_t index = 0;  ///< List: the index. Sorted set: the rank. Stream: which cell of the row (0 is the ID).
    std::uint64_t offset = 0; ///< Bytes.
    std::uint64_t length = largestWholeValue.value; ///< Bytes; cut to what is there and to largestWholeValue.
};

/// The bytes of a string, cell, JSON text or Other's DUMP from `offset` on. Only strings are read in part; the rest
/// whole and cut here, up to largestWholeValue: above it, Limit with the size.
///
/// Blocks for one or two round trips. Gone for a vanished key, field, element or entry; WrongType; else as Lane::call.
[[nodiscard]] Result<std::string> fetchValueSlice(Lane& lane, const ValueSliceRequest& request, std::stop_token stop);

} // namespace keyglass
