// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/rowloader.h"

#include "ui/common/whenready.h"

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::uint64_t pageRows = 200;
constexpr std::uint64_t stretch = 500; ///< Of ids, of which some may have been deleted.

} // namespace

RowLoader::RowLoader(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
}

void RowLoader::begin(const OpenedTable& table, Order order)
{
    cancel();
    m_table = table;
    m_order = order;
    m_cursor = {};
    m_nextId = 1;
    m_seen = SeenIds();
    m_count = 0;
    more();
}

void RowLoader::cancel()
{
    ++m_generation;
    m_isLoading = false;
    m_error.reset();
}

bool RowLoader::hasMore() const
{
    const bool isWanted = m_order == Order::Server || m_cursor.hasBegun || m_count < m_table.extent.rows;
    const bool isAtEnd = isByScan() && (!isWanted || m_cursor.isAtEnd());
    return !isAtEnd && !isFull();
}

/// In the order of ids too, when all up to the counter have come: there may be rows above it, or by other ids.
bool RowLoader::isByScan() const
{
    return m_order == Order::Server || m_nextId > m_table.extent.lastId;
}

void RowLoader::more()
{
    if (m_isLoading || !hasMore()) {
        return;
    }
    m_isLoading = true;
    m_error.reset();
    isByScan() ? byScan() : byIds();
}

void RowLoader::byScan()
{
    RowPageLimits limits{pageRows};
    limits.passedOver = m_order == Order::Ids ? m_table.extent.lastId : 0;
    whenReady(this, m_session.tables().page(m_table.schema, m_cursor, limits),
        [this, generation = m_generation](const Result<RowPage>& page) {
            if (generation != m_generation) {
                return;
            }
            std::vector<TableRow> fresh;
            if (page) {
                m_cursor = page->next;
                std::ranges::copy_if(
                    page->rows, std::back_inserter(fresh), [this](const TableRow& row) { return m_seen.add(row.id); });
            }
            take(page, std::move(fresh));
        });
}

void RowLoader::byIds()
{
    const std::uint64_t last = std::min(m_nextId + stretch - 1, m_table.extent.lastId);
    whenReady(this, m_session.tables().rowsByIds(m_table.schema, m_nextId, last),
        [this, last, generation = m_generation](const Result<std::vector<TableRow>>& rows) {
            if (generation != m_generation) {
                return;
            }
            if (rows) {
                m_nextId = last + 1;
            }
            take(rows, rows ? *rows : std::vector<TableRow>());
        });
}

template <typename T> void RowLoader::take(const Result<T>& answer, std::vector<TableRow> rows)
{
    m_isLoading = false;
    if (!answer) {
        m_error = answer.error();
    }
    m_count += rows.size();
    if (answer && rows.empty() && hasMore()) {
        more(); // a page of nothing new is none
        return;
    }
    Q_EMIT loaded(rows);
}

} // namespace keyglass::ui
