// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tablecheck.h"

#include "core/base/bytes.h"
#include "core/net/command.h"
#include "core/source/lane.h"
#include "core/source/redis/infotext.h"
#include "core/table/tableremains.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace keyglass {

namespace {

using Kind = TableFinding::Kind;

constexpr std::size_t rowsAtOnce = 200;
constexpr std::size_t idsAtOnce = 500;
constexpr std::size_t entriesAtOnce = 200;

/// One check on its way.
class Check {
public:
    Check(Lane& node, const TableSchema& schema, const TableCheck& what, std::stop_token stop,
        const std::function<void(const TableReport&)>& progress)
        : m_node(node)
        , m_schema(schema)
        , m_keys(schema.keys())
        , m_what(what)
        , m_stop(std::move(stop))
        , m_progress(progress)
    {
    }

    Result<TableReport> run()
    {
        for (const std::string& stray : m_schema.strayIndexes) {
            note({Kind::StrayMark, m_keys.indexed(), {}, stray});
        }
        if (!m_schema.hasIndexList) {
            note({Kind::WrongTypeKey, m_keys.indexed()});
        }
        m_report.isOfRowsOnly = !m_what.looksAtKeys || m_schema.layout == TableLayout::Plain;
        Status done = checkRows();
        if (!done && done.error().kind == ErrorKind::WrongType) {
            m_hasRows = false; // which rows there are, nobody knows; the keys are still there
            note({Kind::WrongTypeKey, m_keys.rows()});
            done = ok();
        }
        done = done && !m_report.isOfRowsOnly ? checkKeys() : std::move(done);
        done = done && m_what.column.empty() ? checkLastId() : std::move(done);
        return done ? Result(std::move(m_report)) : std::move(done).error();
    }

private:
    void note(TableFinding finding)
    {
        auto& count = m_report.counts[static_cast<std::size_t>(finding.kind)];
        if (++count <= m_what.kept) {
            m_report.findings.push_back(std::move(finding));
        }
    }
    [[nodiscard]] bool isMeant(const std::string& column) const
    {
        return m_what.column.empty() || m_what.column == column;
    }
    [[nodiscard]] bool isChecked(const TableColumn& column) const { return column.isIndexed && isMeant(column.name); }
    Result<std::vector<Reply>> ask(const std::vector<Command>& commands)
    {
        auto replies = m_node.pipeline(commands, m_stop);
        if (!replies) {
            return std::move(replies).error();
        }
        for (const Reply& reply : *replies) {
            if (reply.isError() && replyError(reply.text).kind != ErrorKind::WrongType) {
                return aboutTable(replyError(reply.text), m_keys);
            }
        }
        return replies;
    }

    Status checkRows();
    Status checkRow(const std::vector<TableRow>& rows);
    void lookAtCells(const TableRow& row);
    Status checkLastId();
    Status checkKeys();
    Status sortKeys(const std::vector<std::string>& keys);
    Status checkGhosts(const std::vector<std::string>& ids);
    [[nodiscard]] std::string setOf(const TableKey& key) const { return m_keys.index(key.column, key.value); }
    Status checkEntries(std::span<const TableKey> entries);
    Status checkRest(const TableKey& key, RowCursor cursor);
    using Member = std::pair<const TableKey*, std::string>;
    using Members = std::vector<Member>;
    Status checkMembers(std::span<const Member> members);

    Lane& m_node;
    const TableSchema& m_schema;
    const TableKeys m_keys;
    const TableCheck& m_what;
    const std::stop_token m_stop;
    const std::function<void(const TableReport&)>& m_progress;
    TableReport m_report;
    std::uint64_t m_highestId = 0;  ///< Listed.
    std::uint64_t m_highestKey = 0; ///< Of the keys of rows, listed or not.
    bool m_hasRows = true;          ///< False: the list of rows is no list.
};

Status Check::checkRows()
{
    RowReader reader(m_node, m_schema);
    RowCursor cursor;
    if (m_progress) {
        const auto rows = m_node.call(Command{"SCARD", m_keys.rows()}, m_stop);
        m_report.rowsOf = rows ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, rows->integer)) : 0;
    }
    while (!cursor.isAtEnd()) {
        auto page = reader.page(std::move(cursor), RowPageLimits{.rows = rowsAtOnce}, m_stop);
        if (!page) {
            return std::move(page).error();
        }
        if (Status checked = checkRow(page->rows); !checked) {
            return checked;
        }
        m_report.rows += page->rows.size();
        cursor = std::move(page->next);
        if (m_progress) {
            m_progress(m_report);
        }
    }
    return ok();
}

/// Whether the rows' values are in the indexes.
Status Check::checkRow(const std::vector<TableRow>& rows)
{
    std::vector<Command> asked;
    std::vector<TableFinding> ifMissing;
    for (const TableRow& row : rows) {
        m_highestId = std::max(m_highestId, wholeNumber(row.id).value_or(0));
        lookAtCells(row);
        for (std::size_t n = 0; n < m_schema.columns.size(); ++n) {
            const TableColumn& column = m_schema.columns[n];
            if (isChecked(column) && row.cells[n]) {
                const std::string key = m_keys.index(column.name, *row.cells[n]);
                asked.push_back(Command{"SISMEMBER", key, row.id});
                ifMissing.push_back({Kind::MissingEntry, key, row.id, column.name, *row.cells[n]});
            }
        }
    }
    const auto replies = ask(asked);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t n = 0; n < replies->size(); ++n) {
        if ((*replies)[n].integer != 1) {
            note(std::move(ifMissing[n]));
        }
    }
    return ok();
}

void Check::lookAtCells(const TableRow& row)
{
    const std::string key = m_keys.row(row.id);
    if (row.state == TableRow::State::Gone) {
        note({Kind::GoneRow, key, row.id});
    } else if (row.isDamaged()) {
        note({Kind::WrongTypeRow, key, row.id});
    }
    for (std::size_t n = 0; n < m_schema.columns.size(); ++n) {
        const auto& cell = row.cells[n];
        const ColumnType type = m_schema.columns[n].type();
        const bool isTyped = type != ColumnType::String && isMeant(m_schema.columns[n].name);
        if (cell && isTyped && !accepts(type, *cell)) {
            note({Kind::BadValue, key, row.id, m_schema.columns[n].name, *cell});
        }
    }
    for (const auto& [name, value] : row.strays) {
        note({Kind::NoColumn, key, row.id, name, value});
    }
}

Status Check::checkLastId()
{
    const auto replies = ask({Command{"GET", m_keys.lastId()}});
    if (!replies) {
        return replies.error();
    }
    const Reply& last = replies->front();
    const auto number = last.isNil() ? std::optional<std::uint64_t>(0) : wholeNumber(last.text);
    const std::uint64_t highest = std::max(m_highestId, m_highestKey);
    const bool isTooLow = number && *number < (m_hasRows ? m_highestId : highest);
    if (last.isError() || !number || isTooLow) { // of no id it is not known which are there
        const bool isKnown = m_hasRows || highest > 0;
        note({Kind::BadLastId, m_keys.lastId(), isKnown ? std::to_string(highest) : std::string(), {}, last.text});
    }
    return ok();
}

/// Every key of the node that begins like one of the table.
Status Check::checkKeys()
{
    const KeySink take = [this](std::vector<std::string>&& keys) {
        m_report.keys += keys.size();
        return sortKeys(keys);
    };
    const KeyProgress passed = [this](std::uint64_t looked, std::uint64_t of) {
        m_report.passed = looked;
        m_report.passedOf = of;
        m_progress(m_report);
    };
    return scanKeys(m_node, m_keys.prefix(), m_stop, take, m_progress ? passed : KeyProgress());
}

Status Check::sortKeys(const std::vector<std::string>& keys)
{
    std::vector<std::string> rowIds;
    std::vector<TableKey> entries;
    for (const std::string& name : keys) {
        const auto key = parseTableKey(name);
        if (!key || key->table != m_schema.table) {
            note({Kind::StrangeKey, name});
        } else if (key->part == TableKey::Part::Row) {
            rowIds.push_back(key->id);
            m_highestKey = std::max(m_highestKey, wholeNumber(key->id).value_or(0));
        } else if (key->part == TableKey::Part::Index) {
            const TableColumn* column = m_schema.find(key->column);
            const bool isIndexed = column && column->isIndexed;
            if (!isIndexed && !m_schema.hasIndexList) { // nobody knows which belong there
                if (column) {
                    m_report.lostIndexes.insert(column->name);
                }
            } else if (!isIndexed) {
                note({Kind::LeftoverIndex, name, {}, key->column, key->value});
            } else if (isIndexed && isChecked(*column)) {
                entries.push_back(*key);
            }
        }
    }
    for (std::span<const TableKey> left = entries; !left.empty();) {
        const auto some = left.first(std::min(entriesAtOnce, left.size()));
        left = left.subspan(some.size());
        if (Status checked = checkEntries(some); !checked) {
            return checked;
        }
    }
    return m_hasRows ? checkGhosts(rowIds) : ok();
}

Status Check::checkGhosts(const std::vector<std::string>& ids)
{
    std::vector<Command> asked;
    for (const std::string& id : ids) {
        asked.push_back(Command{"SISMEMBER", m_keys.rows(), id});
    }
    const auto replies = ask(asked);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t n = 0; n < ids.size(); ++n) {
        if ((*replies)[n].integer != 1) {
            note({Kind::GhostRow, m_keys.row(ids[n]), ids[n]});
        }
    }
    return ok();
}

/// The first ids of each in one go: most entries have few. What an entry has more comes page by page.
Status Check::checkEntries(std::span<const TableKey> entries)
{
    std::vector<Command> asked;
    for (const TableKey& key : entries) {
        asked.push_back(Command{"SSCAN", setOf(key), "0", "COUNT", std::to_string(idsAtOnce)});
    }
    const auto replies = ask(asked);
    if (!replies) {
        return replies.error();
    }
    Members members;
    std::vector<std::pair<const TableKey*, RowCursor>> longer;
    for (std::size_t n = 0; n < entries.size(); ++n) {
        const Reply& reply = (*replies)[n];
        if (!reply.isArray() || reply.elements.size() != 2) {
            note({Kind::WrongTypeKey, setOf(entries[n]), {}, entries[n].column, entries[n].value});
            continue;
        }
        for (const Reply& id : reply.elements[1].elements) {
            members.emplace_back(&entries[n], id.text);
        }
        if (reply.elements[0].text != "0") {
            longer.push_back({&entries[n], RowCursor{reply.elements[0].text, true, {}}});
        }
    }
    Status done = checkMembers(members);
    for (auto at = longer.begin(); done && at != longer.end(); ++at) {
        done = checkRest(*at->first, std::move(at->second));
    }
    return done;
}

Status Check::checkRest(const TableKey& key, RowCursor cursor)
{
    RowReader reader(m_node, m_schema);
    while (!cursor.isAtEnd()) {
        Status more = reader.moreIds(cursor, setOf(key), idsAtOnce, m_stop);
        if (!more && more.error().kind == ErrorKind::WrongType) {
            note({Kind::WrongTypeKey, setOf(key), {}, key.column, key.value});
            return ok();
        }
        if (!more) {
            return more;
        }
        Members members;
        for (std::string& id : std::exchange(cursor.ids, {})) {
            members.emplace_back(&key, std::move(id));
        }
        if (Status checked = checkMembers(members); !checked) {
            return checked;
        }
    }
    return ok();
}

Status Check::checkMembers(std::span<const Member> members)
{
    while (!members.empty()) {
        const auto some = members.first(std::min(idsAtOnce, members.size()));
        members = members.subspan(some.size());
        std::vector<Command> asked;
        for (const auto& [key, id] : some) {
            asked.push_back(Command{"HGET", m_keys.row(id), key->column});
            asked.push_back(Command{"SISMEMBER", m_keys.rows(), id});
        }
        const auto replies = ask(asked);
        if (!replies) {
            return replies.error();
        }
        for (std::size_t n = 0; n < some.size(); ++n) {
            const auto& [key, id] = some[n];
            const Reply& cell = (*replies)[2 * n];
            const bool isListed = !m_hasRows || (*replies)[2 * n + 1].integer == 1;
            if (!isListed || !cell.isText() || m_keys.index(key->column, cell.text) != setOf(*key)) {
                note({Kind::StaleEntry, setOf(*key), id, key->column, key->value});
            }
        }
    }
    return ok();
}

} // namespace

std::string_view nameOf(TableFinding::Kind kind)
{
    constexpr std::array<std::string_view, findingKinds> names{"missing entry", "stale entry", "leftover index",
        "ghost row", "gone row", "wrong type row", "bad value", "no column", "stray mark", "bad last id", "strange key",
        "wrong type key"};
    return names[static_cast<std::size_t>(kind)];
}

std::uint64_t TableReport::total() const
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

Result<TableReport> checkTable(Lane& node, const TableSchema& schema, const TableCheck& what, std::stop_token stop,
    const std::function<void(const TableReport&)>& progress)
{
    return Check(node, schema, what, std::move(stop), progress).run();
}

} // namespace keyglass
