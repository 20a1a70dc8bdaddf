// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tableschema.h"

#include "core/base/bytes.h"
#include "core/net/command.h"
#include "core/source/lane.h"
#include "core/source/redis/clusteraddress.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <set>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TableSchema", text);
}

/// Why a schema can't be read; of a damaged key, what to do about it.
Error notRead(Error error, const TableKeys& keys, bool isOfColumns)
{
    if (error.kind == ErrorKind::WrongType) {
        error.detail = isOfColumns
            ? tr("%1 is no hash.").arg(displayText(keys.schema()))
            : tr("%1 is no set, so that no index is known or kept. Check the table and have it repaired: that key is "
                 "archived and removed. Then add its indexes again.")
                  .arg(displayText(keys.indexed()));
    }
    return aboutTable(std::move(error), keys);
}

/// The table in one layout; nothing where its schema is not there.
Result<std::optional<TableSchema>> fetchIn(TableLayout layout, Lane& lane, std::string_view table, std::stop_token stop)
{
    const TableKeys keys(table, layout);
    const std::array commands{Command{"HGETALL", keys.schema()}, Command{"SMEMBERS", keys.indexed()}};
    const auto replies = lane.pipeline(commands, std::move(stop));
    if (!replies) {
        return replies.error();
    }
    if (replies->front().isArray() && replies->front().elements.empty()) {
        return std::optional<TableSchema>();
    }
    auto schema = schemaDespiteDamage(keys, replies->front(), replies->back());
    if (!schema) {
        return std::move(schema).error();
    }
    return std::optional(*std::move(schema));
}

} // namespace

const TableColumn* TableSchema::find(std::string_view column) const
{
    const auto at = place(column);
    return at ? &columns[*at] : nullptr;
}

std::optional<std::size_t> TableSchema::place(std::string_view column) const
{
    const auto found = std::ranges::find(columns, column, &TableColumn::name);
    return found == columns.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns.begin()));
}

bool TableSchema::isSameAs(const TableSchema& other) const
{
    return table == other.table && layout == other.layout && schemaLines(*this) == schemaLines(other);
}

Result<TableSchema> schemaFrom(const TableKeys& keys, const Reply& columns, const Reply& indexed)
{
    for (const Reply* reply : {&columns, &indexed}) {
        if (reply->isError()) {
            return notRead(replyError(reply->text), keys, reply == &columns);
        }
    }
    if (!columns.isArray() || !indexed.isArray() || columns.elements.size() % 2 != 0) {
        return Error{ErrorKind::Protocol, displayText(keys.schema()), {}};
    }
    std::set<std::string> marked;
    for (const Reply& one : indexed.elements) {
        marked.insert(one.text);
    }
    TableSchema schema{keys.table(), keys.layout(), {}, {}};
    for (std::size_t at = 0; at < columns.elements.size(); at += 2) {
        const std::string& name = columns.elements[at].text;
        schema.columns.push_back({name, columns.elements[at + 1].text, marked.erase(name) > 0});
    }
    schema.strayIndexes.assign(marked.begin(), marked.end());
    return schema;
}

Result<TableSchema> schemaDespiteDamage(const TableKeys& keys, const Reply& columns, const Reply& indexed)
{
    if (!indexed.isError() || replyError(indexed.text).kind != ErrorKind::WrongType) {
        return schemaFrom(keys, columns, indexed);
    }
    Reply none;
    none.type = Reply::Type::Array;
    auto schema = schemaFrom(keys, columns, none);
    if (schema) {
        schema->hasIndexList = false;
    }
    return schema;
}

namespace {

/// What is known of a table that has no schema: whether anything else of it is there.
Error noSuchTable(Lane& lane, std::string_view table, const std::stop_token& stop)
{
    const QString subject = tr("Table %1").arg(displayText(table));
    if (!TableName::parse(table)) {
        return {ErrorKind::Input, subject, tr("A table is named NAMESPACE.TABLE, as in shop.items.")};
    }
    const TableKeys keys{std::string(table)};
    const auto left = lane.call(Command{"EXISTS", keys.rows(), keys.lastId(), keys.indexed()}, stop);
    const bool hasLeft = left && left->isInteger() && left->integer > 0; // what may not be asked is not known
    const QString schema = displayText(keys.schema());
    return {ErrorKind::Gone, subject,
        hasLeft ? tr("Its schema %1 is not there, but other keys of it are: have a new table take its rows over, or "
                     "drop it to have them removed.")
                      .arg(schema)
                : tr("No key %1 is there.").arg(schema)};
}

} // namespace

Result<TableSchema> fetchTableSchema(Lane& lane, std::string_view table, std::stop_token stop)
{
    for (const TableLayout layout : {TableLayout::Braced, TableLayout::Plain}) {
        auto schema = fetchIn(layout, lane, table, stop);
        if (!schema) {
            return std::move(schema).error();
        }
        if (*schema) {
            return std::move(**schema);
        }
    }
    return noSuchTable(lane, table, stop);
}

std::vector<std::string> schemaLines(const TableSchema& schema)
{
    std::vector<std::string> lines;
    for (const TableColumn& column : schema.columns) {
        lines.push_back(column.name + ' ' + column.typeName + (column.isIndexed ? " indexed" : ""));
    }
    for (const std::string& stray : schema.strayIndexes) {
        lines.push_back(stray + " (no column) indexed");
    }
    std::ranges::sort(lines);
    return lines;
}

std::vector<std::string> schemaDiff(const TableSchema& before, const TableSchema& after)
{
    const auto old = schemaLines(before);
    const auto now = schemaLines(after);
    std::vector<std::pair<std::string, char>> marked;
    for (const std::string& line : old) {
        marked.emplace_back(line, std::ranges::binary_search(now, line) ? ' ' : '-');
    }
    for (const std::string& line : now) {
        if (!std::ranges::binary_search(old, line)) {
            marked.emplace_back(line, '+');
        }
    }
    const auto nameOf = [](const std::string& line) { return std::string_view(line).substr(0, line.find(' ')); };
    std::ranges::stable_sort(
        marked, [&nameOf](const auto& a, const auto& b) { return nameOf(a.first) < nameOf(b.first); });
    std::vector<std::string> lines;
    for (const auto& [line, mark] : marked) {
        lines.push_back(mark + line);
    }
    return lines;
}

Error aboutTable(Error error, const TableKeys& keys)
{
    const QString subject = tr("Table %1").arg(displayText(keys.table()));
    if (const auto redirect = parseRedirect(error.detail.toStdString()); redirect && redirect->isAsk) {
        return {ErrorKind::Refused, subject,
            tr("Its slot is on its way to another node, and a part of it is at either. Try again when it has "
               "arrived.")};
    }
    if (error.kind == ErrorKind::Permission) {
        error.detail += QLatin1String(error.detail.endsWith(u'.') ? " " : ". ")
            + tr("Tables are read and written by their keys, which takes the patterns ~%1* and ~%2.")
                  .arg(displayText(keys.prefix()), displayText(keys.schema()));
    }
    return std::move(error).about(subject);
}

} // namespace keyglass
