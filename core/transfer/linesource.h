// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFile>

#include <cstdint>
#include <optional>
#include <string_view>

namespace keyglass {

/// The lines of a file, with or without a carriage return at their ends, and a byte order mark before the first.
class LineSource {
public:
    explicit LineSource(const QString& path)
        : m_file(path)
    {
    }
    /// File.
    [[nodiscard]] Status open();
    /// The next line without its end, valid until the next call; nothing at the end. Limit where it is longer than any
    /// that an export writes; File.
    [[nodiscard]] Result<std::optional<std::string_view>> next();
    [[nodiscard]] std::uint64_t number() const { return m_number; } ///< Of the last line, from 1.
    [[nodiscard]] std::string_view end() const { return m_end; }    ///< Of the last line: "\n", "\r\n", or none.
    [[nodiscard]] bool endsWithin() const { return m_endsWithin; }  ///< The last line had no end.
    [[nodiscard]] QString path() const { return m_file.fileName(); }

private:
    QFile m_file;
    QByteArray m_line;
    QByteArray m_piece = QByteArray(64 * 1024, '\0');
    std::uint64_t m_number = 0;
    std::string_view m_end;
    bool m_endsWithin = false;
};

/// "FILE, line 7".
[[nodiscard]] QString lineSubject(const QString& path, std::uint64_t line);

} // namespace keyglass
