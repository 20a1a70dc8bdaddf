// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/console/consoleanswer.h"

#include <QAbstractItemModel>

#include <memory>

namespace keyglass::ui {

/// A reply as a tree: an array's elements are its children, brought a piece at a time, so that a million of them cost
/// what is looked at.
class ReplyModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Place, Content, ColumnCount };

    explicit ReplyModel(QObject* parent = nullptr);
    ~ReplyModel() override;

    /// Null: nothing is shown.
    void setReply(std::shared_ptr<const Reply> reply);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    [[nodiscard]] Node& nodeOf(const QModelIndex& index) const;

    std::shared_ptr<const Reply> m_reply;
    std::unique_ptr<Node> m_root; ///< Its one child is the reply.
    bool m_isFetching = false;    ///< Who hears of new rows must not ask for more before they are there.
};

} // namespace keyglass::ui
