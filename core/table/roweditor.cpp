// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/roweditor.h"

#include "core/base/bytes.h"
#include "core/source/redis/infotext.h"
#include "core/table/rowpages.h"
#include "core/table/tabletransaction.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

using Kind = RowEdit::Kind;
using Status_ = RowOutcome::Status;

constexpr int mostRetries = 8;
/// How many ids above the last one are looked at for leftovers of failed inserts.
constexpr std::uint64_t candidates = 16;

QString tr(const char* text)
{
    return QCoreApplication::translate("RowEditor", text);
}

Error refused(const std::string& errorReply, const TableKeys& keys)
{
    return aboutTable(replyError(errorReply), keys);
}

/// The cells of `row` after the change, to see whether any are left.
bool leavesNothing(const TableRow& row, const TableSchema& schema, const RowEdit::Cells& cells)
{
    if (!row.strays.empty()) {
        return false;
    }
    for (std::size_t n = 0; n < schema.columns.size(); ++n) {
        const auto change = cells.find(schema.columns[n].name);
        const bool isThere = change != cells.end() ? change->second.has_value() : row.cells[n].has_value();
        if (isThere) {
            return false;
        }
    }
    return true;
}

const std::optional<std::string>* cellOf(
    const std::optional<TableRow>& row, const TableSchema& schema, const std::string& column)
{
    const auto place = schema.place(column);
    return row && place && *place < row->cells.size() ? &row->cells[*place] : nullptr;
}

Error noRow(const TableKeys& keys, const QString& why)
{
    return {ErrorKind::Input, tr("Table %1").arg(displayText(keys.table())), why};
}

} // namespace

/// What was seen of the table and the row, under WATCH.
struct RowEditor::Look {
    TableSchema schema;
    std::optional<TableRow> row; ///< Of Change and Delete; nothing: not there.
    bool isListed = true;        ///< False: `row` is a ghost, as failed inserts leave them.
    std::string newId{};         ///< Of Insert.
    std::uint64_t skipped = 0;   ///< Ids that leftovers hold.
};

/// One edit on its way.
class RowEditor::Try {
public:
    Try(EditLanes& lanes, const TableKeys& keys, const Confirmation& confirmation, const RowEdit& edit)
        : m_transaction(lanes, keys, confirmation)
        , m_keys(keys)
        , m_edit(edit)
    {
    }

    Result<Look> look(const std::stop_token& stop);
    /// Nothing: it may be written.
    [[nodiscard]] std::optional<Result<RowOutcome>> judge(const Look& look) const;
    [[nodiscard]] std::vector<Command> writes(const Look& look) const;
    Result<TableTransaction::End> commit(std::vector<Command> writes, const std::stop_token& stop)
    {
        return m_transaction.commit(std::move(writes), stop);
    }
    void leave(const std::stop_token& stop) { m_transaction.leave(stop); }
    [[nodiscard]] std::optional<TableRow> readRow(
        const TableSchema& schema, const std::string& id, const std::stop_token& stop);

private:
    [[nodiscard]] bool isInsert() const { return m_edit.kind == Kind::Insert; }
    [[nodiscard]] Status readNewId(std::vector<Reply>& replies, Look& look, const std::stop_token& stop);

    TableTransaction m_transaction;
    const TableKeys& m_keys;
    const RowEdit& m_edit;
};

Result<RowEditor::Look> RowEditor::Try::look(const std::stop_token& stop)
{
    std::vector<std::string> watched{m_keys.schema(), m_keys.indexed()};
    std::vector<Command> reads{Command{"HGETALL", m_keys.schema()}, Command{"SMEMBERS", m_keys.indexed()}};
    if (isInsert()) {
        watched.push_back(m_keys.lastId());
        reads.push_back(Command{"GET", m_keys.lastId()});
    } else {
        watched.push_back(m_keys.row(m_edit.id)); // not the rows: that others come and go does not matter to this one
        reads.push_back(Command{"HGETALL", m_keys.row(m_edit.id)});
        reads.push_back(Command{"SISMEMBER", m_keys.rows(), m_edit.id});
    }
    auto replies = m_transaction.look(watched, std::move(reads), stop);
    if (!replies) {
        return std::move(replies).error();
    }
    auto schema = schemaFrom(m_keys, (*replies)[0], (*replies)[1]);
    if (!schema) {
        leave(stop);
        return std::move(schema).error();
    }
    if (schema->columns.empty()) {
        leave(stop);
        return Error{ErrorKind::Gone, tr("Table %1").arg(displayText(m_keys.table())), tr("There is no such table.")};
    }
    Look look{*std::move(schema), std::nullopt};
    if (isInsert()) {
        if (Status read = readNewId(*replies, look, stop); !read) {
            leave(stop);
            return std::move(read).error();
        }
        return look;
    }
    if (const Reply& listed = (*replies)[3]; listed.isError()) { // which is no word on the row
        leave(stop);
        return aboutTable(replyError(listed.text).about(displayText(m_keys.rows())), m_keys);
    }
    TableRow row = rowFrom(look.schema, m_edit.id, std::move((*replies)[2]));
    look.isListed = (*replies)[3].integer == 1;
    if (look.isListed || row.state != TableRow::State::Gone) {
        look.row = std::move(row);
    }
    return look;
}

/// The next id whose row's key is free: what a failed INSERT has left there would become part of the new row.
Status RowEditor::Try::readNewId(std::vector<Reply>& replies, Look& look, const std::stop_token& stop)
{
    const Reply& last = replies[2];
    const auto number = last.isNil() ? std::optional<std::uint64_t>(0) : wholeNumber(last.text);
    if (last.isError() && replyError(last.text).kind != ErrorKind::WrongType) {
        return aboutTable(replyError(last.text), m_keys); // which is no word on what it holds
    }
    if (last.isError() || !number) {
        return Error{ErrorKind::WrongType, displayText(m_keys.lastId()),
            tr("It holds no number, so that rows can't be inserted. Nothing was changed.")};
    }
    std::vector<Command> asked;
    for (std::uint64_t n = 1; n <= candidates; ++n) {
        asked.push_back(Command{"EXISTS", m_keys.row(std::to_string(*number + n))});
    }
    const auto there = m_transaction.lane().pipeline(asked, stop);
    if (!there) {
        return there.error();
    }
    if (const auto failed = std::ranges::find_if(*there, &Reply::isError); failed != there->end()) {
        return aboutTable(replyError(failed->text), m_keys);
    }
    const auto free =
        std::ranges::find_if(*there, [](const Reply& reply) { return reply.isInteger() && reply.integer == 0; });
    look.skipped = static_cast<std::uint64_t>(free - there->begin());
    if (free == there->end()) {
        return Error{ErrorKind::Refused, displayText(m_keys.lastId()),
            tr("The keys of the next rows are taken by leftovers. Check the table first. Nothing was changed.")};
    }
    look.newId = std::to_string(*number + 1 + look.skipped);
    return ok();
}

std::optional<Result<RowOutcome>> RowEditor::Try::judge(const Look& look) const
{
    if (Status good = checkCells(look.schema, m_edit.cells); !good) {
        return Result<RowOutcome>(std::move(good).error());
    }
    if (isInsert()) {
        const bool isEmpty =
            std::ranges::none_of(m_edit.cells, [](const auto& cell) { return cell.second.has_value(); });
        return isEmpty ? std::optional(Result<RowOutcome>(noRow(m_keys, tr("A row without any cell can't be kept."))))
                       : std::nullopt;
    }
    const auto ended = [&](RowOutcome::Status status) {
        return Result<RowOutcome>(RowOutcome{status, m_edit.id, look.row, std::nullopt, 0});
    };
    if (!look.row) {
        return ended(Status_::Gone);
    }
    if (m_edit.seen && *m_edit.seen != *look.row) {
        return ended(Status_::Conflict);
    }
    if (m_edit.kind == Kind::Delete) {
        return std::nullopt; // which is how a ghost goes
    }
    if (!look.isListed) {
        return Result<RowOutcome>(Error{ErrorKind::Refused, displayText(m_keys.row(m_edit.id)),
            tr("It is none of the table's rows, but what a failed insert has left: RedisTABLE does not count it, and "
               "finds it by its index only. Delete it, or check the table and repair it. Nothing was changed.")});
    }
    if (look.row->state == TableRow::State::WrongType) {
        return Result<RowOutcome>(Error{ErrorKind::WrongType, displayText(m_keys.row(m_edit.id)),
            tr("It is no row: check the table. Nothing was changed.")});
    }
    if (leavesNothing(*look.row, look.schema, m_edit.cells)) {
        return Result<RowOutcome>(noRow(m_keys, tr("A row without any cell can't be kept; delete it instead.")));
    }
    return std::nullopt;
}

std::vector<Command> RowEditor::Try::writes(const Look& look) const
{
    if (m_edit.kind == Kind::Delete) {
        return commandsForRemoval(look.schema, *look.row);
    }
    if (!isInsert()) {
        return commandsForCells(look.schema, m_edit.id, look.row, m_edit.cells);
    }
    std::vector<Command> all = commandsForCells(look.schema, look.newId, std::nullopt, m_edit.cells);
    // not INCRBY: a replica and the append-only file have not counted what the module has inserted
    all.insert(all.begin(), Command{"SET", m_keys.lastId(), look.newId});
    all.push_back(Command{"SADD", m_keys.rows(), look.newId});
    return all;
}

std::optional<TableRow> RowEditor::Try::readRow(
    const TableSchema& schema, const std::string& id, const std::stop_token& stop)
{
    auto replies = m_transaction.lane().pipeline(std::array{Command{"HGETALL", m_keys.row(id)}}, stop);
    if (!replies || replies->front().isError()) {
        return std::nullopt;
    }
    TableRow row = rowFrom(schema, id, std::move(replies->front()));
    return row.state == TableRow::State::Gone ? std::nullopt : std::optional(std::move(row));
}

RowEditor::RowEditor(EditLanes& lanes, std::string table, Confirmation confirmation)
    : m_lanes(lanes)
    , m_keys(table)
    , m_confirmation(std::move(confirmation))
{
}

Result<RowOutcome> RowEditor::apply(const RowEdit& edit, std::stop_token stop)
{
    if (edit.kind != Kind::Insert && !isRowId(edit.id)) {
        return Error{ErrorKind::Input, tr("Row %1").arg(displayText(edit.id)),
            tr("Rows are called by whole numbers from 1 on; other keys of a table are no rows. Nothing was changed.")};
    }
    Try attempt(m_lanes, m_keys, m_confirmation, edit);
    RowOutcome outcome;
    for (int retries = 0; retries < mostRetries; ++retries) {
        auto look = attempt.look(stop);
        if (!look) {
            return std::move(look).error();
        }
        if (auto judged = attempt.judge(*look)) {
            attempt.leave(stop);
            return *std::move(judged);
        }
        outcome.id = edit.kind == Kind::Insert ? look->newId : edit.id;
        outcome.retries = retries;
        auto writes = attempt.writes(*look);
        if (writes.empty()) { // it is so already
            attempt.leave(stop);
            outcome.now = look->row;
            return outcome;
        }
        auto end = attempt.commit(std::move(writes), stop);
        if (!end) {
            const ErrorKind kind = end.error().kind;
            if (kind == ErrorKind::Refused || kind == ErrorKind::ReadOnly || kind == ErrorKind::Confirm) {
                return std::move(end).error();
            }
            outcome.status = Status_::Unknown;
            outcome.why = std::move(end).error();
            outcome.now = attempt.readRow(look->schema, outcome.id, stop);
            return outcome;
        }
        switch (end->kind) {
        case TableTransaction::End::Kind::Done:
            outcome.now = attempt.readRow(look->schema, outcome.id, stop);
            return outcome;
        case TableTransaction::End::Kind::CalledOff:
            continue;
        case TableTransaction::End::Kind::Refused:
            return refused(end->error, m_keys);
        case TableTransaction::End::Kind::HalfDone:
            break;
        }
        Error half = refused(end->error, m_keys);
        half.detail += u' ' + tr("A part of the change was made: check the table.");
        return half;
    }
    outcome.status = Status_::TooBusy;
    return outcome;
}

Result<RowPreview> RowEditor::preview(const RowEdit& edit, std::stop_token stop)
{
    Try attempt(m_lanes, m_keys, m_confirmation, edit);
    auto look = attempt.look(stop);
    if (!look) {
        return std::move(look).error();
    }
    attempt.leave(stop);
    RowPreview preview;
    preview.now = look->row;
    if (auto judged = attempt.judge(*look)) {
        if (!*judged) {
            return std::move(*judged).error();
        }
        return Error{(*judged)->status == Status_::Gone ? ErrorKind::Gone : ErrorKind::Conflict,
            tr("Row %1").arg(displayText(edit.id)), {}};
    }
    for (const Command& command : attempt.writes(*look)) {
        preview.lines.push_back(commandLine(command));
    }
    return preview;
}

Status checkCells(const TableSchema& schema, const RowEdit::Cells& cells)
{
    if (schema.layout == TableLayout::Plain) {
        return Error{ErrorKind::Unsupported, tr("Table %1").arg(displayText(schema.table)),
            tr("It has the keys of RedisTABLE 1.0, which are only read.")};
    }
    for (const auto& [name, value] : cells) {
        const TableColumn* column = schema.find(name);
        if (!column) {
            return Error{ErrorKind::Input, tr("Column %1").arg(displayText(name)),
                tr("Table %1 has no such column.").arg(displayText(schema.table))};
        }
        const bool isEmptyText = value && value->empty() && column->type() == ColumnType::String;
        if (!value || isEmptyText) {
            continue; // plain commands can write an empty string, though the module can't
        }
        if (Status good = checkValue(name, column->type(), *value); !good) {
            return good;
        }
        if (column->isIndexed && value->find('\0') != std::string::npos) {
            return Error{ErrorKind::Input, tr("Column %1").arg(displayText(name)),
                tr("RedisTABLE cuts indexed values at a zero byte, so it would be found under another value.")};
        }
    }
    return ok();
}

std::vector<Command> commandsForCells(const TableSchema& schema, const std::string& id,
    const std::optional<TableRow>& before, const RowEdit::Cells& cells)
{
    const TableKeys keys = schema.keys();
    Command set{"HSET", keys.row(id)};
    Command unset{"HDEL", keys.row(id)};
    std::vector<Command> indexes;
    for (const auto& [name, value] : cells) {
        const auto* old = cellOf(before, schema, name);
        const TableColumn* column = schema.find(name);
        if ((old ? *old : std::nullopt) == value || !column) {
            continue;
        }
        if (value) {
            set.add(name).add(*value);
        } else {
            unset.add(name);
        }
        if (column->isIndexed && old && *old) {
            indexes.push_back(Command{"SREM", keys.index(name, **old), id});
        }
        if (column->isIndexed && value) {
            indexes.push_back(Command{"SADD", keys.index(name, *value), id});
        }
    }
    std::vector<Command> all;
    for (Command* one : {&set, &unset}) {
        if (one->arguments().size() > 2) {
            all.push_back(std::move(*one));
        }
    }
    all.insert(all.end(), indexes.begin(), indexes.end());
    return all;
}

std::vector<Command> commandsForRemoval(const TableSchema& schema, const TableRow& row)
{
    const TableKeys keys = schema.keys();
    std::vector<Command> all;
    for (std::size_t n = 0; n < schema.columns.size(); ++n) {
        const TableColumn& column = schema.columns[n];
        if (column.isIndexed && n < row.cells.size() && row.cells[n]) {
            all.push_back(Command{"SREM", keys.index(column.name, *row.cells[n]), row.id});
        }
    }
    all.push_back(Command{"SREM", keys.rows(), row.id});
    all.push_back(Command{"DEL", keys.row(row.id)});
    return all;
}

std::string commandLine(const Command& command)
{
    std::string line;
    for (const std::string& argument : command.arguments()) {
        const bool isPlain = !argument.empty() && argument.find_first_of(" \"'\\\t\r\n") == std::string::npos
            && isUtf8(argument)
            && std::ranges::none_of(argument, [](char c) { return static_cast<unsigned char>(c) < ' '; });
        line += line.empty() ? "" : " ";
        if (isPlain) {
            line += argument;
            continue;
        }
        line += '"';
        for (const char c : escapeLine(argument)) {
            line += c == '"' ? std::string("\\\"") : std::string(1, c);
        }
        line += '"';
    }
    return line;
}

} // namespace keyglass
