// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/condition.h"

#include <QObject>
#include <QTest>

#include <map>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

TableSchema shop()
{
    return {"shop.items", TableLayout::Braced,
        {{"sku", "string", true}, {"qty", "integer", false}, {"n", "integer", true}, {"made", "date", false}}, {}};
}

std::vector<std::string> words(const QByteArray& line)
{
    std::vector<std::string> all;
    for (const QByteArray& word : line.split(' ')) {
        if (!word.isEmpty()) {
            all.push_back(word.toStdString());
        }
    }
    return all;
}

} // namespace

class TestConditions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void splitsAsTheModule_data();
    void splitsAsTheModule();
    void aValueMayHaveASignInIt_data();
    void aValueMayHaveASignInIt();
    void asksForEmptyAndMissingCells_data();
    void asksForEmptyAndMissingCells();
    void readsFilters_data();
    void readsFilters();
    void checksColumnsAndValues_data();
    void checksColumnsAndValues();
    void matches_data();
    void matches();
    void plans_data();
    void plans();
};

void TestConditions::splitsAsTheModule_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("column"); // empty: refused
    QTest::addColumn<int>("test");
    QTest::addColumn<QByteArray>("value");
    using Test = Condition::Test;
    const auto row = [](const char* text, const char* column, Test test, const char* value) {
        QTest::addRow("%s", text) << QByteArray(text) << QByteArray(column) << int(test) << QByteArray(value);
    };
    row("a=b", "a", Test::Equal, "b");
    row("a>b", "a", Test::Greater, "b");
    row("a<=b c", "a", Test::AtMost, "b c");
    row("a>=b", "a", Test::AtLeast, "b");
    row("a==x", "a", Test::Equal, "=x");
    row("a=>x", "a", Test::Equal, ">x");
    row("a=x>=y", "a=x", Test::AtLeast, "y");
    row("sku!=A1", "sku!", Test::Equal, "A1");
    row("a=", "", Test::Equal, "");
    row("=b", "", Test::Equal, "");
    row("ab", "", Test::Equal, "");
    row("", "", Test::Equal, "");
    row(">=", "", Test::Equal, "");
}

void TestConditions::aValueMayHaveASignInIt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("read"); // column, sign, value
    const auto row = [](const char* text, const char* read) {
        QTest::addRow("%s", text) << QByteArray(text) << QByteArray(read);
    };
    row("a=x>=y", "a|=|x>=y");
    row("a<x<=y", "a|<|x<=y");
    row("a>=x>=y", "a|>=|x>=y");
    row("a>=5", "a|>=|5");
    row("a=>=", "a|=|>=");
    row("b=c=x>=y", "b=c|=|x>=y"); // a column of that name is there
    row("b=d>=y", "b=d|>=|y");     // and so is this one: as the module
    row("z=x>=y", "z=x|>=|y");     // no column at all
}

void TestConditions::aValueMayHaveASignInIt()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, read);
    const TableSchema schema{
        "s.t", TableLayout::Braced, {{"a", "string", false}, {"b=c", "string", false}, {"b=d", "string", false}}, {}};
    const auto filter = parseFilter({text.toStdString()}, &schema);
    QVERIFY(filter);
    const Condition& one = filter->conditions.front();
    const std::size_t signs = one.text().size() - one.column.size() - one.value.size();
    QCOMPARE(
        QByteArray::fromStdString(one.column + "|" + one.text().substr(one.column.size(), signs) + "|" + one.value),
        read);
}

void TestConditions::asksForEmptyAndMissingCells_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<QString>("text"); // null: refused
    QTest::addColumn<bool>("isMatch");
    // the row: sku= n=5
    const auto row = [](const char* word, const QString& text, bool isMatch) {
        QTest::addRow("%s", word) << QByteArray(word) << text << isMatch;
    };
    row("sku is empty", u"sku is empty"_s, true); // indexed, and no entry is asked
    row("sku is missing", u"sku is missing"_s, false);
    row("qty is missing", u"qty is missing"_s, true);
    row("made Is Missing", u"made is missing"_s, true);
    row("qty is empty", u"qty is empty"_s, false);
    row("n is empty", u"n is empty"_s, false);
    row("n is missing", u"n is missing"_s, false);
    row("none is missing", QString(), false); // no such column
    row(" is missing", QString(), false);
    row("is empty", QString(), false);
    row("sku is", QString(), false);
    row("sku=", QString(), false); // a forgotten value is no question for an empty one
    row("a=b is empty", u"a=b is empty"_s, false);
    row("sku=x is empty", u"sku=x is empty"_s, false); // that is a value
}

void TestConditions::asksForEmptyAndMissingCells()
{
    QFETCH(const QByteArray, word);
    QFETCH(const QString, text);
    QFETCH(const bool, isMatch);
    TableSchema schema = shop();
    schema.columns.push_back({"a=b", "string", false});
    const auto filter = parseFilter({word.toStdString()}, &schema);
    const bool isGood = filter && checkFilter(*filter, schema).has_value();
    QCOMPARE(isGood, !text.isNull());
    if (!isGood) {
        return;
    }
    QCOMPARE(filter->text(), text);
    const std::map<std::string, std::string> row{{"sku", ""}, {"n", "5"}};
    const RowMatcher matcher(*filter, schema);
    const auto cellOf = [&](std::size_t column) -> std::optional<std::string_view> {
        const auto cell = row.find(matcher.columns()[column]);
        return cell == row.end() ? std::nullopt : std::optional<std::string_view>(cell->second);
    };
    QCOMPARE(matcher.matches(cellOf), isMatch);
    if (!filter->conditions.front().hasValue()) { // the module would take it for another condition, or crash
        const QueryPlan plan = planQuery(*filter, schema);
        QVERIFY(plan.indexEntries.empty());
        QVERIFY2(plan.whyNotTheModule.contains(u"empty and missing"_s), qPrintable(plan.whyNotTheModule));
    }
}

void TestConditions::splitsAsTheModule()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, column);
    QFETCH(const int, test);
    QFETCH(const QByteArray, value);
    const auto read = parseCondition(text.toStdString());
    QCOMPARE(read.has_value(), !column.isEmpty());
    if (read) {
        QCOMPARE(*read, (Condition{column.toStdString(), static_cast<Condition::Test>(test), value.toStdString()}));
        QCOMPARE(read->text(), text.toStdString());
    } else {
        QCOMPARE(read.error().kind, ErrorKind::Input);
    }
}

void TestConditions::readsFilters_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("text"); // null: refused
    QTest::addRow("nothing") << QByteArray() << u""_s;
    QTest::addRow("one") << QByteArray("a=1") << u"a=1"_s;
    QTest::addRow("in any case") << QByteArray("a=1 and b>2 oR c=3") << u"a=1 AND b>2 OR c=3"_s;
    QTest::addRow("dangling") << QByteArray("a=1 AND") << QString();
    QTest::addRow("no join") << QByteArray("a=1 b=2 c=3") << QString();
}

void TestConditions::readsFilters()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, text);
    const auto filter = parseFilter(words(line));
    QCOMPARE(filter.has_value(), !text.isNull());
    if (filter) {
        QCOMPARE(filter->text(), text);
    }
}

void TestConditions::checksColumnsAndValues_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("subject"); // null: good
    QTest::addRow("good") << QByteArray("qty>5 AND made<=2024-01-01") << QString();
    QTest::addRow("no such column") << QByteArray("sku!=A1") << u"Column sku!"_s;
    QTest::addRow("no number") << QByteArray("qty>many") << u"\"many\" in column qty"_s;
}

void TestConditions::checksColumnsAndValues()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, subject);
    const Status checked = checkFilter(*parseFilter(words(line)), shop());
    QCOMPARE(checked.has_value(), subject.isNull());
    if (!checked) {
        QCOMPARE(checked.error().subject, subject);
    }
}

void TestConditions::matches_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("isMatch");
    // the row: sku=A1 qty=05 n=05
    const auto row = [](const char* line, bool isMatch) { QTest::addRow("%s", line) << QByteArray(line) << isMatch; };
    row("", true);
    row("sku=A1", true);
    row("sku=A", false);
    row("qty=5", true); // by type: no index
    row("n=5", false);  // of bytes: indexed, and first
    row("n=05", true);
    row("sku=A1 AND n=5", true); // by type: after AND
    row("sku=X OR n=5", false);  // of bytes: after OR
    row("qty<5", false);
    row("qty>=5 AND qty<=5", true);
    row("qty<5 OR qty>4", true); // which the module gets wrong
    row("made>2000-01-01", false);
    row("made<2000-01-01 OR sku=A1", true);
    row("sku=X OR sku=A1 AND qty>10", false); // from left to right
    row("sku=X AND qty>10 OR sku=A1", true);
    row("nothing=1", false);
}

void TestConditions::matches()
{
    QFETCH(const QByteArray, line);
    QFETCH(const bool, isMatch);
    const std::map<std::string, std::string> row{{"sku", "A1"}, {"qty", "05"}, {"n", "05"}};
    const RowMatcher matcher(*parseFilter(words(line)), shop());
    const auto cellOf = [&](std::size_t column) -> std::optional<std::string_view> {
        const auto cell = row.find(matcher.columns()[column]);
        return cell == row.end() ? std::nullopt : std::optional<std::string_view>(cell->second);
    };
    QCOMPARE(matcher.matches(cellOf), isMatch);
}

void TestConditions::plans_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("entries");
    QTest::addColumn<bool>("moduleIsRight");
    QTest::addColumn<bool>("testsRows");
    const auto row = [](const char* line, const char* entries, bool isRight, bool testsRows) {
        QTest::addRow("%s", line) << QByteArray(line) << QByteArray(entries) << isRight << testsRows;
    };
    row("", "", true, false);
    row("sku=A1", "sku=A1", true, false);
    row("sku=A1 AND qty>5", "sku=A1", true, true);
    row("qty>5 AND sku=A1", "", true, true);
    row("sku=A1 OR n=5", "sku=A1 n=5", true, false);
    row("sku=A1 OR n=5 AND qty>2", "sku=A1 n=5", true, true);
    row("sku=A1 AND qty>2 OR n=5", "sku=A1 n=5", true, true);
    row("sku=A1 OR qty>2", "", false, true);
    row("qty=5", "", false, true);
    row("qty<5 OR qty>10", "", false, true);
}

void TestConditions::plans()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, entries);
    QFETCH(const bool, moduleIsRight);
    QFETCH(const bool, testsRows);
    const QueryPlan plan = planQuery(*parseFilter(words(line)), shop());
    QByteArrayList found;
    for (const Condition& entry : plan.indexEntries) {
        found.append(QByteArray::fromStdString(entry.text()));
    }
    QCOMPARE(found.join(' '), entries);
    QVERIFY2(plan.whyNotTheModule.isEmpty() == moduleIsRight, qPrintable(plan.whyNotTheModule));
    QCOMPARE(plan.modulesTestsRows, testsRows);
}

QTEST_GUILESS_MAIN(TestConditions)
#include "tst_conditions.moc"
