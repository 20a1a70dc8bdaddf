// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/valuerequest.h"

#include <memory>
#include <string>
#include <vector>

namespace keyglass::cli {

/// One cell as it is written: the server's bytes, or what a decoder made of them.
struct ShownCell {
    DecodedValue value;
    std::optional<std::string> decoders; ///< "zstd,json", "plain"; only where a value was decoded.
};

/// One row as it is written.
struct ShownRow {
    std::vector<ShownCell> cells;
    std::uint64_t number = 0;          ///< Index or rank.
    QString failure;                   ///< Why a value of it could not be decoded, or read.
    bool isPlaceholder = false;        ///< A value of it could not be read: it is too long.
    std::optional<std::uint64_t> size; ///< Of that value, where it is known.
    std::optional<Milliseconds> left;  ///< Of a hash's field that ends by itself.
};

/// Writes a value to stdout in one of the formats. Every function is false once stdout takes no more.
class ValueWriter {
public:
    /// What the bytes of a string are that is too long to be gathered before it is written.
    enum class LongString { Text, Bytes };

    virtual ~ValueWriter() = default;
    /// Before begin(): the slices of a string are written as they come. Formats that escape each by itself need no
    /// telling.
    virtual void expectLong(LongString) { }
    virtual bool begin(const ValueHead& head) = 0;
    /// A row that could not be decoded or read is left out, except of JSON, where its "error" stands.
    virtual bool row(const ShownRow& row) = 0;
    /// `incomplete`: what is missing, in words; JSON has it. Empty: nothing.
    virtual bool end(const QString& incomplete) = 0;
};

[[nodiscard]] std::unique_ptr<ValueWriter> valueWriter(const ValueRequest& request);

} // namespace keyglass::cli
