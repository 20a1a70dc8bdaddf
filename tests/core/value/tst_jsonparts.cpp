// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/jsonparts.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace std::string_literals;

namespace {

/// "name=text" of each part, or its text alone, divided by spaces.
std::string partsOf(const std::string& text)
{
    const auto whole = jsonSpan(text);
    if (!whole || !whole->isContainer()) {
        return "none";
    }
    JsonParts parts(*whole);
    std::string all;
    while (const auto part = parts.next(text)) {
        all += (all.empty() ? "" : " ") + std::string(part->nameIn(text)) + (part->nameSize > 0 ? "=" : "")
            + std::string(part->in(text));
    }
    return all;
}

} // namespace

class TestJsonParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void partsAreFound_data();
    void partsAreFound();
    void brokenTextsAreNotLeft();
    void typedPathsAreCompleted_data();
    void typedPathsAreCompleted();
    void pathsOfParts();
};

void TestJsonParts::partsAreFound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("parts");
    QTest::newRow("members") << QByteArray(R"({"a":1,"b":[2,{"c":3}],"d":{"e":null}})")
                             << QByteArray(R"("a"=1 "b"=[2,{"c":3}] "d"={"e":null})");
    QTest::newRow("elements") << QByteArray("[1,-2.5e3,true,\"x\",[],{}]") << QByteArray("1 -2.5e3 true \"x\" [] {}");
    QTest::newRow("spaces") << QByteArray(" { \"a\" : [ 1 , 2 ] ,\n\t\"b\" : 3 } ")
                            << QByteArray(R"("a"=[ 1 , 2 ] "b"=3)");
    QTest::newRow("brackets and quotes in strings")
        << QByteArray(R"({"}\"":"]\\","x":"{["})") << QByteArray(R"("}\""="]\\" "x"="{[")");
    QTest::newRow("digits beyond a double") << QByteArray("[9007199254740993]") << QByteArray("9007199254740993");
    QTest::newRow("empty object") << QByteArray("{ }") << QByteArray();
    QTest::newRow("empty array") << QByteArray("[]") << QByteArray();
    QTest::newRow("no container") << QByteArray("17") << QByteArray("none");
    QTest::newRow("nothing") << QByteArray(" ") << QByteArray("none");
}

void TestJsonParts::partsAreFound()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, parts);
    QCOMPARE(QByteArray::fromStdString(partsOf(text.toStdString())), parts);
}

/// Each beginning of a text, and each with one byte changed: the walk ends, and within the text.
void TestJsonParts::brokenTextsAreNotLeft()
{
    const std::string text = R"({"a":[1,{"b":"x\"]"}],"c":{"d":null}})";
    for (std::size_t at = 0; at <= text.size(); ++at) {
        QVERIFY(partsOf(text.substr(0, at)).size() <= 2 * text.size());
        for (const char sign : {'"', '{', '}', '[', ']', ',', ':', '\\', ' '}) {
            std::string broken = text;
            broken[std::min(at, text.size() - 1)] = sign;
            QVERIFY(partsOf(broken).size() <= 2 * text.size());
        }
    }
}

void TestJsonParts::typedPathsAreCompleted_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("nothing") << QByteArray() << QByteArray("$");
    QTest::newRow("root") << QByteArray(".") << QByteArray("$");
    QTest::newRow("of old") << QByteArray(".a.b[0]") << QByteArray("$.a.b[0]");
    QTest::newRow("a name") << QByteArray("a.b") << QByteArray("$.a.b");
    QTest::newRow("a place") << QByteArray("[2].a") << QByteArray("$[2].a");
    QTest::newRow("whole") << QByteArray("$..a") << QByteArray("$..a");
}

void TestJsonParts::typedPathsAreCompleted()
{
    QFETCH(const QByteArray, typed);
    QFETCH(const QByteArray, path);
    QCOMPARE(QByteArray::fromStdString(fullJsonPath(typed.toStdString())), path);
}

void TestJsonParts::pathsOfParts()
{
    QCOMPARE(jsonElementPath(jsonMemberPath("$", R"("a \"b\"")"), 3), R"($["a \"b\""][3])"s);
    const auto elements = jsonElements(R"([{"a":1}, "two"])");
    QVERIFY(elements && elements->size() == 2);
    QCOMPARE(std::string(elements->at(1)), "\"two\""s);
    QVERIFY(!jsonElements("{}"));
}

QTEST_GUILESS_MAIN(TestJsonParts)
#include "tst_jsonparts.moc"
