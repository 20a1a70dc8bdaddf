// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/parttext.h"

#include "core/base/bytes.h"
#include "core/base/jsontext.h"
#include "core/console/commandwords.h"
#include "core/transfer/partcommands.h"
#include "core/value/csvtext.h"

#include <QByteArray>

#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace keyglass {

namespace {

/// As jsonOf(); what begins with a byte order mark is not left to readers, which may take it away.
std::string jsonBytes(std::string_view bytes)
{
    if (!bytes.starts_with("\xEF\xBB\xBF")) {
        return jsonOf(bytes);
    }
    const auto base64 = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64();
    return "{\"base64\": \"" + base64.toStdString() + "\"}";
}

template <typename List, typename Item> std::string jsonList(const List& list, const Item& item)
{
    std::string text = "[";
    for (const auto& each : list) {
        text += (text.size() > 1 ? ", " : "") + item(each);
    }
    return text + ']';
}

std::string cellsJson(const KeyPart::Row& row)
{
    return jsonList(row, jsonBytes);
}

using FieldEnds = std::unordered_map<std::string_view, Milliseconds>;

FieldEnds endsOf(const KeyPart& part)
{
    FieldEnds ends;
    for (const FieldEndPart& end : part.fieldEnds) {
        ends.emplace(end.field, end.at);
    }
    return ends;
}

std::optional<Milliseconds> endOf(const FieldEnds& ends, const std::string& field)
{
    const auto found = ends.find(field);
    return found == ends.end() ? std::nullopt : std::optional(found->second);
}

std::string fieldsJson(const KeyPart& part)
{
    const FieldEnds ends = endsOf(part);
    return jsonList(part.rows, [&ends](const KeyPart::Row& row) {
        const auto end = endOf(ends, row[0]);
        return '[' + jsonBytes(row[0]) + ", " + jsonBytes(row[1]) + (end ? ", " + std::to_string(end->count()) : "")
            + ']';
    });
}

std::string entryJson(const KeyPart::Row& row)
{
    std::string text = "[" + jsonBytes(row[0]) + ", [";
    for (std::size_t at = 1; at < row.size(); ++at) {
        text += (at > 1 ? ", " : "") + jsonBytes(row[at]);
    }
    return text + "]]";
}

std::string groupJson(const GroupPart& group)
{
    std::string text =
        "{\"name\": " + jsonBytes(group.name) + ", \"last_delivered_id\": " + jsonBytes(group.lastDelivered);
    if (group.entriesRead) {
        text += ", \"entries_read\": " + std::to_string(*group.entriesRead);
    }
    text += ", \"consumers\": " + jsonList(group.consumers, jsonBytes);
    text += ", \"pending\": " + jsonList(group.pending, [](const PendingPart& one) {
        return '[' + jsonBytes(one.id) + ", " + jsonBytes(one.consumer) + ", " + std::to_string(one.deliveredAt.count())
            + ", " + std::to_string(one.deliveries) + ']';
    });
    return text + '}';
}

std::string streamJson(const StreamPart& stream)
{
    std::string text = ", \"last_id\": " + jsonBytes(stream.lastId);
    if (stream.entriesAdded) {
        text += ", \"entries_added\": " + std::to_string(*stream.entriesAdded);
    }
    if (!stream.maxDeletedId.empty()) {
        text += ", \"max_deleted_id\": " + jsonBytes(stream.maxDeletedId);
    }
    return text + ", \"groups\": " + jsonList(stream.groups, groupJson);
}

std::string contentJson(const KeyPart& part)
{
    const auto first = [](const KeyPart::Row& row) { return jsonBytes(row[0]); };
    switch (part.type) {
    case KeyType::String: {
        std::string bytes;
        for (const KeyPart::Row& row : part.rows) {
            bytes += row[0];
        }
        return "\"value\": " + jsonBytes(bytes);
    }
    case KeyType::Hash:
        return "\"fields\": " + fieldsJson(part);
    case KeyType::List:
        return "\"elements\": " + jsonList(part.rows, first);
    case KeyType::Set:
        return "\"members\": " + jsonList(part.rows, first);
    case KeyType::SortedSet: // scores as texts: inf is no number of JSON, and 17 digits stay 17
        return "\"members\": " + jsonList(part.rows, cellsJson);
    case KeyType::Stream:
        return "\"entries\": " + jsonList(part.rows, entryJson) + (part.stream ? streamJson(*part.stream) : "");
    case KeyType::None:
    case KeyType::Json:
    case KeyType::Table:
    case KeyType::Other:
        break;
    }
    return "\"value\": null";
}

std::string jsonLine(const KeyPart& part)
{
    std::string line =
        "{\"key\": " + jsonBytes(part.key) + ", \"type\": \"" + std::string(keyTypeName(part.type)) + "\", ";
    if (part.expireAt) {
        line += "\"expire_at_ms\": " + std::to_string(part.expireAt->count()) + ", ";
    }
    line += part.isFirst ? "" : "\"continues\": true, ";
    line += part.isLast ? "" : "\"more\": true, ";
    return line + contentJson(part) + "}\n";
}

/// The cells of one line of CSV.
struct CsvCells {
    std::string_view id{};
    std::string_view field{};
    std::string_view value{};
    std::optional<Milliseconds> fieldEnd{};
};

std::string csvEscaped(std::string_view bytes)
{
    return bytes.empty() ? std::string() : csvCell(escapeLine(bytes));
}

class CsvLines {
public:
    explicit CsvLines(const KeyPart& part)
        : m_start(csvCell(escapeLine(part.key)) + ',' + std::string(keyTypeName(part.type)) + ','
              + (part.expireAt ? std::to_string(part.expireAt->count()) : std::string()) + ',')
    {
    }
    void add(const CsvCells& cells)
    {
        m_text += m_start + csvEscaped(cells.id) + ',' + csvEscaped(cells.field) + ',' + csvEscaped(cells.value) + ','
            + (cells.fieldEnd ? std::to_string(cells.fieldEnd->count()) : std::string()) + "\r\n";
    }
    std::string take() { return std::move(m_text); }

private:
    const std::string m_start;
    std::string m_text;
};

std::string csvText(const KeyPart& part)
{
    CsvLines lines(part);
    const FieldEnds ends = endsOf(part);
    for (const KeyPart::Row& row : part.rows) {
        if (part.type == KeyType::Stream) {
            for (std::size_t cell = 1; cell + 1 < row.size(); cell += 2) {
                lines.add({row[0], row[cell], row[cell + 1]});
            }
        } else if (row.size() > 1) {
            lines.add({{}, row[0], row[1], endOf(ends, row[0])});
        } else {
            lines.add({{}, {}, row[0]});
        }
    }
    if (part.isWhole() && part.rows.empty()) {
        lines.add({});
    }
    return lines.take();
}

std::string commandLines(const KeyPart& part, const std::function<std::string(const Command&)>& text)
{
    std::vector<Command> commands = makingCommands(part, part.key);
    if (part.isLast && part.expireAt) {
        commands.push_back(endCommand(part.key, *part.expireAt));
    }
    std::string lines;
    for (const Command& command : commands) {
        lines += text(command);
    }
    return lines;
}

std::string commandLine(const Command& command)
{
    std::string line;
    for (const std::string& word : command.arguments()) {
        line += (line.empty() ? "" : " ") + quotedWord(word);
    }
    return line + '\n';
}

std::string respText(const Command& command)
{
    std::string text;
    command.encodeTo(text);
    return text;
}

} // namespace

std::string partText(const KeyPart& part, TransferFormat format)
{
    switch (format) {
    case TransferFormat::JsonLines:
        return jsonLine(part);
    case TransferFormat::Csv:
        return csvText(part);
    case TransferFormat::Commands:
        return commandLines(part, commandLine);
    case TransferFormat::Resp:
        return commandLines(part, respText);
    case TransferFormat::Archive:
        break;
    }
    return {};
}

std::string headText(TransferFormat format)
{
    return format == TransferFormat::Csv ? std::string(csvColumns) + "\r\n" : std::string();
}

} // namespace keyglass
