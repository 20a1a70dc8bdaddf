// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <span>

namespace keyglass::ui {

/// What the tables of a stream's groups have in common: cells that are texts, numbers to the right.
class TextTable : public QAbstractTableModel {
    Q_OBJECT

public:
    struct Column {
        const char* title; ///< To be translated.
        bool isNumber = false;
    };

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    TextTable(std::span<const Column> columns, QObject* parent);
    [[nodiscard]] virtual QString text(int row, int column) const = 0;
    [[nodiscard]] virtual QString toolTip(int /*row*/, int /*column*/) const { return {}; }

private:
    const std::span<const Column> m_columns;
};

} // namespace keyglass::ui
