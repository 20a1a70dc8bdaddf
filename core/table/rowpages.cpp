// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/rowpages.h"

#include "core/net/command.h"
#include "core/source/lane.h"
#include "core/source/redis/infotext.h"

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

/// Rows asked for at once: few until it is known how large they are.
constexpr std::size_t firstSlice = 16;
constexpr std::size_t largestSlice = 512;

std::size_t bytesOf(const TableRow& row)
{
    std::size_t bytes = row.id.size();
    for (const auto& cell : row.cells) {
        bytes += cell ? cell->size() : 0;
    }
    for (const auto& [name, value] : row.strays) {
        bytes += name.size() + value.size();
    }
    return bytes;
}

/// What byIds() finds when it is asked for all up to `last`.
bool isUpTo(const std::string& id, std::uint64_t last)
{
    const auto number = wholeNumber(id);
    return number && *number > 0 && *number <= last && std::to_string(*number) == id;
}

Error notASet(const TableKeys& keys)
{
    return aboutTable(Error{ErrorKind::Protocol, QString(), {}}, keys);
}

} // namespace

TableRow rowFrom(const TableSchema& schema, std::string id, Reply&& reply)
{
    TableRow row{std::move(id), TableRow::State::Whole, {}};
    row.cells.resize(schema.columns.size());
    if (reply.isError()) {
        const bool isOther = replyError(reply.text).kind == ErrorKind::WrongType;
        row.state = isOther ? TableRow::State::WrongType : TableRow::State::Unread;
        row.trouble = std::move(reply.text);
        return row;
    }
    if (!reply.isArray()) {
        row.state = TableRow::State::WrongType;
        return row;
    }
    if (reply.elements.empty()) {
        row.state = TableRow::State::Gone;
    }
    for (std::size_t at = 0; at + 1 < reply.elements.size(); at += 2) {
        std::string& name = reply.elements[at].text;
        std::string& value = reply.elements[at + 1].text;
        if (const auto place = schema.place(name)) {
            row.cells[*place] = std::move(value);
        } else {
            row.strays.emplace_back(std::move(name), std::move(value));
        }
    }
    return row;
}

RowReader::RowReader(Lane& lane, TableSchema schema)
    : m_lane(lane)
    , m_schema(std::move(schema))
    , m_keys(m_schema.keys())
{
}

Result<RowPage> RowReader::page(RowCursor from, const RowPageLimits& limits, std::stop_token stop)
{
    RowPage page;
    page.next = std::move(from);
    constexpr int mostCalls = 20; // of ids that are passed over: others want the line, too
    int calls = 0;
    while (page.rows.size() < limits.rows && !page.next.isAtEnd()) {
        if (page.next.ids.empty()) {
            if (limits.passedOver > 0 && ++calls > mostCalls) {
                break;
            }
            if (Status more = moreIds(page.next, m_keys.rows(), limits.rows, stop); !more) {
                return std::move(more).error();
            }
            std::erase_if(page.next.ids, [&limits](const std::string& id) { return isUpTo(id, limits.passedOver); });
            continue;
        }
        RowPageLimits left = limits;
        left.rows -= page.rows.size();
        const auto count = read(page.next.ids, left, page.rows, stop);
        if (!count) {
            return count.error();
        }
        const bool isFull = *count < std::min(left.rows, page.next.ids.size());
        page.next.ids.erase(page.next.ids.begin(), page.next.ids.begin() + static_cast<std::ptrdiff_t>(*count));
        if (isFull) {
            break;
        }
    }
    return page;
}

Status RowReader::moreIds(RowCursor& cursor, const std::string& set, std::size_t count, std::stop_token stop)
{
    auto reply = m_lane.call(Command{"SSCAN", set, cursor.scan, "COUNT", std::to_string(count)}, std::move(stop));
    if (!reply) {
        return aboutTable(std::move(reply).error(), m_keys);
    }
    if (!reply->isArray() || reply->elements.size() != 2) {
        return notASet(m_keys);
    }
    cursor.hasBegun = true;
    cursor.scan = std::move(reply->elements[0].text);
    for (Reply& id : reply->elements[1].elements) {
        cursor.ids.push_back(std::move(id.text));
    }
    return ok();
}

Result<std::size_t> RowReader::read(
    const std::vector<std::string>& ids, const RowPageLimits& limits, std::vector<TableRow>& rows, std::stop_token stop)
{
    const std::size_t wanted = std::min(limits.rows, ids.size());
    std::size_t done = 0;
    std::size_t bytes = 0;
    std::size_t slice = firstSlice;
    while (done < wanted && bytes < limits.bytes.value) {
        const std::size_t upTo = std::min(wanted, done + slice);
        std::vector<Command> asked;
        for (std::size_t n = done; n < upTo; ++n) {
            asked.push_back(Command{"HGETALL", m_keys.row(ids[n])});
        }
        auto replies = m_lane.pipeline(asked, stop);
        if (!replies) {
            return aboutTable(std::move(replies).error(), m_keys);
        }
        for (Reply& reply : *replies) {
            rows.push_back(rowFrom(m_schema, ids[done], std::move(reply)));
            bytes += bytesOf(rows.back());
            ++done;
        }
        const std::size_t perRow = bytes / done + 1;
        const std::size_t left = bytes < limits.bytes.value ? limits.bytes.value - bytes : 0;
        slice = std::clamp<std::size_t>(left / perRow, 1, largestSlice);
    }
    return done;
}

Result<std::vector<TableRow>> RowReader::byIds(std::uint64_t first, std::uint64_t last, std::stop_token stop)
{
    std::vector<std::string> ids;
    Command asked{"SMISMEMBER", m_keys.rows()};
    for (std::uint64_t id = first; id <= last; ++id) {
        ids.push_back(std::to_string(id));
        asked.add(ids.back());
    }
    if (ids.empty()) {
        return std::vector<TableRow>();
    }
    const auto listed = m_lane.call(asked, stop);
    if (!listed) {
        return aboutTable(listed.error(), m_keys);
    }
    std::vector<std::string> present;
    for (std::size_t n = 0; n < std::min(ids.size(), listed->elements.size()); ++n) {
        if (listed->elements[n].integer == 1) {
            present.push_back(std::move(ids[n]));
        }
    }
    return rows(present, std::move(stop));
}

Result<std::vector<TableRow>> RowReader::rows(const std::vector<std::string>& ids, std::stop_token stop)
{
    std::vector<TableRow> rows;
    const RowPageLimits all{ids.size(), ByteCount{~std::uint64_t{0}}};
    if (const auto count = read(ids, all, rows, std::move(stop)); !count) {
        return count.error();
    }
    return rows;
}

Result<RowReader::Extent> RowReader::extent(std::stop_token stop)
{
    const std::array asked{Command{"GET", m_keys.lastId()}, Command{"SCARD", m_keys.rows()}};
    const auto replies = m_lane.pipeline(asked, std::move(stop));
    if (!replies) {
        return replies.error();
    }
    if (replies->back().isError()) {
        return aboutTable(replyError(replies->back().text), m_keys);
    }
    const Reply& last = replies->front();
    const auto lastId = last.isText() ? wholeNumber(last.text) : std::nullopt;
    return Extent{lastId.value_or(0), static_cast<std::uint64_t>(std::max<std::int64_t>(0, replies->back().integer))};
}

} // namespace keyglass
