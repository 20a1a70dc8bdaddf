// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tablename.h"

#include "core/base/bytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

constexpr std::string_view schemaLead = "schema:";
constexpr std::string_view indexLead = "idx:";

QString tr(const char* text)
{
    return QCoreApplication::translate("TableName", text);
}

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool isNumber(std::string_view text)
{
    if (text.starts_with('-')) {
        text.remove_prefix(1);
    }
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view untilNul(std::string_view text)
{
    return text.substr(0, text.find('\0'));
}

/// What stands between the braces that `key` begins with, and what follows "}:".
std::optional<std::pair<std::string_view, std::string_view>> taken(std::string_view key)
{
    const std::size_t end = key.find("}:");
    if (!key.starts_with('{') || end == std::string_view::npos || end == 1) {
        return std::nullopt;
    }
    return std::pair{key.substr(1, end - 1), key.substr(end + 2)};
}

std::optional<TableKey> indexPart(std::string_view table, std::string_view rest)
{
    if (rest == "meta") {
        return TableKey{TableKey::Part::Indexed, std::string(table)};
    }
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    TableKey key{TableKey::Part::Index, std::string(table)};
    key.column = rest.substr(0, colon);
    key.value = rest.substr(colon + 1);
    return key;
}

} // namespace

std::optional<TableName> TableName::parse(std::string_view text)
{
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) {
        return std::nullopt;
    }
    return TableName{std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
}

Status checkNewName(std::string_view name)
{
    const auto bad = [&name](const QString& why) { return Error{ErrorKind::Input, displayText(name), why}; };
    if (name.empty()) {
        return Error{ErrorKind::Input, tr("The name"), tr("It is empty.")};
    }
    if (name.size() > longestTableName) {
        return bad(tr("It has %1 bytes; RedisTABLE takes 64.").arg(name.size()));
    }
    if (!std::ranges::all_of(name, isNameByte)) {
        return bad(tr("Only letters of A to Z, digits, _ and - are safe in names of RedisTABLE."));
    }
    return ok();
}

Status checkNewTable(const TableName& name)
{
    if (Status good = checkNewName(name.space); !good) {
        return good;
    }
    return checkNewName(name.table);
}

bool hasBraces(std::string_view name)
{
    return name.find_first_of("{}") != std::string_view::npos;
}

bool isPattern(std::string_view name)
{
    return name.find_first_of("*?[]\\") != std::string_view::npos;
}

bool isRowId(std::string_view id)
{
    constexpr std::size_t longest = 19; // of a signed number of 64 bits
    return !id.empty() && id.size() <= longest && id.front() != '0'
        && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
}

TableKeys::TableKeys(std::string_view table, TableLayout layout)
    : m_table(table)
    , m_layout(layout)
{
}

std::string TableKeys::schema() const
{
    return m_layout == TableLayout::Braced ? "schema:{" + m_table + "}" : "schema:" + m_table;
}

std::string TableKeys::lastId() const
{
    return m_layout == TableLayout::Braced ? prefix() + "id" : "table:" + m_table + ":id";
}

std::string TableKeys::rows() const
{
    return m_layout == TableLayout::Braced ? prefix() + "rows" : "rows:" + m_table;
}

std::string TableKeys::row(std::string_view id) const
{
    return prefix().append(id);
}

std::string TableKeys::indexed() const
{
    return m_layout == TableLayout::Braced ? prefix() + "idx:meta" : "idx:meta:" + m_table;
}

std::string TableKeys::index(std::string_view column, std::string_view value) const
{
    return indexPrefix(column).append(untilNul(value));
}

std::string TableKeys::indexPrefix(std::string_view column) const
{
    std::string key = m_layout == TableLayout::Braced ? prefix() + "idx:" : "idx:" + m_table + ":";
    return key.append(column) + ':';
}

std::string TableKeys::prefix() const
{
    return m_layout == TableLayout::Braced ? "{" + m_table + "}:" : m_table + ":";
}

std::string namespaceKey(std::string_view space)
{
    return "schema:{" + std::string(space) + "}";
}

std::optional<SchemaKey> parseSchemaKey(std::string_view key)
{
    if (!key.starts_with(schemaLead) || key.size() == schemaLead.size()) {
        return std::nullopt;
    }
    const std::string_view name = key.substr(schemaLead.size());
    if (name.starts_with('{') && name.ends_with('}') && name.size() > 2) {
        return SchemaKey{std::string(name.substr(1, name.size() - 2)), TableLayout::Braced};
    }
    return SchemaKey{std::string(name), TableLayout::Plain};
}

std::optional<TableKey> parseTableKey(std::string_view key)
{
    if (const auto schema = parseSchemaKey(key); schema && schema->layout == TableLayout::Braced) {
        const bool isTable = TableName::parse(schema->name).has_value();
        return TableKey{isTable ? TableKey::Part::Schema : TableKey::Part::Namespace, schema->name};
    }
    const auto parts = taken(key);
    if (!parts || !TableName::parse(parts->first)) {
        return std::nullopt;
    }
    const auto& [table, rest] = *parts;
    if (rest == "id") {
        return TableKey{TableKey::Part::LastId, std::string(table)};
    }
    if (rest == "rows") {
        return TableKey{TableKey::Part::Rows, std::string(table)};
    }
    if (rest.starts_with(indexLead)) {
        return indexPart(table, rest.substr(indexLead.size()));
    }
    if (!isNumber(rest)) {
        return std::nullopt;
    }
    TableKey row{TableKey::Part::Row, std::string(table)};
    row.id = rest;
    return row;
}

} // namespace keyglass
