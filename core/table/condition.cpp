// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/condition.h"

#include "core/base/bytes.h"
#include "core/source/commandtable.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

using Test = Condition::Test;
using Join = RowFilter::Join;

constexpr std::array<std::string_view, 5> signs{"=", ">", "<", ">=", "<="};
constexpr std::array<std::pair<std::string_view, Test>, 2> presences{
    std::pair{" is empty", Test::IsEmpty}, std::pair{" is missing", Test::IsMissing}};

QString tr(const char* text)
{
    return QCoreApplication::translate("RowFilter", text);
}

struct Sign {
    std::size_t at;
    std::size_t size;
};

std::optional<Sign> signIn(std::string_view text)
{
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        if (text[at + 1] == '=' && (text[at] == '>' || text[at] == '<')) {
            return Sign{at, 2};
        }
    }
    const std::size_t at = text.find_first_of("=<>");
    return at == std::string_view::npos ? std::nullopt : std::optional(Sign{at, 1});
}

std::optional<Join> joinOf(std::string_view word)
{
    const std::string lower = lowerAscii(word);
    return lower == "and" ? std::optional(Join::And) : lower == "or" ? std::optional(Join::Or) : std::nullopt;
}

bool isIndexed(const Condition& condition, const TableSchema& schema)
{
    const TableColumn* column = schema.find(condition.column);
    return condition.test == Test::Equal && column && column->isIndexed;
}

bool holdsFor(Test test, std::strong_ordering order)
{
    switch (test) {
    case Test::Equal:
        return order == 0;
    case Test::Greater:
        return order > 0;
    case Test::Less:
        return order < 0;
    case Test::AtLeast:
        return order >= 0;
    case Test::AtMost:
        return order <= 0;
    case Test::IsEmpty:
    case Test::IsMissing:
        break; // not by order
    }
    return false;
}

Join joinBefore(const RowFilter& filter, std::size_t condition)
{
    return condition == 0 ? Join::Or : filter.joins[condition - 1];
}

/// The rows that can match are those that are there after the last OR: every condition that begins a union has to be by
/// index.
std::vector<Condition> entriesFor(const RowFilter& filter, const TableSchema& schema)
{
    std::vector<Condition> entries;
    for (std::size_t n = 0; n < filter.conditions.size(); ++n) {
        if (joinBefore(filter, n) == Join::And) {
            continue;
        }
        if (!isIndexed(filter.conditions[n], schema)) {
            return {};
        }
        entries.push_back(filter.conditions[n]);
    }
    return entries;
}

} // namespace

std::string Condition::text() const
{
    if (!hasValue()) {
        return column
            + std::string(std::ranges::find(presences, test, &std::pair<std::string_view, Test>::second)->first);
    }
    return column + std::string(signs[static_cast<std::size_t>(test)]) + value;
}

Result<Condition> parseCondition(std::string_view text)
{
    const auto sign = signIn(text);
    if (!sign || sign->at == 0 || sign->at + sign->size >= text.size()) {
        return Error{ErrorKind::Input, displayText(text.substr(0, 200)),
            tr("A condition is a column, one of = > < >= <=, and a value; or a column and the words \"is empty\" or "
               "\"is missing\".")};
    }
    const auto found = std::ranges::find(signs, text.substr(sign->at, sign->size));
    return Condition{std::string(text.substr(0, sign->at)), static_cast<Test>(found - signs.begin()),
        std::string(text.substr(sign->at + sign->size))};
}

namespace {

std::optional<Condition> presenceIn(std::string_view text)
{
    for (const auto& [words, test] : presences) {
        const std::size_t size = text.size() - std::min(words.size(), text.size());
        if (size > 0 && lowerAscii(text.substr(size)) == words) {
            return Condition{std::string(text.substr(0, size)), test};
        }
    }
    return std::nullopt;
}

/// As the module reads it, as a test of ours, or by the first sign that comes after a column's name.
Result<Condition> parseFor(const TableSchema& schema, std::string_view text)
{
    auto asModule = parseCondition(text);
    if (asModule && schema.find(asModule->column)) {
        return asModule;
    }
    if (auto presence = presenceIn(text); presence && (!asModule || schema.find(presence->column))) {
        return *std::move(presence);
    }
    for (std::size_t at = text.find_first_of("=<>"); at != std::string_view::npos;
        at = text.find_first_of("=<>", at + 1)) {
        const bool isOfTwo = text[at] != '=' && text.substr(at + 1).starts_with('=');
        const std::size_t end = at + (isOfTwo ? 2 : 1);
        if (schema.find(text.substr(0, at)) && end < text.size()) {
            const auto found = std::ranges::find(signs, text.substr(at, end - at));
            return Condition{std::string(text.substr(0, at)), static_cast<Test>(found - signs.begin()),
                std::string(text.substr(end))};
        }
    }
    return asModule;
}

} // namespace

bool isReadAsMeant(const Condition& condition)
{
    const auto read = parseCondition(condition.text());
    return read && *read == condition;
}

bool RowFilter::hasOr() const
{
    return std::ranges::find(joins, Join::Or) != joins.end();
}

QString RowFilter::text() const
{
    QString all;
    for (std::size_t n = 0; n < conditions.size(); ++n) {
        if (n > 0) {
            all += joins[n - 1] == Join::And ? u" AND " : u" OR ";
        }
        all += displayText(conditions[n].text());
    }
    return all;
}

Result<RowFilter> parseFilter(const std::vector<std::string>& words, const TableSchema* schema)
{
    RowFilter filter;
    for (std::size_t n = 0; n < words.size(); ++n) {
        if (n % 2 == 0) {
            auto condition = schema ? parseFor(*schema, words[n]) : parseCondition(words[n]);
            if (!condition) {
                return std::move(condition).error();
            }
            filter.conditions.push_back(*std::move(condition));
        } else if (const auto join = joinOf(words[n])) {
            filter.joins.push_back(*join);
        } else {
            return Error{ErrorKind::Input, displayText(words[n]), tr("AND or OR stands between two conditions.")};
        }
    }
    if (!words.empty() && words.size() % 2 == 0) {
        return Error{ErrorKind::Input, displayText(words.back()), tr("A condition has to follow.")};
    }
    return filter;
}

Status checkFilter(const RowFilter& filter, const TableSchema& schema)
{
    for (const Condition& condition : filter.conditions) {
        const TableColumn* column = schema.find(condition.column);
        if (!column) {
            return Error{ErrorKind::Input, tr("Column %1").arg(displayText(condition.column)),
                tr("Table %1 has no such column.").arg(displayText(schema.table))};
        }
        Status good = condition.hasValue() ? checkValue(column->name, column->type(), condition.value) : ok();
        if (!good) {
            return good;
        }
    }
    return ok();
}

RowMatcher::RowMatcher(const RowFilter& filter, const TableSchema& schema)
{
    for (std::size_t n = 0; n < filter.conditions.size(); ++n) {
        const Condition& condition = filter.conditions[n];
        const auto found = std::ranges::find(m_columns, condition.column);
        const auto place = static_cast<std::size_t>(found - m_columns.begin());
        if (found == m_columns.end()) {
            m_columns.push_back(condition.column);
        }
        const TableColumn* column = schema.find(condition.column);
        const Join join = joinBefore(filter, n);
        m_tests.push_back({place, condition, column ? column->type() : ColumnType::String,
            join == Join::Or && isIndexed(condition, schema), join});
    }
}

bool RowMatcher::holds(const Test& test, std::optional<std::string_view> cell)
{
    if (!cell) {
        return test.condition.test == Condition::Test::IsMissing;
    }
    if (!test.condition.hasValue()) {
        return test.condition.test == Condition::Test::IsEmpty && cell->empty();
    }
    return test.isOfBytes ? *cell == test.condition.value
                          : holdsFor(test.condition.test, compareCells(test.type, *cell, test.condition.value));
}

bool RowMatcher::matches(const CellOf& cellOf) const
{
    bool isIn = m_tests.empty();
    for (const Test& test : m_tests) {
        const bool isNeeded = test.join == Join::And ? isIn : !isIn; // else it changes nothing
        if (isNeeded) {
            isIn = holds(test, cellOf(test.column));
        }
    }
    return isIn;
}

QueryPlan planQuery(const RowFilter& filter, const TableSchema& schema)
{
    QueryPlan plan;
    plan.indexEntries = entriesFor(filter, schema);
    plan.moduleBeginsWithAll = filter.isEmpty() || !isIndexed(filter.conditions.front(), schema);
    for (std::size_t n = 0; n < filter.conditions.size(); ++n) {
        const Condition& condition = filter.conditions[n];
        const bool byIndex = isIndexed(condition, schema);
        const QString text = displayText(condition.text());
        plan.modulesTestsRows = plan.modulesTestsRows || !byIndex || (n > 0 && filter.joins[n - 1] == Join::And);
        if (!plan.whyNotTheModule.isEmpty()) {
            continue;
        }
        if (!condition.hasValue()) {
            plan.whyNotTheModule =
                tr("RedisTABLE has no test for empty and missing cells: %1 is looked for here.").arg(text);
        } else if (!isReadAsMeant(condition)) {
            plan.whyNotTheModule = tr("RedisTABLE would read %1 as another condition.").arg(text);
        } else if (condition.test == Test::Equal && !byIndex) {
            plan.whyNotTheModule = tr("RedisTABLE refuses %1, as the column has no index.").arg(text);
        } else if (n > 0 && filter.joins[n - 1] == Join::Or && !byIndex) {
            plan.whyNotTheModule = tr("RedisTABLE takes the OR before %1 for an AND.").arg(text);
        }
    }
    return plan;
}

} // namespace keyglass
