// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/tablekeys.h"

#include "core/index/keyroot.h"
#include "core/index/leftout.h"
#include "core/table/tablename.h"

#include <algorithm>

namespace keyglass {

namespace {

constexpr std::string_view schemaLead = "schema:{";

std::string schemaOf(std::string_view root, std::string_view table)
{
    return std::string(root) + TableKeys(table).schema();
}

/// "{shop.items}:" is a folder.
bool hasTableFolders(const TreeOptions& options)
{
    return options.separator == ":";
}

} // namespace

TableKeyNames::TableKeyNames(std::shared_ptr<const Snapshot> keys, bool hasRoots)
    : m_keys(std::move(keys))
    , m_hasRoots(hasRoots)
{
}

std::string_view TableKeyNames::rootOf(std::string_view key) const
{
    const std::size_t length = m_hasRoots ? rootLength(key) : 0;
    return length > key.size() ? std::string_view() : key.substr(0, length);
}

bool TableKeyNames::isTable(std::string_view root, std::string_view name) const
{
    return TableName::parse(name) && m_keys->contains(schemaOf(root, name));
}

std::optional<std::string> TableKeyNames::tableOf(std::string_view key) const
{
    const std::string_view root = rootOf(key);
    const auto part = parseTableKey(key.substr(root.size()));
    return part && isTable(root, part->table) ? std::optional(part->table) : std::nullopt;
}

std::optional<std::string> TableKeyNames::tableOfFolder(std::string_view prefix) const
{
    const std::string_view root = rootOf(prefix);
    const std::string_view name = prefix.substr(root.size());
    constexpr std::string_view end = "}:";
    if (name.size() <= 1 + end.size() || name.front() != '{' || !name.ends_with(end)) {
        return std::nullopt;
    }
    const std::string_view table = name.substr(1, name.size() - 1 - end.size());
    return isTable(root, table) ? std::optional(std::string(table)) : std::nullopt;
}

void TableKeyNames::forEachTable(std::string_view root, const std::function<bool(const std::string& table)>& use) const
{
    const std::string lead = std::string(root).append(schemaLead);
    SnapshotCursor cursor(m_keys);
    for (bool isThere = cursor.seek(lead); isThere && cursor.key().starts_with(lead); isThere = cursor.next()) {
        const auto schema = parseSchemaKey(cursor.key().substr(root.size()));
        const bool isTable =
            schema && schema->layout == TableLayout::Braced && TableName::parse(schema->name).has_value();
        if (isTable && !use(schema->name)) {
            return;
        }
    }
}

std::vector<std::string> TableKeyNames::tablesBelow(std::string_view prefix, std::size_t most) const
{
    std::vector<std::string> tables;
    const std::string_view root = rootOf(prefix);
    const std::string_view below = prefix.substr(root.size());
    forEachTable(root, [&](const std::string& table) {
        const TableKeys keys(table);
        const std::string rows = keys.prefix();
        if (keys.schema().starts_with(below) || rows.starts_with(below) || below.starts_with(rows)) {
            tables.push_back(table);
        }
        return tables.size() < most;
    });
    return tables;
}

std::vector<std::string> TableKeyNames::tablesOf(const KeyChoice& choice, std::string_view root, std::size_t most) const
{
    std::vector<std::string> tables;
    const auto isChosen = [&](const KeyRange& range) {
        return choice.selected ? choice.selected->share(range, *choice.keys) != SelectedShare::None
                               : choice.keys->count(range) > 0;
    };
    forEachTable(root, [&](const std::string& table) {
        const std::string schema = schemaOf(root, table);
        if (isChosen(prefixRange(std::string(root) + TableKeys(table).prefix())) || isChosen({schema, schema + '\0'})) {
            tables.push_back(table);
        }
        return tables.size() < most;
    });
    return tables;
}

TableKeyNames::TableRows TableKeyNames::rowsOf(
    std::string_view root, const std::string& table, const TreeOptions& options) const
{
    const std::string prefix = std::string(root) + TableKeys(table).prefix();
    SnapshotCursor cursor(m_keys);
    if (!cursor.seek(prefix) || !cursor.key().starts_with(prefix)) {
        return {};
    }
    const std::string first(cursor.key());
    const bool hasOne = !cursor.next() || !cursor.key().starts_with(prefix);
    const bool isOneRow = isFolded(hasOne ? 1 : 2, root.size(), options); // it would stand there as that key
    return isOneRow ? TableRows{false, first} : TableRows{true, schemaOf(root, table)};
}

std::vector<std::string> TableKeyNames::roots() const
{
    if (!m_hasRoots) {
        return {{}};
    }
    std::vector<std::string> all;
    SnapshotCursor cursor(m_keys);
    for (bool isThere = cursor.seek({}); isThere && !rootOf(cursor.key()).empty();) {
        all.emplace_back(rootOf(cursor.key()));
        const auto end = upperBound(all.back());
        isThere = end && cursor.seek(*end);
    }
    return all;
}

std::vector<std::string> TableKeyNames::secondRows(const TreeOptions& options, std::size_t most) const
{
    std::vector<std::string> keys;
    std::size_t tables = 0;
    for (const std::string& root : roots()) {
        forEachTable(root, [&](const std::string& table) {
            if (std::string leftOut = rowsOf(root, table, options).leftOut; !leftOut.empty()) {
                keys.push_back(std::move(leftOut));
            }
            return ++tables <= most;
        });
    }
    if (tables > most) {
        return {};
    }
    std::ranges::sort(keys);
    return keys;
}

RowId TableKeyNames::rowOf(const std::string& key, const TreeOptions& options) const
{
    const auto table = hasTableFolders(options) ? tableOf(key) : std::nullopt;
    if (!table) {
        return {key, false};
    }
    const std::string_view root = rootOf(key);
    const TableRows rows = rowsOf(root, *table, options);
    if (rows.leftOut != key) {
        return {key, false};
    }
    return rows.isFolder ? RowId{std::string(root) + TableKeys(*table).prefix(), true}
                         : RowId{schemaOf(root, *table), false};
}

std::shared_ptr<const Snapshot> foldedTables(const std::shared_ptr<const Snapshot>& keys, const TreeOptions& options)
{
    constexpr std::size_t most = 1000; // some milliseconds
    return hasTableFolders(options) ? leavingOut(keys, TableKeyNames(keys, options.hasRoots).secondRows(options, most))
                                    : keys;
}

} // namespace keyglass
