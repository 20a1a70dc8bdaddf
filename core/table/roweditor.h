// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/edit/editlanes.h"
#include "core/source/commandgate.h"
#include "core/table/tablerow.h"
#include "core/table/tableschema.h"

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// One row to be inserted, changed or deleted.
struct RowEdit {
    enum class Kind { Insert, Change, Delete };
    /// What becomes of cells; nothing: the row has no such cell afterwards.
    using Cells = std::map<std::string, std::optional<std::string>>;

    Kind kind = Kind::Change;
    std::string id{};               ///< Of Change and Delete.
    Cells cells{};                  ///< Of Insert and Change.
    std::optional<TableRow> seen{}; ///< What the user saw of it: another content is a conflict. Nothing: whatever.
};

/// How an edit ended.
struct RowOutcome {
    enum class Status {
        Done,
        Conflict, ///< The row is not as it was seen: `now` is what it is.
        Gone,     ///< There is no such row.
        TooBusy,  ///< Others wrote all the time; nothing was done.
        Unknown,  ///< The line was lost while it was written; `now` is what is there, where that could be read.
    };
    Status status = Status::Done;
    std::string id;              ///< Of an inserted row: the new one.
    std::optional<TableRow> now; ///< What is there: the row afterwards, or what is in the way.
    std::optional<Error> why;    ///< Of Unknown.
    int retries = 0;             ///< Others wrote the row, the schema or the indexes' list meanwhile.
};

/// What an edit would send, for a preview: with the row as it was read now.
struct RowPreview {
    std::vector<std::string> lines; ///< Command lines.
    std::optional<TableRow> now;
};

/// Edits rows by plain commands in guarded transactions, indexes included, so that replicas and the append-only file
/// get them, which they do not of TABLE.INSERT, UPDATE and DELETE.
///
/// All values are checked by type before anything is sent: Input. An indexed value with a NUL is refused, as the module
/// cuts it there; so is a change that would leave a row without cells, which would be no row any more. Needs no module.
/// Tables of the layout of 1.0 are not written: Unsupported. Borrows the lanes; thread: blocks, belongs to one thread.
class RowEditor {
public:
    RowEditor(EditLanes& lanes, std::string table, Confirmation confirmation = {});

    /// Errors: Input, Gone (no such table), Refused (the table's slot is moving), those of the gate and of the line
    /// before anything was sent, Server where the server refuses.
    [[nodiscard]] Result<RowOutcome> apply(const RowEdit& edit, std::stop_token stop);
    /// The same looks with nothing written.
    [[nodiscard]] Result<RowPreview> preview(const RowEdit& edit, std::stop_token stop);

private:
    struct Look;
    class Try;

    EditLanes& m_lanes;
    const TableKeys m_keys;
    const Confirmation m_confirmation;
};

/// Whether a row may get these cells, by the schema: Input, saying which column takes what.
[[nodiscard]] Status checkCells(const TableSchema& schema, const RowEdit::Cells& cells);

/// The commands that bring a row from `before` (nothing: it is new) to having `cells`, its index entries included. In
/// the order in which they are sent.
[[nodiscard]] std::vector<Command> commandsForCells(const TableSchema& schema, const std::string& id,
    const std::optional<TableRow>& before, const RowEdit::Cells& cells);
/// The commands that take a row away with its index entries.
[[nodiscard]] std::vector<Command> commandsForRemoval(const TableSchema& schema, const TableRow& row);

/// A command as a line to be read, bytes escaped.
[[nodiscard]] std::string commandLine(const Command& command);

} // namespace keyglass
