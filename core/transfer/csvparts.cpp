// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"
#include "core/transfer/gatheredparts.h"
#include "core/transfer/linesource.h"
#include "core/transfer/parttext.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace keyglass {

namespace {

enum Column { Key, Type, ExpireAt, Id, Field, Value, FieldExpireAt, ColumnCount };
using Cells = std::array<std::string, ColumnCount>;

/// The cells of a line (RFC 4180). What stands in quotes has no line ends: exports escape them.
bool splitCells(std::string_view line, Cells& cells)
{
    std::size_t at = 0;
    for (std::size_t column = 0; column < ColumnCount; ++column) {
        std::string& cell = cells[column];
        if (at < line.size() && line[at] == '"') {
            for (++at; at < line.size() && !(line[at] == '"' && !line.substr(at).starts_with("\"\"")); ++at) {
                at += line[at] == '"' ? 1U : 0U;
                cell += line[at];
            }
            if (at >= line.size()) {
                return false; // the quote is not closed
            }
            ++at;
        } else {
            const std::size_t end = std::min(line.find(',', at), line.size());
            cell = line.substr(at, end - at);
            at = end;
        }
        const bool isLast = column + 1 == ColumnCount;
        if (isLast ? at != line.size() : at >= line.size() || line[at] != ',') {
            return false;
        }
        ++at;
    }
    return true;
}

bool readTime(const std::string& text, std::optional<Milliseconds>& time)
{
    if (text.empty()) {
        return true;
    }
    std::int64_t ms = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), ms);
    time = Milliseconds{ms};
    return failure == std::errc() && end == text.data() + text.size() && ms >= 0;
}

class CsvParts final : public GatheredParts {
public:
    explicit CsvParts(const QString& path)
        : GatheredParts(true)
        , m_lines(path)
    {
    }

    [[nodiscard]] Status begin()
    {
        if (Status opened = m_lines.open(); !opened) {
            return opened;
        }
        auto head = m_lines.next();
        if (!head) {
            return std::move(head).error();
        }
        if (!*head || **head != csvColumns) {
            return Error{ErrorKind::Input, lineSubject(m_lines.path(), 1),
                TransferText::tr("The columns have to be %1").arg(QString::fromLatin1(csvColumns.data()))};
        }
        return ok();
    }
    [[nodiscard]] std::uint64_t line() const override { return m_lines.number(); }
    [[nodiscard]] bool mayBeCut() const override { return m_lines.endsWithin(); }

protected:
    [[nodiscard]] Result<std::optional<Piece>> nextPiece() override
    {
        auto line = m_lines.next();
        if (!line) {
            return std::move(line).error();
        }
        if (!*line) {
            return std::optional<Piece>();
        }
        return std::optional((*line)->empty() ? Piece{} : pieceOf(**line));
    }
    [[nodiscard]] QString subject() const override { return lineSubject(m_lines.path(), m_lines.number()); }

private:
    [[nodiscard]] Piece pieceOf(std::string_view line)
    {
        Cells cells;
        if (!splitCells(line, cells)) {
            return {std::nullopt, TransferText::tr("It has not got the seven cells of a line"), std::nullopt};
        }
        auto key = unescapeLine(cells[Key]);
        if (!key) {
            return {std::nullopt, key.error().detail, std::nullopt};
        }
        KeyPart part;
        part.key = *key;
        part.type = keyTypeFromName(cells[Type]);
        std::optional<Milliseconds> fieldEnd;
        if (!readTime(cells[ExpireAt], part.expireAt) || !readTime(cells[FieldExpireAt], fieldEnd)) {
            return {std::nullopt, TransferText::tr("A time is no number of milliseconds"), *key};
        }
        for (const Column column : {Id, Field, Value}) {
            auto bytes = unescapeLine(cells[column]);
            if (!bytes) {
                return {std::nullopt, bytes.error().detail, *key};
            }
            cells[column] = *std::move(bytes);
        }
        part.isFirst = gatherer().openKey() != part.key || gatherer().openType() != part.type;
        if (!addRow(part, cells, fieldEnd)) {
            return {std::nullopt,
                TransferText::tr("“%1” is no type that an import can make").arg(displayText(cells[Type])), *key};
        }
        return {std::move(part), {}, std::nullopt};
    }

    /// False for a type that is not known.
    [[nodiscard]] bool addRow(KeyPart& part, Cells& cells, std::optional<Milliseconds> fieldEnd)
    {
        switch (part.type) {
        case KeyType::String:
        case KeyType::List:
        case KeyType::Set:
            part.rows.push_back({std::move(cells[Value])});
            return true;
        case KeyType::Hash:
            if (fieldEnd) {
                part.fieldEnds.push_back({cells[Field], *fieldEnd});
            }
            part.rows.push_back({std::move(cells[Field]), std::move(cells[Value])});
            return true;
        case KeyType::SortedSet:
            part.rows.push_back({std::move(cells[Field]), std::move(cells[Value])});
            return true;
        case KeyType::Stream:
            addEntry(part, cells);
            return true;
        case KeyType::None:
        case KeyType::Json:
        case KeyType::Table:
        case KeyType::Other:
            break;
        }
        return false;
    }
    /// A line holds one field of an entry: several make one entry.
    void addEntry(KeyPart& part, Cells& cells)
    {
        if (cells[Id].empty()) {
            return; // an empty stream
        }
        part.rows.push_back({std::move(cells[Id]), std::move(cells[Field]), std::move(cells[Value])});
    }

    LineSource m_lines;
};

} // namespace

Result<std::unique_ptr<PartReader>> openCsvParts(const QString& path)
{
    auto parts = std::make_unique<CsvParts>(path);
    if (Status opened = parts->begin(); !opened) {
        return std::move(opened).error();
    }
    return std::unique_ptr<PartReader>(std::move(parts));
}

} // namespace keyglass
