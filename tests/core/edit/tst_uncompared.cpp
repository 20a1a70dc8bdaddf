// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/uncompared.h"

#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(KeyEdit)

namespace {

const SeenBytes unread = SeenBytes::notLooked();
const SeenBytes known = SeenBytes::there("r");

KeyEdit editOf(EditAction action)
{
    return KeyEdit{"k", std::move(action)};
}

SeenListPlace place(std::uint64_t index, const SeenBytes& before, const SeenBytes& after)
{
    return {index, "e", before, after};
}

/// A deletion of a key of which these rows were seen.
KeyEdit deletion(KeyType type, const std::vector<ValueRow>& rows, std::optional<std::uint64_t> length)
{
    KeyEdit edit = editOf(DeleteKey{});
    edit.seenType = std::string(keyTypeName(type));
    edit.seenLength = length;
    edit.seenContent = seenContent(type, rows, std::vector<std::uint64_t>(rows.size()));
    return edit;
}

SeenRow rowOf(const ValueRow& cells, std::uint64_t number = 0, const SeenBytes& beside = unread)
{
    SeenRow row;
    row.cells = cells;
    row.number = number;
    row.before = beside;
    row.after = beside;
    return row;
}

} // namespace

class TestUncompared : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void elementsAndParts_data();
    void elementsAndParts();
    void wholeKeys_data();
    void wholeKeys();
    void plans_data();
    void plans();
};

void TestUncompared::elementsAndParts_data()
{
    QTest::addColumn<KeyEdit>("edit");
    QTest::addColumn<QString>("told"); // empty: nothing is
    const auto add = [](const char* name, EditAction action, const QString& told) {
        QTest::addRow("%s", name) << editOf(std::move(action)) << told;
    };
    add("a field that was read", DeleteHashField{"f", known}, {});
    add("a field that was not", DeleteHashField{"f", unread, 100'000}, u"only its length is compared"_s);
    add("a field of which nothing is known", DeleteHashField{"f", unread}, u"it is not compared"_s);
    add("an entry that was read", DeleteStreamEntry{"1-1", {{"f", "v"}}}, {});
    add("an entry of which a part was not", DeleteStreamEntry{"1-1", {}, {ValueCell("f"), ValueCell::placeholder(9)}},
        u"of the rest only the length is compared"_s);
    add("an entry longer than a reply",
        DeleteStreamEntry{"1-1", {}, {ValueCell::placeholder(std::nullopt), ValueCell::placeholder(std::nullopt)}},
        u"only its ID is compared"_s);
    add("an element with its neighbours", SetListElement{place(1, known, known), "n"}, {});
    add("the first element", DeleteListElement{place(0, unread, known)}, {});
    add("the last element", DeleteListElement{place(3, known, SeenBytes::absent())}, {});
    add("an element behind one that was not read", SetListElement{place(1, unread, known), "n"},
        u"element before it was not read"_s);
    add("an element before one", DeleteListElement{place(0, unread, unread)}, u"element behind it was not read"_s);
    add("an insertion between two", InsertListElement{place(1, unread, unread), InsertListElement::Side::After, "n"},
        u"elements before and behind it were not read"_s);
    add("a push, which compares nothing", PushListElement{PushListElement::End::Left, "n"}, {});
    add("a member of an object", SetJson{"$[\"a\"]", "1", known}, {});
    add("a member named by a number", SetJson{"$[\"1\"]", "1", known}, {});
    add("an element of an array", SetJson{"$[\"a\"][1]", "1", known, known, unread}, u"behind it was not read"_s);
    add("the first of an array", DeleteJson{"$[0]", "1", unread, known}, {});
    add("one of an array beside a long one", DeleteJson{"$[2]", "1", unread, known}, u"before it was not read"_s);
}

void TestUncompared::elementsAndParts()
{
    QFETCH(const KeyEdit, edit);
    QFETCH(const QString, told);
    const QString text = uncomparedText(edit);
    QCOMPARE(text.isEmpty(), told.isEmpty());
    QVERIFY2(text.contains(told), qPrintable(text));
}

void TestUncompared::wholeKeys_data()
{
    QTest::addColumn<KeyEdit>("edit");
    QTest::addColumn<QString>("told");
    const ValueRow pair{ValueCell("f"), ValueCell("v")};
    const ValueRow longPair{ValueCell("g"), ValueCell::placeholder(100'000)};
    KeyEdit unseen = editOf(DeleteKey{});
    unseen.seenLength = 2;
    QTest::addRow("nobody has looked into it") << unseen << u"only its type, its length and its time to live"_s;
    unseen.seenLength.reset();
    QTest::addRow("a type without a length") << unseen << u"is not compared"_s;
    QTest::addRow("a string") << deletion(KeyType::String, {{ValueCell("abc")}}, 3) << QString();
    QTest::addRow("the beginning of a string")
        << deletion(KeyType::String, {{ValueCell("abc")}}, 3000) << u"of the rest only the length"_s;
    QTest::addRow("a hash") << deletion(KeyType::Hash, {pair}, 1) << QString();
    QTest::addRow("a hash with a long field")
        << deletion(KeyType::Hash, {pair, longPair}, 2) << u"1 of its 2 elements"_s;
    QTest::addRow("some members of a set")
        << deletion(KeyType::Set, {{ValueCell("a")}, {ValueCell("b")}}, 9) << u"2 of its 9 elements"_s;
    QTest::addRow("a length that may not be asked for")
        << deletion(KeyType::Set, {{ValueCell("a")}}, std::nullopt) << u"Only what was read"_s;
    KeyEdit shown = unseen;
    shown.seenDump = "dump";
    QTest::addRow("all of it, by its dump") << shown << QString();
}

void TestUncompared::wholeKeys()
{
    elementsAndParts();
}

void TestUncompared::plans_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("longRows");
    QTest::addColumn<QString>("told");
    QTest::addRow("no field") << static_cast<int>(KeyType::Hash) << 0 << QString();
    QTest::addRow("a field") << static_cast<int>(KeyType::Hash) << 1 << u"The value of 1 row was not read"_s;
    QTest::addRow("fields") << static_cast<int>(KeyType::Hash) << 2 << u"The values of 2 rows were not read"_s;
    QTest::addRow("an entry") << static_cast<int>(KeyType::Stream) << 1 << u"Of 1 entry not all was read"_s;
    QTest::addRow("entries") << static_cast<int>(KeyType::Stream) << 2 << u"Of 2 entries not all was read"_s;
    QTest::addRow("no element") << static_cast<int>(KeyType::List) << 0 << QString();
    QTest::addRow("an element") << static_cast<int>(KeyType::List) << 1 << u"Beside 1 row stands"_s;
    QTest::addRow("elements") << static_cast<int>(KeyType::List) << 2 << u"Beside 2 rows stand"_s;
}

/// Three rows are deleted, some of which are, or stand beside, what was not read.
void TestUncompared::plans()
{
    QFETCH(const int, type);
    QFETCH(const int, longRows);
    QFETCH(const QString, told);
    const auto keyType = static_cast<KeyType>(type);
    std::vector<SeenRow> rows;
    for (int at = 0; at < 3; ++at) {
        const bool isLong = at < longRows;
        const ValueCell content = isLong ? ValueCell::placeholder(100'000) : ValueCell("v");
        const std::string name = std::to_string(at + 1) + "-1";
        if (keyType == KeyType::List) {
            rows.push_back(rowOf({ValueCell("e")}, static_cast<std::uint64_t>(at) * 2 + 1, isLong ? unread : known));
        } else if (keyType == KeyType::Hash) {
            rows.push_back(rowOf({ValueCell(name), content}));
        } else {
            rows.push_back(rowOf({ValueCell(name), ValueCell("f"), content}));
        }
    }
    const auto plan = planBatch("k", keyType, {}, rows, DeleteRows{});
    QVERIFY(plan && plan->rows() == 3);
    const QString text = uncomparedText(*plan);
    QCOMPARE(text.isEmpty(), told.isEmpty());
    QVERIFY2(text.contains(told), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestUncompared)
#include "tst_uncompared.moc"
