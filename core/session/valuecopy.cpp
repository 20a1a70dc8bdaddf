// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/valuecopy.h"

#include "core/base/bytes.h"
#include "core/base/jsontext.h"
#include "core/console/commandwords.h"
#include "core/value/csvtext.h"
#include "core/value/formatters/hextext.h"
#include "core/value/formatters/jsontext.h"
#include "core/value/formatters/valueformat.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace keyglass {

namespace {

constexpr std::size_t elementsInLine = 100;
constexpr std::size_t bytesInLine = 256ULL * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("ValueCopy", text);
}

Error notLoaded()
{
    return {ErrorKind::Limit, {}, tr("Part of it is long and not loaded: open it first, or save it to a file")};
}

Error tooLarge()
{
    return {ErrorKind::Limit, {}, tr("Values are copied as a whole up to %1").arg(sizeText(largestCopy))};
}

std::string cellText(const std::string& bytes, CopyForm form)
{
    switch (form) {
    case CopyForm::Hex:
        return hexDigits(bytes);
    case CopyForm::Escaped:
        return escapeLine(bytes);
    case CopyForm::Json:
        return jsonOf(bytes);
    case CopyForm::Csv:
        return csvCell(bytes);
    case CopyForm::Text:
    case CopyForm::Command:
        break;
    }
    return bytes;
}

std::string joined(const ValueRow& row, CopyForm form)
{
    std::string line;
    for (std::size_t at = 0; at < row.size(); ++at) {
        line += (at == 0 ? "" : "\t") + cellText(row[at].bytes, form);
    }
    return line;
}

std::string lines(const CopiedValue& value, CopyForm form)
{
    std::string out;
    for (std::size_t at = 0; at < value.rows.size(); ++at) {
        out += (at == 0 ? "" : "\n") + joined(value.rows[at], form);
    }
    return out;
}

// --- JSON

std::string streamJson(const ValueRow& row)
{
    std::string fields;
    for (std::size_t at = 1; at + 1 < row.size(); at += 2) {
        fields += (at > 1 ? ", [" : "[") + jsonOf(row[at].bytes) + ", " + jsonOf(row[at + 1].bytes) + ']';
    }
    return "{\"id\": " + jsonOf(row[0].bytes) + ", \"fields\": [" + fields + "]}";
}

std::string rowJson(KeyType type, const ValueRow& row)
{
    switch (type) {
    case KeyType::Hash:
        return "{\"field\": " + jsonOf(row[0].bytes) + ", \"value\": " + jsonOf(row[1].bytes) + '}';
    case KeyType::SortedSet: // the score as the server writes it: inf is no JSON number, and 17 digits must stay 17
        return "{\"member\": " + jsonOf(row[0].bytes) + ", \"score\": " + jsonOf(row[1].bytes) + '}';
    case KeyType::Stream:
        return streamJson(row);
    default:
        return jsonOf(row[0].bytes);
    }
}

std::string jsonText(const CopiedValue& value)
{
    if (value.type == KeyType::Json && !value.rows.empty()) {
        return value.rows[0][0].bytes;
    }
    if (value.type == KeyType::String || value.type == KeyType::Other) {
        return value.rows.empty() ? "\"\"" : jsonOf(value.rows[0][0].bytes);
    }
    std::string out = "[";
    for (std::size_t at = 0; at < value.rows.size(); ++at) {
        out += (at == 0 ? "\n  " : ",\n  ") + rowJson(value.type, value.rows[at]);
    }
    return out + (value.rows.empty() ? "]" : "\n]");
}

// --- CSV

std::string csvHeader(const CopiedValue& value)
{
    const bool isNumbered = !value.numbers.empty();
    switch (value.type) {
    case KeyType::Hash:
        return "field,value";
    case KeyType::List:
        return isNumbered ? "index,value" : "value";
    case KeyType::Set:
        return "member";
    case KeyType::SortedSet:
        return isNumbered ? "rank,member,score" : "member,score";
    case KeyType::Stream:
        return "id,field,value";
    default:
        return "value";
    }
}

std::string csvEntry(const ValueRow& row)
{
    std::string out;
    for (std::size_t at = 1; at + 1 < row.size(); at += 2) {
        out += (at > 1 ? "\r\n" : "") + csvCell(row[0].bytes) + ',' + csvCell(row[at].bytes) + ','
            + csvCell(row[at + 1].bytes);
    }
    return out;
}

std::string csvText(const CopiedValue& value)
{
    std::string out = value.isWholeKey ? csvHeader(value) + "\r\n" : std::string();
    for (std::size_t at = 0; at < value.rows.size(); ++at) {
        out += at == 0 ? "" : "\r\n";
        if (value.type == KeyType::Stream) {
            out += csvEntry(value.rows[at]);
            continue;
        }
        std::string line = at < value.numbers.size() ? std::to_string(value.numbers[at]) + ',' : std::string();
        for (std::size_t cell = 0; cell < value.rows[at].size(); ++cell) {
            line += (cell == 0 ? "" : ",") + csvCell(value.rows[at][cell].bytes);
        }
        out += line;
    }
    return out;
}

// --- commands

/// Commands that take many elements, a line after some of them.
class CommandLines {
public:
    CommandLines(std::string_view command, const std::string& key)
        : m_start(std::string(command) + ' ' + quotedWord(key))
    {
    }
    void add(std::string_view words)
    {
        if (m_count == elementsInLine || m_line.size() > bytesInLine) {
            flush();
        }
        m_line += ' ';
        m_line += words;
        ++m_count;
    }
    std::string take()
    {
        flush();
        return std::move(m_out);
    }

private:
    void flush()
    {
        if (m_count > 0) {
            m_out += m_start + m_line + '\n';
        }
        m_line.clear();
        m_count = 0;
    }

    const std::string m_start;
    std::string m_line;
    std::size_t m_count = 0;
    std::string m_out;
};

std::string words(const ValueRow& row, std::size_t from)
{
    std::string out;
    for (std::size_t at = from; at < row.size(); ++at) {
        out += (at == from ? "" : " ") + quotedWord(row[at].bytes);
    }
    return out;
}

std::string entryLines(const CopiedValue& value)
{
    std::string out;
    for (const ValueRow& row : value.rows) {
        out += "XADD " + quotedWord(value.key) + ' ' + words(row, 0) + '\n';
    }
    if (value.isWholeKey && value.rows.empty()) { // a stream may be without entries: one comes and goes
        out = "XADD " + quotedWord(value.key) + " MAXLEN 0 * field value\n";
    }
    return out;
}

Result<std::string> elementLines(const CopiedValue& value)
{
    switch (value.type) {
    case KeyType::String:
        return "SET " + quotedWord(value.key) + ' ' + (value.rows.empty() ? quotedWord({}) : words(value.rows[0], 0))
            + '\n'; // an empty one has no slices
    case KeyType::Stream:
        return entryLines(value);
    case KeyType::Json:
        return "JSON.SET " + quotedWord(value.key) + " $ " + (value.rows.empty() ? "null" : words(value.rows[0], 0))
            + '\n';
    case KeyType::Other:
        if (value.isWholeKey && !value.rows.empty()) {
            return "RESTORE " + quotedWord(value.key) + " 0 " + words(value.rows[0], 0) + '\n';
        }
        break;
    case KeyType::Hash:
    case KeyType::List:
    case KeyType::Set:
    case KeyType::SortedSet:
        break;
    default:
        return Error{ErrorKind::Unsupported, {}, tr("There is no command that makes a value of this type")};
    }
    const bool isSorted = value.type == KeyType::SortedSet;
    CommandLines commands(isSorted        ? "ZADD"
            : value.type == KeyType::Hash ? "HSET"
            : value.type == KeyType::List ? "RPUSH"
                                          : "SADD",
        value.key);
    for (const ValueRow& row : value.rows) {
        commands.add(isSorted ? quotedWord(row[1].bytes) + ' ' + quotedWord(row[0].bytes) : words(row, 0));
    }
    return commands.take();
}

/// Fields that end at the same time share a line, a hundred at most.
std::string fieldEndLines(const CopiedValue& value)
{
    std::map<std::int64_t, std::vector<std::string>> byEnd;
    for (std::size_t at = 0; at < std::min(value.fieldEnds.size(), value.rows.size()); ++at) {
        if (const auto& end = value.fieldEnds[at]) {
            byEnd[end->at.time_since_epoch().count()].push_back(quotedWord(value.rows[at][0].bytes));
        }
    }
    std::string out;
    for (const auto& [end, fields] : byEnd) {
        for (std::size_t from = 0; from < fields.size(); from += elementsInLine) {
            const std::size_t count = std::min(elementsInLine, fields.size() - from);
            out +=
                "HPEXPIREAT " + quotedWord(value.key) + ' ' + std::to_string(end) + " FIELDS " + std::to_string(count);
            for (std::size_t at = from; at < from + count; ++at) {
                out += ' ' + fields[at];
            }
            out += '\n';
        }
    }
    return out;
}

Result<std::string> commandText(const CopiedValue& value)
{
    auto out = elementLines(value);
    if (out) {
        *out += fieldEndLines(value);
    }
    if (out && value.isWholeKey && value.expiresAt) {
        const auto since = value.expiresAt->time_since_epoch();
        *out += "PEXPIREAT " + quotedWord(value.key) + ' '
            + std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(since).count()) + '\n';
    }
    return out;
}

Status isCopyable(const CopiedValue& value)
{
    std::uint64_t size = 0;
    for (const ValueRow& row : value.rows) {
        for (const ValueCell& cell : row) {
            if (!cell.isWhole()) {
                return notLoaded();
            }
            size += cell.bytes.size();
        }
    }
    return size > largestCopy.value ? Status(tooLarge()) : ok();
}

} // namespace

Result<std::string> copyText(const CopiedValue& value, CopyForm form)
{
    if (Status copyable = isCopyable(value); !copyable) {
        return std::move(copyable).error().about(displayText(value.key));
    }
    switch (form) {
    case CopyForm::Command:
        if (auto commands = commandText(value); commands) {
            return commands;
        } else {
            return std::move(commands).error().about(displayText(value.key));
        }
    case CopyForm::Json:
        return jsonText(value);
    case CopyForm::Csv:
        return csvText(value);
    case CopyForm::Text:
    case CopyForm::Hex:
    case CopyForm::Escaped:
        break;
    }
    return lines(value, form);
}

Result<std::string> copyCellText(const ValueCell& cell, CopyForm form)
{
    const QString subject = tr("The selected cell");
    if (!cell.isWhole()) {
        return notLoaded().about(subject);
    }
    if (cell.bytes.size() > largestCopy.value) {
        return tooLarge().about(subject);
    }
    const bool isJson = form == CopyForm::Json && detectFormat(cell.bytes) == ValueFormat::Json
        && prettyJson(cell.bytes).outcome == JsonText::Outcome::Whole;
    return isJson ? cell.bytes : cellText(cell.bytes, form);
}

} // namespace keyglass
