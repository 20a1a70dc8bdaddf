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
    std::uint64_t number = 0;         ///< Index or rank.
    QString failure;                  ///< Why a value of it could not be decoded.
    std::optional<Milliseconds> left; ///< Of a hash's field that ends by itself.
};

/// Writes a value to stdout in one of the formats. Every function is false once stdout takes no more.
class ValueWriter {
public:
    virtual ~ValueWriter() = default;
    virtual bool begin(const ValueHead& head) = 0;
    /// A row that could not be decoded is left out, except of JSON, where its "error" stands.
    virtual bool row(const ShownRow& row) = 0;
    virtual bool end() = 0;
};

[[nodiscard]] std::unique_ptr<ValueWriter> valueWriter(const ValueRequest& request);

} // namespace keyglass::cli
