// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QAbstractTableModel>

#include <vector>

namespace keyglass::ui {

/// The ledger of a session's scan: one row a node, as it is while the scan runs and as it was at its end.
class LedgerModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Node,
        Role,
        Slots,
        Keys,
        Calls,
        KeysPerCall,
        CallsPerSecond,
        Count,
        MeanLatency,
        P99Latency,
        ServerTime,
        Errors,
        State,
        Started,
        Finished,
        Columns
    };

    explicit LedgerModel(const Session& session, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Whether the scan of that row's node had to be given up and can be gone on with.
    [[nodiscard]] bool isGivenUp(int row) const;
    /// Its name in the report; empty where there is no such row.
    [[nodiscard]] QString nodeAt(int row) const;

private:
    struct Row {
        NodeLedger ledger;
        QString replacedBy{};
        bool isOfNow = false; ///< Of the scan that runs, not of the one it goes on from.
    };

    void refresh();
    [[nodiscard]] std::vector<Row> rows() const;

    const Session& m_session;
    std::vector<Row> m_rows;
};

} // namespace keyglass::ui
