// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/bytes.h"
#include "core/value/valuepage.h"

#include <QCoreApplication>

#include <array>
#include <unordered_set>
#include <utility>

namespace keyglass::cli {

namespace {

/// How the rows of a type are written: what stands around them and how one looks.
class RowWriter {
public:
    virtual ~RowWriter() = default;
    /// False once stdout takes no more.
    virtual bool begin(const ValueHead& head) = 0;
    virtual bool row(const ValueRow& cells) = 0;
    virtual bool end() = 0;
};

/// A string's bytes as they are; of everything else one row a line, its cells escaped and divided by tabs.
class RawWriter final : public RowWriter {
public:
    bool begin(const ValueHead& head) override
    {
        m_type = head.type;
        return true;
    }
    bool row(const ValueRow& cells) override
    {
        if (m_type == KeyType::String) {
            return writeOut(cells.front().bytes);
        }
        std::string line;
        for (const ValueCell& cell : cells) {
            line += (line.empty() ? "" : "\t") + escapeLine(cell.bytes);
        }
        return writeOut(line + '\n');
    }
    bool end() override { return true; }

private:
    KeyType m_type = KeyType::None;
};

std::string optionalNumber(const std::optional<std::uint64_t>& number)
{
    return number ? std::to_string(*number) : "null";
}

/// {"key", "type", "ttl_ms", "length", "encoding", "memory_bytes", "value"}; ttl_ms is null for a key that does not
/// expire.
class JsonWriter final : public RowWriter {
public:
    bool begin(const ValueHead& head) override
    {
        m_type = head.type;
        std::string text = "{\n  \"key\": " + jsonOf(head.key) + ",\n  \"type\": " + jsonOf(head.typeName);
        text += ",\n  \"ttl_ms\": " + (head.ttl ? std::to_string(head.ttl->count()) : "null");
        text += ",\n  \"length\": " + optionalNumber(head.length);
        text += ",\n  \"encoding\": " + (head.encoding ? jsonOf(*head.encoding) : "null");
        text += ",\n  \"memory_bytes\": " + (head.memory ? std::to_string(head.memory->value) : "null");
        return writeOut(text + ",\n  \"value\": " + (m_type == KeyType::String ? "" : "["));
    }
    bool row(const ValueRow& cells) override
    {
        if (m_type == KeyType::String) { // its slices are one JSON string, which is written at the end
            m_string += cells.front().bytes;
            return true;
        }
        return writeOut((std::exchange(m_first, false) ? "\n    " : ",\n    ") + rowText(cells));
    }
    bool end() override
    {
        return writeOut((m_type == KeyType::String ? jsonOf(m_string) : std::string("\n  ]")) + "\n}\n");
    }

private:
    [[nodiscard]] std::string rowText(const ValueRow& cells) const
    {
        switch (m_type) {
        case KeyType::Hash:
            return "{\"field\": " + jsonOf(cells[0].bytes) + ", \"value\": " + jsonOf(cells[1].bytes) + '}';
        case KeyType::SortedSet:
            // The score as the server writes it: inf and nan are no JSON numbers, and 17 digits must stay 17.
            return "{\"member\": " + jsonOf(cells[0].bytes) + ", \"score\": " + jsonOf(cells[1].bytes) + '}';
        case KeyType::Stream:
            return streamText(cells);
        default:
            return jsonOf(cells[0].bytes);
        }
    }
    [[nodiscard]] static std::string streamText(const ValueRow& cells)
    {
        std::string fields;
        for (std::size_t at = 1; at + 1 < cells.size(); at += 2) {
            fields += (at > 1 ? ", [" : "[") + jsonOf(cells[at].bytes) + ", " + jsonOf(cells[at + 1].bytes) + ']';
        }
        return "{\"id\": " + jsonOf(cells[0].bytes) + ", \"fields\": [" + fields + "]}";
    }

    KeyType m_type = KeyType::None;
    bool m_first = true;
    std::string m_string;
};

Error gapError(const std::string& key)
{
    return Error{ErrorKind::Limit, displayText(key),
        QCoreApplication::translate("cli", "Some elements are larger than one reply may be and were left out")};
}

/// Reads what a page left out because of its size.
Status fillIn(
    Lane& lane, const std::string& key, const ValuePage& page, std::size_t rowAt, ValueRow& row, std::stop_token stop)
{
    for (std::size_t at = 0; at < row.size(); ++at) {
        if (row[at].isWhole()) {
            continue;
        }
        ValueSliceRequest request;
        request.key = key;
        request.type = page.type;
        request.name = row.front().bytes;
        request.index = page.type == KeyType::Stream ? at : page.firstIndex + rowAt;
        auto bytes = fetchValueSlice(lane, request, stop);
        if (!bytes) {
            return std::move(bytes).error();
        }
        row[at] = ValueCell(*std::move(bytes));
    }
    return ok();
}

Error outputClosed()
{
    return Error{ErrorKind::File, QStringLiteral("stdout"), QCoreApplication::translate("cli", "It was closed")};
}

/// Knows which fields or members were written already: HSCAN and SSCAN may bring one twice.
class Repeats {
public:
    explicit Repeats(KeyType type)
        : m_possible(type == KeyType::Hash || type == KeyType::Set)
    {
    }
    bool isRepeat(const ValueRow& row) { return m_possible && !m_seen.insert(row.front().bytes).second; }

private:
    const bool m_possible;
    std::unordered_set<std::string> m_seen;
};

/// Reads the whole value page by page and hands on each row. The Status of a value read with gaps is Limit.
Status writeValue(Lane& lane, const std::string& key, RowWriter& writer, std::stop_token stop)
{
    const auto head = fetchValueHead(lane, key, stop);
    if (!head) {
        return head.error();
    }
    bool hasGaps = false;
    ValuePageRequest request;
    request.key = key;
    request.type = head->type;
    auto page = fetchValuePage(lane, request, stop);
    if (!page) {
        return std::move(page).error();
    }
    if (!writer.begin(*head)) {
        return outputClosed();
    }
    Repeats repeats(head->type);
    while (true) {
        hasGaps = hasGaps || page->hasGaps;
        for (std::size_t at = 0; at < page->rows.size(); ++at) {
            if (Status filled = fillIn(lane, key, *page, at, page->rows[at], stop); !filled) {
                return filled;
            }
            if (!repeats.isRepeat(page->rows[at]) && !writer.row(page->rows[at])) {
                return outputClosed();
            }
        }
        if (page->complete) {
            break;
        }
        request.from = page->next;
        page = fetchValuePage(lane, request, stop);
        if (!page) {
            return std::move(page).error();
        }
    }
    if (!writer.end()) {
        return outputClosed();
    }
    return hasGaps ? Status(gapError(key)) : ok();
}

} // namespace

int runValue(std::span<char* const> words)
{
    std::vector<OptionSpec> known = targetOptions();
    known.push_back(OptionSpec{"--format"});
    const auto options = Options::parse(words, known);
    if (!options) {
        return tell(options.error());
    }
    const auto format = options->choice("--format", {"json", "raw"}, 0);
    if (!format) {
        return tell(format.error());
    }
    if (options->rest().size() != 1) {
        return tell(Error{ErrorKind::Input, QStringLiteral("keyglass value"),
            QCoreApplication::translate("cli", "It takes one key, written as \"keyglass keys\" writes it")});
    }
    const auto key = unescapeLine(options->rest().front());
    if (!key) {
        return tell(key.error());
    }
    const Interruption interruption;
    const auto target = openTarget(*options, interruption.token());
    if (!target) {
        return tell(target.error());
    }
    JsonWriter json;
    RawWriter raw;
    const Status written =
        writeValue(*target->lane(), *key, *format == 0 ? static_cast<RowWriter&>(json) : raw, interruption.token());
    if (written) {
        return Done;
    }
    tell(written.error());
    return written.error().kind == ErrorKind::Limit ? DoneInPart : Failed;
}

} // namespace keyglass::cli
