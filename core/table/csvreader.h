// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace keyglass {

/// One record of a CSV file.
struct CsvRecord {
    std::uint64_t line = 0; ///< In which it begins, from 1.
    /// Nothing: an empty field without quotes.
    std::vector<std::optional<std::string>> fields;
};

/// Reads CSV (RFC 4180: fields in quotes may hold anything, quotes doubled; records end with LF or CRLF) as it comes. A
/// byte order mark at the start is passed over. Holds one record at a time.
class CsvReader {
public:
    /// Fills `into` and gives how many bytes; 0 at the end.
    using Read = std::function<Result<std::size_t>(std::span<char> into)>;
    static constexpr std::size_t largestField = 64U * 1024 * 1024;

    explicit CsvReader(Read read, char separator = ',');

    /// The next record; nothing at the end. Empty lines are passed over. Input, naming the line, for an open quote,
    /// something between a quote and a separator, or a field over `largestField`; else what reading fails with.
    [[nodiscard]] Result<std::optional<CsvRecord>> next();

private:
    [[nodiscard]] Result<int> peek();
    [[nodiscard]] Result<int> take();
    [[nodiscard]] Status quotedField(std::string& field);
    [[nodiscard]] Error bad(const QString& why) const;

    Read m_read;
    const char m_separator;
    std::string m_buffer;
    std::size_t m_at = 0;
    std::uint64_t m_line = 1;
    bool m_hasBegun = false;
};

} // namespace keyglass
