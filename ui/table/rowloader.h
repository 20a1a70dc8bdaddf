// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/session/tablesession.h"

#include <QObject>

#include <cstdint>
#include <optional>
#include <vector>

namespace keyglass::ui {

/// Reads a table's rows page by page, as more of them are wanted.
class RowLoader : public QObject {
    Q_OBJECT

public:
    enum class Order {
        Server, ///< As SSCAN gives them.
        Ids,    ///< As they were inserted.
    };
    /// More rows than these are not loaded: a query narrows.
    static constexpr std::uint64_t mostRows = 50'000;

    explicit RowLoader(Session& session, QObject* parent = nullptr);

    /// From the start; answers to earlier questions are dropped. The first page is asked for at once.
    void begin(const OpenedTable& table, Order order);
    void more();
    /// Nothing comes any more.
    void cancel();
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    [[nodiscard]] bool hasMore() const;
    [[nodiscard]] bool isFull() const { return m_count >= mostRows; }
    /// Why the last page did not come; more() tries again.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    /// A page came, or none did.
    void loaded(std::vector<keyglass::TableRow>& rows);

private:
    [[nodiscard]] bool isByScan() const;
    void byScan();
    void byIds();
    template <typename T> void take(const Result<T>& answer, std::vector<TableRow> rows);

    Session& m_session;
    OpenedTable m_table;
    Order m_order = Order::Server;
    RowCursor m_cursor;
    std::uint64_t m_nextId = 1;
    SeenIds m_seen;
    std::uint64_t m_count = 0;
    std::uint64_t m_generation = 0;
    bool m_isLoading = false;
    std::optional<Error> m_error;
};

} // namespace keyglass::ui
