// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/jsonparts.h"

#include <QAbstractItemModel>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass::ui {

/// A JSON text as a tree of its members and elements, below one row for all of it.
///
/// Nothing is parsed before it is looked at: the children of a row are found when it is opened, a thousand at a time,
/// so that sixteen megabytes open like a line. Numbers and strings are shown as they stand in the text.
class JsonTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };
    /// How many children of a row are found at once.
    static constexpr int batch = 1000;

    explicit JsonTreeModel(QObject* parent = nullptr);

    /// `path`: where the text was read, in the form that begins with `$`; empty where it is what several paths lead to,
    /// so that no part of it has a path that is known. Null: nothing.
    void setText(std::shared_ptr<const std::string> text, std::string path);
    /// The path that leads to a row alone; empty where none is known.
    [[nodiscard]] std::string path(const QModelIndex& index) const;
    /// What stands there, as it was read.
    [[nodiscard]] std::string_view text(const QModelIndex& index) const;
    [[nodiscard]] JsonSpan::Kind kind(const QModelIndex& index) const;
    /// The row that `path` leads to, found (and its parents' children fetched) as far as there is one; else the nearest
    /// parent that is there. Invalid where the model is empty.
    [[nodiscard]] QModelIndex find(const std::string& path);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    /// Whether there is more behind what is loaded of a part, and the next batch of it. The view's own way to more,
    /// canFetchMore(), ends with the first batch: a QTreeView goes on asking at each layout, and would load all.
    [[nodiscard]] bool hasMore(const QModelIndex& parent) const;
    void fetchNext(const QModelIndex& parent);
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node {
        explicit Node(const JsonSpan& where)
            : span(where)
            , rest(where)
        {
        }
        JsonSpan span;
        Node* parent = nullptr;
        int row = 0;
        JsonParts rest; ///< The children that are not found yet.
        bool isComplete = false;
        std::vector<std::unique_ptr<Node>> children;
    };

    [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
    [[nodiscard]] std::string pathOf(const Node& node) const;
    [[nodiscard]] QString nameOf(const Node& node) const;
    [[nodiscard]] QString valueOf(const Node& node) const;

    std::shared_ptr<const std::string> m_text;
    std::string m_path;
    std::unique_ptr<Node> m_root;
    bool m_isFetching = false; ///< Whoever hears of new rows may want more: not before these are there.
};

} // namespace keyglass::ui
