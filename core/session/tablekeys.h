// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/snapshot.h"
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

private:
    /// Calls `use` with each table behind `root` until it is false.
    void forEachTable(std::string_view root, const std::function<bool(const std::string& table)>& use) const;
    [[nodiscard]] bool isTable(std::string_view root, std::string_view name) const;
    [[nodiscard]] std::string_view rootOf(std::string_view key) const;

    std::shared_ptr<const Snapshot> m_keys;
    bool m_hasRoots;
};

} // namespace keyglass
