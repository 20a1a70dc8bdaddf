// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/tablerow.h"
#include "core/table/tableschema.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <string>
#include <vector>

namespace keyglass::ui {

/// The loaded rows of a table: their ids, a column for each of the schema, and one that says what is wrong with them.
///
/// Sorts by type and narrows to what is looked for, both among what is loaded. A cell that is not there is told from an
/// empty one, in words too (Qt::AccessibleTextRole).
class RowModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int idColumn = 0;

    explicit RowModel(QObject* parent = nullptr);

    /// Another table, or the same with other columns: no rows.
    void setSchema(TableSchema schema);
    [[nodiscard]] const TableSchema& schema() const { return m_schema; }
    void clear();
    void append(std::vector<TableRow>&& rows);
    /// Rows of these ids are others now; those not loaded are passed over.
    void replace(const std::vector<TableRow>& rows);
    void remove(const std::vector<std::string>& ids);
    /// Only rows with this in a cell or as their id; in any case. Empty: all.
    void find(const QString& text);
    [[nodiscard]] const QString& lookedFor() const { return m_needle; }

    [[nodiscard]] const TableRow& row(int row) const { return m_rows[m_shown[static_cast<std::size_t>(row)]]; }
    /// Loaded, whether shown or not.
    [[nodiscard]] std::uint64_t loaded() const { return m_rows.size(); }
    [[nodiscard]] int troubleColumn() const { return static_cast<int>(m_schema.columns.size()) + 1; }
    [[nodiscard]] bool hasTroubles() const { return m_troubles > 0; }
    /// What fetchMore() asks for by moreWanted().
    void setHasMore(bool hasMore) { m_hasMore = hasMore; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void moreWanted();

private:
    using Place = std::uint32_t; ///< In m_rows.

    [[nodiscard]] bool isSorted() const { return m_sortColumn >= 0; }
    [[nodiscard]] bool isFound(const TableRow& row) const;
    [[nodiscard]] bool isBefore(Place left, Place right) const;
    [[nodiscard]] const std::optional<std::string>* cell(const QModelIndex& index) const;
    [[nodiscard]] QString words(const QModelIndex& index) const;
    [[nodiscard]] QString toolTip(const QModelIndex& index) const;
    [[nodiscard]] QVariant color(const QModelIndex& index) const;
    [[nodiscard]] bool isNumber(int column) const;
    void arrange();
    void countTroubles();

    TableSchema m_schema;
    std::vector<TableRow> m_rows;
    std::vector<Place> m_shown; ///< In their order.
    QString m_needle;
    int m_sortColumn = -1; ///< As loaded.
    Qt::SortOrder m_order = Qt::AscendingOrder;
    std::uint64_t m_troubles = 0;
    bool m_hasMore = false;
};

} // namespace keyglass::ui
