// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/tablequery.h"

#include "core/source/lane.h"

#include <QCoreApplication>

#include <iterator>
#include <new>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr auto pickUpEvery = 50ms;
constexpr std::size_t mostWaiting = 5000; // rows

} // namespace

TableQuery::TableQuery(MakeLane makeLane, TableSchema schema, RowQuery query, QObject* parent)
    : QObject(parent)
    , m_thread([this, makeLane = std::move(makeLane), schema = std::move(schema), query = std::move(query)](
                   const std::stop_token& stop) { run(stop, makeLane, schema, query); })
{
    m_timer.setInterval(pickUpEvery);
    connect(&m_timer, &QTimer::timeout, this, &TableQuery::look);
    m_timer.start();
}

TableQuery::~TableQuery()
{
    m_thread.request_stop();
}

void TableQuery::stop()
{
    m_thread.request_stop();
}

std::vector<TableRow> TableQuery::take()
{
    const std::lock_guard lock(m_mutex);
    m_taken.notify_all();
    return std::exchange(m_rows, {});
}

void TableQuery::run(
    const std::stop_token& stop, const MakeLane& makeLane, const TableSchema& schema, const RowQuery& query)
{
    const auto sink = [&](std::vector<TableRow>&& rows, const QueryTally& soFar) {
        std::unique_lock lock(m_mutex);
        m_soFar = soFar;
        m_rows.insert(m_rows.end(), std::move_iterator(rows.begin()), std::move_iterator(rows.end()));
        return m_taken.wait(lock, stop, [this] { return m_rows.size() < mostWaiting; });
    };
    Result<QueryTally> end = Error{};
    try {
        auto lane = makeLane();
        end = lane ? runQuery(**lane, schema, query, stop, sink) : Result<QueryTally>(lane.error());
        if (end && stop.stop_requested()) {
            end = Error{ErrorKind::Cancelled, {}, {}};
        }
    } catch (const std::bad_alloc&) {
        end = Error{ErrorKind::Limit, QCoreApplication::translate("TableQuery", "The rows"),
            QCoreApplication::translate("TableQuery", "There is not enough memory.")};
    }
    const std::lock_guard lock(m_mutex);
    m_end = std::move(end);
}

/// On the owner's thread.
void TableQuery::look()
{
    std::optional<Result<QueryTally>> end;
    {
        const std::lock_guard lock(m_mutex);
        m_tally = m_soFar;
        end = m_end;
    }
    if (!end) {
        Q_EMIT progressed();
        return;
    }
    m_timer.stop();
    if (*end) {
        m_tally = **end;
    } else {
        m_error = end->error();
    }
    Q_EMIT progressed();
    Q_EMIT ended();
}

} // namespace keyglass
