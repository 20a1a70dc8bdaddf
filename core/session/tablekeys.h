// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/folderrange.h"
#include "core/index/snapshot.h"
#include "core/index/treerows.h"
#include "core/results/keychoice.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Which keys of a list belong to tables of RedisTABLE, by their names: a table is there where its schema's key
/// (`schema:{shop.items}`) is in the list. Asks no server; each costs a search or two, but where it says so.
///
/// `hasRoots`: the list's keys stand behind their database's root (keyroot.h). Names of tables come without it.
class TableKeyNames {
public:
    TableKeyNames(std::shared_ptr<const Snapshot> keys, bool hasRoots);

    /// The table that a key is a part of: its schema, its counter, a row, an index.
    [[nodiscard]] std::optional<std::string> tableOf(std::string_view key) const;
    /// The table all of whose keys but the schema have this prefix, a folder's.
    [[nodiscard]] std::optional<std::string> tableOfFolder(std::string_view prefix) const;
    /// Tables with keys among those with this prefix, in order, at most `most`. Walks the names of all tables.
    [[nodiscard]] std::vector<std::string> tablesBelow(std::string_view prefix, std::size_t most) const;
    /// Tables with keys among the chosen ones, in order, at most `most`. Costs a few ranks for each table of the list.
    [[nodiscard]] std::vector<std::string> tablesOf(
        const KeyChoice& choice, std::string_view root, std::size_t most) const;

    /// Of a key that is left out by foldedTables(): the row that stands for its table, else the key's own.
    [[nodiscard]] RowId rowOf(const std::string& key, const TreeOptions& options) const;
    /// What foldedTables() leaves out, in order; nothing where there are more tables than `most`.
    [[nodiscard]] std::vector<std::string> secondRows(const TreeOptions& options, std::size_t most) const;

private:
    /// The only row of a table in a tree: the folder with its keys, or its schema where there is no such folder.
    struct TableRows {
        bool isFolder = false;
        std::string leftOut{}; ///< The key that would be a second row; empty: none.
    };
    [[nodiscard]] TableRows rowsOf(std::string_view root, const std::string& table, const TreeOptions& options) const;
    [[nodiscard]] std::vector<std::string> roots() const;
    /// Calls `use` with each table behind `root` until it is false.
    void forEachTable(std::string_view root, const std::function<bool(const std::string& table)>& use) const;
    [[nodiscard]] bool isTable(std::string_view root, std::string_view name) const;
    [[nodiscard]] std::string_view rootOf(std::string_view key) const;

    std::shared_ptr<const Snapshot> m_keys;
    bool m_hasRoots;
};

/// The keys for a tree in which each table is one row, though the key of its schema stands apart from all its others.
/// The same where the tree has no such folders, or where there are more than a thousand tables. Costs two searches for
/// each table.
[[nodiscard]] std::shared_ptr<const Snapshot> foldedTables(
    const std::shared_ptr<const Snapshot>& keys, const TreeOptions& options);

} // namespace keyglass
