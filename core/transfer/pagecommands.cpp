// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/pagecommands.h"

#include "core/value/streamid.h"

#include <utility>

namespace keyglass {

namespace {

bool takeFlat(std::vector<Reply>& cells, std::size_t columns, KeyPart& part)
{
    if (cells.size() % columns != 0) {
        return false;
    }
    part.rows.reserve(part.rows.size() + cells.size() / columns);
    for (std::size_t at = 0; at < cells.size(); at += columns) {
        KeyPart::Row row;
        row.reserve(columns);
        for (std::size_t cell = 0; cell < columns; ++cell) {
            row.push_back(std::move(cells[at + cell].text));
        }
        part.rows.push_back(std::move(row));
    }
    return true;
}

bool takeEntries(std::vector<Reply>& entries, KeyPart& part)
{
    for (Reply& entry : entries) {
        if (entry.elements.size() != 2 || !entry.elements[1].isArray()) {
            return false;
        }
        KeyPart::Row row{std::move(entry.elements[0].text)};
        for (Reply& cell : entry.elements[1].elements) {
            row.push_back(std::move(cell.text));
        }
        part.rows.push_back(std::move(row));
    }
    return true;
}

} // namespace

std::optional<PagedType> pagedType(KeyType type)
{
    switch (type) {
    case KeyType::String:
        return PagedType{"STRLEN", "GET", 1, false};
    case KeyType::Hash:
        return PagedType{"HLEN", "HGETALL", 2, true};
    case KeyType::List:
        return PagedType{"LLEN", "LRANGE", 1, false};
    case KeyType::Set:
        return PagedType{"SCARD", "SMEMBERS", 1, true};
    case KeyType::SortedSet:
        return PagedType{"ZCARD", "ZRANGE", 2, true};
    case KeyType::Stream:
        return PagedType{"XLEN", "XRANGE", 0, false};
    case KeyType::None:
    case KeyType::Json:
    case KeyType::Table:
    case KeyType::Other:
        break;
    }
    return std::nullopt;
}

Command wholeCommand(KeyType type, std::string_view key)
{
    Command command{pagedType(type).value_or(PagedType{"", "TYPE", 1, false}).whole, key};
    if (type == KeyType::List || type == KeyType::SortedSet) {
        command.add("0").add("-1");
    }
    if (type == KeyType::SortedSet) {
        command.add("WITHSCORES");
    }
    if (type == KeyType::Stream) {
        command.add("-").add("+");
    }
    return command;
}

Command lengthCommand(KeyType type, std::string_view key)
{
    return Command{pagedType(type).value_or(PagedType{"EXISTS", "", 1, false}).length, key};
}

Command pageCommand(KeyType type, std::string_view key, const PagePlace& place, std::uint64_t count)
{
    const auto first = static_cast<std::int64_t>(place.offset);
    const auto many = static_cast<std::int64_t>(count);
    switch (type) {
    case KeyType::String:
        return Command{"GETRANGE", key}.add(first).add(first + many - 1);
    case KeyType::List:
        return Command{"LRANGE", key}.add(first).add(first + many - 1);
    case KeyType::Hash:
        return Command{"HSCAN", key, place.cursor, "COUNT"}.add(many);
    case KeyType::Set:
        return Command{"SSCAN", key, place.cursor, "COUNT"}.add(many);
    case KeyType::SortedSet:
        return Command{"ZSCAN", key, place.cursor, "COUNT"}.add(many);
    case KeyType::Stream: {
        const auto last = StreamId::parse(place.lastId);
        return Command{"XRANGE", key, last ? last->next().text() : std::string("-"), "+", "COUNT"}.add(many);
    }
    case KeyType::None:
    case KeyType::Json:
    case KeyType::Table:
    case KeyType::Other:
        break;
    }
    return Command{"TYPE", key};
}

bool takeWhole(KeyType type, Reply&& reply, KeyPart& part)
{
    if (type == KeyType::String) {
        part.rows.push_back({std::move(reply.text)});
        return reply.isText();
    }
    const auto paged = pagedType(type);
    if (!reply.isArray() || !paged) {
        return false;
    }
    return type == KeyType::Stream ? takeEntries(reply.elements, part) : takeFlat(reply.elements, paged->columns, part);
}

bool takePage(KeyType type, Reply&& reply, std::uint64_t count, PagePlace& place, KeyPart& part)
{
    const auto paged = pagedType(type);
    if (paged && paged->hasCursor) {
        if (reply.elements.size() != 2 || !reply.elements[0].isText()) {
            return false;
        }
        place.cursor = reply.elements[0].text;
        place.isEnd = place.cursor == "0";
        return takeFlat(reply.elements[1].elements, paged->columns, part);
    }
    const std::size_t size = type == KeyType::String ? reply.text.size() : reply.elements.size();
    place.offset += size;
    place.isEnd = size < count;
    if (type == KeyType::String && size == 0) {
        return reply.isText();
    }
    if (!takeWhole(type, std::move(reply), part)) {
        return false;
    }
    if (type == KeyType::Stream && size > 0) {
        place.lastId = part.rows.back().front();
    }
    return true;
}

} // namespace keyglass
