// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/csvreader.h"

#include <QCoreApplication>
#include <QString>

#include <string_view>

namespace keyglass {

namespace {

constexpr int end = -1;
constexpr std::size_t pieceSize = 64 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("CsvReader", text);
}

} // namespace

CsvReader::CsvReader(Read read, char separator)
    : m_read(std::move(read))
    , m_separator(separator)
{
}

Result<int> CsvReader::peek()
{
    if (m_at == m_buffer.size()) {
        m_buffer.resize(pieceSize);
        const auto size = m_read(m_buffer);
        m_buffer.resize(size ? *size : 0);
        m_at = 0;
        if (!size) {
            return size.error();
        }
        constexpr std::string_view mark = "\xEF\xBB\xBF";
        if (!m_hasBegun && m_buffer.starts_with(mark)) {
            m_at = mark.size();
        }
        m_hasBegun = true;
    }
    return m_at == m_buffer.size() ? end : static_cast<unsigned char>(m_buffer[m_at]);
}

Result<int> CsvReader::take()
{
    auto next = peek();
    if (next && *next != end) {
        ++m_at;
        m_line += *next == '\n' ? 1 : 0;
    }
    return next;
}

Error CsvReader::bad(const QString& why) const
{
    return {ErrorKind::Input, tr("Line %1").arg(m_line), why};
}

/// After the opening quote, up to and with the closing one.
Status CsvReader::quotedField(std::string& field)
{
    const std::uint64_t begin = m_line;
    for (;;) {
        const auto c = take();
        if (!c) {
            return c.error();
        }
        if (*c == end) {
            m_line = begin; // where it is to be mended, and not the last line of the file
            return bad(tr("A quote is not closed."));
        }
        if (*c == '"') {
            const auto after = peek();
            if (!after) {
                return after.error();
            }
            if (*after != '"') {
                return ok();
            }
            static_cast<void>(take());
        }
        field += static_cast<char>(*c);
        if (field.size() > largestField) {
            return bad(tr("A field is larger than 64 MB."));
        }
    }
}

Result<std::optional<CsvRecord>> CsvReader::next()
{
    CsvRecord record{m_line, {}};
    std::string field;
    bool isQuoted = false;
    const auto close = [&] {
        record.fields.push_back(isQuoted || !field.empty() ? std::optional(std::move(field)) : std::nullopt);
        field.clear();
        isQuoted = false;
    };
    for (;;) {
        const auto c = take();
        if (!c) {
            return c.error();
        }
        if (*c == '\n' || *c == end) {
            if (!isQuoted && field.ends_with('\r')) {
                field.pop_back();
            }
            const bool isEmptyLine = record.fields.empty() && field.empty() && !isQuoted;
            if (isEmptyLine && *c == '\n') {
                record.line = m_line;
                continue;
            }
            if (isEmptyLine) {
                return std::optional<CsvRecord>();
            }
            close();
            return std::optional(std::move(record));
        }
        if (*c == m_separator) {
            close();
        } else if (*c == '"' && field.empty() && !isQuoted) {
            isQuoted = true;
            if (Status read = quotedField(field); !read) {
                return std::move(read).error();
            }
        } else if (isQuoted && *c != '\r') {
            return bad(tr("Something stands between a closing quote and the next separator."));
        } else if (!isQuoted) {
            field += static_cast<char>(*c);
            if (field.size() > largestField) {
                return bad(tr("A field is larger than 64 MB."));
            }
        }
    }
}

} // namespace keyglass
