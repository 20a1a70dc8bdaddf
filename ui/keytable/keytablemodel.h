// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/columns/sortcolumn.h"
#include "ui/tree/detailscache.h"
#include "ui/tree/rowname.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <string>
#include <vector>

namespace keyglass::ui {

/// A window of the key table's rows: what is on screen, not more, as a row number of Qt is an int and moving on must
/// cost the same at any size. Row 0 is row firstRow() of the table. Moving the window changes data, not rows, so that
/// a header beside it stays as it is.
///
/// Holds no details: reads them from `details`, which must outlive it.
class KeyTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        BytesRole = Qt::UserRole + 1, ///< QByteArray: the key, exactly.
    };

    explicit KeyTableModel(const DetailsCache& details, QObject* parent = nullptr);

    void setWindow(std::uint64_t first, std::vector<std::string> keys);
    /// Keys stand behind the roots of their databases (keyroot.h).
    void setHasRoots(bool hasRoots) { m_hasRoots = hasRoots; }
    [[nodiscard]] std::uint64_t firstRow() const { return m_first; }
    [[nodiscard]] const std::vector<std::string>& keys() const { return m_keys; }
    [[nodiscard]] const std::string& key(int row) const { return m_keys[static_cast<std::size_t>(row)]; }
    /// The details of the rows have changed.
    void detailsChanged();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The name as it is painted; of several databases, with that of its own.
    [[nodiscard]] RowName nameOf(int row) const;
    /// Null where nothing is known of the key.
    [[nodiscard]] const DetailsCache::Entry* details(int row) const { return m_details.find(key(row)); }
    /// This user may not ask for it, which is what the cell says.
    [[nodiscard]] bool isRefused(int row, SortColumn column) const;

private:
    [[nodiscard]] QString cellText(int row, SortColumn column) const;
    [[nodiscard]] QString toolTip(int row, SortColumn column) const;

    const DetailsCache& m_details;
    std::uint64_t m_first = 0;
    std::vector<std::string> m_keys;
    bool m_hasRoots = false;
};

/// "Memory": the head of a column, and how sentences name it ("memory").
[[nodiscard]] QString columnTitle(SortColumn column);
[[nodiscard]] QString columnWords(SortColumn column);
/// Numbers stand at the right.
[[nodiscard]] bool isRightAligned(SortColumn column);

} // namespace keyglass::ui
