// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/table/condition.h"
#include "core/table/modulefacts.h"
#include "core/table/rowpages.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace keyglass {

class Lane;

/// What a query has looked at and found.
struct QueryTally {
    std::uint64_t looked = 0; ///< Rows.
    std::uint64_t matched = 0;
    std::uint64_t stale = 0;   ///< Came by an index entry whose value they do not have (any more).
    std::uint64_t damaged = 0; ///< Have no hash, or something else in its place.
    bool hasMore = false;      ///< Ended by its limit or its sink: there may be more.
};

/// A query as it is asked for.
struct RowQuery {
    RowFilter filter;
    std::optional<std::uint64_t> limit{}; ///< Of matching rows.
    bool usesIndex = true;                ///< False: all rows are looked at whatever the indexes say.
    /// Of the rows that are passed over as stale or damaged, so many are given too, marked by TableRow::staleEntry and
    /// its state. They count neither as matched nor for the limit.
    std::uint64_t mostFaulty = 0;
};

/// Takes matching rows as they are found, with what has been done until then; called on the running thread. False ends
/// the run.
using RowSink = std::function<bool(std::vector<TableRow>&& rows, const QueryTally& soFar)>;

/// Answers a query by the table's keys: by index entries where they suffice, each row verified, else by looking at all
/// rows. Each row comes once. No command of it takes the server long, whatever the table's size: where TABLE.SELECT
/// would stop everybody, this can be stopped at any time.
///
/// Rows that are written meanwhile may be missed or come with old cells, as with any scan. Thread: blocks; as the lane.
/// Fails with what the line fails with (Cancelled included), Permission with the pattern missing.
[[nodiscard]] Result<QueryTally> runQuery(
    Lane& lane, const TableSchema& schema, const RowQuery& query, std::stop_token stop, const RowSink& sink);

/// What TABLE.SELECT of a filter would do to the server. Rough: measured on one machine, and calibrated by a sample.
struct SelectForecast {
    Milliseconds standstill{0};   ///< Of everybody.
    std::uint64_t testedRows = 0; ///< One by one, which the scan limit is for.
    std::uint64_t rows = 0;       ///< At most in the reply.
    std::uint64_t memory = 0;     ///< Of the server, while it runs, in bytes.
    QString refusal;              ///< Why it is not to be run; empty: it may be.
};

/// `slowness`: how many times slower than the machine of the figures the server is (measureSlowness()). Asks SCARD of
/// what the filter begins with.
[[nodiscard]] Result<SelectForecast> forecastSelect(Lane& lane, const TableSchema& schema, const RowFilter& filter,
    const TableModule& module, const TableSurroundings& around, double slowness, std::stop_token stop);

/// TABLE.SELECT itself, for who has seen the forecast. Unsupported where planQuery() says that it gives something else.
/// Rows come without ids; a damaged row is one without cells.
[[nodiscard]] Result<std::vector<TableRow>> selectByModule(
    Lane& lane, const TableSchema& schema, const RowFilter& filter, std::stop_token stop);

} // namespace keyglass
