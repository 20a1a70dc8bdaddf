// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/columntype.h"
#include "core/table/tablename.h"
#include "core/table/tablerow.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestTableNames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsKeys_data();
    void readsKeys();
    void buildsKeys();
    void splitsAtTheFirstDot();
    void refusesNamesThatTheModuleGetsWrong_data();
    void refusesNamesThatTheModuleGetsWrong();
    void takesWhatTheModuleTakes_data();
    void takesWhatTheModuleTakes();
    void comparesAsTheModule_data();
    void comparesAsTheModule();
    void typesAreReadInAnyCase();
    void countsEachIdOnce();
};

void TestTableNames::readsKeys_data()
{
    using Part = TableKey::Part;
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("part"); // -1: none
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("rest"); // id, or column=value
    const auto row = [](const char* name, const char* key, int part, const char* table, const char* rest = "") {
        QTest::addRow("%s", name) << QByteArray(key) << part << QByteArray(table) << QByteArray(rest);
    };
    row("namespace", "schema:{shop}", int(Part::Namespace), "shop");
    row("schema", "schema:{shop.items}", int(Part::Schema), "shop.items");
    row("dots in the table", "schema:{a.x.y}", int(Part::Schema), "a.x.y");
    row("last id", "{shop.items}:id", int(Part::LastId), "shop.items");
    row("rows", "{shop.items}:rows", int(Part::Rows), "shop.items");
    row("row", "{shop.items}:17", int(Part::Row), "shop.items", "17");
    row("row of a broken id", "{shop.items}:-9223372036854775808", int(Part::Row), "shop.items",
        "-9223372036854775808");
    row("indexed columns", "{shop.items}:idx:meta", int(Part::Indexed), "shop.items");
    row("value of a column called meta", "{shop.items}:idx:meta:x", int(Part::Index), "shop.items", "meta=x");
    row("value with colons", "{shop.items}:idx:url:http://a", int(Part::Index), "shop.items", "url=http://a");
    row("empty value", "{shop.items}:idx:sku:", int(Part::Index), "shop.items", "sku=");
    row("no table", "{user}:1", -1, "");
    row("something else of a table", "{shop.items}:cache", -1, "");
    row("index of nothing", "{shop.items}:idx:sku", -1, "");
    row("no braces", "shop.items:1", -1, "");
    row("1.0", "schema:shop.items", -1, "");
    row("open brace", "{shop.items:1", -1, "");
}

void TestTableNames::readsKeys()
{
    QFETCH(const QByteArray, key);
    QFETCH(const int, part);
    QFETCH(const QByteArray, table);
    QFETCH(const QByteArray, rest);
    const auto read = parseTableKey(key.toStdString());
    QCOMPARE(read.has_value(), part >= 0);
    if (read) {
        QCOMPARE(int(read->part), part);
        QCOMPARE(QByteArray::fromStdString(read->table), table);
        const std::string found = read->part == TableKey::Part::Index ? read->column + "=" + read->value : read->id;
        QCOMPARE(QByteArray::fromStdString(found), rest);
    }
}

void TestTableNames::buildsKeys()
{
    const TableKeys keys("shop.items");
    QCOMPARE(keys.schema(), std::string("schema:{shop.items}"));
    QCOMPARE(keys.lastId(), std::string("{shop.items}:id"));
    QCOMPARE(keys.rows(), std::string("{shop.items}:rows"));
    QCOMPARE(keys.row("3"), std::string("{shop.items}:3"));
    QCOMPARE(keys.indexed(), std::string("{shop.items}:idx:meta"));
    QCOMPARE(keys.index("sku", "a:b"), std::string("{shop.items}:idx:sku:a:b"));
    QCOMPARE(keys.index("sku", std::string_view("a\0b", 3)), std::string("{shop.items}:idx:sku:a"));
    const TableKeys old("shop.items", TableLayout::Plain);
    QCOMPARE(old.schema(), std::string("schema:shop.items"));
    QCOMPARE(old.lastId(), std::string("table:shop.items:id"));
    QCOMPARE(old.rows(), std::string("rows:shop.items"));
    QCOMPARE(old.row("3"), std::string("shop.items:3"));
    QCOMPARE(old.indexed(), std::string("idx:meta:shop.items"));
    QCOMPARE(old.index("sku", "a"), std::string("idx:shop.items:sku:a"));
}

void TestTableNames::splitsAtTheFirstDot()
{
    const auto name = TableName::parse("a.x.y");
    QVERIFY(name);
    QCOMPARE(name->space, std::string("a"));
    QCOMPARE(name->table, std::string("x.y"));
    QCOMPARE(name->text(), std::string("a.x.y"));
    QVERIFY(!TableName::parse("items"));
}

void TestTableNames::refusesNamesThatTheModuleGetsWrong_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("good");
    QTest::addRow("plain") << QByteArray("Items_2-b") << true;
    QTest::addRow("64 bytes") << QByteArray(64, 'n') << true;
    QTest::addRow("65 bytes: two replies") << QByteArray(65, 'n') << false;
    QTest::addRow("empty") << QByteArray() << false;
    QTest::addRow("NUL") << QByteArray("a\0b", 3) << false;
    QTest::addRow("braces: another slot") << QByteArray("a{b}") << false;
    QTest::addRow("pattern") << QByteArray("t?") << false;
    QTest::addRow("colon") << QByteArray("a:b") << false;
    QTest::addRow("space") << QByteArray("a b") << false;
    QTest::addRow("umlaut") << QByteArray("gr\xc3\xb6\xc3\x9f"
                                          "e")
                            << false;
}

void TestTableNames::refusesNamesThatTheModuleGetsWrong()
{
    QFETCH(const QByteArray, name);
    QFETCH(const bool, good);
    const Status checked = checkNewName(name.toStdString());
    QCOMPARE(checked.has_value(), good);
    QVERIFY(good || checked.error().kind == ErrorKind::Input);
}

void TestTableNames::takesWhatTheModuleTakes_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("good");
    const auto row = [](ColumnType type, const char* value, bool good) {
        QTest::addRow("%s \"%s\"", std::string(nameOf(type)).c_str(), value) << int(type) << QByteArray(value) << good;
    };
    row(ColumnType::Integer, "5", true);
    row(ColumnType::Integer, "+05", true);
    row(ColumnType::Integer, "-0", true);
    row(ColumnType::Integer, "12345678901234567890", true);
    row(ColumnType::Integer, "-", false);
    row(ColumnType::Integer, "1.0", false);
    row(ColumnType::Integer, " 5", false);
    row(ColumnType::Float, "-9.50", true);
    row(ColumnType::Float, ".", true);
    row(ColumnType::Float, "-.", true);
    row(ColumnType::Float, "1e5", false);
    row(ColumnType::Float, "1.2.3", false);
    row(ColumnType::Float, "nan", false);
    row(ColumnType::Float, "+", false);
    row(ColumnType::Date, "2024-13-99", true);
    row(ColumnType::Date, "2024-1-31", false);
    row(ColumnType::Date, "2024/01/31", false);
    row(ColumnType::String, "anything = at >= all", true);
    row(ColumnType::String, "", false);
    row(ColumnType::Integer, "", false);
}

void TestTableNames::takesWhatTheModuleTakes()
{
    QFETCH(const int, type);
    QFETCH(const QByteArray, value);
    QFETCH(const bool, good);
    QCOMPARE(accepts(static_cast<ColumnType>(type), value.toStdString()), good);
    const Status checked = checkValue("c", static_cast<ColumnType>(type), value.toStdString());
    QCOMPARE(checked.has_value(), good);
    QVERIFY(good || checked.error().subject.contains(u"column c"_s));
}

void TestTableNames::comparesAsTheModule_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<int>("order");
    const auto row = [](ColumnType type, const QByteArray& left, const QByteArray& right, int order) {
        QTest::addRow("%s %s %s", std::string(nameOf(type)).c_str(), left.constData(), right.constData())
            << int(type) << left << right << order;
    };
    row(ColumnType::Integer, "5", "05", 0);
    row(ColumnType::Integer, "+5", "5", 0);
    row(ColumnType::Integer, "-5", "4", -1);
    row(ColumnType::Integer, "10", "9", 1);
    row(ColumnType::Integer, "abc", "0", 0);
    row(ColumnType::Integer, "99999999999999999999", "9223372036854775807", 0);
    row(ColumnType::Integer, "-99999999999999999999", "-9223372036854775807", -1);
    row(ColumnType::Float, "9.50", "9.5", 0);
    row(ColumnType::Float, ".", "0", 0);
    row(ColumnType::Float, "-1.5", "-1.25", -1);
    row(ColumnType::String, "10", "9", -1);
    row(ColumnType::String, QByteArray("a\0b", 3), QByteArray("a\0c", 3), 0);
    row(ColumnType::Date, "2024-01-31", "2024-02-01", -1);
    row(ColumnType::String, "\xff", "a", 1);
}

void TestTableNames::comparesAsTheModule()
{
    QFETCH(const int, type);
    QFETCH(const QByteArray, left);
    QFETCH(const QByteArray, right);
    QFETCH(const int, order);
    const auto found = compareCells(static_cast<ColumnType>(type), left.toStdString(), right.toStdString());
    QCOMPARE(found < 0 ? -1 : found > 0 ? 1 : 0, order);
    const auto reverse = compareCells(static_cast<ColumnType>(type), right.toStdString(), left.toStdString());
    QCOMPARE(reverse < 0 ? -1 : reverse > 0 ? 1 : 0, -order);
}

void TestTableNames::typesAreReadInAnyCase()
{
    QCOMPARE(columnTypeOf("INTEGER"), ColumnType::Integer);
    QCOMPARE(columnTypeOf("Date"), ColumnType::Date);
    QCOMPARE(columnTypeOf("wombat"), ColumnType::String);
    QVERIFY(!isKnownType("wombat"));
    QVERIFY(isKnownType("Float"));
}

void TestTableNames::countsEachIdOnce()
{
    SeenIds seen;
    for (const char* id : {"1", "65536", "65535", "18446744073709551615", "abc", "01", "0"}) {
        QVERIFY2(seen.add(id), id);
        QVERIFY2(!seen.add(id), id);
    }
    QCOMPARE(seen.size(), std::uint64_t{7});
}

QTEST_GUILESS_MAIN(TestTableNames)
#include "tst_tablenames.moc"
