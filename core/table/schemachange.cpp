// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemachange.h"

#include "core/base/bytes.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

using namespace Qt::StringLiterals;
using Kind = SchemaChange::Kind;
using After = Result<std::optional<TableSchema>>;

constexpr std::array<std::string_view, schemaChangeKinds> names{"create-namespace", "create-table", "add-column",
    "add-index", "drop-index", "repair-index", "change-type", "drop-column", "drop-table", "drop-namespace"};
constexpr int version = 1;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaChange", text);
}

Error refused(ErrorKind kind, const QString& subject, const QString& why)
{
    return {kind, subject, why};
}

QString column(std::string_view name)
{
    return tr("Column %1").arg(displayText(name));
}

Status checkType(std::string_view typeName)
{
    return isKnownType(typeName)
        ? ok()
        : Status(refused(ErrorKind::Input, tr("Type %1").arg(displayText(typeName)),
              tr("RedisTABLE knows string, integer, float and date; it would take any other word for string.")));
}

After created(const SchemaChange& change)
{
    const auto name = TableName::parse(change.table);
    if (!name) {
        return refused(ErrorKind::Input, displayText(change.table), tr("A table is called NAMESPACE.TABLE."));
    }
    if (Status good = checkNewTable(*name); !good) {
        return std::move(good).error();
    }
    if (change.columns.empty()) {
        return refused(ErrorKind::Input, displayText(change.table), tr("A table has at least one column."));
    }
    TableSchema schema{change.table, TableLayout::Braced, {}, {}};
    for (const TableColumn& one : change.columns) {
        Status good = checkNewName(one.name);
        good = good ? checkType(one.typeName) : std::move(good);
        if (!good) {
            return std::move(good).error();
        }
        if (schema.find(one.name)) {
            return refused(ErrorKind::Input, column(one.name), tr("It is named twice."));
        }
        if (change.keepsRows && one.isIndexed) {
            return refused(ErrorKind::Input, column(one.name),
                tr("A table that takes over rows is made without indexes: add them when it is there."));
        }
        schema.columns.push_back(one);
    }
    return std::optional(std::move(schema));
}

After withColumn(const SchemaChange& change, TableSchema schema)
{
    Status good = checkNewName(change.column);
    good = good ? checkType(change.typeName) : std::move(good);
    if (!good) {
        return std::move(good).error();
    }
    schema.columns.push_back({change.column, change.typeName, false});
    return std::optional(std::move(schema));
}

/// What is done to a column that is there.
After changed(const SchemaChange& change, TableSchema schema)
{
    const auto place = schema.place(change.column);
    TableColumn& one = schema.columns[*place];
    const bool wantsIndex = change.kind == Kind::AddIndex;
    switch (change.kind) {
    case Kind::AddIndex:
    case Kind::DropIndex:
        if (one.isIndexed == wantsIndex) {
            return refused(ErrorKind::Refused, column(change.column),
                wantsIndex ? tr("It has an index already.") : tr("It has no index."));
        }
        one.isIndexed = wantsIndex;
        break;
    case Kind::RepairIndex:
        if (!one.isIndexed) {
            return refused(ErrorKind::Refused, column(change.column), tr("It has no index."));
        }
        break;
    case Kind::ChangeType:
        if (Status good = checkType(change.typeName); !good) {
            return std::move(good).error();
        }
        if (columnTypeOf(one.typeName) == columnTypeOf(change.typeName) && one.typeName == change.typeName) {
            return refused(ErrorKind::Refused, column(change.column), tr("It is of that type already."));
        }
        one.typeName = change.typeName;
        break;
    default:
        if (schema.columns.size() == 1) {
            return refused(ErrorKind::Input, column(change.column),
                tr("It is the last one: without it there is no table. Drop the table instead."));
        }
        schema.columns.erase(schema.columns.begin() + static_cast<std::ptrdiff_t>(*place));
    }
    return std::optional(std::move(schema));
}

QJsonObject schemaJson(const TableSchema& schema)
{
    QJsonArray columns;
    for (const TableColumn& one : schema.columns) {
        columns.append(QJsonObject{{u"name"_s, QString::fromStdString(one.name)},
            {u"type"_s, QString::fromStdString(one.typeName)}, {u"indexed"_s, one.isIndexed}});
    }
    return {{u"table"_s, QString::fromStdString(schema.table)}, {u"columns"_s, columns}};
}

std::vector<TableColumn> columnsFrom(const QJsonArray& array)
{
    std::vector<TableColumn> columns;
    for (const auto& one : array) {
        const QJsonObject object = one.toObject();
        columns.push_back({object[u"name"_s].toString().toStdString(), object[u"type"_s].toString().toStdString(),
            object[u"indexed"_s].toBool()});
    }
    return columns;
}

} // namespace

std::string_view nameOf(Kind kind)
{
    return names[static_cast<std::size_t>(kind)];
}

std::optional<Kind> changeKindOf(std::string_view name)
{
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Kind>(found - names.begin()));
}

bool isDestructive(Kind kind)
{
    return kind == Kind::DropColumn || kind == Kind::DropTable || kind == Kind::DropNamespace;
}

bool isOfNamespace(Kind kind)
{
    return kind == Kind::CreateNamespace || kind == Kind::DropNamespace;
}

QString textOf(const SchemaChange& change)
{
    const QString table = displayText(change.table);
    const QString of = displayText(change.column);
    const QString type = displayText(change.typeName);
    switch (change.kind) {
    case Kind::CreateNamespace:
        return tr("Create namespace %1").arg(table);
    case Kind::CreateTable:
        return tr("Create table %1").arg(table);
    case Kind::AddColumn:
        return tr("Add column %1 of type %2 to table %3").arg(of, type, table);
    case Kind::AddIndex:
        return tr("Add an index on column %1 of table %2").arg(of, table);
    case Kind::DropIndex:
        return tr("Drop the index on column %1 of table %2").arg(of, table);
    case Kind::RepairIndex:
        return tr("Build the index on column %1 of table %2 anew").arg(of, table);
    case Kind::ChangeType:
        return tr("Change the type of column %1 of table %3 to %2").arg(of, type, table);
    case Kind::DropColumn:
        return tr("Drop column %1 of table %2").arg(of, table);
    case Kind::DropTable:
        return tr("Drop table %1 with all its rows").arg(table);
    case Kind::DropNamespace:
        break;
    }
    return tr("Drop namespace %1").arg(table);
}

std::string planToJson(const SchemaPlan& plan)
{
    const SchemaChange& change = plan.change;
    QJsonObject object{{u"keyglass_schema_plan"_s, version},
        {u"change"_s, QString::fromLatin1(nameOf(change.kind).data(), qsizetype(nameOf(change.kind).size()))},
        {u"table"_s, QString::fromStdString(change.table)}};
    if (!change.column.empty()) {
        object[u"column"_s] = QString::fromStdString(change.column);
    }
    if (!change.typeName.empty()) {
        object[u"type"_s] = QString::fromStdString(change.typeName);
    }
    if (!change.columns.empty()) {
        object[u"columns"_s] = schemaJson({change.table, TableLayout::Braced, change.columns, {}})[u"columns"_s];
    }
    if (change.keepsRows) {
        object[u"keeps_rows"_s] = true;
    }
    object[u"made_on"_s] = plan.madeOn ? QJsonValue(schemaJson(*plan.madeOn)) : QJsonValue();
    return QJsonDocument(object).toJson().toStdString();
}

Result<SchemaPlan> planFromJson(std::string_view json)
{
    const QJsonObject object =
        QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size()))).object();
    const auto kind = changeKindOf(object[u"change"_s].toString().toStdString());
    if (object[u"keyglass_schema_plan"_s].toInt() != version || !kind || !object[u"table"_s].isString()) {
        return refused(ErrorKind::Input, tr("The plan"), tr("It is no schema plan of this version."));
    }
    SchemaPlan plan;
    plan.change = {*kind, object[u"table"_s].toString().toStdString(), object[u"column"_s].toString().toStdString(),
        object[u"type"_s].toString().toStdString(), columnsFrom(object[u"columns"_s].toArray()),
        object[u"keeps_rows"_s].toBool()};
    if (const QJsonObject madeOn = object[u"made_on"_s].toObject(); !madeOn.isEmpty()) {
        plan.madeOn = TableSchema{madeOn[u"table"_s].toString().toStdString(), TableLayout::Braced,
            columnsFrom(madeOn[u"columns"_s].toArray()), {}};
    }
    return plan;
}

std::optional<SchemaChange> inverseOf(const SchemaPlan& plan)
{
    const SchemaChange& change = plan.change;
    const TableColumn* old = plan.madeOn ? plan.madeOn->find(change.column) : nullptr;
    switch (change.kind) {
    case Kind::CreateNamespace:
        return SchemaChange{Kind::DropNamespace, change.table};
    case Kind::CreateTable: // dropping it would take rows that were there before it
        return change.keepsRows ? std::nullopt : std::optional(SchemaChange{Kind::DropTable, change.table});
    case Kind::AddColumn:
        return SchemaChange{Kind::DropColumn, change.table, change.column};
    case Kind::AddIndex:
        return SchemaChange{Kind::DropIndex, change.table, change.column};
    case Kind::DropIndex:
        return SchemaChange{Kind::AddIndex, change.table, change.column};
    case Kind::ChangeType:
        return old ? std::optional(SchemaChange{Kind::ChangeType, change.table, change.column, old->typeName})
                   : std::nullopt;
    case Kind::DropNamespace:
        return SchemaChange{Kind::CreateNamespace, change.table};
    case Kind::RepairIndex:
    case Kind::DropColumn:
    case Kind::DropTable:
        break;
    }
    return std::nullopt;
}

std::vector<std::string> driftOf(const SchemaPlan& plan, const std::optional<TableSchema>& now)
{
    if (!plan.madeOn || (now && plan.madeOn->isSameAs(*now))) {
        return {};
    }
    return schemaDiff(*plan.madeOn, now.value_or(TableSchema{plan.change.table, TableLayout::Braced, {}, {}}));
}

After schemaAfter(const SchemaChange& change, const std::optional<TableSchema>& before)
{
    const QString table = tr("Table %1").arg(displayText(change.table));
    if (isOfNamespace(change.kind)) {
        if (change.kind == Kind::DropNamespace && TableName::parse(change.table)) {
            return refused(ErrorKind::Input, displayText(change.table),
                tr("A namespace has no dot in its name. To drop a table, choose its table."));
        }
        Status good = change.kind == Kind::CreateNamespace ? checkNewName(change.table) : ok();
        return good ? After(std::optional<TableSchema>()) : After(std::move(good).error());
    }
    if (change.kind == Kind::CreateTable) {
        return before ? After(refused(ErrorKind::Refused, table, tr("It is there already."))) : created(change);
    }
    if (!before) {
        return refused(ErrorKind::Gone, table, tr("There is no such table."));
    }
    if (before->layout == TableLayout::Plain) {
        return refused(ErrorKind::Unsupported, table, tr("It has the keys of RedisTABLE 1.0, which are only read."));
    }
    if (change.kind == Kind::DropTable) {
        return std::optional<TableSchema>();
    }
    const bool isThere = before->find(change.column) != nullptr;
    if (change.kind == Kind::AddColumn) {
        return isThere ? After(refused(ErrorKind::Refused, column(change.column),
                             tr("It is there already; its type can be changed.")))
                       : withColumn(change, *before);
    }
    return isThere ? changed(change, *before)
                   : After(refused(ErrorKind::Input, column(change.column), tr("The table has no such column.")));
}

} // namespace keyglass
