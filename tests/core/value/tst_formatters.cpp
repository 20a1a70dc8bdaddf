// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/editortext.h"
#include "core/value/formatters/hextext.h"
#include "core/value/formatters/jsontext.h"
#include "core/value/formatters/valueformat.h"

#include <QObject>
#include <QTest>

#include <random>

using namespace keyglass;
using namespace std::string_literals;

Q_DECLARE_METATYPE(keyglass::ValueFormat)
Q_DECLARE_METATYPE(keyglass::JsonText::Outcome)

namespace {

using Outcome = JsonText::Outcome;

QByteArray allBytes()
{
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte) {
        all.append(static_cast<char>(byte));
    }
    return all;
}

/// The text without the spaces and line ends that stand between tokens.
std::string withoutLayout(std::string_view json)
{
    std::string out;
    bool inString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString && c == '\\') {
            out += json.substr(i, 2);
            ++i;
            continue;
        }
        inString = c == '"' ? !inString : inString;
        if (inString || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
            out += c;
        }
    }
    return out;
}

/// A random object or array, with odd numbers, escapes, repeated names and stray spaces.
std::string randomJson(std::mt19937& random, int depth)
{
    static const std::array scalars{"0"s, "-0.0e+10"s, "18446744073709551615"s, "1E400"s,
        "123456789012345678901234567890"s, "true"s, "false"s, "null"s, "\"\""s, "\"a\\\"b\\\\\""s,
        "\"\\u00e9\xc3\xa9\""s, "\" , : ] \""s};
    const auto pick = [&](std::size_t below) { return random() % below; };
    if (depth == 0) {
        return scalars.at(pick(scalars.size()));
    }
    const bool isObject = pick(2) == 0;
    std::string out(1, isObject ? '{' : '[');
    const std::size_t members = pick(4);
    for (std::size_t i = 0; i < members; ++i) {
        out += i > 0 ? pick(2) == 0 ? "," : " ,\n" : "";
        out += isObject ? "\"same\" :" : "";
        out += randomJson(random, static_cast<int>(pick(static_cast<std::size_t>(depth))));
    }
    return out + (isObject ? '}' : ']');
}

} // namespace

class TestFormatters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void guessesTheFormat_data();
    void guessesTheFormat();
    void laysJsonOut_data();
    void laysJsonOut();
    void keepsEveryTokenOfJson();
    void everyCutOfJsonIsCutOrInvalid();
    void brokenJsonIsRefusedWhereItBreaks_data();
    void brokenJsonIsRefusedWhereItBreaks();
    void deepAndLargeJsonIsLimited();
    void damagedJsonNeverCrashes();
    void editorShowsTextAsItIs_data();
    void editorShowsTextAsItIs();
    void standInsAreToldFromTheSameLetters();
    void aCharacterCutInTwoComesWithTheNextPiece();
    void piecesGiveTheSameAsTheWhole();
    void veryLongLinesAreBroken();
    void hexRows();
};

void TestFormatters::guessesTheFormat_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<TextEnd>("end");
    QTest::addColumn<ValueFormat>("format");
    const auto row = [](const char* name, const QByteArray& bytes, ValueFormat format, TextEnd end = TextEnd::Whole) {
        QTest::addRow("%s", name) << bytes << end << format;
    };
    row("empty", "", ValueFormat::Text);
    row("word", "hello", ValueFormat::Text);
    row("number", "18446744073709551615", ValueFormat::Text);
    row("JSON string", "\"quoted\"", ValueFormat::Text);
    row("object", " {\"a\": 1}\n", ValueFormat::Json);
    row("array", "[1,2]", ValueFormat::Json);
    row("log line in brackets", "[INFO] started", ValueFormat::Text);
    row("two objects", "{}{}", ValueFormat::Text);
    row("unfinished object", "{\"a\": ", ValueFormat::Text);
    row("beginning of an object", "{\"a\": ", ValueFormat::Json, TextEnd::MoreFollows);
    row("umlauts", "gr\xc3\xbc\xc3\x9f", ValueFormat::Text);
    row("cut within a character", "gr\xc3", ValueFormat::Text, TextEnd::MoreFollows);
    row("latin-1", "gr\xfc\xdf", ValueFormat::Hex);
    row("zero byte", QByteArray("a\0b", 3), ValueFormat::Hex);
    row("PNG", "\x89PNG\r\n\x1a\n", ValueFormat::Hex);
    row("many controls", "\x01\x02\x03", ValueFormat::Hex);
    row("one form feed in a text", QByteArray(300, 'x') + "\x0c", ValueFormat::Text);
    row("one bell in a long text", QByteArray(300, 'x') + "\x07", ValueFormat::Text);
    row("long JSON", "[" + QByteArray("1234567,").repeated(20'000) + "1]", ValueFormat::Json);
}

void TestFormatters::guessesTheFormat()
{
    QFETCH(QByteArray, bytes);
    QFETCH(TextEnd, end);
    QFETCH(ValueFormat, format);
    QCOMPARE(detectFormat(bytes.toStdString(), end), format);
}

void TestFormatters::laysJsonOut_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("shown");
    QTest::addRow("empty object") << QByteArray("{ }") << QByteArray("{}");
    QTest::addRow("empty array") << QByteArray(" [\n] ") << QByteArray("[]");
    QTest::addRow("scalar") << QByteArray(" 1.50 ") << QByteArray("1.50");
    QTest::addRow("64-bit number") << QByteArray("[18446744073709551615]")
                                   << QByteArray("[\n  18446744073709551615\n]");
    QTest::addRow("number beyond any type")
        << QByteArray("[0.12345678901234567890123e-999]") << QByteArray("[\n  0.12345678901234567890123e-999\n]");
    QTest::addRow("order and repeated names")
        << QByteArray(R"({"b":1,"a":2,"b":3})") << QByteArray("{\n  \"b\": 1,\n  \"a\": 2,\n  \"b\": 3\n}");
    QTest::addRow("nested") << QByteArray(R"({"a":[{},[1,2]]})")
                            << QByteArray("{\n  \"a\": [\n    {},\n    [\n      1,\n      2\n    ]\n  ]\n}");
    QTest::addRow("escapes stay") << QByteArray(R"(["\u00e9\n\/"])") << QByteArray("[\n  \"\\u00e9\\n\\/\"\n]");
}

void TestFormatters::laysJsonOut()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, shown);
    const JsonText text = prettyJson(json.toStdString());
    QCOMPARE(text.outcome, Outcome::Whole);
    QCOMPARE(QByteArray::fromStdString(text.text), shown);
}

void TestFormatters::keepsEveryTokenOfJson()
{
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        const std::string json = randomJson(random, 5);
        const JsonText text = prettyJson(json);
        QVERIFY2(text.outcome == Outcome::Whole, json.c_str());
        QCOMPARE(withoutLayout(text.text), withoutLayout(json));
        QCOMPARE(prettyJson(text.text).text, text.text);
    }
}

void TestFormatters::everyCutOfJsonIsCutOrInvalid()
{
    const std::string json = R"({"a": [1, -2.5e3, true, null, "x\u00e9\"y)"
                             "\xc3\xa9"
                             R"("], "b": {}})";
    for (std::size_t length = 0; length < json.size(); ++length) {
        const JsonText text = prettyJson(std::string_view(json).substr(0, length));
        QVERIFY2(text.outcome == Outcome::Cut, json.substr(0, length).c_str());
    }
    QCOMPARE(prettyJson(json).outcome, Outcome::Whole);
}

void TestFormatters::brokenJsonIsRefusedWhereItBreaks_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("at");
    QTest::addRow("bare word") << QByteArray("hello") << 0;
    QTest::addRow("single quotes") << QByteArray("['a']") << 1;
    QTest::addRow("comma before the end") << QByteArray("[1,]") << 3;
    QTest::addRow("no colon") << QByteArray(R"({"a" 1})") << 5;
    QTest::addRow("name that is no string") << QByteArray("{1:2}") << 1;
    QTest::addRow("leading zero") << QByteArray("[01]") << 2;
    QTest::addRow("plus sign") << QByteArray("[+1]") << 1;
    QTest::addRow("dot without digit") << QByteArray("[1.]") << 3;
    QTest::addRow("bad escape") << QByteArray(R"(["\x41"])") << 2;
    QTest::addRow("bad unicode escape") << QByteArray(R"(["\u00g0"])") << 2;
    QTest::addRow("newline in a string") << QByteArray("[\"a\nb\"]") << 3;
    QTest::addRow("no UTF-8 in a string") << QByteArray("[\"\xff\"]") << 2;
    QTest::addRow("wrong bracket") << QByteArray("[1}") << 2;
    QTest::addRow("something after the end") << QByteArray("{} x") << 3;
    QTest::addRow("NaN") << QByteArray("[NaN]") << 1;
    QTest::addRow("comment") << QByteArray("[1 /* */]") << 3;
}

void TestFormatters::brokenJsonIsRefusedWhereItBreaks()
{
    QFETCH(QByteArray, json);
    QFETCH(int, at);
    const JsonText text = prettyJson(json.toStdString());
    QCOMPARE(text.outcome, Outcome::Invalid);
    QCOMPARE(static_cast<int>(text.at), at);
}

void TestFormatters::deepAndLargeJsonIsLimited()
{
    const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
    QCOMPARE(prettyJson(deep).outcome, Outcome::Limit);
    const std::string fits = std::string(512, '[') + std::string(512, ']');
    QCOMPARE(prettyJson(fits).outcome, Outcome::Whole);
    JsonLimits small;
    small.outputBytes = 1000;
    const JsonText cut = prettyJson("[" + std::string(400, '[') + std::string(400, ']') + ",1]", small);
    QCOMPARE(cut.outcome, Outcome::Limit);
    QVERIFY(cut.text.size() < 3000);
}

void TestFormatters::damagedJsonNeverCrashes()
{
    std::mt19937 random(11);
    for (int round = 0; round < 20'000; ++round) {
        std::string json = randomJson(random, 4);
        for (std::size_t change = 1 + random() % 3; change > 0 && !json.empty(); --change) {
            json[random() % json.size()] = static_cast<char>(random());
        }
        const JsonText text = prettyJson(json);
        QVERIFY(text.at <= json.size());
        if (text.outcome == Outcome::Whole) {
            QCOMPARE(withoutLayout(text.text), withoutLayout(json));
        }
    }
}

void TestFormatters::editorShowsTextAsItIs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("shown");
    QTest::addRow("lines and tabs stay") << QByteArray("a\r\nb\n\tc\r") << QByteArray("a\r\nb\n\tc\r");
    QTest::addRow("a backslash stays one") << QByteArray("C:\\new") << QByteArray("C:\\new");
    QTest::addRow("emoji of several parts stay") << QByteArray("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb")
                                                 << QByteArray("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb");
    QTest::addRow("zero byte") << QByteArray("a\0b", 3) << QByteArray("a\\x00b");
    QTest::addRow("no UTF-8") << QByteArray("\xff\xfe") << QByteArray("\\xFF\\xFE");
    QTest::addRow("overlong") << QByteArray("\xc0\xaf") << QByteArray("\\xC0\\xAF");
    QTest::addRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\\xED\\xA0\\x80");
    QTest::addRow("cut at the end") << QByteArray("a\xe2\x82") << QByteArray("a\\xE2\\x82");
    QTest::addRow("override") << QByteArray("\xe2\x80\xae") << QByteArray("\u2039RLO\u203a");
    QTest::addRow("zero-width space") << QByteArray("\xe2\x80\x8b") << QByteArray("\u2039U+200B\u203a");
    QTest::addRow("C1 control") << QByteArray("\xc2\x85") << QByteArray("\\xC2\\x85");
}

void TestFormatters::editorShowsTextAsItIs()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, shown);
    const EditorText text = editorText(bytes.toStdString());
    QCOMPARE(QByteArray::fromStdString(text.utf8), shown);
    QCOMPARE(text.consumed, static_cast<std::size_t>(bytes.size()));
    QCOMPARE(text.standIns.empty(), bytes == shown);
}

void TestFormatters::standInsAreToldFromTheSameLetters()
{
    const EditorText text = editorText("\\x00\0\1z"s + '\x02');
    QCOMPARE(text.utf8, "\\x00\\x00\\x01z\\x02"s);
    const std::vector<EditorText::Span> expected{{4, 8}, {13, 4}};
    QCOMPARE(text.standIns, expected);
}

void TestFormatters::aCharacterCutInTwoComesWithTheNextPiece()
{
    const EditorText first = editorText("a\xe2\x82", TextEnd::MoreFollows);
    QCOMPARE(first.utf8, "a"s);
    QCOMPARE(first.consumed, std::size_t{1});
    QVERIFY(first.standIns.empty());
}

void TestFormatters::piecesGiveTheSameAsTheWhole()
{
    const std::string bytes =
        allBytes().toStdString() + "\xe2\x82\xac\xf0\x9f\x94\x91\xe2\x80\xae" + allBytes().toStdString();
    const EditorText whole = editorText(bytes);
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        const EditorText first = editorText(std::string_view(bytes).substr(0, cut), TextEnd::MoreFollows);
        QVERIFY(cut - first.consumed <= 3);
        const EditorText second = editorText(std::string_view(bytes).substr(first.consumed));
        QCOMPARE(first.utf8 + second.utf8, whole.utf8);
    }
}

void TestFormatters::veryLongLinesAreBroken()
{
    const EditorText text = editorText("aaaaaaaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbb\r\nc", TextEnd::Whole, 10);
    QCOMPARE(text.utf8, "aaaaaaaaaa\naaaaaaaaaa\naaaaa\nbbbbbbbbbb\r\nc"s);
    QCOMPARE(text.brokenLines, std::size_t{2});
    QCOMPARE(editorText("\xe2\x82\xac\xe2\x82\xac", TextEnd::Whole, 2).utf8, "\xe2\x82\xac\n\xe2\x82\xac"s);
    QCOMPARE(editorText(std::string(100'000, 'a')).brokenLines, std::size_t{0});
}

void TestFormatters::hexRows()
{
    const std::string bytes = allBytes().toStdString();
    QCOMPARE(hexBytes(std::string_view(bytes).substr(0x30, 16)), "30 31 32 33 34 35 36 37  38 39 3A 3B 3C 3D 3E 3F"s);
    QCOMPARE(hexBytes("\xff"), "FF"s);
    QCOMPARE(hexAscii(std::string_view(bytes).substr(0x78, 16)), "xyz{|}~........."s);
    QCOMPARE(hexOffset(0xA0F0, 1000), "0000A0F0"s);
    QCOMPARE(hexOffset(16, 0x1'0000'0000), "00000010"s);
    QCOMPARE(hexOffset(16, 0x1'0000'0001), "000000010"s);
    QCOMPARE(hexDigits("\x89PNG"), "89504E47"s);
}

QTEST_APPLESS_MAIN(TestFormatters)
#include "tst_formatters.moc"
