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
    const bool isAtEnd = m_order == Order::Server ? m_cursor.isAtEnd() : m_nextId > m_table.extent.lastId;
    return !isAtEnd && !isFull();
}

void RowLoader::more()
{
    if (m_isLoading || !hasMore()) {
        return;
    }
    m_isLoading = true;
    m_error.reset();
    m_order == Order::Server ? byScan() : byIds();
}

void RowLoader::byScan()
{
    const RowPageLimits limits{pageRows};
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
