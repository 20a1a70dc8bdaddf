// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/rowquery.h"

#include "core/base/bytes.h"
#include "core/net/command.h"
#include "core/source/lane.h"
#include "core/table/forecast.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("RowQuery", text);
}

/// Ids asked for at once: what the server has to do for one batch stays below a few milliseconds, in small commands.
constexpr std::size_t batch = 500;

/// One run of a query.
class Run {
public:
    Run(Lane& lane, const TableSchema& schema, const RowQuery& query, std::stop_token stop, const RowSink& sink)
        : m_lane(lane)
        , m_keys(schema.keys())
        , m_reader(lane, schema)
        , m_matcher(query.filter, schema)
        , m_query(query)
        , m_entries(query.usesIndex ? planQuery(query.filter, schema).indexEntries : std::vector<Condition>())
        , m_stop(std::move(stop))
        , m_sink(sink)
    {
    }

    Result<QueryTally> run()
    {
        for (const Condition& entry : m_entries) {
            m_walked = &entry;
            if (Status walked = walk(m_keys.index(entry.column, entry.value)); !walked) {
                return std::move(walked).error();
            }
        }
        if (Status walked = m_entries.empty() ? walk(m_keys.rows()) : ok(); !walked) {
            return std::move(walked).error();
        }
        return m_tally;
    }

private:
    Status walk(const std::string& set)
    {
        RowCursor cursor;
        while (!m_isOver && !cursor.isAtEnd()) {
            if (cursor.ids.empty()) {
                if (Status more = m_reader.moreIds(cursor, set, batch, m_stop); !more) {
                    return more;
                }
            }
            std::vector<std::string> ids;
            const std::size_t count = std::min(batch, cursor.ids.size());
            std::ranges::copy_if(cursor.ids | std::views::take(count), std::back_inserter(ids),
                [this](const std::string& id) { return m_seen.add(id); });
            cursor.ids.erase(cursor.ids.begin(), cursor.ids.begin() + static_cast<std::ptrdiff_t>(count));
            if (Status looked = look(std::move(ids)); !looked) {
                return looked;
            }
        }
        return ok();
    }

    /// Asks first for the cells that count, and then for the rows that match.
    Status look(std::vector<std::string>&& ids)
    {
        m_tally.looked += ids.size();
        if (!m_matcher.columns().empty() && !ids.empty()) {
            std::vector<Command> asked;
            asked.reserve(ids.size());
            for (const std::string& id : ids) {
                Command& one = asked.emplace_back(Command{"HMGET", m_keys.row(id)});
                for (const std::string& column : m_matcher.columns()) {
                    one.add(column);
                }
            }
            const auto replies = m_lane.pipeline(asked, m_stop);
            if (!replies) {
                return replies.error();
            }
            if (Status kept = keepMatching(ids, *replies); !kept) {
                return kept;
            }
        }
        return give(ids);
    }

    Status keepMatching(std::vector<std::string>& ids, const std::vector<Reply>& replies)
    {
        std::vector<std::string> matching;
        std::vector<std::string> bare; // have none of the cells: they may not be there at all
        std::vector<std::string> bareMatching;
        for (std::size_t n = 0; n < ids.size(); ++n) {
            const Reply& cells = replies[n];
            if (cells.isError()) {
                const Error error = replyError(cells.text);
                if (error.kind != ErrorKind::WrongType) {
                    return aboutTable(error, m_keys);
                }
                ++m_tally.damaged;
                keepFaulty(ids[n], false);
                continue;
            }
            const auto cellOf = [&cells](std::size_t column) -> std::optional<std::string_view> {
                const bool isThere = column < cells.elements.size() && cells.elements[column].isText();
                return isThere ? std::optional<std::string_view>(cells.elements[column].text) : std::nullopt;
            };
            const bool isBare = std::ranges::none_of(cells.elements, &Reply::isText);
            if (m_matcher.matches(cellOf)) { // where a cell is to be missing, a row that is gone would seem to
                (isBare ? bareMatching : matching).push_back(std::move(ids[n]));
            } else if (!m_entries.empty() && isStale(cellOf)) {
                ++m_tally.stale;
                keepFaulty(ids[n], true);
            } else if (m_entries.empty() && isBare) {
                bare.push_back(std::move(ids[n]));
            }
        }
        ids = std::move(matching);
        Status counted = countGone(bare, nullptr);
        return counted ? countGone(bareMatching, &ids) : std::move(counted);
    }

    /// Listed, but without a key. Asked together: a row that was deleted meanwhile is no fault. Those that have one are
    /// appended to `whole`.
    Status countGone(const std::vector<std::string>& ids, std::vector<std::string>* whole)
    {
        if (ids.empty()) {
            return ok();
        }
        std::vector<Command> asked;
        for (const std::string& id : ids) {
            asked.push_back(Command{"EXISTS", m_keys.row(id)});
            asked.push_back(Command{"SISMEMBER", m_keys.rows(), id});
        }
        const auto replies = m_lane.pipeline(asked, m_stop);
        if (!replies) {
            return replies.error();
        }
        for (std::size_t n = 0; n < ids.size(); ++n) {
            const Reply& exists = (*replies)[2 * n];
            const Reply& listed = (*replies)[2 * n + 1];
            if (exists.isInteger() && exists.integer == 0 && listed.isInteger() && listed.integer == 1) {
                ++m_tally.damaged;
                keepFaulty(ids[n], false);
            } else if (whole && !(exists.isInteger() && exists.integer == 0)) {
                whole->push_back(ids[n]);
            }
        }
        return ok();
    }

    /// None of the entries that it can have come by is true of it.
    [[nodiscard]] bool isStale(const RowMatcher::CellOf& cellOf) const
    {
        return std::ranges::none_of(m_entries, [&](const Condition& entry) {
            const auto found = std::ranges::find(m_matcher.columns(), entry.column);
            const auto cell = cellOf(static_cast<std::size_t>(found - m_matcher.columns().begin()));
            return cell && *cell == entry.value;
        });
    }

    void keepFaulty(const std::string& id, bool isStale)
    {
        if (m_faulty < m_query.mostFaulty) {
            ++m_faulty;
            (isStale ? m_staleIds : m_damagedIds).push_back(id);
        }
    }

    /// Appends the rows that were passed over and are to be shown.
    Status addFaulty(std::vector<TableRow>& rows)
    {
        const std::size_t stale = m_staleIds.size();
        std::vector<std::string> ids = std::exchange(m_staleIds, {});
        std::ranges::move(std::exchange(m_damagedIds, {}), std::back_inserter(ids));
        if (ids.empty()) {
            return ok();
        }
        auto faulty = m_reader.rows(ids, m_stop);
        if (!faulty) {
            return std::move(faulty).error();
        }
        for (std::size_t n = 0; n < std::min(stale, faulty->size()); ++n) {
            (*faulty)[n].staleEntry.emplace(m_walked->column, m_walked->value);
        }
        std::ranges::move(*faulty, std::back_inserter(rows));
        return ok();
    }

    Status give(std::vector<std::string>& ids)
    {
        if (m_query.limit && m_tally.matched + ids.size() >= *m_query.limit) {
            ids.resize(static_cast<std::size_t>(*m_query.limit - m_tally.matched));
            m_isOver = true;
            m_tally.hasMore = true;
        }
        auto rows = ids.empty() ? Result(std::vector<TableRow>()) : m_reader.rows(ids, m_stop);
        if (!rows) {
            return std::move(rows).error();
        }
        m_tally.matched += rows->size();
        m_tally.damaged += static_cast<std::uint64_t>(std::ranges::count_if(*rows, &TableRow::isDamaged));
        if (Status added = addFaulty(*rows); !added) {
            return added;
        }
        if (!m_sink(*std::move(rows), m_tally)) {
            m_isOver = true;
            m_tally.hasMore = true;
        }
        return ok();
    }

    Lane& m_lane;
    const TableKeys m_keys;
    RowReader m_reader;
    const RowMatcher m_matcher;
    const RowQuery& m_query;
    const std::vector<Condition> m_entries;
    const std::stop_token m_stop;
    const RowSink& m_sink;
    SeenIds m_seen;
    QueryTally m_tally;
    const Condition* m_walked = nullptr; ///< Whose index entries are walked; null: all rows.
    std::vector<std::string> m_staleIds; ///< Of this batch, to be given.
    std::vector<std::string> m_damagedIds;
    std::uint64_t m_faulty = 0; ///< Given, of all batches.
    bool m_isOver = false;
};

/// The rows that SELECT begins with.
Result<std::uint64_t> candidates(
    Lane& lane, const TableSchema& schema, const RowFilter& filter, const QueryPlan& plan, std::stop_token stop)
{
    const TableKeys keys = schema.keys();
    std::vector<Command> asked;
    if (plan.moduleBeginsWithAll) {
        asked.push_back(Command{"SCARD", keys.rows()});
    } else {
        const Condition& first = filter.conditions.front();
        asked.push_back(Command{"SCARD", keys.index(first.column, first.value)});
        for (std::size_t n = 1; n < plan.indexEntries.size(); ++n) {
            asked.push_back(Command{"SCARD", keys.index(plan.indexEntries[n].column, plan.indexEntries[n].value)});
        }
    }
    const auto replies = lane.pipeline(asked, std::move(stop));
    if (!replies) {
        return replies.error();
    }
    std::uint64_t sum = 0;
    for (const Reply& reply : *replies) {
        if (reply.isError()) {
            return aboutTable(replyError(reply.text), keys);
        }
        sum += static_cast<std::uint64_t>(std::max<std::int64_t>(0, reply.integer));
    }
    return sum;
}

} // namespace

Result<QueryTally> runQuery(
    Lane& lane, const TableSchema& schema, const RowQuery& query, std::stop_token stop, const RowSink& sink)
{
    return Run(lane, schema, query, std::move(stop), sink).run();
}

Result<SelectForecast> forecastSelect(Lane& lane, const TableSchema& schema, const RowFilter& filter,
    const TableModule& module, const TableSurroundings& around, double slowness, std::stop_token stop)
{
    const QueryPlan plan = planQuery(filter, schema);
    const auto rows = candidates(lane, schema, filter, plan, std::move(stop));
    if (!rows) {
        return rows.error();
    }
    SelectForecast forecast;
    forecast.rows = *rows;
    const auto tests = plan.modulesTestsRows ? std::max<std::size_t>(filter.conditions.size(), 1) : 0;
    forecast.testedRows = tests > 0 ? *rows : 0;
    forecast.standstill =
        timeOf(ModuleWork::Test, *rows * tests, slowness) + timeOf(ModuleWork::Select, *rows, slowness);
    constexpr std::uint64_t memoryOfRow = 2100;
    forecast.memory = *rows * memoryOfRow;
    if (!plan.whyNotTheModule.isEmpty()) {
        forecast.refusal = plan.whyNotTheModule;
    } else if (module.scanLimit && forecast.testedRows > *module.scanLimit) {
        forecast.refusal = tr("It would look at %1 rows; the scan limit in force is %2.")
                               .arg(forecast.testedRows)
                               .arg(*module.scanLimit);
    } else {
        forecast.refusal = whyTooLong(forecast.standstill, around);
    }
    return forecast;
}

Result<std::vector<TableRow>> selectByModule(
    Lane& lane, const TableSchema& schema, const RowFilter& filter, std::stop_token stop)
{
    const QueryPlan plan = planQuery(filter, schema);
    if (!plan.whyNotTheModule.isEmpty()) {
        return Error{ErrorKind::Unsupported, QStringLiteral("TABLE.SELECT"), plan.whyNotTheModule};
    }
    Command select{"TABLE.SELECT", schema.table};
    for (std::size_t n = 0; n < filter.conditions.size(); ++n) {
        select.add(n == 0 ? "WHERE" : filter.joins[n - 1] == RowFilter::Join::And ? "AND" : "OR");
        select.add(filter.conditions[n].text());
    }
    auto reply = lane.call(select, std::move(stop));
    if (!reply && reply.error().kind == ErrorKind::Permission) { // not of the keys, whose rows can be read without it
        return Error{ErrorKind::Permission, QStringLiteral("TABLE.SELECT"),
            reply.error().detail + u' '
                + tr("It belongs to no category of commands: it takes +table.select, and the table's name as a key, "
                     "~%1.")
                    .arg(displayText(schema.table))};
    }
    if (!reply) {
        return aboutTable(std::move(reply).error(), schema.keys());
    }
    std::vector<TableRow> rows;
    for (Reply& row : reply->elements) {
        rows.push_back(rowFrom(schema, {}, std::move(row)));
    }
    return rows;
}

} // namespace keyglass
