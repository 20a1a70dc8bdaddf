// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/table/tableschema.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// One test of a cell. The last two are ours alone: an empty value makes the module crash, and it has no test for a
/// missing cell, so that they are never sent.
struct Condition {
    enum class Test { Equal, Greater, Less, AtLeast, AtMost, IsEmpty, IsMissing };

    std::string column;
    Test test = Test::Equal;
    std::string value{}; ///< Of IsEmpty and IsMissing nothing.

    [[nodiscard]] bool hasValue() const { return test != Test::IsEmpty && test != Test::IsMissing; }
    /// As the module takes it, in one argument: "qty>=5". Of ours: "qty is missing".
    [[nodiscard]] std::string text() const;
    friend bool operator==(const Condition&, const Condition&) = default;
};

/// Reads a condition as the module does: split at the first >= or <= anywhere, else at the first of = > <. Input where
/// there is none, or nothing stands before or after it.
[[nodiscard]] Result<Condition> parseCondition(std::string_view text);
/// Whether the module would read condition.text() as this condition: a value with >= or <= in it is split elsewhere.
[[nodiscard]] bool isReadAsMeant(const Condition& condition);

/// Conditions joined by AND and OR, from left to right and without parentheses: a AND b OR c is (a AND b) OR c.
struct RowFilter {
    enum class Join { And, Or };

    std::vector<Condition> conditions;
    std::vector<Join> joins; ///< joins[n] stands before conditions[n + 1].

    [[nodiscard]] bool isEmpty() const { return conditions.empty(); }
    [[nodiscard]] bool hasOr() const;
    /// "qty>=5 AND sku=A1", for people.
    [[nodiscard]] QString text() const;
    friend bool operator==(const RowFilter&, const RowFilter&) = default;
};

/// Reads the words after WHERE: condition, AND or OR, condition … Input where they are not that. A value may have a >=
/// or <= in it, which RedisTABLE would split the word at: where that makes no column of `schema`, and another sign
/// does, it is split there. "qty is empty" and "qty is missing" are conditions too, each in one word.
[[nodiscard]] Result<RowFilter> parseFilter(const std::vector<std::string>& words, const TableSchema* schema = nullptr);

/// Input where a column is none of the table's, or a number or date is compared with what is none: the module would
/// answer with no rows, or with those above 0.
[[nodiscard]] Status checkFilter(const RowFilter& filter, const TableSchema& schema);

/// A filter bound to a table's columns: which rows match.
///
/// As the module compares: equality on an indexed column is of bytes where it stands first or after an OR; every other
/// test is by the column's type. A row without the cell matches only IsMissing. Unlike the module, OR is an OR
/// everywhere.
class RowMatcher {
public:
    /// The cell of a column; nothing where the row has none.
    using CellOf = std::function<std::optional<std::string_view>(std::size_t column)>;

    RowMatcher(const RowFilter& filter, const TableSchema& schema);

    /// The columns that matches() asks for, by their place in columns().
    [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }
    [[nodiscard]] bool matches(const CellOf& cellOf) const;

private:
    struct Test {
        std::size_t column;
        Condition condition;
        ColumnType type;
        bool isOfBytes;
        RowFilter::Join join;
    };
    [[nodiscard]] static bool holds(const Test& test, std::optional<std::string_view> cell);

    std::vector<Test> m_tests;
    std::vector<std::string> m_columns;
};

/// How a filter is answered.
struct QueryPlan {
    /// The index entries whose rows are all that can match; empty: every row has to be looked at.
    std::vector<Condition> indexEntries;
    /// Why the module's own SELECT would give something else or nothing; empty where it gives the same.
    QString whyNotTheModule;
    /// Whether SELECT tests rows one by one, which its scan limit is for; and whether it begins with all rows.
    bool modulesTestsRows = false;
    bool moduleBeginsWithAll = false;
};

/// Works out by which index a filter is answered, and whether the module gets it right.
[[nodiscard]] QueryPlan planQuery(const RowFilter& filter, const TableSchema& schema);

} // namespace keyglass
