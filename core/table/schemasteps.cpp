// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemasteps.h"

#include "core/base/bytes.h"
#include "core/source/redis/clusteraddress.h"
#include "core/table/rowpages.h"
#include "core/table/tableremains.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

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

void SchemaSteps::tell(SchemaStep::Kind kind, std::uint64_t done, std::uint64_t of)
{
    m_step = {kind, done, of, kind == SchemaStep::Kind::Removing ? m_removed : 0};
    if (m_progress) {
        m_progress(m_step);
    }
}

Status SchemaSteps::commitBatch(const Guard& guard, const Batch& batch)
{
    std::vector<std::string> watched = batch.watched;
    watched.push_back(guard.watched);
    std::vector<Command> reads = batch.reads;
    reads.insert(reads.end(), {guard.question, m_transaction.moveProbe()});
    for (int n = 0; n < mostTries; ++n) {
        const auto seen = m_transaction.look(watched, reads, m_stop);
        if (!seen) {
            return seen.error();
        }
        const Reply& answer = (*seen)[batch.reads.size()];
        if (!answer.isInteger() || answer.integer != guard.wanted) {
            m_transaction.leave(m_stop);
            return Error{ErrorKind::Refused, tr("Table %1").arg(displayText(m_schema.table)), guard.otherwise};
        }
        Writes writes = batch.writes(*seen);
        if (writes.commands.empty()) {
            m_transaction.leave(m_stop);
            return ok();
        }
        if (Status kept = m_archive ? m_archive->keep(m_transaction.lane(), writes.touched, m_stop) : ok(); !kept) {
            m_transaction.leave(m_stop);
            return kept;
        }
        writes.commands.push_back(m_transaction.moveProbe());
        const auto end = m_transaction.commit(std::move(writes.commands), m_stop);
        if (!end) {
            m_isUncertain = TableTransaction::mayBeDone(end.error());
            return end.error();
        }
        m_isUncertain = end->kind == TableTransaction::End::Kind::HalfDone;
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
        ErrorKind::Refused, tr("Table %1").arg(displayText(m_schema.table)), tr("Others write to it all the time.")};
}

Status SchemaSteps::unlink(const Guard& guard, const std::vector<std::string>& keys)
{
    Writes all{{}, keys};
    for (const std::string& key : keys) {
        all.commands.push_back(Command{"UNLINK", key});
    }
    return commitBatch(
        guard, {m_archive ? keys : std::vector<std::string>(), {}, [&all](const std::vector<Reply>&) { return all; }});
}

/// SCAN of the node that has the table, which may become another one with each batch.
Status SchemaSteps::removeKeys(const std::string& prefix, const Guard& guard, const IsOurs& isOurs)
{
    std::vector<std::string> batch;
    const auto removeSome = [&](std::size_t most) -> Status {
        const std::size_t count = std::min(most, batch.size());
        const auto end = batch.begin() + static_cast<std::ptrdiff_t>(count);
        if (Status done = unlink(guard, {batch.begin(), end}); !done) {
            return done;
        }
        batch.erase(batch.begin(), end);
        m_removed += count;
        tell(SchemaStep::Kind::Removing, m_step.done, m_step.of);
        return ok();
    };
    int redirects = m_transaction.redirects();
    const KeySink take = [&](std::vector<std::string>&& found) -> Status {
        if (std::exchange(redirects, m_transaction.redirects()) != redirects) {
            batch.clear(); // they are found again
        }
        std::ranges::copy_if(found, std::back_inserter(batch), isOurs);
        while (batch.size() >= keysAtOnce) {
            if (Status removed = removeSome(keysAtOnce); !removed) {
                return removed;
            }
        }
        return ok();
    };
    const KeyProgress looked = [this](std::uint64_t keys, std::uint64_t of) {
        tell(SchemaStep::Kind::Removing, keys, of);
    };
    m_step = {};
    for (;;) {
        Status walked = scanKeys(m_transaction, prefix, m_stop, take, looked);
        walked = walked ? removeSome(keysAtOnce) : std::move(walked); // none too: is the table still here?
        if (!walked || m_transaction.redirects() == redirects) {
            return walked;
        }
    }
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

Status SchemaSteps::removeFormerIndexes()
{
    const Guard guard{
        m_keys.schema(), Command{"EXISTS", m_keys.schema()}, 0, tr("The table is there again; its keys were left.")};
    return removeKeys(m_keys.prefix() + "idx:", guard, [this](const std::string& name) {
        const auto key = parseTableKey(name);
        const bool isOfIndexes = key && (key->part == TableKey::Part::Index || key->part == TableKey::Part::Indexed);
        return isOfIndexes && key->table == m_schema.table;
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
    RowCursor cursor;
    SeenIds walked; // a row that comes twice is kept once
    std::uint64_t done = 0;
    const auto rows = m_transaction.lane().call(Command{"SCARD", m_keys.rows()}, m_stop);
    const auto all = rows ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, rows->integer)) : 0;
    while (!cursor.isAtEnd()) {
        const int redirects = m_transaction.redirects();
        RowReader reader(m_transaction.lane(), m_schema);
        Status more = reader.moreIds(cursor, m_keys.rows(), rowsAtOnce, m_stop);
        if (!more && parseRedirect(more.error().detail.toStdString())) {
            if (const auto seen = m_transaction.look({m_keys.schema()}, {}, m_stop); !seen) {
                return seen.error();
            }
            m_transaction.leave(m_stop);
            more = m_transaction.redirects() != redirects ? ok() : std::move(more);
        }
        if (!more) {
            return more;
        }
        std::vector<std::string> ids;
        std::ranges::copy_if(std::exchange(cursor.ids, {}), std::back_inserter(ids),
            [&walked](const std::string& id) { return walked.add(id); });
        for (std::size_t from = 0; from < ids.size(); from += rowsAtOnce) {
            const std::size_t upTo = std::min(ids.size(), from + rowsAtOnce);
            const std::vector<std::string> some(
                ids.begin() + static_cast<std::ptrdiff_t>(from), ids.begin() + static_cast<std::ptrdiff_t>(upTo));
            if (Status removed = removeFieldOf(guard, column, some); !removed) {
                return removed;
            }
        }
        done += ids.size();
        tell(SchemaStep::Kind::Rows, done, std::max(all, done));
        if (m_transaction.redirects() != redirects) {
            cursor = {}; // the other node has another order
        }
    }
    return ok();
}

/// Whether a row would be left with nothing is seen under WATCH: an emptied hash is gone, and with it the row.
Status SchemaSteps::removeFieldOf(const Guard& guard, const std::string& column, const std::vector<std::string>& ids)
{
    Batch batch;
    for (const std::string& id : ids) {
        batch.watched.push_back(m_keys.row(id));
        batch.reads.push_back(Command{"HEXISTS", m_keys.row(id), column});
        batch.reads.push_back(Command{"HLEN", m_keys.row(id)});
    }
    std::uint64_t removed = 0;
    std::uint64_t kept = 0;
    batch.writes = [&](const std::vector<Reply>& seen) {
        Writes writes;
        removed = 0;
        kept = 0;
        for (std::size_t n = 0; n < ids.size(); ++n) {
            const bool hasField = seen[2 * n].isInteger() && seen[2 * n].integer == 1; // a damaged row answers neither
            const bool hasMore = seen[2 * n + 1].isInteger() && seen[2 * n + 1].integer > 1;
            if (hasField && hasMore) {
                writes.commands.push_back(Command{"HDEL", m_keys.row(ids[n]), column});
                writes.touched.push_back(m_keys.row(ids[n]));
                ++removed;
            }
            kept += hasField && !hasMore ? 1 : 0;
        }
        return writes;
    };
    Status done = commitBatch(guard, batch);
    m_removed += done ? removed : 0;
    m_keptRows += done ? kept : 0;
    return done;
}

Result<SchemaSteps::Build> SchemaSteps::buildIndex(
    const std::string& column, std::vector<std::string> watched, std::vector<Command> reads)
{
    Build build;
    std::set<std::string> old;
    const Status walked = scanKeys(
        m_transaction.lane(), m_keys.indexPrefix(column), m_stop,
        [&old](std::vector<std::string>&& keys) {
            std::ranges::move(keys, std::inserter(old, old.end()));
            return ok();
        },
        [this](std::uint64_t looked, std::uint64_t of) { tell(SchemaStep::Kind::Keys, looked, of); });
    auto ids = m_transaction.lane().call(Command{"SMEMBERS", m_keys.rows()}, m_stop);
    if (!walked || !ids) {
        return !walked ? walked.error() : aboutTable(ids.error(), m_keys);
    }
    const std::size_t asked = reads.size();
    watched.push_back(m_keys.rows());
    for (const Reply& id : ids->elements) {
        watched.push_back(m_keys.row(id.text));
        reads.push_back(Command{"HGET", m_keys.row(id.text), column});
    }
    reads.push_back(Command{"SMEMBERS", m_keys.rows()}); // under WATCH: these very ids, not only as many
    auto seen = m_transaction.look(watched, std::move(reads), m_stop);
    if (!seen) {
        return std::move(seen).error();
    }
    if (!std::ranges::is_permutation(seen->back().elements, ids->elements, {}, &Reply::text, &Reply::text)) {
        m_transaction.leave(m_stop);
        return Error{ErrorKind::Conflict, tr("Table %1").arg(displayText(m_schema.table)), {}};
    }
    for (const std::string& key : old) { // not watched: the rows are, and a WATCH takes the longer the more there are
        build.writes.push_back(Command{"DEL", key});
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
