// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass table insert|update|delete`.
#include "app/cli/output.h"
#include "app/cli/tableoutput.h"
#include "app/cli/tabletarget.h"
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/table/roweditor.h"
#include "core/table/rowquery.h"

#include <unistd.h>

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

/// "column=value": split at the first =, so that a value may hold anything.
Result<RowEdit::Cells> cellsOf(const std::vector<std::string>& words, const std::vector<std::string>& unset)
{
    RowEdit::Cells cells;
    for (const std::string& word : words) {
        const std::size_t sign = word.find('=');
        if (sign == std::string::npos || sign == 0) {
            return Error{ErrorKind::Input, displayText(word), tr("It takes column=value")};
        }
        if (!cells.emplace(word.substr(0, sign), word.substr(sign + 1)).second) {
            return Error{ErrorKind::Input, displayText(word), tr("The column is named twice")};
        }
    }
    for (const std::string& column : unset) {
        if (!cells.emplace(column, std::nullopt).second) {
            return Error{ErrorKind::Input, displayText(column), tr("The column is named twice")};
        }
    }
    return cells;
}

/// The rows that are meant, as they are now: those named by --id, or those that --where matches.
Result<std::vector<TableRow>> meantRows(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    const auto ids = options.values("--id");
    const auto where = options.values("--where");
    if (ids.empty() == where.empty()) {
        return Error{
            ErrorKind::Input, QStringLiteral("--id"), tr("Name rows by --id, or by --where and its conditions")};
    }
    if (const auto strange = std::ranges::find_if_not(ids, isRowId); strange != ids.end()) {
        return Error{ErrorKind::Input, QStringLiteral("--id ") + displayText(*strange),
            tr("Rows are called by whole numbers from 1 on")};
    }
    if (!ids.empty()) {
        return RowReader(target.lane(), target.schema()).rows(ids, stop);
    }
    std::vector<std::string> words; // several --where are all to be true
    for (const std::string& condition : where) {
        if (!words.empty()) {
            words.emplace_back("AND");
        }
        words.push_back(condition);
    }
    const auto filter = target.filter(words);
    if (!filter) {
        return filter.error();
    }
    std::vector<TableRow> rows;
    const auto tally = runQuery(target.lane(), target.schema(), {*filter, {}, true}, stop,
        [&rows](std::vector<TableRow>&& found, const QueryTally&) {
            std::ranges::move(found, std::back_inserter(rows));
            return true;
        });
    return tally ? Result(std::move(rows)) : tally.error();
}

const char* nameOf(RowOutcome::Status status)
{
    constexpr const char* names[] = {"done", "conflict", "gone", "too busy", "unknown"}; // beside failed, not begun
    return names[static_cast<std::size_t>(status)];
}

/// What became of rows, each with its number.
class Account {
public:
    explicit Account(const TableSchema& schema)
        : m_schema(schema)
    {
    }
    void add(const std::string& id, const Result<RowOutcome>& outcome)
    {
        if (!outcome && outcome.error().kind == ErrorKind::Cancelled) {
            addNotBegun(id); // nothing of it was sent
            return;
        }
        const bool isDone = outcome && outcome->status == RowOutcome::Status::Done;
        m_done += isDone ? 1 : 0;
        m_unknown += outcome && outcome->status == RowOutcome::Status::Unknown ? 1 : 0;
        ++m_all;
        const std::string number = outcome && !outcome->id.empty() ? outcome->id : id;
        std::string one = "{\"id\": " + (number.empty() ? "null" : jsonOf(number)) + ", \"status\": \""
            + (outcome ? nameOf(outcome->status) : "failed") + "\"";
        if (!outcome || outcome->why) {
            one += ", \"error\": " + jsonOf(errorText(outcome ? *outcome->why : outcome.error()).toStdString());
        }
        if (outcome && outcome->now) {
            one += ", \"row\": " + rowJson(m_schema, *outcome->now);
        }
        m_rows += (m_rows.empty() ? "\n    " : ",\n    ") + one + "}";
    }
    void addNotBegun(const std::string& id)
    {
        ++m_notBegun;
        ++m_all;
        m_rows += (m_rows.empty() ? "\n    " : ",\n    ") + std::string("{\"id\": ")
            + (id.empty() ? "null" : jsonOf(id)) + ", \"status\": \"not begun\"}";
    }
    [[nodiscard]] int write() const
    {
        if (m_notBegun > 0) {
            std::fprintf(stderr, "keyglass: %s\n",
                qUtf8Printable(
                    tr("Stopped: %1 done, %2 not known, %3 not begun").arg(m_done).arg(m_unknown).arg(m_notBegun)));
        }
        const bool isWritten = writeOut("{\n  \"rows\": [" + m_rows + (m_rows.empty() ? "]" : "\n  ]")
            + ",\n  \"done\": " + std::to_string(m_done) + ",\n  \"not_done\": " + std::to_string(m_all - m_done)
            + ",\n  \"unknown\": " + std::to_string(m_unknown) + ",\n  \"not_begun\": " + std::to_string(m_notBegun)
            + "\n}\n");
        return !isWritten ? Failed : m_done == m_all ? Done : m_done + m_unknown > 0 ? DoneInPart : Failed;
    }

private:
    const TableSchema& m_schema;
    std::string m_rows;
    std::uint64_t m_done = 0;
    std::uint64_t m_unknown = 0;
    std::uint64_t m_notBegun = 0;
    std::uint64_t m_all = 0;
};

int preview(const std::vector<RowEdit>& edits, TableTarget& target, const std::stop_token& stop)
{
    RowEditor editor(target.editLanes(), target.schema().table);
    std::string all;
    for (const RowEdit& edit : edits) {
        const auto shown = editor.preview(edit, stop);
        if (!shown) {
            return tell(shown.error());
        }
        std::string lines;
        for (const std::string& line : shown->lines) {
            lines += (lines.empty() ? "" : ", ") + jsonOf(line);
        }
        all += (all.empty() ? "\n    " : ",\n    ") + std::string("{\"row\": ")
            + (shown->now ? rowJson(target.schema(), *shown->now) : "null") + ", \"commands\": [" + lines + "]}";
    }
    return writeOut("{\n  \"dry_run\": true,\n  \"rows\": [" + all + (all.empty() ? "]" : "\n  ]")
               + ",\n  \"count\": " + std::to_string(edits.size()) + "\n}\n")
        ? Done
        : Failed;
}

/// Asks on the terminal where --yes was not given. Input where there is none to ask on.
Status agreed(const Options& options, std::size_t rows)
{
    if (options.has("--yes") || rows == 0) {
        return ok();
    }
    if (::isatty(STDIN_FILENO) == 0) {
        return Error{
            ErrorKind::Confirm, tr("%1 rows").arg(rows), tr("With --yes it is done, with --dry-run only shown.")};
    }
    std::fprintf(stderr, "%s ", qUtf8Printable(tr("%1 rows will be changed or deleted. Go on? [y/N]").arg(rows)));
    const int answer = std::fgetc(stdin);
    return answer == 'y' || answer == 'Y' ? ok() : Status(Error{ErrorKind::Cancelled, {}, {}});
}

int apply(const std::vector<RowEdit>& edits, TableTarget& target, const std::stop_token& stop)
{
    RowEditor editor(target.editLanes(), target.schema().table);
    Account account(target.schema());
    for (const RowEdit& edit : edits) {
        if (stop.stop_requested()) {
            account.addNotBegun(edit.id);
        } else {
            account.add(edit.id, editor.apply(edit, stop));
        }
    }
    return account.write();
}

int changeRows(RowEdit::Kind kind, const Options& options, TableTarget& target, const std::stop_token& stop)
{
    const auto cells = cellsOf(options.values("--set"), options.values("--unset"));
    if (!cells) {
        return tell(cells.error());
    }
    if ((kind == RowEdit::Kind::Change) == cells->empty()) {
        return tell(Error{ErrorKind::Input, QStringLiteral("--set"),
            tr("update takes --set column=value or --unset column; delete takes neither")});
    }
    if (Status good = checkCells(target.schema(), *cells); !good) {
        return tell(good.error());
    }
    auto rows = meantRows(options, target, stop);
    if (!rows) {
        return tell(rows.error());
    }
    std::vector<RowEdit> edits;
    for (TableRow& row : *rows) {
        std::string id = row.id;
        edits.push_back({kind, std::move(id), *cells, std::move(row)});
    }
    if (options.has("--dry-run")) {
        return preview(edits, target, stop);
    }
    if (Status yes = agreed(options, edits.size()); !yes) {
        return tell(yes.error());
    }
    return apply(edits, target, stop);
}

} // namespace

int runTableInsert(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    const auto cells = cellsOf({options.rest().begin() + 1, options.rest().end()}, {});
    if (!cells) {
        return tell(cells.error());
    }
    if (Status good = checkCells(target.schema(), *cells); !good) {
        return tell(good.error());
    }
    const std::vector<RowEdit> edits{{RowEdit::Kind::Insert, {}, *cells, {}}};
    return options.has("--dry-run") ? preview(edits, target, stop) : apply(edits, target, stop);
}

int runTableUpdate(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    return changeRows(RowEdit::Kind::Change, options, target, stop);
}

int runTableDelete(const Options& options, TableTarget& target, const std::stop_token& stop)
{
    return changeRows(RowEdit::Kind::Delete, options, target, stop);
}

} // namespace keyglass::cli
