// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editform.h"

#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

std::string bytesIn(const QByteArray& bytes)
{
    return bytes.toStdString();
}

QByteArray allBytes()
{
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte) {
        all += static_cast<char>(byte);
    }
    return all;
}

} // namespace

class TestEditForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void guesses_data();
    void guesses();
    void givesBackEveryByte_data();
    void givesBackEveryByte();
    void compactJsonStaysCompact();
    void tellsWhereItIsWrong_data();
    void tellsWhereItIsWrong();
    void laysOut_data();
    void laysOut();
    void longNumbersStayExact();
    void othersCanNotBeLaidOut();
};

void TestEditForm::guesses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<EditForm>("form");
    QTest::newRow("nothing") << QByteArray() << EditForm::Text;
    QTest::newRow("words") << QByteArray("ada@example.org") << EditForm::Text;
    QTest::newRow("an object") << QByteArray(" {\"a\": 1}\n") << EditForm::Json;
    QTest::newRow("an array") << QByteArray("[1,2]") << EditForm::Json;
    QTest::newRow("a number is a text") << QByteArray("42") << EditForm::Text;
    QTest::newRow("broken JSON") << QByteArray("{\"a\": }") << EditForm::Text;
    QTest::newRow("a document") << QByteArray("<?xml version=\"1.0\"?><a><b/></a>") << EditForm::Xml;
    QTest::newRow("a tag that never ends") << QByteArray("<a>") << EditForm::Text;
    QTest::newRow("a script") << QByteArray("local n = redis.call('GET', KEYS[1])\nreturn n") << EditForm::Lua;
    QTest::newRow("no UTF-8") << QByteArray("{\"a\": \"\xFF\"}") << EditForm::Escaped;
}

void TestEditForm::guesses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const EditForm, form);
    QCOMPARE(guessForm(bytesIn(bytes)), form);
}

void TestEditForm::givesBackEveryByte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("all bytes") << allBytes();
    QTest::newRow("line ends of all kinds") << QByteArray("a\r\nb\rc\n\n");
    QTest::newRow("a zero within") << QByteArray("a\0b", 3);
    QTest::newRow("compact JSON") << QByteArray(R"({"a":[1,{"b":" x "},12345678901234567890],"c":{}})");
    QTest::newRow("half compact JSON") << QByteArray("{\"a\":1, \"b\":2}");
    QTest::newRow("laid out JSON") << QByteArray("{\n  \"a\": 1\n}");
    QTest::newRow("JSON with a line end behind") << QByteArray("{\"a\":1}\n");
    QTest::newRow("XML") << QByteArray("<a>\n<b/></a>\n");
}

void TestEditForm::givesBackEveryByte()
{
    QFETCH(const QByteArray, bytes);
    for (const EditForm form :
        {EditForm::Text, EditForm::Json, EditForm::Xml, EditForm::Lua, EditForm::Escaped, EditForm::Hex}) {
        const EditText text = editTextOf(bytesIn(bytes), form);
        const auto back = bytesOf(text);
        QVERIFY(back);
        QCOMPARE(QByteArray::fromStdString(*back), bytes);
        QVERIFY(text.form == form || text.form == EditForm::Escaped);
    }
}

void TestEditForm::compactJsonStaysCompact()
{
    EditText text = editTextOf(R"({"a":1,"b":[2]})", EditForm::Json);
    QVERIFY(text.isCompact);
    QCOMPARE(QString::fromStdString(text.text), u"{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n}"_s);
    text.text = "{\n  \"a\": 9007199254740993\n}";
    QCOMPARE(bytesOf(text).value_or(std::string()), std::string(R"({"a":9007199254740993})"));
    text.text = "{\n  \"a\": 9007199254740993\n"; // not yet JSON again: as it stands
    QCOMPARE(bytesOf(text).value_or(std::string()), text.text);
    QVERIFY(!editTextOf("{\"a\": 1}", EditForm::Json).isCompact);
}

void TestEditForm::tellsWhereItIsWrong_data()
{
    QTest::addColumn<EditForm>("form");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("JSON") << EditForm::Json << QByteArray("{\n  \"\xC3\xA4\": x\n}") << 2 << 8;
    QTest::newRow("JSON that ends too early") << EditForm::Json << QByteArray("{\n") << 2 << 1;
    QTest::newRow("XML") << EditForm::Xml << QByteArray("<a>\n<b></a>") << 2 << 7;
    QTest::newRow("escape") << EditForm::Escaped << QByteArray("\\x00\\n\\q") << 1 << 7;
    QTest::newRow("cut escape") << EditForm::Escaped << QByteArray("ab\\x0") << 1 << 3;
    QTest::newRow("hex") << EditForm::Hex << QByteArray("00 0g") << 1 << 5;
    QTest::newRow("half a byte") << EditForm::Hex << QByteArray("00 0") << 1 << 5;
}

void TestEditForm::tellsWhereItIsWrong()
{
    QFETCH(const EditForm, form);
    QFETCH(const QByteArray, text);
    QFETCH(const int, line);
    QFETCH(const int, column);
    const auto problem = problemOf({form, bytesIn(text), false});
    QVERIFY(problem);
    QVERIFY(!problem->what.isEmpty());
    QCOMPARE(int(problem->line), line);
    if (form == EditForm::Xml) { // where in the tag the parser stops is its own matter
        QVERIFY(problem->column >= 4);
    } else {
        QCOMPARE(int(problem->column), column);
    }
    const bool meansBytes = form == EditForm::Json || form == EditForm::Xml;
    QCOMPARE(bool(bytesOf({form, bytesIn(text), false})), meansBytes); // a value may be anything
}

void TestEditForm::laysOut_data()
{
    QTest::addColumn<EditForm>("form");
    QTest::addColumn<QByteArray>("compact");
    QTest::addColumn<QByteArray>("pretty");
    QTest::newRow("JSON") << EditForm::Json << QByteArray(R"({"a":[],"b":"x  \" y"})")
                          << QByteArray("{\n  \"a\": [],\n  \"b\": \"x  \\\" y\"\n}");
    QTest::newRow("XML") << EditForm::Xml << QByteArray("<a x='1>2'><b/><c></c><d>text</d></a>")
                         << QByteArray("<a x='1>2'>\n  <b/>\n  <c></c>\n  <d>text</d>\n</a>");
    QTest::newRow("text beside elements stays as it is")
        << EditForm::Xml << QByteArray("<a><p>one <b>two</b> three</p></a>")
        << QByteArray("<a>\n  <p>one <b>two</b> three</p>\n</a>");
    QTest::newRow("spaces alone may be meant")
        << EditForm::Xml << QByteArray("<a><b> </b></a>") << QByteArray("<a>\n  <b> </b>\n</a>");
    QTest::newRow("all there can be") << EditForm::Xml
                                      << QByteArray(
                                             "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e \">\">]><a><!-- > --><b>"
                                             "<![CDATA[<x>]]></b><c xml:space=\"preserve\"> <d/> </c></a>")
                                      << QByteArray(
                                             "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY e \">\">]>\n<a>\n  <!-- "
                                             "> -->\n  <b><![CDATA[<x>]]></b>\n  <c xml:space=\"preserve\"> <d/> "
                                             "</c>\n</a>");
}

void TestEditForm::laysOut()
{
    QFETCH(const EditForm, form);
    QFETCH(const QByteArray, compact);
    QFETCH(const QByteArray, pretty);
    const auto out = [](const Result<std::string>& text) {
        return text ? QByteArray::fromStdString(*text) : text.error().detail.toUtf8();
    };
    QCOMPARE(out(laidOut(bytesIn(compact), form)), pretty);
    QCOMPARE(out(compacted(bytesIn(pretty), form)), compact);
    QCOMPARE(out(laidOut(bytesIn(pretty), form)), pretty);
    QCOMPARE(out(compacted(bytesIn(compact), form)), compact);
}

void TestEditForm::longNumbersStayExact()
{
    const std::string json = R"([9223372036854775807,18446744073709551615,-0.10000000000000000001,1e400])";
    const auto pretty = laidOut(json, EditForm::Json);
    QVERIFY(pretty);
    QVERIFY(pretty->find("18446744073709551615") != std::string::npos);
    QVERIFY(pretty->find("-0.10000000000000000001") != std::string::npos);
    QCOMPARE(compacted(*pretty, EditForm::Json).value_or(std::string()), json);
}

void TestEditForm::othersCanNotBeLaidOut()
{
    QCOMPARE(laidOut("{}", EditForm::Lua).error().kind, ErrorKind::Unsupported);
    const auto broken = compacted("{\"a\": }", EditForm::Json);
    QVERIFY(!broken);
    QCOMPARE(broken.error().kind, ErrorKind::Input);
    QVERIFY(broken.error().detail.contains(u"column 7"));
    QVERIFY(!laidOut("<a>", EditForm::Xml));
    std::string deep;
    for (int n = 0; n < 100'000; ++n) {
        deep += "<a>";
    }
    QVERIFY(problemOf({EditForm::Xml, deep, false}));
}

QTEST_APPLESS_MAIN(TestEditForm)
#include "tst_editform.moc"
