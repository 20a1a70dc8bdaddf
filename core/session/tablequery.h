// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/table/rowquery.h"

#include <QObject>
#include <QTimer>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace keyglass {

/// A query under way, on a thread and a lane of its own. Its rows are picked up twenty times a second; whoever does not
/// take them holds the query up.
///
/// Belongs to one thread. Deleting it ends the query.
class TableQuery : public QObject {
    Q_OBJECT

public:
    /// Called on the query's thread.
    using MakeLane = std::function<Result<std::unique_ptr<Lane>>()>;

    TableQuery(MakeLane makeLane, TableSchema schema, RowQuery query, QObject* parent = nullptr);
    ~TableQuery() override;

    /// ended() follows soon; rows found until then still come.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }
    /// The rows found since the last call.
    [[nodiscard]] std::vector<TableRow> take();
    [[nodiscard]] const QueryTally& tally() const { return m_tally; }
    /// Why it ended early (Cancelled after stop()); nothing where it did not.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    /// There are rows to take, or it has come further.
    void progressed();
    void ended();

private:
    void run(const std::stop_token& stop, const MakeLane& makeLane, const TableSchema& schema, const RowQuery& query);
    void look();

    QTimer m_timer;
    QueryTally m_tally;
    std::optional<Error> m_error;

    std::mutex m_mutex; ///< Guards the next three: the query's thread fills them, the owner's empties them.
    std::vector<TableRow> m_rows;
    QueryTally m_soFar;
    std::optional<Result<QueryTally>> m_end;
    std::condition_variable_any m_taken;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
