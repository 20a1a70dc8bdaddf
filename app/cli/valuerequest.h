// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "core/value/formatters/decoderstack.h"
#include "core/value/valuepage.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace keyglass::cli {

/// FROM..TO as it was typed; an empty end is open.
struct RangeText {
    std::string from;
    std::string to;
};

/// What `keyglass value` is asked for.
struct ValueRequest {
    enum class Format { Json, Raw, Lines, Csv };
    enum class Decoding { None, Stack, Auto };

    std::string key;
    Format format = Format::Json;
    std::optional<RangeText> range;
    std::optional<std::string> field; ///< Of a hash.
    std::optional<std::string> path;  ///< Into a JSON document.
    bool groups = false;              ///< The consumer groups of a stream, in place of its entries.
    std::string match;                ///< Glob for names of hashes, members of sets and sorted sets; empty: all.
    Decoding decoding = Decoding::None;
    DecoderStack stack;
    bool fieldEnds = false; ///< Hash: with the time that each field has left.
    bool resetsIdle = true; ///< Reading counts as a use of the key: the server can't tell the two apart.
};

/// Input for options that don't go together, unknown decoders and formats; File for a descriptor that can't be read.
[[nodiscard]] Result<ValueRequest> valueRequestFrom(const Options& options);

/// The options of `keyglass value` beside those of the target.
[[nodiscard]] std::vector<OptionSpec> valueOptions();

/// Input where range, field or match are not for this type.
[[nodiscard]] Status fitsType(const ValueRequest& request, const ValueHead& head);

/// One row with its index or rank, and the time that a hash's field has left where it ends. Its cells are whole, but
/// for those that can't be read in one piece: placeholders.
using TakeRow = std::function<Status(ValueRow&& row, std::uint64_t number, std::optional<Milliseconds> left)>;

/// Reads what is asked for page by page and gives each row once, in the server's order; a string comes as rows of one
/// slice. The Status of a value read with gaps names them: Limit where something is too long to be read, Conflict where
/// elements went while it was read. `take`'s failure ends it. Else as fetchValuePage().
[[nodiscard]] Status readRows(
    Lane& lane, const ValueRequest& request, const ValueHead& head, const TakeRow& take, std::stop_token stop);

} // namespace keyglass::cli
