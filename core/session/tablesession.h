// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/worktasks.h"
#include "core/table/csvreader.h"
#include "core/table/modulefacts.h"
#include "core/table/nodefacts.h"
#include "core/table/roweditor.h"
#include "core/table/rowimport.h"
#include "core/table/rowpages.h"
#include "core/table/rowquery.h"
#include "core/table/rowtext.h"
#include "core/table/tablelist.h"
#include "core/table/tableprobe.h"

#include <QFuture>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

class TableQuery;
struct TableWays;

/// The tables of a session's server, and what is to be said of all of them.
struct TablesFound {
    NodeFacts facts;
    TableList list;
};

/// A table as it was when it was opened.
struct OpenedTable {
    TableSchema schema;
    RowReader::Extent extent;
};

/// What is known of a table's server.
struct TableFacts {
    TableModule module;
    TableSurroundings around;
    TablePermissions permissions;
};

/// How one of several edits ended.
struct RowResult {
    std::string id; ///< As asked for; of an insertion, the new one.
    std::optional<RowOutcome> outcome;
    std::optional<Error> error; ///< In place of an outcome; Cancelled: it was stopped before this one was begun.

    [[nodiscard]] bool isNotBegun() const { return error && error->kind == ErrorKind::Cancelled; }
    [[nodiscard]] bool isDone() const { return outcome && outcome->status == RowOutcome::Status::Done; }
};

/// What is written to a file of a table's rows.
struct RowExport {
    TableSchema schema;
    RowFilter filter; ///< Empty: all rows.
    RowFormat format = RowFormat::Csv;
    std::uint64_t expected = 0; ///< Rows, for the progress.
};

/// A CSV that is to become rows.
struct RowImport {
    TableSchema schema;
    QString path;
    ColumnMap map;
    bool isDry = true;
    bool leavesOutFaulty = false;
    std::vector<std::string> confirmed{};
};

/// The tables of the RedisTABLE module that a session's server has, in the database that is open (the first where there
/// are several). All of it works by plain keys, but select().
///
/// Lives on the session's thread; nothing blocks. What is looked at goes over the session's interactive lanes, all else
/// over lanes of its own; without a connection the answer says why there is none.
class TableSession {
public:
    explicit TableSession(std::unique_ptr<const TableWays> ways);
    TableSession(const TableSession&) = delete;
    TableSession& operator=(const TableSession&) = delete;
    ~TableSession(); ///< Ends what runs (within 100 ms).

    // --- reading
    /// As listTables() of all masters, with the module.
    [[nodiscard]] ResultWork<TablesFound> list(const TableListing& how = {});
    /// The schema and how many rows there are; as fetchTableSchema().
    [[nodiscard]] QFuture<Result<OpenedTable>> open(const std::string& table);
    /// What the user may do with it is asked once a connection, and again after a refusal or where it is to be asked.
    enum class Rights { AsKnown, AskedAnew };
    [[nodiscard]] QFuture<Result<TableFacts>> facts(const TableSchema& schema, Rights rights = Rights::AsKnown);
    /// As RowReader's.
    [[nodiscard]] QFuture<Result<RowPage>> page(
        const TableSchema& schema, RowCursor from, const RowPageLimits& limits = {});
    [[nodiscard]] QFuture<Result<std::vector<TableRow>>> rowsByIds(
        const TableSchema& schema, std::uint64_t first, std::uint64_t last);
    [[nodiscard]] QFuture<Result<std::vector<TableRow>>> rows(const TableSchema& schema, std::vector<std::string> ids);

    // --- queries
    [[nodiscard]] std::unique_ptr<TableQuery> query(const TableSchema& schema, RowQuery query);
    /// What TABLE.SELECT of the filter would do, calibrated by a sample.
    [[nodiscard]] QFuture<Result<SelectForecast>> forecast(
        const TableSchema& schema, const RowFilter& filter, const TableFacts& facts);
    /// TABLE.SELECT itself, on a line of its own that waits five times as long as `forecast` says, and 5 s at least.
    [[nodiscard]] ResultWork<std::vector<TableRow>> select(
        const TableSchema& schema, const RowFilter& filter, Milliseconds forecast);

    // --- edits; whoever asks waits for the answer before asking again
    /// RowEditor::apply() of each. What could not be begun for a stop is not in the answer. An edit that production
    /// wants confirmed ends the whole with its Error of Confirm, where nothing was done before.
    [[nodiscard]] ResultWork<std::vector<RowResult>> edit(
        const std::string& table, std::vector<RowEdit> edits, const std::vector<std::string>& confirmed = {});
    /// What they would send.
    [[nodiscard]] ResultWork<std::vector<RowPreview>> preview(const std::string& table, std::vector<RowEdit> edits);

    // --- files
    /// The number of rows written. The file is there whole or not at all.
    [[nodiscard]] ResultWork<std::uint64_t> exportRows(RowExport what, QString path);
    /// The first record of a CSV file: what its fields are called. Input where the file is empty.
    [[nodiscard]] ResultWork<CsvRecord> readCsvHead(QString path);
    /// As keyglass::importRows().
    [[nodiscard]] ResultWork<ImportReport> importRows(RowImport what);

    /// All that runs is Cancelled.
    void stopAll() { m_tasks.stopAll(); }
    [[nodiscard]] bool isWorking() const { return m_tasks.isWorking(); }

private:
    template <typename T>
    [[nodiscard]] QFuture<Result<T>> ask(const TableSchema& schema, std::function<Result<T>(Lane&, std::stop_token)>);

    const std::unique_ptr<const TableWays> m_ways;
    WorkTasks m_tasks; // last: its threads end first
};

} // namespace keyglass
