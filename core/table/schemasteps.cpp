// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemasteps.h"

#include "core/base/bytes.h"
#include "core/table/rowpages.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

constexpr int mostTries = 20;
constexpr std::size_t rowsAtOnce = 100;
constexpr std::size_t keysAtOnce = 100;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaSteps", text);
}

} // namespace

SchemaSteps::SchemaSteps(TableTransaction& transaction, const TableSchema& schema, TableArchive* archive,
    std::stop_token stop, const SchemaProgress& progress)
    : m_transaction(transaction)
    , m_schema(schema)
    , m_keys(schema.keys())
    , m_archive(archive)
    , m_stop(std::move(stop))
    , m_progress(progress)
{
}

void SchemaSteps::tell(std::uint64_t done, std::uint64_t of) const
{
    if (m_progress) {
        m_progress(done, of);
    }
}

Status SchemaSteps::commitBatch(
    const Guard& guard, const std::vector<Command>& writes, const std::vector<std::string>& touched)
{
    std::vector<std::string> watched{guard.watched};
    if (m_archive) {
        watched.insert(watched.end(), touched.begin(), touched.end());
    }
    std::vector<Command> all = writes;
    all.push_back(m_transaction.moveProbe());
    for (int n = 0; n < mostTries; ++n) {
        const auto seen = m_transaction.look(watched, {guard.question, m_transaction.moveProbe()}, m_stop);
        if (!seen) {
            return seen.error();
        }
        if (!seen->front().isInteger() || seen->front().integer != guard.wanted) {
            m_transaction.leave(m_stop);
            return Error{ErrorKind::Conflict, tr("Table %1").arg(displayText(m_schema.table)), guard.otherwise};
        }
        if (Status kept = m_archive ? m_archive->keep(m_transaction.lane(), touched, m_stop) : ok(); !kept) {
            m_transaction.leave(m_stop);
            return kept;
        }
        const auto end = m_transaction.commit(all, m_stop);
        if (!end) {
            return end.error();
        }
        if (end->kind == TableTransaction::End::Kind::Done) {
            return ok();
        }
        if (end->kind != TableTransaction::End::Kind::CalledOff) {
            return aboutTable(replyError(end->error), m_keys);
        }
        if (m_archive) {
            m_archive->calledOff();
        }
    }
    return Error{
        ErrorKind::Conflict, tr("Table %1").arg(displayText(m_schema.table)), tr("Others write to it all the time.")};
}

Status SchemaSteps::unlink(const Guard& guard, const std::vector<std::string>& keys)
{
    std::vector<Command> writes;
    for (const std::string& key : keys) {
        writes.push_back(Command{"UNLINK", key});
    }
    return commitBatch(guard, writes, keys);
}

/// SCAN of the node that has the table.
Status SchemaSteps::removeKeys(const std::string& prefix, const Guard& guard, const IsOurs& isOurs)
{
    std::string cursor = "0";
    std::vector<std::string> batch;
    do {
        auto reply = m_transaction.lane().call(
            Command{"SCAN", cursor, "MATCH", escapeGlob(prefix) + '*', "COUNT", "1000"}, m_stop);
        if (!reply) {
            return std::move(reply).error();
        }
        cursor = reply->elements.empty() ? "0" : reply->elements[0].text;
        for (const Reply& key : reply->elements.size() == 2 ? reply->elements[1].elements : std::vector<Reply>()) {
            if (key.text.starts_with(prefix) && isOurs(key.text)) {
                batch.push_back(key.text);
            }
        }
        while (batch.size() >= keysAtOnce || (cursor == "0" && !batch.empty())) {
            const std::size_t count = std::min(keysAtOnce, batch.size());
            const auto end = batch.begin() + static_cast<std::ptrdiff_t>(count);
            if (Status done = unlink(guard, {batch.begin(), end}); !done) {
                return done;
            }
            batch.erase(batch.begin(), end);
            m_removed += count;
            tell(m_removed, 0);
        }
    } while (cursor != "0");
    return ok();
}

Status SchemaSteps::removeEntries(const std::string& column)
{
    const Guard guard{m_keys.indexed(), Command{"SISMEMBER", m_keys.indexed(), column}, 0,
        tr("Column %1 has an index again; its entries were left.").arg(displayText(column))};
    return removeKeys(m_keys.indexPrefix(column), guard, [this, &column](const std::string& name) {
        const auto key = parseTableKey(name);
        return key && key->part == TableKey::Part::Index && key->table == m_schema.table && key->column == column;
    });
}

Status SchemaSteps::removeLeftovers()
{
    const Guard guard{
        m_keys.schema(), Command{"EXISTS", m_keys.schema()}, 0, tr("The table is there again; its keys were left.")};
    Status removed = removeKeys(m_keys.prefix(), guard, [this](const std::string& name) {
        const auto key = parseTableKey(name);
        return key && key->table == m_schema.table && key->part != TableKey::Part::LastId;
    });
    return removed ? unlink(guard, {m_keys.lastId()}) : std::move(removed);
}

Status SchemaSteps::removeField(const std::string& column)
{
    const Guard guard{m_keys.schema(), Command{"HEXISTS", m_keys.schema(), column}, 0,
        tr("Column %1 is there again; rows that still have it keep it.").arg(displayText(column))};
    RowReader reader(m_transaction.lane(), m_schema);
    RowCursor cursor;
    std::uint64_t done = 0;
    while (!cursor.isAtEnd()) {
        auto page = reader.page(std::move(cursor), RowPageLimits{.rows = rowsAtOnce}, m_stop);
        if (!page) {
            return std::move(page).error();
        }
        std::vector<Command> writes;
        std::vector<std::string> touched;
        const auto place = m_schema.place(column);
        for (const TableRow& row : page->rows) {
            const bool hasField = place && row.cells[*place].has_value();
            const auto cells = std::ranges::count_if(row.cells, [](const auto& cell) { return cell.has_value(); });
            if (hasField && cells + std::ssize(row.strays) > 1) {
                writes.push_back(Command{"HDEL", m_keys.row(row.id), column});
                touched.push_back(m_keys.row(row.id));
            }
            m_keptRows += hasField && cells + std::ssize(row.strays) <= 1 ? 1 : 0;
        }
        if (Status written = writes.empty() ? ok() : commitBatch(guard, writes, touched); !written) {
            return written;
        }
        m_removed += writes.size();
        done += page->rows.size();
        tell(done, 0);
        cursor = std::move(page->next);
    }
    return ok();
}

Result<std::vector<std::string>> SchemaSteps::keysOf(const std::string& prefix)
{
    std::vector<std::string> keys;
    std::string cursor = "0";
    do {
        auto reply = m_transaction.lane().call(
            Command{"SCAN", cursor, "MATCH", escapeGlob(prefix) + '*', "COUNT", "1000"}, m_stop);
        if (!reply) {
            return std::move(reply).error();
        }
        cursor = reply->elements.empty() ? "0" : reply->elements[0].text;
        for (Reply& key : reply->elements.size() == 2 ? reply->elements[1].elements : reply->elements) {
            if (key.text.starts_with(prefix)) {
                keys.push_back(std::move(key.text));
            }
        }
    } while (cursor != "0");
    std::ranges::sort(keys);
    const auto twice = std::ranges::unique(keys);
    keys.erase(twice.begin(), twice.end());
    return keys;
}

Result<SchemaSteps::Build> SchemaSteps::buildIndex(
    const std::string& column, std::vector<std::string> watched, std::vector<Command> reads, bool anew)
{
    Build build;
    const auto old = keysOf(m_keys.indexPrefix(column));
    auto ids = m_transaction.lane().call(Command{"SMEMBERS", m_keys.rows()}, m_stop);
    if (!old || !ids) {
        return !old ? old.error() : aboutTable(ids.error(), m_keys);
    }
    const std::size_t asked = reads.size();
    watched.push_back(m_keys.rows());
    for (const Reply& id : ids->elements) {
        watched.push_back(m_keys.row(id.text));
        reads.push_back(Command{"HGET", m_keys.row(id.text), column});
    }
    reads.push_back(Command{"SMEMBERS", m_keys.rows()}); // under WATCH: the same ids
    auto seen = m_transaction.look(watched, std::move(reads), m_stop);
    if (!seen) {
        return std::move(seen).error();
    }
    if (seen->back().elements.size() != ids->elements.size()) {
        m_transaction.leave(m_stop);
        return Error{ErrorKind::Conflict, tr("Table %1").arg(displayText(m_schema.table)), {}};
    }
    if (anew || !old->empty()) { // what is left of an earlier index would be wrong in the new one
        for (const std::string& key : *old) {
            build.writes.push_back(Command{"DEL", key});
        }
    }
    for (std::size_t n = 0; n < ids->elements.size(); ++n) {
        const Reply& cell = (*seen)[asked + n];
        if (cell.isText()) {
            build.writes.push_back(Command{"SADD", m_keys.index(column, cell.text), ids->elements[n].text});
        }
    }
    seen->resize(asked);
    build.seen = *std::move(seen);
    return build;
}

} // namespace keyglass
