// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"
#include "core/transfer/csvrecords.h"
#include "core/transfer/gatheredparts.h"
#include "core/transfer/parttext.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace keyglass {

namespace {

enum Column { Key, Type, ExpireAt, Id, Field, Value, FieldExpireAt, ColumnCount };
using Cells = std::array<std::string, ColumnCount>;

/// What spreadsheets write, by the language of their user.
constexpr std::string_view separators = ",;\t";

bool isHead(std::string_view record, char separator)
{
    const auto names = csvCells(record, separator);
    return names && names == csvCells(csvColumns, ',');
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
        , m_records(path)
    {
    }

    [[nodiscard]] Status begin()
    {
        if (Status opened = m_records.open(); !opened) {
            return opened;
        }
        auto head = m_records.next();
        if (!head) {
            return std::move(head).error();
        }
        m_line = 1;
        for (const char separator : separators) {
            if (*head && isHead((*head)->text, separator)) {
                m_separator = separator;
                m_records.setSeparator(separator);
                return ok();
            }
        }
        return Error{ErrorKind::Input, lineSubject(m_records.path(), 1),
            TransferText::tr("The columns have to be %1").arg(QString::fromLatin1(csvColumns.data()))};
    }
    [[nodiscard]] std::uint64_t line() const override { return m_line; }
    [[nodiscard]] bool mayBeCut() const override { return m_records.endsWithin(); }

protected:
    [[nodiscard]] Result<std::optional<Piece>> nextPiece() override
    {
        auto record = m_records.next();
        if (!record) {
            return std::move(record).error();
        }
        if (!*record) {
            return std::optional<Piece>();
        }
        m_line = (*record)->line;
        if (!(*record)->problem.isEmpty()) {
            return std::optional(Piece{std::nullopt, (*record)->problem, std::nullopt});
        }
        return std::optional((*record)->text.empty() ? Piece{} : pieceOf((*record)->text));
    }
    [[nodiscard]] QString subject() const override { return lineSubject(m_records.path(), m_line); }

private:
    [[nodiscard]] Piece pieceOf(std::string_view record)
    {
        auto found = csvCells(record, m_separator);
        if (!found || found->size() != ColumnCount) {
            return {std::nullopt, TransferText::tr("It has not got the seven cells of a line"), std::nullopt};
        }
        Cells cells;
        std::ranges::move(*found, cells.begin());
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

    CsvRecords m_records;
    std::uint64_t m_line = 0; ///< On which the last record begins.
    char m_separator = ',';
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
