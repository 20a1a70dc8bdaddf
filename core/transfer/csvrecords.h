// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/transfer/linesource.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// The records of a CSV file (RFC 4180): what stands in quotes may have line ends.
///
/// A quote that is not closed, or closed within a cell, costs its line: reading goes on with the next one, as the lines
/// of our own exports stand for themselves. It is looked for up to `longest` bytes.
class CsvRecords {
public:
    struct Record {
        std::uint64_t line = 0; ///< On which it begins.
        std::string text;       ///< Without its end.
        QString problem;        ///< Why it is none; else empty.
    };

    static constexpr std::size_t longest = 64U * 1024 * 1024;

    explicit CsvRecords(const QString& path)
        : m_lines(path)
    {
    }
    /// File.
    [[nodiscard]] Status open() { return m_lines.open(); }
    /// Before the second record.
    void setSeparator(char separator) { m_separator = separator; }
    /// Nothing at the end. Errors as LineSource::next().
    [[nodiscard]] Result<std::optional<Record>> next();
    [[nodiscard]] bool endsWithin() const { return m_lines.endsWithin() && m_pending.empty(); }
    [[nodiscard]] QString path() const { return m_lines.path(); }

private:
    struct Line {
        std::uint64_t number = 0;
        std::string text;
        std::string_view end; ///< What ends it.
    };
    [[nodiscard]] Result<std::optional<Line>> nextLine();
    [[nodiscard]] Result<std::optional<Record>> join(Line&& first);

    LineSource m_lines;
    std::deque<Line> m_pending; ///< Read already, behind a quote that is not closed.
    char m_separator = ',';
};

/// The cells of a record, in order; nothing where its quotes are wrong.
[[nodiscard]] std::optional<std::vector<std::string>> csvCells(std::string_view record, char separator);

} // namespace keyglass
