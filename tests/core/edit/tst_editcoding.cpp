// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editcoding.h"
#include "tests/core/value/decoderstacks.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::string)

namespace {

/// Writes less than it was given: it cuts what it stores to four bytes.
class CuttingDecoder final : public Decoder {
public:
    std::string name() const override { return "cutting"; }
    QString title() const override { return u"cutting"_s; }
    Confidence detect(std::string_view, TextEnd) const override { return Confidence::No; }
    Result<DecodedValue> decode(std::string_view bytes, const DecodeLimits&) const override
    {
        return DecodedValue{DecodedValue::Kind::Bytes, std::string(bytes)};
    }
    bool isReversible() const override { return true; }
    Result<std::string> encode(std::string_view content, std::string_view, const DecodeLimits&) const override
    {
        return std::string(content.substr(0, 4));
    }
};

} // namespace

class TestEditCoding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsEditedComesBack_data();
    void whatIsEditedComesBack();
    void withoutDecodersItIsTheBytes();
    void waysOfWritingJsonAreNoDifference_data();
    void waysOfWritingJsonAreNoDifference();
    void theLayerThatIsOneWayIsNamed_data();
    void theLayerThatIsOneWayIsNamed();
    void whatCanNotBeWrittenIsRefused_data();
    void whatCanNotBeWrittenIsRefused();
    void whatWouldComeBackAsSomethingElseIsRefused();
    void bombsAreNotEdited();
};

void TestEditCoding::whatIsEditedComesBack_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<std::string>("edited");
    const std::string json = R"({"id":1,"tags":["a"]})";
    const std::string changed = R"({"id":18446744073709551615,"tags":["a","bé",null]})";
    for (const char* names : {"zstd", "gzip", "zlib", "deflate", "lz4", "brotli", "snappy", "base64", "hex"}) {
        QTest::addRow("%s of a text", names) << QString::fromUtf8(names) << "before\0\xFF"s << "after\xFE\0"s;
    }
    for (const char* names : {"json", "zstd,json", "msgpack", "zstd,msgpack", "base64,gzip,cbor", "zlib,json"}) {
        QTest::addRow("%s", names) << QString::fromUtf8(names) << json << changed;
    }
    QTest::addRow("php") << u"php"_s << json << R"({"id":5,"tags":["b",null]})"s;
}

void TestEditCoding::whatIsEditedComesBack()
{
    QFETCH(const QString, names);
    QFETCH(const std::string, content);
    QFETCH(const std::string, edited);
    const DecoderStack stack = stackOf(names.toStdString());
    QVERIFY(!stack.isEmpty());
    const auto before = stack.encode(content, {});
    QVERIFY(before);
    QVERIFY(decodedForEdit(stack, *before));
    const auto stored = storedFromEdit(stack, edited, *before);
    QVERIFY2(stored, qPrintable(stored ? QString() : stored.error().subject + stored.error().detail));
    QVERIFY(*stored != *before);
    const auto again = decodedForEdit(stack, *stored);
    QVERIFY(again);
    const auto unchanged = storedFromEdit(stack, *again, *stored); // as an editor gives it back
    QVERIFY(unchanged);
    const auto decodedOnce = decodedForEdit(stack, *unchanged);
    QVERIFY(decodedOnce && *decodedOnce == *again);
}

void TestEditCoding::withoutDecodersItIsTheBytes()
{
    QCOMPARE(storedFromEdit({}, "a\0b"s, "seen").value_or(""s), "a\0b"s);
    QCOMPARE(decodedForEdit({}, "a\0b"s).value_or(""s), "a\0b"s);
}

void TestEditCoding::waysOfWritingJsonAreNoDifference_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<std::string>("edited");
    QTest::addRow("laid out") << u"msgpack"_s << "{\n  \"a\" : [ 1 ]\n}"s;
    QTest::addRow("an escaped letter") << u"msgpack"_s << R"({"a":"\u00e4"})"s;
    QTest::addRow("an escaped slash") << u"cbor"_s << R"({"a":"\/"})"s;
    QTest::addRow("text of JSON") << u"gzip,json"_s << "{ \"a\": 1.50 }"s;
}

void TestEditCoding::waysOfWritingJsonAreNoDifference()
{
    QFETCH(const QString, names);
    QFETCH(const std::string, edited);
    const DecoderStack stack = stackOf(names.toStdString());
    const auto before = stack.encode(R"({"a":0})", {});
    QVERIFY(before);
    const auto stored = storedFromEdit(stack, edited, *before);
    QVERIFY2(stored, qPrintable(stored ? QString() : stored.error().detail));
}

void TestEditCoding::theLayerThatIsOneWayIsNamed_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("layer");
    QTest::addRow("alone") << u"java"_s << u"layer 1 (java)"_s;
    QTest::addRow("below another") << u"zstd,pickle"_s << u"layer 2 (pickle)"_s;
    QTest::addRow("the outermost of two") << u"unix-time"_s << u"layer 1 (unix-time)"_s;
}

void TestEditCoding::theLayerThatIsOneWayIsNamed()
{
    QFETCH(const QString, names);
    QFETCH(const QString, layer);
    const DecoderStack stack = stackOf(names.toStdString());
    QVERIFY(!stack.isEmpty());
    QCOMPARE(stack.oneWayLayer(), layer);
    const auto decoded = decodedForEdit(stack, "bytes");
    QVERIFY(!decoded && decoded.error().kind == ErrorKind::Unsupported);
    QCOMPARE(decoded.error().subject, layer);
    const auto stored = storedFromEdit(stack, "text", "bytes");
    QVERIFY(!stored && stored.error().kind == ErrorKind::Unsupported);
    QVERIFY(stackOf("gzip,json").oneWayLayer().isEmpty());
}

void TestEditCoding::whatCanNotBeWrittenIsRefused_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<std::string>("edited");
    QTest::addColumn<QString>("layer");
    QTest::addRow("no JSON for MessagePack") << u"zstd,msgpack"_s << "{\"a\":"s << u"layer 2 (msgpack)"_s;
    QTest::addRow("no JSON for JSON") << u"json"_s << "{a}"s << u"layer 1 (json)"_s;
}

void TestEditCoding::whatCanNotBeWrittenIsRefused()
{
    QFETCH(const QString, names);
    QFETCH(const std::string, edited);
    QFETCH(const QString, layer);
    const DecoderStack stack = stackOf(names.toStdString());
    const auto before = stack.encode(R"({"a":0})", {});
    QVERIFY(before);
    const auto stored = storedFromEdit(stack, edited, *before);
    QVERIFY(!stored && stored.error().kind == ErrorKind::Input);
    QCOMPARE(stored.error().subject, layer);
    QVERIFY(!stored.error().detail.isEmpty());
}

void TestEditCoding::whatWouldComeBackAsSomethingElseIsRefused()
{
    const DecoderStack stack({std::make_shared<CuttingDecoder>()});
    QVERIFY(storedFromEdit(stack, "four", "seen"));
    const auto stored = storedFromEdit(stack, "longer than four", "seen");
    QVERIFY(!stored && stored.error().kind == ErrorKind::Input);
    QVERIFY(stored.error().subject.contains(u"cutting"_s));
}

void TestEditCoding::bombsAreNotEdited()
{
    const DecoderStack stack = stackOf("zstd");
    const auto bomb = stack.encode(std::string(longestDecodedEdit.value + 1, 'x'), {});
    QVERIFY(bomb);
    const auto decoded = decodedForEdit(stack, *bomb);
    QVERIFY(!decoded && decoded.error().kind == ErrorKind::Limit);
}

QTEST_GUILESS_MAIN(TestEditCoding)
#include "tst_editcoding.moc"
