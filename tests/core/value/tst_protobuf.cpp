// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/datajson.h"
#include "core/value/formatters/decoderstack.h"
#include "core/value/formatters/protobufschema.h"
#include "tests/core/value/protobuforder.h"

#include <QByteArray>
#include <QFile>
#include <QObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

const char* const protoFile = R"(syntax = "proto3";
package shop;
enum State { NEW = 0; PAID = 1; }
message Line { string sku = 1; int32 count = 2; double price = 3; }
message Order {
  uint64 id = 1; string name = 2; repeated Line lines = 3; repeated int32 codes = 4; State state = 5;
  map<string, int64> stock = 6; bytes raw = 7; sint32 delta = 8; fixed64 stamp = 9; float ratio = 10; bool ok = 11;
  oneof how { string card = 12; int32 cash = 13; }
}
)";

const QByteArray orderAsJson =
    R"({"id":18446744073709551615,"name":"Zoë","lines":[{"sku":"A-1","count":2,"price":9.5},)"
    R"({"sku":"B","count":-1}],"codes":[1,300],"state":"PAID","stock":{"a":5},)"
    R"("raw":{"$base64":"/wA="},"delta":-3,"stamp":77,"ratio":0.25,"ok":true,"card":"visa"})";

} // namespace

/// Messages read and written by a descriptor set.
class TestProtobuf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsTheFieldsByName();
    void writesWhatProtocReads();
    void editsAreWritten_data();
    void editsAreWritten();
    void whatTheMessageHasNotIsRefused_data();
    void whatTheMessageHasNotIsRefused();
    void unknownFieldsStay();
    void numbersOneByOneAreRead();
    void depthAndElementsAreLimited();
    void descriptorsThatAreNoneAreAnswered_data();
    void descriptorsThatAreNoneAreAnswered();

private:
    [[nodiscard]] DecoderStack stack() const
    {
        auto made = DecoderStack::fromNames(("protobuf:shop.Order@"_L1 + m_path).toStdString());
        return made ? *std::move(made) : DecoderStack();
    }
    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath(u"orders.desc"_s);
};

void TestProtobuf::initTestCase()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(descriptor);
}

void TestProtobuf::showsTheFieldsByName()
{
    QCOMPARE(stack().size(), std::size_t{1});
    const auto decoded = stack().decode(order.toStdString());
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QCOMPARE(QByteArray::fromStdString(compactJson(decoded->content)), orderAsJson);
    QCOMPARE(stack().title(), u"protobuf shop.Order"_s);
    const auto encoded = stack().encode(decoded->content, order.toStdString());
    QVERIFY2(encoded, encoded ? "" : qPrintable(encoded.error().detail));
    QCOMPARE(QByteArray::fromStdString(*encoded).toHex(), order.toHex());
}

void TestProtobuf::writesWhatProtocReads()
{
    const QString protoc = QStandardPaths::findExecutable(u"protoc"_s);
    if (protoc.isEmpty()) {
        QSKIP("protoc is not installed");
    }
    QFile file(m_folder.filePath(u"t.proto"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(protoFile);
    file.close();
    const auto encoded =
        stack().encode(R"({"name":"Ann","lines":[{"count":-7}],"codes":[5],"state":1,"delta":-2147483648})", {});
    QVERIFY(encoded);
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(protoc, {u"--decode=shop.Order"_s, u"t.proto"_s});
    process.write(encoded->data(), static_cast<qint64>(encoded->size()));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.readAllStandardOutput().simplified(),
        QByteArray("name: \"Ann\" lines { count: -7 } codes: 5 state: PAID delta: -2147483648"));
}

void TestProtobuf::editsAreWritten_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("hex");
    QTest::addRow("nothing") << QByteArray("{}") << QByteArray();
    QTest::addRow("an enum by its number") << QByteArray(R"({"state":9})") << QByteArray("2809");
    QTest::addRow("an empty list") << QByteArray(R"({"lines":[],"codes":[]})") << QByteArray("2200");
    QTest::addRow("a map") << QByteArray(R"({"stock":{"a":-1,"":0}})")
                           << QByteArray("320e0a016110ffffffffffffffffff0132040a001000");
    QTest::addRow("one of a list") << QByteArray(R"({"lines":{"sku":"x"}})") << QByteArray("1a030a0178");
}

void TestProtobuf::editsAreWritten()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QByteArray, hex);
    const auto encoded = stack().encode(json.toStdString(), {});
    QVERIFY2(encoded, encoded ? "" : qPrintable(encoded.error().detail));
    QCOMPARE(QByteArray::fromStdString(*encoded).toHex(), hex);
}

void TestProtobuf::whatTheMessageHasNotIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addRow("another name") << QByteArray(R"({"nam":"x"})");
    QTest::addRow("another type") << QByteArray(R"({"name":1})");
    QTest::addRow("a text for a number") << QByteArray(R"({"id":"1"})");
    QTest::addRow("a negative for an unsigned one") << QByteArray(R"({"id":-1})");
    QTest::addRow("too large") << QByteArray(R"({"lines":[{"count":2147483648}]})");
    QTest::addRow("no such enum") << QByteArray(R"({"state":"LOST"})");
    QTest::addRow("no message") << QByteArray("[1]");
    QTest::addRow("a message that is none") << QByteArray(R"({"lines":[1]})");
}

void TestProtobuf::whatTheMessageHasNotIsRefused()
{
    QFETCH(const QByteArray, json);
    const auto encoded = stack().encode(json.toStdString(), {});
    QVERIFY(!encoded);
    QCOMPARE(encoded.error().kind, ErrorKind::Input);
}

void TestProtobuf::unknownFieldsStay()
{
    const QByteArray bytes = QByteArray::fromHex("1205"
                                                 "5a6fc3ab21"
                                                 "a00607"
                                                 "0a0178"); // name, field 100, the ID as bytes
    const auto decoded = stack().decode(bytes.toStdString());
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QCOMPARE(
        QByteArray::fromStdString(compactJson(decoded->content)), QByteArray(R"({"name":"Zoë!","100":7,"1":"x"})"));
    const auto encoded = stack().encode(decoded->content, {});
    QVERIFY(encoded);
    QCOMPARE(QByteArray::fromStdString(*encoded).toHex(), bytes.toHex());
}

void TestProtobuf::numbersOneByOneAreRead()
{
    const auto decoded = stack().decode(QByteArray::fromHex("20012202ac02").toStdString());
    QVERIFY(decoded);
    QCOMPARE(compactJson(decoded->content), std::string(R"({"codes":[1,300]})"));
}

void TestProtobuf::depthAndElementsAreLimited()
{
    std::string codes; // packed numbers, more than may be
    codes.assign(2'000'000, '\x01');
    std::string message = "\x22\x80\x89\x7a" + codes;
    const auto decoded = stack().decode(message);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().kind, ErrorKind::Limit);
    const auto deep = stack().decode(order.toStdString(), {ByteCount{100'000}, 0, 1000});
    QVERIFY(!deep);
    QCOMPARE(deep.error().kind, ErrorKind::Limit);
}

void TestProtobuf::descriptorsThatAreNoneAreAnswered_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("named");
    QTest::addRow("no file") << u"protobuf:shop.Order@/there/is/none"_s << ErrorKind::File << u"/there/is/none"_s;
    QTest::addRow("no message named") << u"protobuf:@x"_s << ErrorKind::Input << u"MESSAGE@FILE"_s;
    QTest::addRow("no file named") << u"protobuf:shop.Order"_s << ErrorKind::Input << u"MESSAGE@FILE"_s;
    QTest::addRow("no such message") << u"protobuf:shop.Cart@"_s + m_path << ErrorKind::Input
                                     << u"shop.Line, shop.Order"_s;
    QTest::addRow("no descriptor") << u"protobuf:shop.Order@/etc/passwd"_s << ErrorKind::Input << u"protoc"_s;
}

void TestProtobuf::descriptorsThatAreNoneAreAnswered()
{
    QFETCH(const QString, names);
    QFETCH(const ErrorKind, kind);
    QFETCH(const QString, named);
    const auto made = DecoderStack::fromNames(names.toStdString());
    QVERIFY(!made);
    const QString text = made.error().subject + u": "_s + made.error().detail;
    QCOMPARE(made.error().kind, kind);
    QVERIFY2(text.contains(named), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestProtobuf)
#include "tst_protobuf.moc"
