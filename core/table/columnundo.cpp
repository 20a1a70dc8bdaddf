// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/columnundo.h"

#include "core/base/bytes.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaUndo", text);
}

} // namespace

ColumnUndo::ColumnUndo(UndoWrites& writes, const SchemaPlan& plan)
    : m_writes(writes)
    , m_plan(plan)
    , m_keys(writes.keys())
{
}

/// With its index from the beginning: it has no cells yet, and each comes with its entry.
Status ColumnUndo::add()
{
    const TableColumn column = *m_plan.madeOn->find(m_plan.change.column);
    const std::vector<Command> reads{Command{"EXISTS", m_keys.schema()}, Command{"HGET", m_keys.schema(), column.name},
        Command{"SISMEMBER", m_keys.indexed(), column.name}};
    return m_writes.guarded({m_keys.schema(), m_keys.indexed()}, reads,
        [&](const std::vector<Reply>& seen) -> Result<std::vector<Command>> {
            if (seen[0].integer == 0) {
                return m_writes.conflict(tr("There is no such table."));
            }
            if (seen[1].isText() && seen[1].text != column.typeName) {
                return m_writes.conflict(
                    tr("Column %1 is there again with another type.").arg(displayText(column.name)));
            }
            std::vector<Command> writes;
            if (!seen[1].isText()) {
                writes.push_back(Command{"HSET", m_keys.schema(), column.name, column.typeName});
            }
            if (column.isIndexed && seen[2].integer == 0) {
                writes.push_back(Command{"SADD", m_keys.indexed(), column.name});
            }
            return writes;
        });
}

/// What the archived rows hold in the column. A dump is read by the server only: it is restored under a name of its own
/// and deleted again within one transaction, so that nobody sees it.
Result<std::vector<std::optional<std::string>>> ColumnUndo::cellsIn(const std::vector<UndoRecord>& records)
{
    const std::string scratch = m_keys.prefix() + "undo";
    std::vector<Command> asked;
    for (const UndoRecord& record : records) {
        asked.push_back(Command{"RESTORE", scratch, "0", record.dump, "REPLACE"});
        asked.push_back(Command{"HGET", scratch, m_plan.change.column});
    }
    asked.push_back(Command{"DEL", scratch});
    const auto replies = m_writes.inOneGo(scratch, std::move(asked));
    if (!replies) {
        return replies.error();
    }
    std::vector<std::optional<std::string>> cells;
    for (std::size_t n = 0; n < records.size(); ++n) {
        const Reply& cell = (*replies)[2 * n + 1];
        cells.push_back(cell.isText() ? std::optional(cell.text) : std::nullopt);
    }
    return cells;
}

Status ColumnUndo::fill(const std::vector<UndoRecord>& all)
{
    std::vector<UndoRecord> rows;
    for (const UndoRecord& record : all) {
        const auto key = parseTableKey(record.key);
        if (key && key->part == TableKey::Part::Row && key->table == m_keys.table()) {
            rows.push_back(record);
        }
    }
    if (rows.empty()) {
        return ok();
    }
    const auto cells = cellsIn(rows);
    if (!cells) {
        return cells.error();
    }
    const std::string& column = m_plan.change.column;
    std::vector<std::string> watched{m_keys.schema(), m_keys.indexed(), m_keys.rows()};
    std::vector<Command> reads{
        Command{"HEXISTS", m_keys.schema(), column}, Command{"SISMEMBER", m_keys.indexed(), column}};
    for (const UndoRecord& row : rows) {
        watched.push_back(row.key);
        reads.push_back(Command{"SISMEMBER", m_keys.rows(), parseTableKey(row.key)->id});
        reads.push_back(Command{"HEXISTS", row.key, column});
    }
    std::uint64_t filled = 0;
    Status done = m_writes.guarded(watched, reads, [&](const std::vector<Reply>& seen) -> Result<std::vector<Command>> {
        if (seen[0].integer == 0) {
            return m_writes.conflict(tr("Column %1 has been dropped again.").arg(displayText(column)));
        }
        std::vector<Command> writes;
        filled = 0;
        for (std::size_t n = 0; n < rows.size(); ++n) {
            const bool isOpen = seen[2 + 2 * n].integer == 1 && seen[3 + 2 * n].integer == 0;
            if (isOpen && (*cells)[n]) {
                writes.push_back(Command{"HSET", rows[n].key, column, *(*cells)[n]});
                if (seen[1].integer == 1) {
                    writes.push_back(
                        Command{"SADD", m_keys.index(column, *(*cells)[n]), parseTableKey(rows[n].key)->id});
                }
                ++filled;
            }
        }
        return writes;
    });
    m_filled += done ? filled : 0;
    return done;
}

} // namespace keyglass
