// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/rowimport.h"

#include "core/base/bytes.h"
#include "core/source/redis/infotext.h"
#include "core/table/rowpages.h"
#include "core/table/tabletransaction.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>

namespace keyglass {

namespace {

constexpr int mostTries = 8;

QString tr(const char* text)
{
    return QCoreApplication::translate("RowImport", text);
}

/// One import on its way.
class Import {
public:
    Import(
        EditLanes& lanes, const TableSchema& schema, const ColumnMap& map, const ImportWays& ways, std::stop_token stop)
        : m_transaction(lanes, schema.keys(), ways.confirmation)
        , m_schema(schema)
        , m_keys(schema.keys())
        , m_map(map)
        , m_ways(ways)
        , m_stop(std::move(stop))
    {
    }

    Result<ImportReport> run(CsvReader& csv);

private:
    [[nodiscard]] Result<RowEdit::Cells> cellsOf(CsvRecord&& record) const;
    /// False: it ends here.
    bool take(CsvRecord&& record);
    Status insert();
    Result<std::vector<std::string>> freeIds(std::uint64_t last);
    /// The batch stands under these ids.
    void inserted(const std::vector<std::string>& ids);
    /// The line was lost while it was written: it may have been.
    Status lost(const Error& why, const std::vector<std::string>& ids);
    [[nodiscard]] bool isThere(const std::vector<std::string>& ids);
    /// `ends`: where each row's commands end among the replies.
    Status halfDone(
        const TableTransaction::End& end, const std::vector<std::size_t>& ends, const std::vector<std::string>& ids);
    /// Nothing: try again.
    std::optional<Status> tryOnce();

    TableTransaction m_transaction;
    const TableSchema& m_schema;
    const TableKeys m_keys;
    const ColumnMap& m_map;
    const ImportWays& m_ways;
    const std::stop_token m_stop;
    struct Row {
        std::uint64_t line = 0;
        RowEdit::Cells cells;
    };
    std::vector<Row> m_batch;
    ImportReport m_report;
};

Result<ImportReport> Import::run(CsvReader& csv)
{
    for (bool goesOn = true; goesOn;) {
        auto record = csv.next();
        if (m_stop.stop_requested()) {
            m_report.end = Error{ErrorKind::Cancelled, {}, {}};
            return m_report;
        }
        if (!record) {
            m_report.end = std::move(record).error();
        }
        goesOn = record && *record && take(std::move(**record));
        if (!m_batch.empty() && (m_batch.size() >= m_ways.rowsAtOnce || !goesOn)) {
            if (Status inserted = insert(); !inserted) {
                m_report.end = std::move(inserted).error();
                goesOn = false;
            }
        }
    }
    return m_report;
}

bool Import::take(CsvRecord&& record)
{
    const std::uint64_t line = record.line;
    ++m_report.records;
    auto cells = cellsOf(std::move(record));
    if (cells) {
        m_batch.push_back({line, *std::move(cells)});
        return true;
    }
    ++m_report.faulty;
    if (m_report.faults.size() < ImportReport::keptFaults) {
        m_report.faults.push_back({line, cells.error()});
    }
    return m_ways.isDry || m_ways.leavesOutFaulty;
}

Result<RowEdit::Cells> Import::cellsOf(CsvRecord&& record) const
{
    if (record.fields.size() != m_map.size()) {
        return Error{ErrorKind::Input, tr("The record"),
            tr("It has %1 fields, and the first has %2.").arg(record.fields.size()).arg(m_map.size())};
    }
    RowEdit::Cells cells;
    for (std::size_t n = 0; n < m_map.size(); ++n) {
        if (m_map[n] && record.fields[n]) {
            cells.emplace(*m_map[n], std::move(record.fields[n]));
        }
    }
    if (cells.empty()) {
        return Error{ErrorKind::Input, tr("The record"), tr("A row without any cell can't be kept.")};
    }
    if (Status good = checkCells(m_schema, cells); !good) {
        return std::move(good).error();
    }
    return cells;
}

Status Import::insert()
{
    std::optional<Status> end = m_ways.isDry ? std::optional(ok()) : std::nullopt;
    for (int n = 0; !end && n < mostTries; ++n) {
        end = tryOnce();
    }
    if (!end) {
        return Error{ErrorKind::Refused, tr("Table %1").arg(displayText(m_schema.table)),
            tr("Others write to it all the time.")};
    }
    if (*end) {
        m_report.inserted += m_ways.isDry ? m_batch.size() : 0;
        m_batch.clear();
        if (m_ways.progress) {
            m_ways.progress(m_report);
        }
    }
    return *std::move(end);
}

void Import::inserted(const std::vector<std::string>& ids)
{
    m_report.inserted += ids.size();
    m_report.firstId = m_report.firstId.empty() ? ids.front() : m_report.firstId;
    m_report.lastId = ids.back();
}

/// That they are there is certain; that they are not never is: they may still be on their way.
bool Import::isThere(const std::vector<std::string>& ids)
{
    Command listed{"SMISMEMBER", m_keys.rows()};
    for (const std::string& id : ids) {
        listed.add(id);
    }
    const auto members = m_transaction.lane().pipeline(std::array{std::move(listed)}, m_stop);
    const auto rows = RowReader(m_transaction.lane(), m_schema).rows(ids, m_stop);
    if (!members || !rows || rows->size() != m_batch.size() || members->front().elements.size() != ids.size()) {
        return false;
    }
    const auto isOurs = [this](const TableRow& row, const Row& ours) {
        for (std::size_t n = 0; n < m_schema.columns.size(); ++n) {
            const auto cell = ours.cells.find(m_schema.columns[n].name);
            if (row.cells[n] != (cell == ours.cells.end() ? std::nullopt : cell->second)) {
                return false;
            }
        }
        return true;
    };
    return std::ranges::all_of(members->front().elements, [](const Reply& one) { return one.integer == 1; })
        && std::ranges::equal(*rows, m_batch, isOurs);
}

Status Import::lost(const Error& why, const std::vector<std::string>& ids)
{
    if (isThere(ids)) {
        inserted(ids);
        return ok();
    }
    m_report.unknown = ids.size();
    m_report.unknownFrom = ids.front();
    m_report.unknownTo = ids.back();
    Error error = why;
    error.detail += (error.detail.isEmpty() ? QString() : QStringLiteral(" "))
        + tr("Whether rows %1 to %2 were inserted is not known: look at them before you import the rest.")
              .arg(displayText(ids.front()), displayText(ids.back()));
    return error;
}

Status Import::halfDone(
    const TableTransaction::End& end, const std::vector<std::size_t>& ends, const std::vector<std::string>& ids)
{
    Error error = aboutTable(replyError(end.error), m_keys);
    error.detail += u' ' + tr("Of some rows only a part was written: check the table.");
    std::size_t at = 1; // the first is the counter
    for (std::size_t n = 0; n < ids.size(); at = ends[n++]) {
        const auto replies = std::span(end.replies).subspan(at, ends[n] - at);
        const auto failed = std::ranges::find_if(replies, &Reply::isError);
        if (failed == replies.end()) {
            inserted({ids[n]});
            continue;
        }
        ++m_report.halfDone;
        if (m_report.faults.size() < ImportReport::keptFaults) {
            m_report.faults.push_back({m_batch[n].line, aboutTable(replyError(failed->text), m_keys)});
        }
    }
    return error;
}

/// As many ids above `last` as there are rows in the batch, without those that leftovers hold.
Result<std::vector<std::string>> Import::freeIds(std::uint64_t last)
{
    std::vector<std::string> free;
    std::uint64_t id = last;
    while (free.size() < m_batch.size()) {
        std::vector<Command> asked;
        std::vector<std::string> ids;
        for (std::size_t n = free.size(); n < m_batch.size(); ++n) {
            ids.push_back(std::to_string(++id));
            asked.push_back(Command{"EXISTS", m_keys.row(ids.back())});
        }
        const auto there = m_transaction.lane().pipeline(asked, m_stop);
        if (!there) {
            return there.error();
        }
        for (std::size_t n = 0; n < ids.size(); ++n) {
            if ((*there)[n].isError()) {
                return aboutTable(replyError((*there)[n].text), m_keys);
            }
            if ((*there)[n].integer == 0) {
                free.push_back(std::move(ids[n]));
            }
        }
    }
    return free;
}

std::optional<Status> Import::tryOnce()
{
    const auto seen = m_transaction.look({m_keys.schema(), m_keys.indexed(), m_keys.lastId()},
        {Command{"HGETALL", m_keys.schema()}, Command{"SMEMBERS", m_keys.indexed()}, Command{"GET", m_keys.lastId()}},
        m_stop);
    if (!seen) {
        return Status(seen.error());
    }
    const auto now = schemaFrom(m_keys, (*seen)[0], (*seen)[1]);
    const Reply& counter = (*seen)[2];
    const auto last = counter.isNil() ? std::optional<std::uint64_t>(0) : wholeNumber(counter.text);
    const bool isRefused = counter.isError() && replyError(counter.text).kind != ErrorKind::WrongType;
    if (!now || !now->isSameAs(m_schema) || counter.isError() || !last) {
        m_transaction.leave(m_stop);
        return !now     ? Status(now.error())
            : isRefused ? Status(aboutTable(replyError(counter.text), m_keys))
                        : Status(Error{ErrorKind::Conflict, tr("Table %1").arg(displayText(m_schema.table)),
                              tr("Its schema was changed meanwhile, or its counter of ids is broken.")});
    }
    const auto ids = freeIds(*last);
    if (!ids) {
        m_transaction.leave(m_stop);
        return Status(ids.error());
    }
    std::vector<Command> writes{Command{"SET", m_keys.lastId(), ids->back()}};
    std::vector<std::size_t> ends;
    for (std::size_t n = 0; n < m_batch.size(); ++n) {
        const auto cells = commandsForCells(m_schema, (*ids)[n], std::nullopt, m_batch[n].cells);
        writes.insert(writes.end(), cells.begin(), cells.end());
        writes.push_back(Command{"SADD", m_keys.rows(), (*ids)[n]});
        ends.push_back(writes.size());
    }
    const auto end = m_transaction.commit(std::move(writes), m_stop);
    if (!end) {
        const ErrorKind kind = end.error().kind;
        const bool isBefore = kind == ErrorKind::Refused || kind == ErrorKind::ReadOnly || kind == ErrorKind::Confirm;
        return isBefore ? Status(end.error()) : lost(end.error(), *ids);
    }
    switch (end->kind) {
    case TableTransaction::End::Kind::CalledOff:
        return std::nullopt;
    case TableTransaction::End::Kind::Refused:
        return Status(aboutTable(replyError(end->error), m_keys));
    case TableTransaction::End::Kind::HalfDone:
        return halfDone(*end, ends, *ids);
    case TableTransaction::End::Kind::Done:
        break;
    }
    inserted(*ids);
    return ok();
}

} // namespace

Result<ColumnMap> mapColumns(
    const CsvRecord& names, const TableSchema& schema, const std::map<std::string, std::string>& renamed)
{
    ColumnMap map;
    for (const auto& field : names.fields) {
        const std::string name = field.value_or(std::string());
        const auto other = renamed.find(name);
        const std::string column = other == renamed.end() ? name : other->second;
        const bool goesNowhere = column.empty() ? other != renamed.end() : column == "id" && !schema.find("id");
        if (goesNowhere) {
            map.emplace_back();
            continue;
        }
        if (!schema.find(column)) {
            return Error{ErrorKind::Input, tr("Field %1").arg(displayText(name)),
                tr("Table %1 has no such column: name another for it, or none.").arg(displayText(schema.table))};
        }
        if (std::ranges::find(map, std::optional(column)) != map.end()) {
            return Error{ErrorKind::Input, tr("Column %1").arg(displayText(column)), tr("Two fields go to it.")};
        }
        map.emplace_back(column);
    }
    return map;
}

Result<ImportReport> importRows(EditLanes& lanes, const TableSchema& schema, CsvReader& csv, const ColumnMap& map,
    const ImportWays& ways, std::stop_token stop)
{
    if (schema.layout == TableLayout::Plain) {
        return checkCells(schema, {}).error();
    }
    return Import(lanes, schema, map, ways, std::move(stop)).run(csv);
}

} // namespace keyglass
