// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/csvrecords.h"

#include "core/transfer/partreaders.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace keyglass {

namespace {

/// Where in a record one is, byte by byte.
class Quoting {
public:
    explicit Quoting(char separator)
        : m_separator(separator)
    {
    }
    void take(std::string_view bytes)
    {
        for (const char byte : bytes) {
            take(byte);
        }
    }
    [[nodiscard]] bool isOpen() const { return m_place == Place::Quoted; }
    /// Something stands behind a closed quote.
    [[nodiscard]] bool isWrong() const { return m_place == Place::Wrong; }

private:
    enum class Place { Begin, Plain, Quoted, QuoteInQuotes, Wrong };
    void take(char byte)
    {
        switch (m_place) {
        case Place::Begin:
            m_place = byte == '"' ? Place::Quoted : byte == m_separator ? Place::Begin : Place::Plain;
            break;
        case Place::Plain:
            m_place = byte == m_separator ? Place::Begin : Place::Plain;
            break;
        case Place::Quoted:
            m_place = byte == '"' ? Place::QuoteInQuotes : Place::Quoted;
            break;
        case Place::QuoteInQuotes:
            m_place = byte == '"' ? Place::Quoted : byte == m_separator ? Place::Begin : Place::Wrong;
            break;
        case Place::Wrong:
            break;
        }
    }

    const char m_separator;
    Place m_place = Place::Begin;
};

} // namespace

Result<std::optional<CsvRecords::Line>> CsvRecords::nextLine()
{
    if (!m_pending.empty()) {
        Line line = std::move(m_pending.front());
        m_pending.pop_front();
        return std::optional(std::move(line));
    }
    const auto text = m_lines.next();
    if (!text) {
        return text.error();
    }
    return *text ? std::optional(Line{m_lines.number(), std::string(**text), m_lines.end()}) : std::optional<Line>();
}

Result<std::optional<CsvRecords::Record>> CsvRecords::next()
{
    auto first = nextLine();
    if (!first) {
        return std::move(first).error();
    }
    return *first ? join(**std::move(first)) : std::optional<Record>();
}

Result<std::optional<CsvRecords::Record>> CsvRecords::join(Line&& first)
{
    Quoting quoting(m_separator);
    quoting.take(first.text);
    std::deque<Line> more;
    std::size_t bytes = first.text.size();
    bool isAtEnd = false;
    while (quoting.isOpen() && !isAtEnd && bytes <= longest) {
        auto line = nextLine();
        if (!line) {
            return std::move(line).error();
        }
        isAtEnd = !line->has_value();
        if (isAtEnd) {
            break;
        }
        quoting.take(more.empty() ? first.end : more.back().end);
        quoting.take((*line)->text);
        bytes += (*line)->text.size() + sizeof(Line); // what it takes while it is held
        more.push_back(**std::move(line));
    }
    if (!quoting.isOpen() && !quoting.isWrong()) {
        std::string text = std::move(first.text);
        std::string_view end = first.end;
        for (const Line& line : more) {
            text.append(end).append(line.text);
            end = line.end;
        }
        return std::optional(Record{first.number, std::move(text), {}});
    }
    QString problem = TransferText::tr("Something stands behind a closing quote, before the next cell");
    if (quoting.isOpen()) {
        problem = isAtEnd
            ? TransferText::tr("A quote that is opened in it is not closed to the end of the file")
            : TransferText::tr("A quote that is opened in it is not closed within %1 MB").arg(longest / (1024 * 1024));
    } else if (!more.empty()) {
        problem =
            TransferText::tr("A quote that is opened in it is closed only in line %1, where something stands behind "
                             "it")
                .arg(more.back().number);
    }
    m_pending.insert(m_pending.begin(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return std::optional(Record{first.number, std::move(first.text), std::move(problem)});
}

std::optional<std::vector<std::string>> csvCells(std::string_view record, char separator)
{
    std::vector<std::string> cells;
    for (std::size_t at = 0;; ++at) {
        std::string& cell = cells.emplace_back();
        if (at < record.size() && record[at] == '"') {
            for (++at; at < record.size() && !(record[at] == '"' && !record.substr(at).starts_with("\"\"")); ++at) {
                at += record[at] == '"' ? 1U : 0U;
                cell += record[at];
            }
            if (at >= record.size()) {
                return std::nullopt; // the quote is not closed
            }
            ++at;
        } else {
            const std::size_t end = std::min(record.find(separator, at), record.size());
            cell = record.substr(at, end - at);
            at = end;
        }
        if (at >= record.size()) {
            return cells;
        }
        if (record[at] != separator) {
            return std::nullopt;
        }
    }
}

} // namespace keyglass
