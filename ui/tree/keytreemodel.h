// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/treerows.h"
#include "ui/tree/detailscache.h"

#include <QAbstractItemModel>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace keyglass::ui {

/// The columns of the key tree.
enum class KeyColumn { Name, Type, Ttl, Memory };
inline constexpr int keyColumnCount = 4;

/// A window of the tree's rows as a flat Qt model: what is on screen, not more, as a row number of Qt is an int and a
/// reset must cost the same at any size. Row 0 is row firstRow() of the tree; the level is a role.
///
/// Holds no details: reads them from `details`, which must outlive it.
class KeyTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Role {
        BytesRole = Qt::UserRole + 1, ///< QByteArray: the key or prefix, exactly.
        IsFolderRole,
        IsExpandedRole,
        DepthRole,
        KeyCountRole,
    };

    explicit KeyTreeModel(const DetailsCache& details, QObject* parent = nullptr);

    /// Shows these rows of a tree. Tells views of a reset only if the rows differ.
    void setWindow(TreeWindow window);
    /// Rows stand behind the roots of their databases (keyroot.h): these are no part of a key's name.
    void setHasRoots(bool hasRoots) { m_hasRoots = hasRoots; }
    /// Says which table a folder holds the keys of, or a key is the schema of; null: none.
    using TableOf = std::function<std::optional<std::string>(const TreeRow&)>;
    void setTables(TableOf tableOf) { m_tableOf = std::move(tableOf); }
    /// The table that a row stands for; nothing for one whose keys are shown below it.
    [[nodiscard]] std::optional<std::string> tableOf(const TreeRow& row) const;
    [[nodiscard]] const TreeWindow& window() const { return m_window; }
    [[nodiscard]] const TreeRow& row(int at) const { return m_window.rows[static_cast<std::size_t>(at)]; }
    [[nodiscard]] quint64 firstRow() const { return m_window.first; }
    /// The index of a row's name; not valid where it is not in the window.
    [[nodiscard]] QModelIndex indexOf(const RowId& id) const;
    /// The details of the row have changed, or of all rows.
    void detailsChanged();

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    /// The exact names, one a line as text (escaped where they are no text), and as bytes.
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;

    /// What a cell of a key's row says: "–" for no expiry, empty while it is not known.
    [[nodiscard]] QString cellText(const TreeRow& row, KeyColumn column) const;
    /// Everything that is known of a row, exact, for its tooltip; plain text.
    [[nodiscard]] QString toolTip(const TreeRow& row) const;

private:
    [[nodiscard]] std::string_view nameOf(const TreeRow& row) const;

    bool m_hasRoots = false;
    TableOf m_tableOf;
    TreeWindow m_window;
    const DetailsCache& m_details;
};

} // namespace keyglass::ui
