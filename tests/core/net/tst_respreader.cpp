// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/command.h"
#include "core/net/replybuilder.h"
#include "core/net/respreader.h"
#include "tests/core/net/recordingsink.h"

#include <sys/resource.h>

#include <QObject>
#include <QTest>

#include <random>
#include <stdexcept>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::string)

namespace {

constexpr std::size_t cap = 1024 * 1024;

std::string everyByte()
{
    std::string all;
    for (int i = 0; i < 256; ++i) {
        all.push_back(static_cast<char>(i));
    }
    return all;
}

std::string bulk(const std::string& bytes)
{
    return "$" + std::to_string(bytes.size()) + "\r\n" + bytes + "\r\n";
}

/// What becomes of `wire`, fed in pieces of `piece` bytes, until a reply is whole or wrong.
Result<bool> parseInPieces(RespReader& reader, ReplySink& sink, std::string_view wire, std::size_t piece)
{
    Result<bool> result = false;
    for (; !wire.empty() && result && !*result; wire.remove_prefix(std::min(piece, wire.size()))) {
        if (Status fed = reader.feed(wire.substr(0, piece)); !fed) {
            return std::move(fed).error();
        }
        result = reader.parse(sink);
    }
    return result;
}

long peakKiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class TestRespReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsEveryElementWithItsPlace_data();
    void tellsEveryElementWithItsPlace();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void allocatesNothingForAnnouncedLengths_data();
    void allocatesNothingForAnnouncedLengths();
    void takesAReplyOfTheCap();
    void refusesAReplyAboveTheCap();
    void refusesWhatItsSinkDoesNotTake();
    void refusesAnEndlessLineSoon();
    void keepsRepliesApart();
    void knowsWhetherAReplyIsOpen();
    void survivesRandomBytes();
    void letsASinkThrow();
    void turnsLackOfMemoryIntoALimit();
    void buildsATree();
    void buildsNoTreeBeyondItsCap();
    void encodesCommandsAsBytes();
};

void TestRespReader::tellsEveryElementWithItsPlace_data()
{
    QTest::addColumn<std::string>("wire");
    QTest::addColumn<std::string>("told");
    QTest::addRow("simple string") << std::string("+OK\r\n") << std::string("0/0 +OK\n");
    QTest::addRow("error") << std::string("-ERR no\r\n") << std::string("0/0 -ERR no\n");
    QTest::addRow("integer") << std::string(":-9223372036854775808\r\n") << std::string("0/0 :-9223372036854775808\n");
    QTest::addRow("bulk string") << std::string("$2\r\nab\r\n") << std::string("0/0 $ab\n");
    QTest::addRow("empty bulk string") << std::string("$0\r\n\r\n") << std::string("0/0 $\n");
    QTest::addRow("every byte") << bulk(everyByte()) << "0/0 $" + everyByte() + "\n";
    QTest::addRow("line ends inside") << bulk("\r\n$5\r\n") << std::string("0/0 $\r\n$5\r\n\n");
    QTest::addRow("nil") << std::string("$-1\r\n") << std::string("0/0 _\n");
    QTest::addRow("nil array") << std::string("*-1\r\n") << std::string("0/0 _\n");
    QTest::addRow("empty array") << std::string("*0\r\n") << std::string("0/0 *0\n");
    QTest::addRow("a SCAN reply") << std::string("*2\r\n$1\r\n7\r\n*2\r\n$1\r\na\r\n$2\r\nbc\r\n")
                                  << std::string("0/0 *2\n1/0 $7\n1/1 *2\n2/0 $a\n2/1 $bc\n");
    QTest::addRow("mixed, nested, empty inside")
        << std::string("*4\r\n*0\r\n:1\r\n*2\r\n*1\r\n$-1\r\n-E\r\n+s\r\n")
        << std::string("0/0 *4\n1/0 *0\n1/1 :1\n1/2 *2\n2/0 *1\n3/0 _\n2/1 -E\n1/3 +s\n");
    QTest::addRow("eight levels") << std::string("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")
                                  << std::string(
                                         "0/0 *1\n1/0 *1\n2/0 *1\n3/0 *1\n4/0 *1\n5/0 *1\n6/0 *1\n7/0 *1\n8/0 :1\n");
}

void TestRespReader::tellsEveryElementWithItsPlace()
{
    QFETCH(std::string, wire);
    QFETCH(std::string, told);
    for (std::size_t piece = 1; piece <= wire.size(); ++piece) { // 1: split at each byte; the last: not at all
        RespReader reader(cap);
        RecordingSink sink;
        const Result<bool> result = parseInPieces(reader, sink, wire, piece);
        QVERIFY2(result, qPrintable(result ? QString() : result.error().detail));
        QVERIFY(*result);
        QCOMPARE(sink.told(), told);
        QVERIFY(!reader.isWithinReply());
    }
}

void TestRespReader::refusesWhatIsWrong_data()
{
    QTest::addColumn<std::string>("wire");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("says");
    QTest::addRow("no RESP") << std::string("hello\r\n") << ErrorKind::Protocol << u"reply type byte"_s;
    QTest::addRow("RESP3 map") << std::string("%1\r\n+a\r\n+b\r\n") << ErrorKind::Protocol << u"reply type byte"_s;
    QTest::addRow("web server") << std::string("HTTP/1.1 400 Bad Request\r\n") << ErrorKind::Protocol
                                << u"web server"_s;
    QTest::addRow("TLS alert") << std::string("\x15\x03\x01\x00\x02\x02\x46", 7) << ErrorKind::Protocol << u"TLS"_s;
    QTest::addRow("length -5") << std::string("$-5\r\n") << ErrorKind::Protocol << u"length"_s;
    QTest::addRow("length no number") << std::string("$abc\r\n") << ErrorKind::Protocol << u"length"_s;
    QTest::addRow("length above 64 bits")
        << std::string("$99999999999999999999\r\n") << ErrorKind::Protocol << u"length"_s;
    QTest::addRow("array of -2") << std::string("*-2\r\n") << ErrorKind::Protocol << u"length"_s;
    QTest::addRow("array above 32 bits") << std::string("*4294967296\r\n") << ErrorKind::Protocol << u"length"_s;
    QTest::addRow("integer no number") << std::string(":x\r\n") << ErrorKind::Protocol << u"integer"_s;
    QTest::addRow("nine levels") << std::string("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")
                                 << ErrorKind::Protocol << u"8 arrays"_s;
    QTest::addRow("huge bulk string") << std::string("$2147483647\r\nx") << ErrorKind::Limit << u"larger"_s;
    QTest::addRow("largest bulk string") << std::string("$9223372036854775807\r\n") << ErrorKind::Limit << u"larger"_s;
    QTest::addRow("huge array") << std::string("*2147483647\r\n") << ErrorKind::Limit << u"larger"_s;
    QTest::addRow("huge array inside") << std::string("*2\r\n:1\r\n*2147483647\r\n") << ErrorKind::Limit << u"larger"_s;
    QTest::addRow("huge bulk string inside")
        << std::string("*2\r\n:1\r\n$1048577\r\n") << ErrorKind::Limit << u"larger"_s;
}

void TestRespReader::refusesWhatIsWrong()
{
    QFETCH(std::string, wire);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, says);
    for (std::size_t piece = 1; piece <= wire.size(); ++piece) {
        RespReader reader(cap);
        RecordingSink sink;
        const Result<bool> result = parseInPieces(reader, sink, wire, piece);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, kind);
        if (piece == wire.size()) {
            QVERIFY2(result.error().detail.contains(says), qPrintable(result.error().detail));
        }
    }
}

void TestRespReader::allocatesNothingForAnnouncedLengths_data()
{
    QTest::addColumn<std::string>("wire");
    QTest::addRow("bulk string of 1 GB") << std::string("$1073741824\r\nabc");
    QTest::addRow("array of 100M") << std::string("*100000000\r\n$1\r\na\r\n");
    QTest::addRow("arrays of 100M in each other")
        << std::string("*100000000\r\n*100000000\r\n*100000000\r\n*100000000\r\n$1\r\na\r\n");
}

/// With a cap that lets the announcement pass: what is announced is still not what is allocated.
void TestRespReader::allocatesNothingForAnnouncedLengths()
{
    QFETCH(std::string, wire);
    const long before = peakKiB();
    RespReader reader(std::size_t{4} * 1024 * 1024 * 1024);
    ReplyBuilder builder(cap);
    const Result<bool> result = parseInPieces(reader, builder, wire, wire.size());
    QVERIFY(result);
    QVERIFY(!*result);
    QVERIFY2(peakKiB() - before < 4096, qPrintable(QString::number(peakKiB() - before)));
}

void TestRespReader::takesAReplyOfTheCap()
{
    const std::string wire = bulk(std::string(cap - 12, 'x')); // "$1048564\r\n" and the end
    QCOMPARE(wire.size(), cap);
    RespReader reader(cap);
    RecordingSink sink;
    const Result<bool> result = parseInPieces(reader, sink, wire, 10'000);
    QVERIFY(result);
    QVERIFY(*result);
}

void TestRespReader::refusesAReplyAboveTheCap()
{
    std::string wire = "*200000\r\n"; // announces 800,000 bytes at least, and becomes 1.8 MB
    for (int i = 0; i < 200'000; ++i) {
        wire += "$3\r\nabc\r\n";
    }
    for (const std::size_t piece : {std::size_t{1000}, wire.size()}) {
        RespReader reader(cap);
        RecordingSink sink;
        const Result<bool> result = parseInPieces(reader, sink, wire, piece);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Limit);
    }
}

/// As soon as it is announced; replies to others are as long as they may be.
void TestRespReader::refusesWhatItsSinkDoesNotTake()
{
    class ShortSink : public RecordingSink {
    public:
        [[nodiscard]] std::size_t mostBytes() const override { return 100; }
    };
    RespReader reader(cap);
    RecordingSink any;
    ShortSink few;
    QVERIFY(reader.feed(bulk(std::string(1000, 'x')) + bulk("y") + "*1\r\n$1000\r\nx"));
    QVERIFY(*reader.parse(any));
    QVERIFY(*reader.parse(few));
    QCOMPARE(few.told(), std::string("0/0 $y\n"));
    const Result<bool> refused = reader.parse(few);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Limit);
}

void TestRespReader::refusesAnEndlessLineSoon()
{
    for (const std::string& start :
        {std::string("+"), std::string("-"), std::string(":"), std::string("*"), std::string("$")}) {
        RespReader reader(std::size_t{1} << 30);
        RecordingSink sink;
        QVERIFY(reader.feed(start));
        std::size_t fed = 0;
        Result<bool> result = false;
        for (; fed < 1'000'000 && result; fed += 1000) {
            QVERIFY(reader.feed(std::string(1000, '1')));
            result = reader.parse(sink);
        }
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Protocol);
        QVERIFY(fed < 70'000);
    }
}

void TestRespReader::keepsRepliesApart()
{
    std::string wire;
    for (int i = 0; i < 1000; ++i) {
        wire += bulk(std::to_string(i));
    }
    RespReader reader(cap);
    QVERIFY(reader.feed(wire));
    for (int i = 0; i < 1000; ++i) {
        RecordingSink sink;
        const Result<bool> result = reader.parse(sink);
        QVERIFY(result);
        QVERIFY(*result);
        QCOMPARE(sink.told(), "0/0 $" + std::to_string(i) + "\n");
    }
    RecordingSink sink;
    const Result<bool> result = reader.parse(sink);
    QVERIFY(result);
    QVERIFY(!*result);
}

void TestRespReader::knowsWhetherAReplyIsOpen()
{
    RespReader reader(cap);
    RecordingSink sink;
    QVERIFY(!reader.isWithinReply());
    QVERIFY(reader.feed("*2\r\n:1\r\n"));
    QVERIFY(!*reader.parse(sink));
    QVERIFY(reader.isWithinReply());
    QVERIFY(reader.feed(":2\r\n"));
    QVERIFY(*reader.parse(sink));
    QVERIFY(!reader.isWithinReply());
}

/// Valid replies with some bytes replaced, cut anywhere: an answer or an error, and never more than the cap.
void TestRespReader::survivesRandomBytes()
{
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    const std::string valid =
        "*3\r\n$4\r\nabcd\r\n*2\r\n:12\r\n$-1\r\n+OK\r\n-ERR x\r\n$10\r\n0123456789\r\n*1\r\n*0\r\n";
    for (int round = 0; round < 20'000; ++round) {
        std::string wire = valid + valid;
        for (auto i = random() % 5 + 1; i > 0; --i) {
            wire[random() % wire.size()] =
                static_cast<char>(random() % 2 == 0 ? random() : "*$:+-0123456789\r\n"[random() % 17]);
        }
        RespReader reader(cap);
        std::string_view rest = wire;
        Result<bool> result = false;
        auto builder = std::make_unique<ReplyBuilder>(cap);
        while (result && (*result || !rest.empty())) {
            if (*result) {
                builder = std::make_unique<ReplyBuilder>(cap);
            } else {
                const std::size_t piece = random() % 16 + 1;
                QVERIFY(reader.feed(rest.substr(0, piece)));
                rest.remove_prefix(std::min(piece, rest.size()));
            }
            result = reader.parse(*builder);
        }
        QVERIFY(result || result.error().kind == ErrorKind::Protocol || result.error().kind == ErrorKind::Limit);
    }
}

namespace {

template <typename Exception> class ThrowingSink : public RecordingSink {
public:
    void text(Reply::Type /*type*/, int /*depth*/, std::size_t /*index*/, std::string_view /*bytes*/) override
    {
        throw Exception();
    }
};

class Unusual : public std::exception { };

} // namespace

void TestRespReader::letsASinkThrow()
{
    RespReader reader(cap);
    ThrowingSink<Unusual> sink;
    QVERIFY(reader.feed("$1\r\na\r\n"));
    QVERIFY_EXCEPTION_THROWN((void)reader.parse(sink), Unusual);
}

void TestRespReader::turnsLackOfMemoryIntoALimit()
{
    RespReader reader(cap);
    ThrowingSink<std::bad_alloc> sink;
    QVERIFY(reader.feed("$1\r\na\r\n"));
    const Result<bool> result = reader.parse(sink);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Limit);
}

void TestRespReader::buildsATree()
{
    RespReader reader(cap);
    ReplyBuilder builder(cap);
    QVERIFY(reader.feed("*4\r\n*2\r\n$1\r\na\r\n*1\r\n:5\r\n$-1\r\n-ERR x\r\n*2\r\n+OK\r\n*0\r\n"));
    QVERIFY(*reader.parse(builder));
    QVERIFY(!builder.isOverCap());
    const Reply reply = builder.take();
    QVERIFY(reply.isArray());
    QCOMPARE(reply.elements.size(), std::size_t{4});
    QCOMPARE(reply.elements[0].elements[0].text, std::string("a"));
    QCOMPARE(reply.elements[0].elements[1].elements[0].integer, std::int64_t{5});
    QVERIFY(reply.elements[1].isNil());
    QVERIFY(reply.elements[2].isError());
    QCOMPARE(reply.elements[2].text, std::string("ERR x"));
    QCOMPARE(reply.elements[3].elements[0].type, Reply::Type::SimpleString);
    QVERIFY(reply.elements[3].elements[1].isArray());
    QVERIFY(reply.elements[3].elements[1].elements.empty());
}

void TestRespReader::buildsNoTreeBeyondItsCap()
{
    std::string wire = "*10000\r\n";
    for (int i = 0; i < 10'000; ++i) {
        wire += ":1\r\n";
    }
    RespReader reader(cap);
    ReplyBuilder builder(100 * sizeof(Reply));
    QVERIFY(reader.feed(wire));
    QVERIFY(*reader.parse(builder));
    QVERIFY(builder.isOverCap());
    QVERIFY(builder.take().elements.size() < 100);
}

void TestRespReader::encodesCommandsAsBytes()
{
    std::string out = "before";
    Command{"SET", everyByte(), ""}.encodeTo(out);
    QCOMPARE(out, "before*3\r\n" + bulk("SET") + bulk(everyByte()) + bulk(""));
    out.clear();
    Command({"EXPIRE", "a\r\nb"}).add(std::int64_t{-5}).encodeTo(out);
    QCOMPARE(out, "*3\r\n" + bulk("EXPIRE") + bulk("a\r\nb") + bulk("-5"));
}

QTEST_GUILESS_MAIN(TestRespReader)
#include "tst_respreader.moc"
