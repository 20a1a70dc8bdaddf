// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/value/decoderstacks.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;
using Kind = DecodedValue::Kind;

namespace {

constexpr std::string_view document = R"({"id":42,"name":"Zoë","tags":["a","b"]})";
constexpr std::string_view laidOut =
    "{\n  \"id\": 42,\n  \"name\": \"Zoë\",\n  \"tags\": [\n    \"a\",\n    \"b\"\n  ]\n}";

std::string fromHex(const char* hex)
{
    return QByteArray::fromHex(hex).toStdString();
}

/// What `program` makes of `input`; nothing where it is not installed.
std::optional<std::string> outputOf(const QString& program, const QStringList& arguments, std::string_view input)
{
    const QString path = QStandardPaths::findExecutable(program);
    if (path.isEmpty()) {
        return std::nullopt;
    }
    QProcess process;
    process.start(path, arguments);
    process.write(input.data(), static_cast<qint64>(input.size()));
    process.closeWriteChannel();
    return process.waitForFinished(30'000) && process.exitCode() == 0
        ? std::optional(process.readAllStandardOutput().toStdString())
        : std::nullopt;
}

/// Bytes that compress to little: `size` times the same letter.
std::string bomb(std::string_view layer, std::size_t size)
{
    const auto packed = stackOf(layer).encode(std::string(size, 'x'), {});
    return packed ? *packed : std::string();
}

} // namespace

Q_DECLARE_METATYPE(std::string)

class TestDecoders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unpacksWhatTheToolsWrote_data();
    void unpacksWhatTheToolsWrote();
    void toolsUnpackWhatIsWritten_data();
    void toolsUnpackWhatIsWritten();
    void bytesComeBack_data();
    void bytesComeBack();
    void damagedBytesAreNamed_data();
    void damagedBytesAreNamed();
    void bombsStopAtTheLimit_data();
    void bombsStopAtTheLimit();
    void theLargestAllowedIsNotTooLarge();
    void snappyOfPythonIsRead();
    void streamsOfSnappyAreRead();
    void damagedStreamsOfSnappyAreNamed();
    void blocksWithoutALengthAreRead();
    void factsAreTold_data();
    void factsAreTold();
    void textsOfBytes_data();
    void textsOfBytes();
    void choicesOfWhatStoodThereAreKept_data();
    void choicesOfWhatStoodThereAreKept();
    void guesses_data();
    void guesses();
    void guessesFromABeginning();
    void namesAndTitles();
    void unknownNamesAreAnswered();
    void theFailingLayerIsNamed();
    void editsGoBackThroughTheStack();
    void imagesAreKnown();
};

void TestDecoders::unpacksWhatTheToolsWrote_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<std::string>("recorded");
    QTest::addColumn<QStringList>("command");
    QTest::addRow("gzip")
        << u"gzip"_s // gzip 1.12: gzip -n -c
        << fromHex("1f8b0800000000000003ab56ca4c51b23231d251ca4bcc4d55b2528aca3fbc5a4947a92431bd58c92a5a2911"
                   "c84e528aad0500b312878728000000")
        << QStringList{u"gzip"_s, u"-c"_s};
    QTest::addRow("zlib")
        << u"zlib"_s // zlib 1.2.13 through Python: zlib.compress
        << fromHex("789cab56ca4c51b23231d251ca4bcc4d55b2528aca3fbc5a4947a92431bd58c92a5a2911c84e528aad0500f5ee0bf8")
        << QStringList();
    QTest::addRow("zstd")
        << u"zstd"_s // zstd 1.5.4: zstd -c
        << fromHex("28b52ffd24284101007b226964223a34322c226e616d65223a225a6fc3ab222c2274616773223a5b2261222c"
                   "2262225d7d9ea74539")
        << QStringList{u"zstd"_s, u"-q"_s, u"-c"_s};
    QTest::addRow("LZ4 frame")
        << u"lz4"_s // lz4 1.9.4: lz4 -c
        << fromHex("04224d186440a7280000807b226964223a34322c226e616d65223a225a6fc3ab222c2274616773223a5b2261"
                   "222c2262225d7d000000000c879dee")
        << QStringList{u"lz4"_s, u"-q"_s, u"-c"_s};
    QTest::addRow("Brotli")
        << u"brotli"_s // brotli 1.0.9: brotli -c
        << fromHex("219c00047b226964223a34322c226e616d65223a225a6fc3ab222c2274616773223a5b2261222c2262225d7d03")
        << QStringList{u"brotli"_s, u"-c"_s};
}

void TestDecoders::unpacksWhatTheToolsWrote()
{
    QFETCH(const QString, decoder);
    QFETCH(const std::string, recorded);
    QFETCH(const QStringList, command);
    const DecoderStack stack = stackOf(decoder.toStdString());
    const auto decoded = stack.decode(recorded);
    QVERIFY(decoded);
    QVERIFY(decoded->content == document);
    QCOMPARE(detectStack(recorded), stackOf(decoder.toStdString() + ",json"));
    const std::string large = std::string(300'000, 'a') + std::string(document);
    const auto packed = command.isEmpty() ? std::nullopt : outputOf(command.front(), command.mid(1), large);
    if (packed) {
        const auto unpacked = stack.decode(*packed);
        QVERIFY(unpacked);
        QVERIFY(unpacked->content == large);
    }
}

void TestDecoders::toolsUnpackWhatIsWritten_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<QStringList>("command");
    QTest::addRow("gzip") << u"gzip"_s << QStringList{u"gzip"_s, u"-d"_s, u"-c"_s};
    QTest::addRow("zstd") << u"zstd"_s << QStringList{u"zstd"_s, u"-q"_s, u"-d"_s, u"-c"_s};
    QTest::addRow("LZ4 frame") << u"lz4"_s << QStringList{u"lz4"_s, u"-q"_s, u"-d"_s, u"-c"_s};
    QTest::addRow("Brotli") << u"brotli"_s << QStringList{u"brotli"_s, u"-d"_s, u"-c"_s};
}

void TestDecoders::toolsUnpackWhatIsWritten()
{
    QFETCH(const QString, decoder);
    QFETCH(const QStringList, command);
    if (QStandardPaths::findExecutable(command.front()).isEmpty()) {
        QSKIP("the tool is not installed");
    }
    const auto packed = stackOf(decoder.toStdString()).encode(document, {});
    QVERIFY(packed);
    const auto unpacked = outputOf(command.front(), command.mid(1), *packed);
    QVERIFY(unpacked);
    QVERIFY(*unpacked == document);
}

void TestDecoders::bytesComeBack_data()
{
    QTest::addColumn<QString>("names");
    for (const DecoderPtr& decoder : allDecoders()) {
        const std::string name = decoder->name();
        const auto packed = decoder->encode(document, {}, {});
        if (decoder->isReversible() && packed && decoder->decode(*packed, {})
            && decoder->decode(*packed, {})->kind == Kind::Bytes) {
            QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
        }
    }
    QTest::addRow("three layers") << u"base64,gzip,zstd"_s;
}

void TestDecoders::bytesComeBack()
{
    QFETCH(const QString, names);
    const DecoderStack stack = stackOf(names.toStdString());
    std::string all;
    for (int byte = 0; byte < 256; ++byte) {
        all += static_cast<char>(byte);
    }
    for (const std::string& content : {std::string(), std::string("x"), all, std::string(200'000, 'a') + all}) {
        const auto packed = stack.encode(content, {});
        QVERIFY(packed);
        const auto unpacked = stack.decode(*packed);
        QVERIFY(unpacked);
        QVERIFY(unpacked->content == content);
    }
}

void TestDecoders::damagedBytesAreNamed_data()
{
    QTest::addColumn<QString>("decoder");
    for (const char* name : {"gzip", "zlib", "zstd", "lz4", "brotli", "snappy"}) {
        QTest::addRow("%s", name) << QString::fromLatin1(name);
    }
}

void TestDecoders::damagedBytesAreNamed()
{
    QFETCH(const QString, decoder);
    const DecoderStack stack = stackOf(decoder.toStdString());
    const auto packed = stack.encode(document, {});
    QVERIFY(packed);
    for (std::size_t cut = 0; cut < packed->size(); ++cut) { // each beginning of it is too short
        const auto decoded = stack.decode(packed->substr(0, cut));
        QVERIFY2(!decoded || cut == 0, qPrintable(QString::number(cut)));
        if (!decoded) {
            QCOMPARE(decoded.error().kind, ErrorKind::WrongType);
            QVERIFY(decoded.error().subject.contains(decoder));
            QVERIFY(!decoded.error().detail.isEmpty());
        }
    }
    QVERIFY(!stack.decode("no compressed bytes at all, but a text of some length"));
}

void TestDecoders::bombsStopAtTheLimit_data()
{
    QTest::addColumn<QString>("decoder");
    for (const char* name : {"gzip", "zlib", "zstd", "lz4", "brotli", "lz4-block"}) {
        QTest::addRow("%s", name) << QString::fromLatin1(name);
    }
}

void TestDecoders::bombsStopAtTheLimit()
{
    QFETCH(const QString, decoder);
    const std::string packed = bomb(decoder.toStdString(), 40'000'000);
    QVERIFY(!packed.empty() && packed.size() < 200'000);
    const auto decoded = stackOf(decoder.toStdString()).decode(packed, {ByteCount{1'000'000}});
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().kind, ErrorKind::Limit);
    QVERIFY2(decoded.error().detail.contains(sizeText(ByteCount{1'000'000})), qPrintable(decoded.error().detail));
}

void TestDecoders::theLargestAllowedIsNotTooLarge()
{
    for (const char* name : {"gzip", "zlib", "zstd", "lz4", "brotli", "snappy", "lz4-block"}) {
        const DecoderStack stack = stackOf(name);
        QVERIFY(stack.decode(bomb(name, 100'000), {ByteCount{100'000}}));
        QVERIFY(!stack.decode(bomb(name, 100'001), {ByteCount{100'000}}));
    }
}

void TestDecoders::snappyOfPythonIsRead()
{
    // python-snappy 0.5.3: snappy.compress of the document, three times
    const auto decoded = stackOf("snappy").decode(
        fromHex("78a07b226964223a34322c226e616d65223a225a6fc3ab222c2274616773223a5b2261222c2262225d7d7bfe28003a2800"));
    QVERIFY(decoded);
    QVERIFY(decoded->content == std::string(document) + std::string(document) + std::string(document));
}

namespace {

/// python-snappy 0.7.3: StreamCompressor().compress of the document, three times.
std::string snappyStream()
{
    return fromHex(
        "ff060000734e61507059003500008aed134b78a07b226964223a34322c226e616d65223a225a6fc3ab222c2274616773223a5b"
        "2261222c2262225d7d7bfe28003a2800");
}

} // namespace

void TestDecoders::streamsOfSnappyAreRead()
{
    const DecoderStack stack = stackOf("snappy");
    const std::string content = std::string(document) + std::string(document) + std::string(document);
    const std::string stream = snappyStream();
    const auto decoded = stack.decode(stream);
    QVERIFY(decoded);
    QVERIFY(decoded->content == content);
    QCOMPARE(detectStack(stream).names(), std::string("snappy"));
    const auto again = stack.encode(content, stream); // in the same form
    QVERIFY(again);
    QCOMPARE(QByteArray::fromStdString(*again).toHex(), QByteArray::fromStdString(stream).toHex());
    const std::string padding = fromHex("fe030000000000") + fromHex("80010000ff");
    const auto joined = stack.decode(stream + padding + stream); // as `cat` joins files
    QVERIFY(joined);
    QVERIFY(joined->content == content + content);
    std::string noise;
    for (std::uint32_t at = 0, value = 1; at < 200'000; ++at) {
        value = value * 1'664'525 + 1'013'904'223;
        noise += static_cast<char>(value >> 24U);
    }
    const auto chunks = stack.encode(noise, stream); // several, and not one gets shorter
    QVERIFY(chunks);
    const auto back = stack.decode(*chunks);
    QVERIFY(back && back->content == noise);
    const auto empty = stack.encode({}, stream);
    QVERIFY(empty && stack.decode(*empty)->content.empty());
}

void TestDecoders::damagedStreamsOfSnappyAreNamed()
{
    const DecoderStack stack = stackOf("snappy");
    const std::string stream = snappyStream();
    for (std::size_t cut = 11; cut < stream.size(); ++cut) {
        const auto decoded = stack.decode(stream.substr(0, cut));
        QVERIFY2(!decoded && decoded.error().kind == ErrorKind::WrongType, std::to_string(cut).c_str());
    }
    for (std::size_t at = 14; at < stream.size(); ++at) { // the sum and what it is of
        std::string damaged = stream;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x01);
        QVERIFY2(!stack.decode(damaged), std::to_string(at).c_str());
    }
    const auto unknown = stack.decode(stream + fromHex("02000000"));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::Unsupported);
    const auto large = stack.encode(std::string(1'000'000, 'x'), stream);
    QVERIFY(large);
    const auto limited = stack.decode(*large, {ByteCount{500'000}});
    QVERIFY(!limited);
    QCOMPARE(limited.error().kind, ErrorKind::Limit);
}

void TestDecoders::blocksWithoutALengthAreRead()
{
    const DecoderStack stack = stackOf("lz4-block");
    const std::string content(1000, 'x');
    const auto withLength = stack.encode(content, {});
    QVERIFY(withLength);
    const std::string block = withLength->substr(4);
    const auto decoded = stack.decode(block);
    QVERIFY(decoded);
    QVERIFY(decoded->content == content);
    const auto again = stack.encode(content, block); // what stood there had none
    QVERIFY(again);
    QVERIFY(*again == block);
    QVERIFY(!stack.decode(fromHex("ffffffff")));
}

void TestDecoders::factsAreTold_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<QByteArray>("text"); // null: it is refused
    QTest::addRow("seconds") << u"unix-time"_s << std::string("1700000000")
                             << QByteArray("2023-11-14T22:13:20Z (seconds since 1970)");
    QTest::addRow("milliseconds") << u"unix-time"_s << std::string("1700000000123")
                                  << QByteArray("2023-11-14T22:13:20.123Z (milliseconds since 1970)");
    QTest::addRow("nanoseconds") << u"unix-time"_s << std::string("1700000000000000001")
                                 << QByteArray("2023-11-14T22:13:20.000000001Z (nanoseconds since 1970)");
    QTest::addRow("a fraction") << u"unix-time"_s << std::string("1700000000.25")
                                << QByteArray("2023-11-14T22:13:20Z (seconds since 1970)");
    QTest::addRow("four bytes") << u"unix-time"_s << fromHex("6553f100")
                                << QByteArray("2023-11-14T22:13:20Z (seconds since 1970), big "
                                              "endian\n1970-07-03T01:12:05Z (seconds since 1970), little endian");
    QTest::addRow("no time") << u"unix-time"_s << std::string("tomorrow!") << QByteArray();
    QTest::addRow("a UUID") << u"uuid"_s << fromHex("12345678123442348234123456789abc")
                            << QByteArray("12345678-1234-4234-8234-123456789abc (version 4)");
    QTest::addRow("a UUID with a time")
        << u"uuid"_s << fromHex("018cc251f4007000800000000000abcd")
        << QByteArray("018cc251-f400-7000-8000-00000000abcd (version 7, 2024-01-01T00:00:00Z)");
    QTest::addRow("too short for a UUID") << u"uuid"_s << fromHex("1234") << QByteArray();
    QTest::addRow("flags of a number") << u"flags"_s << std::string("13")
                                       << QByteArray("0b1101\nset, from the lowest: 0, 2, 3");
    QTest::addRow("flags of bytes") << u"flags"_s << fromHex("80a0") << QByteArray("set, as GETBIT counts: 0, 8, 10");
    QTest::addRow("no flags") << u"flags"_s << std::string() << QByteArray();
}

void TestDecoders::factsAreTold()
{
    QFETCH(const QString, decoder);
    QFETCH(const std::string, bytes);
    QFETCH(const QByteArray, text);
    const DecoderStack stack = stackOf(decoder.toStdString());
    const auto decoded = stack.decode(bytes);
    QCOMPARE(decoded.has_value(), !text.isNull());
    if (decoded) {
        QCOMPARE(QByteArray::fromStdString(decoded->content), text);
        QCOMPARE(decoded->kind, Kind::Text);
        QVERIFY(!stack.isReversible());
    }
}

void TestDecoders::textsOfBytes_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes"); // null: it is refused
    QTest::addRow("hex") << u"hex"_s << QByteArray("00ff41") << QByteArray("\x00\xff\x41", 3);
    QTest::addRow("hex with spaces and 0x") << u"hex"_s << QByteArray("0x4B 65\n79") << QByteArray("Key");
    QTest::addRow("an odd number of digits") << u"hex"_s << QByteArray("414") << QByteArray();
    QTest::addRow("a space within a pair") << u"hex"_s << QByteArray("4 1") << QByteArray();
    QTest::addRow("no hex") << u"hex"_s << QByteArray("4g") << QByteArray();
    QTest::addRow("base64") << u"base64"_s << QByteArray("S2V5Zw==") << QByteArray("Keyg");
    QTest::addRow("base64 without padding") << u"base64"_s << QByteArray("S2V5Zw") << QByteArray("Keyg");
    QTest::addRow("base64 for URLs") << u"base64"_s << QByteArray("-_-_") << QByteArray("\xfb\xff\xbf");
    QTest::addRow("base64 on lines") << u"base64"_s << QByteArray("S2V5\r\nZw==\n") << QByteArray("Keyg");
    QTest::addRow("no base64") << u"base64"_s << QByteArray("S2V5*Zw=") << QByteArray();
    QTest::addRow("base64 that breaks off") << u"base64"_s << QByteArray("S2V5Z") << QByteArray();
}

void TestDecoders::textsOfBytes()
{
    QFETCH(const QString, decoder);
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, bytes);
    const auto decoded = stackOf(decoder.toStdString()).decode(text.toStdString());
    QCOMPARE(decoded.has_value(), !bytes.isNull());
    if (decoded) {
        QCOMPARE(QByteArray::fromStdString(decoded->content), bytes);
    } else {
        QCOMPARE(decoded.error().kind, ErrorKind::WrongType);
    }
}

void TestDecoders::choicesOfWhatStoodThereAreKept_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<QByteArray>("stored");
    QTest::addRow("lower hex") << u"hex"_s << QByteArray("abcd01");
    QTest::addRow("upper hex") << u"hex"_s << QByteArray("ABCD01");
    QTest::addRow("hex with 0x") << u"hex"_s << QByteArray("0xabcd01");
    QTest::addRow("padded base64") << u"base64"_s << QByteArray("+/8=");
    QTest::addRow("base64 for URLs") << u"base64"_s << QByteArray("-_8");
    QTest::addRow("JSON on one line") << u"json"_s << QByteArray(R"({"a":[1.0,2e5],"b":" x "})");
}

void TestDecoders::choicesOfWhatStoodThereAreKept()
{
    QFETCH(const QString, decoder);
    QFETCH(const QByteArray, stored);
    const DecoderStack stack = stackOf(decoder.toStdString());
    const auto decoded = stack.decode(stored.toStdString());
    QVERIFY(decoded);
    const auto encoded = stack.encode(decoded->content, stored.toStdString());
    QVERIFY(encoded);
    QCOMPARE(QByteArray::fromStdString(*encoded), stored);
}

void TestDecoders::guesses_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<QString>("names");
    const auto packed = [](std::string_view names, std::string_view content) {
        return stackOf(names).encode(content, {}).value_or(std::string());
    };
    QTest::addRow("nothing") << std::string() << QString();
    QTest::addRow("a text") << std::string("hello, world, how are you") << QString();
    QTest::addRow("a long word") << std::string("abcdefghijklmnopqrst") << QString();
    QTest::addRow("digits") << std::string("12345678901234567890") << QString();
    QTest::addRow("a digest in hex") << std::string("da39a3ee5e6b4b0d3255bfef95601890afd80709") << QString();
    QTest::addRow("a text that begins like zlib") << std::string("x^2 + y^2 = z^2") << QString();
    QTest::addRow("random bytes") << fromHex("9f3c0b8ed17a44f0e5c1b28801ff") << QString();
    QTest::addRow("a beginning of gzip alone") << fromHex("1f8b0800") << QString();
    QTest::addRow("gzip that is damaged") << fromHex("1f8b080000000000000312345678") << QString();
    QTest::addRow("JSON") << std::string(document) << u"json"_s;
    QTest::addRow("a number") << std::string("42") << QString();
    QTest::addRow("base64 of JSON") << packed("base64", document) << u"base64,json"_s;
    QTest::addRow("base64 of gzip of JSON") << packed("base64,gzip", document) << u"base64,gzip,json"_s;
    QTest::addRow("hex of a text") << packed("hex", "a text that stands in hex") << u"hex"_s;
    QTest::addRow("zlib of a text") << packed("zlib", "a text") << u"zlib"_s;
    QTest::addRow("zstd of gzip of JSON") << packed("zstd,gzip", document) << u"zstd,gzip,json"_s;
    QTest::addRow("Brotli of JSON") << packed("brotli", std::string(document) + std::string(document)) << u"brotli"_s;
    QTest::addRow("Snappy of JSON") << packed("snappy", document) << u"snappy,json"_s;
    QTest::addRow("an LZ4 block of JSON") << packed("lz4-block", document) << u"lz4-block,json"_s;
    QTest::addRow("an image") << fromHex("89504e470d0a1a0a0000000d49484452") << QString();
    QTest::addRow("a large bomb") << bomb("gzip", 50'000'000) << u"gzip"_s;
}

void TestDecoders::guesses()
{
    QFETCH(const std::string, bytes);
    QFETCH(const QString, names);
    QCOMPARE(QString::fromStdString(detectStack(bytes).names()), names);
}

void TestDecoders::guessesFromABeginning()
{
    const std::string packed =
        stackOf("gzip").encode(std::string(100'000, 'x') + std::string(document), {}).value_or("");
    QCOMPARE(detectStack(std::string_view(packed).substr(0, 60), TextEnd::MoreFollows), stackOf("gzip"));
    QCOMPARE(detectStack(document.substr(0, 20), TextEnd::MoreFollows), stackOf("json"));
    QCOMPARE(detectStack("hello ", TextEnd::MoreFollows), DecoderStack());
}

void TestDecoders::namesAndTitles()
{
    const DecoderStack stack = stackOf("zstd,msgpack");
    QCOMPARE(stack.size(), std::size_t{2});
    QCOMPARE(stack.names(), std::string("zstd,msgpack"));
    QCOMPARE(stack.title(), u"zstd › MessagePack"_s);
    QVERIFY(stackOf("plain").isEmpty());
    QVERIFY(stackOf("").isEmpty());
    for (const DecoderPtr& decoder : allDecoders()) {
        QVERIFY(DecoderStack::fromNames(decoder->name()));
        QVERIFY(!decoder->title().isEmpty());
    }
}

void TestDecoders::unknownNamesAreAnswered()
{
    for (const char* names : {"gzib", "gzip,", ",gzip", "gzip, json", "GZIP"}) {
        const auto stack = DecoderStack::fromNames(names);
        QVERIFY2(!stack, names);
        QCOMPARE(stack.error().kind, ErrorKind::Input);
        QVERIFY(stack.error().detail.contains(u"msgpack"_s));
    }
}

void TestDecoders::theFailingLayerIsNamed()
{
    const auto packed = stackOf("gzip").encode("no json", {});
    QVERIFY(packed);
    const auto decoded = stackOf("gzip,json").decode(*packed);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().subject, u"layer 2 (json)"_s);
    QVERIFY(!decoded.error().detail.isEmpty());
}

void TestDecoders::editsGoBackThroughTheStack()
{
    const DecoderStack stack = stackOf("base64,zstd,json");
    const auto stored = stackOf("base64,zstd").encode(document, {});
    QVERIFY(stored);
    const auto decoded = stack.decode(*stored);
    QVERIFY(decoded);
    QCOMPARE(decoded->kind, Kind::Json);
    QCOMPARE(decoded->content, std::string(laidOut));
    std::string edited = decoded->content;
    edited.replace(edited.find("42"), 2, "18446744073709551616");
    QVERIFY(stack.isReversible());
    const auto encoded = stack.encode(edited, *stored);
    QVERIFY(encoded);
    const auto inner = stackOf("base64,zstd").decode(*encoded);
    QVERIFY(inner);
    QCOMPARE(inner->content, std::string(R"({"id":18446744073709551616,"name":"Zoë","tags":["a","b"]})"));
    const auto bad = stack.encode("{", *stored);
    QVERIFY(!bad);
    QCOMPARE(bad.error().kind, ErrorKind::Input);
    QCOMPARE(bad.error().subject, u"layer 3 (json)"_s);
}

void TestDecoders::imagesAreKnown()
{
    QCOMPARE(imageFormat(fromHex("89504e470d0a1a0a00")), std::string_view("png"));
    QCOMPARE(imageFormat(fromHex("ffd8ffe000104a464946")), std::string_view("jpeg"));
    QCOMPARE(imageFormat("GIF89a"), std::string_view("gif"));
    QCOMPARE(imageFormat("RIFF1234WEBPVP8 "), std::string_view("webp"));
    QCOMPARE(imageFormat("BM is what this text begins with, is it not"), std::string_view());
    QCOMPARE(imageFormat(""), std::string_view());
}

QTEST_APPLESS_MAIN(TestDecoders)
#include "tst_decoders.moc"
