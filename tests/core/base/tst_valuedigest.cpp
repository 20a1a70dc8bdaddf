// SPDX-License-Identifier: GPL-3.0-or-later
// Values as each server has written them, those before Redis 7 put together by hand: what real servers take and write
// is compared in tst_serverdumps.
#include "core/base/valuedigest.h"
#include "tests/core/base/dumpbuilder.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace keyglass;
using namespace keyglass::test;

namespace {

const std::string longText = std::string(300, 'x') + "end";
const std::string veryLongText = std::string(20'000, 'y') + "end";
const Texts numbers{"0", "12", "13", "-1", "127", "128", "-128", "4095", "-4096", "4096", "32767", "-32768", "40000",
    "8388607", "-8388608", "2147483647", "-2147483648", "9223372036854775807", "-9223372036854775808"};
const Texts texts{"", "a", "01", "-0", "+1", " 1", longText, veryLongText, std::string("\0\xff", 2)};
constexpr unsigned ofValkey9 = 80;
constexpr unsigned ofRedis74 = 12;

Texts withTexts(Texts all)
{
    all.insert(all.end(), texts.begin(), texts.end());
    return all;
}

/// Their pairs the other way round.
Texts turned(const Texts& pairs)
{
    Texts all;
    for (std::size_t at = pairs.size(); at >= 2; at -= 2) {
        all.push_back(pairs[at - 2]);
        all.push_back(pairs[at - 1]);
    }
    return all;
}

std::string streamId(std::uint64_t time, std::uint64_t number)
{
    return big(time, 8) + big(number, 8);
}

/// What follows a stream's blocks: entries, last ID 9-9, and a group.
std::string streamEnd(int version, std::uint64_t entries, std::uint64_t seenTime, std::uint64_t delivered = 500)
{
    std::string bytes = rdbLength(entries) + rdbLength(9) + rdbLength(9);
    if (version > 1) {
        bytes += rdbLength(1) + rdbLength(1) + rdbLength(seenTime % 7) + rdbLength(0) + rdbLength(seenTime % 9);
    }
    bytes += rdbLength(1) + rdbString("group") + rdbLength(1) + rdbLength(1);
    bytes += version > 1 ? rdbLength(1) : "";
    bytes += rdbLength(1) + streamId(1, 1) + little(delivered, 8) + rdbLength(3);
    bytes += rdbLength(1) + rdbString("consumer") + little(seenTime, 8);
    bytes += version > 2 ? little(seenTime + 1, 8) : "";
    return bytes + rdbLength(1) + streamId(1, 1);
}

/// 1-1 {f: v, g: 7} and 2-5 {h: w}.
std::string streamBlock(const Texts& deletedOne = {})
{
    Texts all{"2", deletedOne.empty() ? "0" : "1", "2", "f", "g", "0", "2", "0", "0", "v", "7", "5"};
    all.insert(all.end(), deletedOne.begin(), deletedOne.end());
    const Texts last{"0", "1", "4", "1", "h", "w", "6"};
    all.insert(all.end(), last.begin(), last.end());
    return rdbLength(1) + rdbString(streamId(1, 1)) + rdbString(listpack(all));
}

/// The same entries, each in a block of its own.
std::string streamBlocks()
{
    return rdbLength(2) + rdbString(streamId(1, 1))
        + rdbString(listpack({"1", "0", "2", "f", "g", "0", "2", "0", "0", "v", "7", "5"})) + rdbString(streamId(2, 0))
        + rdbString(listpack({"1", "0", "1", "z", "0", "0", "0", "5", "1", "h", "w", "6"}));
}

} // namespace

class TestValueDigest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheSameHoweverItIsWritten_data();
    void isTheSameHoweverItIsWritten();
    void isAnotherOfAnotherValue_data();
    void isAnotherOfAnotherValue();
    void staysTheSameNumber_data();
    void staysTheSameNumber();
    void aCutOneIsToldByItsBytes();
    void lengthsThatCannotBeAreNotBelieved_data();
    void lengthsThatCannotBeAreNotBelieved();
};

void TestValueDigest::isTheSameHoweverItIsWritten_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    const auto row = [](const char* name, const std::string& one, const std::string& other) {
        QTest::addRow("%s", name) << QByteArray::fromStdString(one) << QByteArray::fromStdString(other);
    };
    for (const std::string& number : numbers) {
        row(("string " + number).c_str(), dumpOf(0, rdbNumber(number)), dumpOf(0, rdbCompressed(number)));
    }
    row("another format's number and checksum", dumpOf(0, rdbString("a"), 6), dumpOf(0, rdbString("a"), 11));
    row("string, compressed", dumpOf(0, rdbString(longText)), dumpOf(0, rdbCompressed(longText)));
    const Texts list = withTexts(numbers);
    const std::string count = rdbLength(list.size());
    const std::string plainList = dumpOf(1, count + rdbStrings(list));
    row("list, ziplist", plainList, dumpOf(10, rdbString(ziplist(list))));
    row("list, compressed ziplist", plainList, dumpOf(10, rdbCompressed(ziplist(list))));
    row("list, ziplists", plainList,
        dumpOf(14, rdbLength(2) + rdbString(ziplist(numbers)) + rdbCompressed(ziplist(texts))));
    row("list, listpacks", plainList,
        dumpOf(18,
            rdbLength(2) + rdbLength(2) + rdbString(listpack(numbers)) + rdbLength(2) + rdbCompressed(listpack(texts)),
            10));
    row("list, plain nodes", dumpOf(1, rdbLength(3) + rdbStrings({"1", longText, "2"})),
        dumpOf(18,
            rdbLength(3) + rdbLength(2) + rdbString(listpack({"1"})) + rdbLength(1) + rdbString(longText) + rdbLength(2)
                + rdbString(listpack({"2"})),
            10));
    const std::string someNumbers = dumpOf(2, rdbLength(3) + rdbNumber("3") + rdbNumber("-70000") + rdbString("5"));
    row("set, order", someNumbers, dumpOf(2, rdbLength(3) + rdbStrings({"5", "3", "-70000"})));
    row("set, intset", someNumbers, dumpOf(11, rdbString(intset({-70000, 3, 5}, 4))));
    row("set, wider intset", someNumbers, dumpOf(11, rdbString(intset({-70000, 3, 5}, 8))));
    row("set, listpack", someNumbers, dumpOf(20, rdbString(listpack({"3", "-70000", "5"})), 11));
    row("set, narrow intset", dumpOf(2, rdbLength(2) + rdbStrings({"-1", "300"})),
        dumpOf(11, rdbString(intset({-1, 300}, 2))));
    row("sorted set, text and bytes",
        dumpOf(3,
            rdbLength(4) + rdbString("a")
                + "\x03"
                  "1.5"
                + rdbString("b") + "\xFF" + rdbString("c") + "\xFE" + rdbString("d")
                + "\x13"
                  "0.10000000000000001"),
        dumpOf(5,
            rdbLength(4) + rdbString("d") + scoreBytes(0.1) + rdbString("b") + scoreBytes(-INFINITY) + rdbString("c")
                + scoreBytes(INFINITY) + rdbString("a") + scoreBytes(1.5)));
    const Texts scored{"a", "1", "12", "-0.5", "c", "inf", "d", "-inf", "e", "1e+300", "f", "0.10000000000000001", "g",
        "4.9406564584124654e-324", "h", "123456789"};
    const Texts scoredShort{
        "a", "1", "12", "-0.5", "c", "inf", "d", "-inf", "e", "1e300", "f", "0.1", "g", "5e-324", "h", "1.23456789e8"};
    row("sorted set, ziplist and listpack", dumpOf(12, rdbString(ziplist(scored))),
        dumpOf(17, rdbString(listpack(turned(scored))), 10));
    row("sorted set, shorter scores", dumpOf(12, rdbString(ziplist(scored))),
        dumpOf(17, rdbString(listpack(scoredShort)), 11));
    row("sorted set, zero", dumpOf(5, rdbLength(1) + rdbString("a") + scoreBytes(-0.0)),
        dumpOf(17, rdbString(listpack({"a", "0"})), 10));
    const Texts pairs{"f", "v", "7", "-70000", "g", longText, "", "", "01", "8388607"};
    const std::string table = dumpOf(4, rdbLength(5) + rdbStrings(pairs));
    row("hash, order", table, dumpOf(4, rdbLength(5) + rdbStrings(turned(pairs))));
    row("hash, zipmap", table, dumpOf(9, rdbString(zipmap(pairs))));
    row("hash, zipmap with room", table, dumpOf(9, rdbString(zipmap(turned(pairs), 3))));
    row("hash, ziplist", table, dumpOf(13, rdbCompressed(ziplist(pairs))));
    row("hash, listpack", table, dumpOf(16, rdbString(listpack(turned(pairs))), 10));
    const std::uint64_t first = 1'900'000'000'000;
    const std::string ended = dumpOf(25,
        little(first, 8) + rdbString(listpack({"f", "v", "1900000000000", "g", "w", "1900000000007", "h", "x", "0"})),
        ofRedis74);
    row("fields' ends, table", ended,
        dumpOf(24,
            little(first, 8) + rdbLength(3) + rdbLength(0) + rdbStrings({"h", "x"}) + rdbLength(8)
                + rdbStrings({"g", "w"}) + rdbLength(1) + rdbStrings({"f", "v"}),
            ofRedis74));
    row("fields' ends, early table", ended,
        dumpOf(22,
            rdbLength(3) + rdbLength(0) + rdbStrings({"h", "x"}) + rdbLength(first + 7) + rdbStrings({"g", "w"})
                + rdbLength(first) + rdbStrings({"f", "v"}),
            ofRedis74));
    row("fields' ends, early listpack", ended,
        dumpOf(
            23, rdbString(listpack({"h", "x", "0", "f", "v", "1900000000000", "g", "w", "1900000000007"})), ofRedis74));
    row("fields' ends, Valkey", ended,
        dumpOf(22,
            rdbLength(3) + rdbStrings({"g", "w"}) + little(first + 7, 8) + rdbStrings({"h", "x"})
                + little(~std::uint64_t{0}, 8) + rdbStrings({"f", "v"}) + little(first, 8),
            ofValkey9));
    row("no field's end any more", dumpOf(16, rdbString(listpack({"f", "v"})), 11),
        dumpOf(24, little(first, 8) + rdbLength(1) + rdbLength(0) + rdbStrings({"f", "v"}), ofRedis74));
    const std::string stream = dumpOf(15, streamBlock() + streamEnd(1, 2, 100), 9);
    row("stream, seen at another time", stream, dumpOf(15, streamBlock() + streamEnd(1, 2, 101), 9));
    row("stream, second kind", stream, dumpOf(19, streamBlock() + streamEnd(2, 2, 102), 10));
    row("stream, third kind", stream, dumpOf(21, streamBlock() + streamEnd(3, 2, 103), 11));
    row("stream, other blocks", stream, dumpOf(21, streamBlocks() + streamEnd(3, 2, 104), 11));
    row("stream, with a deleted entry", stream,
        dumpOf(21, streamBlock({"3", "0", "3", "gone", "8", "5"}) + streamEnd(3, 2, 105), 11));
}

void TestValueDigest::isTheSameHoweverItIsWritten()
{
    QFETCH(const QByteArray, one);
    QFETCH(const QByteArray, other);
    QVERIFY(one != other);
    QCOMPARE(valueDigest(one.toStdString()), valueDigest(other.toStdString()));
    QVERIFY(isSameValue(one.toStdString(), other.toStdString()));
}

void TestValueDigest::isAnotherOfAnotherValue_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    const auto row = [](const char* name, const std::string& one, const std::string& other) {
        QTest::addRow("%s", name) << QByteArray::fromStdString(one) << QByteArray::fromStdString(other);
    };
    row("string", dumpOf(0, rdbString("a")), dumpOf(0, rdbString("b")));
    row("string, a number written otherwise", dumpOf(0, rdbNumber("1")), dumpOf(0, rdbString("01")));
    row("types", dumpOf(1, rdbLength(1) + rdbString("a")), dumpOf(2, rdbLength(1) + rdbString("a")));
    row("a string and a list of it", dumpOf(0, rdbString("a")), dumpOf(1, rdbLength(1) + rdbString("a")));
    row("list, order", dumpOf(10, rdbString(ziplist({"a", "b"}))), dumpOf(10, rdbString(ziplist({"b", "a"}))));
    row("list, cut between", dumpOf(10, rdbString(ziplist({"ab", "c"}))), dumpOf(10, rdbString(ziplist({"a", "bc"}))));
    row("list, one twice", dumpOf(10, rdbString(ziplist({"a"}))), dumpOf(10, rdbString(ziplist({"a", "a"}))));
    row("set", dumpOf(20, rdbString(listpack({"a", "b"}))), dumpOf(20, rdbString(listpack({"a", "c"}))));
    row("set, one less", dumpOf(20, rdbString(listpack({"a", "b"}))), dumpOf(20, rdbString(listpack({"a"}))));
    row("score", dumpOf(17, rdbString(listpack({"a", "1"}))),
        dumpOf(17, rdbString(listpack({"a", "1.0000000000000002"}))));
    row("scores changed about", dumpOf(17, rdbString(listpack({"a", "1", "b", "2"}))),
        dumpOf(17, rdbString(listpack({"a", "2", "b", "1"}))));
    row("value", dumpOf(16, rdbString(listpack({"f", "v"}))), dumpOf(16, rdbString(listpack({"f", "w"}))));
    row("values changed about", dumpOf(16, rdbString(listpack({"f", "v", "g", "w"}))),
        dumpOf(16, rdbString(listpack({"f", "w", "g", "v"}))));
    row("field and value changed about", dumpOf(16, rdbString(listpack({"f", "v"}))),
        dumpOf(16, rdbString(listpack({"v", "f"}))));
    const std::uint64_t first = 1'900'000'000'000;
    const std::string ended =
        dumpOf(25, little(first, 8) + rdbString(listpack({"f", "v", "1900000000000", "h", "x", "0"})), 12);
    row("a field's end", ended,
        dumpOf(25, little(first + 1, 8) + rdbString(listpack({"f", "v", "1900000000001", "h", "x", "0"})), 12));
    row("the end of another field", ended,
        dumpOf(25, little(first, 8) + rdbString(listpack({"f", "v", "0", "h", "x", "1900000000000"})), 12));
    row("no end", ended, dumpOf(16, rdbString(listpack({"f", "v", "h", "x"})), 12));
    const std::string stream = dumpOf(15, streamBlock() + streamEnd(1, 2, 100), 9);
    row("delivery", stream, dumpOf(15, streamBlock() + streamEnd(1, 2, 100, 501), 9));
    std::string other = streamBlock() + streamEnd(1, 2, 100);
    other.replace(other.find("consumer"), 8, "consumes");
    row("consumer", stream, dumpOf(15, other, 9));
    other.replace(other.find("group"), 5, "grout");
    row("group", stream, dumpOf(15, other, 9));
    row("no groups", stream, dumpOf(15, streamBlock() + rdbLength(2) + rdbLength(9) + rdbLength(9) + rdbLength(0), 9));
    row("module's bytes", dumpOf(7, "\x01\x02\x03"), dumpOf(7, "\x01\x02\x04"));
    row("a kind not known", dumpOf(77, "\x01\x02\x03"), dumpOf(78, "\x01\x02\x03"));
}

void TestValueDigest::isAnotherOfAnotherValue()
{
    QFETCH(const QByteArray, one);
    QFETCH(const QByteArray, other);
    QVERIFY(valueDigest(one.toStdString()) != valueDigest(other.toStdString()));
    QVERIFY(!isSameValue(one.toStdString(), other.toStdString()));
}

/// Saved files hold these numbers. Where they have to be others, valueDigestVersion has to be another one, too.
void TestValueDigest::staysTheSameNumber_data()
{
    QTest::addColumn<QByteArray>("dump");
    QTest::addColumn<quint64>("digest");
    const auto row = [](const char* name, const std::string& dump, quint64 digest) {
        QTest::addRow("%s", name) << QByteArray::fromStdString(dump) << digest;
    };
    const std::uint64_t first = 1'900'000'000'000;
    row("string", dumpOf(0, rdbString("a")), 3271855968512533750ULL);
    row("number", dumpOf(0, rdbNumber("-300")), 3868844194722945553ULL);
    row("list", dumpOf(10, rdbString(ziplist({"a", "17", longText}))), 3645206095428075535ULL);
    row("set", dumpOf(11, rdbString(intset({1, 300, 70000}, 4))), 17138421483824211897ULL);
    row("sorted set", dumpOf(17, rdbString(listpack({"a", "1", "b", "-2.5", "c", "inf"}))), 9615365667745279960ULL);
    row("hash", dumpOf(16, rdbString(listpack({"f", "v", "g", "7"}))), 5729692958589317275ULL);
    row("fields' ends",
        dumpOf(25, little(first, 8) + rdbString(listpack({"f", "v", "1900000000000", "h", "x", "0"})), 12),
        3765996557627915366ULL);
    row("stream", dumpOf(21, streamBlock() + streamEnd(3, 2, 100), 11), 7573040996803545578ULL);
    row("a module's", dumpOf(7, "\x01\x02\x03"), 17149902163360638206ULL);
}

void TestValueDigest::staysTheSameNumber()
{
    QFETCH(const QByteArray, dump);
    QFETCH(const quint64, digest);
    QCOMPARE(quint64{valueDigest(dump.toStdString())}, digest);
}

void TestValueDigest::aCutOneIsToldByItsBytes()
{
    const std::vector<std::string> values{byte(18) + rdbLength(1) + rdbLength(2) + rdbString(listpack(numbers)),
        byte(13) + rdbCompressed(ziplist({"f", "v", "g", "17"})), byte(9) + rdbString(zipmap({"f", "v"}, 2)),
        byte(11) + rdbString(intset({1, 2, 3}, 2)), byte(21) + streamBlock() + streamEnd(3, 2, 5),
        byte(5) + rdbLength(1) + rdbString("a") + scoreBytes(1)};
    for (const std::string& value : values) {
        std::vector<std::uint64_t> digests;
        for (std::size_t length = 0; length <= value.size(); ++length) {
            const std::string cut = value.substr(0, length) + std::string(10, 'f');
            const std::vector<char> exact(cut.begin(), cut.end()); // nothing behind it
            digests.push_back(valueDigest({exact.data(), exact.size()}));
        }
        std::ranges::sort(digests);
        QVERIFY(std::ranges::adjacent_find(digests) == digests.end());
    }
}

void TestValueDigest::lengthsThatCannotBeAreNotBelieved_data()
{
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* name, const std::string& value) {
        QTest::addRow("%s", name) << QByteArray::fromStdString(value);
    };
    const std::string huge = "\x81" + std::string(8, '\xff');
    row("string", byte(0) + huge + "abc");
    row("set", byte(2) + huge + rdbString("a"));
    row("compressed",
        byte(0) + "\xC3" + rdbLength(4) + huge
            + "\x02"
              "abc");
    row("compressed, 4 GB",
        byte(0) + "\xC3" + rdbLength(4) + rdbLength(0xFFFFFFFFU)
            + "\x02"
              "abc");
    row("compressed, nothing", byte(0) + "\xC3" + rdbLength(0) + rdbLength(1));
    row("compressed, more than there is",
        byte(0) + "\xC3" + huge + rdbLength(3)
            + "\x02"
              "abc");
    row("compressed, of what is before it", byte(0) + "\xC3" + rdbLength(2) + rdbLength(3) + "\x20\x05");
    row("listpack's text", byte(16) + rdbString(little(99, 4) + little(1, 2) + "\xF0" + little(0xFFFFFFFFU, 4) + "a"));
    row("intset", byte(11) + rdbString(little(8, 4) + little(0xFFFFFFFFU, 4) + "abc"));
    row("zipmap", byte(9) + rdbString(byte(1) + "\xFE" + little(0xFFFFFFFFU, 4) + "abc"));
    row("stream's fields",
        byte(15) + rdbLength(1) + rdbString(std::string(16, 'i'))
            + rdbString(listpack({"1", "0", "9223372036854775807", "f"})));
    row("stream's groups", byte(15) + rdbLength(0) + rdbLength(0) + rdbLength(0) + rdbLength(0) + huge);
}

void TestValueDigest::lengthsThatCannotBeAreNotBelieved()
{
    QFETCH(const QByteArray, value);
    const std::string footer(10, 'f');
    const std::string one = value.toStdString();
    QVERIFY(valueDigest(one + footer) != valueDigest(one + "x" + footer));
    QVERIFY(valueDigest(one + footer) == valueDigest(one + std::string(10, 'g')));
}

QTEST_APPLESS_MAIN(TestValueDigest)
#include "tst_valuedigest.moc"
