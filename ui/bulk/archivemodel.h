// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archiveentry.h"
#include "core/table/schemachange.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <optional>
#include <vector>

namespace keyglass::ui {

/// Undo archives, one row each; files that can't be read say why.
class ArchiveModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Created, Job, Connection, Keys, Found, Size, State, Columns };

    explicit ArchiveModel(QObject* parent = nullptr);

    void setEntries(std::vector<ArchiveEntry> entries);
    /// How many of an archive's keys are what is looked for.
    void setFound(const QString& file, std::uint64_t keys);
    void clearFound();
    /// The first row that has some; -1 where there is none.
    [[nodiscard]] int firstFound() const;
    /// How many have some.
    [[nodiscard]] int foundRows() const;
    /// Null where there is no such row.
    [[nodiscard]] const ArchiveEntry* entry(int row) const;
    /// The change of a table's schema that the archive belongs to; null: it is of no such change.
    [[nodiscard]] const SchemaChange* schemaChange(int row) const;
    /// The row of this file; -1 where there is none.
    [[nodiscard]] int rowOf(const QString& file) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Item {
        ArchiveEntry entry;
        std::optional<SchemaChange> change; ///< Of a schema.
        std::optional<std::uint64_t> found; ///< Nothing while it was not looked into.
    };
    [[nodiscard]] static QString jobText(const Item& item);
    [[nodiscard]] static QString textOf(const Item& item, int column);
    [[nodiscard]] static QString toolTipOf(const Item& item);

    std::vector<Item> m_items;
};

} // namespace keyglass::ui
