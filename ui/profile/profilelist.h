// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QStyledItemDelegate>

#include <optional>
#include <vector>

namespace keyglass {
class ProfileStore;
}

namespace keyglass::ui {

/// The saved connections, last used first.
class ProfileList : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { AddressRole = Qt::UserRole, EnvironmentRole, ReadOnlyRole, LastUsedRole };

    using QAbstractListModel::QAbstractListModel;

    void read(const ProfileStore& profiles);
    [[nodiscard]] const Profile& at(int row) const { return m_rows.at(static_cast<std::size_t>(row)).profile; }
    [[nodiscard]] int rowOf(const QString& id) const; ///< -1 where it isn't there.

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        Profile profile;
        std::optional<QDateTime> lastUsed;
    };

    [[nodiscard]] static QString toolTip(const Row& row);
    [[nodiscard]] static QString spoken(const Row& row);

    std::vector<Row> m_rows;
};

/// Paints a connection in two lines: its environment's dot, its name, its address, how it is used, when it was last.
class ProfileDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace keyglass::ui
