// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/valuewriter.h"

#include "app/cli/output.h"
#include "app/cli/wholecharacters.h"
#include "core/value/csvtext.h"
#include "core/value/formatters/datajson.h"

#include <QByteArray>

#include <utility>

namespace keyglass::cli {

namespace {

/// On one line: JSON without its layout.
std::string flat(const ShownCell& cell)
{
    return cell.value.kind == DecodedValue::Kind::Json ? compactJson(cell.value.content) : cell.value.content;
}

/// A string, what modules hold, or one field of a hash: bytes without anything around them.
bool isSingle(const ValueRequest& request, KeyType type)
{
    const bool isOfModule = type == KeyType::Json || type == KeyType::Other;
    return type == KeyType::String || isOfModule || request.field.has_value();
}

/// One row a line, its cells escaped and divided by tabs.
class LinesWriter final : public ValueWriter {
public:
    LinesWriter(const ValueRequest& request, bool keepsBytes)
        : m_request(request)
        , m_keepsBytes(keepsBytes)
    {
    }
    bool begin(const ValueHead& head) override
    {
        m_isSingle = isSingle(m_request, head.type);
        return true;
    }
    bool row(const ShownRow& row) override
    {
        if (!row.failure.isEmpty()) {
            return true;
        }
        if (m_isSingle && m_keepsBytes) {
            return writeOut(row.cells.back().value.content);
        }
        if (m_isSingle) { // the slices of a string are one line
            m_hasLine = true;
            return writeOut(escapeLine(m_characters.take(flat(row.cells.back()))));
        }
        std::string line;
        for (std::size_t at = 0; at < row.cells.size(); ++at) {
            line += (at == 0 ? "" : "\t") + escapeLine(flat(row.cells[at]));
        }
        return writeOut(line + '\n');
    }
    bool end(const QString&) override { return !m_hasLine || writeOut(escapeLine(m_characters.rest()) + '\n'); }

private:
    const ValueRequest& m_request;
    const bool m_keepsBytes; ///< Raw: a string's bytes come as they are.
    bool m_isSingle = false;
    bool m_hasLine = false;
    WholeCharacters m_characters;
};

/// RFC 4180 with a header; what is no UTF-8 is escaped as in lines.
class CsvWriter final : public ValueWriter {
public:
    explicit CsvWriter(const ValueRequest& request)
        : m_request(request)
    {
    }
    void expectLong(LongString kind) override { m_long = kind; }
    bool begin(const ValueHead& head) override
    {
        m_type = head.type;
        return writeOut(header() + "\r\n" + (m_long ? "\"" : ""));
    }
    bool row(const ShownRow& row) override
    {
        if (!row.failure.isEmpty()) {
            return true;
        }
        if (m_long) {
            return writeOut(quotable(m_characters.take(row.cells.front().value.content)));
        }
        if (isWhole()) { // the slices of a string are one cell
            m_string += flat(row.cells.front());
            return true;
        }
        if (m_type == KeyType::Stream) {
            return writeEntry(row);
        }
        const bool isNumbered = m_type == KeyType::List || (m_type == KeyType::SortedSet && m_request.match.empty());
        std::string line = isNumbered ? std::to_string(row.number) : std::string();
        for (const ShownCell& cell : row.cells) {
            line += (line.empty() && &cell == row.cells.data() ? "" : ",") + csvCell(flat(cell));
        }
        return writeOut(line + "\r\n");
    }
    bool end(const QString&) override
    {
        if (m_long) {
            return writeOut(quotable(m_characters.rest()) + "\"\r\n");
        }
        return !isWhole() || writeOut(csvCell(m_string) + "\r\n");
    }

private:
    /// A piece of a cell that stands in quotes.
    [[nodiscard]] std::string quotable(std::string_view piece) const
    {
        const std::string escaped = m_long == LongString::Bytes ? escapeLine(piece) : std::string(piece);
        std::string out;
        out.reserve(escaped.size());
        for (const char c : escaped) {
            out.append(c == '"' ? 2 : 1, c);
        }
        return out;
    }
    [[nodiscard]] bool isWhole() const { return !m_request.field && isSingle(m_request, m_type); }
    [[nodiscard]] std::string header() const
    {
        switch (m_type) {
        case KeyType::Hash:
            return "field,value";
        case KeyType::List:
            return "index,value";
        case KeyType::Set:
            return "member";
        case KeyType::SortedSet:
            return m_request.match.empty() ? "rank,member,score" : "member,score";
        case KeyType::Stream:
            return "id,field,value";
        default:
            return "value";
        }
    }
    static bool writeEntry(const ShownRow& row)
    {
        std::string lines;
        const std::string id = flat(row.cells.front());
        for (std::size_t at = 1; at + 1 < row.cells.size(); at += 2) {
            lines += id + ',' + csvCell(flat(row.cells[at])) + ',' + csvCell(flat(row.cells[at + 1])) + "\r\n";
        }
        return writeOut(lines);
    }

    const ValueRequest& m_request;
    KeyType m_type = KeyType::None;
    std::optional<LongString> m_long;
    WholeCharacters m_characters;
    std::string m_string;
};

std::string optionalNumber(const std::optional<std::uint64_t>& number)
{
    return number ? std::to_string(*number) : "null";
}

std::string base64Of(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
}

std::string jsonText(const QString& text)
{
    return jsonOf(text.toStdString());
}

/// {"key", "type", "ttl_ms", "length", "encoding", "memory_bytes", "idle_time_reset", "value"}; ttl_ms is null for a
/// key that does not expire, and idle_time_reset tells that reading it counted as a use of it. "field" and "decoded"
/// where they were asked for; a hash's fields that end by themselves have a "ttl_ms" too, and one that was asked for a
/// "field_ttl_ms". What could not be read stands in "incomplete", and an element of that has an "error" and its "size"
/// in place of its value.
class JsonWriter final : public ValueWriter {
public:
    explicit JsonWriter(const ValueRequest& request)
        : m_request(request)
    {
    }
    void expectLong(LongString kind) override { m_long = kind; }
    bool begin(const ValueHead& head) override
    {
        m_type = head.type;
        m_isSingle = isSingle(m_request, m_type);
        std::string text = "{\n  \"key\": " + jsonOf(head.key) + ",\n  \"type\": " + jsonOf(head.typeName);
        text += ",\n  \"ttl_ms\": " + (head.ttl ? std::to_string(head.ttl->count()) : "null");
        text += ",\n  \"length\": " + optionalNumber(head.length);
        text += ",\n  \"encoding\": " + (head.encoding ? jsonOf(*head.encoding) : "null");
        text += ",\n  \"memory_bytes\": " + (head.memory ? std::to_string(head.memory->value) : "null");
        text += std::string(",\n  \"idle_time_reset\": ") + (m_request.resetsIdle ? "true" : "false");
        text += m_request.field ? ",\n  \"field\": " + jsonOf(*m_request.field) : "";
        if (m_long) {
            return writeOut(text + ",\n  \"value\": " + (m_long == LongString::Text ? "\"" : "{\"base64\": \""));
        }
        return writeOut(text + (m_isSingle ? "" : ",\n  \"value\": ["));
    }
    bool row(const ShownRow& row) override
    {
        if (m_long) {
            return writeOut(longPiece(row.cells.back().value.content));
        }
        if (m_isSingle) { // a string's slices are one JSON string, which is written at the end
            m_single.value.kind = row.cells.back().value.kind;
            m_single.value.content += row.cells.back().value.content;
            m_single.decoders = row.cells.back().decoders;
            m_fieldLeft = row.left;
            return true;
        }
        return writeOut((std::exchange(m_first, false) ? "\n    " : ",\n    ") + rowText(row));
    }
    bool end(const QString& incomplete) override
    {
        const std::string last = incomplete.isEmpty() ? "" : ",\n  \"incomplete\": " + jsonText(incomplete);
        if (m_long) {
            return writeOut(longRest() + last + "\n}\n");
        }
        if (!m_isSingle) {
            return writeOut("\n  ]" + last + "\n}\n");
        }
        const std::string left = m_fieldLeft ? ",\n  \"field_ttl_ms\": " + std::to_string(m_fieldLeft->count()) : "";
        return writeOut(left + (m_single.decoders ? ",\n  \"decoded\": " + jsonOf(*m_single.decoders) : "")
            + ",\n  \"value\": " + valueText(m_single) + last + "\n}\n");
    }

private:
    /// The next characters of a JSON string, or three bytes of base64 each: what does not fill them comes later.
    std::string longPiece(std::string_view slice)
    {
        if (m_long == LongString::Text) {
            const std::string quoted = jsonOf(m_characters.take(slice));
            return quoted.substr(1, quoted.size() - 2);
        }
        m_bytes += slice;
        const std::string rest = m_bytes.substr(m_bytes.size() - m_bytes.size() % 3);
        m_bytes.resize(m_bytes.size() - rest.size());
        return base64Of(std::exchange(m_bytes, rest));
    }
    /// A character that was broken off is left out: what is read is no text any more, which `incomplete` says.
    std::string longRest() { return m_long == LongString::Text ? "\"" : base64Of(m_bytes) + "\"}"; }

    static std::string valueText(const ShownCell& cell)
    {
        return cell.value.kind == DecodedValue::Kind::Json ? cell.value.content : jsonOf(cell.value.content);
    }
    /// What a guess took the value for; nothing where the user said it.
    [[nodiscard]] std::string guessText(const ShownCell& cell) const
    {
        const bool isGuess = m_request.decoding == ValueRequest::Decoding::Auto && cell.decoders;
        return isGuess ? ", \"decoded\": " + jsonOf(*cell.decoders) : std::string();
    }

    [[nodiscard]] std::string rowText(const ShownRow& row) const
    {
        const std::vector<ShownCell>& cells = row.cells;
        const std::string size = row.size ? ", \"size\": " + std::to_string(*row.size) : "";
        const std::string error = row.failure.isEmpty() ? "" : ", \"error\": " + jsonText(row.failure) + size;
        const bool isNumbered = m_type == KeyType::List || m_type == KeyType::SortedSet;
        if (row.isPlaceholder && isNumbered) {
            return "{\"index\": " + std::to_string(row.number) + error + '}';
        }
        switch (m_type) {
        case KeyType::Hash:
            return "{\"field\": " + valueText(cells[0])
                + (error.empty() ? ", \"value\": " + valueText(cells[1]) + guessText(cells[1]) : error)
                + (row.left ? ", \"ttl_ms\": " + std::to_string(row.left->count()) : "") + '}';
        case KeyType::SortedSet:
            // The score as the server writes it: inf and nan are no JSON numbers, and 17 digits must stay 17.
            return (error.empty() ? "{\"member\": " + valueText(cells[0]) + guessText(cells[0]) : "{" + error.substr(2))
                + ", \"score\": " + valueText(cells[1]) + '}';
        case KeyType::Stream:
            return error.empty() ? streamText(cells) : "{\"id\": " + valueText(cells[0]) + error + '}';
        default:
            break;
        }
        if (!error.empty()) {
            return '{' + error.substr(2) + '}';
        }
        const std::string guess = guessText(cells[0]);
        return guess.empty() ? valueText(cells[0]) : "{\"value\": " + valueText(cells[0]) + guess + '}';
    }
    [[nodiscard]] std::string streamText(const std::vector<ShownCell>& cells) const
    {
        std::string fields;
        for (std::size_t at = 1; at + 1 < cells.size(); at += 2) {
            const std::string guess = guessText(cells[at + 1]);
            fields += (at > 1 ? ", [" : "[") + valueText(cells[at]) + ", " + valueText(cells[at + 1])
                + (guess.empty() ? "" : ", " + jsonOf(*cells[at + 1].decoders)) + ']';
        }
        return "{\"id\": " + valueText(cells[0]) + ", \"fields\": [" + fields + "]}";
    }

    const ValueRequest& m_request;
    KeyType m_type = KeyType::None;
    bool m_isSingle = false;
    bool m_first = true;
    ShownCell m_single;
    std::optional<Milliseconds> m_fieldLeft; ///< Of the one field that was asked for.
    std::optional<LongString> m_long;
    WholeCharacters m_characters; ///< Of a long string that is text.
    std::string m_bytes;          ///< Of one that is none: up to two that are not written yet.
};

} // namespace

std::unique_ptr<ValueWriter> valueWriter(const ValueRequest& request)
{
    switch (request.format) {
    case ValueRequest::Format::Raw:
        return std::make_unique<LinesWriter>(request, true);
    case ValueRequest::Format::Lines:
        return std::make_unique<LinesWriter>(request, false);
    case ValueRequest::Format::Csv:
        return std::make_unique<CsvWriter>(request);
    case ValueRequest::Format::Json:
        break;
    }
    return std::make_unique<JsonWriter>(request);
}

} // namespace keyglass::cli
